"""The same conversations by ask-sdk-test, with its question-mark rule; intents come from the simulator's ears, all else is its own."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from simulator.ears import load_ears
from simulator.session import Session, Turn
from skill.alexa.door import open_door
from skill.settings import Settings
from tests.clients.services import SKILL_ID, web_service
from tests.clients.test_virtual_alexa import conversations

HERE = Path(__file__).parent

pytestmark = pytest.mark.all


def sequences() -> list[dict[str, Any]]:
    """What is sent in each session, and whether our own door keeps it open: a session a sequence."""
    ears, door = load_ears(), open_door(Settings(skill_id=None))
    found: list[dict[str, Any]] = []
    for one in conversations():
        session = Session(door, ears, skill_id=SKILL_ID)
        steps: list[dict[str, Any]] = []
        for step in one["steps"]:
            for turn in _turns(session, step):
                steps.append(_sent(turn))
                if not turn.session_open:
                    found.append({"name": f"{one['name']} {len(found)}", "steps": steps})
                    steps = []
        if steps:
            found.append({"name": f"{one['name']} {len(found)}", "steps": steps})
    return found


def _turns(session: Session, step: dict[str, Any]) -> list[Turn]:
    if "silence" in step:
        session.silence("")
        return [session.silence("")]
    if "say" not in step and "intent" not in step:
        return [session.launch()]
    opened = [] if session.is_open else [session.launch()]
    said = session.intend(step["intent"], "") if "intent" in step else session.say(step["say"])
    return [*opened, said]


def _sent(turn: Turn) -> dict[str, Any]:
    body = turn.response["response"]
    if turn.request is not None and turn.request["request"]["type"] == "SessionEndedRequest":
        return {"kind": "ended"}
    elicits = any(one["type"] == "Dialog.ElicitSlot" for one in body.get("directives") or [])
    facts = {"open": turn.session_open, "card": "card" in body and body["card"] is not None, "elicits": elicits}
    if turn.heard is None:
        return {"kind": "launch", **facts}
    words = turn.heard.slot.value if turn.heard.slot else None
    return {"kind": "intent", "intent": turn.heard.intent, "words": words, **facts}


def test_every_conversation(tmp_path: Path) -> None:
    assert (HERE / "node_modules").is_dir(), "run: sh tools/setup_all.sh"
    asked = sequences()
    assert len(asked) >= 60
    cases = tmp_path / "cases.json"
    with web_service() as url:
        cases.write_text(json.dumps({"url": url, "skill": SKILL_ID, "sequences": asked}), encoding="utf-8")
        done = subprocess.run(
            ["node", "node_modules/mocha/bin/mocha.js", "--reporter", "json", "--timeout", "20000", "ask-sdk-test.cjs"],
            cwd=HERE,
            env={**os.environ, "CASES": str(cases), "AWS_REGION": "eu-west-1"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    report = json.loads(done.stdout[done.stdout.index("{") :])
    failed = [f"{one['title']}: {one['err'].get('message')}" for one in report["failures"]]
    assert not failed, "\n".join(failed)
    assert report["stats"]["passes"] == len(asked)
