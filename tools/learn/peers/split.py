"""What the methods learn from and what they are asked: whole hands left out, and the same choice by hash for every method."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from tools.learn.data import LOOKALIKES, Row

HELD_OUT = ("start", "l", "m")
"""Hands that no method learns from: short plain questions (start), letters to a magazine (l), question pages (m). The last two come
nearest to what parents write of their own accord; all three ask about sections and about what is not on the page."""
QUESTIONS = 1000
"""So many utterances of those hands are asked."""
A_LABEL = 100
"""So many utterances of a label are in the sample that slow methods can learn from as well."""
ALL, SAMPLE = "all", "sample"


def about_sections(row: Row) -> bool:
    """Whether a row says something about sections or out of scope: not danger, nor its look-alikes."""
    return not row.is_danger() and row.label != LOOKALIKES


def questions(rows: Iterable[Row]) -> list[Row]:
    """What is asked."""
    return by_hash(row for row in rows if row.hand in HELD_OUT and about_sections(row))[:QUESTIONS]


def training(rows: Iterable[Row], amount: str, with_danger: bool) -> list[Row]:
    """What is learnt from: ALL, or a SAMPLE of at most A_LABEL utterances of each label, of the hands that are not asked."""
    others = [row for row in rows if row.hand not in HELD_OUT and (with_danger or about_sections(row))]
    if amount == ALL:
        return others
    labels: dict[str, list[Row]] = defaultdict(list)
    for row in others:
        labels[row.label].append(row)
    return [row for label in sorted(labels) for row in by_hash(labels[label])[:A_LABEL]]


def by_hash(rows: Iterable[Row]) -> list[Row]:
    """Rows in the order of the SHA-256 of their text: as good as drawn, and the same every time."""
    return sorted(rows, key=lambda row: hashlib.sha256(row.text.encode("utf-8")).digest())
