"""The sound of a whole reply as one MP3, and playing it: what `--say` of the simulator needs.

Clips that fit are joined; a text without one is said by espeak-ng on the spot, so that there is always something to hear.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tools.audio import mastering
from tools.audio.engines.base import Engine, EngineError
from tools.audio.engines.espeak import Espeak
from tools.audio.manifest import AUDIO, read_manifest, text_hash
from tools.audio.plan import NORMAL, PAUSES, SLOW
from tools.audio.sound import decode, encode
from tools.audio.sound import join as join_sounds
from tools.audio.spoken import sentences, spoken_form

# The clips bring 300 ms of silence with them.
_PAUSE_MS = {NORMAL: 0.0, SLOW: 300.0}
_PLAYERS = (
    ("afplay",),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet"),
    ("mpg123", "-q"),
    ("mpv", "--no-video", "--really-quiet"),
    ("cvlc", "--play-and-exit", "--quiet"),
)


def join(clips: Iterable[bytes], *, slow: bool = False) -> bytes:
    """MP3 files after each other as one MP3 of the same kind. Raises SoundError for what is no sound, or for none at all."""
    return encode(join_sounds([decode(clip) for clip in clips], _PAUSE_MS[SLOW if slow else NORMAL]))


def say(
    keys: Sequence[str],
    texts: Mapping[str, str],
    *,
    slow: bool = False,
    folder: Path = AUDIO,
    engine: Engine | None = None,
) -> bytes:
    """One MP3 of the texts of these keys. Raises KeyError for an unknown key, EngineError without clip and without espeak-ng."""
    pace = SLOW if slow else NORMAL
    entries = read_manifest(folder)
    clips = []
    for key in keys:
        entry = entries.get((key, pace))
        fits = entry is not None and entry.text_sha256 == text_hash(texts[key])
        if entry is not None and fits and (folder / entry.file).is_file():
            clips.append((folder / entry.file).read_bytes())
        else:
            clips.append(_said_now(texts[key], pace, engine or Espeak()))
    return join(clips, slow=slow)


def play(mp3: bytes) -> bool:
    """Play through the first player that this machine has, and wait for its end. False where there is none or it fails."""
    if sys.platform == "win32":
        return False
    command = next((player for player in _PLAYERS if shutil.which(player[0])), None)
    if command is None:
        return False
    with tempfile.NamedTemporaryFile(suffix=".mp3") as file:
        file.write(mp3)
        file.flush()
        return subprocess.run([*command, file.name], capture_output=True, check=False).returncode == 0


def _said_now(text: str, pace: str, engine: Engine) -> bytes:
    said = sentences(spoken_form(text))
    try:
        return mastering.master([engine.render(sentence) for sentence in said], PAUSES[pace]).mp3
    except mastering.MasteringError as error:
        raise EngineError(str(error)) from error
