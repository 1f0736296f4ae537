"""Choosing takes of telephone numbers: for each clip the first that the recogniser writes down digit for digit.

That makes a clip right, not the voice better: whoever judges the voice has to count first takes only, so both counts are told.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from tools.audio.engines import FIRST_TAKE, Engine
from tools.audio.engines.kokoro_sounds import TAKES
from tools.audio.manifest import Paced
from tools.audio.mastering import master
from tools.audio.plan import PAUSES, Clip, said_by
from tools.audio.sentences import FOLDER, SentenceStore
from tools.audio.spoken import read_pronunciations
from tools.intelligibility.recogniser import Recogniser
from tools.intelligibility.words import digits_in


class Choice(NamedTuple):
    """Of one clip: what the recogniser wrote of every take it was given, in order, and the take that was understood, if one was."""

    clip: Clip
    written: list[str]
    take: int | None


def choose(clips: Iterable[Clip], write: Callable[[Clip], str]) -> list[Choice]:
    """Try the takes of every clip with a help number until one is understood. `write`: what is heard of the clip in its take."""
    return [_choice(clip, write) for clip in clips if digits_in(" ".join(clip.sentences))]


def heard_by(recogniser: Recogniser, engine: Engine) -> Callable[[Clip], str]:
    """What `choose` asks: the recogniser's text of a clip as `make audio` would make it. Raises EngineError, MasteringError."""
    store, pronunciations = SentenceStore(FOLDER), read_pronunciations()

    def write(clip: Clip) -> str:
        said = said_by(clip, engine.name, pronunciations)
        sounds = [store.sound(engine, engine.identity(), sentence, clip.take) for sentence in said]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "clip.mp3"
            path.write_bytes(master(sounds, PAUSES[clip.pace]).mp3)
            return recogniser.transcribe(path)

    return write


def _choice(clip: Clip, write: Callable[[Clip], str]) -> Choice:
    said = digits_in(" ".join(clip.sentences))
    written: list[str] = []
    for take in range(FIRST_TAKE, FIRST_TAKE + len(TAKES)):
        written.append(write(clip._replace(take=take)))
        if digits_in(written[-1]) == said:
            return Choice(clip, written, take)
    return Choice(clip, written, None)


def other_takes(choices: Iterable[Choice]) -> dict[Paced, int]:
    """What takes.toml has to hold: takes that are not the first."""
    return {(clip.key, clip.pace): take for clip, _, take in choices if take not in (None, FIRST_TAKE)}


def told(choices: Iterable[Choice]) -> list[str]:
    """A line for every pace and for every clip that is not made of its first take."""
    lines = []
    for pace in PAUSES:
        of_pace = [choice for choice in choices if choice.clip.pace == pace]
        first = sum(choice.take == FIRST_TAKE for choice in of_pace)
        some = sum(choice.take is not None for choice in of_pace)
        lines.append(f"{pace}: {first} of {len(of_pace)} understood at the first take, {some} at some take")
        lines += [
            f"  {choice.clip.key}: take {choice.take or 'none'}; of the first was written: {choice.written[0]}"
            for choice in of_pace
            if choice.take != FIRST_TAKE
        ]
    return lines
