"""The SDK's hello-world: one launch, one intent, help, stop and fallback, with a sample envelope handled at import time."""

import json
import os

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils import is_intent_name, is_request_type
from ask_sdk_model import Response
from ask_sdk_model.ui import SimpleCard


class LaunchRequestHandler(AbstractRequestHandler):
    def can_handle(self, handler_input: HandlerInput) -> bool:
        return is_request_type("LaunchRequest")(handler_input)

    def handle(self, handler_input: HandlerInput) -> Response:
        speech = "Welcome to the Alexa Skills Kit, you can say hello!"
        return handler_input.response_builder.speak(speech).ask(speech).set_card(SimpleCard("Hello", speech)).response


class HelloWorldIntentHandler(AbstractRequestHandler):
    def can_handle(self, handler_input: HandlerInput) -> bool:
        return is_intent_name("VraagIntent")(handler_input)

    def handle(self, handler_input: HandlerInput) -> Response:
        speech = "Hello Python World!"
        builder = handler_input.response_builder
        return builder.speak(speech).set_card(SimpleCard("Hello", speech)).set_should_end_session(True).response


class HelpIntentHandler(AbstractRequestHandler):
    def can_handle(self, handler_input: HandlerInput) -> bool:
        return is_intent_name("AMAZON.HelpIntent")(handler_input)

    def handle(self, handler_input: HandlerInput) -> Response:
        speech = "You can say hello to me!"
        return handler_input.response_builder.speak(speech).ask(speech).set_card(SimpleCard("Hello", speech)).response


class CancelOrStopIntentHandler(AbstractRequestHandler):
    def can_handle(self, handler_input: HandlerInput) -> bool:
        cancel, stop = is_intent_name("AMAZON.CancelIntent"), is_intent_name("AMAZON.StopIntent")
        return cancel(handler_input) or stop(handler_input)

    def handle(self, handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.speak("Goodbye!").set_card(SimpleCard("Hello", "Goodbye!")).response


class FallbackIntentHandler(AbstractRequestHandler):
    def can_handle(self, handler_input: HandlerInput) -> bool:
        return is_intent_name("AMAZON.FallbackIntent")(handler_input)

    def handle(self, handler_input: HandlerInput) -> Response:
        speech = "The Hello World skill can't help you with that."
        return handler_input.response_builder.speak(speech).ask("You can say hello!!").response


class SessionEndedRequestHandler(AbstractRequestHandler):
    def can_handle(self, handler_input: HandlerInput) -> bool:
        return is_request_type("SessionEndedRequest")(handler_input)

    def handle(self, handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.response


class CatchAllExceptionHandler(AbstractExceptionHandler):
    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        speech = "Sorry, there was some problem. Please try again!!"
        return handler_input.response_builder.speak(speech).ask(speech).response


sb = SkillBuilder()
for handler in (
    LaunchRequestHandler,
    HelloWorldIntentHandler,
    HelpIntentHandler,
    CancelOrStopIntentHandler,
    FallbackIntentHandler,
    SessionEndedRequestHandler,
):
    sb.add_request_handler(handler())
sb.add_exception_handler(CatchAllExceptionHandler())
lambda_handler = sb.lambda_handler()

if sample := os.environ.get("SAMPLE"):
    with open(sample, encoding="utf-8") as file:  # noqa: PTH123 - no import that hello-world has not
        lambda_handler(json.load(file), None)
