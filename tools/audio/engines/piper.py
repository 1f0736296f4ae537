"""A Piper voice that the user brings: PIPER_VOICE is the path of its .onnx file (its .onnx.json beside it), `pip install piper-tts`.

No Dutch Piper voice comes with a package, so none is used unless it is named.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import wave
from importlib.util import find_spec
from pathlib import Path

from tools.audio.engines.base import FIRST_TAKE, EngineError, Identity, ReadsLetters
from tools.audio.sound import Sound, from_bytes

_TIME_LIMIT = 60.0


class Piper(ReadsLetters):
    name = "piper"

    def __init__(self, voice: str | None) -> None:
        self._voice = Path(voice) if voice else None

    def identity(self) -> Identity:
        if self._voice is None:
            raise EngineError("piper: no voice; set PIPER_VOICE to the path of a voice (.onnx)")
        if not self._voice.is_file():
            raise EngineError(f"piper: PIPER_VOICE={self._voice} is no file")
        if find_spec("piper") is None:
            raise EngineError("piper: not installed; run: pip install piper-tts")
        with self._voice.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Identity(self.name, "piper-tts", self._voice.stem, f"sha256={digest[:16]}")

    def render(self, sentence: str, take: int = FIRST_TAKE) -> Sound:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "speech.wav"
            command = [sys.executable, "-m", "piper", "-m", str(self._voice), "-f", str(path)]
            try:
                done = subprocess.run(
                    command, input=sentence, capture_output=True, text=True, timeout=_TIME_LIMIT, check=False
                )
            except (OSError, subprocess.TimeoutExpired) as error:
                raise EngineError(f"piper: {type(error).__name__}") from error
            if done.returncode != 0 or not path.exists():
                raise EngineError(f"piper: {done.stderr.strip()[-200:] or 'no sound'}")
            try:
                with wave.open(str(path), "rb") as file:
                    return from_bytes(file.getframerate(), file.readframes(file.getnframes()))
            except (wave.Error, EOFError) as error:
                raise EngineError(f"piper: no WAV file ({error})") from error
