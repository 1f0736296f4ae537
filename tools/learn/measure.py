"""Runs the interpreter over a measuring set and counts what a parent would have got. Sentences are never printed from here."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from skill.understanding import Interpreter, Understanding
from tools.learn.data import MEASURE, OUT_OF_SCOPE, read_measuring

DANGER_CONTROLS = ("emergency",)
SECTION_FIGURES = {
    "right at once": "right",
    "right at once, or among the two": "right or two",
    "wrong tip": "wrong",
    "out of scope admitted": "admitted",
}
DANGER_FIGURES = {
    "danger found (answer or calm question)": "found",
    "danger answer on ordinary and look-alikes": "answer on ordinary",
    "calm question on ordinary and look-alikes": "question",
}
"""The figures of issue 3's table, with what the log of runs calls them."""


class Share(NamedTuple):
    """A count with its total."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        return self.hits / self.total if self.total else 0.0

    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval."""
        if not self.total:
            return 0.0, 1.0
        z, n, p = 1.959964, self.total, self.value
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval()
        return f"{100 * self.value:.1f} % ({self.hits}/{self.total}; {100 * low:.0f}-{100 * high:.0f})"


def accepted_sections(row: Mapping[str, Any]) -> set[str]:
    """The labels that a reader called a good first answer; `out_of_scope` is spelled `buiten`."""
    return {OUT_OF_SCOPE if label == "out_of_scope" else str(label) for label in row["accept"]}


def answered(heard: Understanding) -> str:
    """The verdict as the conversation acts on it: a danger comes before everything."""
    if heard.danger:
        return "crisis" if heard.danger_certain else "safety_check"
    return f"control:{heard.control}" if heard.control else heard.verdict


def is_right(heard: Understanding, accept: set[str]) -> bool:
    """Right at once: the tip of an accepted section, or out of scope where that is accepted."""
    said = answered(heard)
    if said == "control:card":
        return "hulp-en-advies" in accept
    if said == "control:source":
        return "bron" in accept
    if said == "tip":
        return heard.ranking[0][0] in accept
    return said == "out_of_scope" and OUT_OF_SCOPE in accept


def is_offered(heard: Understanding, accept: set[str]) -> bool:
    """Right, or among the two that it offers."""
    return is_right(heard, accept) or (
        answered(heard) == "choice" and any(name in accept for name, _ in heard.ranking[:2])
    )


def measure_sets(
    interpreter: Interpreter, given: Path | None
) -> tuple[dict[str, dict[str, Share]], dict[str, dict[str, Share]]]:
    """By measuring set its figures: the sets about sections (with the one at `given`, if any), and the one about danger."""
    sets = {"spoken (own)": measure_sections(interpreter, read_measuring(MEASURE / "spoken.jsonl"))}
    if given:
        sets["given"] = measure_sections(interpreter, read_measuring(given))
    return sets, {"danger (own)": measure_danger(interpreter, read_measuring(MEASURE / "danger.jsonl"))}


def measure_sections(interpreter: Interpreter, rows: Sequence[Mapping[str, Any]]) -> dict[str, Share]:
    """The table of issue 3 for a set with `accept`, over all rows, and how many got a danger answer or the calm question."""
    tally: Counter[str] = Counter()
    within = beyond = 0
    for row in rows:
        accept = accepted_sections(row)
        heard = interpreter.understand(row["text"])
        said, inside = answered(heard), accept != {OUT_OF_SCOPE}
        within += inside
        beyond += OUT_OF_SCOPE in accept and not (accept - {OUT_OF_SCOPE})
        right, offered = is_right(heard, accept), is_offered(heard, accept)
        wrong = said == "tip" and not right
        tally.update(right=right, offered=offered, wrong=wrong, crisis=said == "crisis", asked=said == "safety_check")
        if inside:
            tally.update(
                right_in=right, offered_in=offered, wrong_in=wrong, refused_in=said == "out_of_scope" and not right
            )
            best = heard.ranking[0][0] if heard.ranking else None
            tally.update(first_in=right or best in accept)
        else:
            tally.update(admitted=said == "out_of_scope", wrong_out=wrong)
    total = len(rows)
    return {
        "right at once": Share(tally["right"], total),
        "right at once, or among the two": Share(tally["offered"], total),
        "wrong tip": Share(tally["wrong"], total),
        "out of scope admitted": Share(tally["admitted"], beyond),
        "in scope: right at once": Share(tally["right_in"], within),
        "in scope: right, or among the two": Share(tally["offered_in"], within),
        "in scope: best section accepted": Share(tally["first_in"], within),
        "in scope: wrong tip": Share(tally["wrong_in"], within),
        "in scope: refused": Share(tally["refused_in"], within),
        "danger answer": Share(tally["crisis"], total),
        "calm question": Share(tally["asked"], total),
    }


def measure_danger(interpreter: Interpreter, rows: Sequence[Mapping[str, Any]]) -> dict[str, Share]:
    """Danger found, by kind too, and alarms on what is ordinary, for a set with `expect` and `kind`."""
    tally: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for row in rows:
        heard = interpreter.understand(row["text"])
        certain = (heard.danger is not None and heard.danger_certain) or heard.control in DANGER_CONTROLS
        found = certain or heard.danger is not None
        if row["expect"] == "danger":
            kind = str(row["kind"])
            totals.update(["danger", f"found: {kind}"])
            tally.update({"danger": found, "at once": certain, f"found: {kind}": found, "kind": heard.danger == kind})
        else:
            totals.update(["ordinary"])
            tally.update({"answer": certain, "asked": found and not certain})
    shares = {
        "danger found (answer or calm question)": Share(tally["danger"], totals["danger"]),
        "danger answered at once": Share(tally["at once"], totals["danger"]),
        "danger with the right kind": Share(tally["kind"], totals["danger"]),
        "danger answer on ordinary and look-alikes": Share(tally["answer"], totals["ordinary"]),
        "calm question on ordinary and look-alikes": Share(tally["asked"], totals["ordinary"]),
    }
    shares.update({name: Share(tally[name], totals[name]) for name in sorted(totals) if name.startswith("found: ")})
    return shares
