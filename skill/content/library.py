"""The compiled content: texts by key, sections, danger answers, cards, and the words that steer the conversation.

`compiled.json` is made by ``make content`` from the TOML and text files beside this module. A turn loads only that file; its
version and hash are checked here, so that a half-copied or hand-edited file is refused instead of spoken.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

VERSION = 1
COMPILED = Path(__file__).with_name("compiled.json")


class ContentError(Exception):
    """The compiled content is missing, damaged, or of another version."""


class Section(NamedTuple):
    """A part of the page (ids: see README). `pieces` and the questions are content keys; `audience` is young, older or every."""

    id: str
    title: str
    kind: str
    audience: str
    names: tuple[str, ...]
    pieces: tuple[str, ...]
    card: str
    neighbour: str
    other_age: str | None

    @property
    def follow_up(self) -> str:
        return f"follow_up.{self.id}"

    @property
    def offer(self) -> str:
        return f"offer.{self.id}"

    @property
    def confirm(self) -> str:
        return f"confirm.{self.id}"

    @property
    def choice_first(self) -> str:
        return f"choice_first.{self.id}"

    @property
    def choice_second(self) -> str:
        return f"choice_second.{self.id}"


class Danger(NamedTuple):
    """What is said for one kind of danger. `ends`: life in danger, no question follows. `screen`: free, ask or never."""

    kind: str
    text: str
    number: str | None
    ends: bool
    card: str | None
    screen: str


class Card(NamedTuple):
    """A card for the companion app: plain text. `sent` is the content key that is said after sending."""

    id: str
    title: str
    text: str
    sent: str


@dataclass(frozen=True, slots=True)
class Content:
    """All compiled content. `texts`: content key -> Dutch text; `families`: prompt family -> number of variants."""

    hash: str
    texts: Mapping[str, str]
    families: Mapping[str, int]
    sections: Mapping[str, Section]
    dangers: Mapping[str, Danger]
    cards: Mapping[str, Card]
    topic_pages: tuple[tuple[str, ...], ...]
    most_asked: tuple[str, str]
    controls: Mapping[str, str]
    intents: Mapping[str, str]
    fillers: frozenset[str]
    names: Mapping[str, str]
    lexicon: Mapping[str, Any]

    def text(self, key: str) -> str:
        """The Dutch text of a content key; KeyError for a key that does not exist."""
        return self.texts[key]

    def variant(self, family: str, counter: int) -> str:
        """The key of the family's variant that is due at this count: variants take turns, never at random."""
        return f"{family}.{counter % self.families[family] + 1}"

    def tips(self) -> tuple[Section, ...]:
        """The sections that hold a plain tip, in the order of the page."""
        return tuple(section for section in self.sections.values() if section.kind == "tip")


def content_hash(body: Mapping[str, Any]) -> str:
    """SHA-256 over the body in one canonical spelling, as 64 hex digits."""
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def load_content(path: Path = COMPILED) -> Content:
    """Read and check the compiled content. Raises ContentError with the reason and the remedy."""
    try:
        document = json.loads(path.read_bytes())
        version, stated, body = document["version"], document["hash"], document["body"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ContentError(f"{path.name}: cannot be read ({type(error).__name__}); run: make content") from error
    if version != VERSION:
        raise ContentError(f"{path.name}: version {version!r}, this code reads {VERSION}; run: make content")
    if content_hash(body) != stated:
        raise ContentError(f"{path.name}: damaged or edited by hand (its hash does not fit); run: make content")
    try:
        return from_body(body, stated)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise ContentError(
            f"{path.name}: a part is missing or misshapen ({type(error).__name__}); run: make content"
        ) from error


def from_body(body: Mapping[str, Any], stated_hash: str) -> Content:
    """Build the content from a compiled body, whose shape `tools/content/compile.py` defines."""
    return Content(
        hash=stated_hash,
        texts=body["texts"],
        families=body["families"],
        sections={entry["id"]: _section(entry) for entry in body["sections"]},
        dangers={entry["kind"]: Danger(**entry) for entry in body["dangers"]},
        cards={entry["id"]: Card(**entry) for entry in body["cards"]},
        topic_pages=tuple(tuple(page) for page in body["topic_pages"]),
        most_asked=(body["most_asked"][0], body["most_asked"][1]),
        controls=body["controls"],
        intents=body["intents"],
        fillers=frozenset(body["fillers"]),
        names=body["names"],
        lexicon=body["lexicon"],
    )


def _section(entry: Mapping[str, Any]) -> Section:
    return Section(**{**entry, "names": tuple(entry["names"]), "pieces": tuple(entry["pieces"])})
