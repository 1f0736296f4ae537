"""`make evaluate`: every figure about understanding, printed and written to docs/understanding.md."""

from __future__ import annotations

import datetime
import hashlib
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from skill.content.library import load_content
from skill.understanding import Interpreter, load_interpreter, policy
from tools.learn import crossval, report
from tools.learn.data import (
    LEARNT,
    LOOKALIKES,
    OUT_OF_SCOPE,
    ROOT,
    read_rows,
    thresholds,
)
from tools.learn.measure import DANGER_FIGURES, SECTION_FIGURES, Share, measure_sets
from tools.learn.peers_table import before_the_figures
from tools.learn.saturation_table import report_parts
from tools.learn.train import rules

EXAMPLES = 40
BANDS = 10


def evaluate(path: Path | None, note: str) -> int:
    """Measure, print, write. Returns an exit status."""
    interpreter = load_interpreter(load_content())
    sets, danger = measure_sets(interpreter, path)
    parts = [
        *before_the_figures(),
        report.FROZEN,
        hashes(path),
        report.shares_table(sets),
        report.shares_table(danger),
    ]
    parts += [*report_parts(), *held_out_parts()]
    parts += ["## What it costs", cost_table(interpreter)]
    figures = {**sets["spoken (own)"], **danger["danger (own)"]}
    today = datetime.date.today().isoformat()
    log = [*report.log_lines(), log_line(today, note, sets, danger["danger (own)"])]
    report.write(report.DOCUMENT, parts, log)
    print("\n\n".join(parts[1:]))
    print(f"\nwritten: {report.DOCUMENT.relative_to(ROOT)} ({len(figures)} figures)")
    return 0


def hashes(given: Path | None) -> str:
    """What the figures stand on: hash of the parameters and of a set that is not in the repository."""
    lines = [
        f"Parameters `learnt.json` sha256 {digest(LEARNT)[:16]}, {datetime.date.today().isoformat()}. "
        "In brackets: count, total, 95 % interval."
    ]
    if given:
        lines.append(f"The given set is not in the repository; sha256 {digest(given)[:16]}.")
    return " ".join(lines)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def log_line(today: str, note: str, sets: dict[str, dict[str, Share]], danger: dict[str, Share]) -> str:
    """One line for the log of runs."""
    parts = [
        f"{name}: " + ", ".join(f"{word} {100 * shares[key].value:.1f}" for key, word in SECTION_FIGURES.items())
        for name, shares in sets.items()
    ]
    last = ", ".join(f"{word} {100 * danger[key].value:.1f}" for key, word in DANGER_FIGURES.items())
    return f"- {today} ({note or 'no note'}): {'; '.join(parts)}; danger: {last}"


def held_out_parts() -> list[str]:
    """Cross-validation: every hand judged by parameters that had not seen it."""
    held = crossval.out_of_hand(read_rows())
    limits = thresholds()
    outside, sections, names = held.outside()
    chosen = [i for i, row in enumerate(held.rows) if row.answers()]
    order = np.argsort(-sections, axis=1)
    labels = [*names, OUT_OF_SCOPE]
    confusion = [[0] * len(labels) for _ in labels]
    tally: Counter[tuple[bool, str]] = Counter()
    hands: dict[str, list[int]] = {}
    certainty: list[tuple[float, bool]] = []
    wrong: list[str] = []
    for i in chosen:
        row, good = held.rows[i], held.rows[i].answers()
        ranking = [(names[j], float(sections[i, j])) for j in order[i, :3]]
        verdict = policy.decide(float(outside[i]), ranking, limits)
        first = OUT_OF_SCOPE if verdict == "out_of_scope" else ranking[0][0]
        confusion[labels.index(good[0])][labels.index(first)] += 1
        beyond = set(good) == {OUT_OF_SCOPE}
        for name, hit in (
            ("all", True),
            ("right at once", verdict in ("tip", "out_of_scope") and first in good),
            ("or among the two", verdict == "choice" and any(name in good for name, _ in ranking[:2])),
            ("wrong tip", verdict == "tip" and first not in good),
        ):
            tally[beyond, name] += hit
        count = hands.setdefault(row.hand, [0, 0])
        count[0] += first in good
        count[1] += 1
        if not beyond:
            certainty.append((ranking[0][1], ranking[0][0] in good))
        if verdict == "tip" and first not in good:
            wrong.append(f"{' | '.join(good)} -> {first}: {row.text}")
    report.confusion_picture(labels, confusion)
    within = tally[False, "all"]
    once, two, miss = (tally[False, name] for name in ("right at once", "or among the two", "wrong tip"))
    lines = [
        ["in scope: right at once", str(Share(once, within))],
        ["in scope: right, or among the two", str(Share(once + two, within))],
        ["in scope: wrong tip", str(Share(miss, within))],
        ["out of scope admitted", str(Share(tally[True, "right at once"], tally[True, "all"]))],
        *danger_lines(held, limits),
        *[[f"first answer right, hand {hand}", str(Share(*count))] for hand, count in sorted(hands.items())],
    ]
    return [
        "## On training data, each hand by parameters that had not seen it",
        "A second good answer counts where the utterances name one; hand e wrote only danger, d only out of scope.",
        report.table(["", "cross-validation"], lines),
        f"![Confusion: rows are labels, columns what was understood first]({report.PICTURE.name})",
        "### Reliability of the first section's probability",
        reliability(certainty),
        f"### Wrong tips in cross-validation ({len(wrong)}; every {max(1, len(wrong) // EXAMPLES)}th)",
        "\n".join(f"- {text}" for text in wrong[:: max(1, len(wrong) // EXAMPLES)][:EXAMPLES]),
    ]


def danger_lines(held: crossval.OutOfHand, limits: dict[str, float]) -> list[list[str]]:
    """Danger found and false alarms on held-out hands."""
    score, kind = held.danger()
    finder = rules()
    counts: dict[str, list[int]] = {}
    for i, row in enumerate(held.rows):
        found = finder.find(row.words)
        level = policy.alarm(found.certain if found else None, float(score[i]), limits)
        group = "danger" if row.is_danger() else "look-alikes" if row.label == LOOKALIKES else "ordinary"
        count = counts.setdefault(group, [0, 0, 0, 0])
        count[0] += 1
        count[1] += level == policy.CERTAIN
        count[2] += level == policy.ASK
        count[3] += (found.kind if found else kind[i]) == row.label
    total, certain, asked, right = counts["danger"]
    lines = [
        ["danger found (answer or calm question)", str(Share(certain + asked, total))],
        ["likeliest kind right", str(Share(right, total))],
    ]
    for group in ("ordinary", "look-alikes"):
        total, certain, asked, _ = counts[group]
        lines += [
            [f"danger answer on {group}", str(Share(certain, total))],
            [f"calm question on {group}", str(Share(asked, total))],
        ]
    return lines


def reliability(pairs: Sequence[tuple[float, bool]]) -> str:
    """A table by band of probability, and the expected calibration error."""
    lines, error = [], 0.0
    for band in range(BANDS):
        inside = [(value, right) for value, right in pairs if min(BANDS - 1, int(value * BANDS)) == band]
        if not inside:
            continue
        said, was = sum(value for value, _ in inside) / len(inside), sum(right for _, right in inside) / len(inside)
        error += abs(said - was) * len(inside) / len(pairs)
        lines.append(
            [
                f"{band / BANDS:.1f} to {(band + 1) / BANDS:.1f}",
                f"{said:.2f}",
                f"{was:.2f}",
                str(len(inside)),
                "#" * round(20 * was),
            ]
        )
    return (
        report.table(["said", "mean said", "was right", "count", ""], lines)
        + f"\n\nExpected calibration error: {error:.3f} (with second good answers)."
    )


def cost_table(interpreter: Interpreter) -> str:
    """CPU time a question, load time and import time in fresh processes, size of the parameters."""
    texts = [row.text for row in read_rows()[::20]]
    for text in texts[:50]:
        interpreter.understand(text)
    began = time.process_time()
    for text in texts:
        interpreter.understand(text)
    each = 1000 * (time.process_time() - began) / len(texts)
    script = (
        "import time; a=time.process_time(); from skill.understanding.interpreter import load_learnt; b=time.process_time();"
        "load_learnt(); print(1000*(b-a), 1000*(time.process_time()-b))"
    )
    runs = [[float(value) for value in _python(script).split()] for _ in range(5)]
    lines: list[list[str]] = [
        ["one question, CPU", f"{each:.2f} ms"],
        ["import, CPU (best of 5)", f"{min(run[0] for run in runs):.0f} ms"],
        ["load the parameters, CPU (best of 5)", f"{min(run[1] for run in runs):.0f} ms"],
        ["parameters", f"{LEARNT.stat().st_size // 1024} kB"],
    ]
    return report.table(["", ""], lines)


def _python(script: str) -> str:
    result: Any = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return str(result.stdout)
