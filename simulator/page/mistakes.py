"""A mistake in the content as an editor reads it: file, line, what is wrong and what to do, in Dutch, and the line as it stands."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from tools.content.findings import Finding, Form

FOLDER = "skill/content"
MOST_SHOWN = 400
"""Characters of a line that are shown, around the place where it goes wrong."""

WORDING = tomllib.loads(Path(__file__).with_name("mistakes.toml").read_text(encoding="utf-8"))


class Mistake(NamedTuple):
    """`file` from the top of the repository; `line` and `column` (from 1) None where it concerns no one place; `shown`: the line as it
    stands, cut in two at the column, None without a line.
    """

    file: str
    line: int | None
    column: int | None
    text: str
    shown: tuple[str, str] | None


def in_dutch(finding: Finding, root: Path) -> Mistake:
    """A finding for the page; `root`: the content folder that its place is in. KeyError for a fault without a wording."""
    place = finding.place
    text = finding.told(WORDING["fault"][finding.fault.name.lower()], _form, point=",")
    shown = _line(root / place.file, place.line, place.column) if place.line else None
    return Mistake(f"{FOLDER}/{place.file}", place.line, place.column, text, shown)


def _form(form: Form) -> str:
    return str(WORDING["form"][form.name.lower()])


def _line(path: Path, line: int, column: int | None) -> tuple[str, str] | None:
    try:
        lines = path.read_text(encoding="utf-8-sig", errors="replace").split("\n")
    except OSError:
        return None
    if line > len(lines):  # saved again meanwhile
        return None
    text, at = lines[line - 1].rstrip(), (column or 1) - 1
    start = max(0, min(at - MOST_SHOWN // 2, len(text) - MOST_SHOWN))
    end = start + MOST_SHOWN
    before, after = text[start:at], text[at:end]
    return ("…" if start else "") + before, after + ("…" if end < len(text) else "")
