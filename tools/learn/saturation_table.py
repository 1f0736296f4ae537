"""The part of docs/understanding.md on what a fifth more data moved, from the figures that `python -m tools.learn saturation` kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tools.learn.data import ROOT, fingerprint
from tools.learn.report import table

KEPT = ROOT / "tools" / "learn" / "saturation.json"
HEADING = "### Would more data help?"
COMMAND = "`python -m tools.learn saturation`"


class Movement(NamedTuple):
    """A figure in per cent: of each run that left a sixth out, and with all utterances."""

    measuring_set: str
    figure: str
    without: list[float]
    value: float

    @property
    def mean(self) -> float:
        return sum(self.without) / len(self.without)

    @property
    def moved(self) -> float:
        """By how many points a fifth more data moved it."""
        return self.value - self.mean


def report_parts() -> list[str]:
    """For the report: heading, how it was done, and the table; what to run where there are no figures."""
    if not KEPT.exists():
        return [HEADING, f"No figures yet; {COMMAND} makes them."]
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    of_today = kept["made_of_sha256"] == fingerprint()
    state = "today's data" if of_today else f"older data than today's, {COMMAND} brings them up to date"
    how = (
        f"Made by {COMMAND} on {kept['date']} from {kept['utterances']} utterances ({state}). A random sixth of them is left out, six "
        "times in turn: from what is left to all is 20 % more training data. Moved: all less the mean of the six; lowest and highest are "
        "single runs, in which one sentence of the given set is half a point."
    )
    return [HEADING, how, compared(kept)]


def compared(kept: Mapping[str, Any]) -> str:
    """A line a figure: without a sixth (mean, lowest, highest), with all, and by how many points that moved it."""
    lines = [
        [
            one.measuring_set,
            one.figure,
            f"{one.mean:.1f} % ({min(one.without):.1f}-{max(one.without):.1f})",
            f"{one.value:.1f} %",
            f"{one.moved:+.1f}",
        ]
        for one in movements(kept)
    ]
    return table(["set", "figure", "without a sixth", "all", "moved"], lines)


def movements(kept: Mapping[str, Any]) -> Iterator[Movement]:
    """Every figure of every measuring set, from what was kept."""
    for name, found in kept["all"].items():
        for figure, value in found.items():
            yield Movement(name, figure, [one[name][figure] for one in kept["without"]], value)
