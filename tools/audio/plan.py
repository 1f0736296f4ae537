"""What has to be rendered: every text at both paces, and the file name that each clip must have."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from skill.speech.clips import NORMAL, SLOW
from tools.audio import mastering
from tools.audio.engines.base import FIRST_TAKE, Engine, Identity
from tools.audio.manifest import Paced
from tools.audio.spoken import pronounced, sentences, spoken_form

PAUSES = {NORMAL: mastering.PAUSE_MS, SLOW: mastering.SLOW_PAUSE_MS}
_NAME_DIGITS = 24


class Clip(NamedTuple):
    """One text at one pace; `sentences` is its spoken form, before any engine's own spelling; `take` as in takes.toml."""

    key: str
    pace: str
    text: str
    sentences: tuple[str, ...]
    take: int = FIRST_TAKE


def clips_of(texts: Mapping[str, str], takes: Mapping[Paced, int] | None = None) -> list[Clip]:
    """All clips, in the order of the texts, normal before slow."""
    chosen = takes or {}
    return [
        Clip(key, pace, text, sentences(spoken_form(text)), chosen.get((key, pace), FIRST_TAKE))
        for key, text in texts.items()
        for pace in (NORMAL, SLOW)
    ]


def said_by(clip: Clip, engine: str, pronunciations: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """The sentences in the spelling that one engine reads right."""
    return tuple(pronounced(sentence, pronunciations, engine) for sentence in clip.sentences)


def rendered_name(clip: Clip, said: Sequence[str], engine: Engine, identity: Identity) -> str:
    """The name of a clip by an engine: it goes by what the voice is given. Raises EngineError."""
    return file_name(clip, [engine.given(sentence, clip.take) for sentence in said], identity)


def file_name(clip: Clip, given: Sequence[str], identity: Identity) -> str:
    """A hash of what is given, the pause, the engine with its settings, the mastering. A single sentence is the same at both paces."""
    pause = PAUSES[clip.pace] if len(given) > 1 else 0
    recipe = [*given, pause, *identity, mastering.VERSION]
    digest = hashlib.sha256(json.dumps(recipe, ensure_ascii=False).encode("utf-8")).hexdigest()
    return f"{digest[:_NAME_DIGITS]}.mp3"
