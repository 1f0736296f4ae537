"""A second opinion on forged requests: Amazon's own verifier for Node (npm `ask-sdk-express-adapter`) on the cases of `tests/web`."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
TOP = HERE.parents[1]

pytestmark = pytest.mark.all


@pytest.fixture(scope="module")
def judged() -> dict[str, dict[str, Any]]:
    """Cases by name, with our verdict (`good`) and theirs (`accepted`)."""
    assert (HERE / "node_modules").is_dir(), "run: sh tools/setup_all.sh"
    exported = subprocess.run(
        [sys.executable, "-m", "tests.oracle.export_cases"], cwd=TOP, capture_output=True, check=True, timeout=120
    ).stdout
    verdicts = subprocess.run(
        ["node", "judge.cjs"], cwd=HERE, input=exported, capture_output=True, check=True, timeout=120
    ).stdout
    cases = {case["name"]: case for case in json.loads(exported)["cases"]}
    for line in verdicts.decode().splitlines():
        verdict = json.loads(line)
        cases[verdict["name"]] |= verdict
    return cases


def test_every_case_is_judged(judged: dict[str, dict[str, Any]]) -> None:
    assert len(judged) >= 100
    assert all("accepted" in case for case in judged.values())


def test_the_differences_are_those_that_are_explained(judged: dict[str, dict[str, Any]]) -> None:
    explained = tomllib.loads((HERE / "differences.toml").read_text(encoding="utf-8"))
    stricter = {name for name, case in judged.items() if case["accepted"] and not case["good"]}
    milder = {name for name, case in judged.items() if case["good"] and not case["accepted"]}
    assert stricter == set(explained["stricter"])
    assert milder == set(explained["milder"])


def test_they_refuse_for_the_case_and_not_for_the_making(judged: dict[str, dict[str, Any]]) -> None:
    """A verifier that cannot read our certificates would refuse everything, and agree for the wrong reason."""
    reasons = [case["why"] for case in judged.values() if not case["accepted"]]
    assert len([why for why in reasons if "OID is not RSA" in why]) == 1  # the case "key of another kind"
    assert sum(case["accepted"] for case in judged.values()) >= 40
