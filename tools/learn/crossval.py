"""Predictions for utterances of hands that nothing was learnt from, and the temperatures under which they are likeliest."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed

from tools.learn import fit
from tools.learn.data import LOOKALIKES, ORDINARY, OUT_OF_SCOPE, ROOT, THRESHOLDS, Row, fingerprint

KEPT = ROOT / "build" / "held-out.npz"
"""`train --choose` and `evaluate` ask the same; it takes a quarter of an hour."""
FOLDS = 7
"""Hands are held out in this many groups."""
Scores = dict[str, np.ndarray[Any, Any]]
Judged = tuple[Scores, dict[str, list[str]]]
"""By head: raw scores of every row, and the classes that their columns are of."""


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
    """What parameters that had not seen a row's hand say of it: as it was kept while data and code are the same, or anew."""
    raw, classes = _kept() or _keep(*_judged(rows))
    return OutOfHand(rows, raw, classes, {name: temperature(rows, raw[name], name, classes[name]) for name in raw})


def _made_of() -> str:
    return fingerprint(without=THRESHOLDS.name) + hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def _kept() -> Judged | None:
    if not KEPT.exists():
        return None
    with np.load(KEPT) as kept:
        if str(kept["made_of"]) != _made_of():
            return None
        heads = sorted(key.removeprefix("raw ") for key in kept.files if key.startswith("raw "))
        return {name: kept[f"raw {name}"] for name in heads}, {name: kept[f"classes {name}"].tolist() for name in heads}


def _keep(raw: Scores, classes: dict[str, list[str]]) -> Judged:
    KEPT.parent.mkdir(exist_ok=True)
    unfinished = KEPT.with_name("unfinished.npz")
    named = {f"raw {name}": scores for name, scores in raw.items()} | {
        f"classes {name}": np.array(names) for name, names in classes.items()
    }
    np.savez_compressed(unfinished, made_of=np.array(_made_of()), **named)
    unfinished.replace(KEPT)
    return raw, classes


def _judged(rows: list[Row]) -> Judged:
    """Fit once a fold, two at a time; by head the raw scores of all rows, and its classes."""
    fold = folds(rows)
    numbers = range(int(fold.max()) + 1)
    judged = Parallel(n_jobs=2)(delayed(_one_fold)(rows, fold == number) for number in numbers)
    raw: Scores = {}
    classes: dict[str, list[str]] = {}
    for number, heads in zip(numbers, judged, strict=True):
        for name, (names, scores) in heads.items():
            raw.setdefault(name, np.zeros((len(rows), scores.shape[1])))[fold == number] = scores
            classes[name] = names
    return raw, classes


def _one_fold(rows: list[Row], held: np.ndarray[Any, Any]) -> dict[str, tuple[list[str], np.ndarray[Any, Any]]]:
    """By head: its classes, and the raw scores of the rows that are held out, learnt from the others."""
    table, heads = fit.fit([row for row, out in zip(rows, held, strict=True) if not out])
    matrix = table.matrix([row.words for row, out in zip(rows, held, strict=True) if out])
    return {head.name: (head.classes, head.raw(matrix)) for head in heads}


def temperature(rows: Sequence[Row], raw: np.ndarray[Any, Any], head: str, classes: list[str]) -> float:
    """The temperature under which the held-out labels are likeliest; where several are good, any of them."""
    targets = fit.targets_of(head, rows)
    chosen = [index for index, found in enumerate(targets) if found]
    good = np.array([[name in targets[index] for name in classes] for index in chosen])
    grid = [0.1 + 0.02 * step for step in range(96)]

    def surprise(value: float) -> float:
        likelihood = (to_probabilities(raw[chosen] / value) * good).sum(axis=1)
        return float(-np.log(np.maximum(likelihood, 1e-6)).mean())

    return round(min(grid, key=surprise), 2)
