"""The sound of a reply as one MP3: from the rendered clips, or said on the spot where a text has none."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from simulator.labels import SimulatorError
from simulator.session import Turn
from tools.audio import say
from tools.audio.engines.base import EngineError


def sounding(turns: Iterable[Turn], path: Path) -> Iterator[Turn]:
    """The same turns, while the sound of each reply is written to `path` (the last one stays) and played where somebody listens."""
    for turn in turns:
        sound = sound_of(turn)
        if sound is not None:
            _write(path, sound)
        yield turn
        if sound is not None and sys.stdout is not None and sys.stdout.isatty():
            say.play(sound)


def sound_of(turn: Turn) -> bytes | None:
    """One MP3 of what the skill said in a turn; None where it said nothing. Raises SimulatorError when no voice can say it."""
    from skill.content.library import load_content  # noqa: PLC0415  (driving a service elsewhere without --say needs no content)

    attributes = turn.response.get("sessionAttributes") or {}
    keys = (attributes.get("turn") or {}).get("keys")
    if turn.heard is None and turn.utterance is not None:
        return None  # silence or a touch that was not answered: the facts are an earlier turn's
    if not keys:
        return None
    try:
        return say.say(keys, load_content().texts, slow=attributes.get("slow") is True)
    except (EngineError, KeyError) as error:
        raise SimulatorError.say("no_voice", reason=str(error)) from error


def _write(path: Path, sound: bytes) -> None:
    try:
        path.write_bytes(sound)
    except OSError as error:
        raise SimulatorError.say("cannot_write", path=str(path), reason=error.strerror or str(error)) from error
