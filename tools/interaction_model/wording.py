"""Read `skill/content/skill.toml`: the skill's names and the carrier phrases."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from tools.content.sources import CONTENT, SourceError
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
    try:
        table = tomllib.loads((root / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SourceError([f"{FILE}: the file is missing; put it back"]) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError([f"{FILE}: is not valid TOML in UTF-8 ({error}); mend it"]) from None
    names = [field for field in ("name", "invocation_name") if not _is_text(table.get(field))]
    texts = [f"{FILE}: {field} must be a text" for field in names]
    lists = [finding for field in ("carriers", "answers") for finding in _phrase_findings(field, table.get(field))]
    if texts or lists:
        raise SourceError([*texts, *lists])
    return Wording(table["name"], table["invocation_name"], tuple(table["carriers"]), tuple(table["answers"]))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _phrase_findings(field: str, phrases: object) -> list[str]:
    if not isinstance(phrases, list) or not phrases or not all(isinstance(phrase, str) for phrase in phrases):
        return [f"{FILE}: {field} must be a list of texts"]
    bad = [phrase for phrase in phrases if phrase.count(BARE) != 1 or phrase.strip() == BARE]
    return [f"{FILE}: {field}: {phrase!r} must hold {BARE} once, with other words; mend it" for phrase in bad]
