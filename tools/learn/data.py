"""The training utterances with label and hand, and the fingerprint that says what the parameters were learnt from."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from skill.understanding.text import one_spelling, words_of
from tools.content.sources import read_utterances

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
    """One training utterance: spoken text, plain words, label (section id, `buiten`, `geen-gevaar`, danger kind), hand, fold,
    and the other labels of sections whose answer is good too (or `buiten`).
    """

    text: str
    words: list[str]
    label: str
    hand: str
    fold: str
    also: tuple[str, ...] = ()

    def answers(self) -> tuple[str, ...]:
        """Labels of every good first answer, the best first: none for a danger, of a look-alike only those after its bar."""
        if self.is_danger():
            return ()
        return self.also if self.label == LOOKALIKES else (self.label, *self.also)

    def is_danger(self) -> bool:
        """Whether the label is a danger kind."""
        return self.label in danger_kinds()


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


@cache
def danger_kinds() -> tuple[str, ...]:
    """The danger kinds, sorted."""
    return tuple(sorted(path.stem for path in (UTTERANCES / "gevaar").glob("*.txt")))


def utterance_files() -> list[Path]:
    """All utterance files in one fixed order."""
    return sorted(UTTERANCES.glob("*.txt")) + sorted((UTTERANCES / "gevaar").glob("*.txt"))


def fingerprint(without: str = "") -> str:
    """SHA-256 over everything that shapes the parameters: utterances, spelling, and the code and figures of SHAPING but for one file."""
    digest = hashlib.sha256()
    words = CONTENT / "words"
    paths = [
        *utterance_files(),
        words / "spelling.toml",
        words / "concepts.toml",
        *(UNDERSTANDING / name for name in SHAPING if name != without),
    ]
    paths += [Path(__file__), Path(__file__).with_name("fit.py")]
    for path in paths:
        digest.update(f"{path.name}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read_rows() -> list[Row]:
    """All training utterances in the order of the files."""
    same = spelling()
    raw = [(utterance, path.stem) for path in utterance_files() for utterance in read_utterances(path)]
    sizes = Counter((label, utterance.hand) for utterance, label in raw)
    totals = Counter(label for _, label in raw)
    seen: Counter[tuple[str, str]] = Counter()
    rows = []
    for (_, text, also, hand), label in raw:
        fold = hand
        if sizes[label, hand] > 0.6 * totals[label]:
            fold = f"{hand}-{seen[label, hand] * BLOCKS // sizes[label, hand] + 1}"
        seen[label, hand] += 1
        rows.append(Row(text, plain_words(text, same), label, hand, fold, also))
    return rows


def thresholds() -> dict[str, float]:
    """The figures of thresholds.toml."""
    table = tomllib.loads(THRESHOLDS.read_text(encoding="utf-8"))
    return {name: float(value) for name, value in table.items() if isinstance(value, int | float)}


def read_measuring(path: Path) -> list[dict[str, Any]]:
    """A measuring set: JSON lines with `text` and `accept`, or `text`, `expect` and `kind`."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
