"""The card with help contacts: offered, sent after a yes or on direct request, and careful where the app may be seen by others."""

from __future__ import annotations

from skill.conversation.reply import Outcome
from skill.conversation.scene import Scene, Turned
from skill.conversation.state import Pending, Question

GENERAL_CARD = "algemeen"
CONTACT_SECTION = "hulp-en-advies"


def request_card(scene: Scene, about: str | None = None) -> Turned:
    """A yes to the offer or a direct request. After violence first the question who else sees the app; to a child never a card."""
    danger = scene.content.dangers.get(scene.state.alarm or "")
    cared = scene.content.dangers.get(scene.state.care or "", danger)
    if danger is not None and cared is not None and cared.screen == "never":
        keys = (scene.pick("card_refused_for_child"), danger.number or danger.text)
        return scene.say(Outcome.CRISIS, keys, remember=True, danger=danger.kind)
    if danger is not None and cared is not None and cared.screen == "ask":
        return scene.say(Outcome.CONTROL, (scene.pick("screen_lead"),), Question(Pending.SCREEN, danger=danger.kind))
    if danger is not None and danger.card is not None:
        return send(scene, danger.card)
    section = scene.content.sections.get(about or scene.state.section or "")
    return send(scene, section.card if section else GENERAL_CARD)


def send(scene: Scene, card: str) -> Turned:
    """Send the card, say so, say whom to call first, and end."""
    keys = (scene.pick("card_sent"), scene.content.cards[card].sent)
    sent = scene.having(card_sent=True, misses=0)
    return sent.say(Outcome.CONTACT, keys, remember=True, card=card, section=CONTACT_SECTION)


def leave_unsent(scene: Scene, kind: str) -> Turned:
    """Somebody else sees the app: nothing is sent, and the number is said instead."""
    danger = scene.content.dangers[kind]
    keys = (scene.pick("card_not_sent"), danger.number or danger.text)
    return scene.say(Outcome.CRISIS, keys, remember=True, danger=kind)
