"""The web door: Alexa's requests over HTTP, for whoever runs the skill on a server of their own.

    POST /alexa    a request envelope; answered by the same door as the cloud function
    GET  /audio/…  a clip of audio/, for SPEECH=audio
    GET  /health   {"status": "ok", "content": {"version": 1, "hash": "..."}}, for a watchdog and whoever deploys

`python -m skill.alexa.web` runs it, set by environment variables (`skill.settings`). TLS is the business of the proxy
in front. `create_app` is the only way to an app: with verification, or without it for this machine only.

Nothing of a request is logged: a refusal by its reason, a fault by its kind and place.
"""

from __future__ import annotations

import logging
import os
import re
import signal
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, NoReturn, cast

from cryptography import x509
from flask import Flask, Response, g, jsonify, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from skill.alexa import audio_files
from skill.alexa.certificate_chain import FetchChain, SigningKeys, public_roots
from skill.alexa.certificate_fetch import ChainFetcher
from skill.alexa.door import AUDIO, Door, WrongSkillError, open_door
from skill.alexa.log import start_logging
from skill.alexa.refusal import Reason, Refused
from skill.alexa.signature import SIGNATURE_HEADER, URL_HEADER, RequestCheck, read_event
from skill.alexa.web_adapter import make_adapter
from skill.alexa.web_server import make_server
from skill.content.library import VERSION, ContentError
from skill.settings import Settings, SettingsError, is_loopback_name
from skill.understanding import LearntError

ROUTE = "/alexa"
HEALTH_ROUTE = "/health"
# An Alexa request is a few kilobytes; its largest part is our own session state, at most 24 kB in a response.
MAX_BODY_BYTES = 256 * 1024
# A request that came through a proxy did not come from this machine, whatever address it shows.
FORWARDED_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")

# The two headers and the raw body in; Refused when the request may not pass.
Check = Callable[[str | None, str | None, bytes], None]

_HOST = re.compile(r"(?:\[(?P<address>[0-9A-Fa-f:.]+)\]|(?P<name>[A-Za-z0-9.-]+))(?::[0-9]{1,5})?")

# By name, as run with -m this module is `__main__`.
_log = logging.getLogger("skill.alexa.web")


def create_app(
    settings: Settings,
    *,
    trust_roots: Sequence[x509.Certificate] | None = None,
    fetch_chain: FetchChain | None = None,
    now: Callable[[], datetime] | None = None,
) -> Flask:
    """The Flask app.

    trust_roots   the roots that a certificate chain must end in; None: those of certifi
    fetch_chain   canonical certificate url in, PEM bytes out, OSError when that fails; None: fetched from Amazon
    now           the moment, aware; for timestamp and chain; None: the clock
    All three are for tests and count only while `settings.verify` holds. Raises ContentError or LearntError when
    what is said, or how it is understood, cannot be loaded: whoever starts a service should hear so at once.
    """
    door = open_door(settings)
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    cast(DefaultJSONProvider, app.json).sort_keys = False  # as the cloud function answers
    # `is False` and nothing like it: a None or an empty text that got into the settings must not open the door.
    if settings.verify is False:
        app.before_request(_demand_loopback)
        check: Check = _unchecked
    else:
        roots = trust_roots if trust_roots is not None else public_roots()
        keys = SigningKeys(roots, fetch_chain if fetch_chain is not None else ChainFetcher())
        check = RequestCheck(keys, now if now is not None else _clock)
    _add_routes(app, door, settings, check)
    app.register_blueprint(audio_files.audio_files(AUDIO))
    _add_manners(app)
    return app


def _add_routes(app: Flask, door: Door, settings: Settings, check: Check) -> None:
    def answer(event: Mapping[str, Any]) -> dict[str, Any]:
        try:
            return door.answer(event)
        except WrongSkillError as error:
            raise Refused(Reason.WRONG_SKILL) from error

    adapter = make_adapter(app, answer, settings.skill_id, was_checked=lambda: g.get("checked") is True)

    @app.post(ROUTE, provide_automatic_options=False)
    def alexa() -> ResponseReturnValue:
        _demand_json_body()
        check(request.headers.get(URL_HEADER), request.headers.get(SIGNATURE_HEADER), request.get_data())
        g.checked = True
        return adapter.dispatch_request()

    @app.get(HEALTH_ROUTE, provide_automatic_options=False)
    def health() -> ResponseReturnValue:
        return jsonify({"status": "ok", "content": {"version": VERSION, "hash": door.content.hash}})


def _demand_json_body() -> None:
    """Also what keeps a web page in a browser out: a page of another site cannot send this type without asking first,
    and nobody answers that question here.
    """
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != "application/json" or charset not in {"utf-8", "utf8"}:
        raise Refused(Reason.CONTENT_TYPE, 415)
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Refused(Reason.CONTENT_ENCODING, 415)


def _unchecked(_url: str | None, _signature: str | None, body: bytes) -> None:
    """Verification is off: anything that is a JSON object, as `_demand_loopback` saw to who may ask."""
    read_event(body)


def _demand_loopback() -> None:
    """Without verification only programs on this machine are answered.

    The address of the peer says who connects. The Host header says what name it asked for: a page of a stranger's site,
    whose name was made to point to 127.0.0.1 (DNS rebinding), connects from this very machine but under that name.
    """
    peer = (request.remote_addr or "").removeprefix("::ffff:")
    origin = request.headers.get("Origin")
    if (
        not is_loopback_name(peer)
        or not is_loopback_name(_without_port(request.headers.get("Host", "")))
        or (origin is not None and not is_loopback_name(_without_port(origin.partition("://")[2])))
        or any(name in request.headers for name in FORWARDED_HEADERS)
    ):
        raise Refused(Reason.NOT_LOOPBACK, 403)


def _without_port(host: str) -> str:
    """`localhost:5000` -> `localhost`, `[::1]:5000` -> `::1`, and an empty text for what is neither."""
    match = _HOST.fullmatch(host)
    return (match["address"] or match["name"]) if match else ""


def _add_manners(app: Flask) -> None:
    """How every answer looks, and what is said and logged when something is wrong."""
    # Flask's own line for what breaks after our handlers holds the error's text, which may hold words.
    app.log_exception = lambda info: _log.error("fault: %s", getattr(info[0], "__name__", None))  # type: ignore[method-assign, assignment]

    @app.errorhandler(Refused)
    def refused(error: Refused) -> ResponseReturnValue:
        _log.warning("refused with %d: %s", error.status, error.reason.value)
        return jsonify({"error": error.reason.value}), error.status

    @app.errorhandler(HTTPException)
    def refused_by_flask(error: HTTPException) -> ResponseReturnValue:
        _log.warning("refused with %s: %s", error.code, error.name.lower())
        response = cast(Response, error.get_response())  # keeps Allow, which 405 must name
        response.data = app.json.dumps({"error": error.name.lower()})
        return response

    @app.errorhandler(Exception)
    def broken(error: Exception) -> ResponseReturnValue:
        # Its text may hold words of the request, so only kind and place; that also replaces Flask's own traceback.
        place = traceback.extract_tb(error.__traceback__)[-1]
        _log.error("fault: %s at %s:%s", type(error).__name__, Path(place.filename).name, place.lineno)
        return jsonify({"error": "internal server error"}), 500

    @app.after_request
    def dressed(response: Response) -> Response:
        if response.mimetype == audio_files.MEDIA_TYPE or response.status_code == HTTPStatus.NOT_MODIFIED:
            return response
        response.headers["Content-Type"] = "application/json;charset=UTF-8"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def _clock() -> datetime:
    return datetime.now(UTC)


def main() -> int:
    """Runs the service until it is interrupted or terminated. Exit status 2 with a sentence on standard error when it
    cannot start as it is set.
    """
    try:
        settings = Settings.from_env(os.environ)
    except SettingsError as error:
        return _cannot_start(str(error))
    start_logging(settings.log_level)
    try:
        app = create_app(settings)
    except (ContentError, LearntError) as error:
        return _cannot_start(str(error))
    try:
        server = make_server(app, settings.host, settings.port, MAX_BODY_BYTES)
    except (OSError, ValueError) as error:
        return _cannot_start(f"cannot listen on {settings.host}:{settings.port} ({error}). Set HOST or PORT.")
    if not settings.verify:
        _log.warning("VERIFY=off: anyone on this machine can speak to the skill; nobody else can")
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    print(f"listening on http://{host}:{server.port}{ROUTE}", file=sys.stderr, flush=True)
    signal.signal(signal.SIGTERM, _end)
    server.run()
    return 0


def _cannot_start(why: str) -> int:
    print(f"skill.alexa.web: {why}", file=sys.stderr)
    return 2


def _end(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main())
