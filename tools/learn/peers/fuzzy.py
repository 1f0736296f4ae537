"""rapidfuzz: the nearest utterances by token_set_ratio vote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from tools.learn.peers.base import NEAREST, Method, Ranking, vote

if TYPE_CHECKING:
    from tools.learn.data import Row


class TokenSet(Method):
    """The three utterances that share most words."""

    def fit(self, rows: Sequence[Row]) -> None:
        self.labels = [row.label for row in rows]
        self.texts = [" ".join(row.words) for row in rows]

    def rank(self, words: list[str]) -> Ranking:
        found = process.extract(" ".join(words), self.texts, scorer=fuzz.token_set_ratio, limit=NEAREST)
        return vote((self.labels[place], score / 100) for _, score, place in found)
