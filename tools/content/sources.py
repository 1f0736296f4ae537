"""Read the content sources as they stand, with a clear error for what cannot be read at all.

What the sources *say* is judged in `checks.py`; here only their form is: TOML that parses, fields that exist and have the right type.
"""

from __future__ import annotations

import dataclasses
import datetime
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parents[2] / "skill" / "content"
OUT_OF_SCOPE = "buiten"
LOOKALIKES = "geen-gevaar"
DANGER_FOLDER = "gevaar"


class SourceError(Exception):
    """A content file that cannot be read: `findings` names file, line or entry, and what to do."""

    def __init__(self, findings: Iterable[str]) -> None:
        self.findings = list(findings)
        super().__init__("\n".join(self.findings))


@dataclass(frozen=True)
class Piece:
    """One spoken piece of a section and the paragraphs of the page that it stands on."""

    text: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Tip:
    """One file of `tips/`."""

    path: Path
    id: str
    title: str
    names: tuple[str, ...]
    kind: str
    audience: str
    card: str
    neighbour: str
    other_age: str | None
    follow_up: str
    offer: str
    confirm: str
    choice_first: str
    choice_second: str
    pieces: tuple[Piece, ...]

    def questions(self) -> dict[str, str]:
        """The spoken texts beside the pieces, by the family of their key."""
        families = ("follow_up", "offer", "confirm", "choice_first", "choice_second")
        return {family: getattr(self, family) for family in families}


@dataclass(frozen=True)
class Prompt:
    """A family of prompts: its variants and, for a page of topics, the sections that it names."""

    variants: tuple[str, ...]
    sections: tuple[str, ...] = ()


@dataclass(frozen=True)
class DangerAnswer:
    """The answer to one kind of danger."""

    text: str
    number: str | None = None
    ends: bool = False
    card: str | None = None
    screen: str = "free"


@dataclass(frozen=True)
class Contact:
    """Somebody who helps. `number` as digits, `spoken` digit by digit; `where` in place of a national number."""

    name: str
    for_whom: str
    source: str
    checked: datetime.date
    certain: bool
    number: str | None = None
    spoken: str | None = None
    where: str | None = None
    site: str | None = None
    hours: str | None = None
    cost: str | None = None


@dataclass(frozen=True)
class CardSource:
    """The contacts of a card, in order, and what is said after sending it."""

    contacts: tuple[str, ...]
    sent: str


@dataclass(frozen=True)
class Control:
    """Words that steer the conversation, and the Alexa intent (if any) that carries them."""

    phrases: tuple[str, ...]
    intent: str | None = None


@dataclass(frozen=True)
class Page:
    """The source page: its address, when it was checked, and its paragraphs by id and SHA-256."""

    url: str
    title: str
    publisher: str
    checked: datetime.date
    checked_spoken: str
    run_hashes: str
    paragraphs: Mapping[str, str]


@dataclass
class Sources:
    """Everything that an editor writes. Labels of `utterances`: section ids, `buiten`, `geen-gevaar`, danger kinds."""

    root: Path
    page: Page
    tips: dict[str, Tip]
    prompts: dict[str, Prompt]
    most_asked: tuple[str, ...]
    dangers: dict[str, DangerAnswer]
    contacts: dict[str, Contact]
    card_title: str
    card_disclaimer: str
    card_checked_label: str
    cards: dict[str, CardSource]
    controls: dict[str, Control]
    fillers: tuple[str, ...]
    utterances: dict[str, list[str]] = field(default_factory=dict)
    lexicon: dict[str, Any] = field(default_factory=dict)

    def path_of_utterances(self, label: str) -> Path:
        """The file that holds the utterances of a label."""
        folder = self.root / "utterances"
        return folder / DANGER_FOLDER / f"{label}.txt" if label in self.dangers else folder / f"{label}.txt"


class _Reader:
    """Reads files under one root and collects what is wrong with their form, so that one run names every mistake."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.findings: list[str] = []

    def toml(self, name: str) -> dict[str, Any]:
        path = self.root / name
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            self.findings.append(f"{name}: the file is missing; put it back")
        except UnicodeDecodeError:
            self.findings.append(f"{name}: is not UTF-8 text; save it as UTF-8")
        except tomllib.TOMLDecodeError as error:
            self.findings.append(f"{name}: is not valid TOML ({error}); mend that line")
        return {}

    def build(self, kind: type, table: object, where: str, **given: object) -> Any:
        """An instance of a source class from a TOML table; None (and a finding) where a field is missing, unknown or of a wrong type."""
        if not isinstance(table, dict):
            self.findings.append(f"{where}: is not a table; write it as [name] with fields below")
            return None
        known = kind.__dataclass_fields__
        values = dict(given)
        for name, value in table.items():
            if name not in known:
                self.findings.append(
                    f"{where}: unknown field {name!r}; known are {', '.join(sorted(set(known) - set(given)))}"
                )
            else:
                values[name] = tuple(value) if isinstance(value, list) else value
        missing = [name for name, spec in known.items() if name not in values and not _has_default(spec)]
        for name in missing:
            self.findings.append(f"{where}: field {name!r} is missing; add {name} = ...")
        wrong = [name for name in values if name in known and not _fits(known[name].type, values[name])]
        for name in wrong:
            self.findings.append(
                f"{where}: field {name!r} should be {known[name].type}, is {type(values[name]).__name__}"
            )
        return None if missing or wrong else kind(**{name: values[name] for name in values if name in known})

    def table_of(self, kind: type, name: str, skip: frozenset[str] = frozenset()) -> dict[str, Any]:
        """Every table of a TOML file as an instance of `kind`, by its name."""
        built = {
            key: self.build(kind, table, f"{name} [{key}]") for key, table in self.toml(name).items() if key not in skip
        }
        return {key: value for key, value in built.items() if value is not None}


def _has_default(spec: Any) -> bool:
    return spec.default is not dataclasses.MISSING or spec.default_factory is not dataclasses.MISSING


def _fits(annotation: str, value: object) -> bool:
    if annotation.endswith("| None"):
        return value is None or _fits(annotation.removesuffix("| None").strip(), value)
    if annotation == "tuple[str, ...]":
        return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
    plain = {"str": str, "bool": bool, "datetime.date": datetime.date}
    return isinstance(value, plain[annotation]) if annotation in plain else True


def read_utterances(path: Path) -> list[tuple[int, str]]:
    """The utterances of a file as (line number, text); empty lines and `#` comments (the hand that wrote them) fall away."""
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    return [(number, line.strip()) for number, line in lines if line.strip() and not line.startswith("#")]


def _read_tip(reader: _Reader, path: Path) -> Tip | None:
    where = f"tips/{path.name}"
    table = reader.toml(where)
    raw = table.pop("pieces", [])
    pieces = [reader.build(Piece, piece, f"{where} pieces[{index}]") for index, piece in enumerate(raw)]
    if not table:
        return None
    table.setdefault("other_age", None)
    whole = tuple(piece for piece in pieces if piece is not None)
    tip: Tip | None = reader.build(Tip, table, where, path=path, pieces=whole)
    return tip


def read_sources(root: Path = CONTENT) -> Sources:
    """Read all content sources under `root`. Raises SourceError naming every file that cannot be read, and the remedy."""
    reader = _Reader(root)
    tips = [tip for path in sorted((root / "tips").glob("*.toml")) if (tip := _read_tip(reader, path)) is not None]
    page_table = reader.toml("page.toml")
    paragraphs = {entry.get("id", ""): entry.get("sha256", "") for entry in page_table.pop("paragraphs", [])}
    page = reader.build(Page, page_table, "page.toml", paragraphs=paragraphs)
    prompt_table = reader.toml("prompts.toml")
    most_asked = tuple(prompt_table.get("most_asked", ()))
    cards_table = reader.toml("cards.toml")
    controls = reader.table_of(Control, "controls.toml")
    fillers = controls.pop("fillers", Control(()))
    sources = Sources(
        root=root,
        page=page,
        tips={tip.id: tip for tip in tips},
        prompts=reader.table_of(Prompt, "prompts.toml", skip=frozenset({"most_asked"})),
        most_asked=most_asked,
        dangers=reader.table_of(DangerAnswer, "danger.toml"),
        contacts=reader.table_of(Contact, "contacts.toml"),
        card_title=str(cards_table.get("title", "")),
        card_disclaimer=str(cards_table.get("disclaimer", "")),
        card_checked_label=str(cards_table.get("checked_label", "")),
        cards=reader.table_of(CardSource, "cards.toml", skip=frozenset({"title", "disclaimer", "checked_label"})),
        controls=controls,
        fillers=fillers.phrases,
    )
    for path in sorted((root / "words").glob("*.toml")):
        sources.lexicon[path.stem] = reader.toml(f"words/{path.name}")
    for label in [*sources.tips, OUT_OF_SCOPE, LOOKALIKES, *sources.dangers]:
        path = sources.path_of_utterances(label)
        try:
            sources.utterances[label] = [text for _, text in read_utterances(path)]
        except FileNotFoundError:
            reader.findings.append(
                f"{path.relative_to(root)}: the file is missing; every section and danger kind has one"
            )
        except UnicodeDecodeError:
            reader.findings.append(f"{path.relative_to(root)}: is not UTF-8 text; save it as UTF-8")
    if reader.findings:
        raise SourceError(reader.findings)
    return sources
