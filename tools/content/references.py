"""Names that belong together: sections, kinds, cards and contacts that exist, and every table that the skill needs."""

from __future__ import annotations

import re
from collections.abc import Collection

from tools.content.compile import PAGE_ORDER
from tools.content.findings import Fault, Finding, Findings, Place
from tools.content.places import Places
from tools.content.sources import Sources

KINDS = ("tip", "worry", "contact", "source")
AUDIENCES = ("young", "older", "every")
SCREENS = ("free", "ask", "never")
DANGER_KINDS = (
    "levensgevaar",
    "letsel",
    "kwaad-doen",
    "angst-kwaad-doen",
    "verward",
    "zelfdoding",
    "geweld",
    "ander-kind",
    "kind-spreekt",
)
MOST_ASKED = 2  # what is offered where no words were understood

# What the code of `skill/` asks for by name; a test compares.
_FAMILIES = """
    welcome welcome_again ask_open ask_else ask_more ask_card ask_topics ask_number ask_screen ask_danger
    danger_lead screen_lead reprompt_open reprompt_yes_no reprompt_choice reprompt_topics reprompt_danger
    card_sent card_not_sent card_refused_for_child no_more no_previous no_next all_heard surprise slower faster
    nothing_to_repeat age_tip_for_young age_tip_for_older open_examples
    all_right choice_lead choice_none miss_first miss_first_careful miss_second miss_third ask_back speaks_dutch
    rude for_parents out_of_scope out_of_scope_older ask_instead help_open help_yes_no help_number help_choice
    help_card help_screen help_danger help_people help_line end end_thanks end_alarm end_stop end_card_later
    end_wait fault cannot_call
"""
_CONTROLS = """
    yes no later stop cancel home help repeat slower faster more next previous start_over topics surprise source
    card emergency call_doctor thanks wait first second neither
"""
_TOPICS = re.compile(r"topics_\d+")
FAMILIES, CONTROLS = tuple(_FAMILIES.split()), tuple(_CONTROLS.split())
WORDS = {
    "ages": ("number", "unit", "phase", "group", "signs", "not"),
    "concepts": ("concepts",),
    "danger": ("lists", "rule", "harmless", "exhausted"),
    "foreign": ("words", "shared", "dutch"),
    "manners": ("rude", "play", "child", "family", "noise"),
    "spelling": ("same",),
    "talk": ("lead", "carrier"),
}


def check_references(sources: Sources) -> Findings:
    """Sections, kinds and references are known, and nothing is missing that the skill asks for."""
    places = Places(sources.root)
    yield from _check_tips(sources, places)
    yield from _check_dangers(sources, places)
    pages = sum(bool(_TOPICS.fullmatch(name)) for name in sources.prompts)
    topics = [f"topics_{number}" for number in range(1, max(1, pages) + 1)]  # read one after another
    yield from _check_tables("prompts.toml", sources.prompts, (*FAMILIES, *topics), places)
    yield from _check_tables("controls.toml", sources.controls, CONTROLS, places)
    yield from _check_words(sources)
    if not sources.fillers:
        yield Finding(Fault.TABLE_MISSING, Place("controls.toml"), {"table": "fillers"})
    asked = places.of("prompts.toml", "", "most_asked")
    for name in sources.most_asked:
        yield from _one_of(asked, "most_asked", name, sources.tips)
    if len(sources.most_asked) < MOST_ASKED:
        yield Finding(Fault.FEW_MOST_ASKED, asked, {"count": len(sources.most_asked), "limit": MOST_ASKED})
    for family, prompt in sources.prompts.items():
        if family in topics and not prompt.sections:
            yield Finding(Fault.EMPTY_FIELD, places.of("prompts.toml", family, "sections"), {"field": "sections"})
        for name in prompt.sections:
            yield from _one_of(places.of("prompts.toml", family, "sections"), "sections", name, sources.tips)
    for name, card in sources.cards.items():
        where = places.of("cards.toml", name, "contacts")
        if not card.contacts:
            yield Finding(Fault.EMPTY_FIELD, where, {"field": "contacts"})
        for contact in card.contacts:
            yield from _one_of(where, "contacts", contact, sources.contacts)


def _check_tips(sources: Sources, places: Places) -> Findings:
    for identifier in PAGE_ORDER:
        if identifier not in sources.tips:
            yield Finding(Fault.SECTION_MISSING, Place(f"tips/{identifier}.toml"), {"id": identifier})
    for tip in sources.tips.values():
        file = f"tips/{tip.path.name}"
        if tip.id != tip.path.stem:
            yield Finding(Fault.ID_IS_NOT_NAME, places.of(file, "", "id"), {"id": tip.id})
        known: dict[str, Collection[str]] = {
            "id": PAGE_ORDER, "kind": KINDS, "audience": AUDIENCES, "card": sources.cards, "neighbour": sources.tips,
        }  # fmt: skip
        if tip.audience != "every" or tip.other_age is not None:
            known["other_age"] = sources.tips
        for field, values in known.items():
            yield from _one_of(places.of(file, "", field), field, str(getattr(tip, field) or ""), values)
        if not tip.pieces or not tip.names:
            yield Finding(Fault.NO_PIECES, places.of(file))
        for number, piece in enumerate(tip.pieces):
            where = places.of(file, "pieces", "paragraphs", number=number)
            if not piece.paragraphs:
                yield Finding(Fault.NO_PARAGRAPHS, where, {"known": tuple(sources.page.paragraphs)})
            for paragraph in piece.paragraphs:
                yield from _one_of(where, "paragraphs", paragraph, sources.page.paragraphs)


def _check_dangers(sources: Sources, places: Places) -> Findings:
    for kind in DANGER_KINDS:
        if kind not in sources.dangers:
            yield Finding(Fault.DANGER_MISSING, Place("danger.toml"), {"kind": kind})
    for kind, danger in sources.dangers.items():
        yield from _one_of(places.of("danger.toml", kind), "kind", kind, DANGER_KINDS)
        yield from _one_of(places.of("danger.toml", kind, "screen"), "screen", danger.screen, SCREENS)
        if danger.card is not None:
            yield from _one_of(places.of("danger.toml", kind, "card"), "card", danger.card, sources.cards)
        if not danger.ends and not danger.number:
            yield Finding(Fault.NO_NUMBER, places.of("danger.toml", kind))


def _check_tables(file: str, found: Collection[str], needed: Collection[str], places: Places) -> Findings:
    for name in needed:
        if name not in found:
            yield Finding(Fault.TABLE_MISSING, Place(file), {"table": name})
    for name in found:
        if name not in needed:
            yield Finding(Fault.UNKNOWN_TABLE, places.of(file, name), {"table": name})


def _check_words(sources: Sources) -> Findings:
    for file, tables in WORDS.items():
        if file not in sources.lexicon:
            yield Finding(Fault.MISSING_FILE, Place(f"words/{file}.toml"))
            continue
        for name in tables:
            if name not in sources.lexicon[file]:
                yield Finding(Fault.TABLE_MISSING, Place(f"words/{file}.toml"), {"table": name})


def _one_of(where: Place, field: str, value: str, known: Collection[str]) -> Findings:
    if value not in known:
        yield Finding(Fault.UNKNOWN_VALUE, where, {"field": field, "value": value, "known": tuple(known)})
