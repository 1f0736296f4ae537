"""The requirement files as they are pinned."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).parents[2]
_PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s\\;]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class Pin(NamedTuple):
    """A pinned package. `hashes`: SHA-256 of every file that may be installed for it."""

    name: str
    version: str
    hashes: tuple[str, ...]


def normal(name: str) -> str:
    """A package name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirement_lines(text: str) -> list[str]:
    """The entries of a requirement file, continued lines joined, without comments and options."""
    joined = re.sub(r"\\\n\s*", " ", text)
    lines = [re.sub(r"(^|\s)#.*", "", line).strip() for line in joined.splitlines()]
    return [line for line in lines if line and not line.startswith("-")]


def read_pins(path: Path) -> list[Pin]:
    """The pins of a file, in its order. Raises ValueError for an entry that is not pinned to one version."""
    pins = []
    for line in requirement_lines(path.read_text(encoding="utf-8")):
        match = _PIN.match(line)
        if match is None:
            raise ValueError(f"{path.name}: {line.split()[0]} is not pinned to one version")
        pins.append(Pin(normal(match["name"]), match["version"], tuple(_HASH.findall(line))))
    return pins
