from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tools.content.sources import Sources, read_sources
from tools.interaction_model.__main__ import DIALOGUES, TARGET, build_files
from tools.interaction_model.generate import Options
from tools.interaction_model.wording import Wording, read_wording

Json = dict[str, Any]

SCHEMAS = Path(__file__).parents[1] / "schemas"


@pytest.fixture(scope="session")
def sources() -> Sources:
    return read_sources()


@pytest.fixture(scope="session")
def wording() -> Wording:
    return read_wording()


@pytest.fixture(scope="session")
def checked_in() -> Json:
    """The interaction model that stands in the repository."""
    return json.loads((TARGET / "nl-NL.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def fresh(sources: Sources, wording: Wording) -> dict[str, bytes]:
    """All generated files, made anew."""
    return build_files(sources, wording, Options(), DIALOGUES)


@pytest.fixture(scope="session")
def trimmed(checked_in: Json) -> Json:
    model = deepcopy(checked_in)
    for slot_type in model["interactionModel"]["languageModel"]["types"]:
        for value in slot_type["values"]:
            value["name"]["synonyms"] = value["name"]["synonyms"][:3]
    return model


@pytest.fixture
def small(trimmed: Json) -> Json:
    """The checked-in model with three synonyms a value: as right as the whole, and a test may break it."""
    return deepcopy(trimmed)
