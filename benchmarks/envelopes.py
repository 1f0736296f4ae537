"""Requests as a device with a screen sends them, about 3 kB each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tools.content.sources import every_utterance

Json = dict[str, Any]

SKILL_ID = "amzn1.ask.skill.00000000-0000-4000-8000-000000000000"
_SCREEN: Json = {
    "Viewports": [
        {
            "type": "APL",
            "id": "main",
            "shape": "RECTANGLE",
            "dpi": 213,
            "presentationType": "STANDARD",
            "canRotate": False,
            "configuration": {
                "current": {
                    "mode": "HUB",
                    "video": {"codecs": ["H_264_42", "H_264_41"]},
                    "size": {"type": "DISCRETE", "pixelWidth": 1280, "pixelHeight": 800},
                }
            },
        }
    ],
    "Viewport": {
        "experiences": [{"arcMinuteWidth": 346, "arcMinuteHeight": 216, "canRotate": False, "canResize": False}],
        "mode": "HUB",
        "shape": "RECTANGLE",
        "pixelWidth": 1280,
        "pixelHeight": 800,
        "dpi": 213,
        "currentPixelWidth": 1280,
        "currentPixelHeight": 800,
        "touch": ["SINGLE"],
        "video": {"codecs": ["H_264_42", "H_264_41"]},
    },
}


def envelope(request: Json, attributes: Json | None = None) -> Json:
    """A request envelope; `attributes` are those of the answer before."""
    application, user = {"applicationId": SKILL_ID}, {"userId": "amzn1.ask.account." + "A" * 180}
    return {
        "version": "1.0",
        "session": {
            "new": attributes is None,
            "sessionId": "amzn1.echo-api.session.00000000-0000-4000-8000-000000000001",
            "application": application,
            "attributes": attributes or {},
            "user": user,
        },
        "context": {
            **_SCREEN,
            "Extensions": {"available": {"aplext:backstack:10": {}}},
            "System": {
                "application": application,
                "user": user,
                "device": {
                    "deviceId": "amzn1.ask.device." + "B" * 180,
                    "supportedInterfaces": {
                        "Alexa.Presentation.APL": {"runtime": {"maxVersion": "2024.3"}},
                        "AudioPlayer": {},
                    },
                },
                "apiEndpoint": "https://api.eu.amazonalexa.com",
                "apiAccessToken": "C" * 600,
            },
        },
        "request": {
            "requestId": "amzn1.echo-api.request.00000000-0000-4000-8000-000000000002",
            "locale": "nl-NL",
            "timestamp": "2026-11-22T12:00:00Z",
            **request,
        },
    }


def question(words: str, *entities: str) -> Json:
    """Words in the slot, with what Alexa's own entity match made of them."""
    values = [{"value": {"name": identifier, "id": identifier}} for identifier in entities]
    status = "ER_SUCCESS_MATCH" if values else "ER_SUCCESS_NO_MATCH"
    authority: Json = {"authority": f"amzn1.er-authority.echo-sdk.{SKILL_ID}.VRAAG", "status": {"code": status}}
    if values:
        authority["values"] = values
    resolutions = {"resolutionsPerAuthority": [authority]}
    slot = {
        "name": "vraag",
        "value": words,
        "resolutions": resolutions,
        "confirmationStatus": "NONE",
        "source": "USER",
        "slotValue": {"type": "Simple", "value": words, "resolutions": resolutions},
    }
    intent = {"name": "VraagIntent", "confirmationStatus": "NONE", "slots": {"vraag": slot}}
    return {"type": "IntentRequest", "intent": intent, "dialogState": "STARTED"}


def control(name: str) -> Json:
    """An intent without a slot."""
    return {"type": "IntentRequest", "intent": {"name": name, "confirmationStatus": "NONE"}, "dialogState": "STARTED"}


QUESTION = envelope(question("mijn baby huilt de hele avond en ik weet niet wat ik moet doen", "troosten"))
"""The request of the cold start and of the warm question."""
CONTROL = envelope(
    control("AMAZON.HelpIntent"),
    {"v": 1, "pending": {"kind": "more", "section": "troosten"}, "section": "troosten", "turns": 1},
)
"""The request of the warm control turn; hello-world has its own help."""


def other_questions(root: Path, count: int) -> list[Json]:
    """Up to `count` requests like QUESTION, each with other words: utterances of the content, taken evenly from all of them."""
    return [envelope(question(words)) for words in _spoken(root, count)]


def story(root: Path, length: int) -> Json:
    """A request like QUESTION whose words are `length` words of utterances of the content, one after another."""
    words = [word for text in _spoken(root, length) for word in text.split()]
    return envelope(question(" ".join(words[:length])))


def _spoken(root: Path, count: int) -> list[str]:
    """Up to `count` utterances of the content, taken evenly, and not in the order of the files: there a section's own stand together."""
    spoken = list(dict.fromkeys(utterance.text for utterance in every_utterance(root / "skill" / "content")))
    chosen = spoken[:: max(1, len(spoken) // count)][:count]
    return [words for place in range(7) for words in chosen[place::7]]
