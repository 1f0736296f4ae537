"""The JSON Schemas of what Alexa sends and takes: whole, from where they say, and able to tell right from wrong."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

Json = dict[str, Any]

SCHEMAS = Path(__file__).parents[1] / "schemas"
MAKER = Path(__file__).parents[2] / "tools" / "schemas"
SOURCES = tomllib.loads((SCHEMAS / "SOURCES.toml").read_text(encoding="utf-8"))
NAMES = [name for name, entry in SOURCES.items() if isinstance(entry, dict)]

REQUEST: Json = {
    "version": "1.0",
    "session": {
        "new": False,
        "sessionId": "amzn1.echo-api.session.1",
        "application": {"applicationId": "amzn1.ask.skill.1"},
        "attributes": {"v": 1},
        "user": {"userId": "amzn1.ask.account.1"},
    },
    "context": {
        "System": {
            "application": {"applicationId": "amzn1.ask.skill.1"},
            "user": {"userId": "amzn1.ask.account.1"},
            "device": {"deviceId": "1", "supportedInterfaces": {"Alexa.Presentation.APL": {}, "Alexa.Brandnew": {}}},
            "apiEndpoint": "https://api.eu.amazonalexa.com",
            "apiAccessToken": "x",
        },
        "Alexa.Brandnew": {"any": "thing"},
    },
    "request": {
        "type": "IntentRequest",
        "requestId": "amzn1.echo-api.request.1",
        "timestamp": "2026-11-22T10:00:00Z",
        "locale": "nl-NL",
        "intent": {
            "name": "VraagIntent",
            "confirmationStatus": "NONE",
            "slots": {
                "vraag": {
                    "name": "vraag",
                    "value": "mijn baby huilt steeds",
                    "confirmationStatus": "NONE",
                    "source": "USER",
                    "resolutions": {
                        "resolutionsPerAuthority": [{"authority": "a", "status": {"code": "ER_SUCCESS_NO_MATCH"}}]
                    },
                }
            },
        },
    },
}

RESPONSE: Json = {
    "version": "1.0",
    "sessionAttributes": {"v": 1},
    "response": {
        "outputSpeech": {"type": "SSML", "ssml": "<speak>Waar gaat je vraag over?</speak>"},
        "reprompt": {"outputSpeech": {"type": "SSML", "ssml": "<speak>Waarover?</speak>"}},
        "card": {"type": "Simple", "title": "Hulp", "content": "Bel"},
        "directives": [
            {
                "type": "Dialog.ElicitSlot",
                "slotToElicit": "vraag",
                "updatedIntent": {
                    "name": "VraagIntent",
                    "confirmationStatus": "NONE",
                    "slots": {"vraag": {"name": "vraag", "confirmationStatus": "NONE"}},
                },
            }
        ],
        "shouldEndSession": False,
    },
}

MANIFEST: Json = {
    "manifest": {
        "manifestVersion": "1.0",
        "publishingInformation": {
            "locales": {"nl-NL": {"name": "Band met mijn kind", "examplePhrases": ["Alexa, open band met mijn kind"]}},
            "isAvailableWorldwide": False,
            "distributionCountries": ["NL"],
        },
        "apis": {
            "custom": {
                "endpoint": {"uri": "arn:aws:lambda:eu-west-1:1:function:f"},
                "interfaces": [{"type": "ALEXA_PRESENTATION_APL"}],
            }
        },
        "permissions": [{"name": "alexa::devices:all:address:country_and_postal_code:read"}],
    }
}

RIGHT = {"request": REQUEST, "response": RESPONSE, "skill_manifest": MANIFEST}

Damage = Callable[[Json], Any]
WRONG: dict[str, tuple[str, Damage]] = {
    "unknown request type": ("request", lambda m: m["request"].update(type="IntentReqest")),
    "intent without name": ("request", lambda m: m["request"]["intent"].pop("name")),
    "unknown dialog state": ("request", lambda m: m["request"].update(dialogState="BEGUN")),
    "unknown resolution status": (
        "request",
        lambda m: m["request"]["intent"]["slots"]["vraag"]["resolutions"]["resolutionsPerAuthority"][0].update(
            status={"code": "ER_MAYBE"}
        ),
    ),
    "typing error in a request": ("request", lambda m: m["request"].update(intnet={})),
    "request without context": ("request", lambda m: m.pop("context")),
    "response without version": ("response", lambda m: m.pop("version")),
    "shouldEndSession as text": ("response", lambda m: m["response"].update(shouldEndSession="false")),
    "speech of unknown type": ("response", lambda m: m["response"]["outputSpeech"].update(type="Ssml")),
    "speech without text": ("response", lambda m: m["response"]["outputSpeech"].pop("ssml")),
    "card of unknown type": ("response", lambda m: m["response"]["card"].update(type="Sample")),
    "directive of unknown type": ("response", lambda m: m["response"]["directives"][0].update(type="Dialog.Elicit")),
    "directive with a typing error": ("response", lambda m: m["response"]["directives"][0].update(slotToElict="x")),
    "card beside the response": ("response", lambda m: m.update(card={})),
    "manifest without version": ("skill_manifest", lambda m: m["manifest"].pop("manifestVersion")),
    "unknown country": (
        "skill_manifest",
        lambda m: m["manifest"]["publishingInformation"].update(distributionCountries=["XX"]),
    ),
    "locale with an underscore": (
        "skill_manifest",
        lambda m: m["manifest"]["publishingInformation"]["locales"].update(nl_NL={"name": "Band"}),
    ),
    "unknown interface": (
        "skill_manifest",
        lambda m: m["manifest"]["apis"]["custom"]["interfaces"][0].update(type="APL"),
    ),
    "summary too long": (
        "skill_manifest",
        lambda m: m["manifest"]["publishingInformation"]["locales"]["nl-NL"].update(summary="x" * 161),
    ),
    "typing error in a manifest": ("skill_manifest", lambda m: m["manifest"].update(permisions=[])),
}


def validator(name: str) -> Draft7Validator:
    return Draft7Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_the_file_that_its_source_note_describes(name: str) -> None:
    entry = SOURCES[name]
    data = (SCHEMAS / entry["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == entry["sha256"]
    assert len(data) < 600_000
    assert entry["licence"] == "Apache-2.0"
    locked = json.loads((MAKER / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert locked[f"node_modules/{entry['package']}"]["version"] == entry["version"]
    assert f"{entry['package']} {entry['version']}" in json.loads(data)["$comment"]
    Draft7Validator.check_schema(json.loads(data))


def test_every_schema_has_a_source_note() -> None:
    assert {SOURCES[name]["file"] for name in NAMES} == {path.name for path in SCHEMAS.glob("*.schema.json")}


def test_the_lock_file_names_no_registry() -> None:
    assert "resolved" not in (MAKER / "package-lock.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_passes(name: str) -> None:
    assert [error.message for error in validator(name).iter_errors(RIGHT[name])] == []


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_caught(name: str) -> None:
    schema, damage = WRONG[name]
    broken = deepcopy(RIGHT[schema])
    damage(broken)
    assert not validator(schema).is_valid(broken)


@pytest.mark.all
def test_the_schemas_equal_a_fresh_generation() -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs Node and npm")
    if not (MAKER / "node_modules").is_dir():
        subprocess.run([npm, "ci", "--ignore-scripts"], cwd=MAKER, check=True, capture_output=True, timeout=300)
    run = subprocess.run(
        [npm, "run", "--silent", "check"], cwd=MAKER, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr
