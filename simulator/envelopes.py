"""Request envelopes as Alexa sends them, for a device and a session that exist here only.

Ids are counted, not drawn, so that the same conversation makes the same envelopes; only `timestamp` follows the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from simulator.ears import Heard, HeardSlot, Route

Json = dict[str, Any]

LOCALE = "nl-NL"
SKILL_ID = "amzn1.ask.skill.simulator"
APL = "Alexa.Presentation.APL"
_APL_VERSION = "2024.3"
_USER = {"userId": "amzn1.ask.account.simulator"}


class EndReason(StrEnum):
    """Why Alexa ends a session."""

    USER_INITIATED = "USER_INITIATED"
    EXCEEDED_MAX_REPROMPTS = "EXCEEDED_MAX_REPROMPTS"
    ERROR = "ERROR"


@dataclass(frozen=True, slots=True)
class Viewport:
    """The screen of a device: pixels, dots per inch, and how wide and high it looks, in minutes of arc, from where people stand."""

    width: int
    height: int
    dpi: int
    arc_width: int
    arc_height: int
    shape: str = "RECTANGLE"


# Echo Show 8 and 10; Echo Show 5; the round Echo Spot.
LARGE = Viewport(1280, 800, 160, 346, 216)
SMALL = Viewport(960, 480, 160, 246, 123)
ROUND = Viewport(480, 480, 160, 118, 118, "ROUND")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request comes from. `session` and `request` are counters from 1; `new`: the session's first request."""

    session: int
    request: int
    new: bool
    attributes: Mapping[str, Any] = field(default_factory=dict)
    screen: bool = False
    viewport: Viewport = LARGE
    skill_id: str = SKILL_ID
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)


def launch(place: Place) -> Json:
    """ "Alexa, open ..." ."""
    return _envelope(place, {"type": "LaunchRequest", "shouldLinkResultBeReturned": False})


def intent(place: Place, heard: Heard) -> Json:
    """What the parent said, as an intent."""
    said: Json = {"name": heard.intent, "confirmationStatus": "NONE"}
    if heard.slot is not None:
        said["slots"] = {heard.slot.name: _slot(heard.slot, place.skill_id)}
    request: Json = {"type": "IntentRequest", "intent": said}
    if heard.in_dialog:
        request["dialogState"] = "IN_PROGRESS" if heard.route is Route.ELICITED else "STARTED"
    return _envelope(place, request)


def session_ended(place: Place, reason: EndReason) -> Json:
    """The session ended without the skill; nothing can be said to this."""
    return _envelope(place, {"type": "SessionEndedRequest", "reason": reason.value})


def touch(place: Place, identifier: str) -> Json:
    """A touch on an item of the screen."""
    request = {
        "type": f"{APL}.UserEvent",
        "token": "simulator",
        "arguments": ["touch", identifier],
        "source": {"type": "TouchWrapper", "handler": "Press", "id": identifier},
        "components": {},
    }
    return _envelope(place, request)


def _envelope(place: Place, request: Json) -> Json:
    application = {"applicationId": place.skill_id}
    return {
        "version": "1.0",
        "session": {
            "new": place.new,
            "sessionId": f"amzn1.echo-api.session.simulator-{place.session:04}",
            "application": application,
            "attributes": dict(place.attributes),
            "user": _USER,
        },
        "context": _context(place),
        "request": {
            "type": request.pop("type"),
            "requestId": f"amzn1.echo-api.request.simulator-{place.session:04}-{place.request:04}",
            "locale": LOCALE,
            "timestamp": place.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            **request,
        },
    }


def _context(place: Place) -> Json:
    interfaces: Json = {APL: {"runtime": {"maxVersion": _APL_VERSION}}} if place.screen else {}
    context: Json = {
        "System": {
            "application": {"applicationId": place.skill_id},
            "user": _USER,
            "device": {"deviceId": "amzn1.ask.device.simulator", "supportedInterfaces": interfaces},
            "apiEndpoint": "https://api.eu.amazonalexa.com",
            "apiAccessToken": "simulator",
        }
    }
    if place.screen:
        seen = place.viewport
        context["Viewport"] = {
            "experiences": [
                {
                    "arcMinuteWidth": seen.arc_width,
                    "arcMinuteHeight": seen.arc_height,
                    "canRotate": False,
                    "canResize": False,
                }
            ],
            "mode": "HUB",
            "shape": seen.shape,
            "pixelWidth": seen.width,
            "pixelHeight": seen.height,
            "dpi": seen.dpi,
            "currentPixelWidth": seen.width,
            "currentPixelHeight": seen.height,
            "touch": ["SINGLE"],
        }
    return context


def _slot(slot: HeardSlot, skill_id: str) -> Json:
    sent: Json = {"name": slot.name, "confirmationStatus": "NONE"}
    if slot.value is None:
        return sent
    simple: Json = {"type": "Simple", "value": slot.value}
    sent |= {"value": slot.value, "source": "USER", "slotValue": simple}
    if slot.entities is not None:
        authority: Json = {"authority": f"amzn1.er-authority.echo-sdk.{skill_id}.{slot.type}"}
        authority["status"] = {"code": "ER_SUCCESS_MATCH" if slot.entities else "ER_SUCCESS_NO_MATCH"}
        if slot.entities:
            values = [{"name": entity.name, **({"id": entity.id} if entity.id else {})} for entity in slot.entities]
            authority["values"] = [{"value": value} for value in values]
        sent["resolutions"] = simple["resolutions"] = {"resolutionsPerAuthority": [authority]}
    return sent
