"""Anything in every field of the testers' page: answered or refused, never a crash, never as something that a browser would run.

Who may ask at all, and what files it gives, is tested in `tests/simulator/test_page_guard.py`.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from simulator.page.studio import Studio
from tests.simulator.pages import ADDRESS, Visitor, studio_of
from tools.soak.hostile import TEXTS, VALUES

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\ne: [*d, *d]\nname: *d\nsteps: *d\n"
DIALOGUES = [
    BOMB,
    "!!python/object/apply:os.system ['true']",
    "name: x\nsteps:\n  - say: !!python/name:os.system\n",
    "name: <script>alert(1)</script>\nsteps:\n  - say: <script>alert(1)</script>\n",
    "name: 1\nsteps: 2\n",
    "name: x\nsteps:\n  - [1]\n  - null\n",
    "name: x\nsteps:\n  - {say: {a: b}}\n",
    "[" * 400,
    "\x00",
]
OFTEN_HARMLESS = {"device", "voice", "slow", "broken", "fault", "nieuw"}
REFUSALS = {400, 404, 413, 422}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return studio_of(tmp_path_factory.mktemp("audio"))


@pytest.fixture
def visitor(studio: Studio) -> Visitor:
    return Visitor(studio)


def send(visitor: Visitor, path: str, fields: Any) -> Any:
    """The answer, which must be one that no browser would run."""
    response = visitor.client.post(
        path, data=json.dumps(fields), headers={"Origin": ADDRESS, "Content-Type": "application/json"}, base_url=ADDRESS
    )
    assert response.status_code in {200, *REFUSALS}, f"{path} {str(fields)[:200]}: {response.status_code}"
    assert response.mimetype in {"application/json", "application/yaml"}
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    return response


@pytest.mark.parametrize("field", ["kind", "value", "device", "voice", "slow", "broken", "fault", "nieuw"])
def test_anything_in_every_field_of_a_turn(visitor: Visitor, field: str) -> None:
    path = f"/api/conversations/{visitor.name}/turns"
    for value in VALUES[::4] if field in OFTEN_HARMLESS else VALUES[::2]:
        send(visitor, path, {"kind": "say", "value": "troosten", field: value})


def test_words_come_back_as_they_were_said_and_in_no_answer(visitor: Visitor) -> None:
    script = "<script>alert(1)</script>"
    response = send(visitor, f"/api/conversations/{visitor.name}/turns", {"kind": "say", "value": script})
    assert response.status_code == 200
    for turn in response.get_json()["turns"]:
        assert "alert" not in json.dumps(turn["said"])


@pytest.mark.parametrize("kind", ["say", "intent", "touch", "silence", "launch"])
def test_any_text_for_every_kind_of_turn(visitor: Visitor, kind: str) -> None:
    for text in TEXTS[::2]:
        send(visitor, f"/api/conversations/{visitor.name}/turns", {"kind": kind, "value": text})


def test_any_name_of_a_saved_dialogue_stays_a_name(visitor: Visitor) -> None:
    visitor.say("troosten")
    for value in VALUES:
        response = send(visitor, f"/api/conversations/{visitor.name}/dialogue", {"name": value})
        if response.status_code == 200:  # text that YAML cannot hold may be refused
            assert set(yaml.safe_load(response.text)) == {"name", "steps"}, value


@pytest.mark.parametrize("text", DIALOGUES, ids=range(len(DIALOGUES)))
def test_a_dialogue_that_was_made_to_harm_is_told(visitor: Visitor, text: str) -> None:
    send(visitor, "/api/replay", {"text": text})


def test_any_conversation_name_is_only_looked_up(visitor: Visitor) -> None:
    for name in ("..", "%2e%2e", "%00", "a" * 5_000, "__class__", "<script>"):
        for action in ("turns", "undo", "restart", "dialogue"):
            send(visitor, f"/api/conversations/{name}/{action}", {"kind": "say", "value": "x"})
