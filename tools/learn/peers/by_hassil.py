"""hassil (Home Assistant's matcher): utterances as sentence templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hassil import Intents, recognize_all

from tools.learn.peers.base import Method, Ranking, best_first

if TYPE_CHECKING:
    from tools.learn.data import Row


class Hassil(Method):
    """Every utterance is a template of its label; a match scores 1, for hassil gives none."""

    def fit(self, rows: Sequence[Row]) -> None:
        labels = sorted({row.label for row in rows})
        sentences = {label: [" ".join(row.words) for row in rows if row.label == label] for label in labels}
        intents = {label: {"data": [{"sentences": texts}]} for label, texts in sentences.items()}
        self.intents = Intents.from_dict({"language": "nl", "intents": intents})

    def rank(self, words: list[str]) -> Ranking:
        names = {result.intent.name for result in recognize_all(" ".join(words), self.intents)}
        return best_first((name, 1.0) for name in names)
