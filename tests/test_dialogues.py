"""The conversations of `tests/dialogues/*.yaml`, which an editor can read, through the cloud function's door.

A step without `say` opens the skill; `intent` sends an intent without words, also where no session is open; `silence` is
eight seconds of it, twice. Expected are, where given: `section`, `outcome`, `danger`, `open` (waits for an answer), `card`
(one was sent), `key` (content keys that must be said).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import lambda_function
from simulator.ears import Ears, load_ears
from simulator.report import record
from simulator.session import Session, Turn

DIALOGUES = sorted((Path(__file__).parent / "dialogues").glob("*.yaml"))
STEPS = {"say", "intent", "silence"}
EXPECTED = {"section", "outcome", "danger", "open", "card", "key"}


class LambdaDoor:
    def answer(self, event: Mapping[str, Any]) -> dict[str, Any]:
        return lambda_function.lambda_handler(dict(event), None)


@pytest.fixture(scope="module")
def ears() -> Ears:
    return load_ears()


def take(session: Session, step: Mapping[str, Any]) -> Turn:
    if "silence" in step:
        session.silence("stil")
        return session.silence("stil")
    if "say" not in step and "intent" not in step:
        return session.launch()
    if "intent" in step:
        return session.intend(step["intent"], step["intent"])
    if not session.is_open:
        session.launch()
    return session.say(step["say"])


def test_there_are_enough_and_each_is_well_formed() -> None:
    assert len(DIALOGUES) >= 40
    for path in DIALOGUES:
        dialogue = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert set(dialogue) == {"name", "steps"}, path.name
        for step in dialogue["steps"]:
            assert set(step) <= STEPS | EXPECTED, f"{path.name}: {step}"


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_dialogue(path: Path, ears: Ears) -> None:
    session = Session(LambdaDoor(), ears)
    for number, step in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))["steps"], start=1):
        turn = take(session, step)
        seen = record(turn)
        where = f"step {number} ({step}): heard {seen['speech']!r}"
        for name in ("section", "outcome", "danger"):
            if name in step:
                assert seen[name] == step[name], where
        if "open" in step:
            assert seen["session_open"] == step["open"], where
        if "card" in step:
            assert (seen["card"] is not None) == step["card"], where
        said = (turn.response.get("sessionAttributes") or {}).get("turn", {}).get("keys", [])
        assert set(step.get("key", [])) <= set(said), f"{where}; keys {said}"
