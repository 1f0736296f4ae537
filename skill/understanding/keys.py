"""Where a mark's row is: the sorted numbers of all known marks, read where they lie."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from skill.understanding.features import key_of

SHELF_BITS = 14
"""Numbers with the same first bits stand on one shelf, so that a search begins among a handful."""
SHELVES = 1 << SHELF_BITS
_SHIFT = 32 - SHELF_BITS


class Keys:
    """`starts`: where each shelf begins, and the end of the last (SHELVES + 1 numbers). `keys`: sorted; row n is that of `keys[n]`."""

    def __init__(self, starts: memoryview, keys: memoryview) -> None:
        self._starts = starts
        self._keys = keys

    def get(self, mark: str) -> int | None:
        """The row of a mark, or None for one that is not known."""
        return next(iter(self.rows((mark,))), None)

    def rows(self, marks: Iterable[str]) -> list[int]:
        """The rows of the marks that are known, as often as they come."""
        starts, keys, found = self._starts, self._keys, []
        for key in map(key_of, marks):
            shelf = key >> _SHIFT
            end = starts[shelf + 1]
            row = bisect_left(keys, key, starts[shelf], end)
            if row < end and keys[row] == key:
                found.append(row)
        return found


def shelf_starts(keys: Iterable[int]) -> list[int]:
    """`starts` for sorted keys."""
    sizes = [0] * (SHELVES + 1)
    for key in keys:
        sizes[(key >> _SHIFT) + 1] += 1
    starts, total = [], 0
    for size in sizes:
        total += size
        starts.append(total)
    return starts
