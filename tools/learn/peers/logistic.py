"""Logistic regression over TF-IDF of character n-grams, or of word stems (scikit-learn; stems by snowballstemmer)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from tools.learn.peers.base import Method, Ranking, best_first

if TYPE_CHECKING:
    from tools.learn.data import Row

STRENGTH = 10.0
"""C, as in the first comparison."""


class Pieces(Method):
    """Character 2- to 5-grams inside words."""

    def fit(self, rows: Sequence[Row]) -> None:
        marks = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
        self.pipeline = learn(marks, [self.spell(row.words) for row in rows], rows)

    def spell(self, words: list[str]) -> str:
        return " ".join(words)

    def rank(self, words: list[str]) -> Ranking:
        chances = self.pipeline.predict_proba([self.spell(words)])[0]
        return best_first(zip(map(str, self.pipeline.classes_), map(float, chances), strict=True))


def learn(marks: TfidfVectorizer, texts: list[str], rows: Sequence[Row]) -> Pipeline:
    regression = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=300)
    return make_pipeline(marks, regression).fit(texts, [row.label for row in rows])
