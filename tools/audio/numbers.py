"""Dutch number words, as they are said: één with accents, because without them engines read the article."""

from __future__ import annotations

_SMALL = [
    "nul",
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
]
DIGITS = tuple(_SMALL[:10])
_TENS = ["_", "_", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]
_ORDINALS = {1: "eerste", 3: "derde", 8: "achtste"}


def digits(figures: str) -> str:
    """Digit by digit, as one group: nul acht nul nul."""
    return " ".join(_SMALL[int(figure)] for figure in figures)


def number(value: int) -> str:
    """A whole number below a thousand million in words."""
    if value < 20:
        return _SMALL[value]
    if value < 100:
        return _below_hundred(value)
    if value < 1000:
        return _with_rest(value, 100, "honderd")
    if value < 1_000_000:
        return _with_rest(value, 1000, "duizend", gap=" ")
    millions, rest = divmod(value, 1_000_000)
    return f"{number(millions)} miljoen" + (f" {number(rest)}" if rest else "")


def year(value: int) -> str:
    """A year between 1100 and 1999: negentienhonderd achtennegentig."""
    hundreds, rest = divmod(value, 100)
    return f"{number(hundreds)}honderd" + (f" {number(rest)}" if rest else "")


def ordinal(value: int) -> str:
    """eerste, tweede, ... achtste, twintigste."""
    if value in _ORDINALS:
        return _ORDINALS[value]
    return number(value) + ("de" if value < 20 else "ste")


def _below_hundred(value: int) -> str:
    tens, ones = divmod(value, 10)
    if not ones:
        return _TENS[tens]
    one = "een" if ones == 1 else _SMALL[ones]
    return one + ("ën" if one.endswith("e") else "en") + _TENS[tens]


def _with_rest(value: int, unit: int, word: str, gap: str = "") -> str:
    many, rest = divmod(value, unit)
    head = word if many == 1 else (number(many) + word)
    return head + (gap + number(rest) if rest else "")
