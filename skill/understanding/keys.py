"""Where a mark's row is: the sorted numbers of all known marks, read where they lie."""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from skill.understanding.features import key_of

SHELVES = 1 << 16
"""Numbers with the same first half stand on one shelf: a search begins among a handful, and the shelf says half of the number."""
_PLACE, _REST = 4, 2
"""Bytes of a shelf's place, and of the second half of a number."""


class Keys:
    """What `shelved` made of sorted numbers; row n is that of the n-th number."""

    def __init__(self, body: memoryview) -> None:
        cut = _PLACE * (SHELVES + 1)
        self._starts = body[:cut].cast("I")
        self._rests = body[cut:].cast("H")

    def __iter__(self) -> Iterator[int]:
        """The numbers, sorted."""
        for shelf in range(SHELVES):
            for rest in self._rests[self._starts[shelf] : self._starts[shelf + 1]]:
                yield shelf << 16 | rest

    def get(self, mark: str) -> int | None:
        """The row of a mark, or None for one that is not known."""
        return next(iter(self.rows((mark,))), None)

    def rows(self, marks: Iterable[str]) -> list[int]:
        """The rows of the marks that are known, as often as they come."""
        starts, rests, found = self._starts, self._rests, []
        for key in map(key_of, marks):
            shelf, rest = key >> 16, key & 0xFFFF
            end = starts[shelf + 1]
            row = bisect_left(rests, rest, starts[shelf], end)
            if row < end and rests[row] == rest:
                found.append(row)
        return found


def size_of(count: int) -> int:
    """Bytes of `count` numbers on their shelves."""
    return _PLACE * (SHELVES + 1) + _REST * count


def shelved(keys: Iterable[int]) -> bytes:
    """Sorted 32-bit numbers as `Keys` reads them, little-endian: where each shelf begins and the last ends, and the second halves."""
    sizes = [0] * (SHELVES + 1)
    rests = []
    for key in keys:
        sizes[(key >> 16) + 1] += 1
        rests.append(key & 0xFFFF)
    starts, total = [], 0
    for size in sizes:
        total += size
        starts.append(total)
    return struct.pack(f"<{len(starts)}I{len(rests)}H", *starts, *rests)
