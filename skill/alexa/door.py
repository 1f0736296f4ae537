"""Alexa JSON in, Alexa JSON out. Both doors, the cloud function and the web service, end here, so they answer the same."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping
from typing import Any

from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model import RequestEnvelope

from skill.alexa import envelope
from skill.alexa.handlers import (
    ControlHandler,
    FallbackHandler,
    FaultHandler,
    LaunchHandler,
    QuestionHandler,
    SilentHandler,
)
from skill.alexa.limits import check_response
from skill.alexa.log import log_turn
from skill.alexa.responses import FAULT, Writer
from skill.content.library import Content, load_content
from skill.settings import Settings
from skill.speech.ssml import speak
from skill.understanding import Interpreter, load_interpreter

_log = logging.getLogger(__name__)


class WrongSkillError(Exception):
    """The request is meant for another skill."""


class Door:
    """Answers request envelopes. One instance serves all turns of a process; it keeps nothing between them."""

    def __init__(self, skill: CustomSkill, content: Content, skill_id: str | None) -> None:
        self.content = content
        self._skill = skill
        self._skill_id = skill_id
        self._cold = True

    def answer(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """The response envelope to a request envelope (JSON objects). Raises WrongSkillError for another skill's request only."""
        started = time.perf_counter()
        if self._skill_id is not None and envelope.application_id(event) != self._skill_id:
            raise WrongSkillError
        try:
            answered = self._invoke(envelope.reduce_envelope(event))
        except Exception as error:
            # The exception's text may hold what a parent said, so only its type is logged.
            _log.error("fault", extra={"fault": type(error).__name__})
            answered = self._calm_answer(event)
        milliseconds = round((time.perf_counter() - started) * 1000, 3)
        facts = (answered.get("sessionAttributes") or {}).get(envelope.TURN)
        if facts is not None:
            facts["ms"] = milliseconds
        log_turn(event, facts, milliseconds, cold=self._cold)
        self._cold = False
        return answered

    def _invoke(self, reduced: dict[str, Any]) -> dict[str, Any]:
        request = self._skill.serializer.deserialize(json.dumps(reduced), RequestEnvelope)
        answered: dict[str, Any] = self._skill.serializer.serialize(self._skill.invoke(request, None))
        check_response(answered["response"])
        return answered

    def _calm_answer(self, event: Mapping[str, Any]) -> dict[str, Any]:
        if envelope.request_type(event) not in envelope.SPOKEN_REQUESTS:
            return {"version": "1.0", "response": {}}
        speech = {"type": "SSML", "ssml": f"<speak>{speak([self.content.text(FAULT)])}</speak>"}
        return {
            "version": "1.0",
            "sessionAttributes": {},
            "response": {"outputSpeech": speech, "shouldEndSession": True},
        }


def build_skill(content: Content, interpreter: Interpreter) -> CustomSkill:
    """The SDK's skill with every handler, in the order in which they are asked."""
    writer = Writer(content)
    builder = SkillBuilder()
    builder.add_request_handler(LaunchHandler(content, writer))
    builder.add_request_handler(QuestionHandler(content, interpreter, writer))
    builder.add_request_handler(ControlHandler(content, interpreter, writer))
    builder.add_request_handler(FallbackHandler(content, interpreter, writer))
    builder.add_request_handler(SilentHandler())
    builder.add_exception_handler(FaultHandler(writer))
    return builder.create()


def open_door(settings: Settings) -> Door:
    """A door with the content and the learnt parameters loaded. Raises ContentError when they cannot be read."""
    content = load_content()
    return Door(build_skill(content, load_interpreter(content)), content, settings.skill_id)
