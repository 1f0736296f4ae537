"""Read the content sources as they stand, with a clear error for what cannot be read at all.

What the sources *say* is judged in `checks.py`; here only their form is: TOML that parses, fields that exist and have the right type.
"""

from __future__ import annotations

import dataclasses
import datetime
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from skill.speech.clips import NORMAL, SLOW
from tools.content.findings import Fault, Finding, Form, Place, Value
from tools.content.places import Places
from tools.content.syntax import syntax_finding

CONTENT = Path(__file__).parents[2] / "skill" / "content"
OUT_OF_SCOPE = "buiten"
LOOKALIKES = "geen-gevaar"
DANGER_FOLDER = "gevaar"


class SourceError(Exception):
    """A content file that cannot be read: `findings` names file, line and what to do."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("\n".join(map(str, self.findings)))


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
class Paragraph:
    """A paragraph of the source page and the SHA-256 of its text."""

    id: str
    sha256: str


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


_CARD = ("title", "disclaimer", "checked_label")
_NONE: Mapping[str, object] = MappingProxyType({})
_FORMS = {"str": Form.TEXT, "tuple[str, ...]": Form.TEXTS, "bool": Form.YES_NO, "datetime.date": Form.DATE}


class Reader:
    """Reads files under one root and collects what is wrong with their form, so that one run names every mistake."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.places = Places(root)
        self.findings: list[Finding] = []

    def add(self, fault: Fault, place: Place, **values: Value) -> None:
        """Note a mistake."""
        self.findings.append(Finding(fault, place, values))

    def text(self, name: str, missing: Fault = Fault.MISSING_FILE) -> str | None:
        """The text of a file; None (and a finding) where it cannot be read."""
        try:
            data = (self.root / name).read_bytes()
            return data.decode("utf-8-sig").replace("\r\n", "\n")  # as editors on Windows save it
        except OSError:
            self.add(missing, Place(name))
        except UnicodeDecodeError as error:
            self.add(Fault.NOT_UTF8, Place(name, data[: error.start].count(b"\n") + 1))
        return None

    def toml(self, name: str) -> dict[str, Any]:
        """The tables of a TOML file; empty (and a finding) where it cannot be read."""
        text = self.text(name)
        if text is None:
            return {}
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self.findings.append(syntax_finding(name, text, str(error)))
            return {}

    def texts(self, table: Mapping[str, Any], file: str, *names: str) -> dict[str, str]:
        """Fields at the top of a file that are texts, by name; empty (and a finding) where one is missing or of another form."""
        for name in names:
            place = self.places.of(file, "", name)
            if name not in table:
                self.add(Fault.MISSING_FIELD, place, field=name)
            elif not isinstance(table[name], str):
                self.add(Fault.WRONG_FORM, place, field=name, form=Form.TEXT)
            elif not table[name].strip():
                self.add(Fault.EMPTY_FIELD, place, field=name)
        return {name: str(table.get(name, "")) for name in names}

    def tables(self, table: dict[str, Any], file: str, name: str) -> list[Any]:
        """The tables under [[name]], taken out of their file; none (and a finding) where it is something else."""
        found = table.pop(name, [])
        if isinstance(found, list) and all(isinstance(one, dict) for one in found):
            return found
        self.add(Fault.WRONG_FORM, self.places.of(file, "", name), field=name, form=Form.TABLES)
        return []

    def build(
        self, kind: type, table: object, file: str, name: str = "", number: int = 0, given: Mapping[str, object] = _NONE
    ) -> Any:
        """An instance of a source class from a TOML table; None (and a finding) where a field is missing, unknown or of a wrong type."""

        def place(field: str = "") -> Place:
            return self.places.of(file, name, field, number=number)

        if not isinstance(table, dict):
            self.add(Fault.NOT_A_TABLE, self.places.of(file, "", name), name=name)
            return None
        known = {name: spec for name, spec in kind.__dataclass_fields__.items() if name not in given}
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
        for one in values.keys() - known.keys():
            self.add(Fault.UNKNOWN_FIELD, place(one), field=one, known=tuple(sorted(known)))
        missing = [one for one, spec in known.items() if one not in values and not _has_default(spec)]
        for one in missing:
            self.add(Fault.MISSING_FIELD, place(), field=one)
        wrong = [one for one in values if one in known and not _fits(known[one].type, values[one])]
        for one in wrong:
            self.add(Fault.WRONG_FORM, place(one), field=one, form=_FORMS[_required(known[one].type)])
        if missing or wrong:
            return None
        return kind(**given, **{one: value for one, value in values.items() if one in known})

    def tables_of(
        self, kind: type, file: str, tables: Mapping[str, Any] | None = None, skip: Collection[str] = ()
    ) -> dict[str, Any]:
        """Every table of a TOML file as an instance of `kind`, by its name."""
        read = self.toml(file) if tables is None else tables
        built = {name: self.build(kind, table, file, name) for name, table in read.items() if name not in skip}
        return {name: value for name, value in built.items() if value is not None}


def _has_default(spec: Any) -> bool:
    return spec.default is not dataclasses.MISSING or spec.default_factory is not dataclasses.MISSING


def _required(annotation: str) -> str:
    return annotation.removesuffix("| None").strip()


def _fits(annotation: str, value: object) -> bool:
    if value is None:
        return annotation.endswith("| None")
    if _required(annotation) == "tuple[str, ...]":
        return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
    plain = {"str": str, "bool": bool, "datetime.date": datetime.date}
    return isinstance(value, plain[_required(annotation)])


class Utterance(NamedTuple):
    """What somebody says. `also`: the labels, beside that of its file, whose answer is good too. `hand`: who wrote it; "?" unsaid."""

    line: int
    text: str
    also: tuple[str, ...]
    hand: str


def utterances_in(text: str) -> list[Utterance]:
    """The utterances of a file: one a line, after a bar what it may also be answered with ("hij huilt weer | gevoelens").

    Empty lines and `#` comments fall away; `# hand x` says who wrote what is below it.
    """
    found, hand = [], "?"
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("# hand "):
            hand = line.split()[2]
        elif line.strip() and not line.startswith("#"):
            said, _, also = line.partition("|")
            found.append(Utterance(number, said.strip(), tuple(also.split()), hand))
    return found


def read_utterances(path: Path) -> list[Utterance]:
    """Those of the file at `path`. Raises OSError and UnicodeDecodeError."""
    return utterances_in(path.read_text(encoding="utf-8-sig"))


def every_utterance(content: Path) -> list[Utterance]:
    """Those of all labels under a content folder. Raises OSError and UnicodeDecodeError."""
    paths = sorted((content / "utterances").rglob("*.txt"))
    return [utterance for path in paths for utterance in read_utterances(path)]


def _read_tip(reader: Reader, path: Path) -> Tip | None:
    file = f"tips/{path.name}"
    table = reader.toml(file)
    raw = reader.tables(table, file, "pieces")
    pieces = [reader.build(Piece, piece, file, "pieces", index) for index, piece in enumerate(raw)]
    if not table:
        return None
    table.setdefault("other_age", None)
    whole = tuple(piece for piece in pieces if piece is not None)
    tip: Tip | None = reader.build(Tip, table, file, given={"path": path, "pieces": whole})
    return tip


def _read_page(reader: Reader) -> Page | None:
    file = "page.toml"
    table = reader.toml(file)
    raw = reader.tables(table, file, "paragraphs")
    paragraphs = [reader.build(Paragraph, one, file, "paragraphs", index) for index, one in enumerate(raw)]
    known = {one.id: one.sha256 for one in paragraphs if one is not None}
    page: Page | None = reader.build(Page, table, file, given={"paragraphs": known}) if table else None
    return page


def _read_most_asked(reader: Reader, table: Mapping[str, Any]) -> tuple[str, ...]:
    asked = table.get("most_asked", [])
    if isinstance(asked, list) and all(isinstance(one, str) for one in asked):
        return tuple(asked)
    place = reader.places.of("prompts.toml", "", "most_asked")
    reader.add(Fault.WRONG_FORM, place, field="most_asked", form=Form.TEXTS)
    return ()


def _read_pronunciation(reader: Reader) -> None:
    """What `make audio` needs of its file; without the file nothing is said otherwise."""
    file = "pronunciation.toml"
    tables = reader.toml(file) if (reader.root / file).exists() else {}
    for name, table in tables.items():
        if not isinstance(table, dict):
            reader.add(Fault.NOT_A_TABLE, reader.places.of(file, "", name), name=name)
            continue
        for word, said in table.items():
            if not isinstance(said, str):
                reader.add(Fault.WRONG_FORM, reader.places.of(file, name, word), field=word, form=Form.TEXT)


def _read_takes(reader: Reader) -> None:
    """What `make audio` needs of the takes of telephone numbers; without the file every clip is made of the first."""
    file = "takes.toml"
    tables = reader.toml(file) if (reader.root / file).exists() else {}
    for name, table in tables.items():
        if name not in (NORMAL, SLOW) or not isinstance(table, dict):
            reader.add(Fault.UNKNOWN_TABLE, reader.places.of(file, name), table=name)
            continue
        for key, take in table.items():
            if type(take) is not int or take < 1:
                reader.add(Fault.WRONG_FORM, reader.places.of(file, name, key), field=key, form=Form.COUNT)


def read_sources(root: Path = CONTENT) -> Sources:
    """Read all content sources under `root`. Raises SourceError naming every file that cannot be read, and the remedy."""
    reader = Reader(root)
    tips = [tip for path in sorted((root / "tips").glob("*.toml")) if (tip := _read_tip(reader, path)) is not None]
    page = _read_page(reader)
    most_asked = _read_most_asked(reader, prompts := reader.toml("prompts.toml"))
    card = reader.texts(cards, "cards.toml", *_CARD) if (cards := reader.toml("cards.toml")) else {}
    controls = reader.tables_of(Control, "controls.toml")
    sources = Sources(
        root=root,
        page=page,  # type: ignore[arg-type]  # None only with a finding, and then it is never used
        tips={tip.id: tip for tip in tips},
        prompts=reader.tables_of(Prompt, "prompts.toml", prompts, skip={"most_asked"}),
        most_asked=most_asked,
        dangers=reader.tables_of(DangerAnswer, "danger.toml"),
        contacts=reader.tables_of(Contact, "contacts.toml"),
        card_title=card.get("title", ""),
        card_disclaimer=card.get("disclaimer", ""),
        card_checked_label=card.get("checked_label", ""),
        cards=reader.tables_of(CardSource, "cards.toml", cards, skip=set(_CARD)),
        fillers=controls.pop("fillers", Control(())).phrases,
        controls=controls,
    )
    _read_pronunciation(reader)
    _read_takes(reader)
    for path in sorted((root / "words").glob("*.toml")):
        sources.lexicon[path.stem] = reader.toml(f"words/{path.name}")
    for label in [*sources.tips, OUT_OF_SCOPE, LOOKALIKES, *sources.dangers]:
        name = sources.path_of_utterances(label).relative_to(root).as_posix()
        text = reader.text(name, Fault.NO_UTTERANCES)
        sources.utterances[label] = [one.text for one in utterances_in(text or "")]
    if reader.findings:
        raise SourceError(reader.findings)
    return sources
