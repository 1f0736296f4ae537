"""The limits of the decisions, chosen by cost on hands that nothing was learnt from: when to answer, to ask, to refuse, to alarm."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from skill.understanding import policy
from skill.understanding.danger import DangerRules
from tools.learn.crossval import OutOfHand
from tools.learn.data import LOOKALIKES, OUT_OF_SCOPE, Row

SECOND_GOOD = 0.3
"""Of the tips that are none of the answers an utterance bears, the share that a reader would still call good: our estimate. What was
doubted of hands start to oo was read once more and bears every answer that was named; of two such readers 2 % have no answer in common."""
COST = {
    "two": 0.45,
    "two wrong": 1.0 - 0.65 * SECOND_GOOD,
    "wrong tip": 4 * (1 - SECOND_GOOD),
    "refused": 1.0,
    "not understood": 1.0,
    "tip outside": 2.5,
    "two outside": 1.0,
}
"""What a parent loses: a question back is cheap, a wrong tip is not, a refusal of what is on the page is in between: in doubt
it offers the nearest section. To be asked about two sections when the page has nothing costs what being refused in error does."""
ALIKE = 0.005
"""Of tip limits whose cost is at most this share above the least, the lowest is taken: where hands left out hardly tell them apart,
a parent with full hands gets an answer."""
SURELY_OUTSIDE = 0.05
"""Where a refusal counts as sure, at most this share of what is refused on held-out hands is on the page after all."""
RULED_ASKED = 0.25
"""Share of held-out dangers found by a certain rule for which the learnt class may overrule it to the calm question."""
OUTSIDE_LIMITS = [round(0.3 + 0.025 * step, 3) for step in range(18)]
TIP_LIMITS = [round(0.3 + 0.025 * step, 3) for step in range(20)]
CERTAIN_ALARMS, ASKED_ALARMS = 0.002, 0.08
"""Shares of held-out ordinary utterances and look-alikes (half each) that may get a danger answer, or the calm question."""


def hand_weights(rows: Sequence[Row]) -> np.ndarray[Any, Any]:
    """In scope four to one, as parents' questions are; within each, every hand counts the same, or one that wrote 1,296 decides."""
    group = [(row.label == OUT_OF_SCOPE, row.hand) for row in rows]
    size = Counter(group)
    hands = Counter(beyond for beyond, _ in size)
    return np.array([(0.2 if key[0] else 0.8) / hands[key[0]] / size[key] for key in group])


def choose_section_limits(held: OutOfHand) -> dict[str, float]:
    """The thresholds of least cost on held-out hands; weights as in hand_weights."""
    outside, sections, names = held.outside()
    chosen = [i for i, row in enumerate(held.rows) if row.answers()]
    order = np.argsort(-sections[chosen], axis=1)[:, :2]
    top = np.take_along_axis(sections[chosen], order, axis=1)
    away = outside[chosen]
    answers = [held.rows[i].answers() for i in chosen]
    good = np.array([[name in found for name in names] for found in answers])
    may_refuse = np.array([OUT_OF_SCOPE in found for found in answers])
    beyond = may_refuse & ~good.any(axis=1)
    first_right, second_right = np.take_along_axis(good, order, axis=1).T
    weight = hand_weights([held.rows[i] for i in chosen])

    def cost(limits: dict[str, float]) -> float:
        refuse = away >= limits["outside"]
        told = ~refuse & (top[:, 0] >= limits["tip"]) & (top[:, 0] - top[:, 1] >= limits["margin"])
        asked = ~refuse & ~told & (top.sum(axis=1) >= limits["choice"])
        lost = ~refuse & ~told & ~asked
        each = refuse * np.where(may_refuse, 0.0, COST["refused"])
        each += told * np.where(beyond, COST["tip outside"], np.where(first_right, 0.0, COST["wrong tip"]))
        each += asked * np.where(
            beyond, COST["two outside"], np.where(first_right | second_right, COST["two"], COST["two wrong"])
        )
        each += lost * COST["not understood"]
        return float((each * weight).sum())

    grid = itertools.product(OUTSIDE_LIMITS, TIP_LIMITS, (0.0, 0.1), (0.0, 0.25))
    best = min((dict(zip(("outside", "tip", "margin", "choice"), one, strict=True)) for one in grid), key=cost)
    best["tip"] = next(tip for tip in TIP_LIMITS if cost({**best, "tip": tip}) <= (1 + ALIKE) * cost(best))
    sure = next(
        limit
        for limit in np.arange(0.4, 1.0, 0.025)
        if (weight * ~may_refuse)[away >= limit].sum() <= SURELY_OUTSIDE * weight[away >= limit].sum()
    )
    return {**best, "outside_sure": round(max(float(sure), best["outside"]), 3)}


def choose_danger_limits(held: OutOfHand, rules: DangerRules) -> dict[str, float]:
    """The lowest limits that keep alarms on held-out ordinary utterances and look-alikes (half each) within their shares."""
    score, _ = held.danger()
    found = [rules.find(row.words) for row in held.rows]
    rule = [None if finding is None else finding.certain for finding in found]
    calm = [i for i, row in enumerate(held.rows) if not row.is_danger()]
    alike = [i for i in calm if held.rows[i].label == LOOKALIKES]
    plain = [i for i in calm if held.rows[i].label != LOOKALIKES]

    def share(limits: dict[str, float], least: int) -> float:
        parts = [
            sum(policy.alarm(rule[i], float(score[i]), limits) >= least for i in group) / len(group)
            for group in (alike, plain)
        ]
        return sum(parts) / 2

    limits = {"danger_certain": 0.995, "danger_ask": 0.995, "danger_with_rule": 0.995}
    ruled = sorted(float(score[i]) for i, row in enumerate(held.rows) if row.is_danger() and rule[i] is True)
    limits["danger_rule_floor"] = round(ruled[int(RULED_ASKED * len(ruled))], 3)
    for name, least, allowed in (
        ("danger_certain", policy.CERTAIN, CERTAIN_ALARMS),
        ("danger_with_rule", policy.CERTAIN, CERTAIN_ALARMS + 0.001),
        ("danger_ask", policy.ASK, ASKED_ALARMS + CERTAIN_ALARMS),
    ):
        for value in np.arange(0.99, 0.04, -0.005):
            trial = {**limits, name: round(float(value), 3)}
            if share(trial, least) > allowed:
                break
            limits = trial
    return limits
