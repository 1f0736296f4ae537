"""Learns the parameters and writes them; on request chooses the thresholds anew first."""

from __future__ import annotations

import datetime
import json
import time
import tomllib
from collections.abc import Sequence
from typing import Any

from skill.understanding.danger import DangerRules
from tools.learn import crossval, fit, limits
from tools.learn.data import CONTENT, LEARNT, THRESHOLDS, Row, fingerprint, read_rows, thresholds

HEADER = """\
# Limits of the decisions in skill/understanding/policy.py, and the temperatures that calibrate the heads.
# Chosen by `python -m tools.learn train --choose`: least cost on hands that nothing was learnt from (figures: docs/understanding.md).
# outside: refuse at this probability of "not on this page". tip: answer at this probability, with at least `margin` above the second.
# outside_sure: from here on no section is offered beside the refusal.
# choice: offer two when both together reach this. danger_certain, danger_ask: the learnt danger class answers or asks.
# danger_with_rule: a doubtful rule becomes certain at this probability.
"""


def rules() -> DangerRules:
    """The danger rules as an editor wrote them."""
    return DangerRules(tomllib.loads((CONTENT / "words" / "danger.toml").read_text(encoding="utf-8")))


def choose() -> crossval.OutOfHand:
    """Choose temperatures and thresholds on held-out hands and write thresholds.toml."""
    held = crossval.out_of_hand(read_rows())
    write_thresholds(
        {**limits.choose_section_limits(held), **limits.choose_danger_limits(held, rules())}, held.temperature
    )
    return held


def write_thresholds(chosen: dict[str, float], temperature: dict[str, float]) -> None:
    """Write the one readable file of thresholds."""
    figures: dict[str, Any] = {**chosen, "high": round(min(0.95, chosen["tip"] + 0.25), 3), "entity_bonus": 0.05}
    lines = [HEADER, f"date = {datetime.date.today().isoformat()}\n"]
    lines += [f"{name} = {figures[name]}\n" for name in sorted(figures)]
    lines += [f"temperature_{name} = {temperature[name]}\n" for name in sorted(temperature)]
    THRESHOLDS.write_text("".join(lines), encoding="utf-8")


def parameters_of(rows: Sequence[Row]) -> bytes:
    """`learnt.json` as these rows make it, with the thresholds and temperatures that are written down."""
    table, heads = fit.fit(rows)
    written = thresholds()
    for head in heads:
        head.temperature = written[f"temperature_{head.name}"]
    decisions = {name: value for name, value in written.items() if not name.startswith("temperature_")}
    return fit.pack(table, heads, decisions, fingerprint())


def train(anew: bool) -> None:
    """Fit on everything and write `learnt.json`."""
    began = time.perf_counter()
    if anew:
        choose()
    rows = read_rows()
    LEARNT.write_bytes(parameters_of(rows))
    marks = json.loads(LEARNT.read_bytes())["marks"]
    print(
        f"{LEARNT.name}: {len(rows)} utterances, {marks} marks, {LEARNT.stat().st_size // 1024} kB, {time.perf_counter() - began:.0f} s"
    )
