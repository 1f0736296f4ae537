"""The marks of an utterance that the linear models weigh: pieces of words, words, and the row of concepts behind the words.

Training and the running skill share this file, so a mark cannot mean two things.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

SHORTEST, LONGEST = 2, 5
BLOCK_WEIGHT = {"piece": 1.0, "word": 1.4, "concept": 1.0}
"""The length that every block of marks is brought to."""
MEMORY = 4_000
"""Words whose concept is remembered between turns; bounded, because what people say is not."""


class Concepts:
    """Words that mean the same (content words/concepts.toml): `of("kwakkelt")` is a concept's name or None."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        self._exact: dict[str, str] = {}
        self._starts: list[tuple[str, str]] = []
        self._within: list[tuple[str, str]] = []
        for concept, words in table.items():
            for word in words:
                if word.startswith("*"):
                    self._within.append((word.strip("*"), concept))
                elif word.endswith("*"):
                    self._starts.append((word[:-1], concept))
                else:
                    self._exact.setdefault(word, concept)
        self._memory: dict[str, str | None] = {}

    def of(self, word: str) -> str | None:
        """The concept of a word, or None."""
        if word in self._exact:
            return self._exact[word]
        if word not in self._memory:
            if len(self._memory) >= MEMORY:
                self._memory.clear()
            found = next((concept for start, concept in self._starts if word.startswith(start)), None)
            self._memory[word] = found or next((concept for part, concept in self._within if part in word), None)
        return self._memory[word]


def marks(words: list[str], concepts: Concepts) -> dict[str, Counter[str]]:
    """Counts by block: `piece` (character 2-5-grams inside words, borders as blanks), `word` (words and neighbours), `concept`.

    The blocks are told apart by their first character, so that one table can hold all: words start with "=", rows of
    concepts with "@" (neighbours "a b", loose pairs "a..b"), neighbours of which one is a concept with "%".
    """
    pieces: Counter[str] = Counter()
    for word in words:
        bordered = f" {word} "
        length = len(bordered)
        for size in range(SHORTEST, LONGEST + 1):
            if size >= length:
                pieces[bordered] += 1
                break
            for start in range(length - size + 1):
                pieces[bordered[start : start + size]] += 1
    singles: Counter[str] = Counter("=" + word for word in words)
    singles.update(f"={first} {second}" for first, second in pairwise(words))
    return {"piece": pieces, "word": singles, "concept": _concept_marks(words, concepts)}


def _concept_marks(words: list[str], concepts: Concepts) -> Counter[str]:
    named = [concepts.of(word) for word in words]
    row = [name for name in named if name]
    found: Counter[str] = Counter("@" + name for name in row)
    found.update(f"@{first} {second}" for first, second in pairwise(row))
    found.update(f"@{first} {second} {third}" for first, second, third in zip(row, row[1:], row[2:], strict=False))
    found.update(f"@{first}..{other}" for index, first in enumerate(row) for other in row[index + 2 : index + 4])
    mixed = [f"<{name}>" if name else word for word, name in zip(words, named, strict=True)]
    for index in range(len(words) - 1):
        if named[index] or named[index + 1]:
            found[f"%{mixed[index]} {mixed[index + 1]}"] += 1
    return found
