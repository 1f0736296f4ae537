"""espeak-ng from its wheel: the embedded default, which always works. The least natural of the voices."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from tools.audio.engines.base import FIRST_TAKE, EngineError, Identity, ReadsLetters
from tools.audio.engines.libespeak import LibEspeak, LibEspeakError
from tools.audio.sound import Sound, from_bytes

RATE = 135  # words a minute; understood better than the default of 175


class Espeak(ReadsLetters):
    name = "espeak"

    def __init__(self) -> None:
        self._library: LibEspeak | None = None

    def identity(self) -> Identity:
        try:
            package = version("espeakng-loader")
        except PackageNotFoundError as error:
            raise EngineError("espeakng-loader is not installed; run: pip install -r requirements-audio.txt") from error
        return Identity(self.name, f"espeakng-loader {package}", "nl", f"rate={RATE}")

    def render(self, sentence: str, take: int = FIRST_TAKE) -> Sound:
        try:
            self._library = self._library or LibEspeak("nl", RATE)
            return from_bytes(self._library.sample_rate, self._library.speak(sentence))
        except (LibEspeakError, OSError) as error:
            raise EngineError(f"espeak-ng: {error}") from error
