"""What ships: marks and heads as `make train` makes them, packed, and weighed by the running skill's own plain Python."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from skill.understanding.interpreter import BLEND, OUT_OF_SCOPE
from skill.understanding.model import Learnt, unpacked
from tools.learn.peers.base import Method, Ranking, best_first

if TYPE_CHECKING:
    from tools.learn.data import Row


class Shipped(Method):
    """The section and inside heads, blended as skill/understanding/interpreter.py does."""

    wants_danger = True

    def fit(self, rows: Sequence[Row]) -> None:
        # Imported here: a process that only answers must not pay for what only learning needs.
        from tools.learn import fit  # noqa: PLC0415
        from tools.learn.data import thresholds  # noqa: PLC0415

        limits = thresholds()
        table, heads = fit.fit(rows)
        for head in heads:
            head.temperature = limits[f"temperature_{head.name}"]
        self.__setstate__(fit.pack(table, heads, {}, ""))

    def rank(self, words: list[str]) -> Ranking:
        totals = self.learnt.totals(words)
        sections = self.learnt.probabilities("section", totals)
        told = sections.pop(OUT_OF_SCOPE)
        outside = (1 - BLEND) * told + BLEND * self.learnt.probabilities("inside", totals)["out"]
        within = (1 - outside) / (sum(sections.values()) or 1.0)
        return best_first([(OUT_OF_SCOPE, outside), *((name, value * within) for name, value in sections.items())])

    def __getstate__(self) -> bytes:
        return self.packed

    def __setstate__(self, packed: Any) -> None:
        self.packed: bytes = packed
        document = json.loads(packed)
        self.learnt = Learnt(document, memoryview(unpacked(document["packed"])))
