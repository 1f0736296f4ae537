"""The training utterances with label and hand, and the fingerprint that says what the parameters were learnt from."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from skill.understanding.text import one_spelling, words_of

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "skill" / "content"
UTTERANCES = CONTENT / "utterances"
UNDERSTANDING = ROOT / "skill" / "understanding"
LEARNT = UNDERSTANDING / "learnt.json"
THRESHOLDS = UNDERSTANDING / "thresholds.toml"
MEASURE = ROOT / "tests" / "measure"
OUT_OF_SCOPE = "buiten"
LOOKALIKES = "geen-gevaar"
ORDINARY = "ordinary"
BLOCKS = 5
"""A hand that wrote nearly all of a label is held out in this many consecutive blocks instead of whole."""
SHAPING = ("features.py", "keys.py", "text.py", "model.py", "thresholds.toml")


class Row(NamedTuple):
    """One training utterance: spoken text, plain words, label (section id, `buiten`, `geen-gevaar`, danger kind), hand, fold."""

    text: str
    words: list[str]
    label: str
    hand: str
    fold: str


def spelling() -> dict[str, str]:
    """The one spelling of content/words/spelling.toml."""
    table: dict[str, Any] = tomllib.loads((CONTENT / "words" / "spelling.toml").read_text(encoding="utf-8"))
    return dict(table.get("same", {}))


def concept_table() -> dict[str, list[str]]:
    """The concepts of content/words/concepts.toml."""
    table: dict[str, Any] = tomllib.loads((CONTENT / "words" / "concepts.toml").read_text(encoding="utf-8"))
    return dict(table["concepts"])


def plain_words(text: str, same: dict[str, str]) -> list[str]:
    """Words as the running skill gives them to the model."""
    return one_spelling(words_of(text), same)


def danger_kinds() -> list[str]:
    """The danger kinds, sorted."""
    return sorted(path.stem for path in (UTTERANCES / "gevaar").glob("*.txt"))


def utterance_files() -> list[Path]:
    """All utterance files in one fixed order."""
    return sorted(UTTERANCES.glob("*.txt")) + sorted((UTTERANCES / "gevaar").glob("*.txt"))


def fingerprint() -> str:
    """SHA-256 over everything that shapes the parameters: utterances, spelling, and the code and figures of SHAPING."""
    digest = hashlib.sha256()
    words = CONTENT / "words"
    paths = [
        *utterance_files(),
        words / "spelling.toml",
        words / "concepts.toml",
        *(UNDERSTANDING / name for name in SHAPING),
    ]
    paths += [Path(__file__), Path(__file__).with_name("fit.py")]
    for path in paths:
        digest.update(f"{path.name}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read_rows() -> list[Row]:
    """All training utterances in the order of the files."""
    same = spelling()
    raw: list[tuple[str, str, str]] = []
    for path in utterance_files():
        hand = "?"
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# hand "):
                hand = line.split()[2]
            elif line.strip() and not line.startswith("#"):
                raw.append((line.strip(), path.stem, hand))
    sizes: dict[tuple[str, str], int] = {}
    for _, label, hand in raw:
        sizes[label, hand] = sizes.get((label, hand), 0) + 1
    totals: dict[str, int] = {}
    for _, label, _ in raw:
        totals[label] = totals.get(label, 0) + 1
    seen: dict[tuple[str, str], int] = {}
    rows = []
    for text, label, hand in raw:
        place = seen[label, hand] = seen.get((label, hand), -1) + 1
        fold = hand
        if sizes[label, hand] > 0.6 * totals[label]:
            fold = f"{hand}-{place * BLOCKS // sizes[label, hand] + 1}"
        rows.append(Row(text, plain_words(text, same), label, hand, fold))
    return rows


def thresholds() -> dict[str, float]:
    """The figures of thresholds.toml."""
    table = tomllib.loads(THRESHOLDS.read_text(encoding="utf-8"))
    return {name: float(value) for name, value in table.items() if isinstance(value, int | float)}


def read_measuring(path: Path) -> list[dict[str, Any]]:
    """A measuring set: JSON lines with `text` and `accept`, or `text`, `expect` and `kind`."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
