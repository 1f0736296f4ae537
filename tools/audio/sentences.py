"""Speech of single sentences, kept as an engine gave it: both paces of a clip share it, and a slow engine says nothing twice."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from tools.audio.engines.base import FIRST_TAKE, Engine, EngineError, Identity
from tools.audio.sound import Sound, from_bytes

FOLDER = Path(__file__).parents[2] / "build" / "sentences"


class SentenceStore:
    """A folder of raw samples, named by a hash of the engine and of what its voice is given. `folder` None keeps them in memory."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._memory: dict[str, Sound] = {}

    def sound(self, engine: Engine, identity: Identity, sentence: str, take: int = FIRST_TAKE) -> Sound:
        """The sentence by this engine, from the folder or said now. Raises EngineError."""
        recipe = json.dumps([*identity, engine.given(sentence, take)], ensure_ascii=False)
        name = hashlib.sha256(recipe.encode("utf-8")).hexdigest()[:32]
        found = self._memory.get(name) or self._read(name)
        if found is None:
            found = engine.render(sentence, take)
            if not found.samples:
                raise EngineError(f"{engine.name}: no sound")
            self._write(name, found)
        if self._folder is None:
            self._memory[name] = found
        return found

    def _read(self, name: str) -> Sound | None:
        if self._folder is None:
            return None
        path = next(iter(self._folder.glob(f"{name}.*.pcm")), None)
        return None if path is None else from_bytes(int(path.suffixes[-2][1:]), path.read_bytes())

    def _write(self, name: str, sound: Sound) -> None:
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{name}.{sound.rate}.pcm"
        temporary = path.with_name(f"{path.name}.new")
        temporary.write_bytes(sound.samples.tobytes())
        temporary.replace(path)
