"""The SDK's handlers, thin: each turns a request into a turn of the conversation and lets `responses` write the answer.

The parameter names `handler_input` and `exception` are the SDK's contract: it calls by keyword.
"""

from __future__ import annotations

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Response

from skill.alexa.envelope import QUESTION_INTENT, QUESTION_SLOT, TOUCH_INTENT
from skill.alexa.responses import Writer
from skill.content.library import Content
from skill.conversation import launch, read_state, respond
from skill.understanding import NOTHING, Interpreter, Understanding


class LaunchHandler(AbstractRequestHandler):
    """The session opens: "Alexa, open band met mijn kind"."""

    def __init__(self, content: Content, writer: Writer) -> None:
        self._content = content
        self._writer = writer

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """True for a LaunchRequest."""
        return bool(handler_input.request_envelope.request.object_type == "LaunchRequest")

    def handle(self, handler_input: HandlerInput) -> Response:
        """Welcome, and the open question."""
        return self._writer.write(handler_input, launch(self._content), None)


class _IntentHandler(AbstractRequestHandler):
    """What intent handlers share: an understanding goes through the conversation with the session's state."""

    def __init__(self, content: Content, interpreter: Interpreter, writer: Writer) -> None:
        self._content = content
        self._interpreter = interpreter
        self._writer = writer

    def _intent(self, handler_input: HandlerInput) -> str | None:
        request = handler_input.request_envelope.request
        return request.intent.name if request.object_type == "IntentRequest" else None

    def _answer(self, handler_input: HandlerInput, heard: Understanding) -> Response:
        state = read_state(handler_input.attributes_manager.session_attributes, self._content)
        return self._writer.write(handler_input, respond(heard, state, self._content), heard)


class QuestionHandler(_IntentHandler):
    """VraagIntent: everything that a parent says about a child arrives here, as words in one slot."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """True for VraagIntent."""
        return self._intent(handler_input) == QUESTION_INTENT

    def handle(self, handler_input: HandlerInput) -> Response:
        """Understand the slot's words; Alexa's entity match goes along as evidence."""
        slot = handler_input.request_envelope.request.intent.slots[QUESTION_SLOT]
        entities = [
            value.value.id for authority in slot.resolutions.resolutions_per_authority for value in authority.values
        ]
        return self._answer(handler_input, self._interpreter.understand(slot.value, entities))


class TouchHandler(_IntentHandler):
    """A touch on the screen is the same as saying what stands there."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """True for a touch."""
        return self._intent(handler_input) == TOUCH_INTENT

    def handle(self, handler_input: HandlerInput) -> Response:
        """The name of the touched section, or the words that steer, as if spoken. What is not ours to be touched changes nothing."""
        touched = handler_input.request_envelope.request.intent.slots[QUESTION_SLOT].value
        section = self._content.sections.get(touched)
        if section is None and touched not in self._content.controls:
            return handler_input.response_builder.response
        return self._answer(handler_input, self._interpreter.understand(section.names[0] if section else touched))


class ControlHandler(_IntentHandler):
    """Intents without a slot: words that steer, which Alexa mapped itself."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """True for an intent that `controls.toml` names."""
        return self._intent(handler_input) in self._content.intents

    def handle(self, handler_input: HandlerInput) -> Response:
        """The same answer as when the words had arrived in the slot."""
        control = self._content.intents[str(self._intent(handler_input))]
        return self._answer(handler_input, Understanding(control=control))


class FallbackHandler(_IntentHandler):
    """AMAZON.FallbackIntent, which carries no words, and any intent that is not ours."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """True for every intent; so it stands after the others."""
        return self._intent(handler_input) is not None

    def handle(self, handler_input: HandlerInput) -> Response:
        """Not understood, in three steps."""
        return self._answer(handler_input, NOTHING)


class SilentHandler(AbstractRequestHandler):
    """SessionEndedRequest and every request that Alexa takes no speech for: an empty response."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """True for everything that is left; so it stands last."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """Nothing is said."""
        return handler_input.response_builder.response


class FaultHandler(AbstractExceptionHandler):
    """Whatever broke: the half-built reply is thrown away, and the parent hears a whole sentence."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        """True for every exception."""
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """A calm sentence that ends the session."""
        return self._writer.write_fault(handler_input, exception)
