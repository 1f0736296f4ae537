"""Words that steer the conversation, by their name in `controls.toml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from skill.conversation import answers, cards, dangers, endings, tips
from skill.conversation.reply import Outcome
from skill.conversation.scene import Scene, Turned
from skill.conversation.state import Pending, Question, State

LIFE_IN_DANGER = "levensgevaar"

_HELP_FAMILY = {
    Pending.OPEN: "help_open",
    Pending.ELSE: "help_open",
    Pending.TOPICS: "help_open",
    Pending.INSTEAD: "help_yes_no",
    Pending.MORE: "help_yes_no",
    Pending.NEIGHBOUR: "help_yes_no",
    Pending.CONFIRM: "help_yes_no",
    Pending.NUMBER: "help_number",
    Pending.CHOICE: "help_choice",
    Pending.CARD: "help_card",
    Pending.SCREEN: "help_screen",
    Pending.DANGER: "help_danger",
}


def help_with(scene: Scene) -> Turned:
    """Help knows the pending question, says what the tips are not, names people who help, and asks the question again.

    After a danger the number stands in place of the rest, and the calm question is kept short.
    """
    question = scene.state.pending or Question(Pending.OPEN)
    danger = scene.content.dangers.get(scene.state.alarm or "")
    lead = scene.pick(_HELP_FAMILY[question.kind])
    if question.kind is Pending.DANGER:
        return scene.say(Outcome.HELP, (lead,), question, danger=question.danger)
    if danger is not None:
        # A choice names its own two answers; with all three the longest number would be more than a breath or two.
        leads = () if question.kind is Pending.CHOICE else (lead,)
        return scene.say(Outcome.HELP, (*leads, danger.number or danger.text), question, danger=danger.kind)
    return scene.say(Outcome.HELP, (lead, scene.pick("help_people")), question)


def repeat(scene: Scene) -> Turned:
    """The last content again, not the last prompt, and the pending question with it."""
    keys = scene.state.last or (scene.pick("nothing_to_repeat"),)
    question = scene.state.pending or (None if _over(scene) else Question(Pending.OPEN))
    return scene.say(Outcome.CONTROL, keys, question, section=scene.state.section, danger=_danger_of(scene))


def set_pace(scene: Scene, *, slow: bool) -> Turned:
    """Slower or back to normal, and the last content once more at that pace."""
    lead = scene.pick("slower" if slow else "faster")
    question = scene.state.pending or Question(Pending.OPEN)
    paced = scene.having(slow=slow)
    return paced.say(
        Outcome.CONTROL, (lead, *scene.state.last), question, section=scene.state.section, danger=_danger_of(scene)
    )


def start_over(scene: Scene) -> Turned:
    """Everything said is forgotten, but a danger that was heard: its care about the card stays."""
    fresh = scene._replace(state=State(turns=scene.state.turns, alarm=scene.state.alarm, care=scene.state.care))
    return fresh.say(Outcome.CONTROL, (scene.pick("welcome_again"),), Question(Pending.OPEN))


def cannot_call(scene: Scene) -> Turned:
    """A skill cannot call: it says so, and which number to dial."""
    return scene.say(Outcome.CONTROL, (scene.pick("cannot_call"),), Question(Pending.ELSE), remember=True)


def more(scene: Scene) -> Turned:
    """What "meer" asks: after a list of topics the next three, otherwise the next piece."""
    question = scene.state.pending
    if question is not None and question.kind is Pending.TOPICS:
        return tips.list_topics(scene, question.page + 1)
    return tips.tell_more(scene)


def next_topic(scene: Scene) -> Turned:
    """What "volgende" asks: after a list of topics the next three, otherwise the next topic of the page."""
    question = scene.state.pending
    if question is not None and question.kind is Pending.TOPICS:
        return tips.list_topics(scene, question.page + 1)
    return tips.step(scene, 1)


def previous_topic(scene: Scene) -> Turned:
    """What "vorige" asks: after a list of topics the three before, otherwise the previous topic of the page."""
    question = scene.state.pending
    if question is not None and question.kind is Pending.TOPICS:
        return tips.list_topics(scene, question.page - 1)
    return tips.step(scene, -1)


def _over(scene: Scene) -> bool:
    """True when life is in danger: no question is asked then, also after "herhaal"."""
    danger = scene.content.dangers.get(scene.state.alarm or "")
    return danger is not None and danger.ends and scene.state.last == (danger.text,)


def _danger_of(scene: Scene) -> str | None:
    """The danger that the last content was about."""
    danger = scene.content.dangers.get(scene.state.alarm or "")
    return danger.kind if danger is not None and {danger.text, danger.number} & set(scene.state.last) else None


CONTROLS: Mapping[str, Callable[[Scene], Turned]] = {
    "yes": answers.yes,
    "no": answers.no,
    "later": answers.later,
    "first": lambda scene: answers.choose(scene, 0),
    "second": lambda scene: answers.choose(scene, 1),
    "neither": answers.neither,
    "stop": endings.stop,
    "cancel": endings.stop,
    "home": endings.stop,
    "thanks": endings.thanked,
    "wait": endings.wait,
    "help": help_with,
    "repeat": repeat,
    "slower": lambda scene: set_pace(scene, slow=True),
    "faster": lambda scene: set_pace(scene, slow=False),
    "more": more,
    "next": next_topic,
    "previous": previous_topic,
    "start_over": start_over,
    "topics": lambda scene: tips.list_topics(scene, scene.state.page),
    "surprise": tips.surprise,
    "source": tips.tell_source,
    "card": cards.request_card,
    "call_doctor": cannot_call,
    "emergency": lambda scene: dangers.alarm(scene, LIFE_IN_DANGER),
}
