"""Where tables, fields and spoken texts stand in the content files, by line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tools.content.findings import Place

_OF_A_TIP = {"follow_up", "offer", "confirm", "choice_first", "choice_second"}


class Statement(NamedTuple):
    """One statement of a TOML text: its first and last line, counted from 1, and what it says alone."""

    first: int
    last: int
    says: dict[str, Any]
    is_header: bool


def statements(text: str) -> Iterator[Statement]:
    """The statements of a TOML text, in order. What cannot be read runs to the end of the text and is not told."""
    held, first = "", 1
    for number, line in enumerate(text.split("\n"), start=1):
        held += f"{line}\n"
        try:
            says = tomllib.loads(held)
        except tomllib.TOMLDecodeError:
            continue
        if says:
            yield Statement(first, number, says, held.lstrip().startswith("["))
        held, first = "", number + 1


class Lines:
    """The lines of a TOML text's tables and fields. Table "" is what stands before the first header."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._tables: dict[tuple[str, int], int] = {("", 0): 1}
        self._fields: dict[tuple[str, int, str], tuple[int, int]] = {}
        table, number = "", 0
        for statement in statements(text):
            (name,) = statement.says
            if statement.is_header:
                table, number = name, sum(known == name for known, _ in self._tables)
                self._tables[table, number] = statement.first
            else:
                self._fields[table, number, name] = (statement.first, statement.last)

    def of(self, table: str = "", field: str = "", number: int = 0, holding: str = "") -> int | None:
        """The line of a table's field, or the one within it that holds a text; else that of the table; None where it does not exist.
        `number`: which of the tables with that name, from 0.
        """
        if (table, number, field) not in self._fields:
            return self._tables.get((table, number))
        first, last = self._fields[table, number, field]
        return next((line for line in range(first, last + 1) if holding in self._lines[line - 1]), first)


class Places:
    """The places of one content folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, Lines | None] = {}

    def of(self, file: str, table: str = "", field: str = "", *, number: int = 0, holding: str = "") -> Place:
        """The place of a field or table of a TOML file; its line is None where neither exists."""
        lines = self._lines(file)
        line = lines.of(table, field, number, holding) if lines else None
        return Place(file, line, entry=f"[{table}]" if table else "")

    def of_text(self, key: str, text: str) -> Place:
        """The place of a spoken text, by its content key."""
        family, _, rest = key.partition(".")
        if family == "tip":
            name, _, piece = rest.rpartition(".")
            place = self.of(f"tips/{name}.toml", "pieces", "text", number=int(piece) - 1)
        elif family in _OF_A_TIP:
            place = self.of(f"tips/{rest}.toml", "", family)
        elif family in {"danger", "number"}:
            place = self.of("danger.toml", rest, "text" if family == "danger" else "number")
        elif family == "sent":
            place = self.of("cards.toml", rest, "sent")
        elif key == "source.checked":
            place = self.of("page.toml", "", "checked_spoken")
        else:
            place = self.of("prompts.toml", family, "variants", holding=text)
        return place._replace(entry=f"({key})")

    def _lines(self, file: str) -> Lines | None:
        if file not in self._known:
            try:
                self._known[file] = Lines((self._root / file).read_text(encoding="utf-8-sig"))
            except (OSError, UnicodeError):
                self._known[file] = None
        return self._known[file]
