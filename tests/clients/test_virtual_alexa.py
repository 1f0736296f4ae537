"""Whole conversations by virtual-alexa, which finds the intents in our interaction model by itself, over HTTP and as a Lambda function."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.report import record
from simulator.session import Turn
from tests.clients.services import SKILL_ID, TOP, emulated_function, web_service
from tools.soak.judge import Judge

HERE = Path(__file__).parent
MODEL = TOP / "interaction_models" / "nl-NL.json"

pytestmark = pytest.mark.all


def conversations() -> list[dict[str, Any]]:
    """All dialogues of the repository, and those of this folder."""
    paths = sorted((TOP / "tests" / "dialogues").glob("*.yaml"))
    own = yaml.safe_load((HERE / "conversations.yaml").read_text(encoding="utf-8"))
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths] + own


@pytest.fixture(scope="module", params=["over HTTP", "through the Lambda emulator"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    door = web_service if request.param == "over HTTP" else emulated_function
    with door() as address:
        yield address


def test_at_least_sixty() -> None:
    assert len(conversations()) >= 60


def test_every_conversation(url: str) -> None:
    assert (HERE / "node_modules").is_dir(), "run: sh tools/setup_all.sh"
    spoken = conversations()
    given = {"url": url, "skill": SKILL_ID, "model": json.loads(MODEL.read_bytes()), "conversations": spoken}
    done = subprocess.run(
        ["node", "dutch-alexa.cjs"],
        cwd=HERE,
        input=json.dumps(given).encode(),
        capture_output=True,
        timeout=300,
        check=True,
    )
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    judge, wrong = Judge(), []
    steps = [(one["name"], number, step) for one in spoken for number, step in enumerate(one["steps"])]
    assert [(line["conversation"], line["step"]) for line in lines] == [(name, number) for name, number, _ in steps]
    for line, (name, number, step) in zip(lines, steps, strict=True):
        where = f"{name}, step {number + 1} {step}"
        if "error" in line:
            wrong.append(f"{where}: {line['error']}")
            continue
        judge.check(line["request"], line["response"])
        wrong += [f"{where}: {one}" for one in differences(step, line)]
    assert not wrong, "\n".join(wrong)
    assert judge.different > 60


def differences(step: dict[str, Any], line: dict[str, Any]) -> list[str]:
    """What is other than the step expects."""
    body = line["response"]["response"]
    is_open = body.get("shouldEndSession") is False
    seen = record(Turn(step.get("say"), None, line["request"], line["response"], session_open=is_open))
    found = [
        f"{name} is {seen[name]}"
        for name in ("section", "outcome", "danger")
        if name in step and seen[name] != step[name]
    ]
    if "open" in step and is_open != step["open"]:
        found.append(f"open is {is_open}")
    if "card" in step and (seen["card"] is not None) != step["card"]:
        found.append(f"card is {seen['card']}")
    said = (line["response"].get("sessionAttributes") or {}).get("turn", {}).get("keys", [])
    missing = set(step.get("key", [])) - set(said)
    return [*found, f"keys are {said}"] if missing else found
