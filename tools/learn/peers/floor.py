"""The floor under the others: always the labels that were seen most, whatever is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tools.learn.peers.base import Method, Ranking

if TYPE_CHECKING:
    from tools.learn.data import Row


class Floor(Method):
    """Ranks labels by how often they were seen."""

    def fit(self, rows: Sequence[Row]) -> None:
        counts = Counter(row.label for row in rows)
        self.ranking = [(label, count / len(rows)) for label, count in counts.most_common()]

    def rank(self, words: list[str]) -> Ranking:
        return self.ranking
