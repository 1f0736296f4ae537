"""What every compared method can do. Kept free of other imports: what it costs to load a method is measured from here."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from tools.learn.data import Row

Ranking = list[tuple[str, float]]
NEAREST = 3
"""Nearest utterances that vote."""


class Method(ABC):
    """Learns from rows, then ranks labels for a list of plain words. Can be pickled once it has learnt."""

    wants_danger: ClassVar[bool] = False
    """Whether `fit` is given the danger utterances and look-alikes too."""
    start_seconds: float | None = None
    """CPU seconds until it could begin to load what it learnt, where that is not the import of its module."""

    @abstractmethod
    def fit(self, rows: Sequence[Row]) -> None:
        """Learn from the words and the label of every row."""

    @abstractmethod
    def rank(self, words: list[str]) -> Ranking:
        """Labels with a score, best first; [] where nothing matches."""

    def cpu_seconds(self) -> float:
        """CPU seconds that it has used so far."""
        return time.process_time()

    def resident(self) -> int | None:
        """Bytes of memory that are resident now; None where the system does not say (only Linux does)."""
        return resident("self")


def resident(process: str) -> int | None:
    """Resident bytes of a process, by its id or "self", from /proc; None on systems without it."""
    path = Path("/proc") / process / "status"
    if not path.exists():
        return None
    line = next(line for line in path.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


def best_first(scores: Iterable[tuple[str, float]]) -> Ranking:
    """Labels by falling score; equal ones by name."""
    return sorted(scores, key=lambda pair: (-pair[1], pair[0]))


def vote(neighbours: Iterable[tuple[str, float]]) -> Ranking:
    """What the nearest utterances say together: every label's similarities added up."""
    total: dict[str, float] = defaultdict(float)
    for label, similarity in neighbours:
        total[label] += similarity
    return best_first(total.items())
