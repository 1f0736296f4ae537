"""The report of `make intelligibility`, between two marks in audio/README.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tools.audio.plan import NORMAL, PAUSES, SLOW
from tools.intelligibility.words import Heard, digits_in, most_misheard, rate

BEGIN, END = "<!-- intelligibility: begin -->", "<!-- intelligibility: end -->"
_MOST = 20
_PACES = {NORMAL: "normal pace", SLOW: "slower pace"}


class Report(NamedTuple):
    """`fixed`: engine and set -> heard sentences. `clips`: engine and pace -> content key -> heard clip."""

    fixed: dict[tuple[str, str], list[Heard]]
    clips: dict[tuple[str, str], dict[str, Heard]]


def write_report(path: Path, report: Report) -> None:
    """Replace what stands between the marks; what was not measured this time keeps its part of the report."""
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    old, _, after = rest.partition(END)
    parts = _parts(old)
    if report.fixed:
        parts["fixed"] = _fixed(report, parts.get("fixed", ""))
    if report.clips:
        parts["clips"] = "\n\n".join(
            _clips(engine, report.clips) for engine in dict.fromkeys(name for name, _ in report.clips)
        )
    inside = "\n".join(f"<!-- {name} -->\n{parts[name].strip()}\n" for name in ("fixed", "clips") if name in parts)
    path.write_text(f"{before}{BEGIN}\n{inside}{END}{after}", encoding="utf-8")


def misunderstood_numbers(heard: Mapping[str, Heard]) -> list[str]:
    """Keys of clips whose help numbers were not written digit for digit as they were said."""
    return [key for key, one in heard.items() if digits_in(one.said) != digits_in(one.written)]


def _parts(old: str) -> dict[str, str]:
    found = {}
    for name in ("fixed", "clips"):
        _, mark, rest = old.partition(f"<!-- {name} -->")
        if mark:
            found[name] = rest.partition("<!-- ")[0]
    return found


def _fixed(report: Report, old: str) -> str:
    """The table by engine; an engine that was not measured this time keeps its row."""
    rows = {line.split("|")[1].strip(): line for line in old.splitlines() if line.count("|") == 4}
    for heading in ("engine", "---"):
        rows.pop(heading, None)
    for engine in dict.fromkeys(engine for engine, _ in report.fixed):
        cells = [_cell(report.fixed.get((engine, part), [])) for part in ("held_out", "tuned")]
        rows[engine] = f"| {engine} | {cells[0]} | {cells[1]} |"
    heading = ["| engine | held-out sentences | sentences used for tuning |", "| --- | --- | --- |"]
    return "\n".join([*heading, *rows.values()])


def _cell(heard: list[Heard]) -> str:
    counted = rate(heard)
    return f"{counted.percent:.1f} % ({counted.errors} of {counted.words} words)" if heard else "not measured"


def numbers_line(pace: str, heard: Mapping[str, Heard]) -> str:
    """How many clips with help numbers were understood digit for digit, and which were not."""
    numbers = [key for key, one in heard.items() if digits_in(one.said)]
    missed = misunderstood_numbers({key: heard[key] for key in numbers})
    return (
        f"Help numbers written digit for digit, {_PACES[pace]}: {len(numbers) - len(missed)} of {len(numbers)} clips"
        + (f" (not: {', '.join(missed)})." if missed else ".")
    )


def _clips(engine: str, clips: Mapping[tuple[str, str], Mapping[str, Heard]]) -> str:
    heard = clips.get((engine, NORMAL), {})
    counted = rate(heard.values())
    lines = [
        f"Clips by {engine}, normal pace: {counted.percent:.1f} % ({counted.errors} of {counted.words} words in {len(heard)} clips).",
        *(numbers_line(pace, clips[engine, pace]) for pace in PAUSES if (engine, pace) in clips),
        "Takes of numbers were chosen by this recogniser, so these counts are no proof for another listener.",
        "",
        "| word | misheard | said | mostly as |",
        "| --- | --- | --- | --- |",
    ]
    worst = most_misheard(heard.values(), _MOST)
    return "\n".join([*lines, *(f"| {word} | {wrong} | {said} | {other} |" for word, wrong, said, other in worst)])
