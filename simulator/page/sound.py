"""Which rendered clips a turn can be heard with: those of `audio/manifest.json` whose text is still the text that is said."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

Json = dict[str, Any]

AUDIO = Path(__file__).parents[2] / "audio"
MANIFEST = "manifest.json"
NORMAL, SLOW = "normal", "slow"

_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.mp3")


class Sound:
    """The clips of a folder. Read again when the manifest changes, so that `make audio` is heard at once."""

    def __init__(self, folder: Path = AUDIO) -> None:
        self.folder = folder
        self._seen: tuple[int, int] | None = None
        self._clips: dict[tuple[str, str], Json] = {}

    @property
    def present(self) -> bool:
        """Whether there are any clips."""
        self._read()
        return bool(self._clips)

    def clip(self, key: str | None, text: str, *, slow: bool) -> Json | None:
        """The clip of a content key: `file` and `seconds`. None where it is missing, or says another text than this one."""
        self._read()
        entry = self._clips.get((key or "", SLOW if slow else NORMAL))
        if entry is None or entry.get("text_sha256") != hashlib.sha256(text.encode()).hexdigest():
            return None
        file = entry.get("file")
        if not isinstance(file, str) or not _FILE.fullmatch(file) or not (self.folder / file).is_file():
            return None
        return {"file": file, "seconds": entry.get("seconds")}

    def path(self, file: str) -> Path | None:
        """The path of a clip by its file name; None for what is no clip."""
        path = self.folder / file
        return path if _FILE.fullmatch(file) and path.is_file() else None

    def _read(self) -> None:
        try:
            path = self.folder / MANIFEST
            status = path.stat()
            seen = (status.st_mtime_ns, status.st_size)
            if seen == self._seen:
                return
            clips = json.loads(path.read_bytes())["clips"]
            self._clips = {(entry["key"], entry["pace"]): entry for entry in clips}
            self._seen = seen
        except (OSError, ValueError, KeyError, TypeError):  # no clips, or half-written ones: text is always there
            self._clips, self._seen = {}, None
