"""The learnt parameters in the form that the cloud function carries: the same numbers as `learnt.json`, ready to use.

`learnt.json` is for the repository: deflated, in one text. Opening it costs a cold start more than all of this skill's
imports. `learnt.bin` (made by ``make package``, never in the repository) is used where it lies: a mark is found by its CRC-32
in a sorted row and then compared letter by letter; weights and rarity are looked at byte by byte.
"""

from __future__ import annotations

import json
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import mul
from pathlib import Path
from typing import Any

from skill.content.library import Content
from skill.understanding.features import Concepts
from skill.understanding.interpreter import Interpreter
from skill.understanding.model import LEARNT, Head, Learnt, LearntError, load_learnt

QUICK_VERSION = 1
QUICK = LEARNT.with_name("learnt.bin")
_NUMBER = 4  # bytes of a key and of a place; of an "I" wherever the cloud runs


class Keys:
    """Where a mark's row is. Rows are sorted by the CRC-32 of their marks; row n's name ends at `ends[n]`."""

    def __init__(self, keys: array[int], ends: array[int], names: bytes) -> None:
        self._keys = keys
        self._ends = ends
        self._names = names

    def get(self, mark: str) -> int | None:
        """The row of a mark, or None for one that is not known."""
        name = mark.encode("utf-8", "surrogatepass")
        key = zlib.crc32(name)
        row = bisect_left(self._keys, key)
        while row < len(self._keys) and self._keys[row] == key:
            if self._name(row) == name:
                return row
            row += 1  # two marks with one check sum stand side by side
        return None

    def items(self) -> Iterator[tuple[str, int]]:
        """Every mark with its row."""
        return ((self._name(row).decode("utf-8"), row) for row in range(len(self._keys)))

    def _name(self, row: int) -> bytes:
        return self._names[self._ends[row - 1] if row else 0 : self._ends[row]]


class Rarity:
    """The rarity of a row's mark."""

    def __init__(self, values: memoryview, scale: float) -> None:
        self._values = values
        self._of_byte = tuple(value / scale for value in range(256))

    def __getitem__(self, row: int) -> float:
        return self._of_byte[self._values[row]]


class QuickLearnt(Learnt):
    """`Learnt` from `learnt.bin`. Raises ValueError, KeyError or TypeError for bytes that are none."""

    def __init__(self, data: bytes) -> None:
        end = data.index(b"\n")
        head, body = json.loads(data[:end]), memoryview(data)[end + 1 :]
        if head["quick_version"] != QUICK_VERSION:
            raise ValueError(f"version {head['quick_version']!r}, this code reads {QUICK_VERSION}")
        if zlib.crc32(body) != head["crc"]:
            raise ValueError("its check sum does not fit")
        count, width = head["marks"], head["width"]
        parts, begin = [], 0
        for size in (_NUMBER, _NUMBER, 1, width):
            parts.append(body[begin : begin + count * size])
            begin += count * size
        keys, ends, rarity, weights = parts
        self.data_hash = head["data"]
        self.thresholds = head["thresholds"]
        self._concepts = Concepts(head["concepts"])
        self._index: Any = Keys(array("I", bytes(keys)), array("I", bytes(ends)), bytes(body[begin:]))
        self._rarity: Any = Rarity(rarity, head["rarity_scale"])
        self._width = width
        self._weights = weights.cast("b")
        self.heads = {}
        start = 0
        for entry in head["heads"]:
            name, classes, end = entry["name"], tuple(entry["classes"]), start + entry["columns"]
            scale, bias = tuple(entry["scale"]), tuple(entry["bias"])
            self.heads[name] = Head(name, classes, start, end, scale, bias, entry["temperature"])
            start = end

    def totals(self, present: Sequence[tuple[int, float]]) -> list[float]:
        """The weighted sum of every column."""
        if not present:
            return [0.0] * self._width
        width, weights = self._width, self._weights
        lines = [weights[row * width : (row + 1) * width].tolist() for row, _ in present]
        values = [value for _, value in present]
        return [sum(map(mul, values, column)) for column in zip(*lines, strict=True)]


def load_quick(path: Path = QUICK) -> QuickLearnt:
    """Read and check the quick form. Raises LearntError with the reason and the remedy."""
    try:
        return QuickLearnt(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LearntError(f"{path.name}: damaged ({type(error).__name__}: {error}); run: make package") from error


def load_interpreter(content: Content) -> Interpreter:
    """An interpreter with the quick form where there is one, as in the cloud, and else with `learnt.json`. Raises LearntError."""
    return Interpreter(content, load_quick() if QUICK.is_file() else load_learnt())
