"""The part of a request envelope that the skill uses, taken field by field from whatever arrives.

The SDK's model classes are frozen (2023): a request type or enum value newer than them raises while it deserialises, before any
handler runs (github.com/alexa/alexa-skills-kit-sdk-for-python). So the SDK is only handed what the skill uses, in a form
that it knows; everything newer, unknown or malformed stays outside. It is also what makes a turn quick: most of the time
of a warm turn would go into model objects of a screen that nobody reads. That there is a screen is one fact, `Device`, beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

QUESTION_INTENT = "VraagIntent"
QUESTION_SLOT = "vraag"
TURN = "turn"  # the session attribute with the facts of the last turn; it goes out for logs and testers, and is not read back

APL = "Alexa.Presentation.APL"
USER_EVENT = f"{APL}.UserEvent"
# A touch on the screen: the first argument of its event, and the intent that it becomes. No model has that intent.
TOUCH, TOUCH_INTENT = "touch", "Touch"

# Requests that are answered with speech. To any other, also one that does not exist yet, Alexa takes no speech or none is asked.
SPOKEN_REQUESTS = frozenset({"LaunchRequest", "IntentRequest", USER_EVENT})

_EPOCH = "1970-01-01T00:00:00Z"


class Device(NamedTuple):
    """What the device can do that matters here. `screen`: it shows APL documents."""

    screen: bool = False


def device_of(event: Mapping[str, Any]) -> Device:
    """The device of a request; sending a document to one that does not declare the interface would be an error."""
    return Device(screen=APL in _part(event, "context", "System", "device", "supportedInterfaces"))


def reduce_envelope(event: Mapping[str, Any]) -> dict[str, Any]:
    """A request envelope with only the fields that the skill uses, all of the right type. Raises nothing for any JSON object."""
    session, request, system = _part(event, "session"), _part(event, "request"), _part(event, "context", "System")
    application = {"applicationId": application_id(event) or ""}
    user = {"userId": ""}
    return {
        "version": "1.0",
        "session": {
            "new": session.get("new") is True,
            "sessionId": _text(session.get("sessionId")),
            "application": application,
            "user": user,
            "attributes": {name: value for name, value in _part(session, "attributes").items() if name != TURN},
        },
        "context": {
            "System": {"application": application, "user": user, "apiEndpoint": _text(system.get("apiEndpoint"))}
        },
        "request": _reduced_request(request),
    }


def application_id(event: Mapping[str, Any]) -> str | None:
    """The skill id that a request is meant for; Alexa gives it in the context, and in the session where there is one."""
    for part in (_part(event, "context", "System", "application"), _part(event, "session", "application")):
        if isinstance(value := part.get("applicationId"), str):
            return value
    return None


def request_type(event: Mapping[str, Any]) -> str:
    """The type of the request, or an empty string."""
    return _text(_part(event, "request").get("type"))


def intent_name(event: Mapping[str, Any]) -> str | None:
    """The intent's name, for logs; None for a request without one."""
    return _text(_part(event, "request", "intent").get("name")) or None


def request_id(event: Mapping[str, Any]) -> str:
    """The request's id, or an empty string."""
    return _text(_part(event, "request").get("requestId"))


def entity_ids(slot: Mapping[str, Any]) -> list[str]:
    """Value ids of Alexa's entity match (evidence, never the answer), best first."""
    authorities = _list(_part(slot, "resolutions").get("resolutionsPerAuthority"))
    values = [
        value for authority in authorities if isinstance(authority, dict) for value in _list(authority.get("values"))
    ]
    ids = [_part(value, "value").get("id") for value in values if isinstance(value, dict)]
    return list(dict.fromkeys(identifier for identifier in ids if isinstance(identifier, str)))


def _reduced_request(request: Mapping[str, Any]) -> dict[str, Any]:
    touched = request.get("type") == USER_EVENT
    if touched:
        request = _as_intent(request)
    reduced: dict[str, Any] = {
        "type": kind if (kind := _text(request.get("type"))) in SPOKEN_REQUESTS else "SessionEndedRequest",
        "requestId": _text(request.get("requestId")),
        "timestamp": _EPOCH,
        "locale": "nl-NL",
    }
    if reduced["type"] == "SessionEndedRequest":
        return {**reduced, "reason": "USER_INITIATED"}
    if reduced["type"] == "IntentRequest":
        reduced["intent"] = _reduced_intent(_part(request, "intent"))
        if not touched and reduced["intent"]["name"] == TOUCH_INTENT:
            reduced["intent"]["name"] = ""  # from outside that intent is an unknown one, and no touch
    return reduced


def _as_intent(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """A touch as an intent with what was touched in the slot; any other event of the screen as a request that is not answered."""
    arguments = _list(event.get("arguments"))
    if len(arguments) != len((TOUCH, "id")) or arguments[0] != TOUCH:
        return {**event, "type": ""}
    slots = {QUESTION_SLOT: {"value": arguments[1]}}
    return {**event, "type": "IntentRequest", "intent": {"name": TOUCH_INTENT, "slots": slots}}


def _reduced_intent(intent: Mapping[str, Any]) -> dict[str, Any]:
    slot = _part(intent, "slots", QUESTION_SLOT)
    words = slot.get("value")
    if not isinstance(words, str):
        words = _part(slot, "slotValue").get("value")
    entities = [{"value": {"name": "", "id": identifier}} for identifier in entity_ids(slot)]
    reduced = {
        "name": QUESTION_SLOT,
        "value": words if isinstance(words, str) else None,
        "confirmationStatus": "NONE",
        "resolutions": {
            "resolutionsPerAuthority": [{"authority": "", "status": {"code": "ER_SUCCESS_MATCH"}, "values": entities}]
        },
    }
    return {"name": _text(intent.get("name")), "confirmationStatus": "NONE", "slots": {QUESTION_SLOT: reduced}}


def _part(whole: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    for name in path:
        part = whole.get(name) if isinstance(whole, dict) else None
        if not isinstance(part, dict):
            return {}
        whole = part
    return whole


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
