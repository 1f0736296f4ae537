"""The simulator's own Dutch words, from `labels.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

_LABELS = tomllib.loads(Path(__file__).with_name("labels.toml").read_text(encoding="utf-8"))


def label(name: str, /, **values: object) -> str:
    """The label `table.key` with its places filled in. KeyError for one that does not exist."""
    table, _, key = name.partition(".")
    return str(_LABELS[table][key]).format(**values)


class SimulatorError(Exception):
    """The simulator cannot go on; the text is a Dutch sentence for the tester. `say` makes one from a label."""

    @classmethod
    def say(cls, name: str, /, **values: object) -> SimulatorError:
        """An error with the label `fault.name` as its text."""
        return cls(label(f"fault.{name}", **values))
