"""The rules that look for danger in the words: patterns that a reviewer can read, in content/words/danger.toml.

A pattern is a row of words. `a|b` = one of them; `*` at the start or end of a word = anything there; `..` = up to three other words
in between; `...` = any number. `=name` stands for a list under [lists].
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

NEAR = 3
"""Other words that `..` may span."""


class _Spoken(NamedTuple):
    """Words, their set, and all of them in one text with a blank before and after each."""

    words: Sequence[str]
    distinct: frozenset[str]
    text: str


def _spoken(words: Sequence[str]) -> _Spoken:
    return _Spoken(words, frozenset(words), f" {' '.join(words)} ")


class _Choice:
    """Alternatives for one word of a pattern."""

    __slots__ = ("_signs", "ends", "exact", "starts", "wild", "within")

    def __init__(self, alternatives: Sequence[str]) -> None:
        self.exact = frozenset(word for word in alternatives if "*" not in word)
        self.within = tuple(word[1:-1] for word in alternatives if len(word) > 2 and word[0] == word[-1] == "*")
        wild = [word for word in alternatives if "*" in word and not (word[0] == word[-1] == "*")]
        self.starts = tuple(word[:-1] for word in wild if word.endswith("*"))
        self.ends = tuple(word[1:] for word in wild if word.startswith("*"))
        self.wild = bool(self.starts or self.ends or self.within)
        self._signs = (*(f" {start}" for start in self.starts), *(f"{end} " for end in self.ends), *self.within)

    def may_fit(self, spoken: _Spoken) -> bool:
        """Whether any of the words fits, without going through them."""
        return not self.exact.isdisjoint(spoken.distinct) or any(sign in spoken.text for sign in self._signs)

    def fits(self, word: str) -> bool:
        if word in self.exact:
            return True
        if self.starts and word.startswith(self.starts):
            return True
        if self.ends and word.endswith(self.ends):
            return True
        return any(part in word for part in self.within)


class _Pattern:
    """One row of choices with the reach of the gap before each."""

    __slots__ = ("parts",)

    def __init__(self, text: str, lists: Mapping[str, Sequence[str]], known: dict[str, _Choice]) -> None:
        self.parts: list[tuple[int, _Choice]] = []
        gap = 0
        for part in text.split():
            if part in ("..", "..."):
                gap = NEAR if part == ".." else 1_000
                continue
            if part not in known:
                alternatives: list[str] = []
                for word in part.split("|"):
                    alternatives.extend(lists[word[1:]] if word.startswith("=") else [word])
                known[part] = _Choice(alternatives)
            self.parts.append((gap, known[part]))
            gap = 0

    def plain(self) -> list[_Choice]:
        """The parts that are whole words: one of each must be said for the pattern to fit."""
        return [choice for _, choice in self.parts if not choice.wild]

    def find(self, spoken: _Spoken) -> bool:
        """Whether the pattern stands in the words."""
        for _, choice in self.parts:
            if not choice.may_fit(spoken):
                return False
        first, words = self.parts[0][1], spoken.words
        return any(first.fits(word) and self._rest(words, index + 1, 1) for index, word in enumerate(words))

    def _rest(self, words: Sequence[str], start: int, part: int) -> bool:
        if part == len(self.parts):
            return True
        gap, choice = self.parts[part]
        for index in range(start, min(len(words), start + gap + 1)):
            if choice.fits(words[index]) and self._rest(words, index + 1, part + 1):
                return True
        return False


_Entry = tuple[int, int, str, _Pattern]
"""Place of the rule, place in the rule, text, pattern."""


class _Rule(NamedTuple):
    kind: str
    certain: bool
    never: list[_Pattern]


class Finding(NamedTuple):
    """A danger that a rule found. `certain`: answer at once; otherwise ask the calm question. `pattern`: what fitted."""

    kind: str
    certain: bool
    pattern: str


class DangerRules:
    """The rules of content/words/danger.toml, in their order; the first certain one decides, then the first doubtful one."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        lists: Mapping[str, Sequence[str]] = table.get("lists", {})
        known: dict[str, _Choice] = {}
        self._rules = [
            _Rule(rule["kind"], bool(rule["certain"]), [_Pattern(text, lists, known) for text in rule.get("never", ())])
            for rule in table.get("rule", ())
        ]
        entries = [
            (order, place, text, _Pattern(text, lists, known))
            for order, rule in enumerate(table.get("rule", ()))
            for place, text in enumerate(rule["when"])
        ]
        # Every pattern is filed under its rarest part, so that a turn tries a handful of them.
        uses = Counter(word for entry in entries for choice in entry[3].plain() for word in choice.exact)
        self._by_word: dict[str, list[_Entry]] = {}
        self._anywhere: list[_Entry] = []
        for entry in entries:
            plain = entry[3].plain()
            if not plain:
                self._anywhere.append(entry)
                continue
            for word in min(plain, key=lambda choice: sum(uses[one] for one in choice.exact)).exact:
                self._by_word.setdefault(word, []).append(entry)
        self._only_asked = [_Pattern(text, lists, known) for text in table.get("exhausted", {}).get("when", ())]
        self._everywhere = [_Pattern(text, lists, known) for text in table.get("harmless", {}).get("never", ())]

    def only_asked(self, words: Sequence[str]) -> bool:
        """Whether the words are those of exhaustion: unless a certain rule fits, they get no more than the calm question."""
        spoken = _spoken(words)
        return any(pattern.find(spoken) for pattern in self._only_asked)

    def find(self, words: Sequence[str]) -> Finding | None:
        """The danger that the words name plainly, or None."""
        spoken = _spoken(words)
        candidates = {entry[:2]: entry for word in spoken.distinct for entry in self._by_word.get(word, ())}
        candidates.update((entry[:2], entry) for entry in self._anywhere)
        doubtful: Finding | None = None
        refused: set[int] = set()
        for order, _, text, pattern in sorted(candidates.values(), key=lambda entry: entry[:2]):
            rule = self._rules[order]
            if order in refused or (doubtful is not None and not rule.certain) or not pattern.find(spoken):
                continue
            if any(never.find(spoken) for never in rule.never):
                refused.add(order)
                continue
            if any(never.find(spoken) for never in self._everywhere):
                return None
            if rule.certain:
                return Finding(rule.kind, True, text)
            doubtful = Finding(rule.kind, False, text)
        return doubtful
