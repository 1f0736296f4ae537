"""padacioso: utterances as templates. Its fuzzy mode (a wildcard for any one word) is left off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from padacioso import IntentContainer

from tools.learn.peers.base import Method, Ranking, best_first

if TYPE_CHECKING:
    from tools.learn.data import Row


class Padacioso(Method):
    """Every utterance is a template of its label."""

    def fit(self, rows: Sequence[Row]) -> None:
        self.container = IntentContainer(fuzz=False, n_workers=1)
        for label in sorted({row.label for row in rows}):
            self.container.add_intent(label, [" ".join(row.words) for row in rows if row.label == label])

    def rank(self, words: list[str]) -> Ranking:
        # calc_intents starts a pool of processes for every question; its own matcher, label after label, says the same.
        said = " ".join(words)
        found = [self.container._match(said, name, lines) for name, lines in self.container.intent_samples.items()]
        return best_first((match["name"], float(match["conf"])) for match in found if match)
