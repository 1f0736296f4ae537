"""What was not understood, or is not on the page: admitted at once, never answered with a wrong tip, never a dead end."""

from __future__ import annotations

from collections.abc import Sequence

from skill.conversation.reply import Outcome
from skill.conversation.scene import Scene, Turned
from skill.conversation.state import Pending, Question
from skill.conversation.tips import OLDER_FROM_MONTHS

FIRST, SECOND = 1, 2

# Pending questions whose answer matters too much to be talked over with another subject.
WEIGHTY = frozenset({Pending.DANGER, Pending.NUMBER, Pending.SCREEN})
# Only after these does an example of a question help; beside a yes-no question it would be a second one.
_OPEN = frozenset({Pending.OPEN, Pending.ELSE, Pending.TOPICS})


def not_understood(scene: Scene, nearest: Sequence[str]) -> Turned:
    """Three steps: a short re-ask, then the two nearest topics, then a kind end with where to find help."""
    misses = scene.state.misses + 1
    missed = scene.having(misses=misses)
    question = scene.state.pending or Question(Pending.OPEN)
    if misses == FIRST:
        keys = (scene.pick("miss_first" if question.kind in _OPEN else "miss_first_careful"),)
        return missed.say(Outcome.NOT_UNDERSTOOD, keys, question, danger=question.danger)
    if misses == SECOND and question.kind in WEIGHTY:
        return missed.say(Outcome.NOT_UNDERSTOOD, (scene.pick("help_danger"),), question, danger=question.danger)
    if misses == SECOND:
        return offer_choice(missed, nearest, Outcome.NOT_UNDERSTOOD, "miss_second")
    return missed.say(Outcome.NOT_UNDERSTOOD, (scene.pick("miss_third"),))


def offer_choice(
    scene: Scene, nearest: Sequence[str], outcome: Outcome = Outcome.CHOICE, lead: str = "choice_lead"
) -> Turned:
    """Two topics to choose from: the two nearest to the words, or the two most asked where there are none."""
    first, second = (tuple(nearest) if len(nearest) >= SECOND else scene.content.most_asked)[:2]
    question = Question(Pending.CHOICE, section=first, other=second)
    return scene.say(outcome, (scene.pick(lead),), question, choices=(first, second))


def out_of_scope(scene: Scene, nearest: str | None = None) -> Turned:
    """Not on the page: said so, with where such a question can go, and an offer of what is there: in doubt the section nearest to it."""
    age = scene.state.age_months
    family = "out_of_scope_older" if age is not None and age >= OLDER_FROM_MONTHS else "out_of_scope"
    question = Question(Pending.NEIGHBOUR, section=nearest) if nearest else Question(Pending.INSTEAD)
    return scene.having(misses=0).say(Outcome.OUT_OF_SCOPE, (scene.pick(family),), question)


def remark(scene: Scene, kind: str) -> Turned:
    """Another language, an insult, a child playing at the microphone: one calm sentence, and the pending question stays."""
    family = {"foreign": "speaks_dutch", "rude": "rude", "child": "for_parents"}[kind]
    question = scene.state.pending or Question(Pending.OPEN)
    return scene.say(Outcome.NOT_UNDERSTOOD, (scene.pick(family),), question)
