"""What ships beside e5: the mean of both probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tools.learn.peers.base import Method, Ranking, vote
from tools.learn.peers.embeddings import Embeddings
from tools.learn.peers.shipped import Shipped

if TYPE_CHECKING:
    from tools.learn.data import Row


class ShippedAndEmbeddings(Method):
    """Half of each."""

    wants_danger = True

    def __init__(self) -> None:
        self.shipped, self.embeddings = Shipped(), Embeddings()

    def fit(self, rows: Sequence[Row]) -> None:
        from tools.learn.peers.split import about_sections  # noqa: PLC0415 # only learning needs the data

        self.shipped.fit(rows)
        self.embeddings.fit([row for row in rows if about_sections(row)])

    def rank(self, words: list[str]) -> Ranking:
        each = [*self.shipped.rank(words), *self.embeddings.rank(words)]
        return vote((label, score / 2) for label, score in each)
