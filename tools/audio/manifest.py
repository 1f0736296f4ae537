"""`audio/manifest.json`: which file says which text, made how, and its measurements. `skill/speech/clips.py` reads it at run time."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from tools.audio.engines.base import Identity

VERSION = 1
NAME = "manifest.json"
AUDIO = Path(__file__).parents[2] / "audio"

Paced = tuple[str, str]  # content key, pace


class ManifestError(Exception):
    """The manifest cannot be read; the text says what to do."""


@dataclasses.dataclass(frozen=True)
class Entry:
    """One clip. `text_sha256`: of the text in the content. `lufs`: None under a second. `peak`: true peak in dBFS."""

    key: str
    pace: str
    file: str
    text_sha256: str
    engine: str
    engine_version: str
    voice: str
    settings: str
    seconds: float
    lufs: float | None
    peak: float
    sha256: str
    bytes: int

    @property
    def identity(self) -> Identity:
        return Identity(self.engine, self.engine_version, self.voice, self.settings)


def text_hash(text: str) -> str:
    """The hash by which a clip and a text of the content find each other."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read_manifest(folder: Path) -> dict[Paced, Entry]:
    """The entries by key and pace; nothing where there is no manifest. Raises ManifestError for a damaged one."""
    path = folder / NAME
    if not path.exists():
        return {}
    try:
        document = json.loads(path.read_bytes())
        if document["version"] != VERSION:
            raise ManifestError(f"{path}: version {document['version']!r}; delete it and run: make audio")
        entries = [Entry(**entry) for entry in document["clips"]]
    except (ValueError, KeyError, TypeError) as error:
        raise ManifestError(f"{path}: damaged ({type(error).__name__}); delete it and run: make audio") from error
    return {(entry.key, entry.pace): entry for entry in entries}


def write_manifest(folder: Path, entries: Iterable[Entry]) -> None:
    """Write through a temporary file, one clip a line, so that a change shows as the lines that changed."""
    lines = [json.dumps(dataclasses.asdict(entry), ensure_ascii=False) for entry in entries]
    text = f'{{"version": {VERSION}, "clips": [\n' + ",\n".join(lines) + "\n]}\n"
    path = folder / NAME
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    temporary = path.with_name(f"{NAME}.new")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
