"""Counting words that were heard otherwise than they were said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

# "null" is how the recogniser often writes the same sound.
_FIGURES = {"nul": "0", "null": "0", "een": "1", "twee": "2", "drie": "3", "vier": "4", "vijf": "5"} | {
    "zes": "6",
    "zeven": "7",
    "acht": "8",
    "negen": "9",
}


class Heard(NamedTuple):
    """One text, what the recogniser wrote, and the count of wrong words (changed, missing, added) out of the words said."""

    said: str
    written: str
    errors: int
    words: int
    misheard: tuple[tuple[str, str], ...]


class Rate(NamedTuple):
    """Errors over all texts."""

    errors: int
    words: int

    @property
    def percent(self) -> float:
        return 100 * self.errors / self.words if self.words else 0.0


def plain_words(text: str) -> list[str]:
    """Lower-case words without marks. Figures that stand beside figures become digits, so that "1, 1, 2" equals "één, één, twee"."""
    words = re.sub(r"[^\w\s']", " ", text.lower().replace("é", "e")).split()
    split = [figure for word in words for figure in (word if word.isdigit() else [word])]
    is_figure = [word.isdigit() or word in _FIGURES for word in split]
    padded = [False, *is_figure, False]
    return [
        _FIGURES.get(word, word) if is_figure[place] and (padded[place] or padded[place + 2]) else word
        for place, word in enumerate(split)
    ]


def digits_in(text: str) -> str:
    """All digits of the numbers said digit by digit, in order."""
    return "".join(word for word in plain_words(text) if word.isdigit())


def compare(said: str, written: str) -> Heard:
    """Levenshtein over words, with the pairs that differ."""
    reference, heard = plain_words(said), plain_words(written)
    pairs = _aligned(reference, heard)
    return Heard(said, written, len(pairs), len(reference), tuple(pairs))


def rate(all_heard: Iterable[Heard]) -> Rate:
    """Word error rate over all texts together."""
    counted = list(all_heard)
    return Rate(sum(heard.errors for heard in counted), sum(heard.words for heard in counted))


def most_misheard(all_heard: Iterable[Heard], count: int) -> list[tuple[str, int, int, str]]:
    """Words most often heard wrongly: word, times wrong, times said, what was written instead most often."""
    said: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    instead: dict[str, Counter[str]] = {}
    for heard in all_heard:
        said.update(plain_words(heard.said))
        for word, other in heard.misheard:
            if word:
                wrong[word] += 1
                instead.setdefault(word, Counter())[other or "-"] += 1
    return [(word, times, said[word], instead[word].most_common(1)[0][0]) for word, times in wrong.most_common(count)]


def _aligned(reference: Sequence[str], heard: Sequence[str]) -> list[tuple[str, str]]:
    """The pairs (said, heard) that differ on a shortest way from one to the other; an empty word for missing or added."""
    costs = [list(range(len(heard) + 1))]
    for row, word in enumerate(reference, start=1):
        costs.append([row])
        for column, other in enumerate(heard, start=1):
            best = min(
                costs[row - 1][column - 1] + (word != other), costs[row - 1][column] + 1, costs[row][column - 1] + 1
            )
            costs[row].append(best)
    pairs = []
    row, column = len(reference), len(heard)
    while row or column:
        changed = (
            row
            and column
            and costs[row][column] == costs[row - 1][column - 1] + (reference[row - 1] != heard[column - 1])
        )
        if changed:
            row, column = row - 1, column - 1
            if reference[row] != heard[column]:
                pairs.append((reference[row], heard[column]))
        elif row and costs[row][column] == costs[row - 1][column] + 1:
            row -= 1
            pairs.append((reference[row], ""))
        else:
            column -= 1
            pairs.append(("", heard[column]))
    return pairs[::-1]
