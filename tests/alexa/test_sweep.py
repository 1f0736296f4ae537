"""Every intent in every state: valid by the schema of Amazon's own types, well-formed SSML, the question rule, the limits."""

from __future__ import annotations

import json
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft7Validator

from skill.alexa.door import Door, open_door
from skill.alexa.limits import check_response, spoken_text
from skill.settings import Settings
from tests.alexa.envelopes import envelope, intent, launch, question

SCHEMAS = Path(__file__).parents[1] / "schemas"
QUESTIONS: dict[str, dict[str, Any]] = {
    "open": {"kind": "open"},
    "else": {"kind": "else"},
    "instead": {"kind": "instead"},
    "topics": {"kind": "topics", "page": 1},
    "more": {"kind": "more", "section": "contact-maken"},
    "neighbour": {"kind": "neighbour", "section": "spelen"},
    "choice": {"kind": "choice", "section": "geen-contact", "other": "ouder-worden"},
    "confirm": {"kind": "confirm", "section": "hulp-zoeken"},
    "card": {"kind": "card", "section": "geen-band"},
    "danger": {"kind": "danger", "section": "gevoelens", "danger": "angst-kwaad-doen"},
    "number": {"kind": "number", "danger": "letsel"},
    "screen": {"kind": "screen", "danger": "geweld"},
}
STATES: dict[str, dict[str, Any]] = {
    "fresh": {},
    "nothing pending": {"v": 1, "section": "bron", "last": ["tip.bron.1"]},
}
STATES |= {name: {"v": 1, "pending": asked, "section": "troosten", "turns": 2} for name, asked in QUESTIONS.items()}
STATES |= {
    f"{name}, slow, missed": {**STATES[name], "slow": True, "misses": 2, "age_months": 170} for name in QUESTIONS
}

WORDS = [
    "troosten",
    "ik voel geen band met mijn kind",
    "mijn man slaat mij",
    "hoe laat is het",
    "ja",
    "nee",
    "blub",
    "<b>&amp;</b> \x00 😀",
    "",
]


@cache
def door() -> Door:
    return open_door(Settings(skill_id=None))


@cache
def validator() -> Draft7Validator:
    return Draft7Validator(json.loads((SCHEMAS / "response.schema.json").read_text(encoding="utf-8")))


def requests() -> dict[str, dict[str, Any]]:
    model = json.loads((Path(__file__).parents[2] / "interaction_models" / "nl-NL.json").read_text(encoding="utf-8"))
    names = [one["name"] for one in model["interactionModel"]["languageModel"]["intents"]]
    found = {name: intent(name) for name in [*names, "UnknownIntent"]}
    found |= {f"words {words[:30]!r}": question(words) for words in WORDS}
    return found | {"launch": launch(), "ended": {"type": "SessionEndedRequest", "reason": "USER_INITIATED"}}


REQUESTS = requests()


@pytest.mark.parametrize("state", STATES)
def test_every_request_in_this_state(state: str) -> None:
    for name, request in REQUESTS.items():
        answered = door().answer(envelope(request, STATES[state]))
        response = answered["response"]
        errors = [error.message for error in validator().iter_errors(answered)]
        assert errors == [], f"{name}: {errors}"
        check_response(response)
        if name == "ended":
            assert response == {}
            continue
        spoken = [response["outputSpeech"]["ssml"]]
        spoken += [response["reprompt"]["outputSpeech"]["ssml"]] if "reprompt" in response else []
        for ssml in spoken:
            assert ElementTree.fromstring(ssml).tag == "speak"
        heard = spoken_text(spoken[0])
        assert response["shouldEndSession"] is (not heard.endswith("?")), f"{name}: {heard}"
        assert heard.count("?") == (0 if response["shouldEndSession"] else 1), f"{name}: {heard}"
        assert ("reprompt" in response) is (not response["shouldEndSession"])
        if "reprompt" in response:
            assert len(spoken_text(spoken[1])) < len(heard)
        assert json.loads(json.dumps(answered)) == answered
        if "card" in response:
            assert response["card"]["type"] == "Simple"
            assert response["card"]["title"] == "Hulp en advies voor ouders"


def test_the_same_request_is_answered_the_same() -> None:
    for state, request in product(STATES.values(), REQUESTS.values()):
        first, second = (door().answer(envelope(request, state)) for _ in range(2))
        for answered in (first, second):
            answered.get("sessionAttributes", {}).get("turn", {}).pop("ms", None)
        assert first == second
