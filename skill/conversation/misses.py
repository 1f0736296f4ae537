"""What was not understood, or is not on the page: admitted at once, never answered with a wrong tip, never a dead end."""

from __future__ import annotations

from collections.abc import Sequence

from skill.conversation.reply import Outcome
from skill.conversation.scene import Scene, Turned
from skill.conversation.state import Pending, Question

FIRST, SECOND = 1, 2

# Pending questions whose answer matters too much to be talked over with an example of another question.
_KEPT_WITH_CARE = frozenset({Pending.DANGER, Pending.NUMBER, Pending.SCREEN})


def not_understood(scene: Scene, nearest: Sequence[str]) -> Turned:
    """Three steps: a short re-ask, then the two nearest topics, then a kind end with where to find help."""
    misses = scene.state.misses + 1
    missed = scene.having(misses=misses)
    question = scene.state.pending or Question(Pending.OPEN)
    if misses == FIRST:
        careful = question.kind in _KEPT_WITH_CARE
        keys = (scene.pick("miss_first_careful" if careful else "miss_first"),)
        return missed.say(Outcome.NOT_UNDERSTOOD, keys, question, danger=question.danger if careful else None)
    if misses == SECOND and question.kind in _KEPT_WITH_CARE:
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


def out_of_scope(scene: Scene) -> Turned:
    """Not on the page: said so, with where such a question can go, and an offer of what is there."""
    return scene.having(misses=0).say(Outcome.OUT_OF_SCOPE, (scene.pick("out_of_scope"),), Question(Pending.INSTEAD))


def remark(scene: Scene, kind: str) -> Turned:
    """Another language, an insult, a child playing at the microphone: one calm sentence, and the pending question stays."""
    family = {"foreign": "speaks_dutch", "rude": "rude", "child": "for_parents"}[kind]
    question = scene.state.pending or Question(Pending.OPEN)
    return scene.say(Outcome.NOT_UNDERSTOOD, (scene.pick(family),), question)
