"""The spoken form of a text: what an engine is given, and what a clip's name is a hash of.

Numbers, ages, times, telephone numbers, abbreviations and signs are written out, because engines read them wrongly or each in its own way
("112" becomes "honderdtwaalf"). Most texts of the content are written out already; then nothing changes.
The words that differ by engine stand in skill/content/pronunciation.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.audio.numbers import digits, number, ordinal, year

PRONUNCIATION = Path(__file__).parents[2] / "skill" / "content" / "pronunciation.toml"

# Whole numbers that are telephone numbers although they are short.
_SHORT_NUMBERS = "112|113|114|144"
_ABBREVIATIONS = {
    "bijv.": "bijvoorbeeld",
    "bv.": "bijvoorbeeld",
    "o.a.": "onder andere",
    "d.w.z.": "dat wil zeggen",
    "m.a.w.": "met andere woorden",
    "i.p.v.": "in plaats van",
    "i.v.m.": "in verband met",
    "t.o.v.": "ten opzichte van",
    "a.u.b.": "alstublieft",
    "enz.": "enzovoort",
    "etc.": "enzovoort",
    "evt.": "eventueel",
    "t/m": "tot en met",
    "ca.": "ongeveer",
    "nr.": "nummer",
    "tel.": "telefoon",
    "blz.": "bladzijde",
    "m.b.t.": "met betrekking tot",
    "e.d.": "en dergelijke",
    "jr.": "jaar",
    "mnd.": "maanden",
    "wkn.": "weken",
    "min.": "minuten",
}
_SIGNS = {"&": " en ", "%": " procent", "+": " plus ", "=": " is ", "°C": " graden", "°": " graden", "/": " of "}
_QUOTES = str.maketrans(dict.fromkeys('"“”„«»‹›‘‚') | {"’": "'", "…": ".", "–": "-", "—": ","})
_UNITS = {
    "jr": "jaar",
    "mnd": "maanden",
    "wk": "weken",
    "u": "uur",
    "km": "kilometer",
    "cm": "centimeter",
    "kg": "kilo",
}
# An apostrophe belongs to a word in foto's and 's avonds; any other closes a quotation.
_NO_APOSTROPHE = re.compile(r"(?<!\w)'(?![stn]\b)|'(?!\w)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")

_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def spoken_form(text: str) -> str:
    """The text as it is said: only words and . , ? ! : ; marks, hyphens and apostrophes."""
    plain = text.translate(_QUOTES)
    for short, long in _ABBREVIATIONS.items():
        plain = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", long, plain, flags=re.IGNORECASE)
    for pattern, said in _RULES:
        plain = pattern.sub(said, plain)
    for sign, said_sign in _SIGNS.items():
        plain = plain.replace(sign, said_sign)
    plain = _NO_APOSTROPHE.sub("", re.sub(r"[^\w\s.,?!:;'-]", " ", plain))
    return re.sub(r"\s+([.,?!:;])", r"\1", re.sub(r"\s+", " ", plain)).strip()


def sentences(spoken: str) -> tuple[str, ...]:
    """The sentences of a spoken form; "langzamer" puts its pauses between them."""
    return tuple(part for part in _SENTENCE_END.split(spoken) if any(map(str.isalnum, part)))


def read_pronunciations(path: Path = PRONUNCIATION) -> dict[str, dict[str, str]]:
    """By engine name (or `all`): word in lower case -> how to write it for that engine. Without the file: nothing."""
    if not path.exists():
        return {}
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {engine: {word.lower(): said for word, said in table.items()} for engine, table in tables.items()}


def pronounced(spoken: str, pronunciations: Mapping[str, Mapping[str, str]], engine: str) -> str:
    """The spoken form with the words replaced that this engine says wrong. Whole words only, a capital is kept."""
    table = {**pronunciations.get("all", {}), **pronunciations.get(engine, {})}
    if not table:
        return spoken
    longest_first = sorted(table, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)

    def replace(match: re.Match[str]) -> str:
        said = table[match[1].lower()]
        return said[:1].upper() + said[1:] if match[1][:1].isupper() else said

    return pattern.sub(replace, spoken)


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2])
    twelve = (hour - 1) % 12 + 1
    following = hour % 12 + 1
    said = {0: f"{number(hour)} uur", 15: f"kwart over {number(twelve)}", 30: f"half {number(following)}"}
    said[45] = f"kwart voor {number(following)}"
    return said.get(minute, f"{number(hour)} uur {number(minute)}")


def _telephone(match: re.Match[str]) -> str:
    groups = re.split(r"[\s-]+", match[0])
    if len(groups) == 1 and len(match[0]) == 3:
        groups = list(match[0])
    return ", ".join(map(digits, groups))


def _euros(match: re.Match[str]) -> str:
    cents = match[2]
    return f"{number(int(match[1]))} euro" + (f" {number(int(cents))}" if cents and int(cents) else "")


def _decimal(match: re.Match[str]) -> str:
    after = match[2]
    said = digits(after) if after.startswith("0") or len(after) > 2 else number(int(after))
    return f"{number(int(match[1]))} komma {said}"


def _plain_number(match: re.Match[str]) -> str:
    figure = match[0]
    if (figure.startswith("0") and len(figure) > 1) or len(figure) > 9:
        return digits(figure)
    value = int(figure)
    return year(value) if 1100 <= value <= 1999 and len(figure) == 4 else number(value)


_RULES: tuple[_Rule, ...] = (
    (re.compile(r"\b0\d{1,3}[\s-]\d{3,8}(?:[\s-]\d{2,4})*\b|\b(?:06|14)[\s-]\d{3,8}\b|\b0\d{6,9}\b"), _telephone),
    (re.compile(rf"\b(?:{_SHORT_NUMBERS})\b(?![.,:]\d|\s*(?:%|procent|euro))"), _telephone),
    (re.compile(r"\b([01]?\d|2[0-4])[.:]([0-5]\d)(?:\s*(?:uur|u)\b)"), _clock),
    (re.compile(r"\b([01]?\d|2[0-4]):([0-5]\d)\b"), _clock),
    (re.compile(r"€\s*(\d+)(?:,(\d\d)|,-)?"), _euros),
    (re.compile(r"\b(\d{1,3})((?:\.\d{3})+)\b"), lambda match: number(int(match[0].replace(".", "")))),
    (re.compile(r"\b(\d+)(?:e|de|ste)\b"), lambda match: ordinal(int(match[1]))),
    (
        re.compile(r"\b(\d+)\s*(?:à|a|-)\s*(\d+)\b"),
        lambda match: f"{number(int(match[1]))} tot {number(int(match[2]))}",
    ),
    (re.compile(r"\b1/2\b"), lambda _: "een half"),
    (re.compile(r"\b(\d+),(\d+)\b"), _decimal),
    (
        re.compile(rf"\b(\d+)\s*({'|'.join(_UNITS)})\b(?!\.)"),
        lambda match: f"{number(int(match[1]))} {_UNITS[match[2]]}",
    ),
    (re.compile(r"\d+"), _plain_number),
)
