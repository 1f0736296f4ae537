"""Column sums over rows of bytes in plain Python: a row is one large whole number, in which every byte has a lane of 16 bits.

A turn adds some two hundred rows. Adding number by number costs more than all else in the turn together, and ten times that with ten
times the columns; adding rows as whole numbers costs one operation a row, and little more for a wider one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

AT_ONCE = 512
"""Rows in one sum: 512 times 127 still fits in a lane."""


class Lanes:
    """Adds rows of `width` bytes of at most 127 each."""

    def __init__(self, width: int) -> None:
        self._width = width

    def spread(self, row: bytes | memoryview) -> int:
        """A row as a number with a lane for every byte."""
        lanes = bytearray(2 * self._width)
        lanes[::2] = row
        return int.from_bytes(lanes, "little")

    def sums(self, rows: Sequence[int]) -> list[int]:
        """The sum of every column of spread rows; zeros for no rows."""
        if len(rows) <= AT_ONCE:
            return memoryview(sum(rows).to_bytes(2 * self._width, "little")).cast("H").tolist()
        cuts = [*range(0, len(rows), AT_ONCE), len(rows)]
        return [sum(column) for column in zip(*(self.sums(rows[cut:end]) for cut, end in pairwise(cuts)), strict=True)]
