"""A reply: a list of content keys, never text. Text, SSML, clips, screen and card are all made from it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

MOST_CONTENT_KEYS = 4  # with the question five clips, which is what Alexa takes in one response


class Outcome(StrEnum):
    """What a turn came to; the word stands in logs and in the simulator's output."""

    TIP = "tip"
    CHOICE = "choice"
    CONTACT = "contact"
    SOURCE = "source"
    OUT_OF_SCOPE = "out_of_scope"
    NOT_UNDERSTOOD = "not_understood"
    CRISIS = "crisis"
    SAFETY_CHECK = "safety_check"
    HELP = "help"
    CONTROL = "control"


class Reply(NamedTuple):
    """What is said in one turn.

    `content`: one to four content keys. `question` and `reprompt`: keys, both or neither; without them the session ends.
    `card`: id of a card that is sent with this reply. `elicit`: the next words go to the slot `vraag`. `section`, `danger`
    and `choices` say what was understood, for logs and testers. `slow`: 600 ms between sentences.
    """

    outcome: Outcome
    content: tuple[str, ...]
    question: str | None = None
    reprompt: str | None = None
    card: str | None = None
    section: str | None = None
    danger: str | None = None
    choices: tuple[str, ...] = ()
    elicit: bool = False
    slow: bool = False

    @property
    def stays_open(self) -> bool:
        """True when the reply ends with a question, so that the session waits for an answer."""
        return self.question is not None

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys in the order in which they are said."""
        return self.content if self.question is None else (*self.content, self.question)
