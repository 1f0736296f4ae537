from __future__ import annotations

import math
from array import array

import pytest

from tests.audio.conftest import hum
from tools.audio import frames, loudness, mastering
from tools.audio.sound import Sound, SoundError, decode, join, speech_of


def tone(hertz: float, level: float, rate: int = 24000, seconds: float = 2.0, phase: float = 0.0) -> Sound:
    wave = (level * math.sin(2 * math.pi * hertz * i / rate + phase) for i in range(round(seconds * rate)))
    return Sound(rate, array("h", [round(32767 * value) for value in wave]))


@pytest.mark.parametrize("rate", [16000, 22050, 24000, 48000])
def test_the_meter_agrees_with_the_standards_own_example(rate: int):
    # BS.1770: a sine of 997 Hz at 0 dBFS in one channel reads -3.01 LUFS.
    assert loudness.integrated(tone(997, 0.5, rate)) == pytest.approx(-3.01 - 6.02, abs=0.1)


def test_the_gate_leaves_pauses_out():
    speech = tone(997, 0.5, seconds=2)
    gapped = join([speech, speech], 3000)
    assert loudness.integrated(gapped) == pytest.approx(loudness.integrated(speech), abs=0.8)


def test_silence_has_no_loudness_and_no_peak():
    silent = Sound(24000, array("h", bytes(48000)))
    assert loudness.integrated(silent) == -math.inf
    assert loudness.true_peak(silent) == -math.inf


def test_the_true_peak_lies_between_samples():
    between = tone(6000, 0.7, seconds=0.1, phase=math.pi / 4)
    assert loudness.sample_peak(between) == pytest.approx(-6.11, abs=0.05)
    assert loudness.true_peak(between) == pytest.approx(-3.10, abs=0.2)


@pytest.mark.parametrize("gain", [-6.0, 0.0, 6.0, 20.0])
def test_the_limiter_never_lets_a_sample_over_the_ceiling(gain: float):
    limited = loudness.limit(hum(1.0, level=0.9), gain, -4.0)
    assert loudness.sample_peak(limited) <= -3.99


def test_the_limiter_leaves_quiet_speech_as_it_is():
    quiet = hum(0.5, level=0.1)
    assert max(abs(a - b) for a, b in zip(loudness.limit(quiet, 0.0, -4.0).samples, quiet.samples, strict=True)) <= 1


@pytest.mark.parametrize("level", [0.01, 0.99])
@pytest.mark.parametrize("rate", [16000, 22050])
def test_a_clip_is_within_all_limits_however_loud_it_was(level: float, rate: int):
    clip = mastering.master([hum(0.9, rate, level)], mastering.PAUSE_MS)
    assert frames.faults(clip.mp3) == []
    assert clip.lufs is not None
    assert mastering.QUIETEST <= clip.lufs <= mastering.LOUDEST
    assert clip.peak <= mastering.HIGHEST_PEAK_DB


def test_a_clip_begins_and_ends_with_its_share_of_silence():
    clip = decode(mastering.master([hum(0.8)], 0).mp3)
    loud = [index for index, value in enumerate(clip.samples) if abs(value) > 1000]
    assert loud[0] / 24 == pytest.approx(mastering.LEAD_MS, abs=30)
    assert (len(clip.samples) - loud[-1]) / 24 == pytest.approx(mastering.TAIL_MS, abs=60)


def test_pauses_stand_between_sentences():
    normal = mastering.master([hum(0.8), hum(0.8)], mastering.PAUSE_MS)
    slow = mastering.master([hum(0.8), hum(0.8)], mastering.SLOW_PAUSE_MS)
    assert slow.seconds - normal.seconds == pytest.approx(0.25, abs=0.03)


def test_a_clip_under_a_second_has_only_a_peak():
    clip = mastering.master([hum(0.3)], 0)
    assert clip.seconds < 1
    assert clip.lufs is None
    assert clip.peak <= mastering.HIGHEST_PEAK_DB


def test_silence_is_refused():
    silent = Sound(24000, array("h", bytes(4800)))
    with pytest.raises(mastering.MasteringError):
        mastering.master([silent], 0)
    with pytest.raises(SoundError):
        speech_of(silent)


@pytest.mark.parametrize("data", [b"", b"<html>", b"RIFF"])
def test_what_is_no_sound_is_refused(data: bytes):
    with pytest.raises(SoundError):
        decode(data)
