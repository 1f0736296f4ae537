"""Kokoro-82M, a neural voice that runs without the internet. It was never taught Dutch: it is given Dutch phonemes (of espeak-ng), and a
blend of a Spanish, an Italian and a French voice says them with an accent, but is understood about as well as the best Dutch diphone voice.

Weights and voices: Apache-2.0 (`python -m tools.audio.fetch_kokoro` puts them into one folder and checks their hashes).
"""

from __future__ import annotations

import hashlib
import os
import threading
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path
from typing import Any

from tools.audio.engines.base import FIRST_TAKE, EngineError, Identity
from tools.audio.engines.kokoro_sounds import REST, SLOW, TAKES, Take, sounds_of
from tools.audio.engines.libespeak import LibEspeak, LibEspeakError
from tools.audio.sound import Sound, SoundError, from_floats, join, speech_of

FOLDER = Path(__file__).parents[3] / "build" / "kokoro"
MODEL = "kokoro.onnx"
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"  # sha256
VOICES = {
    "ef_dora": "f66ec66bd295acb18372e37008533a9a3228483ccd294e7538d5d9294ac9a532",  # sha256
    "if_sara": "409b69248798fcdc2542330c76953d230710f19b057e59cb82fdc3c4cf71265c",  # sha256
    "ff_siwis": "a35f5675ad08948e326ae75fd0ea16ba5d0042e4f76b5f3d1df77d0a48c54861",  # sha256
}
SPEED = 0.9
RATE = 24000
_STYLES = 510
# Kokoro's own numbers for the symbols that Dutch needs (its table: vocab in config.json of hexgrad/Kokoro-82M).
_SYMBOLS = {
    ";": 1, ":": 2, ",": 3, ".": 4, "!": 5, "?": 6, " ": 16, "a": 43, "b": 44, "c": 45, "d": 46, "e": 47, "f": 48, "h": 50,
    "i": 51, "j": 52, "k": 53, "l": 54, "m": 55, "n": 56, "o": 57, "p": 58, "q": 59, "r": 60, "s": 61, "t": 62, "u": 63,
    "v": 64, "w": 65, "x": 66, "y": 67, "z": 68, "ɑ": 69, "æ": 72, "ɔ": 76, "ç": 78, "ð": 81, "ə": 83, "ɛ": 86, "ɜ": 87,
    "ɡ": 92, "ɪ": 102, "ŋ": 112, "ɲ": 114, "ø": 116, "œ": 120, "ɹ": 123, "ɾ": 125, "ʁ": 128, "ʃ": 131, "ʊ": 135, "ʋ": 136,
    "ʌ": 138, "ɣ": 139, "χ": 142, "ʒ": 147, "ʔ": 148, "ˈ": 156, "ˌ": 157, "ː": 158,
}  # fmt: skip


class Kokoro:
    name = "kokoro"

    def __init__(self, folder: str | None = None, threads: int = 1) -> None:
        self._folder = Path(folder) if folder else FOLDER
        self._threads = threads
        self._espeak: LibEspeak | None = None
        self._loaded: tuple[Any, Any] | None = None
        self._lock = threading.Lock()

    def identity(self) -> Identity:
        if not is_complete(self._folder):
            raise EngineError("kokoro: no weights; run: python -m tools.audio.fetch_kokoro")
        for package in ("onnxruntime", "numpy", "espeakng-loader"):
            try:
                version(package)
            except PackageNotFoundError as error:
                raise EngineError(f"kokoro: {package} is not installed; see requirements-audio.txt") from error
        return Identity(self.name, "Kokoro-82M v1.0 int8", "+".join(VOICES), f"speed={SPEED}")

    def given(self, sentence: str, take: int = FIRST_TAKE) -> str:
        """The phonemes. So a rule of `kokoro_sounds`, or another espeak-ng, renders anew only what sounds otherwise by it."""
        way = _take(take)
        sounds = self._sounds(sentence, way)
        if SLOW not in sounds:
            return sounds
        around = f", {way.around_ms} ms around" if way.around_ms != way.between_ms else ""
        return f"{sounds} (slow {way.speed}, rest {way.between_ms} ms{around})"

    def _sounds(self, sentence: str, way: Take) -> str:
        try:
            self._espeak = self._espeak or LibEspeak("nl")
            return sounds_of(sentence, self._espeak, way)
        except (LibEspeakError, OSError) as error:
            raise EngineError(f"kokoro: {error}") from error

    def render(self, sentence: str, take: int = FIRST_TAKE) -> Sound:
        way = _take(take)
        parts = self._sounds(sentence, way).split(REST)
        with self._lock:
            try:
                speech = [speech_of(self._part(part, way.speed if part.startswith(SLOW) else SPEED)) for part in parts]
            except SoundError as error:
                raise EngineError(f"kokoro: {error}") from error
        said = speech[0]
        for (before, part), sound in zip(pairwise(parts), speech[1:], strict=True):
            inside = before.startswith(SLOW) and part.startswith(SLOW)
            said = join([said, sound], way.between_ms if inside else way.around_ms)
        return said

    def _part(self, sounds: str, speed: float) -> Sound:
        session, styles = self._loaded = self._loaded or self._load()
        import numpy  # noqa: PLC0415  (only this engine needs it, and only `_load` says what is missing)

        symbols = [_SYMBOLS[symbol] for symbol in sounds if symbol in _SYMBOLS]
        if not symbols or len(symbols) >= _STYLES:
            raise EngineError(f"kokoro: {len(symbols)} sounds; it takes 1 to {_STYLES - 1}")
        given = {
            "tokens": numpy.array([[0, *symbols, 0]], dtype=numpy.int64),
            "style": styles[len(symbols)].reshape(1, 256),
            "speed": numpy.array([speed], dtype=numpy.float32),
        }
        return from_floats(RATE, session.run(None, given)[0].ravel().tolist())

    def _load(self) -> tuple[Any, Any]:
        self.identity()
        import numpy  # noqa: PLC0415  (only this engine needs it)
        import onnxruntime  # noqa: PLC0415  (only this engine needs it)

        for name, digest in {MODEL: MODEL_SHA256, **{f"{voice}.bin": sha for voice, sha in VOICES.items()}}.items():
            check_file(self._folder / name, digest)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        session = onnxruntime.InferenceSession(
            os.fspath(self._folder / MODEL), sess_options=options, providers=["CPUExecutionProvider"]
        )
        voices = [numpy.fromfile(self._folder / f"{voice}.bin", dtype=numpy.float32) for voice in VOICES]
        return session, numpy.mean(voices, axis=0).reshape(_STYLES, 256)


def _take(number: int) -> Take:
    if not FIRST_TAKE <= number <= len(TAKES):
        raise EngineError(f"kokoro: there is no take {number}; the last is {len(TAKES)}")
    return TAKES[number - FIRST_TAKE]


def is_complete(folder: Path) -> bool:
    """Whether the weights and all voices are in the folder."""
    return all((folder / name).is_file() for name in (MODEL, *(f"{voice}.bin" for voice in VOICES)))


def check_file(path: Path, sha256: str) -> None:
    """Raises EngineError where a file is not, byte for byte, the one that was pinned."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        raise EngineError(f"kokoro: {path.name} is not the pinned file; run: python -m tools.audio.fetch_kokoro")
