"""TF-IDF over words: the nearest utterances by cosine vote (scikit-learn)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from tools.learn.peers.base import NEAREST, Method, Ranking, vote

if TYPE_CHECKING:
    from tools.learn.data import Row


class TfIdf(Method):
    """The three utterances of highest cosine."""

    def fit(self, rows: Sequence[Row]) -> None:
        self.labels = [row.label for row in rows]
        self.marks = TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True)
        self.matrix = self.marks.fit_transform([" ".join(row.words) for row in rows])

    def rank(self, words: list[str]) -> Ranking:
        near = (self.matrix @ self.marks.transform([" ".join(words)]).T).toarray().ravel()
        order = np.argsort(-near, kind="stable")[:NEAREST]
        return vote((self.labels[i], float(near[i])) for i in order if near[i] > 0)
