"""How old the child is, in months, as far as the words say: numbers in words or digits, units, phases of life, school groups."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

MONTHS_PER_YEAR = 12
OLDEST_CHILD = 21 * MONTHS_PER_YEAR
"""Ages above this are not a child's."""

_YEARED = re.compile(r"(.+?)-?jarigen?|(.+?)-?jarige?")
_MONTHED = re.compile(r"(.+?)-?maand(?:s|se)")
_COMPOUNDS = (("jarig", _YEARED, MONTHS_PER_YEAR), ("maand", _MONTHED, 1))
_BEGIN = ("jarig", "maand", "groep", "half")
_DIGITS = re.compile(r"\d{1,2}(?:[.,]\d)?")
_SIGNS = ("child", "who", "is", "about", "turned", "range", "after", "half", "point")


class _Number(NamedTuple):
    value: float
    end: int  # index of the word after it


class AgeReader:
    """Finds an age by the word lists of the content (words/ages.toml)."""

    def __init__(self, lists: Mapping[str, Any]) -> None:
        self._number: Mapping[str, float] = lists.get("number", {})
        self._unit: Mapping[str, float] = lists.get("unit", {})
        self._phase: Mapping[str, float] = lists.get("phase", {})
        self._group: Mapping[str, float] = lists.get("group", {})
        signs, exclude = lists.get("signs", {}), lists.get("not", {})
        self._sign = {name: frozenset(signs.get(name, ())) for name in _SIGNS}
        self._span_after = frozenset(exclude.get("after", ()))
        self._span_before = frozenset(exclude.get("before", ()))
        self._people = frozenset(exclude.get("people", ()))

    def months(self, words: list[str]) -> int | None:
        """The first age in the words as whole months (the lower bound of a range); else the figure of the first phase; else None."""
        for index, word in enumerate(words):
            if not self._may_begin(word):
                continue
            found = self._age_at(words, index)
            if found is not None and found <= OLDEST_CHILD:
                return int(found + 0.5)
        return next((int(self._phase[word]) for word in words if word in self._phase), None)

    def _may_begin(self, word: str) -> bool:
        """False for most words, so that they cost nothing."""
        return word in self._number or word[0].isdigit() or any(sign in word for sign in _BEGIN)

    def _age_at(self, words: list[str], index: int) -> float | None:
        word = words[index]
        for sign, pattern, months in _COMPOUNDS:
            if sign not in word or (match := pattern.fullmatch(word)) is None:
                continue
            if (value := self._value(next(filter(None, match.groups())))) is not None:
                return value * months
        if word == "groep" and index + 1 < len(words):
            value = self._value(words[index + 1])
            named = {self._number.get(name): months for name, months in self._group.items()}
            return named.get(value)
        return self._about_a_year(words, index) or self._half_a_year(words, index) or self._counted(words, index)

    def _value(self, word: str) -> float | None:
        return float(word.replace(",", ".")) if _DIGITS.fullmatch(word) else self._number.get(word)

    def _number_at(self, words: list[str], index: int) -> _Number | None:
        """A number of one word, or "twee en een half", "twee komma vijf"."""
        value = self._value(words[index])
        if value is None:
            return None
        after = words[index + 1 : index + 4]
        if len(after) == 3 and after[0] == "en" and self._value(after[1]) == 1 and after[2] in self._sign["half"]:
            return _Number(value + 0.5, index + 4)
        if len(after) > 1 and after[0] in self._sign["point"] and (tenths := self._value(after[1])) is not None:
            return _Number(value + tenths / 10, index + 3)
        return _Number(value, index + 1)

    def _about_a_year(self, words: list[str], index: int) -> float | None:
        """In "een jaar of twaalf" the number follows."""
        if words[index + 1 : index + 3] != ["jaar", "of"] or self._value(words[index]) != 1 or index + 3 >= len(words):
            return None
        value = self._value(words[index + 3])
        return None if value is None else value * MONTHS_PER_YEAR

    def _half_a_year(self, words: list[str], index: int) -> float | None:
        length = 1 if words[index] == "halfjaar" else 2 if words[index : index + 2] == ["half", "jaar"] else 0
        start = index - 1 if index and self._value(words[index - 1]) == 1 else index
        before = words[start - 1] if start else "van"
        told = before == "van" or before in self._sign["is"] or words[index + length : index + length + 1] == ["oud"]
        return MONTHS_PER_YEAR / 2 if length and told and self._is_age(words, start, index + length) else None

    def _counted(self, words: list[str], index: int) -> float | None:
        number = self._number_at(words, index)
        if number is None:
            return None
        unit_at = number.end
        if words[unit_at : unit_at + 1] and words[unit_at] in self._sign["range"] and unit_at + 1 < len(words):
            upper = self._number_at(words, unit_at + 1)
            unit_at = upper.end if upper else unit_at
        unit = self._unit.get(words[unit_at]) if unit_at < len(words) else None
        if unit is None:
            return number.value * MONTHS_PER_YEAR if self._is_bare_age(words, index, number) else None
        if not self._is_age(words, index, unit_at + 1):
            return None
        return number.value * unit + (self._extra_months(words, unit_at + 1) if unit == MONTHS_PER_YEAR else 0)

    def _extra_months(self, words: list[str], index: int) -> float:
        """In "een jaar en drie maanden" the months."""
        if words[index : index + 1] != ["en"] or index + 2 >= len(words) or self._unit.get(words[index + 2]) != 1:
            return 0
        return self._value(words[index + 1]) or 0

    def _is_age(self, words: list[str], start: int, end: int) -> bool:
        """Not a span of time ("drie weken geleden", "al drie maanden") and not a grown-up's age."""
        if end < len(words) and words[end] in self._span_after:
            return False
        before = words[start - 1] if start else ""
        told = before == "van" or before in self._sign["is"] or before in ("bijna", "net")
        if told or (end < len(words) and words[end] in ("oud", "oude", "jong")):
            return start < 2 or words[start - 2] not in self._people
        return before not in self._span_before

    def _is_bare_age(self, words: list[str], index: int, number: _Number) -> bool:
        """A number without a unit: "dochter van veertien", "hij is net zeven", "tussen acht en tien", "anderhalf"."""
        following = words[number.end] if number.end < len(words) else ""
        if following in self._sign["turned"]:
            return True
        if following and following not in self._sign["after"] and following not in self._sign["range"]:
            return False
        before = words[index - 1] if index else ""
        if before == "van":
            return index > 1 and (words[index - 2] in self._sign["child"] or words[index - 2] in self._phase)
        if before == "tussen" or number.value % 1 == 0.5:
            return before not in self._people
        if self._value(words[index]) == 1:
            return False
        return self._is_said_of_a_child(words, index)

    def _is_said_of_a_child(self, words: list[str], index: int) -> bool:
        """True for "hij is (net, bijna ...)" and "mijn dochter wordt" before the number."""
        verb = index - 1
        while verb >= 0 and words[verb] in self._sign["about"]:
            verb -= 1
        if verb < 1 or words[verb] not in self._sign["is"]:
            return False
        return words[verb - 1] in self._sign["who"] or words[verb - 1] in self._sign["child"]
