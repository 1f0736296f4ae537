"""Column sums over rows of bytes in plain Python: rows are added as large whole numbers, in which a byte has a lane of 16 bits.

A turn adds some two hundred rows. Adding number by number costs more than all else in the turn together, and ten times that with ten
times the columns; adding rows as whole numbers costs two operations a row, and little more for a wider one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import add

AT_ONCE = 512
"""Rows in one sum: 512 times 127 still fits in a lane."""


class Lanes:
    """Adds rows of `width` bytes of at most 127 each."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._every_other = int.from_bytes(b"\xff\x00" * ((width + 1) // 2), "little")

    def spread(self, row: bytes | memoryview) -> int:
        """A row as a number, for `sums`: every other byte has the next byte's place to grow into while the two kinds are added apart."""
        return int.from_bytes(row, "little")

    def sums(self, rows: Sequence[int]) -> list[int]:
        """The sum of every column of spread rows; zeros for no rows."""
        if len(rows) > AT_ONCE:
            cuts = [*range(0, len(rows), AT_ONCE), len(rows)]
            return [
                sum(column) for column in zip(*(self.sums(rows[cut:end]) for cut, end in pairwise(cuts)), strict=True)
            ]
        pairs = [*map(add, rows[::2], rows[1::2]), *rows[len(rows) & ~1 :]]  # twice 127 still fits in a byte
        first = sum(map(self._every_other.__and__, pairs))
        second = (sum(pairs) - first) >> 8  # whatever was carried, the whole sum is that of both kinds
        columns = [0] * self._width
        columns[::2] = self._lanes(first, (self._width + 1) // 2)
        columns[1::2] = self._lanes(second, self._width // 2)
        return columns

    @staticmethod
    def _lanes(total: int, count: int) -> list[int]:
        return memoryview(total.to_bytes(2 * count, "little")).cast("H").tolist()
