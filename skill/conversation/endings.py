"""The ways a conversation ends; each is a whole sentence without a question. After a danger the number is the last word."""

from __future__ import annotations

from skill.conversation.reply import Outcome
from skill.conversation.scene import Scene, Turned


def kind_end(scene: Scene) -> Turned:
    """After a "nee" to the last question."""
    return _end(scene, "end")


def thanked(scene: Scene) -> Turned:
    """After "dank je wel", "doei" or "dat was het"."""
    return _end(scene, "end_thanks")


def card_later(scene: Scene) -> Turned:
    """The card was not wanted now: how to ask for it."""
    return _end(scene, "end_card_later")


def stop(scene: Scene) -> Turned:
    """Stop and cancel end at once."""
    return scene.say(Outcome.CONTROL, (scene.pick("end_stop"),))


def wait(scene: Scene) -> Turned:
    """After "wacht even": a skill cannot wait longer than eight seconds, so it says how to come back."""
    return scene.say(Outcome.CONTROL, (scene.pick("end_wait"),))


def _end(scene: Scene, family: str) -> Turned:
    danger = scene.content.dangers.get(scene.state.alarm or "")
    if danger is None:
        return scene.say(Outcome.CONTROL, (scene.pick(family),))
    return scene.say(Outcome.CRISIS, (scene.pick("end_alarm"), danger.number or danger.text), danger=danger.kind)
