"""Reading level of a Dutch text: Flesch-Douma by textstat, names of helpers and organisations not counted."""

from __future__ import annotations

import re
from functools import lru_cache

import textstat

# Names that a parent must hear as they are; long words in them say nothing about how hard the sentence is.
NAMES = (
    "Nederlands Jeugdinstituut",
    "consultatiebureau",
    "kraamverzorgende",
    "verloskundige",
    "Kindertelefoon",
    "Veilig Thuis",
    "kenniscentra",
    "jeugdarts",
    "spoedpost",
    "huisarts",
    "Alexa-app",
)
_NAME = re.compile("|".join(map(re.escape, NAMES)), re.IGNORECASE)


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    return re.findall(r"[\w'’-]+", text.lower())


@lru_cache(maxsize=1024)  # an editor changes one text at a time, and textstat is slow
def reading_ease(text: str) -> float:
    """Flesch-Douma reading ease, about 0 (hard) to 120 (easy); each name counts as one short word."""
    textstat.set_lang("nl")
    return float(textstat.flesch_reading_ease(_NAME.sub("hij", text)))
