"""Telling a section of the page: its pieces, the remark about age, and the question that fits after it."""

from __future__ import annotations

from skill.content.library import Section
from skill.conversation.reply import Outcome
from skill.conversation.scene import Scene, Turned
from skill.conversation.state import Pending, Question, State

# Our own choice, the page gives no ages: up to and including three years is young, from ten years is older.
YOUNG_BELOW_MONTHS = 4 * 12
OLDER_FROM_MONTHS = 10 * 12


def age_remark(section: Section, state: State) -> str | None:
    """The prompt family to say when the child's age does not fit the section, or None."""
    age = state.age_months
    if age is None:
        return None
    if section.audience == "young" and age >= OLDER_FROM_MONTHS:
        return "age_tip_for_young"
    if section.audience == "older" and age < YOUNG_BELOW_MONTHS:
        return "age_tip_for_older"
    return None


def tell(
    scene: Scene, section_id: str, piece: int = 0, *, before: tuple[str, ...] = (), after: tuple[str, ...] = ()
) -> Turned:
    """Say a piece of a section (0 is the answer itself), with keys before and after it, and the question that fits."""
    section = scene.content.sections[section_id]
    if section.kind == "source":
        return tell_source(scene)
    scene = scene._replace(state=scene.state.with_(section=section_id, piece=piece, misses=0).having_heard(section_id))
    remark = age_remark(section, scene.state) if piece == 0 else None
    keys = (*before, section.pieces[piece], *([scene.pick(remark)] if remark else []), *after)
    question = _after(scene, section, piece, older_or_younger=remark is not None)
    if question.kind is Pending.CARD:
        scene = scene.having(card_offered=True)
    outcome = Outcome.CONTACT if section.kind == "contact" else Outcome.TIP
    return scene.say(outcome, keys, question, remember=True, section=section_id)


def _after(scene: Scene, section: Section, piece: int, *, older_or_younger: bool) -> Question:
    """A worry offers the card; another tip first offers more, and the card at its natural end, once a session."""
    if section.kind in {"worry", "contact"} and not scene.state.card_sent:
        return Question(Pending.CARD, section=section.id)
    if older_or_younger and section.other_age:
        return Question(Pending.NEIGHBOUR, section=section.other_age)
    if piece + 1 < len(section.pieces):
        return Question(Pending.MORE, section=section.id)
    if len(section.pieces) == 1 and section.neighbour not in scene.state.heard:
        return Question(Pending.NEIGHBOUR, section=section.neighbour)
    return natural_end(scene, section.id)


def natural_end(scene: Scene, section_id: str | None) -> Question:
    """The question where a subject ends: the card if it was not offered yet, otherwise whether there is anything else."""
    if scene.state.card_offered or scene.state.card_sent:
        return Question(Pending.ELSE)
    return Question(Pending.CARD, section=section_id)


def tell_more(scene: Scene) -> Turned:
    """The next piece of the section that was told last; without one, an honest word and the question that fits."""
    told = scene.content.sections.get(scene.state.section or "")
    if told is None or told.kind == "source":
        return list_topics(scene, scene.state.page)
    if scene.state.piece + 1 < len(told.pieces):
        return tell(scene, told.id, scene.state.piece + 1)
    question = natural_end(scene, told.id)
    after = scene.having(card_offered=True) if question.kind is Pending.CARD else scene
    return after.say(Outcome.CONTROL, (scene.pick("no_more"),), question, section=told.id)


def tell_source(scene: Scene) -> Turned:
    """Where the tips come from, with the date on which the page was checked."""
    keys = (*scene.content.sections["bron"].pieces, "source.checked")
    heard = scene._replace(state=scene.state.with_(misses=0).having_heard("bron"))
    return heard.say(Outcome.SOURCE, keys, Question(Pending.ELSE), remember=True, section="bron")


def step(scene: Scene, direction: int) -> Turned:
    """The next (1) or previous (-1) topic in the order of the page."""
    topics = [section.id for section in scene.content.sections.values() if section.kind in {"tip", "worry"}]
    if scene.state.section not in topics:
        return tell(scene, topics[0] if direction > 0 else topics[-1])
    position = topics.index(scene.state.section) + direction
    if 0 <= position < len(topics):
        return tell(scene, topics[position])
    family = "no_next" if direction > 0 else "no_previous"
    return scene.say(Outcome.CONTROL, (scene.pick(family),), Question(Pending.ELSE))


def surprise(scene: Scene) -> Turned:
    """A tip that was not yet heard in this conversation; the counter, not chance, says which."""
    unheard = [section.id for section in scene.content.tips() if section.id not in scene.state.heard]
    if not unheard:
        return scene.say(Outcome.CONTROL, (scene.pick("all_heard"),), Question(Pending.ELSE))
    return tell(scene, unheard[scene.state.turns % len(unheard)], before=(scene.pick("surprise"),))


def list_topics(scene: Scene, page: int, before: tuple[str, ...] = ()) -> Turned:
    """Three topics that can be asked; the next time the three after them."""
    pages = len(scene.content.topic_pages)
    page %= pages
    keys = (*before, f"topics_{page + 1}.1")
    after = scene.having(page=(page + 1) % pages, misses=0)
    return after.say(Outcome.HELP, keys, Question(Pending.TOPICS, page=page), remember=True)
