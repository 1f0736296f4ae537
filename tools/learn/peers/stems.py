"""Logistic regression over TF-IDF of word stems and neighbouring stems."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import snowballstemmer
from sklearn.feature_extraction.text import TfidfVectorizer

from tools.learn.peers.logistic import Pieces, learn

if TYPE_CHECKING:
    from tools.learn.data import Row


class Stems(Pieces):
    """Stems by snowballstemmer's `dutch` (Kraaij-Pohlmann)."""

    def __init__(self) -> None:
        self.stemmer = snowballstemmer.stemmer("dutch")

    def fit(self, rows: Sequence[Row]) -> None:
        marks = TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2), sublinear_tf=True)
        self.pipeline = learn(marks, [self.spell(row.words) for row in rows], rows)

    def spell(self, words: list[str]) -> str:
        return " ".join(self.stemmer.stemWords(words))
