"""TOML that cannot be read: which mistake it is, and where. The parser's own messages are those of `tomllib`, Python 3.11 to 3.13."""

from __future__ import annotations

import re
from collections.abc import Callable

from tools.content.findings import Fault, Finding, Place, Value
from tools.content.places import Statement, statements

_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_NAME = re.compile(r"\s*(?:\[\[?\s*)?([^\s=\[\]]+)")

Told = tuple[Fault, dict[str, Value]]


class _Spot:
    """A mistake's surroundings: the parser's message, the place where it stopped, and the statement that it was in."""

    def __init__(self, text: str, error: str) -> None:
        at = _AT.search(error)
        self.message = error[: at.start()] if at else error
        self.lines = text.split("\n")
        self.told = list(statements(text))
        if at and at[1]:
            self.line, self.column = int(at[1]), int(at[2])
            self.begins = _begin(self.told, self.line)
        else:  # it stopped at the end of the text: what it did not find the end of stands where its statement begins
            self.line = self.begins = _begin(self.told, len(self.lines))
            self.column = None
        while self.begins < self.line and self.lines[self.begins - 1].strip()[:1] in {"", "#"}:
            self.begins += 1

    @property
    def rest(self) -> str:
        """What stands from the place to the end of its line."""
        return self.lines[self.line - 1][self.column - 1 :].strip() if self.column else ""

    def double(self, fault: Fault, name: str) -> Told:
        """The name that stands twice, and the line where it stands first: within its table, or as a table."""
        found = _NAME.match(self.lines[self.begins - 1])
        written = found[1].strip("\"'") if found else ""
        above = [one for one in self.told if one.last < self.begins]
        headers = [one for one in above if one.is_header]
        here = [one for one in above if not headers or one.first > headers[-1].first]
        rivals = headers if fault is Fault.DOUBLE_TABLE else here
        other = next((one.first for one in rivals if written in one.says), self.begins)
        self.line, self.column = self.begins, None
        return fault, {name: written, "other": other}


def _begin(told: list[Statement], line: int) -> int:
    """The first line of the statement that a line is in or after; what follows the last whole statement is unfinished."""
    within = [one.first for one in told if one.first <= line <= one.last]
    return within[-1] if within else max((one.last + 1 for one in told if one.last < line), default=1)


_KINDS: tuple[tuple[str, Callable[[_Spot], Told]], ...] = (
    (r"Illegal character '\\n'", lambda _: (Fault.UNCLOSED_QUOTE, {})),
    (r"Unterminated string|Expected [\"']['\"]+", lambda _: (Fault.UNCLOSED_LONG_TEXT, {})),
    (r"Unclosed array", lambda spot: (Fault.UNCLOSED_LIST, {"begins": spot.begins})),
    (r"Unclosed inline table", lambda _: (Fault.UNCLOSED_TABLE, {})),
    (r"Expected '\]\]?' at the end", lambda _: (Fault.UNCLOSED_HEADER, {})),
    (r"Expected '=' after", lambda _: (Fault.NO_EQUALS, {})),
    (r"Expected newline", lambda _: (Fault.MORE_ON_LINE, {})),
    (r"Unescaped '\\", lambda _: (Fault.BACKSLASH, {})),
    (r"Invalid value", lambda spot: (Fault.NO_QUOTES, {"value": spot.rest}) if spot.rest else (Fault.NO_VALUE, {})),
    (r"Invalid statement|Invalid initial character", lambda _: (Fault.NO_NAME, {})),
    (r"Illegal character|Found invalid character", lambda spot: (Fault.CHARACTER, {"character": repr(spot.rest[:1])})),
    (r"Cannot overwrite a value", lambda spot: spot.double(Fault.DOUBLE_KEY, "key")),
    (r"Cannot declare", lambda spot: spot.double(Fault.DOUBLE_TABLE, "table")),
)


def syntax_finding(file: str, text: str, error: str) -> Finding:
    """What is wrong in a TOML text that `tomllib` refused with the message `error`."""
    spot = _Spot(text, error)
    tell = next((tell for pattern, tell in _KINDS if re.match(pattern, spot.message)), None)
    fault, values = tell(spot) if tell else (Fault.NOT_TOML, {"detail": spot.message})
    return Finding(fault, Place(file, spot.line, spot.column), values)
