"""Read `skill/content/skill.toml`: the skill's names and the carrier phrases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tools.content.findings import Fault, Form
from tools.content.sources import CONTENT, Reader, SourceError
from tools.interaction_model.limits import QUESTION_SLOT

FILE = "skill.toml"
BARE = f"{{{QUESTION_SLOT}}}"


@dataclass(frozen=True)
class Wording:
    """`carriers` surround the question anywhere, `answers` after an open question; each holds `{vraag}` once."""

    name: str
    invocation_name: str
    carriers: tuple[str, ...]
    answers: tuple[str, ...]


def read_wording(root: Path = CONTENT) -> Wording:
    """The names and carriers under `root`. Raises SourceError naming every field that is missing or of a wrong form."""
    reader = Reader(root)
    table = reader.toml(FILE)
    if reader.findings:
        raise SourceError(reader.findings)
    names = reader.texts(table, FILE, "name", "invocation_name")
    phrases = {field: _phrases(reader, field, table.get(field)) for field in ("carriers", "answers")}
    if reader.findings:
        raise SourceError(reader.findings)
    return Wording(names["name"], names["invocation_name"], phrases["carriers"], phrases["answers"])


def _phrases(reader: Reader, field: str, phrases: object) -> tuple[str, ...]:
    if not isinstance(phrases, list) or not phrases or not all(isinstance(phrase, str) for phrase in phrases):
        reader.add(Fault.WRONG_FORM, reader.places.of(FILE, "", field), field=field, form=Form.TEXTS)
        return ()
    for phrase in phrases:
        if phrase.count(BARE) != 1 or phrase.strip() == BARE:
            where = reader.places.of(FILE, "", field, holding=f'"{phrase}"')
            reader.add(Fault.NO_PLACE_FOR_QUESTION, where, phrase=phrase, bare=BARE)
    return tuple(phrases)
