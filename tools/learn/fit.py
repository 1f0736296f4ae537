"""Fits the linear heads on training rows and packs them into `learnt.json`."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import random
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from skill.understanding.features import BLOCK_WEIGHT, Concepts, key_of, marks
from skill.understanding.keys import shelved
from skill.understanding.model import VERSION, ZERO
from tools.learn.data import LOOKALIKES, ORDINARY, OUT_OF_SCOPE, Row, concept_table

LEAST = {"piece": 4, "word": 2, "concept": 4}
"""A mark must stand in this many utterances; a word, and two words side by side, in one: on hands left out that gains half a point."""
SQUARE_STEP = 1.0
"""The square of a mark's rarity (inverse document frequency) is kept in whole steps of this size, at most 127 of them."""
STRENGTH = {"section": 0.3, "inside": 0.5, "danger": 0.5}
"""C of the linear support vector machine of each head (one class against the rest)."""
TOLERANCE = 0.01
"""Where fitting stops: weights are then within a twentieth of a step (LARGEST) of what they would become."""
BAYES_SHARE = {"section": 0.4}
"""How much of a complement naive Bayes (also linear: one table with the machine's weights) is added to a head."""
BAYES_SMOOTHING = 0.3
LARGEST = 24
"""Steps of a column's largest weight, either way (lanes.py adds bytes up to 127). Fewer make a smaller zip: with eight hands left out
the first section is right for 91.3 % with 48 and 32 of them, 91.4 % with 24, 91.2 % with 20 (one of two 96.8 % with all four), at 3.25,
2.86, 2.62 and 2.47 MB. Setting a step of one to nothing would save as much, and lose 0.3 points and more."""


@dataclass
class Table:
    """The marks that are known, by what they are known by (features.key_of), with their rarity."""

    index: dict[int, int]
    rarity: np.ndarray[Any, Any]
    concepts: Concepts

    def matrix(self, documents: Sequence[list[str]]) -> Any:
        """TF-IDF rows, every block of marks normalised to length BLOCK_WEIGHT, exactly as the running skill does it."""
        columns: list[int] = []
        ends = [0]
        parts: list[
            tuple[int, float]
        ] = []  # of every block that is known: how many marks, and the length it is brought to
        for words in documents:
            for block, keys in keyed_marks(words, self.concepts).items():
                known = [self.index[key] for key in keys if key in self.index]
                columns.extend(known)
                if known:
                    parts.append((len(known), BLOCK_WEIGHT[block]))
            ends.append(len(columns))
        values = self.rarity[columns]
        sizes, lengths = (np.array(one) for one in zip(*parts, strict=True))
        squares = np.add.reduceat(values**2, np.cumsum(sizes) - sizes)
        data = values * np.repeat(lengths / np.sqrt(squares), sizes)
        return sparse.csr_matrix((data, columns, ends), shape=(len(documents), len(self.index)))


def keyed_marks(words: list[str], concepts: Concepts) -> dict[str, list[int]]:
    """By block: what stands in the words, by key, each once."""
    return {block: list(dict.fromkeys(map(key_of, found))) for block, found in marks(words, concepts).items()}


def make_table(documents: Sequence[list[str]]) -> Table:
    """Choose the marks that are frequent enough and count their rarity; columns in the order of the keys."""
    concepts = Concepts(concept_table())
    frequency: Counter[int] = Counter()
    least: dict[int, int] = {}
    for words in documents:
        for block, found in marks(words, concepts).items():
            for mark in dict.fromkeys(found):
                key = key_of(mark)
                frequency[key] += 1
                least[key] = 1 if _is_plain(mark) else LEAST[block]
    keys = sorted(key for key, count in frequency.items() if count >= least[key])
    rarity = np.array([1.0 + math.log((1 + len(documents)) / (1 + frequency[key])) for key in keys])
    steps = np.clip(np.round(rarity**2 / SQUARE_STEP), 1, 127)
    return Table({key: column for column, key in enumerate(keys)}, np.sqrt(steps * SQUARE_STEP), concepts)


def _is_plain(mark: str) -> bool:
    """A word, or two side by side (features.word_marks)."""
    return mark.startswith("=") and "_" not in mark


@dataclass
class FittedHead:
    """One head: `weights` (marks x columns) and `bias`; two classes have one column."""

    name: str
    classes: list[str]
    weights: np.ndarray[Any, Any]
    bias: np.ndarray[Any, Any]
    temperature: float = 1.0

    def raw(self, matrix: Any) -> np.ndarray[Any, Any]:
        """Scores before calibration."""
        return np.asarray(matrix @ self.weights + self.bias)


def targets_of(head: str, rows: Sequence[Row]) -> list[tuple[str, ...]]:
    """The classes of every row for a head, the best first; none where the row says nothing to that head."""
    return [_targets(head, row) for row in rows]


def _targets(head: str, row: Row) -> tuple[str, ...]:
    if head == "danger":
        return (row.label,) if row.is_danger() or row.label == LOOKALIKES else (ORDINARY,)
    if head == "section":
        return row.answers()
    sides = {"out" if answer == OUT_OF_SCOPE else "in" for answer in row.answers()}
    return tuple(sides) if len(sides) == 1 else ()  # where both are good, neither is taught


CLASSES = {"inside": ["in", "out"]}


def with_stories(rows: Sequence[Row]) -> list[Row]:
    """The rows, and each that is no danger once more, followed by another of the same hand and answers.

    Parents tell more at once than most utterances hold; and a mark learns to count beside others. The same rows give the same stories.
    """
    groups: dict[tuple[str, tuple[str, ...]], list[Row]] = {}
    for row in rows:
        if row.answers():
            groups.setdefault((row.hand, row.answers()), []).append(row)
    lot = random.Random(0)
    joined = [row._replace(words=row.words + lot.choice(group).words) for group in groups.values() for row in group]
    return [*rows, *joined]


def fit(rows: Sequence[Row]) -> tuple[Table, list[FittedHead]]:
    """Marks and rarity of the rows as they were said, and all heads, which are taught stories too."""
    table = make_table([row.words for row in rows])
    taught = with_stories(rows)
    return table, fit_heads(taught, table.matrix([row.words for row in taught]))


def fit_heads(rows: Sequence[Row], matrix: Any) -> list[FittedHead]:
    """Fit all heads on these rows and their matrix: a machine a class, to which a row with several good answers belongs as a whole."""
    heads = []
    for name, strength in STRENGTH.items():
        targets = targets_of(name, rows)
        chosen = [index for index, found in enumerate(targets) if found]
        classes = CLASSES.get(name) or sorted({one for found in targets for one in found})
        belongs = np.array([[one in targets[index] for one in classes] for index in chosen])
        columns = belongs if len(classes) > 2 else belongs[:, 1:]
        fitted = [_machine(matrix[chosen], column, strength, len(classes)) for column in columns.T]
        weights = np.stack([weight for weight, _ in fitted], axis=1)
        if name in BAYES_SHARE:
            bayes = _complement_bayes(matrix[chosen], belongs)
            weights = weights + BAYES_SHARE[name] * (bayes - bayes.mean(axis=1, keepdims=True))
        heads.append(FittedHead(name, classes, weights, np.array([bias for _, bias in fitted])))
    return heads


def _machine(matrix: Any, belongs: np.ndarray[Any, Any], strength: float, classes: int) -> tuple[Any, float]:
    """Weights and bias of a linear support vector machine of one class against the rest; rare classes weigh more."""
    weight = {True: len(belongs) / (classes * belongs.sum()), False: 1.0}
    model = LinearSVC(C=strength, class_weight=weight, tol=TOLERANCE, random_state=0).fit(matrix, belongs)
    return model.coef_[0], float(model.intercept_[0])


def _complement_bayes(matrix: Any, belongs: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Weights (marks x classes) of a complement naive Bayes; a row with several good answers stands there once for each."""
    row, column = np.nonzero(belongs)
    return np.asarray(ComplementNB(alpha=BAYES_SMOOTHING).fit(matrix[row], column).feature_log_prob_.T)


def pack(table: Table, heads: Sequence[FittedHead], thresholds: dict[str, float], data_hash: str) -> bytes:
    """The document that a turn loads (model.Learnt), deflated; written the same way every time."""
    columns, described = [], []
    for head in heads:
        steps, scale = in_steps(head.weights, table.rarity)
        columns.append(steps)
        described.append(
            {
                "name": head.name,
                "classes": head.classes,
                "columns": int(head.weights.shape[1]),
                "scale": [float(f"{value:.6g}") for value in scale],
                "bias": [round(float(value), 5) for value in head.bias],
                "temperature": round(float(head.temperature), 4),
            }
        )
    weights = np.hstack(columns)
    squares = np.round(table.rarity**2 / SQUARE_STEP)[:, None]
    rows = np.hstack([weights + ZERO, squares]).astype(np.uint8)
    keys = list(table.index)
    packed = base64.b64encode(zlib.compress(shelved(keys) + rows.tobytes(), 9)).decode("ascii")
    document = {
        "version": VERSION,
        "made_by": "make train",
        "data": data_hash,
        "hash": hashlib.sha256(packed.encode("ascii")).hexdigest(),
        "marks": len(keys),
        "square_step": SQUARE_STEP,
        "row_bytes": int(rows.shape[1]),
        "concepts": concept_table(),
        "thresholds": dict(sorted(thresholds.items())),
        "heads": described,
        "packed": packed,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def in_steps(
    weights: np.ndarray[Any, Any], rarity: np.ndarray[Any, Any]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Weights times rarity in whole steps, at most LARGEST either way, and the size of a step by column.

    Of a head with many columns each mark's median is taken off first: what speaks for all classes alike changes no probability, and
    most of what is left is nothing, which packs small.
    """
    whole = weights * rarity[:, None]
    if whole.shape[1] > 1:
        whole = whole - np.median(whole, axis=1, keepdims=True)
    scale = np.maximum(np.abs(whole).max(axis=0), 1e-9) / LARGEST
    return np.round(whole / scale).astype(np.int16), scale
