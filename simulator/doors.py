"""The doors that a request can go through: the skill in this process, or one that runs elsewhere, over HTTP."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import SplitResult, urlsplit

from simulator.labels import SimulatorError

Json = dict[str, Any]

# Alexa herself waits about eight seconds.
SECONDS = 10.0
# Alexa takes at most 24 kB, or 120 by newer documentation; more than this is not a skill at all.
MOST_BYTES = 1_000_000
SKILL_PATH = "/alexa"
FUNCTION_PATH = (
    "/invocations"  # the end of a Lambda runtime's path, which names the date of its interface and the function
)


class Door(Protocol):
    """Answers request envelopes with response envelopes. Raises SimulatorError when no answer comes."""

    def answer(self, event: Mapping[str, Any]) -> Json:
        """The response envelope to a request envelope."""


class LocalDoor:
    """The skill in this process, spoken to in JSON text as everybody else does."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def answer(self, event: Mapping[str, Any]) -> Json:
        """The skill's answer."""
        answered: Json = json.loads(json.dumps(self._door.answer(json.loads(json.dumps(event)))))
        return answered


def open_local_door() -> LocalDoor:
    """The skill in this process. Raises SimulatorError when its content or learnt parameters cannot be read."""
    # Only here, so that driving a service elsewhere needs neither the SDK nor the content.
    from skill.alexa.door import open_door  # noqa: PLC0415
    from skill.settings import Settings  # noqa: PLC0415

    try:
        return LocalDoor(open_door(Settings(skill_id=None)))
    except Exception as error:  # whatever it is, its first line is what a tester can act on
        raise SimulatorError.say("skill_cannot_start", reason=f"{type(error).__name__}: {error}") from error


class HttpDoor:
    """An unverified service on this machine, or a Lambda runtime endpoint. Proxies of the environment are not used."""

    def __init__(self, url: str, seconds: float = SECONDS) -> None:
        """`url` without a path means the skill's own route. Raises SimulatorError for what is no http address."""
        self._seconds = seconds
        self._parts = _split(url)
        self.url = self._parts.geturl()

    def answer(self, event: Mapping[str, Any]) -> Json:
        """The answer of the service."""
        status, reason, failed, body = self._post(json.dumps(event, ensure_ascii=False).encode())
        if status != http.client.OK:
            raise self._refused(status, reason, body)
        try:
            answered = json.loads(body)
        except ValueError as error:
            raise SimulatorError.say("not_json", url=self.url) from error
        if failed or (isinstance(answered, dict) and "errorType" in answered and "response" not in answered):
            raise SimulatorError.say("function_failed", url=self.url, reason=_error_of(answered))
        if not _is_alexa(answered):
            raise SimulatorError.say("not_alexa", url=self.url)
        envelope: Json = answered
        return envelope

    def _post(self, body: bytes) -> tuple[int, str, bool, bytes]:
        """Status, its reason, whether a function failed, and the body."""
        secure = self._parts.scheme == "https"
        connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = connect(str(self._parts.hostname), self._parts.port, timeout=self._seconds)
        target = self._parts._replace(scheme="", netloc="", fragment="").geturl()
        try:
            connection.request("POST", target, body, {"Content-Type": "application/json", "Accept": "application/json"})
            response = connection.getresponse()
            received = response.read(MOST_BYTES + 1)
        except TimeoutError as error:
            raise SimulatorError.say("timeout", url=self.url, seconds=f"{self._seconds:g}") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = str(error) or type(error).__name__
            raise SimulatorError.say("unreachable", url=self.url, reason=reason) from error
        finally:
            connection.close()
        if len(received) > MOST_BYTES:
            raise SimulatorError.say("too_large", url=self.url, most=MOST_BYTES)
        return response.status, response.reason, "X-Amz-Function-Error" in response.headers, received

    def _refused(self, status: int, reason: str, body: bytes) -> SimulatorError:
        if status == http.client.BAD_REQUEST and not self._parts.path.endswith(FUNCTION_PATH):
            name = "other_skill" if b'"other-skill"' in body else "signed_only"
            return SimulatorError.say(name, url=self.url)
        return SimulatorError.say("status", url=self.url, status=status, reason=reason)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0 and "@" not in parts.netloc
    except ValueError:  # a port that is no number, a broken IPv6 address
        usable = False
    if not usable or not url.isascii() or any(character.isspace() for character in url):
        raise SimulatorError.say("url_wrong", url=url)
    return parts if parts.path not in {"", "/"} else parts._replace(path=SKILL_PATH)


def _is_alexa(answered: object) -> bool:
    """Whether the parts of a response envelope that are read here have the right form."""
    if not isinstance(answered, dict) or not isinstance(answered.get("response"), dict):
        return False
    body = answered["response"]
    reprompt = body.get("reprompt") or {}
    objects = [answered.get("sessionAttributes"), body.get("outputSpeech"), body.get("card"), reprompt]
    if not all(isinstance(part, dict) for part in objects if part is not None):
        return False
    directives = body.get("directives") or []
    speech = reprompt.get("outputSpeech") or {}
    return (
        isinstance(speech, dict)
        and isinstance(directives, list)
        and all(isinstance(directive, dict) for directive in directives)
    )


def _error_of(answered: object) -> str:
    if not isinstance(answered, dict):
        return type(answered).__name__
    return ": ".join(str(answered[name]) for name in ("errorType", "errorMessage") if name in answered) or "?"
