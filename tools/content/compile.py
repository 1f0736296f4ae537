"""Compile checked sources to the one file that a turn loads (`skill/content/compiled.json`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from skill.content.library import VERSION, content_hash
from tools.content.sources import CardSource, Contact, Sources, Tip

# The order of the page, which "volgende" and "vorige" follow.
PAGE_ORDER = (
    "hechting",
    "reageren",
    "contact-maken",
    "troosten",
    "spelen",
    "gevoelens",
    "ouder-worden",
    "eigen-keuzes",
    "knuffelen",
    "geen-band",
    "hulp-zoeken",
    "geen-contact",
    "hulp-en-advies",
    "bron",
)


def spoken_texts(sources: Sources) -> dict[str, str]:
    """Every text that can be said, by its content key."""
    texts: dict[str, str] = {"source.checked": sources.page.checked_spoken}
    for tip in sources.tips.values():
        texts |= {f"tip.{tip.id}.{number}": piece.text for number, piece in enumerate(tip.pieces, start=1)}
        texts |= {f"{family}.{tip.id}": text for family, text in tip.questions().items()}
    for family, prompt in sources.prompts.items():
        texts |= {f"{family}.{number}": text for number, text in enumerate(prompt.variants, start=1)}
    for kind, danger in sources.dangers.items():
        texts[f"danger.{kind}"] = danger.text
        if danger.number:
            texts[f"number.{kind}"] = danger.number
    texts |= {f"sent.{card}": source.sent for card, source in sources.cards.items()}
    return texts


def card_text(sources: Sources, card: CardSource) -> str:
    """The plain text of a card: one block a contact, then the disclaimer and the oldest date on which its contacts were checked."""
    contacts = [sources.contacts[name] for name in card.contacts]
    blocks = [_contact_block(contact) for contact in contacts]
    oldest = min(contact.checked for contact in contacts)
    checked = f"{sources.card_checked_label} {oldest.day}-{oldest.month}-{oldest.year}."
    return "\n\n".join([*blocks, f"{sources.card_disclaimer}\n{checked}"])


def _contact_block(contact: Contact) -> str:
    reach = ", ".join(part for part in (contact.number, contact.site, contact.where) if part)
    when = ", ".join(part for part in (contact.hours, contact.cost) if part)
    lines = [f"{contact.name}: {reach}", contact.for_whom[:1].upper() + contact.for_whom[1:]]
    return "\n".join([*lines, when[:1].upper() + when[1:]] if when else lines)


def _section(tip: Tip) -> dict[str, Any]:
    return {
        "id": tip.id,
        "title": tip.title,
        "kind": tip.kind,
        "audience": tip.audience,
        "names": list(tip.names),
        "pieces": [f"tip.{tip.id}.{number}" for number in range(1, len(tip.pieces) + 1)],
        "card": tip.card,
        "neighbour": tip.neighbour,
        "other_age": tip.other_age,
    }


def compile_body(sources: Sources) -> dict[str, Any]:
    """The body of the compiled file; `skill.content.library.from_body` reads exactly this shape."""
    controls = {phrase: name for name, control in sources.controls.items() for phrase in control.phrases}
    tips = [sources.tips[identifier] for identifier in PAGE_ORDER]
    pages = [prompt.sections for prompt in sources.prompts.values() if prompt.sections]
    return {
        "texts": spoken_texts(sources),
        "families": {family: len(prompt.variants) for family, prompt in sources.prompts.items()},
        "sections": [_section(tip) for tip in tips],
        "dangers": [
            {
                "kind": kind,
                "text": f"danger.{kind}",
                "number": f"number.{kind}" if danger.number else None,
                "ends": danger.ends,
                "card": danger.card,
                "screen": danger.screen,
            }
            for kind, danger in sources.dangers.items()
        ],
        "cards": [
            {"id": name, "title": sources.card_title, "text": card_text(sources, card), "sent": f"sent.{name}"}
            for name, card in sources.cards.items()
        ],
        "topic_pages": [list(page) for page in pages],
        "most_asked": list(sources.most_asked),
        "controls": controls,
        "intents": {control.intent: name for name, control in sources.controls.items() if control.intent},
        "fillers": sorted(sources.fillers),
        "names": {name: tip.id for tip in tips for name in tip.names},
        "lexicon": sources.lexicon,
    }


def compiled_bytes(body: Mapping[str, Any]) -> bytes:
    """The compiled file, the same bytes for the same sources."""
    document = {"version": VERSION, "hash": content_hash(body), "body": body}
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=False) + "\n").encode("utf-8")


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write through a temporary file, so that an interrupted run leaves the last good file; False where nothing changed."""
    if path.exists() and path.read_bytes() == data:
        return False
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_bytes(data)
    temporary.replace(path)
    return True
