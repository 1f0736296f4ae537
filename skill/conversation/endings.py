"""The ways a conversation ends; each is a whole sentence without a question."""

from __future__ import annotations

from skill.conversation.reply import Outcome
from skill.conversation.scene import Scene, Turned


def kind_end(scene: Scene) -> Turned:
    """After a "nee" to the last question."""
    return scene.say(Outcome.CONTROL, (scene.pick("end"),))


def thanked(scene: Scene) -> Turned:
    """After "dank je wel", "doei" or "dat was het"."""
    return scene.say(Outcome.CONTROL, (scene.pick("end_thanks"),))


def stop(scene: Scene) -> Turned:
    """Stop and cancel end at once."""
    return scene.say(Outcome.CONTROL, (scene.pick("end_stop"),))


def wait(scene: Scene) -> Turned:
    """After "wacht even": a skill cannot wait longer than eight seconds, so it says how to come back."""
    return scene.say(Outcome.CONTROL, (scene.pick("end_wait"),))


def card_later(scene: Scene) -> Turned:
    """The card was not wanted now: how to ask for it."""
    return scene.say(Outcome.CONTROL, (scene.pick("end_card_later"),))
