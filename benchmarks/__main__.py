"""`python -m benchmarks`: cold start, warm turns, memory and size beside hello-world; writes docs/performance.md."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.envelopes import CONTROL, QUESTION, other_questions, story
from benchmarks.measure import Run, Subject, call_cpu, call_wall, cold, load_average, middle, warm
from benchmarks.report import machine, put, table
from benchmarks.subjects import ROOT, hello, skill, unpack
from benchmarks.tenfold import tenfold
from skill.understanding.text import MAX_WORDS
from tools.package.dependencies import dependency_files
from tools.package.function import build_function, own_files
from tools.package.pythons import NoPythonError, Python, find_python


@dataclass(frozen=True, slots=True)
class Aim:
    """What is asked: times the comparison, or bytes."""

    aim: float
    floor: float


AIMS = {
    "cold": Aim(1.0, 1.3),
    "control": Aim(0.5, 1.0),
    "question": Aim(1.5, 5.0),
    "memory": Aim(1.3, 2.0),
    "zip": Aim(4.0, 6.0),
    "tenfold cold": Aim(1.2, 1.5),
    "tenfold warm": Aim(1.1, 1.3),
}


def main() -> int:
    """Exit status 1 when a floor is not reached."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="cold starts of each (15)")
    parser.add_argument("--calls", type=int, default=1000, help="warm calls in each process (1000)")
    parser.add_argument("--dry", action="store_true", help="print, and leave docs/performance.md as it is")
    options = parser.parse_args()
    try:
        python = find_python()
    except NoPythonError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        text, reached = measure(python, Path(folder), options.rounds, options.calls)
    print(text)
    if not options.dry:
        put("bench", text)
    return 0 if reached else 1


def measure(python: Python, folder: Path, rounds: int, calls: int) -> tuple[str, bool]:
    """The report, and whether every floor was reached."""
    # The interpreter itself: a stand-in that looks it up would be measured along.
    program = python.run("-c", "import sys; print(sys.executable)").stdout.strip()
    version = python.run("-c", "import platform; print('Python', platform.python_version())").stdout.strip()
    ours = skill(python)
    subjects = [unpack(ours, "skill", folder), unpack(hello(python), "hello", folder)]
    grown = build_function(python, tenfold(own_files(ROOT), ROOT), dependency_files(ROOT))
    subjects.append(unpack(grown, "tenfold", folder))
    question, control, others = folder / "question.json", folder / "control.json", folder / "others.json"
    told = folder / "story.json"
    told.write_text(json.dumps(story(ROOT, MAX_WORDS)), encoding="utf-8")
    others.write_text(json.dumps(other_questions(ROOT, calls)), encoding="utf-8")
    question.write_text(json.dumps(QUESTION), encoding="utf-8")
    control.write_text(json.dumps(CONTROL), encoding="utf-8")
    before = load_average()
    starts = cold(program, subjects, question, question, rounds)
    controls = warm(program, subjects[:2], control, question, 3, calls)
    questions = warm(program, subjects, question, question, 3, calls)
    changing = warm(program, subjects[:2], others, question, 3, calls)
    stories = warm(program, subjects[:2], told, question, 3, max(10, calls // 20))
    rows, reached = _rows(starts, controls, questions, len(ours.data))
    # Nothing is asked twice, so that what is remembered of words helps only as far as parents use the same ones.
    rows.append(_beside("warm, another question every time (ms CPU)", changing))
    rows.append(_beside(f"warm, a story of {MAX_WORDS:,} words (ms CPU)", stories))
    lines = [
        "## Beside hello-world (`make bench`)",
        f"{machine(version)}; load before and after: {before}, {load_average()}.",
        f"{rounds} cold starts and 3 processes of {calls} warm calls each, the subjects taking turns; medians.",
        table(rows),
        _wall(starts, controls, questions),
        NOTES,
    ]
    return "\n\n".join(lines), reached


def _rows(
    starts: dict[str, list[Run]], controls: dict[str, list[Run]], questions: dict[str, list[Run]], size: int
) -> tuple[list[tuple[str, ...]], bool]:
    def cpu(name: str) -> float:
        return middle([one.cpu for one in starts[name]]) * 1e3

    def peak(name: str) -> float:
        return middle([one.report["peak_kilobytes"] for one in questions[name]]) / 1e3

    pairs = {
        "cold": ("cold: process start to the first answer, with a screen (ms CPU)", cpu("skill"), cpu("hello")),
        "control": ("warm control turn (ms CPU)", call_cpu(controls["skill"]) * 1e3, call_cpu(controls["hello"]) * 1e3),
        "question": (
            "warm question in free words (ms CPU)",
            call_cpu(questions["skill"]) * 1e3,
            call_cpu(questions["hello"]) * 1e3,
        ),
        "memory": ("peak memory (MB)", peak("skill"), peak("hello")),
    }
    pairs["tenfold cold"] = ("ten times the content, cold, beside once (ms CPU)", cpu("tenfold"), cpu("skill"))
    pairs["tenfold warm"] = (
        "ten times the content, warm question, beside once (ms CPU)",
        call_cpu(questions["tenfold"]) * 1e3,
        call_cpu(questions["skill"]) * 1e3,
    )
    rows: list[tuple[str, ...]] = [("what", "skill", "hello-world", "ratio", "aim", "floor", "")]
    verdicts = []
    for name, (what, one, other) in pairs.items():
        verdict = _verdict(AIMS[name], one / other)
        verdicts.append(verdict)
        figures = (f"{one:.4g}", f"{other:.4g}", f"{one / other:.2f} x", f"{AIMS[name].aim} x", f"{AIMS[name].floor} x")
        rows.append((what, *figures, verdict))
    verdict = _verdict(AIMS["zip"], size / 1e6)
    rows.append(("zip (MB)", f"{size / 1e6:.2f}", "", "", f"{AIMS['zip'].aim}", f"{AIMS['zip'].floor}", verdict))
    return rows, MISSED not in [*verdicts, verdict]


def _beside(what: str, runs: dict[str, list[Run]]) -> tuple[str, ...]:
    """A row of which nothing is asked: what it costs beside hello-world with the same request."""
    one, other = (call_cpu(runs[name]) * 1e3 for name in ("skill", "hello"))
    return (what, f"{one:.4g}", f"{other:.4g}", f"{one / other:.2f} x", "", "", "")


MISSED = "below the floor"


def _verdict(asked: Aim, found: float) -> str:
    return "aim" if found <= asked.aim else "floor" if found <= asked.floor else MISSED


def _wall(starts: dict[str, list[Run]], controls: dict[str, list[Run]], questions: dict[str, list[Run]]) -> str:
    rows: list[tuple[str, ...]] = [("wall time (ms)", *starts)]
    rows.append(("cold", *(f"{middle([one.wall for one in runs]) * 1e3:.0f}" for runs in starts.values())))
    rows.append(("warm control", *(f"{call_wall(controls[n]) * 1e3:.3f}" if n in controls else "" for n in starts)))
    rows.append(("warm question", *(f"{call_wall(runs) * 1e3:.3f}" for runs in questions.values())))
    return table(rows)


NOTES = """What made the difference: byte code without sources or the SDK's docstrings; a serializer that looks each class of the SDK
up once; the reduced envelope, so that no model class of a screen is loaded; no regular expression over all of Unicode; learnt rows
that are mapped from their file, found by a check sum and added as lanes of whole numbers; rules filed under their rarest word. Hello-world
loads about 130 modules of model classes that it never uses; this skill loads understanding instead.

Not measured here: a real cold start in the cloud (image fetch, placement), the network, Amazon's own understanding."""


__all__ = ["Subject", "main"]

if __name__ == "__main__":
    sys.exit(main())
