"""What must hold of every answer, whatever was asked. The tests of `tests/reliability` and the long runs use the same judge."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from jsonschema import Draft7Validator

from skill.alexa.limits import check_response, spoken_text

SCHEMA = Path(__file__).parents[2] / "tests" / "schemas" / "response.schema.json"
# All sections heard, four keys to repeat, a question of three subjects, and the facts of the turn come to less than this.
MOST_ATTRIBUTE_BYTES = 1_500
SPOKEN_REQUESTS = frozenset({"LaunchRequest", "IntentRequest", "Alexa.Presentation.APL.UserEvent"})


class NotGoodError(AssertionError):
    """An answer that must not leave."""


def demand(holds: object, what: str) -> None:
    """Raise NotGoodError with `what` unless it holds."""
    if not holds:
        raise NotGoodError(what)


class Judge:
    """Judges response envelopes. An answer that equals one judged before is not judged twice: most are among a few hundred."""

    def __init__(self) -> None:
        self._validator = Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
        self._known: set[str] = set()

    def check(self, event: Any, answered: Any) -> None:
        """Raise NotGoodError with the reason when the answer to this event must not leave."""
        demand(isinstance(answered, dict), "no object")
        attributes = answered.get("sessionAttributes", {})
        demand(isinstance(attributes, dict), "session attributes are no object")
        size = len(json.dumps(attributes, ensure_ascii=False).encode())
        demand(size <= MOST_ATTRIBUTE_BYTES, f"session attributes of {size} bytes")
        kind = request_type(event)
        if kind not in SPOKEN_REQUESTS:
            demand(not answered["response"].get("outputSpeech"), f"speech to {kind}")
        if kind in {"LaunchRequest", "IntentRequest"}:
            demand(answered["response"].get("outputSpeech"), f"silence to {kind}")
        text = json.dumps(answered["response"], sort_keys=True)
        if text not in self._known:
            self._check_new(answered)
            self._known.add(text)

    @property
    def different(self) -> int:
        """How many different answers were judged."""
        return len(self._known)

    def _check_new(self, answered: Mapping[str, Any]) -> None:
        errors = [error.message[:200] for error in self._validator.iter_errors(answered)]
        demand(not errors, f"schema: {errors[:3]}")
        response = answered["response"]
        check_response(response)
        if not response.get("outputSpeech"):
            return
        spoken = [_text_of(response["outputSpeech"])]
        reprompt = (response.get("reprompt") or {}).get("outputSpeech")
        spoken += [_text_of(reprompt)] if reprompt else []
        stays_open = response.get("shouldEndSession") is False
        demand(response.get("shouldEndSession") in {True, False}, "shouldEndSession is not set")
        demand(spoken[0].strip(), "an empty sentence")
        demand(spoken[0].endswith(("?", ".")), f"half a sentence: {spoken[0][-40:]}")
        demand(spoken[0].count("?") == int(stays_open), f"questions against shouldEndSession: {spoken[0]}")
        demand(spoken[0].endswith("?") == stays_open, "the question does not stand at the end")
        demand(len(spoken) == (2 if stays_open else 1), "a reprompt without a question, or a question without one")


def _text_of(speech: Mapping[str, Any]) -> str:
    """What is heard; parsed as XML, so that SSML which is not well-formed is found."""
    if speech["type"] == "PlainText":
        return str(speech["text"])
    try:
        demand(ElementTree.fromstring(speech["ssml"]).tag == "speak", "SSML without <speak>")
    except ElementTree.ParseError as error:
        raise NotGoodError(f"SSML: {error}") from error
    return spoken_text(speech["ssml"])


def request_type(event: Any) -> str:
    """The type of a request, or an empty string; of anything at all."""
    request = event.get("request") if isinstance(event, dict) else None
    kind = request.get("type") if isinstance(request, dict) else None
    return kind if isinstance(kind, str) else ""
