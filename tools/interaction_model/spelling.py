"""How samples and slot values are written: as they are spoken, in lower case and without punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.interaction_model.limits import WAKE_WORD

SLOT = re.compile(r"\{([^{}]*)\}")

_ABBREVIATION = re.compile(r"(?:(?<=\s)|^)[a-zà-öø-ÿ]\.(?=\s|$)")  # "n. l."
_PLAIN = re.compile(r"[a-zà-öø-ÿ' -]")
_LOOSE_HYPHEN = re.compile(r"(?:(?<=\s)|^)-|-(?=\s|$)")

Problem = tuple[str, str]  # what is wrong, what to do


def spelling_problems(text: str) -> Iterator[Problem]:
    """What is wrong with a text without slots."""
    if not text.strip():
        yield "is empty", "write the words, or remove it"
        return
    if text != " ".join(text.split()):
        yield "has spaces at an end, or two together", "leave them out"
    if any(letter.isupper() for letter in text):
        yield "has upper case", "write it in lower case"
    if any(letter.isdigit() for letter in text):
        yield "has digits", "write the number in words"
    odd = [letter for letter in _ABBREVIATION.sub("", text.lower()) if not _PLAIN.match(letter)]
    marks = [letter for letter in odd if not (letter.isdigit() or letter.isspace())]
    if marks or _LOOSE_HYPHEN.search(text):
        yield f"has punctuation or a strange letter {''.join(dict.fromkeys(marks)) or '-'!r}", "leave it out"
    if WAKE_WORD in text.lower().split():
        yield "holds the wake word", "leave it out; it never reaches the skill"
