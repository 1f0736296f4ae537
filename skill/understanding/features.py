"""The marks of an utterance that the linear models weigh: pieces of words, words, and the row of concepts behind the words.

Training and the running skill share this file, so a mark cannot mean two things.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from itertools import pairwise

SHORTEST, LONGEST = 2, 5
BLOCK_WEIGHT = {"piece": 1.0, "word": 1.7, "concept": 1.0}
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
        try:
            return self._memory[word]
        except KeyError:
            pass
        if len(self._memory) >= MEMORY:
            self._memory.clear()
        found = next((concept for start, concept in self._starts if word.startswith(start)), None)
        found = found or next((concept for part, concept in self._within if part in word), None)
        self._memory[word] = found  # not read back: another thread may have cleared the memory by now
        return found


def key_of(mark: str) -> int:
    """The number that a mark is known by, here and in training: CRC-32 of its UTF-8. Two marks with one number are one mark."""
    return zlib.crc32(mark.encode("utf-8", "surrogatepass"))


def marks(words: list[str], concepts: Concepts) -> dict[str, list[str]]:
    """Marks by block, as often as they stand in the words.

    One table holds all, so each sort of mark is told by a sign: "=" before words, neighbours and pairs, "^" before how the utterance
    begins, "$" after how it ends, "@" before a row of concepts, "%" before neighbours of which one is a concept, none at pieces.
    """
    return {
        "piece": [piece for word in words for piece in pieces(word)],
        "word": word_marks(words),
        "concept": concept_marks(words, concepts),
    }


def pieces(word: str) -> list[str]:
    """Character 2- to 5-grams inside a word, its borders as blanks; a shorter word is one piece."""
    bordered = f" {word} "
    length = len(bordered)
    found = [
        bordered[start : start + size]
        for size in range(SHORTEST, min(LONGEST, length - 1) + 1)
        for start in range(length - size + 1)
    ]
    return [*found, bordered] if length <= LONGEST else found


def word_marks(words: list[str]) -> list[str]:
    """Words, neighbours, pairs around one word, and how the utterance begins and ends."""
    begins = [f"^{' '.join(words[:count])}" for count in range(1, min(3, len(words)) + 1)]
    ends = [f"{' '.join(words[-count:])}$" for count in range(1, min(2, len(words)) + 1)]
    return [
        *(f"={word}" for word in words),
        *(f"={first} {second}" for first, second in pairwise(words)),
        *(f"={first}_{second}" for first, second in zip(words, words[2:], strict=False)),
        *begins,
        *ends,
    ]


def concept_marks(words: list[str], concepts: Concepts) -> list[str]:
    """The row of concepts behind the words: single, neighbours "a b", threes, loose pairs "a..b", and concepts beside words."""
    named = [concepts.of(word) for word in words]
    row = [name for name in named if name]
    found = [f"@{name}" for name in row]
    found += [f"@{first} {second}" for first, second in pairwise(row)]
    found += [f"@{first} {second} {third}" for first, second, third in zip(row, row[1:], row[2:], strict=False)]
    found += [f"@{first}..{other}" for index, first in enumerate(row) for other in row[index + 2 : index + 4]]
    mixed = [f"<{name}>" if name else word for word, name in zip(words, named, strict=True)]
    found += [
        f"%{first} {second}"
        for (first, second), (one, other) in zip(pairwise(mixed), pairwise(named), strict=True)
        if one or other
    ]
    return found
