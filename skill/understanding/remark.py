"""Utterances that want another tone: another language, insults, a child playing at the microphone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

SHORT = 6
"""Insults and play are only looked for in utterances of at most this many words."""


class RemarkReader:
    """Reads content/words/foreign.toml and manners.toml."""

    def __init__(self, foreign: Mapping[str, Any], manners: Mapping[str, Any]) -> None:
        self._shared = frozenset(foreign.get("shared", ()))
        self._foreign = frozenset(foreign.get("words", ())) - self._shared
        self._dutch = frozenset(foreign.get("dutch", ()))
        self._rude = _phrases(manners.get("rude", ()))
        self._play = frozenset(manners.get("play", ()))
        self._child = _phrases(manners.get("child", ()))
        self._noise = frozenset(manners.get("noise", ()))
        self._family = frozenset(manners.get("family", ()))

    def read(self, words: Sequence[str]) -> str | None:
        """ "foreign", "rude", "child" or None."""
        if not words:
            return None
        if self._is_foreign(words):
            return "foreign"
        if len(words) > SHORT or self._family.intersection(words):
            return None
        spoken = f" {' '.join(words)} "
        if any(f" {phrase} " in spoken for phrase in self._rude):
            return "rude"
        if any(f" {phrase} " in spoken for phrase in self._child):
            return "child"
        return "child" if sum(word in self._play for word in words) * 2 >= len(words) else None

    def is_noise(self, words: Sequence[str]) -> bool:
        """Sounds and single words that ask nothing: "huh", "blabla"."""
        return len(words) <= SHORT and self._noise.issuperset(words)

    def _is_foreign(self, words: Sequence[str]) -> bool:
        foreign = sum(word in self._foreign for word in words)
        dutch = sum(word in self._dutch for word in words)
        neutral = sum(word in self._shared for word in words)
        return foreign >= 2 and foreign > 2 * dutch and 2 * foreign + neutral >= len(words)


def _phrases(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(text.split()) for text in texts)
