"""Whether every package that is installed or fetched has a licence that may be used here."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import metadata
from pathlib import Path
from typing import Any

from tools.supply_chain.pins import TOP, read_pins

TABLE = Path(__file__).with_name("licences.toml")
LOCKS = ("tools/schemas", "tests/clients", "tests/oracle", "tests/browser", "tools/learn/peers/nlpjs")


def findings() -> Iterator[str]:
    """What is wrong, a sentence each, with what to do."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    listed, chosen = table["packages"], table["chosen"]
    pinned = {pin.name for pin in read_pins(TOP / "requirements.txt")}
    only_run = set(table["only_run"])
    for name in sorted(only_run & {pin.name for pin in read_pins(TOP / "requirements-lambda.txt")}):
        yield f"{name}: may only be run by the makers, and is a requirement of the function; take it out"
    for name in sorted(pinned - set(listed) - only_run):
        yield f"{name}: has no licence in {TABLE.name}; read it in the package ({said(name)!r}) and write it there"
    for name in sorted(set(listed) - pinned):
        yield f"{name}: is no longer pinned; take it out of {TABLE.name}"
    for name in sorted(pinned & set(listed)):
        says = table["means"].get(said(name), said(name))
        if says != listed[name]:
            yield f"{name}: says {says!r}, {TABLE.name} says {listed[name]!r}"
        if not _allowed(chosen.get(name, listed[name]), table["allowed"]):
            yield f"{name}: {listed[name]} is not among the licences that may be used"
    for folder in LOCKS:
        yield from _npm_findings(TOP / folder / "package-lock.json", table)


def said(name: str) -> str:
    """The licence in an installed package's own words."""
    words = metadata(name)
    classifiers = [line.split(" :: ")[-1] for line in words.get_all("Classifier") or [] if line.startswith("License")]
    named = [text for field in ("License-Expression", "License") for text in words.get_all(field) or [] if text]
    return named[0] if named else " / ".join(classifiers)


def _npm_findings(lock: Path, table: dict[str, Any]) -> Iterator[str]:
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    for place, package in packages.items():
        if not place:
            continue
        licence = package.get("license") or table["npm"].get(place, "")
        licence = table["means"].get(licence, licence)
        if not _allowed(licence, table["allowed"]):
            yield f"{lock.relative_to(TOP)}: {place}: {licence or 'no licence'} is not among the licences that may be used"
        if "resolved" in package:
            yield f"{lock.relative_to(TOP)}: {place}: names a registry; npm with omit-lockfile-registry-resolved leaves it out"
        if not package.get("integrity"):
            yield f"{lock.relative_to(TOP)}: {place}: has no integrity hash"


def _allowed(licence: str, allowed: list[str]) -> bool:
    """True when one of the licences offered may be used; of those joined by AND each must."""
    offers = re.split(r"\s+OR\s+", licence.strip("() "))
    return any(all(part.strip("() ") in allowed for part in re.split(r"\s+AND\s+", offer)) for offer in offers)
