"""From what arrived to a list of plain words: the one spelling that training, rules and matcher share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

MAX_WORDS = 1_000
"""Words beyond this are not read: no spoken turn is that long, and time must stay bounded."""

MAX_CHARACTERS = 12_000

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "\u2011": "-", "‐": "-"})
_WORD = re.compile(r"\d+[.,]\d+|'?[^\W_]+(?:['-][^\W_]+)*")
_PLAIN = {"een": "een", "één": "een"}


def words_of(raw: str | None) -> list[str]:
    """Lower-case words (letters, digits, inner apostrophes and hyphens), at most MAX_WORDS; [] for None and for what holds no word."""
    if not raw:
        return []
    text = raw[:MAX_CHARACTERS].translate(_APOSTROPHES)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _WORD.findall(text.lower())[:MAX_WORDS]


def one_spelling(words: list[str], same: Mapping[str, str]) -> list[str]:
    """Words with spoken and dialect forms brought to one spelling (content words/spelling.toml): "m'n" -> "mijn", "één" -> "een"."""
    result: list[str] = []
    for word in words:
        other = same.get(word)
        if other is not None:
            result.extend(other.split())
        else:
            result.append(_PLAIN.get(word, word))
    return result
