"""The page's server: static files, and a small JSON interface to the conversations. Errors are Dutch sentences for the tester."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, abort, jsonify, request, send_file, send_from_directory
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from simulator.labels import SimulatorError, label
from simulator.page.dialogue import replay, to_yaml
from simulator.page.guard import guard
from simulator.page.studio import DEVICES, MOST_CHARACTERS, Conversation, Studio, UnknownConversationError
from simulator.page.suggestions import suggestions

Json = dict[str, Any]

STATIC = Path(__file__).parent / "static"
MOST_BODY_BYTES = 256 * 1024
KINDS = {"launch", "say", "touch", "silence"}


def create_page(studio: Studio) -> Flask:
    """The app, for a server that is bound to a loopback address."""
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BODY_BYTES
    cast(DefaultJSONProvider, app.json).sort_keys = False
    guard(app)
    _add_files(app, studio)
    _add_conversations(app, studio)
    _add_dialogues(app, studio)
    _add_errors(app)
    return app


def _add_files(app: Flask, studio: Studio) -> None:
    @app.get("/")
    def index() -> ResponseReturnValue:
        return send_from_directory(STATIC, "index.html", max_age=0)

    @app.get("/static/<path:name>")
    def static_file(name: str) -> ResponseReturnValue:
        response = send_from_directory(STATIC, name, max_age=0)
        if name.endswith(".js"):  # some systems' tables call it text/plain, which no browser runs
            response.headers["Content-Type"] = "text/javascript; charset=utf-8"
        return response

    @app.get("/favicon.ico")
    def icon() -> ResponseReturnValue:
        return send_from_directory(STATIC, "icon.svg", max_age=0)

    @app.get("/audio/<name>")
    def audio(name: str) -> ResponseReturnValue:
        path = studio.sound.path(name)
        if path is None:
            abort(404)
        return send_file(path, mimetype="audio/mpeg", conditional=True, max_age=0)


def _add_conversations(app: Flask, studio: Studio) -> None:
    @app.get("/api/about")
    def about() -> ResponseReturnValue:
        made = studio.workshop.current()
        return jsonify(
            {
                "try": suggestions(made.content, studio.workshop.root),
                "elsewhere": getattr(studio.elsewhere, "url", None),
                "sections": {section.id: section.title for section in made.content.sections.values()},
                **_news(studio),
            }
        )

    @app.get("/api/news")
    def news() -> ResponseReturnValue:
        studio.workshop.current()
        return jsonify(_news(studio))

    @app.post("/api/conversations")
    def create() -> ResponseReturnValue:
        return jsonify({"id": studio.open()})

    @app.post("/api/conversations/<name>/turns")
    def turn(name: str) -> ResponseReturnValue:
        asked = _asked()
        kind, value = asked.get("kind"), asked.get("value", "")
        if not isinstance(kind, str) or kind not in KINDS or not isinstance(value, str) or len(value) > MOST_CHARACTERS:
            abort(400)
        conversation = studio.find(name)
        with conversation.lock:
            _set(studio, conversation, asked)
            turns = studio.take(conversation, kind, value)
        return jsonify({"turns": turns, **_news(studio)})

    @app.post("/api/conversations/<name>/undo")
    def undo(name: str) -> ResponseReturnValue:
        conversation = studio.find(name)
        with conversation.lock:
            left = studio.undo(conversation)
            return jsonify({"left": left, "open": conversation.session.is_open})

    @app.post("/api/conversations/<name>/restart")
    def restart(name: str) -> ResponseReturnValue:
        conversation = studio.find(name)
        with conversation.lock:
            studio.restart(conversation)
        return jsonify({})


def _add_dialogues(app: Flask, studio: Studio) -> None:
    @app.post("/api/conversations/<name>/dialogue")
    def save(name: str) -> ResponseReturnValue:
        title = str(_asked().get("name") or label("page.dialogue"))[:100]
        conversation = studio.find(name)
        with conversation.lock:
            text = to_yaml(title, conversation.steps, studio.workshop.current().content)
        return Response(text, mimetype="application/yaml; charset=utf-8")

    @app.post("/api/replay")
    def play_again() -> ResponseReturnValue:
        text = _asked().get("text")
        if not isinstance(text, str):
            abort(400)
        content = studio.workshop.current().content
        return jsonify(replay(text, lambda: studio.new_session(studio.new_door()), content))


def _add_errors(app: Flask) -> None:
    @app.errorhandler(SimulatorError)
    def told(error: SimulatorError) -> ResponseReturnValue:
        return jsonify({"error": str(error)}), 422

    @app.errorhandler(UnknownConversationError)
    def gone(_: UnknownConversationError) -> ResponseReturnValue:
        return jsonify({"error": label("page.gone"), "gone": True}), 404

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> ResponseReturnValue:
        return jsonify({"error": f"{error.code} {error.name}"}), error.code or 500


def _asked() -> Json:
    asked = request.get_json(silent=True)
    if not isinstance(asked, dict):
        abort(400)
    return asked


def _set(studio: Studio, conversation: Conversation, asked: Json) -> None:
    device = asked.get("device", "speaker")
    if not isinstance(device, str) or device not in DEVICES:
        abort(400)
    slow, broken = asked.get("slow") is True, asked.get("broken") is True
    studio.set(conversation, device=device, slow=slow, broken=broken, clips=asked.get("voice") == "clips")


def _news(studio: Studio) -> Json:
    """What changes while the page is open: the content, mistakes in it, and whether there are clips."""
    workshop = studio.workshop
    return {
        "content": workshop.current().content.hash[:12],
        "edited": workshop.edited,
        "mistakes": [mistake._asdict() for mistake in workshop.mistakes],
        "clips": studio.sound.present,
    }
