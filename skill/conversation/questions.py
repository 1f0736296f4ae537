"""How a pending question is asked: the content keys before it, its own key, and the reprompt for eight seconds of silence."""

from __future__ import annotations

from typing import NamedTuple

from skill.content.library import Content
from skill.conversation.state import Pending, Question, State

# The questions whose answer is in free words: Alexa is told to elicit the slot, so that any words arrive.
FREE_WORDS = frozenset({Pending.OPEN, Pending.ELSE, Pending.INSTEAD, Pending.TOPICS, Pending.CHOICE})

_FAMILY = {
    Pending.OPEN: ("ask_open", "reprompt_open"),
    Pending.ELSE: ("ask_else", "reprompt_open"),
    Pending.INSTEAD: ("ask_instead", "reprompt_yes_no"),
    Pending.TOPICS: ("ask_topics", "reprompt_topics"),
    Pending.CARD: ("ask_card", "reprompt_yes_no"),
    Pending.DANGER: ("ask_danger", "reprompt_danger"),
    Pending.NUMBER: ("ask_number", "reprompt_yes_no"),
    Pending.SCREEN: ("ask_screen", "reprompt_yes_no"),
}


class Asked(NamedTuple):
    """Keys of an asked question: `lead` is said before it and belongs to it (the first half of a choice)."""

    lead: tuple[str, ...]
    question: str
    reprompt: str


def ask(question: Question, state: State, content: Content) -> Asked:
    """The keys that ask a question; variants turn with the state's counter."""
    if question.kind in _FAMILY:
        family, reprompt = _FAMILY[question.kind]
        return Asked((), content.variant(family, state.turns), content.variant(reprompt, state.turns))
    section = content.sections[str(question.section)]
    yes_no = content.variant("reprompt_yes_no", state.turns)
    match question.kind:
        case Pending.CHOICE:
            other = content.sections[str(question.other)]
            return Asked((section.choice_first,), other.choice_second, content.variant("reprompt_choice", state.turns))
        case Pending.CONFIRM:
            return Asked((), section.confirm, yes_no)
        case Pending.MORE:
            return Asked(
                (), section.follow_up if state.piece == 0 else content.variant("ask_more", state.turns), yes_no
            )
        case _:
            return Asked((), _offer(section.id, state, content), yes_no)


def _offer(offered: str, state: State, content: Content) -> str:
    """A section of one piece has a follow-up of its own, which offers its neighbour in words that fit."""
    told = content.sections.get(state.section or "")
    fits = told is not None and len(told.pieces) == 1 and told.neighbour == offered
    return told.follow_up if told is not None and fits else content.sections[offered].offer
