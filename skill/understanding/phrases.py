"""Controls, a leading yes or no, and topic names: words that answer a question rather than ask one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

LONGEST_ANSWER = 14
"""An utterance of more words than this is never a control or a bare topic name."""


class Answer(NamedTuple):
    """What the wrapping of an utterance says. `rest`: the words that are left to judge."""

    control: str | None
    lead: str | None
    named: str | None
    rest: list[str]


class PhraseReader:
    """Reads answers by the content's controls, fillers and names (spoken forms, as `text.words_of` gives them)."""

    def __init__(
        self, controls: Mapping[str, str], fillers: Iterable[str], names: Mapping[str, str], talk: Mapping[str, Any]
    ) -> None:
        self._controls = {_plain(phrase.split()): name for phrase, name in controls.items()}
        self._longest = max((len(phrase) for phrase in self._controls), default=0)
        self._fillers = frozenset(filler for filler in fillers if " " not in filler)
        self._steering = self._fillers.union(*(phrase.split() for phrase in self._controls))
        self._names = {_plain(name.split()): section for name, section in names.items()}
        lead, carrier = talk.get("lead", {}), talk.get("carrier", {})
        self._lead = {word: answer for answer in ("yes", "no") for word in lead.get(answer, ())}
        self._lead_after = _by_word(lead.get("after", ()), 0)
        self._before = _by_word(carrier.get("before", ()), 0)
        self._after = _by_word(carrier.get("after", ()), -1)

    def read(self, words: list[str]) -> Answer:
        """Judge the wrapping of an utterance; `rest` is everything when there is none."""
        if len(words) > LONGEST_ANSWER:
            lead, rest = self._split_lead(words)
            return Answer(None, lead, None, rest)
        named = self._names.get(_plain(words))
        control = None if named else self._control(words)
        if control or named:
            return Answer(control, None, named, words)
        lead, rest = self._split_lead(words)
        return Answer(None, lead, self._named(rest), rest)

    def _control(self, words: list[str]) -> str | None:
        exact = self._controls.get(_plain(words))
        if exact:
            return exact
        bare = [word for word in words if word not in self._fillers]
        exact = self._controls.get(_plain(bare))
        if exact or not bare:
            return exact
        parts = self._segments(words) or self._segments(bare)
        return _joined(parts) if parts else None

    def _segments(self, words: list[str]) -> list[str] | None:
        """The controls that make up all the words, fillers between them allowed; None when some word belongs to none."""
        if any(word not in self._steering and _plain((word,)) not in self._steering for word in words):
            return None
        best: list[list[str] | None] = [[]] + [None] * len(words)
        for start in range(len(words)):
            so_far = best[start]
            if so_far is None:
                continue
            if words[start] in self._fillers and best[start + 1] is None:
                best[start + 1] = so_far
            for end in range(min(len(words), start + self._longest), start, -1):
                name = self._controls.get(_plain(words[start:end]))
                known = best[end]
                if name and (known is None or len(known) > len(so_far) + 1):
                    best[end] = [*so_far, name]
        return best[-1]

    def _split_lead(self, words: list[str]) -> tuple[str | None, list[str]]:
        index = 0
        while index < len(words) and words[index] in self._fillers and words[index] not in self._lead:
            index += 1
        if index >= len(words) or words[index] not in self._lead:
            return None, words
        lead = self._lead[words[index]]
        rest = words[index + 1 :]
        while rest and self._lead.get(rest[0]) == lead:
            rest = rest[1:]
        rest = _strip_start(rest, self._lead_after)
        return (lead, rest) if rest else (lead, words)

    def _named(self, words: list[str]) -> str | None:
        """The section whose spoken name is all that is left when carriers are stripped."""
        rest = words
        while rest:
            found = self._names.get(_plain(rest))
            if found:
                return found
            shorter = _strip_end(rest, self._after)
            while shorter and len(shorter) < len(rest):
                found = self._names.get(_plain(shorter))
                if found:
                    return found
                shorter_still = _strip_end(shorter, self._after)
                if len(shorter_still) == len(shorter):
                    break
                shorter = shorter_still
            stripped = _strip_start(rest, self._before, once=True)
            if len(stripped) == len(rest) and rest[0] in self._fillers:
                stripped = rest[1:]
            if len(stripped) == len(rest):
                return None
            rest = stripped
        return None


def _joined(parts: list[str]) -> str | None:
    """One control for a row of them: the same throughout; yes or no with thanks; or the one beside yes, no and thanks."""
    distinct = list(dict.fromkeys(parts))
    if len(distinct) == 1:
        return distinct[0]
    special = [name for name in distinct if name not in ("yes", "no", "thanks")]
    if not special:
        return next(name for name in distinct if name != "thanks")
    return special[0] if len(special) == 1 else None


def _plain(words: Iterable[str]) -> str:
    return " ".join(words).replace("é", "e").replace("ë", "e").replace("ó", "o").replace("á", "a")


_Phrases = Mapping[str, list[list[str]]]


def _by_word(phrases: Iterable[str], place: int) -> _Phrases:
    """Phrases as words under their first (place 0) or last (place -1), the longest first."""
    found: dict[str, list[list[str]]] = {}
    for phrase in sorted((phrase.split() for phrase in phrases), key=len, reverse=True):
        found.setdefault(phrase[place], []).append(phrase)
    return found


def _strip_start(words: list[str], phrases: _Phrases, once: bool = False) -> list[str]:
    while words:
        for phrase in phrases.get(words[0], ()):
            if words[: len(phrase)] == phrase:
                words = words[len(phrase) :]
                break
        else:
            return words
        if once:
            return words
    return words


def _strip_end(words: list[str], phrases: _Phrases) -> list[str]:
    for phrase in phrases.get(words[-1], ()) if words else ():
        if len(words) > len(phrase) and words[-len(phrase) :] == phrase:
            return words[: -len(phrase)]
    return words
