"""Kokoro-82M, a neural voice that runs without the internet. It was never taught Dutch: it is given Dutch phonemes (of espeak-ng), and a
blend of a Spanish, an Italian and a French voice says them with an accent, but is understood about as well as the best Dutch diphone voice.

Weights and voices: Apache-2.0 (`python -m tools.audio.fetch_kokoro` puts them into one folder and checks their hashes).
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tools.audio.engines.base import EngineError, Identity
from tools.audio.engines.libespeak import LibEspeak, LibEspeakError
from tools.audio.sound import Sound, from_floats

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
MAP_VERSION = 1
# What Kokoro has no sound for, or says so that Dutch ears (and the recogniser of make intelligibility) hear another word.
_SOUNDS = (("ʌʊ", "aʊ"), ("ʋ", "v"), ("ɣ", "x"), ("ɵ", "ø"))
_ONE = re.compile(r"(?<!\S)ˈeːn(?!\S)")  # één was heard as in
_INITIAL_V = re.compile(r"(^|\s)([ˈˌ]?)v")  # Spanish says b for v: vier was heard as wier
# A number of three digits is set apart, and its digits from each other: "bel nu één, één, twee" was heard as "bel nieuwe en twee".
_DIGIT = "(?:één|nul|twee|drie|vier|vijf|zes|zeven|acht|negen)"
_THREE_DIGITS = re.compile(rf",? ({_DIGIT}), ({_DIGIT}), ({_DIGIT})\b", re.IGNORECASE)
# So are the digits of longer numbers, and their groups: "nul nul nul" was heard as "nul nul".
_DIGITS = re.compile(rf"\b{_DIGIT}(?: {_DIGIT}){{2,}}(?:, {_DIGIT}(?: {_DIGIT}){{2,}})*\b", re.IGNORECASE)
_LANGUAGE_SWITCH = re.compile(r"\([a-z-]+\)")  # espeak-ng marks foreign words
_MARKS = re.compile(r"[.,?!:;]+")
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
        self._loaded: tuple[Any, Any, LibEspeak] | None = None
        self._lock = threading.Lock()

    def identity(self) -> Identity:
        missing = [
            name for name in (MODEL, *(f"{voice}.bin" for voice in VOICES)) if not (self._folder / name).is_file()
        ]
        if missing:
            raise EngineError("kokoro: no weights; run: python -m tools.audio.fetch_kokoro")
        for package in ("onnxruntime", "numpy", "espeakng-loader"):
            try:
                found = version(package)
            except PackageNotFoundError as error:
                raise EngineError(f"kokoro: {package} is not installed; see requirements-audio.txt") from error
        return Identity(
            self.name,
            f"Kokoro-82M v1.0 int8, espeakng-loader {found}",
            "+".join(VOICES),
            f"speed={SPEED} map={MAP_VERSION}",
        )

    def render(self, sentence: str) -> Sound:
        with self._lock:
            session, styles, espeak = self._loaded = self._loaded or self._load()
            import numpy  # noqa: PLC0415  (only this engine needs it, and only `_load` says what is missing)

            symbols = [_SYMBOLS[symbol] for symbol in sounds_of(sentence, espeak) if symbol in _SYMBOLS]
            if not symbols or len(symbols) >= _STYLES:
                raise EngineError(f"kokoro: {len(symbols)} sounds; it takes 1 to {_STYLES - 1}")
            given = {
                "tokens": numpy.array([[0, *symbols, 0]], dtype=numpy.int64),
                "style": styles[len(symbols)].reshape(1, 256),
                "speed": numpy.array([SPEED], dtype=numpy.float32),
            }
            return from_floats(RATE, session.run(None, given)[0].ravel().tolist())

    def _load(self) -> tuple[Any, Any, LibEspeak]:
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
        try:
            return session, numpy.mean(voices, axis=0).reshape(_STYLES, 256), LibEspeak("nl")
        except LibEspeakError as error:
            raise EngineError(f"kokoro: {error}") from error


def sounds_of(sentence: str, espeak: LibEspeak) -> str:
    """The phonemes that Kokoro is given, with the marks of the sentence between them: they carry its melody."""
    said = ""
    position = 0
    sentence = _THREE_DIGITS.sub(r", \1; \2; \3", sentence)
    sentence = _DIGITS.sub(lambda number: number[0].replace(",", ";").replace(" ", ", ").replace(";,", ";"), sentence)
    for mark in [*_MARKS.finditer(sentence), None]:
        part = sentence[position : mark.start() if mark else None].strip()
        if part:
            said += _adapted(_LANGUAGE_SWITCH.sub("", espeak.phonemes(part)))
        if mark:
            said += f"{mark[0][0]} "
            position = mark.end()
    return said.strip()


def _adapted(phonemes: str) -> str:
    adapted = _ONE.sub("ˈeɪn", _INITIAL_V.sub(r"\1\2f", phonemes))
    for espeak_sound, kokoro_sound in _SOUNDS:
        adapted = adapted.replace(espeak_sound, kokoro_sound)
    return adapted


def check_file(path: Path, sha256: str) -> None:
    """Raises EngineError where a file is not, byte for byte, the one that was pinned."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        raise EngineError(f"kokoro: {path.name} is not the pinned file; run: python -m tools.audio.fetch_kokoro")
