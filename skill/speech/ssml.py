"""The one module that makes SSML, and the only place where text is escaped.

Only `<break>` is used: nl-NL is younger than other locales and nothing else is sure to work with its voice
(developer.amazon.com/docs/custom-skills/speech-synthesis-markup-language-ssml-reference.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

BETWEEN_TEXTS = '<break time="300ms"/>'
BETWEEN_SLOW_SENTENCES = '<break time="600ms"/>'

_SENTENCE_END = re.compile(r"(?<=[.!?]) ")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"})


def escape(text: str) -> str:
    """Text as an XML leaf; what XML 1.0 forbids falls away."""
    # Nearly every text is printable, and whatever is printable is allowed. A regular expression over all of Unicode would cost a
    # cold start more than the rest of this module.
    if not text.isprintable():
        text = "".join(filter(_is_allowed, text))
    return text.translate(_ESCAPES)


def speak(texts: Iterable[str], *, slow: bool = False) -> str:
    """The inside of `<speak>` for texts in order; `slow` puts 600 ms between all sentences."""
    if not slow:
        return f" {BETWEEN_TEXTS} ".join(escape(text) for text in texts)
    sentences = [sentence for text in texts for sentence in _SENTENCE_END.split(text)]
    return f" {BETWEEN_SLOW_SENTENCES} ".join(escape(sentence) for sentence in sentences)


def _is_allowed(character: str) -> bool:
    """Whether XML 1.0 knows the character (https://www.w3.org/TR/xml/#charsets)."""
    return (
        character in "\t\n\r"
        or " " <= character <= "\ud7ff"
        or "\ue000" <= character <= "\ufffd"
        or character > "\uffff"
    )
