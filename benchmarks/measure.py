"""Starting processes and measuring them. CPU time is the figure that a busy machine hardly moves; wall time stands beside it."""

from __future__ import annotations

import json
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.envelopes import SKILL_ID

CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True, slots=True)
class Subject:
    """An unpacked function."""

    name: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Run:
    """One process: CPU and wall seconds from its start to its end, and what it reported."""

    cpu: float
    wall: float
    report: dict[str, Any]


def run(python: str, subject: Subject, event: Path, sample: Path, warm_up: int = 0, counted: int = 0) -> Run:
    """Start a process as the cloud starts the function: nothing of this environment but the settings."""
    command = [python, "-I", "-S", "-B", str(CHILD), str(subject.folder), str(event), str(warm_up), str(counted)]
    # As in production, with the log that the cloud reads.
    environment = {"SKILL_ID": SKILL_ID, "SKILL_ENV": "production", "SAMPLE": str(sample), "LANG": "C.UTF-8"}
    environment["AWS_LAMBDA_FUNCTION_NAME"] = "bench"
    started = time.perf_counter()
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        assert child.stdout is not None
        output = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise RuntimeError(f"{subject.name} ended with status {child.returncode}: run {' '.join(command)}")
    report = json.loads(output.splitlines()[-1])
    assert report["answered"]
    return Run(usage.ru_utime + usage.ru_stime, wall, report)


def cold(python: str, subjects: list[Subject], event: Path, sample: Path, rounds: int) -> dict[str, list[Run]]:
    """Cold starts, the subjects taking turns; the first round only fills the page cache."""
    found: dict[str, list[Run]] = {subject.name: [] for subject in subjects}
    for number in range(rounds + 1):
        for subject in subjects:
            one = run(python, subject, event, sample)
            if number:
                found[subject.name].append(one)
    return found


def warm(
    python: str, subjects: list[Subject], event: Path, sample: Path, rounds: int, counted: int
) -> dict[str, list[Run]]:
    """Processes that answer many times, the subjects taking turns."""
    found: dict[str, list[Run]] = {subject.name: [] for subject in subjects}
    for _ in range(rounds):
        for subject in subjects:
            found[subject.name].append(run(python, subject, event, sample, counted // 10, counted))
    return found


def middle(values: list[float]) -> float:
    """The median."""
    return median(values)


def call_cpu(runs: list[Run]) -> float:
    """CPU seconds of one warm call: the median over all blocks of all runs."""
    return median([block[0] for one in runs for block in one.report["blocks"]])


def call_wall(runs: list[Run]) -> float:
    """Wall seconds of one warm call."""
    return median([block[1] for one in runs for block in one.report["blocks"]])


def load_average() -> str:
    """The machine's load while measuring, for the report."""
    return " / ".join(f"{value:.1f}" for value in os.getloadavg())
