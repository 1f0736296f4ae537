"""Request envelopes as Alexa sends them, for tests at the door."""

from __future__ import annotations

from typing import Any

SKILL = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"

SCREEN = {
    "Viewports": [{"type": "APL", "id": "main", "shape": "RECTANGLE", "dpi": 213, "presentationType": "STANDARD"}],
    "Viewport": {"experiences": [{"arcMinuteWidth": 346, "arcMinuteHeight": 216, "canRotate": False}], "mode": "HUB"},
}


def envelope(request: dict[str, Any], attributes: dict[str, Any] | None = None, skill: str = SKILL) -> dict[str, Any]:
    application, user = {"applicationId": skill}, {"userId": "amzn1.ask.account.SECRETUSER"}
    return {
        "version": "1.0",
        "session": {
            "new": attributes is None,
            "sessionId": "amzn1.echo-api.session.SECRETSESSION",
            "application": application,
            "attributes": attributes or {},
            "user": user,
        },
        "context": {
            "System": {
                "application": application,
                "user": user,
                "device": {
                    "deviceId": "amzn1.ask.device.SECRETDEVICE",
                    "supportedInterfaces": {"Alexa.Presentation.APL": {}},
                },
                "apiEndpoint": "https://api.eu.amazonalexa.com",
                "apiAccessToken": "SECRETTOKEN",
            },
            **SCREEN,
        },
        "request": {
            "requestId": "amzn1.echo-api.request.0001",
            "timestamp": "2026-11-22T12:00:00Z",
            "locale": "nl-NL",
            **request,
        },
    }


def launch() -> dict[str, Any]:
    return {"type": "LaunchRequest"}


def intent(name: str, slots: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    asked = {"name": name, "confirmationStatus": "NONE", "slots": slots or {}}
    return {"type": "IntentRequest", "dialogState": "STARTED", "intent": asked, **more}


def question(words: str, *entities: str) -> dict[str, Any]:
    slot: dict[str, Any] = {"name": "vraag", "value": words, "confirmationStatus": "NONE", "source": "USER"}
    values = [{"value": {"name": identifier, "id": identifier}} for identifier in entities]
    status = "ER_SUCCESS_MATCH" if values else "ER_SUCCESS_NO_MATCH"
    authority = {"authority": f"amzn1.er-authority.echo-sdk.{SKILL}.TIP", "status": {"code": status}, "values": values}
    slot["resolutions"] = {"resolutionsPerAuthority": [authority]}
    slot["slotValue"] = {"type": "Simple", "value": words, "resolutions": slot["resolutions"]}
    return intent("VraagIntent", {"vraag": slot})
