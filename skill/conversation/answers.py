"""What "ja", "nee", "later", "de eerste" and "de tweede" mean: it depends on the pending question alone."""

from __future__ import annotations

from skill.conversation import cards, dangers, endings
from skill.conversation.reply import Outcome
from skill.conversation.scene import Scene, Turned
from skill.conversation.state import Pending, Question
from skill.conversation.tips import list_topics, natural_end, tell


def yes(scene: Scene) -> Turned:
    """Yes to the pending question; with nothing pending it asks back."""
    question = scene.state.pending
    if question is None:
        return ask_back(scene)
    match question.kind:
        case Pending.MORE:
            return tell(scene, str(question.section), _next_piece(scene, str(question.section)))
        case Pending.NEIGHBOUR | Pending.CONFIRM:
            return tell(scene, str(question.section))
        case Pending.CHOICE:
            return scene.say(
                Outcome.CHOICE, (scene.pick("choice_lead"),), Question(Pending.CONFIRM, section=question.section)
            )
        case Pending.CARD:
            return cards.request_card(scene, question.section)
        case Pending.DANGER:
            return dangers.alarm(scene, str(question.danger))
        case Pending.NUMBER:
            return dangers.say_number(scene, str(question.danger))
        case Pending.SCREEN:
            return cards.leave_unsent(scene, str(question.danger))
        case Pending.TOPICS:
            return list_topics(scene, question.page + 1)
        case Pending.INSTEAD:
            return list_topics(scene, 0)
        case Pending.OPEN | Pending.ELSE:
            return scene.say(Outcome.HELP, (scene.pick("open_examples"),), Question(Pending.OPEN))


def no(scene: Scene) -> Turned:
    """No to the pending question; with nothing pending it asks back."""
    question = scene.state.pending
    if question is None:
        return ask_back(scene)
    match question.kind:
        case Pending.MORE | Pending.NEIGHBOUR:
            return _card_or_end(scene)
        case Pending.CHOICE | Pending.CONFIRM:
            return list_topics(scene, 0, before=(scene.pick("choice_none"),))
        case Pending.CARD:
            return endings.card_later(scene)
        case Pending.DANGER:
            return dangers.no_danger(scene, question.section)
        case Pending.NUMBER:
            return dangers.skip_number(scene, str(question.danger))
        case Pending.SCREEN:
            return cards.send(scene, scene.content.dangers[str(question.danger)].card or cards.GENERAL_CARD)
        case Pending.TOPICS | Pending.INSTEAD | Pending.OPEN | Pending.ELSE:
            return endings.kind_end(scene)


def later(scene: Scene) -> Turned:
    """A "later" is a no; but to the calm question it is none, and to who sees the app it is no leave to send."""
    question = scene.state.pending
    if question is not None and question.kind is Pending.DANGER:
        return scene.say(Outcome.SAFETY_CHECK, (scene.pick("help_danger"),), question, danger=question.danger)
    if question is not None and question.kind is Pending.SCREEN:
        return cards.leave_unsent(scene, str(question.danger))
    return no(scene)


def choose(scene: Scene, position: int) -> Turned:
    """The first (0) or second (1) of what was just named; where nothing was named it asks back."""
    question = scene.state.pending
    if question is not None and question.kind is Pending.CHOICE:
        return tell(scene, str(question.section if position == 0 else question.other))
    if question is not None and question.kind is Pending.TOPICS:
        return tell(scene, scene.content.topic_pages[question.page][position])
    return ask_back(scene)


def neither(scene: Scene) -> Turned:
    """None of what was named."""
    question = scene.state.pending
    if question is not None and question.kind is Pending.TOPICS:
        return list_topics(scene, question.page + 1, before=(scene.pick("all_right"),))
    if question is None or question.kind not in {Pending.CHOICE, Pending.CONFIRM}:
        return ask_back(scene)
    return list_topics(scene, 0, before=(scene.pick("choice_none"),))


def ask_back(scene: Scene) -> Turned:
    """An answer where nothing was asked is never taken for an answer to something else."""
    return scene.say(Outcome.NOT_UNDERSTOOD, (scene.pick("ask_back"),), Question(Pending.OPEN))


def _next_piece(scene: Scene, section: str) -> int:
    last = len(scene.content.sections[section].pieces) - 1
    return min(scene.state.piece + 1, last) if scene.state.section == section else 0


def _card_or_end(scene: Scene) -> Turned:
    """After a no to more: the card if it was not offered yet, otherwise a kind end."""
    question = natural_end(scene, scene.state.section)
    if question.kind is not Pending.CARD:
        return endings.kind_end(scene)
    return scene.having(card_offered=True).say(Outcome.CONTROL, (scene.pick("all_right"),), question)
