"""The learnt part: linear models over the marks of an utterance, in plain Python.

`learnt.json` (made by ``make train``) holds the marks, their rarity, and one row of 8-bit weights a mark for all heads together.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import zlib
from array import array
from collections.abc import Mapping, Sequence
from operator import mul
from pathlib import Path
from typing import Any, NamedTuple

from skill.understanding.features import BLOCK_WEIGHT, Concepts, marks

VERSION = 1
LEARNT = Path(__file__).with_name("learnt.json")


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
    """Marks, weights and heads; `scores` gives every head's probabilities for a list of words."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.data_hash: str = document["data"]
        self.thresholds: dict[str, float] = document["thresholds"]
        self._concepts = Concepts(document["concepts"])
        packed = zlib.decompress(base64.b64decode(document["packed"]))
        names_length = document["names_length"]
        names = packed[:names_length].decode("utf-8").split("\n")
        count = len(names)
        self._index: dict[str, int] = dict(zip(names, range(count), strict=True))
        rarity = array("B", packed[names_length : names_length + count])
        self._rarity = [value / document["rarity_scale"] for value in rarity]
        self._width: int = document["width"]
        self._weights = memoryview(packed[names_length + count :]).cast("b")
        if len(self._weights) != count * self._width:
            raise ValueError("weights do not fit the marks")
        self.heads: dict[str, Head] = {}
        start = 0
        for entry in document["heads"]:
            classes = tuple(entry["classes"])
            width = entry["columns"]
            self.heads[entry["name"]] = Head(
                entry["name"],
                classes,
                start,
                start + width,
                tuple(entry["scale"]),
                tuple(entry["bias"]),
                entry["temperature"],
            )
            start += width

    def present(self, words: list[str]) -> list[tuple[int, float]]:
        """The known marks of the words as (row, value); every block of marks has length 1 (TF-IDF)."""
        found: list[tuple[int, float]] = []
        index, rarity = self._index, self._rarity
        for name, counts in marks(words, self._concepts).items():
            block = [
                (row, (1.0 if count == 1 else 1.0 + math.log(count)) * rarity[row])
                for mark, count in counts.items()
                if (row := index.get(mark)) is not None
            ]
            if block:
                length = math.sqrt(sum(value * value for _, value in block)) / BLOCK_WEIGHT[name]
                found.extend((row, value / length) for row, value in block)
        return found

    def totals(self, present: Sequence[tuple[int, float]]) -> list[float]:
        """The weighted sum of every column."""
        width, weights = self._width, self._weights
        if not present:
            return [0.0] * width
        values = [value for _, value in present]
        lines = [weights[row * width : (row + 1) * width].tolist() for row, _ in present]
        return [sum(map(mul, values, column)) for column in zip(*lines, strict=True)]

    def probabilities(self, name: str, totals: Sequence[float]) -> dict[str, float]:
        """Calibrated probabilities of one head's classes."""
        head = self.heads[name]
        raw = [
            (total * scale + bias) / head.temperature
            for total, scale, bias in zip(totals[head.start : head.end], head.scale, head.bias, strict=True)
        ]
        if len(raw) == 1:  # two classes, one column: the second class is the positive one
            positive = 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, raw[0]))))
            return {head.classes[0]: 1.0 - positive, head.classes[1]: positive}
        top = max(raw)
        powers = [math.exp(value - top) for value in raw]
        total = sum(powers)
        return {label: power / total for label, power in zip(head.classes, powers, strict=True)}

    def reasons(self, words: list[str], name: str, label: str, most: int = 12) -> list[tuple[str, float]]:
        """The marks that speak most for a class of a head, with their share in its score; for the testers' page."""
        head = self.heads[name]
        column = head.start + (head.classes.index(label) if head.end - head.start > 1 else 0)
        scale = head.scale[column - head.start]
        names = {row: mark for mark, row in self._index.items()}
        shares = [
            (names[row], value * self._weights[row * self._width + column] * scale)
            for row, value in self.present(words)
        ]
        return sorted(shares, key=lambda share: -abs(share[1]))[:most]


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
        return Learnt(document)
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
        raise LearntError(f"{path.name}: damaged ({type(error).__name__}: {error}); run: make train") from error
