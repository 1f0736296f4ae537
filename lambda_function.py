"""The cloud function's door: AWS Lambda calls `lambda_handler` with Alexa's request envelope."""

from __future__ import annotations

import logging
import os
from typing import Any

from skill.alexa.door import Door, open_door
from skill.alexa.log import start_logging
from skill.content.library import ContentError
from skill.settings import Settings
from skill.understanding import LearntError

# The only Dutch sentence in code, for when the content itself cannot be read; a test keeps it equal to the content's.
LAST_RESORT = "Er ging iets mis bij mij. Probeer het straks nog een keer. Bij direct gevaar bel je één, één, twee."


def _open() -> Door | None:
    settings = Settings.from_env(os.environ)
    start_logging(settings.log_level)
    try:
        return open_door(settings)
    except (ContentError, LearntError) as error:
        logging.getLogger("skill").critical("every answer is the last resort: %s", error)
        return None


_door = _open()


def lambda_handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """The response envelope to a request envelope. A request for another skill raises, which Lambda reports as an error."""
    if _door is not None:
        return _door.answer(event)
    request = event.get("request") if isinstance(event, dict) else None
    spoken = isinstance(request, dict) and request.get("type") in {"LaunchRequest", "IntentRequest"}
    speech = {"outputSpeech": {"type": "PlainText", "text": LAST_RESORT}, "shouldEndSession": True}
    return {"version": "1.0", "response": speech if spoken else {}}
