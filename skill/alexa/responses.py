"""From a reply of the conversation to an Alexa response: the one place that writes to the SDK's response builder."""

from __future__ import annotations

import logging
from typing import Any

from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Intent, IntentConfirmationStatus, Response, Slot, SlotConfirmationStatus
from ask_sdk_model.dialog import ElicitSlotDirective
from ask_sdk_model.ui import SimpleCard

from skill.alexa.envelope import QUESTION_INTENT, QUESTION_SLOT, TURN, Device
from skill.content.library import Content
from skill.conversation import Reply
from skill.conversation.scene import Turned
from skill.speech.clips import Clips
from skill.speech.ssml import speak
from skill.understanding import Understanding

FAULT = "fault.1"

_log = logging.getLogger(__name__)


class Writer:
    """Writes replies as Alexa responses, in the words of the content. `clips`: None where Alexa's own voice speaks."""

    def __init__(self, content: Content, clips: Clips | None = None) -> None:
        self._content = content
        self._clips = clips

    def write(self, handler_input: HandlerInput, turned: Turned, heard: Understanding | None) -> Response:
        """Speech, reprompt, card, elicitation and session attributes of a turn; `.ask()` sets `shouldEndSession`, so that comes last."""
        reply, state = turned
        builder = handler_input.response_builder.speak(self._speech(reply))
        if reply.reprompt is not None:
            builder.ask(speak([self._content.text(reply.reprompt)], slow=reply.slow))
        if reply.card is not None:
            card = self._content.cards[reply.card]
            builder.set_card(SimpleCard(title=card.title, content=card.text))
        if reply.elicit:
            builder.add_directive(_elicit_question())
        # The device travels in the place of the cloud's own context, which nobody here reads; see `Door`.
        if isinstance(handler_input.context, Device) and handler_input.context.screen:
            from skill.alexa.screen import render  # noqa: PLC0415  (a speaker's turn never loads it)

            builder.add_directive(render(reply, state, self._content))
        builder.set_should_end_session(not reply.stays_open)
        handler_input.attributes_manager.session_attributes = {**state.to_attributes(), TURN: turn_facts(reply, heard)}
        return builder.response

    def _speech(self, reply: Reply) -> str:
        """Clips where all of the reply has them, otherwise text. The reprompt stays text: something is heard when no file comes."""
        played = self._clips.speech(reply.keys, reply.slow) if self._clips is not None else None
        return played or speak(map(self._content.text, reply.keys), slow=reply.slow)

    def write_fault(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """The calm sentence for a fault. Only the exception's type is logged: its text may hold what a parent said."""
        _log.error("fault", extra={"fault": type(exception).__name__})
        handler_input.attributes_manager.session_attributes = {}
        builder = handler_input.response_builder
        builder.response = Response()
        if handler_input.request_envelope.request.object_type != "SessionEndedRequest":  # to that Alexa takes no speech
            builder.speak(speak([self._content.text(FAULT)])).set_should_end_session(True)
        return builder.response


def turn_facts(reply: Reply, heard: Understanding | None) -> dict[str, Any]:
    """What this turn came to, for logs and the testers' simulator: ids and counts, never words."""
    return {
        "outcome": reply.outcome.value,
        "section": reply.section,
        "danger": reply.danger,
        "choices": list(reply.choices),
        "age_months": heard.age_months if heard else None,
        "confidence": heard.confidence if heard else None,
        "nearest": heard.ranking[0][0] if heard and heard.ranking else None,
        "keys": list(reply.keys),
    }


def _elicit_question() -> ElicitSlotDirective:
    """Alexa hands over free words only inside a slot, so after an open question that slot is asked for."""
    slot = Slot(name=QUESTION_SLOT, confirmation_status=SlotConfirmationStatus.NONE)
    intent = Intent(
        name=QUESTION_INTENT, confirmation_status=IntentConfirmationStatus.NONE, slots={QUESTION_SLOT: slot}
    )
    return ElicitSlotDirective(slot_to_elicit=QUESTION_SLOT, updated_intent=intent)
