"""From speech as an engine gives it to the file that Alexa takes: silence cut, pauses, loudness, limiter, MP3, measured.

What is measured is always the decoded MP3, not what went in: coding moves peaks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from tools.audio import frames, loudness
from tools.audio.sound import MP3_RATE, Sound, SoundError, decode, encode, join, silence, speech_of

VERSION = 1
LEAD_MS = 50.0
TAIL_MS = 250.0
PAUSE_MS = 350.0
SLOW_PAUSE_MS = 600.0  # equal to the break of skill/speech/ssml.py
QUIETEST, LOUDEST = -18.5, -14.0
HIGHEST_PEAK_DB = -2.0
UNMETERED_SECONDS = 1.0  # shorter clips have a peak, but hardly a loudness

_TARGET = -15.5
_CEILING_DB = -3.2
# Coder and decoder together put this much silence before the sound (LAME 576 + 529 samples at 24 kHz).
_CODER_DELAY_MS = 1105 / MP3_RATE * 1000
_LOST_TO_LIMITER = 1.0
# LAME fills up the last frame, and adds one for its delay: on average this much more silence at the end.
_FILLED_MS = 24.0
_ROUNDS = 5


class MasteringError(Exception):
    """Speech that cannot be brought within the limits."""


class Measured(NamedTuple):
    """A finished file. `lufs` is None for a clip too short to have a loudness; `peak` is the true peak in dBFS."""

    mp3: bytes
    seconds: float
    lufs: float | None
    peak: float


def master(sentences: Sequence[Sound], pause_ms: float) -> Measured:
    """One clip from the sentences of a text, `pause_ms` between them."""
    try:
        speech = join([speech_of(sentence) for sentence in sentences], pause_ms)
    except SoundError as error:
        raise MasteringError(str(error)) from error
    gain = _TARGET + _LOST_TO_LIMITER - _loudness_or_peak(speech)
    ceiling = _CEILING_DB
    measured = None
    for _ in range(_ROUNDS):
        limited = loudness.limit(speech, gain, ceiling)
        measured = measure(encode(_framed(limited)))
        if measured.peak > HIGHEST_PEAK_DB - 0.1:
            ceiling -= measured.peak - HIGHEST_PEAK_DB + 0.3
        elif measured.lufs is not None and not QUIETEST + 0.5 <= measured.lufs <= LOUDEST - 0.5:
            gain += max(-6.0, min(6.0, (_TARGET - measured.lufs) * 1.3))
        else:
            return measured
    raise MasteringError(
        f"loudness {measured and measured.lufs} LUFS, peak {measured and measured.peak} dBFS after {_ROUNDS} rounds"
    )


def measure(mp3: bytes) -> Measured:
    """Loudness and true peak of a finished MP3; its seconds by counting frames."""
    sound = decode(mp3)
    seconds = frames.walk(mp3).seconds
    lufs = loudness.integrated(sound) if seconds >= UNMETERED_SECONDS else None
    return Measured(
        mp3, round(seconds, 3), None if lufs is None else round(lufs, 2), round(loudness.true_peak(sound), 2)
    )


def _loudness_or_peak(speech: Sound) -> float:
    found = loudness.integrated(speech)
    # Under 400 ms there is no loudness; speech is about 12 dB below its peak.
    return found if math.isfinite(found) else loudness.sample_peak(speech) - 12


def _framed(speech: Sound) -> Sound:
    lead = silence(speech.rate, LEAD_MS - _CODER_DELAY_MS)
    return Sound(speech.rate, lead + speech.samples + silence(speech.rate, TAIL_MS - _FILLED_MS))
