"""Column sums over rows of bytes in plain Python: one large whole number holds all rows, its 16-bit lanes are added at once.

A turn adds some two hundred rows. One addition a lane and row costs more than all else in the turn together, and ten times that with
ten times the columns; folding one number in half until a single row is left costs a few operations, whatever the width.
"""

from __future__ import annotations

from collections.abc import Sequence

AT_ONCE = 512
"""Rows in one number: 512 times 127 still fits in a lane."""


class Lanes:
    """Adds rows of `width` bytes of at most 127 each; the width is even."""

    def __init__(self, width: int) -> None:
        if width % 2:
            raise ValueError(f"rows of {width} bytes: an even number is needed")
        self._bits = 8 * width
        self._width = width
        self._low = int.from_bytes(b"\xff\x00" * (AT_ONCE * width // 4), "little")

    def sums(self, rows: Sequence[bytes]) -> list[int]:
        """The sum of every column; zeros for no rows."""
        total = [0] * self._width
        for start in range(0, len(rows), AT_ONCE):
            some = self._fold(rows[start : start + AT_ONCE])
            total = some if not start else [one + other for one, other in zip(total, some, strict=True)]
        return total

    def _fold(self, rows: Sequence[bytes]) -> list[int]:
        number, count = int.from_bytes(b"".join(rows), "little"), len(rows)
        if count > 1:  # two rows still fit in bytes
            number, count = self._halved(number, count)
        even, odd = number & self._low, (number >> 8) & self._low
        while count > 1:
            even, _ = self._halved(even, count)
            odd, count = self._halved(odd, count)
        found = [0] * self._width
        found[::2], found[1::2] = self._unpacked(even), self._unpacked(odd)
        return found

    def _halved(self, number: int, count: int) -> tuple[int, int]:
        half = (count + 1) // 2
        shift = half * self._bits
        return (number >> shift) + (number & ((1 << shift) - 1)), half

    def _unpacked(self, lanes: int) -> list[int]:
        return memoryview(lanes.to_bytes(self._width, "little")).cast("H").tolist()
