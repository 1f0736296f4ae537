"""One turn: what was understood goes in, the reply and the next state come out. The order of the rules is the order of care."""

from __future__ import annotations

from itertools import islice

from skill.content.library import Content
from skill.conversation import answers, dangers, misses, tips
from skill.conversation.controls import CONTROLS
from skill.conversation.questions import FREE_WORDS
from skill.conversation.reply import Outcome
from skill.conversation.scene import Scene, Turned
from skill.conversation.state import Pending, Question, State
from skill.understanding import Understanding

# To these a yes or a no counts, whatever is said after it.
_ANSWERED_FIRST = misses.WEIGHTY | {Pending.CARD}


def launch(content: Content) -> Turned:
    """The session opens: who speaks, on whose information, an example, and the open question."""
    return Scene(content, State()).say(Outcome.CONTROL, ("welcome.1",), Question(Pending.OPEN))


def respond(heard: Understanding, state: State, content: Content) -> Turned:
    """What to say to what was understood. Danger first, then words that steer, then the topic."""
    if heard.age_months is not None:
        state = state.with_(age_months=heard.age_months)
    scene = Scene(content, state)
    if heard.danger is not None:
        return _danger(scene, heard)
    if heard.control is not None and heard.control in CONTROLS:
        return CONTROLS[heard.control](scene)
    if heard.lead is not None and _answers(scene, heard):
        return answers.yes(scene) if heard.lead == "yes" else answers.no(scene)
    if heard.named is not None:
        return tips.tell(scene, heard.named)
    question = state.pending
    weighty = question is not None and question.kind in misses.WEIGHTY
    if weighty and (heard.remark is not None or heard.verdict == "out_of_scope"):
        return misses.not_understood(scene, ())
    if heard.remark is not None:
        return misses.remark(scene, heard.remark)
    return _by_verdict(scene, heard)


def _danger(scene: Scene, heard: Understanding) -> Turned:
    """A plain danger is answered at once; a doubtful one is asked about, and counts as yes when that was the question."""
    kind = str(heard.danger)
    question = scene.state.pending
    asked = question is not None and question.kind is Pending.DANGER
    if heard.danger_certain:
        return dangers.alarm(scene, kind)
    if asked and question is not None:
        return dangers.no_danger(scene, question.section) if heard.lead == "no" else dangers.alarm(scene, kind)
    best = heard.ranking[0][0] if heard.verdict == "tip" and heard.ranking else None
    return dangers.ask_calmly(scene, kind, best)


def _answers(scene: Scene, heard: Understanding) -> bool:
    """True when "ja, ..." or "nee, ..." answers the pending question, rather than opening a new one."""
    question = scene.state.pending
    if question is None:
        return False
    if question.kind in _ANSWERED_FIRST:
        return True
    if question.kind in FREE_WORDS:
        return heard.named is None and heard.verdict == "not_understood"
    return heard.named is None and heard.verdict != "tip"


def _by_verdict(scene: Scene, heard: Understanding) -> Turned:
    sections = list(islice((section for section, _ in heard.ranking if section in scene.content.sections), 2))
    match heard.verdict:
        case "tip" if sections:
            return tips.tell(scene, sections[0])
        case "choice" if len(sections) > 1:
            return misses.offer_choice(scene, sections)
        case "out_of_scope":
            return misses.out_of_scope(scene, sections[0] if sections and heard.confidence == "low" else None)
        case _:
            return misses.not_understood(scene, sections if heard.has_words else ())
