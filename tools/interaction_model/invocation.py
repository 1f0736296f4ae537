"""Rules for the invocation name.

Source: developer.amazon.com/docs/custom-skills/choose-the-invocation-name-for-a-custom-skill.html. Amazon lists the
words in English; the Dutch ones here are what answers to them, and have to be tried on a live console.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = re.compile(r"[a-zà-öø-ÿ]+(?:'[a-zà-öø-ÿ]+|')?|(?:[a-zà-öø-ÿ]\.)")

_ARTICLES = {"de", "het", "een"}
_PREPOSITIONS = {
    *(
        "aan",
        "achter",
        "bij",
        "boven",
        "door",
        "in",
        "met",
        "na",
        "naar",
        "naast",
        "onder",
        "op",
        "over",
        "per",
        "sinds",
    ),
    *("te", "tegen", "tot", "tussen", "uit", "van", "via", "voor", "zonder"),
}
ARTICLES_AND_PREPOSITIONS = frozenset(_ARTICLES | _PREPOSITIONS)
LAUNCH_WORDS = frozenset({"open", "start", "begin", "vraag", "vertel", "zeg", "laad", "gebruik", "speel", "activeer"})
CONNECTING_WORDS = frozenset({"naar", "over", "voor", "van", "vanaf", "door", "als", "of", "en", "dat", "om"})
WAKE_WORDS = frozenset({"alexa", "amazon", "echo", "computer", "skill", "app"})

Problem = tuple[str, str]  # what is wrong, what to do


def invocation_problems(name: str) -> Iterator[Problem]:
    """What is wrong with an invocation name."""
    words = name.split(" ")
    strange = [word for word in words if not _WORD.fullmatch(word)]
    if strange:
        yield (
            f"{', '.join(map(repr, strange))}: only lower-case letters, apostrophes, letters with a period",
            "spell it as it is spoken, numbers in words",
        )
    if len(words) < 2:
        yield "is one word", "use at least two, unless it is a brand that you own"
    if len(words) == 2 and ARTICLES_AND_PREPOSITIONS.intersection(words):
        yield (
            "has two words of which one is an article or preposition",
            "use two words that mean something, or more words",
        )
    for kind, forbidden in (
        ("launch", LAUNCH_WORDS),
        ("connecting", CONNECTING_WORDS),
        ("wake or platform", WAKE_WORDS),
    ):
        for word in sorted(forbidden.intersection(words)):
            yield f"holds the {kind} word {word!r}", "choose another word"
