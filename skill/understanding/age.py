"""How old the child is, in months, as far as the words say: numbers in words or digits, units, phases of life, school groups."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MONTHS_PER_YEAR = 12
OLDEST_CHILD = 21 * MONTHS_PER_YEAR
"""Ages above this are not a child's."""

_YEARED = re.compile(r"^(.+?)-?(jarige|jarig|jarigen)$")
_MONTHED = re.compile(r"^(.+?)-?(maands|maandse)$")
_NUMBER_DIGITS = re.compile(r"^\d{1,2}$")
_CHILD_OF = frozenset(
    "zoon zoontje dochter dochtertje kind kindje baby jongen jongetje meisje peuter kleuter dreumes puber tiener kleine kleinzoon kleindochter "
    "stiefzoon stiefdochter kleinkind jongste oudste middelste zusje broertje pleegkind pleegzoon pleegdochter neefje nichtje ventje mannetje "
    "meid eentje tweeling".split()
)
_AGE_VERBS = frozenset("is wordt ben werd nu bijna net pas ongeveer al".split())


class AgeReader:
    """Finds an age by the word lists of the content (words/ages.toml)."""

    def __init__(self, lists: Mapping[str, Any]) -> None:
        self._number: dict[str, float] = dict(lists.get("number", {}))
        self._unit: dict[str, float] = dict(lists.get("unit", {}))
        self._phase: dict[str, float] = dict(lists.get("phase", {}))
        self._group: dict[str, float] = dict(lists.get("group", {}))
        exclude = lists.get("not", {})
        self._after = frozenset(exclude.get("after", ()))
        self._before = frozenset(exclude.get("before", ()))
        self._people = frozenset(exclude.get("people", ()))

    def months(self, words: list[str]) -> int | None:
        """The first age in the words as whole months (the lower bound of a range); else the figure of the first phase; else None."""
        phase: float | None = None
        for index, word in enumerate(words):
            found = self._age_at(words, index)
            if found is not None and found <= OLDEST_CHILD:
                return int(found + 0.5)
            if phase is None and word in self._phase:
                phase = self._phase[word]
        return None if phase is None else int(phase)

    def _value(self, word: str) -> float | None:
        if word in self._number:
            return self._number[word]
        return float(word) if _NUMBER_DIGITS.match(word) else None

    def _age_at(self, words: list[str], index: int) -> float | None:
        word = words[index]
        for pattern, months in ((_YEARED, MONTHS_PER_YEAR), (_MONTHED, 1)):
            match = pattern.match(word)
            if match and (value := self._value(match.group(1))) is not None:
                return value * months
        if word == "groep" and index + 1 < len(words):
            following = words[index + 1]
            spelled = {"1": "een", "2": "twee", "3": "drie", "4": "vier", "5": "vijf", "6": "zes", "7": "zeven", "8": "acht"}
            return self._group.get(spelled.get(following, following))
        if word in ("halfjaar", "half") and (word == "halfjaar" or words[index + 1 : index + 2] == ["jaar"]):
            length = 1 if word == "halfjaar" else 2
            return 6.0 if self._is_age(words, index - (words[index - 1 : index] == ["een"]), index + length, True) else None
        value = self._value(word)
        if value is None or (word == "een" and words[index + 1 : index + 2] == ["jaar"] and words[index + 2 : index + 3] == ["of"]):
            return self._about(words, index)
        return self._counted(words, index, value)

    def _about(self, words: list[str], index: int) -> float | None:
        """ "een jaar of twaalf": the number follows."""
        if words[index : index + 3] == ["een", "jaar", "of"] and index + 3 < len(words):
            value = self._value(words[index + 3])
            return None if value is None else value * MONTHS_PER_YEAR
        return None

    def _counted(self, words: list[str], index: int, value: float) -> float | None:
        end = index + 1
        if words[end : end + 2] == ["en", "een"] and words[end + 2 : end + 3] in (["half"], ["halve"]):
            value, end = value + 0.5, end + 3
        elif words[end : end + 1] == ["eneenhalf"] or words[end : end + 1] == ["enhalf"]:
            value, end = value + 0.5, end + 1
        unit_at = end
        if words[end : end + 1] and words[end] in ("a", "à", "tot", "of", "en") and end + 1 < len(words) and self._value(words[end + 1]) is not None:
            unit_at = end + 2
        unit = self._unit.get(words[unit_at]) if unit_at < len(words) else None
        if unit is not None:
            if not self._is_age(words, index, unit_at + 1, False):
                return None
            months = value * unit
            if unit == MONTHS_PER_YEAR and words[unit_at + 1 : unit_at + 2] == ["en"] and unit_at + 3 < len(words):
                extra, months_unit = self._value(words[unit_at + 2]), self._unit.get(words[unit_at + 3])
                if extra is not None and months_unit == 1:
                    months += extra
            return months
        return value * MONTHS_PER_YEAR if self._bare_age(words, index, end) else None

    def _is_age(self, words: list[str], start: int, end: int, needs_child: bool) -> bool:
        """Not a span of time ("drie weken geleden", "al drie maanden") and not a grown-up's age."""
        if end < len(words) and words[end] in self._after:
            return False
        before = words[start - 1] if start > 0 else ""
        if before in ("van", "is", "wordt", "bijna", "net") or words[end : end + 1] in (["oud"], ["oude"], ["jong"]):
            return words[start - 2] not in self._people if start > 1 else True
        return before not in self._before and not (needs_child and before not in ("van", "is", "met", ""))

    def _bare_age(self, words: list[str], index: int, end: int) -> bool:
        """A number without a unit: "dochter van veertien", "hij is net zeven", "tussen acht en tien"."""
        following = words[end] if end < len(words) else ""
        if following in ("uur", "keer", "weken", "kinderen", "graden", "dagen", "minuten", "euro", "kleintjes", "jongens", "meisjes", "meiden"):
            return False
        before = words[index - 1] if index else ""
        if before == "van":
            who = words[index - 2] if index > 1 else ""
            return who in _CHILD_OF or who in self._phase or who in ("een", "die", "iemand", "klein", "eentje", "kids", "kinderen")
        if before == "tussen":
            return True
        if words[index] == "een":
            return False
        back = index - 1
        while back >= 0 and words[back] in _AGE_VERBS:
            back -= 1
        if 0 <= back < index - 1 and any(word in ("is", "wordt", "werd") for word in words[back + 1 : index]):
            subject = words[back] in ("hij", "ze", "zij", "die") or words[back] in _CHILD_OF
            return subject and (not following or following in ("en", "maar", "geworden", "nu", "dus", "die", "hij", "ze", "wil", "of", "heeft"))
        return False
