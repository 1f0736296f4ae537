"""What is remembered between the turns of one session, and nothing longer: no words, only ids, counts and the pending question.

The state travels in the session attributes, which come back from outside; so reading it trusts nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from skill.content.library import Content

VERSION = 1
MOST_TURNS = 1_000_000  # a counter that was tampered with does not grow the response


class Pending(StrEnum):
    """The kinds of question that can be waiting for an answer."""

    OPEN = "open"  # where does your question go about?
    ELSE = "else"  # anything else you want to know?
    INSTEAD = "instead"  # not on the page: shall I say what is?
    TOPICS = "topics"  # which of these three?
    MORE = "more"  # the next piece of the section
    NEIGHBOUR = "neighbour"  # another section
    CHOICE = "choice"  # this section or that one?
    CONFIRM = "confirm"  # do you mean this section?
    CARD = "card"  # shall I send the card?
    DANGER = "danger"  # the calm question
    NUMBER = "number"  # shall I say the number again?
    SCREEN = "screen"  # does anybody else see the app?


@dataclass(frozen=True, slots=True)
class Question:
    """A pending question with its subject.

    `section`: offered or in doubt; `other`: the second of a choice; `danger`: kind of danger; `page`: page of topics.
    """

    kind: Pending
    section: str | None = None
    other: str | None = None
    danger: str | None = None
    page: int = 0

    def to_attributes(self) -> dict[str, Any]:
        """The question as session attributes, without what is empty."""
        asked = {"kind": self.kind.value, "section": self.section, "other": self.other, "danger": self.danger}
        return {name: value for name, value in asked.items() if value is not None} | (
            {"page": self.page} if self.page else {}
        )


@dataclass(frozen=True, slots=True)
class State:
    """The session's memory.

    `last`: content keys of the last content said, for "herhaal". `turns` counts, to vary prompts. `alarm`: the last kind of danger
    that was answered; `care`: the kind of this session that asks for most care with card and screen, which a later one does not undo.
    """

    pending: Question | None = None
    section: str | None = None
    piece: int = 0
    heard: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    turns: int = 0
    misses: int = 0
    page: int = 0
    slow: bool = False
    card_offered: bool = False
    card_sent: bool = False
    age_months: int | None = None
    alarm: str | None = None
    care: str | None = None

    def with_(self, **changes: Any) -> State:
        """A copy with some fields changed."""
        return replace(self, **changes)

    def having_heard(self, section: str) -> State:
        """A copy that remembers that a section's answer was given."""
        return self if section in self.heard else replace(self, heard=(*self.heard, section))

    def to_attributes(self) -> dict[str, Any]:
        """Session attributes: only what differs from the start, so that a response stays small."""
        attributes: dict[str, Any] = {"v": VERSION}
        if self.pending is not None:
            attributes["pending"] = self.pending.to_attributes()
        for name in State.__slots__:
            value = getattr(self, name)
            if name != "pending" and value != getattr(_FRESH, name):
                attributes[name] = list(value) if isinstance(value, tuple) else value
        return attributes


_FRESH = State()


def _count(value: object, most: int = MOST_TURNS) -> int:
    return min(value, most) if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _known(value: object, known: Mapping[str, Any]) -> str | None:
    return value if isinstance(value, str) and value in known else None


def _known_list(value: object, known: Mapping[str, Any], most: int) -> tuple[str, ...]:
    items = value if isinstance(value, list) else []
    kept = dict.fromkeys(item for item in items if isinstance(item, str) and item in known)
    return tuple(kept)[:most]


def _read_question(value: object, content: Content) -> Question | None:
    if not isinstance(value, dict) or value.get("kind") not in [kind.value for kind in Pending]:
        return None
    question = Question(
        kind=Pending(value["kind"]),
        section=_known(value.get("section"), content.sections),
        other=_known(value.get("other"), content.sections),
        danger=_known(value.get("danger"), content.dangers),
        page=_count(value.get("page")) % len(content.topic_pages),
    )
    needs_section = question.kind in {Pending.MORE, Pending.NEIGHBOUR, Pending.CHOICE, Pending.CONFIRM}
    needs_other = question.kind is Pending.CHOICE
    needs_danger = question.kind in {Pending.DANGER, Pending.NUMBER, Pending.SCREEN}
    complete = (
        (question.section or not needs_section)
        and (question.other or not needs_other)
        and (question.danger or not needs_danger)
    )
    return question if complete else None


def read_state(attributes: object, content: Content) -> State:
    """The state in session attributes; what is unknown, of another version or tampered with falls back to a fresh start, field by field."""
    if not isinstance(attributes, dict) or attributes.get("v") != VERSION:
        return State()
    age = attributes.get("age_months")
    return State(
        pending=_read_question(attributes.get("pending"), content),
        section=_known(attributes.get("section"), content.sections),
        piece=_count(attributes.get("piece"), 9),
        heard=_known_list(attributes.get("heard"), content.sections, len(content.sections)),
        last=_known_list(attributes.get("last"), content.texts, 4),
        turns=_count(attributes.get("turns")),
        misses=_count(attributes.get("misses"), 3),
        page=_count(attributes.get("page")) % len(content.topic_pages),
        slow=attributes.get("slow") is True,
        card_offered=attributes.get("card_offered") is True,
        card_sent=attributes.get("card_sent") is True,
        age_months=_count(age, 1200) if isinstance(age, int) and not isinstance(age, bool) and age >= 0 else None,
        alarm=_known(attributes.get("alarm"), content.dangers),
        care=_known(attributes.get("care"), content.dangers),
    )
