from __future__ import annotations

import pytest

from tests.audio.conftest import hum
from tools.audio import frames
from tools.audio.sound import encode


@pytest.fixture(scope="module")
def mp3() -> bytes:
    return encode(hum(1.0))


def test_every_frame_of_our_encoder_is_what_alexa_takes(mp3: bytes):
    met = frames.walk(mp3)
    assert met.kinds == {frames.ALEXA}
    assert met.frames * 576 / 24000 == pytest.approx(met.seconds)
    assert met.frames * 144 == len(mp3)
    assert frames.faults(mp3) == []


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda data: b"", "no MP3 frame"),
        (lambda data: b"<html>sorry</html>", "no MP3 frame"),
        (lambda data: data[:-7], "cut off"),
        (lambda data: data + b"\0\0\0", "3 bytes"),
        (lambda data: b"ID3\x04\0\0\0\0\0\x02ab" + data, "ID3"),
        (lambda data: data + b"TAG" + bytes(125), "ID3"),
        (lambda data: data[:36] + b"Info" + data[40:], "Info"),
        (lambda data: bytes([data[0], data[1], (data[2] & 0x0F) | 0x80, data[3]]) + bytes(188) + data, "another kind"),
    ],
)
def test_faults_are_found(mp3: bytes, spoil, fault: str):
    assert any(fault in found for found in frames.faults(spoil(mp3)))


@pytest.mark.parametrize(
    ("header", "kind", "length"),
    [
        ("fff364c4", frames.Kind("2", 3, 48, 24000, 1), 144),
        ("fff384c4", frames.Kind("2", 3, 64, 24000, 1), 192),
        ("fffb9064", frames.Kind("1", 3, 128, 44100, 2), 417),
        ("fffb9264", frames.Kind("1", 3, 128, 44100, 2), 418),
        ("ffe364c4", frames.Kind("2.5", 3, 48, 12000, 1), 288),
        ("fff36cc4", None, 0),
        ("fff3f4c4", None, 0),
        ("fff564c4", None, 0),
        ("0000", None, 0),
    ],
)
def test_headers(header: str, kind: frames.Kind | None, length: int):
    assert frames.read_header(bytes.fromhex(header)) == (kind, length)
