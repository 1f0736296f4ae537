"""One turn in the making: the content, the state it started from, and the one way to make a reply with the state that follows it."""

from __future__ import annotations

from typing import NamedTuple

from skill.content.library import Content
from skill.conversation.questions import FREE_WORDS, ask
from skill.conversation.reply import MOST_CONTENT_KEYS, Outcome, Reply
from skill.conversation.state import Question, State


class Turned(NamedTuple):
    """What a turn came to: the reply and the state for the next turn."""

    reply: Reply
    state: State


class Scene(NamedTuple):
    """What a rule of the conversation needs to answer. Rules change the state with `having` and end with `say`."""

    content: Content
    state: State

    def having(self, **changes: object) -> Scene:
        """The same scene with a changed state."""
        return self._replace(state=self.state.with_(**changes))

    def pick(self, family: str) -> str:
        """The variant of a prompt that is due."""
        return self.content.variant(family, self.state.turns)

    def say(
        self,
        outcome: Outcome,
        keys: tuple[str, ...],
        question: Question | None = None,
        *,
        remember: bool = False,
        card: str | None = None,
        section: str | None = None,
        danger: str | None = None,
        choices: tuple[str, ...] = (),
    ) -> Turned:
        """Reply with content keys and at most one question; `remember` makes the keys what "herhaal" says again."""
        state = self.state.with_(pending=question, turns=self.state.turns + 1)
        if remember:
            state = state.with_(last=keys)
        reply = Reply(outcome, keys, card=card, section=section, danger=danger, choices=choices, slow=state.slow)
        if question is None:
            return Turned(reply, state)
        asked = ask(question, self.state, self.content)
        asking = reply._replace(
            content=(*keys, *asked.lead)[-MOST_CONTENT_KEYS:],
            question=asked.question,
            reprompt=asked.reprompt,
            elicit=question.kind in FREE_WORDS,
        )
        return Turned(asking, state)
