"""The engines, and their order: the best first, the one that always works last."""

from __future__ import annotations

from tools.audio.engines.base import FIRST_TAKE, Engine, EngineError, Identity, Options
from tools.audio.engines.espeak import Espeak
from tools.audio.engines.google import Google
from tools.audio.engines.kokoro import Kokoro
from tools.audio.engines.mbrola import Mbrola
from tools.audio.engines.piper import Piper

ORDER = ("gtts", "kokoro", "mbrola", "piper", "espeak")

__all__ = ["FIRST_TAKE", "ORDER", "Engine", "EngineError", "Identity", "Options", "engines_in_order"]


def engines_in_order(first: str | None, options: Options) -> list[Engine]:
    """All engines, the chosen one first. Raises KeyError for a name that is no engine."""
    made: dict[str, Engine] = {
        "gtts": Google(options.google_host),
        "kokoro": Kokoro(options.kokoro_folder),
        "mbrola": Mbrola(),
        "piper": Piper(options.piper_voice),
        "espeak": Espeak(),
    }
    names = list(ORDER) if first is None else [first, *(name for name in ORDER if name != first)]
    return [made[name] for name in names]
