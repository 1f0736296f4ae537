"""Alexa JSON in, Alexa JSON out. Both doors, the cloud function and the web service, end here, so they answer the same."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model import RequestEnvelope

from skill.alexa import envelope
from skill.alexa.deadline import within
from skill.alexa.handlers import (
    ControlHandler,
    FallbackHandler,
    FaultHandler,
    LaunchHandler,
    QuestionHandler,
    SilentHandler,
    TouchHandler,
)
from skill.alexa.limits import check_response
from skill.alexa.log import log_turn
from skill.alexa.responses import FAULT, Writer
from skill.alexa.serializer import CachingSerializer
from skill.content.library import Content, load_content
from skill.conversation import read_state
from skill.settings import Settings
from skill.speech.clips import Clips
from skill.speech.ssml import speak
from skill.understanding import Interpreter
from skill.understanding.quick import load_interpreter

AUDIO_SECONDS = 1.0  # Alexa waits eight for the whole turn, the start of the function included
AUDIO = Path(__file__).parents[2] / "audio"
MANIFEST = AUDIO / "manifest.json"

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
            answered = self._invoke(envelope.reduce_envelope(event), envelope.device_of(event))
        except Exception as error:
            # The exception's text may hold what a parent said, so only its type is logged.
            _log.error("fault", extra={"fault": type(error).__name__})
            answered = self._calm_answer(event)
        milliseconds = round((time.perf_counter() - started) * 1000, 3)
        facts = (answered.get("sessionAttributes") or {}).get(envelope.TURN)
        if facts is not None:
            facts["ms"] = milliseconds
        try:
            log_turn(event, facts, milliseconds, cold=self._cold)
        except Exception as error:  # an answer is worth more than its line
            _log.error("fault", extra={"fault": type(error).__name__})
        self._cold = False
        return answered

    def rehearse(self) -> None:
        """Answer a sample question, so that what loads late has loaded before a parent asks. Nothing is logged or kept of it."""
        words = next(name for section in self.content.sections.values() for name in section.names)
        slots = {envelope.QUESTION_SLOT: {"value": words}}
        # With a screen: the largest turn there is.
        device: dict[str, Any] = {"supportedInterfaces": {envelope.APL: {}}}
        asked = {"type": "IntentRequest", "intent": {"name": envelope.QUESTION_INTENT, "slots": slots}}
        event = {"context": {"System": {"device": device}}, "request": asked}
        with suppress(Exception):  # a parent's own turn will meet it too, and be answered calmly
            self._invoke(envelope.reduce_envelope(event), envelope.device_of(event))

    def _invoke(self, reduced: dict[str, Any], device: envelope.Device) -> dict[str, Any]:
        # Read and written once more, so that nothing of a tampered or outgrown session goes in, or back out where no handler writes.
        reduced["session"]["attributes"] = read_state(reduced["session"]["attributes"], self.content).to_attributes()
        request = self._skill.serializer.read(reduced, RequestEnvelope)
        answered: dict[str, Any] = self._skill.serializer.serialize(self._skill.invoke(request, device))
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


def build_skill(content: Content, interpreter: Interpreter, clips: Clips | None = None) -> CustomSkill:
    """The SDK's skill with every handler, in the order in which they are asked. `clips`: what speaks in the place of Alexa's own voice."""
    writer = Writer(content, clips)
    builder = SkillBuilder()
    builder.add_request_handler(LaunchHandler(content, writer))
    builder.add_request_handler(QuestionHandler(content, interpreter, writer))
    builder.add_request_handler(TouchHandler(content, interpreter, writer))
    builder.add_request_handler(ControlHandler(content, interpreter, writer))
    builder.add_request_handler(FallbackHandler(content, interpreter, writer))
    builder.add_request_handler(SilentHandler())
    builder.add_exception_handler(FaultHandler(writer))
    skill = builder.create()
    skill.serializer = CachingSerializer()  # the SDK's own seam; see there
    return skill


def open_door(settings: Settings) -> Door:
    """A door with the content and the learnt parameters loaded. Raises ContentError when they cannot be read."""
    content = load_content()
    skill = build_skill(content, load_interpreter(content), load_clips(settings, content))
    return Door(skill, content, settings.skill_id)


def load_clips(settings: Settings, content: Content, manifest: Path = MANIFEST) -> Clips | None:
    """The clips of SPEECH=audio; None for SPEECH=alexa. Why clips cannot be played is logged here, once; text is then spoken instead."""
    if settings.speech != "audio":
        return None
    clips = within(
        AUDIO_SECONDS,
        lambda: Clips.load(manifest, content, settings.audio_base_url),
        lambda problem: Clips({}, content, settings.audio_base_url, problem),
    )
    if clips.problem is not None:
        _log.warning("SPEECH=audio, but text is spoken: %s", clips.problem)
    return clips
