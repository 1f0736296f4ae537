"""`learnt.json` in the form that a turn uses as it lies: see skill/understanding/quick.py."""

from __future__ import annotations

import json
import zlib

from skill.understanding.model import VERSION, unpacked
from skill.understanding.quick import QUICK_VERSION, read_quick

LEFT_BEHIND = ("version", "made_by", "hash", "packed")


class QuickError(Exception):
    """The learnt parameters cannot be brought into the quick form."""


def quick_form(learnt: bytes) -> bytes:
    """The bytes of `learnt.bin` for those of `learnt.json`: check sum, blank, a line of JSON, the body. Raises QuickError."""
    try:
        document = json.loads(learnt)
        if document["version"] != VERSION:
            raise QuickError(f"version {document['version']!r}, {VERSION} expected")
        data = joined(document, unpacked(document["packed"]))
        read_quick(data)  # what cannot be read must not travel
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
        raise QuickError(f"{type(error).__name__}: {error}") from error
    return data


def joined(document: dict[str, object], body: bytes) -> bytes:
    """The first line for a document, and the body."""
    head = {name: value for name, value in document.items() if name not in LEFT_BEHIND}
    # In the order of the document: which concept a word belongs to depends on it.
    text = json.dumps(head | {"quick_version": QUICK_VERSION}, ensure_ascii=False).encode("utf-8")
    return f"{zlib.crc32(text):08x} ".encode("ascii") + text + b"\n" + body
