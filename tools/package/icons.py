"""The skill's picture, drawn here: a parent whose arms close around a child. `python -m tools.package.icons` writes it to deploy/icons/.

One list of shapes gives both the SVG, for people, and the PNGs, for Amazon. Alexa shows the picture in a circle, so the corners hold
nothing but the ground.
"""

from __future__ import annotations

import math
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[2] / "deploy" / "icons"
SIZES = (108, 512)  # what the skill manifest asks for
_GRID = 512.0

Colour = tuple[int, int, int]
GROUND: Colour = (24, 84, 92)
PARENT: Colour = (255, 243, 224)
CHILD: Colour = (246, 146, 112)


class Disc(NamedTuple):
    """A filled circle on the grid of 512."""

    colour: Colour
    x: float
    y: float
    radius: float

    def distance(self, x: float, y: float) -> float:
        """To the edge; negative inside."""
        return math.hypot(x - self.x, y - self.y) - self.radius

    def svg(self) -> str:
        """The element."""
        return f'<circle cx="{self.x:g}" cy="{self.y:g}" r="{self.radius:g}" fill="{_hex(self.colour)}"/>'


class Arc(NamedTuple):
    """A stroke along a circle with round ends, clockwise from `start` to `end`, in degrees; 0 is to the right, 90 down."""

    colour: Colour
    x: float
    y: float
    radius: float
    start: float
    end: float
    width: float

    def distance(self, x: float, y: float) -> float:
        """To the edge; negative inside."""
        angle = math.degrees(math.atan2(y - self.y, x - self.x))
        if (angle - self.start) % 360 <= self.end - self.start:
            return abs(math.hypot(x - self.x, y - self.y) - self.radius) - self.width / 2
        return min(math.hypot(x - px, y - py) for px, py in self._ends()) - self.width / 2

    def svg(self) -> str:
        """The element."""
        (ax, ay), (bx, by) = self._ends()
        large = 1 if self.end - self.start > 180 else 0
        path = f"M{ax:.2f} {ay:.2f}A{self.radius:g} {self.radius:g} 0 {large} 1 {bx:.2f} {by:.2f}"
        stroke = f'stroke="{_hex(self.colour)}" stroke-width="{self.width:g}" stroke-linecap="round"'
        return f'<path d="{path}" fill="none" {stroke}/>'

    def _ends(self) -> list[tuple[float, float]]:
        return [
            (self.x + self.radius * math.cos(math.radians(a)), self.y + self.radius * math.sin(math.radians(a)))
            for a in (self.start, self.end)
        ]


SHAPES: tuple[Disc | Arc, ...] = (
    Disc(PARENT, 190, 132, 54),
    Arc(PARENT, 262, 280, 132, -4, 208, 48),
    Disc(CHILD, 282, 204, 42),
    Arc(CHILD, 262, 280, 52, 4, 176, 56),
)


def svg() -> str:
    """The picture as SVG."""
    shapes = "\n  ".join(shape.svg() for shape in SHAPES)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" role="img">\n'
        "  <title>Band met mijn kind</title>\n"
        f'  <rect width="512" height="512" fill="{_hex(GROUND)}"/>\n  {shapes}\n</svg>\n'
    )


def png(size: int) -> bytes:
    """The picture as PNG of size x size pixels."""
    scale = _GRID / size
    rows = bytearray()
    for row in range(size):
        rows.append(0)  # no filter
        for column in range(size):
            rows += bytes(_pixel((column + 0.5) * scale, (row + 0.5) * scale, scale))
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data) for kind, data in ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    )


def pixels(data: bytes) -> tuple[int, int, bytes]:
    """Width, height and the rows of a PNG that `png` made."""
    width, height = struct.unpack(">II", data[16:24])
    start, packed = 8, b""
    while start < len(data):
        length, kind = struct.unpack(">I4s", data[start : start + 8])
        packed += data[start + 8 : start + 8 + length] if kind == b"IDAT" else b""
        start += 12 + length
    return width, height, zlib.decompress(packed)


def _pixel(x: float, y: float, scale: float) -> Colour:
    """One pixel: every shape covers it as far as its edge has come."""
    red, green, blue = GROUND
    for shape in SHAPES:
        cover = min(1.0, max(0.0, 0.5 - shape.distance(x, y) / scale))
        if cover:
            red, green, blue = (
                round(below + (above - below) * cover)
                for below, above in zip((red, green, blue), shape.colour, strict=True)
            )
    return red, green, blue


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def main() -> None:
    """Write SVG and PNGs."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "icon.svg").write_text(svg(), encoding="utf-8")
    for size in SIZES:
        (FOLDER / f"icon-{size}.png").write_bytes(png(size))


if __name__ == "__main__":
    main()
