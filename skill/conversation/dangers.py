"""Danger comes before everything: the answer of its kind, the calm question in doubt, and what follows them."""

from __future__ import annotations

from skill.conversation import endings
from skill.conversation.reply import Outcome
from skill.conversation.scene import Scene, Turned
from skill.conversation.state import Pending, Question
from skill.conversation.tips import tell


def alarm(scene: Scene, kind: str) -> Turned:
    """The answer to a kind of danger. Life in danger ends the session: an open microphone would talk through the call."""
    danger = scene.content.dangers[kind]
    question = None if danger.ends else Question(Pending.NUMBER, danger=kind)
    alarmed = scene.having(alarm=kind, care=_most_careful(scene, kind), misses=0)
    return alarmed.say(Outcome.CRISIS, (danger.text,), question, remember=True, danger=kind)


def ask_calmly(scene: Scene, kind: str, section: str | None) -> Turned:
    """In doubt: one calm question. It keeps the suspected kind, and the section that a "nee" is answered with."""
    question = Question(Pending.DANGER, section=section, danger=kind)
    return scene.having(misses=0).say(Outcome.SAFETY_CHECK, (scene.pick("danger_lead"),), question, danger=kind)


def no_danger(scene: Scene, section: str | None) -> Turned:
    """There is no danger now: the tip with a line to people who help, or that line alone."""
    line = scene.pick("help_line")
    if section is None:
        return scene.say(Outcome.HELP, (line,), Question(Pending.OPEN))
    names_helpers_itself = scene.content.sections[section].kind in {"worry", "contact"}
    return tell(scene, section, after=() if names_helpers_itself else (line,))


def say_number(scene: Scene, kind: str) -> Turned:
    """The number once more, then the card where one may be sent."""
    danger = scene.content.dangers[kind]
    return _then_card(scene, kind, (danger.number or danger.text,))


def skip_number(scene: Scene, kind: str) -> Turned:
    """The number was understood: on to the card where one may be sent, otherwise a kind end."""
    asked = _then_card(scene, kind, (scene.pick("all_right"),))
    return asked if asked.reply.stays_open else endings.kind_end(scene)


def _most_careful(scene: Scene, kind: str) -> str:
    """Of this danger and the earlier ones the kind that asks for most care; naming another does not end the first."""
    earlier = scene.content.dangers.get(scene.state.care or "")
    steps = ("free", "ask", "never")
    if earlier is not None and steps.index(earlier.screen) >= steps.index(scene.content.dangers[kind].screen):
        return earlier.kind
    return kind


def _then_card(scene: Scene, kind: str, keys: tuple[str, ...]) -> Turned:
    danger = scene.content.dangers[kind]
    for_child = scene.content.dangers[scene.state.care or kind].screen == "never"
    offer = danger.card is not None and not scene.state.card_sent and not for_child
    question = Question(Pending.CARD, danger=kind) if offer else None
    after = scene.having(card_offered=scene.state.card_offered or offer)
    return after.say(Outcome.CRISIS, keys, question, remember=danger.number in keys, danger=kind)
