"""The Dutch diphone voice nl2 of the MBROLA project, where a user has installed it (Debian: espeak-ng, mbrola, mbrola-nl2).

Understood well, but its voice is not free: it may be used only with the mbrola program, and may not be sold or put into anything sold
without permission. So no clip of it is shipped; whoever renders with it keeps to that licence.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from pathlib import Path

from tools.audio.engines.base import FIRST_TAKE, EngineError, Identity, ReadsLetters
from tools.audio.sound import Sound, from_bytes

VOICE = "mb-nl2"
RATE = 150
_TIME_LIMIT = 20.0


class Mbrola(ReadsLetters):
    name = "mbrola"

    def identity(self) -> Identity:
        for program in ("espeak-ng", "mbrola"):
            if shutil.which(program) is None:
                raise EngineError(f"mbrola: the program {program} is not installed")
        shown = _run(["espeak-ng", "--version"])
        words = shown.stdout.split()
        number = next((word for word in words if word[:1].isdigit()), "unknown")
        return Identity(self.name, f"espeak-ng {number}", VOICE, f"rate={RATE}")

    def render(self, sentence: str, take: int = FIRST_TAKE) -> Sound:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "speech.wav"
            done = _run(["espeak-ng", "-v", VOICE, "-s", str(RATE), "-w", str(path), "--", sentence])
            # A missing voice is told on stderr only, with status 0 and an empty or no file.
            if done.returncode != 0 or not path.exists() or path.stat().st_size <= 44:
                raise EngineError(f"mbrola: {done.stderr.strip()[:200] or 'no sound; is mbrola-nl2 installed?'}")
            with wave.open(str(path), "rb") as file:
                return from_bytes(file.getframerate(), file.readframes(file.getnframes()))


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=_TIME_LIMIT, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError(f"mbrola: {type(error).__name__}") from error
