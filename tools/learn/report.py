"""Writes docs/understanding.md and its pictures from figures that `evaluate` counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.learn.data import ROOT
from tools.learn.measure import Share

DOCUMENT = ROOT / "docs" / "understanding.md"
PICTURE = ROOT / "docs" / "understanding-confusion.svg"
BACKGROUND = ROOT / "tools" / "learn" / "report_background.md"
FROZEN = "## On the frozen measuring sets"
"""The heading under which the figures of `make evaluate` begin."""
LOG_START, LOG_END = "<!-- log -->", "<!-- end of log -->"
CELL = 34


def table(columns: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    rule = ["---"] * len(columns)
    return "\n".join("| " + " | ".join(line) + " |" for line in [columns, rule, *lines])


def shares_table(sets: Mapping[str, Mapping[str, Share]]) -> str:
    """One line a figure, one column a set."""
    names = list(dict.fromkeys(name for shares in sets.values() for name in shares))
    return table(
        ["", *sets],
        [[name, *(str(shares[name]) if name in shares else "" for shares in sets.values())] for name in names],
    )


def confusion_picture(labels: Sequence[str], counts: Sequence[Sequence[int]]) -> None:
    """An SVG: rows are labels, columns what was understood first, on held-out hands; darker is a larger share of the row."""
    left, top = 120, 120
    size = CELL * len(labels)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + size + 10}" height="{top + size + 10}"',
        ' font-family="sans-serif" font-size="11">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for index, label in enumerate(labels):
        middle = index * CELL + CELL // 2
        parts.append(f'<text x="{left - 6}" y="{top + middle + 4}" text-anchor="end">{label}</text>')
        x = left + middle + 4
        parts.append(f'<text x="{x}" y="{top - 6}" transform="rotate(-60 {x} {top - 6})">{label}</text>')
        total = sum(counts[index]) or 1
        for column, count in enumerate(counts[index]):
            share = count / total
            shade = round(255 - 205 * share)
            place = f'x="{left + column * CELL}" y="{top + index * CELL}" width="{CELL - 1}" height="{CELL - 1}"'
            parts.append(f'<rect {place} fill="rgb({shade},{shade},255)"/>')
            if count:
                colour = "white" if share > 0.6 else "black"
                parts.append(
                    f'<text x="{left + column * CELL + CELL // 2}" y="{top + index * CELL + CELL // 2 + 4}"'
                    f' text-anchor="middle" fill="{colour}">{count}</text>'
                )
    parts.append("</svg>\n")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text("\n".join(parts), encoding="utf-8")


def log_lines() -> list[str]:
    """The runs on measuring sets that the document holds so far."""
    if not DOCUMENT.exists() or LOG_START not in (text := DOCUMENT.read_text(encoding="utf-8")):
        return []
    return [line for line in text.split(LOG_START)[1].split(LOG_END)[0].splitlines() if line.startswith("- ")]


def write(path: Path, parts: Sequence[str], log: Sequence[str]) -> None:
    """Write the document; the log of runs is kept and grows."""
    path.parent.mkdir(exist_ok=True)
    body = "\n\n".join(parts)
    path.write_text(
        f"{body}\n\n## Every run on a measuring set\n\n{LOG_START}\n" + "\n".join(log) + f"\n{LOG_END}\n",
        encoding="utf-8",
    )
