"""A human voice: recordings named by content key take the place of rendered clips, and are mastered like them.

`tip.troosten.1.wav` (or .flac, .mp3, .ogg) is said at both paces, unless `tip.troosten.1.slow.wav` is there too. Beside it may stand
`tip.troosten.1.txt` with the words that were read: a recording whose words are no longer those of the content is left out.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from tools.audio.engines.base import EngineError, Identity
from tools.audio.plan import SLOW, Clip
from tools.audio.sound import Sound, SoundError, decode

NAME = "recording"
_ENDINGS = (".wav", ".flac", ".mp3", ".ogg")


class Recordings:
    """The recordings in one folder; None for a folder means none."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None and not folder.is_dir():
            raise EngineError(f"recordings: {folder} is no folder")

    def find(self, clip: Clip) -> Path | None:
        """The recording for a clip. Raises EngineError where its words are not those of the content."""
        if self._folder is None:
            return None
        stems = [f"{clip.key}.slow", clip.key] if clip.pace == SLOW else [clip.key]
        paths = [self._folder / f"{stem}{ending}" for stem in stems for ending in _ENDINGS]
        path = next((path for path in paths if path.is_file()), None)
        words = self._folder / f"{clip.key}.txt"
        if path is not None and words.is_file() and words.read_text(encoding="utf-8").split() != clip.text.split():
            raise EngineError(f"{path.name}: the text has changed since it was recorded; record it again")
        return path

    @staticmethod
    def identity(path: Path) -> Identity:
        return Identity(NAME, hashlib.sha256(path.read_bytes()).hexdigest()[:16], "human", "")

    @staticmethod
    def sound(path: Path) -> Sound:
        try:
            return decode(path.read_bytes())
        except SoundError as error:
            raise EngineError(f"{path.name}: {error}") from error
