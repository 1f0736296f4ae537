"""skill.json: how the skill presents itself in the store, and where Alexa finds it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from tools.package.configuration import Configuration

LOCALE = "nl-NL"
# Stand in skill.json until the deployer says otherwise; `.invalid` is a name that never exists.
NO_FUNCTION = "arn:aws:lambda:eu-west-1:000000000000:function:band-met-mijn-kind:live"
NO_ADDRESS = "https://missing.invalid/"
_VIEWPORTS: list[dict[str, Any]] = [
    {"mode": "HUB", "shape": "ROUND", "minWidth": 480, "maxWidth": 480, "minHeight": 480, "maxHeight": 480},
    {"mode": "HUB", "shape": "RECTANGLE", "minWidth": 960, "maxWidth": 1279, "minHeight": 100, "maxHeight": 599},
    {"mode": "HUB", "shape": "RECTANGLE", "minWidth": 960, "maxWidth": 1279, "minHeight": 600, "maxHeight": 959},
    {"mode": "HUB", "shape": "RECTANGLE", "minWidth": 1280, "maxWidth": 1920, "minHeight": 600, "maxHeight": 1279},
    {"mode": "HUB", "shape": "RECTANGLE", "minWidth": 600, "maxWidth": 1279, "minHeight": 960, "maxHeight": 1920},
    {"mode": "TV", "shape": "RECTANGLE", "minWidth": 960, "maxWidth": 960, "minHeight": 540, "maxHeight": 540},
]


def build_manifest(root: Path, configuration: Configuration) -> dict[str, Any]:
    """The manifest as JSON values. Raises KeyError for a text that store.toml lacks."""
    store = tomllib.loads((root / "deploy" / "store.toml").read_text(encoding="utf-8"))
    skill = tomllib.loads((root / "skill" / "content" / "skill.toml").read_text(encoding="utf-8"))
    name = skill["invocation_name"]
    endpoint = {"uri": configuration.function_arn or NO_FUNCTION}
    return {
        "manifest": {
            "manifestVersion": "1.0",
            "publishingInformation": {
                "locales": {
                    LOCALE: {
                        "name": skill["name"],
                        "summary": store["summary"],
                        "description": store["description"].strip(),
                        "examplePhrases": [phrase.format(name=name) for phrase in store["example_phrases"]],
                        "keywords": store["keywords"],
                        "smallIconUri": "file://assets/images/icon-108.png",
                        "largeIconUri": "file://assets/images/icon-512.png",
                    }
                },
                # The help contacts are Dutch: those of Belgium differ.
                "isAvailableWorldwide": False,
                "distributionCountries": ["NL"],
                "distributionMode": "PUBLIC",
                "category": store["category"],
                "testingInstructions": store["testing_instructions"].format(name=name).strip(),
            },
            "privacyAndCompliance": {
                "allowsPurchases": False,
                "containsAds": False,
                "isChildDirected": False,
                "isExportCompliant": True,
                "usesHealthInfo": False,
                "usesPersonalInfo": False,
                "locales": {
                    LOCALE: {
                        "privacyPolicyUrl": configuration.privacy_url or NO_ADDRESS,
                        "termsOfUseUrl": configuration.terms_url or NO_ADDRESS,
                    }
                },
            },
            "permissions": [],
            "apis": {
                "custom": {
                    "endpoint": endpoint,
                    "regions": {"EU": {"endpoint": endpoint}},
                    "interfaces": [{"type": "ALEXA_PRESENTATION_APL", "supportedViewports": _VIEWPORTS}],
                }
            },
        }
    }
