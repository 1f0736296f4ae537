"""Reads an MP3 frame by frame, without a library, so that nobody's word has to be taken for what is in a file.

Header layout: ISO/IEC 11172-3 section 2.4.1.3 and 13818-3. Alexa takes MPEG version 2, layer III, 48 kbps constant, at 16 or 24 kHz
(developer.amazon.com/docs/custom-skills/speech-synthesis-markup-language-ssml-reference.html#audio).
"""

from __future__ import annotations

from typing import NamedTuple

_VERSIONS = {0: "2.5", 2: "2", 3: "1"}
_LAYERS = {1: 3, 2: 2, 3: 1}
_KBPS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBPS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_HERTZ = {"1": (44100, 48000, 32000), "2": (22050, 24000, 16000), "2.5": (11025, 12000, 8000)}
_INFO_TAGS = (b"Xing", b"Info", b"VBRI")


class Kind(NamedTuple):
    """What one frame header says."""

    version: str
    layer: int
    kbps: int
    hertz: int
    channels: int


ALEXA = Kind("2", 3, 48, 24000, 1)


class Walk(NamedTuple):
    """What was met on the way through a file. `seconds` counts whole frames only."""

    frames: int
    kinds: frozenset[Kind]
    seconds: float
    junk_bytes: int
    truncated: bool
    id3: bool
    info_frame: bool


def walk(data: bytes) -> Walk:
    """Walk over all frames of an MP3 of layer III. Bytes that belong to no frame are counted as junk."""
    position, end, id3 = _without_tags(data)
    kinds: set[Kind] = set()
    frames, junk, seconds, truncated, info_frame = 0, 0, 0.0, False, False
    while position < end:
        kind, length = read_header(data[position : position + 4])
        if kind is None:
            position += 1
            junk += 1
            continue
        if position + length > end:
            truncated = True
            break
        if frames == 0:
            info_frame = any(tag in data[position : position + 64] for tag in _INFO_TAGS)
        frames += 1
        kinds.add(kind)
        seconds += (1152 if kind.version == "1" else 576) / kind.hertz
        position += length
    return Walk(frames, frozenset(kinds), seconds, junk, truncated, id3, info_frame)


def read_header(header: bytes) -> tuple[Kind | None, int]:
    """The kind of a frame and its length in bytes; (None, 0) where no layer III header stands."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return None, 0
    version = _VERSIONS.get(header[1] >> 3 & 3)
    layer = _LAYERS.get(header[1] >> 1 & 3)
    rate, hertz = header[2] >> 4, header[2] >> 2 & 3
    if version is None or layer != 3 or rate in {0, 15} or hertz == 3:
        return None, 0
    kind = Kind(
        version,
        layer,
        (_KBPS_1 if version == "1" else _KBPS_2)[rate],
        _HERTZ[version][hertz],
        1 if header[3] >> 6 == 3 else 2,
    )
    padding = header[2] >> 1 & 1
    return kind, (144 if version == "1" else 72) * kind.kbps * 1000 // kind.hertz + padding


def faults(data: bytes) -> list[str]:
    """Why Alexa might refuse this file; empty when every frame is what she takes and there is nothing else in it."""
    met = walk(data)
    found = []
    if met.frames == 0:
        found.append("no MP3 frame")
    elif met.kinds != {ALEXA}:
        found.append(f"frames of another kind: {sorted(met.kinds - {ALEXA})}")
    if met.junk_bytes:
        found.append(f"{met.junk_bytes} bytes belong to no frame")
    if met.truncated:
        found.append("the last frame is cut off")
    if met.id3:
        found.append("an ID3 tag")
    if met.info_frame:
        found.append("a Xing, Info or VBRI frame")
    return found


def _without_tags(data: bytes) -> tuple[int, int, bool]:
    """Where the frames begin and end, and whether an ID3 tag stands around them."""
    start, end = 0, len(data)
    if data[:3] == b"ID3" and len(data) >= 10:
        size = data[6:10]
        start = 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
    trailing = data[-128:-125] == b"TAG"
    return start, end - 128 if trailing else end, start > 0 or trailing
