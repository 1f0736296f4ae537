"""The sounds that Kokoro is given for a Dutch sentence: espeak-ng's phonemes, adapted to what Kokoro has and to how it says it."""

from __future__ import annotations

import re
from typing import NamedTuple

from tools.audio.engines.libespeak import LibEspeak
from tools.audio.numbers import DIGITS

# What Kokoro has no sound for, or says so that Dutch ears (and the recogniser of make intelligibility) hear another word.
_SOUNDS = (("ʌʊ", "aʊ"), ("ʋ", "v"), ("ɣ", "x"), ("ɵ", "ø"))
_ONE = re.compile(r"(?<!\S)ˈeːn(?!\S)")  # één was heard as in
_INITIAL_V = re.compile(r"(^|\s)([ˈˌ]?)v")  # Spanish says b for v: vier was heard as wier
# A number of three digits is set apart, and its digits from each other: "bel nu één, één, twee" was heard as "bel nieuwe en twee".
_DIGIT = f"(?:{'|'.join(DIGITS)})"
_THREE_DIGITS = re.compile(rf",? ({_DIGIT}), ({_DIGIT}), ({_DIGIT})\b", re.IGNORECASE)
# The groups of a longer number are said apart and slowly. Kokoro hardly rests at a mark: "twee nul nul nul" in one breath is one long
# sound, of which nobody, the recogniser included, can tell how often nul was said.
_GROUP = f"{_DIGIT}(?: {_DIGIT})+"
_LONG_NUMBER = re.compile(rf"\b({_GROUP}(?:, {_GROUP})*)\b[.,;:]?", re.IGNORECASE)
REST, SLOW = "|", "~"  # between two parts of a sentence; before a part that is said slowly


class Take(NamedTuple):
    """One way to say the telephone numbers of a clip.

    Of a long number: the speed of its groups, the rest between two of them, the rest around the number. Of a number of three digits: the
    mark before it and the mark between its digits.
    """

    speed: float
    between_ms: int
    around_ms: int
    before: str = ","
    between: str = ";"


# As in a recording studio: the first is how numbers are said; where a clip was misheard, another take of it may be understood
# (skill/content/takes.toml). None is faster than the first or rests less, so a listener can always write along.
TAKES = (
    Take(0.8, 400, 400),
    Take(0.8, 500, 500),
    Take(0.8, 400, 600),
    Take(0.8, 500, 600),
    Take(0.75, 400, 400),
    Take(0.75, 500, 600),
    Take(0.8, 400, 400, before=":"),
    Take(0.8, 400, 400, between=","),
    Take(0.8, 500, 600, before=":"),
    Take(0.8, 500, 600, between=","),
    Take(0.75, 500, 600, before=":"),
)

_LANGUAGE_SWITCH = re.compile(r"\([a-z-]+\)")  # espeak-ng marks foreign words
_MARKS = re.compile(r"[.,?!:;]+")


def sounds_of(sentence: str, espeak: LibEspeak, take: Take = TAKES[0]) -> str:
    """The phonemes that Kokoro is given, with the marks of the sentence between them: they carry its melody.

    Parts that are said by themselves stand between REST; the groups of a telephone number begin with SLOW.
    """
    return REST.join(mark + _phrase(part, espeak) for mark, part in _parts(sentence, take))


def _parts(sentence: str, take: Take) -> list[tuple[str, str]]:
    """The sentence cut before, in and after its telephone numbers: SLOW or nothing, and the words."""
    parts: list[tuple[str, str]] = []
    position = 0
    for number in _LONG_NUMBER.finditer(sentence):
        before = _with_comma(sentence[position : number.start()])
        groups = [group.replace(" ", ", ") for group in number[1].split(", ")]
        parts += [("", before), *((SLOW, f"{group},") for group in groups[:-1]), (SLOW, f"{groups[-1]}.")]
        position = number.end()
    parts.append(("", sentence[position:]))
    three_digits = rf"{take.before} \1{take.between} \2{take.between} \3"
    return [
        (mark, part if mark else _THREE_DIGITS.sub(three_digits, part))
        for mark, part in parts
        if any(map(str.isalnum, part))
    ]


def _with_comma(words: str) -> str:
    bare = words.rstrip()
    return bare if bare.endswith((",", ":", ";")) else f"{bare},"


def _phrase(words: str, espeak: LibEspeak) -> str:
    said, position = "", 0
    for mark in [*_MARKS.finditer(words), None]:
        part = words[position : mark.start() if mark else None].strip()
        if part:
            said += _adapted(_LANGUAGE_SWITCH.sub("", espeak.phonemes(part)))
        if mark:
            said += f"{mark[0][0]} "
            position = mark.end()
    return said.strip()


def _adapted(phonemes: str) -> str:
    adapted = _ONE.sub("ˈeɪn", _INITIAL_V.sub(r"\1\2f", phonemes))
    for espeak_sound, kokoro_sound in _SOUNDS:
        adapted = adapted.replace(espeak_sound, kokoro_sound)
    return adapted
