"""The cloud function's door: AWS Lambda calls `lambda_handler` with Alexa's request envelope."""

from __future__ import annotations

import logging
import os
from typing import Any

from skill.alexa.door import Door, WrongSkillError, open_door
from skill.alexa.envelope import SPOKEN_REQUESTS
from skill.alexa.log import start_logging
from skill.settings import Settings

# The only Dutch sentence in code, for when the content itself cannot be read; a test keeps it equal to the content's.
LAST_RESORT = "Er ging iets mis bij mij. Probeer het straks nog een keer. Bij direct gevaar bel je één, één, twee."

_log = logging.getLogger("skill")


def _open() -> Door | None:
    settings = Settings.from_env(os.environ)
    start_logging(settings.log_level)
    try:
        door = open_door(settings)
    except Exception as error:
        # As a rule content or learnt parameters that cannot be read. Nobody has said a word yet, so the text may be logged.
        _log.critical("every answer is the last resort: %s: %s", type(error).__name__, error)
        return None
    door.rehearse()  # while the function starts, not while a parent waits
    return door


_door = _open()


def lambda_handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """The response envelope to a request envelope. A request for another skill raises, which Lambda reports as an error."""
    if _door is not None:
        try:
            return _door.answer(event)
        except WrongSkillError:
            raise
        except Exception as error:
            # The door answers faults itself; this is for a fault of the door. Its text may hold words, so only its kind is logged.
            _log.error("fault", extra={"fault": type(error).__name__})
    request = event.get("request") if isinstance(event, dict) else None
    spoken = isinstance(request, dict) and request.get("type") in SPOKEN_REQUESTS
    speech = {"outputSpeech": {"type": "PlainText", "text": LAST_RESORT}, "shouldEndSession": True}
    return {"version": "1.0", "response": speech if spoken else {}}
