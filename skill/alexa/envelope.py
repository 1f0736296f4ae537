"""The part of a request envelope that the skill uses, taken field by field from whatever arrives.

The SDK's model classes are frozen (2023): a request type or enum value newer than them raises while it deserialises, before any
handler runs (github.com/alexa/alexa-skills-kit-sdk-for-python). So the SDK is only handed what the skill uses, in a form
that it knows; everything newer, unknown or malformed stays outside. It is also what makes a turn quick: most of the time
of a warm turn would go into model objects of a screen that nobody reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

QUESTION_INTENT = "VraagIntent"
QUESTION_SLOT = "vraag"
TURN = "turn"  # the session attribute with the facts of the last turn; it goes out for logs and testers, and is not read back

# Requests that are answered with speech. To any other, also one that does not exist yet, Alexa takes no speech or none is asked.
SPOKEN_REQUESTS = frozenset({"LaunchRequest", "IntentRequest"})

_EPOCH = "1970-01-01T00:00:00Z"


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
    return reduced


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
        part = whole.get(name)
        if not isinstance(part, dict):
            return {}
        whole = part
    return whole


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
