"""Sound as 16-bit mono samples: join, trim, pause, decode, encode."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

FULL_SCALE = 32768
MP3_RATE = 24000
MP3_KBPS = 48
# Below this a sample is silence: 0.003 of full scale, about -50 dBFS.
SILENCE = 98


class SoundError(Exception):
    """Bytes that are no sound, or a sound without speech in it."""


class Sound(NamedTuple):
    """Mono samples of 16 bits (`array('h')`) and their number a second."""

    rate: int
    samples: array[int]

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate


def from_bytes(rate: int, data: bytes) -> Sound:
    """Sound from raw 16-bit samples in this machine's byte order."""
    samples = array("h")
    samples.frombytes(data[: len(data) // 2 * 2])
    return Sound(rate, samples)


def silence(rate: int, milliseconds: float) -> array[int]:
    return array("h", bytes(2 * round(max(0.0, milliseconds) * rate / 1000)))


def speech_of(sound: Sound) -> Sound:
    """The sound from the first to the last sample that is not silence. Raises SoundError where there is none."""
    samples = sound.samples
    first = next((index for index, value in enumerate(samples) if abs(value) > SILENCE), None)
    if first is None:
        raise SoundError("nothing but silence")
    last = next(index for index in range(len(samples) - 1, -1, -1) if abs(samples[index]) > SILENCE)
    return Sound(sound.rate, samples[first : last + 1])


def join(sounds: Iterable[Sound], pause_ms: float) -> Sound:
    """Sounds of one rate after each other with a pause between them."""
    parts = list(sounds)
    if not parts or len({part.rate for part in parts}) != 1:
        raise SoundError("sounds can be joined only when there are some and all have the same rate")
    joined = array("h")
    for index, part in enumerate(parts):
        if index:
            joined.extend(silence(part.rate, pause_ms))
        joined.extend(part.samples)
    return Sound(parts[0].rate, joined)


def from_floats(rate: int, values: Sequence[float]) -> Sound:
    """Sound from values of -1 to 1; what is beyond is cut off."""
    return Sound(rate, array("h", [max(-32768, min(32767, round(value * 32767))) for value in values]))


def decode(data: bytes, rate: int | None = None) -> Sound:
    """Decode WAV, MP3, FLAC or Ogg to mono; `rate` None keeps MP3_RATE. Raises SoundError for what is no sound."""
    import miniaudio  # noqa: PLC0415  (not needed to plan or check)

    try:
        decoded = miniaudio.decode(
            data, output_format=miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=rate or MP3_RATE
        )
    except miniaudio.MiniaudioError as error:
        raise SoundError(f"cannot be decoded ({error})") from error
    if not decoded.samples:
        raise SoundError("no sound in it")
    return Sound(decoded.sample_rate, decoded.samples)


def encode(sound: Sound) -> bytes:
    """The sound as MP3 for Alexa: MPEG-2 layer III, 48 kbps constant, 24 kHz, mono, nothing but frames."""
    import lameenc  # noqa: PLC0415  (not needed to plan or check)

    encoder = lameenc.Encoder()
    encoder.set_bit_rate(MP3_KBPS)
    encoder.set_in_sample_rate(sound.rate)
    encoder.set_out_sample_rate(MP3_RATE)  # without it LAME may choose 22,050 Hz
    encoder.set_channels(1)
    encoder.set_quality(2)
    encoder.silence()
    return bytes(encoder.encode(sound.samples.tobytes()) + encoder.flush())
