"""The paragraphs of the source page, found in a copy of it by their hashes. The page is not in the repository."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

_BULLET = re.compile(r"^[\s•*·–-]+")


def normal(paragraph: str) -> str:
    """A paragraph as it is hashed: without its bullet, white space folded to single spaces."""
    return " ".join(_BULLET.sub("", paragraph).split())


def find_paragraphs(text: str, known: Mapping[str, str]) -> dict[str, str]:
    """Paragraph id -> text for every known SHA-256 that a line, or a block of lines, of the text has."""
    ids = {digest: identifier for identifier, digest in known.items()}
    candidates = [normal(line) for line in text.splitlines()]
    candidates += [normal(block) for block in re.split(r"\n\s*\n", text)]
    found = {}
    for candidate in candidates:
        identifier = ids.get(hashlib.sha256(candidate.encode("utf-8")).hexdigest())
        if identifier is not None:
            found[identifier] = candidate
    return found
