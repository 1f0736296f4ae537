from __future__ import annotations

import math
from array import array
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.audio.google_server import GoogleServer, write_certificate
from tools.audio import frames, mastering
from tools.audio.engines import FIRST_TAKE, EngineError, Identity
from tools.audio.engines.espeak import Espeak
from tools.audio.sound import Sound, encode, join, speech_of


class Stub:
    """An engine that hums, or fails as told. `said` is what it was asked for; `sounds` is how it changes letters first.

    It says what holds "nul" in takes, of which every next one takes longer.
    """

    def __init__(self, name: str, voice: str = "one", *, fails: str | None = None, installed: bool = True) -> None:
        self.name = name
        self.voice = voice
        self.fails = fails
        self.installed = installed
        self.said: list[str] = []
        self.sounds: dict[str, str] = {}

    def identity(self) -> Identity:
        if not self.installed:
            raise EngineError(f"{self.name}: not installed")
        return Identity(self.name, "1", self.voice, "")

    def given(self, sentence: str, take: int = FIRST_TAKE) -> str:
        return sentence.translate(str.maketrans(self.sounds)) + "+" * self._longer(sentence, take)

    def _longer(self, sentence: str, take: int) -> int:
        return take - FIRST_TAKE if "nul" in sentence else 0

    def render(self, sentence: str, take: int = FIRST_TAKE) -> Sound:
        self.said.append(sentence)
        if self.fails is not None and self.fails in sentence:
            raise EngineError(f"{self.name}: cannot say it")
        return hum(0.02 * len(sentence) + 0.5 * self._longer(sentence, take))


def hum(seconds: float, rate: int = 16000, level: float = 0.2) -> Sound:
    """Something with the rhythm of speech: a tone that swells and fades four times a second."""
    count = round(seconds * rate)
    wave = (
        level * math.sin(2 * math.pi * 220 * i / rate) * (0.55 - 0.45 * math.cos(2 * math.pi * 4 * i / rate))
        for i in range(count)
    )
    return Sound(rate, array("h", [round(32767 * value) for value in wave]))


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """Masters in this process: starting others takes longer than the tests."""
    with ThreadPoolExecutor(1) as executor:
        yield executor


@pytest.fixture
def quick_mastering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Joins and encodes, but neither levels nor measures: test_mastering.py sees to that."""

    def master(sounds: list[Sound], pause_ms: float) -> mastering.Measured:
        mp3 = encode(join([speech_of(sound) for sound in sounds], pause_ms))
        return mastering.Measured(mp3, round(frames.walk(mp3).seconds, 3), -16.0, -3.0)

    monkeypatch.setattr(mastering, "master", master)


@pytest.fixture(scope="session")
def espeak() -> Espeak:
    return Espeak()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("google") / "google.pem"
    write_certificate(path)
    return path


def mp3_as_google(espeak: Espeak, text: str) -> bytes:
    """MPEG-2 layer III at 64 kbps, which is what Google gives and Alexa refuses."""
    import lameenc

    sound = espeak.render(text)
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(sound.rate)
    encoder.set_out_sample_rate(24000)
    encoder.set_channels(1)
    encoder.silence()
    return bytes(encoder.encode(sound.samples.tobytes()) + encoder.flush())


@pytest.fixture
def google(certificate: Path, espeak: Espeak, monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleServer]:
    server = GoogleServer(certificate, lambda text: mp3_as_google(espeak, text))
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, server.proxy)
    for name in ("NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    yield server
    server.stop()
