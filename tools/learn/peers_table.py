"""The part of docs/understanding.md that lays the methods side by side, from the figures that `python -m tools.learn peers` kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.learn.peers.compare import made_of, read_figures
from tools.learn.peers.methods import PEERS, Peer
from tools.learn.peers.split import A_LABEL, ALL, HELD_OUT, SAMPLE
from tools.learn.report import BACKGROUND, DOCUMENT, FROZEN, table

HEADING = "## Methods side by side"
COMMAND = "`python -m tools.learn peers`"
SCORES = ("first right", "in two", "AUROC", "calibration")
MEGABYTE = 1_000_000


def before_the_figures() -> list[str]:
    """The written part of the document and this one: all that stands before the figures of measuring sets."""
    return [BACKGROUND.read_text(encoding="utf-8").strip(), *peers_parts()]


def renew(document: Path = DOCUMENT) -> None:
    """Write that into the document and leave the figures of measuring sets, and their log, as they are. Raises ValueError without them."""
    _, heading, rest = document.read_text(encoding="utf-8").partition(f"\n{FROZEN}\n")
    if not heading:
        raise ValueError(f"{document.name} has no part {FROZEN!r}; run: make evaluate")
    document.write_text("\n\n".join(before_the_figures()) + "\n" + heading + rest, encoding="utf-8")


def peers_parts() -> list[str]:
    """Heading, what was done, two tables; or what to run where there are no figures."""
    figures = read_figures()
    if figures is None:
        return [HEADING, f"No figures yet; {COMMAND} makes them."]
    of_today = figures["made_of_sha256"] == made_of()
    return [HEADING, how(figures, of_today), quality(figures), costs(figures)]


def how(figures: Mapping[str, Any], of_today: bool) -> str:
    """What the methods learnt from and were asked, when, and whether that is still the data of today."""
    count = figures["learnt_from"]
    state = "today's data" if of_today else f"older data than today's, {COMMAND} brings them up to date"
    return (
        f"Made by {COMMAND} on {figures['date']} ({figures['machine']}); hash of utterances, methods and pins "
        f"{figures['made_of_sha256'][:16]}: {state}.\n\n"
        f"Whole hands are left out and asked: {', '.join(HELD_OUT)} (short plain questions, letters, question pages), "
        f"{figures['asked']} of their utterances chosen by hash, one label each. The methods learn from the other hands: "
        f"all of them ({count[ALL]} utterances), and a sample for methods that cannot bear so many "
        f"(at most {A_LABEL} a label, also by hash: {count[SAMPLE]}). First right and in two: the best sections for utterances "
        "in scope, at a 95 % interval of about three points. AUROC: out of scope told from in scope by that label's score less "
        "the best section's. Calibration: expected calibration error of the best label, where scores add up to one. "
        "What matches nothing counts as not right."
    )


def quality(figures: Mapping[str, Any]) -> str:
    """One row a method: scores after learning from all, and after learning from the sample."""
    columns = ["method", *(f"{name}, all" for name in SCORES), *(f"{name}, sample" for name in SCORES)]
    rows = [[peer.title, *_scores_of(peer, figures["methods"].get(peer.key))] for peer in PEERS]
    return table(columns, rows)


def _scores_of(peer: Peer, found: Mapping[str, Any] | None) -> list[str]:
    if not found or "missing" in found:
        return [_lack(found), *[""] * (2 * len(SCORES) - 1)]
    return [cell for amount in (ALL, SAMPLE) for cell in _cells(found.get(amount), peer)]


def _lack(found: Mapping[str, Any] | None) -> str:
    return f"not installed here: {found['missing']}" if found else "not tried yet"


def _cells(scores: Mapping[str, Any] | None, peer: Peer) -> list[str]:
    if scores is None:
        assert peer.slow
        return ["too slow", *[""] * (len(SCORES) - 1)]
    calibration = "" if scores["calibration"] is None else f"{scores['calibration']:.3f}"
    return [f"{100 * scores['first']:.1f} %", f"{100 * scores['two']:.1f} %", f"{scores['outside']:.3f}", calibration]


def costs(figures: Mapping[str, Any]) -> str:
    """One row a method: what answering takes, after learning from all where it did, in a process that does nothing else."""
    columns = ["method", "CPU a question (median)", "import, CPU", "memory added", "installed", "licences"]
    return table(columns, [_cost_row(peer, figures["methods"].get(peer.key)) for peer in PEERS])


def _cost_row(peer: Peer, found: Mapping[str, Any] | None) -> list[str]:
    licences = ", ".join(f"{name} {licence}" for name, licence in peer.packages.items())
    if not found or "missing" in found:
        return [peer.title, _lack(found), "", "", "", licences]
    spent = found.get(ALL) or found[SAMPLE]
    memory = "" if spent["memory"] is None else f"{spent['memory'] / MEGABYTE:.0f} MB"
    return [
        peer.title,
        f"{spent['question_ms']:.2f} ms",
        f"{spent['import_ms']:.0f} ms",
        memory,
        f"{found['installed'] / MEGABYTE:.1f} MB",
        licences,
    ]
