"""What every engine is: a name, an identity that goes into the file names, and speech for one sentence."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from tools.audio.sound import Sound

FIRST_TAKE = 1


class EngineError(Exception):
    """This engine cannot say this sentence, or nothing at all; the next engine takes over."""


class Identity(NamedTuple):
    """With `Engine.given`, all that decides what a sentence sounds like. A change of any of them gives clips other names."""

    engine: str
    version: str
    voice: str
    settings: str


class Engine(Protocol):
    """One way to make Dutch speech."""

    @property
    def name(self) -> str: ...

    def identity(self) -> Identity:
        """Cheap: nothing is loaded. Raises EngineError where the engine is not installed."""
        ...

    def given(self, sentence: str, take: int = FIRST_TAKE) -> str:
        """What the voice itself gets to say: the sentence, or the sounds that the engine makes of it. Needs no voice to be installed.

        `take`: which of its ways of saying a telephone number; an engine with one way takes no notice.
        Clips and kept sentences are named by it, so a changed rule renders anew only what it changes. Raises EngineError.
        """
        ...

    def render(self, sentence: str, take: int = FIRST_TAKE) -> Sound:
        """Speech for one sentence. Raises EngineError; never waits longer than seconds on anything outside this machine."""
        ...


class ReadsLetters:
    """An engine that is given the sentence as it is written."""

    def given(self, sentence: str, take: int = FIRST_TAKE) -> str:
        return sentence


@dataclasses.dataclass(frozen=True)
class Options:
    """What the environment says to the engines."""

    piper_voice: str | None = None
    kokoro_folder: str | None = None
    google_host: str = "com"

    @classmethod
    def from_env(cls, mapping: Mapping[str, str]) -> Options:
        """PIPER_VOICE: path of a Piper voice (.onnx). KOKORO_FOLDER: where the weights and voices of Kokoro are."""
        return cls(mapping.get("PIPER_VOICE") or None, mapping.get("KOKORO_FOLDER") or None)
