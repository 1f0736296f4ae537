"""The learnt part: linear models over the marks of an utterance, in plain Python.

`learnt.json` (made by ``make train``) holds what a mark is known by and a row of bytes a mark: the weights of all heads, with the
mark's rarity in them, and last the square of the rarity. The body of it lies the same way in `learnt.bin`, see quick.py.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from operator import add, mul
from pathlib import Path
from typing import Any, NamedTuple

from skill.understanding.features import BLOCK_WEIGHT, MEMORY, Concepts, concept_marks, marks, pieces, word_marks
from skill.understanding.keys import Keys, size_of
from skill.understanding.lanes import Lanes

VERSION = 3
LEARNT = Path(__file__).with_name("learnt.json")
ZERO = 64
"""The byte of a weight of nothing; 1 and 127 are a column's largest."""


class LearntError(Exception):
    """The learnt parameters are missing, damaged, or of another version."""


class Head(NamedTuple):
    """One linear model: its classes and where its columns lie. `temperature` calibrates its probabilities."""

    name: str
    classes: tuple[str, ...]
    start: int
    end: int
    scale: tuple[float, ...]
    bias: tuple[float, ...]
    temperature: float


class Learnt:
    """Keys, rarity, weights and heads; `totals` and `probabilities` judge a list of words.

    `document`: what `learnt.json` says beside its body. `body`: the keys on their shelves (keys.py), and rows.
    Raises ValueError where they do not fit together.
    """

    def __init__(self, document: Mapping[str, Any], body: memoryview) -> None:
        if sys.byteorder != "little":
            raise ValueError("this machine writes numbers in another order than they are read in")
        self.data_hash: str = document["data"]
        self.thresholds: dict[str, float] = document["thresholds"]
        self._concepts = Concepts(document["concepts"])
        count, self._size = document["marks"], document["row_bytes"]
        keys, self._rows = _parted(body, size_of(count), self._size * count)
        self._keys = Keys(keys)
        self._lanes = Lanes(self._size)
        self._square: float = document["square_step"]
        self._memory: dict[str, dict[int, int]] = {}
        self.heads: dict[str, Head] = {}
        start = 0
        for entry in document["heads"]:
            name, classes, end = entry["name"], tuple(entry["classes"]), start + entry["columns"]
            scale, bias = tuple(entry["scale"]), tuple(entry["bias"])
            self.heads[name] = Head(name, classes, start, end, scale, bias, entry["temperature"])
            start = end
        self._columns = start
        self._calibrated = {
            head.name: ([one / head.temperature for one in head.scale], [one / head.temperature for one in head.bias])
            for head in self.heads.values()
        }
        if start >= self._size:
            raise ValueError("rows are shorter than the heads are wide")

    def totals(self, words: list[str]) -> list[float]:
        """The weighted sum of every column for these words; every block of marks has length BLOCK_WEIGHT."""
        (piece, pieces_found, one), (word, words_found, two), (concept, concepts_found, three) = self._sums(words)
        a, b, c = self._share(piece, one), self._share(word, two), self._share(concept, three)
        nothing = ZERO * (a * len(pieces_found) + b * len(words_found) + c * len(concepts_found))
        # Written out: this line is run for every column, and with ten times the sections it would be most of a turn.
        return [a * x + b * y + c * z - nothing for x, y, z in zip(one, two, three, strict=True)][: self._columns]

    def _share(self, name: str, sums: Sequence[int]) -> float:
        """What a row of a block counts for: its length is the root of the rarities' squares, which stand in the last column."""
        return BLOCK_WEIGHT[name] / math.sqrt((sums[-1] or 1) * self._square)

    def _sums(self, words: list[str]) -> Iterator[tuple[str, Mapping[int, int], list[int]]]:
        """By block: its name, the rows that stand in the words (number: lanes), and the sums of their columns."""
        pieces_found: dict[int, int] = {}
        for word in words:
            pieces_found.update(self._pieces_of(word))
        yield "piece", pieces_found, self._lanes.sums([*pieces_found.values()])
        for name, found in (
            ("word", self._known(word_marks(words))),
            ("concept", self._known(concept_marks(words, self._concepts))),
        ):
            yield name, found, self._lanes.sums([*found.values()])

    def _pieces_of(self, word: str) -> dict[int, int]:
        """The rows of a word's pieces, remembered between turns: few words are new. Bounded, because what people say is not."""
        found = self._memory.get(word)
        if found is None:
            if len(self._memory) >= MEMORY:
                self._memory.clear()
            found = self._memory[word] = self._known(pieces(word))
        return found

    def _known(self, found: list[str]) -> dict[int, int]:
        """The rows of the marks that are known, in lanes, by number; what stands there twice counts once."""
        size, rows, spread = self._size, self._rows, self._lanes.spread
        return {row: spread(rows[row * size : (row + 1) * size]) for row in self._keys.rows(found)}

    def probabilities(self, name: str, totals: Sequence[float]) -> dict[str, float]:
        """Calibrated probabilities of one head's classes."""
        head = self.heads[name]
        slopes, offsets = self._calibrated[name]
        # By maps rather than loops: with ten times the sections this is a good part of a turn.
        raw = list(map(add, map(mul, totals[head.start : head.end], slopes), offsets))
        if len(raw) == 1:  # two classes, one column: the second class is the positive one
            positive = 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, raw[0]))))
            return {head.classes[0]: 1.0 - positive, head.classes[1]: positive}
        powers = list(map(math.exp, map((-max(raw)).__add__, raw)))
        return dict(zip(head.classes, map((1.0 / sum(powers)).__mul__, powers), strict=True))

    def reasons(self, words: list[str], name: str, label: str, most: int = 12) -> list[tuple[str, float]]:
        """The marks that speak most for a class of a head, with their share in its score; for the testers' page."""
        head = self.heads[name]
        column = head.start + (head.classes.index(label) if head.end - head.start > 1 else 0)
        names = {self._keys.get(mark): mark for block in marks(words, self._concepts).values() for mark in block}
        shares = [
            (names[row], self._share(block, sums) * self._weight(row, column) * head.scale[column - head.start])
            for block, found, sums in self._sums(words)
            for row in found
        ]
        return sorted(shares, key=lambda share: -abs(share[1]))[:most]

    def _weight(self, row: int, column: int) -> int:
        step: int = self._rows[row * self._size + column]
        return step - ZERO


def _parted(body: memoryview, first: int, second: int) -> tuple[memoryview, memoryview]:
    if len(body) != first + second:
        raise ValueError(f"{len(body)} bytes, {first + second} expected")
    return body[:first], body[first:]


def load_learnt(path: Path = LEARNT) -> Learnt:
    """Read and check the learnt parameters. Raises LearntError with the reason and the remedy."""
    try:
        document = json.loads(path.read_bytes())
        version = document["version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LearntError(f"{path.name}: cannot be read ({type(error).__name__}); run: make train") from error
    if version != VERSION:
        raise LearntError(f"{path.name}: version {version!r}, this code reads {VERSION}; run: make train")
    try:
        if hashlib.sha256(document["packed"].encode("ascii")).hexdigest() != document["hash"]:
            raise LearntError(f"{path.name}: damaged or edited by hand (its hash does not fit); run: make train")
        return Learnt(document, memoryview(unpacked(document["packed"])))
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
        raise LearntError(f"{path.name}: damaged ({type(error).__name__}: {error}); run: make train") from error


def unpacked(text: str) -> bytes:
    """The body out of `learnt.json`. Raises ValueError or zlib.error for a text that is none."""
    return zlib.decompress(base64.b64decode(text))
