"""Predictions for utterances of hands that nothing was learnt from, and what is chosen on them: temperatures and thresholds."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from skill.understanding import policy
from skill.understanding.danger import DangerRules
from tools.learn import fit
from tools.learn.data import LOOKALIKES, ORDINARY, OUT_OF_SCOPE, Row, danger_kinds

SECOND_GOOD = 0.5
"""Training utterances carry one label, but people agree on 86 % of first labels and on nearly all once a second good answer is
allowed: of the tips that differ from the one label (about a fifth), 0.14 / 0.2 and rather less (0.5) are good answers too."""
COST = {
    "two": 0.45,
    "two wrong": 1.0 - 0.65 * SECOND_GOOD,
    "wrong tip": 4 * (1 - SECOND_GOOD),
    "refused": 1.0,
    "not understood": 1.0,
    "tip outside": 2.5,
    "two outside": 1.2,
}
"""What a parent loses: a question back is cheap, a wrong tip is not, a refusal of what is on the page is in between: in doubt
it offers the nearest section."""
SURELY_OUTSIDE = 0.05
"""Where a refusal counts as sure, at most this share of what is refused on held-out hands is on the page after all."""
RULED_ASKED = 0.25
"""Share of held-out dangers found by a certain rule for which the learnt class may overrule it to the calm question."""
FOLDS = 7
"""Hands are held out in this many groups."""
CERTAIN_ALARMS, ASKED_ALARMS = 0.002, 0.1
"""Shares of held-out ordinary utterances and look-alikes (half each) that may get a danger answer, or the calm question."""


def folds(rows: Sequence[Row]) -> np.ndarray[Any, Any]:
    """A fold for every row: two or three whole hands, together with one block of the labels that one hand wrote nearly alone."""
    hands = sorted({row.fold for row in rows if "-" not in row.fold})
    place = {hand: number % FOLDS for number, hand in enumerate(hands)}
    return np.array(
        [place[row.fold] if row.fold in place else (int(row.fold.split("-")[1]) - 1) % FOLDS for row in rows]
    )


@dataclass
class OutOfHand:
    """Raw scores of every head for every row, each by parameters that had not seen the row's hand."""

    rows: list[Row]
    raw: dict[str, np.ndarray[Any, Any]]
    classes: dict[str, list[str]]
    temperature: dict[str, float]

    def probabilities(self, head: str) -> np.ndarray[Any, Any]:
        return to_probabilities(self.raw[head] / self.temperature[head])

    def outside(self) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], list[str]]:
        """Probability of out of scope, probabilities of the sections (they add up to 1 together), section ids."""
        classes = self.classes["section"]
        joint = self.probabilities("section")
        column = classes.index(OUT_OF_SCOPE)
        outside = (joint[:, column] + self.probabilities("inside")[:, 1]) / 2
        sections = np.delete(joint, column, axis=1)
        sections = sections / sections.sum(axis=1, keepdims=True) * (1 - outside)[:, None]
        return outside, sections, [name for name in classes if name != OUT_OF_SCOPE]

    def danger(self) -> tuple[np.ndarray[Any, Any], list[str]]:
        """Probability of danger and the likeliest kind."""
        kinds = self.probabilities("danger")
        classes = self.classes["danger"]
        columns = [classes.index(ORDINARY), classes.index(LOOKALIKES)]
        score = 1 - kinds[:, columns].sum(axis=1)
        names = [name for name in classes if name not in (ORDINARY, LOOKALIKES)]
        return score, [names[index] for index in np.delete(kinds, columns, axis=1).argmax(axis=1)]


def to_probabilities(raw: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Softmax; one column is the log-odds of the second class."""
    if raw.shape[1] == 1:
        positive = 1 / (1 + np.exp(-raw[:, 0]))
        return np.stack([1 - positive, positive], axis=1)
    powers = np.exp(raw - raw.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def out_of_hand(rows: list[Row]) -> OutOfHand:
    """Fit once a fold and collect what the rest would have said."""
    fold = folds(rows)
    raw: dict[str, np.ndarray[Any, Any]] = {}
    classes: dict[str, list[str]] = {}
    for number in range(int(fold.max()) + 1):
        train, test = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        table = fit.make_table([rows[index].words for index in train])
        heads = fit.fit_heads([rows[index] for index in train], table.matrix([rows[index].words for index in train]))
        matrix = table.matrix([rows[index].words for index in test])
        for head in heads:
            scores = head.raw(matrix)
            raw.setdefault(head.name, np.zeros((len(rows), scores.shape[1])))[test] = scores
            classes[head.name] = head.classes
    return OutOfHand(rows, raw, classes, {name: temperature(rows, raw[name], name, classes[name]) for name in raw})


def temperature(rows: Sequence[Row], raw: np.ndarray[Any, Any], head: str, classes: list[str]) -> float:
    """The temperature under which the held-out labels are likeliest."""
    labels = fit.labels_of(head, rows)
    chosen = [index for index, label in enumerate(labels) if label is not None]
    target = [classes.index(label) for label in labels if label is not None]
    grid = [0.1 + 0.02 * step for step in range(96)]

    def surprise(value: float) -> float:
        likelihood = to_probabilities(raw[chosen] / value)[np.arange(len(chosen)), target]
        return float(-np.log(np.maximum(likelihood, 1e-6)).mean())

    return round(min(grid, key=surprise), 2)


def outcome(verdict: str, ranking: Sequence[tuple[str, float]], accepted: Sequence[str]) -> str:
    """What a verdict is worth, in the words of COST; `accepted` holds every good first answer."""
    outside = OUT_OF_SCOPE in accepted
    if verdict == "out_of_scope":
        return "right" if outside else "refused"
    if verdict == "tip":
        return (
            "right" if ranking[0][0] in accepted else "tip outside" if set(accepted) == {OUT_OF_SCOPE} else "wrong tip"
        )
    if verdict == "choice":
        if any(name in accepted for name, _ in ranking[:2]):
            return "two"
        return "two outside" if outside else "two wrong"
    return "not understood"


def hand_weights(rows: Sequence[Row]) -> np.ndarray[Any, Any]:
    """In scope four to one, as parents' questions are; within each, every hand counts the same, or one that wrote 1,296 decides."""
    group = [(row.label == OUT_OF_SCOPE, row.hand) for row in rows]
    size = Counter(group)
    hands = Counter(beyond for beyond, _ in size)
    return np.array([(0.2 if key[0] else 0.8) / hands[key[0]] / size[key] for key in group])


def choose_section_limits(held: OutOfHand) -> dict[str, float]:
    """The thresholds of least cost on held-out hands; weights as in hand_weights."""
    outside, sections, names = held.outside()
    kinds = set(danger_kinds())
    chosen = [i for i, row in enumerate(held.rows) if row.label not in kinds and row.label != LOOKALIKES]
    order = np.argsort(-sections[chosen], axis=1)[:, :2]
    top = np.take_along_axis(sections[chosen], order, axis=1)
    away = outside[chosen]
    labels = np.array([held.rows[i].label for i in chosen])
    beyond = labels == OUT_OF_SCOPE
    named = np.array(names)
    first_right, second_right = named[order[:, 0]] == labels, named[order[:, 1]] == labels
    weight = hand_weights([held.rows[i] for i in chosen])
    best: tuple[float, dict[str, float]] | None = None
    for limit, tip, margin, choice in itertools.product(
        np.arange(0.3, 0.75, 0.025), np.arange(0.3, 0.8, 0.025), (0.0, 0.1), (0.0, 0.25)
    ):
        refuse = away >= limit
        told = ~refuse & (top[:, 0] >= tip) & (top[:, 0] - top[:, 1] >= margin)
        asked = ~refuse & ~told & (top.sum(axis=1) >= choice)
        lost = ~refuse & ~told & ~asked
        cost = np.where(refuse, np.where(beyond, 0.0, COST["refused"]), 0.0)
        cost += told * np.where(beyond, COST["tip outside"], np.where(first_right, 0.0, COST["wrong tip"]))
        cost += asked * np.where(
            beyond, COST["two outside"], np.where(first_right | second_right, COST["two"], COST["two wrong"])
        )
        cost += lost * COST["not understood"]
        total = float((cost * weight).sum())
        if best is None or total < best[0] - 1e-9:
            limits = {"outside": limit, "tip": tip, "margin": margin, "choice": choice}
            best = (total, {name: round(float(value), 3) for name, value in limits.items()})
    assert best is not None
    sure = next(
        limit
        for limit in np.arange(0.4, 1.0, 0.025)
        if (weight * ~beyond)[away >= limit].sum() <= SURELY_OUTSIDE * weight[away >= limit].sum()
    )
    return {**best[1], "outside_sure": round(max(float(sure), best[1]["outside"]), 3)}


def choose_danger_limits(held: OutOfHand, rules: DangerRules) -> dict[str, float]:
    """The lowest limits that keep alarms on held-out ordinary utterances and look-alikes (half each) within their shares."""
    score, _ = held.danger()
    kinds = set(danger_kinds())
    found = [rules.find(row.words) for row in held.rows]
    rule = [None if finding is None else finding.certain for finding in found]
    calm = [i for i, row in enumerate(held.rows) if row.label not in kinds]
    alike = [i for i in calm if held.rows[i].label == LOOKALIKES]
    plain = [i for i in calm if held.rows[i].label != LOOKALIKES]

    def share(limits: dict[str, float], least: int) -> float:
        parts = [
            sum(policy.alarm(rule[i], float(score[i]), limits) >= least for i in group) / len(group)
            for group in (alike, plain)
        ]
        return sum(parts) / 2

    limits = {"danger_certain": 0.995, "danger_ask": 0.995, "danger_with_rule": 0.995}
    ruled = sorted(float(score[i]) for i, row in enumerate(held.rows) if row.label in kinds and rule[i] is True)
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
