"""How good rankings are: first right, right in two, out of scope told from in scope, calibration. Plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

Rankings = Sequence[tuple[str, Sequence[tuple[str, float]]]]
"""The right label, and labels with scores, best first."""
BANDS = 10
ROUNDING = 1e-6


class Scores(NamedTuple):
    """Shares of 1; `calibration` is None where scores are no probabilities."""

    first: float
    two: float
    outside: float
    calibration: float | None
    asked_in_scope: int
    asked: int


def score(rankings: Rankings, out_of_scope: str) -> Scores:
    """First and two among the sections, for utterances in scope; AUROC of out of scope over all; calibration over all."""
    within = [
        (label, [name for name, _ in found if name != out_of_scope])
        for label, found in rankings
        if label != out_of_scope
    ]
    away = [_outside(found, out_of_scope) for _, found in rankings]
    beyond = [label == out_of_scope for label, _ in rankings]
    chances = all(abs(sum(value for _, value in found) - 1) < 1e-3 for _, found in rankings)
    return Scores(
        first=sum(names[:1] == [label] for label, names in within) / len(within),
        two=sum(label in names[:2] for label, names in within) / len(within),
        outside=auroc(
            [value for value, out in zip(away, beyond, strict=True) if out],
            [value for value, out in zip(away, beyond, strict=True) if not out],
        ),
        calibration=calibration_error(rankings) if chances else None,
        asked_in_scope=len(within),
        asked=len(rankings),
    )


def _outside(found: Sequence[tuple[str, float]], out_of_scope: str) -> float:
    """How much it looks out of scope: that label's score less the best section's; what matched nothing scores 0 for both."""
    told = dict(found)
    return told.pop(out_of_scope, 0.0) - max(told.values(), default=0.0)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive scores above a negative, ties counting half (Mann-Whitney). Raises ValueError without either."""
    if not positive or not negative:
        raise ValueError("needs utterances in scope and out of scope")
    ordered = sorted([*((value, 1) for value in positive), *((value, 0) for value in negative)])
    wins, below, start = 0.0, 0, 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end][0] == ordered[start][0]:
            end += 1
        here = sum(kind for _, kind in ordered[start:end])
        others = end - start - here
        wins += here * (below + others / 2)
        below += others
        start = end
    return wins / (len(positive) * len(negative))


def calibration_error(rankings: Rankings) -> float:
    """Expected calibration error of the best label's probability, in ten equal bands."""
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for label, found in rankings:
        name, value = found[0]
        bands[min(BANDS - 1, int(value * BANDS + ROUNDING))].append((value, name == label))
    gaps = (abs(sum(value - hit for value, hit in band)) for band in bands.values())
    return sum(gaps) / len(rankings)
