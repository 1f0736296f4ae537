"""BM25 over word stems: the nearest utterances vote (bm25s, which is kept up; rank-bm25 has had no release since 2022)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import bm25s
import snowballstemmer

from tools.learn.peers.base import NEAREST, Method, Ranking, vote

if TYPE_CHECKING:
    from tools.learn.data import Row


class Bm25(Method):
    """The three utterances of highest BM25."""

    def __init__(self) -> None:
        self.stemmer = snowballstemmer.stemmer("dutch")

    def fit(self, rows: Sequence[Row]) -> None:
        self.labels = [row.label for row in rows]
        self.known = {stem for row in rows for stem in self.stemmer.stemWords(row.words)}
        self.index = bm25s.BM25()
        self.index.index([self.stemmer.stemWords(row.words) for row in rows], show_progress=False)

    def rank(self, words: list[str]) -> Ranking:
        stems = [stem for stem in self.stemmer.stemWords(words) if stem in self.known]
        if not stems:
            return []
        found, scores = self.index.retrieve([stems], k=NEAREST, show_progress=False)
        return vote((self.labels[int(i)], float(s)) for i, s in zip(found[0], scores[0], strict=True))
