"""One tester in front of one Alexa: opens sessions, speaks, stays silent, and keeps between turns what Alexa keeps."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from simulator import envelopes
from simulator.doors import Door
from simulator.ears import Ears, Elicited, Heard
from simulator.envelopes import EndReason, Place

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """What was said and what came back.

    `utterance`: as typed, None at launch. `heard`: None when no intent was sent. `request`: None when nothing was sent, as
    with a first silence, where Alexa says the reprompt by herself. `session_open`: whether Alexa waits for an answer. `ms`: the
    way there and back.
    """

    utterance: str | None
    heard: Heard | None
    request: Json | None
    response: Json
    session_open: bool
    ms: float = 0.0


@dataclass(frozen=True, slots=True)
class State:
    """What Alexa keeps. A value, so that a turn is undone by putting an older one back.

    `sessions` and `requests` count, for ids. `elicited`: the slot that is asked for. `reprompt`: what is said after eight seconds of
    silence, None once it was said.
    """

    sessions: int = 0
    requests: int = 0
    is_open: bool = False
    attributes: Mapping[str, Any] = field(default_factory=dict)
    elicited: Elicited | None = None
    reprompt: Mapping[str, Any] | None = None


def _clock() -> datetime:
    return datetime.now(UTC)


class Session:
    """Speaks through a door and hears as its ears do. `state`, `door`, `screen` and `viewport` may be changed between turns."""

    def __init__(
        self,
        door: Door,
        ears: Ears,
        *,
        screen: bool = False,
        skill_id: str = envelopes.SKILL_ID,
        now: Callable[[], datetime] = _clock,
    ) -> None:
        self.state = State()
        self.door = door
        self._ears = ears
        self.screen = screen
        self.viewport = envelopes.LARGE
        self._skill_id = skill_id
        self._now = now

    @property
    def is_open(self) -> bool:
        """Whether Alexa waits for an answer."""
        return self.state.is_open

    def launch(self) -> Turn:
        """Open a new session."""
        self.state = State(sessions=self.state.sessions + 1)
        return self._send(None, None, envelopes.launch(self._place(new=True)))

    def say(self, words: str) -> Turn:
        """Say words."""
        return self._intend(words, self._ears.hear(words, self.state.elicited))

    def intend(self, name: str, utterance: str) -> Turn:
        """Send an intent by its name, without words."""
        return self._intend(utterance, self._ears.raw_intent(name))

    def touch(self, identifier: str, utterance: str) -> Turn:
        """Touch an item of the screen; on a speaker there is none, so this is sent as a device with a screen."""
        return self._send(utterance, None, envelopes.touch(self._place(screen=True), identifier))

    def silence(self, utterance: str) -> Turn:
        """Eight seconds of silence: the reprompt where there still is one, then the end of the session."""
        if self.state.reprompt is not None:
            spoken = {"response": {"outputSpeech": dict(self.state.reprompt)}}
            self.state = replace(self.state, reprompt=None)
            return Turn(utterance, None, None, spoken, session_open=True)
        request = envelopes.session_ended(self._place(), EndReason.EXCEEDED_MAX_REPROMPTS)
        response, milliseconds = self._ask(request)
        self.state = State(sessions=self.state.sessions, requests=self.state.requests + 1)
        # Alexa takes no speech here, whatever the skill sends.
        return Turn(utterance, None, request, {**response, "response": {}}, session_open=False, ms=milliseconds)

    def _intend(self, utterance: str, heard: Heard) -> Turn:
        return self._send(utterance, heard, envelopes.intent(self._place(), heard))

    def _place(self, *, new: bool = False, screen: bool = False) -> Place:
        return Place(
            session=self.state.sessions,
            request=self.state.requests + 1,
            new=new,
            attributes=self.state.attributes,
            screen=screen or self.screen,
            viewport=self.viewport,
            skill_id=self._skill_id,
            now=self._now(),
        )

    def _send(self, utterance: str | None, heard: Heard | None, request: Json) -> Turn:
        response, milliseconds = self._ask(request)
        self.state = _after(self.state, response, heard)
        return Turn(utterance, heard, request, response, session_open=self.state.is_open, ms=milliseconds)

    def _ask(self, request: Json) -> tuple[Json, float]:
        started = time.perf_counter()
        response = self.door.answer(request)
        return response, round((time.perf_counter() - started) * 1000, 3)


def _after(state: State, response: Json, heard: Heard | None) -> State:
    """What Alexa keeps of a response. One without speech and without `shouldEndSession` leaves the conversation where it was."""
    body = response["response"]
    counted = replace(state, requests=state.requests + 1)
    if body.get("shouldEndSession") is None and not body.get("outputSpeech"):
        return counted
    if body.get("shouldEndSession") is not False:
        return replace(counted, is_open=False, attributes={}, elicited=None, reprompt=None)
    return replace(
        counted,
        is_open=True,
        attributes=response.get("sessionAttributes") or {},
        elicited=_elicited(body.get("directives") or [], heard),
        reprompt=(body.get("reprompt") or {}).get("outputSpeech"),
    )


def _elicited(directives: list[Json], heard: Heard | None) -> Elicited | None:
    """The slot that is asked for. Without `updatedIntent` it is one of the intent that was just sent."""
    for directive in directives:
        if directive.get("type") == "Dialog.ElicitSlot":
            intent = (directive.get("updatedIntent") or {}).get("name") or (heard.intent if heard else "")
            return Elicited(intent, directive.get("slotToElicit") or "")
    return None
