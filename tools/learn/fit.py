"""Fits the linear heads on training rows and packs them into `learnt.json`."""

from __future__ import annotations

import base64
import hashlib
import json
import math
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
from skill.understanding.keys import shelf_starts
from skill.understanding.model import VERSION, ZERO
from tools.learn.data import LOOKALIKES, ORDINARY, OUT_OF_SCOPE, Row, concept_table, danger_kinds

LEAST = {"piece": 4, "word": 2, "concept": 4}
"""A mark must stand in this many utterances."""
SQUARE_STEP = 1.0
"""The square of a mark's rarity (inverse document frequency) is kept in whole steps of this size, at most 127 of them."""
STRENGTH = {"section": 0.3, "inside": 0.5, "danger": 0.5}
"""C of the linear support vector machine of each head (one class against the rest)."""
BAYES_SHARE = {"section": 0.4}
"""How much of a complement naive Bayes (also linear: one table with the machine's weights) is added to a head."""
BAYES_SMOOTHING = 0.3
LARGEST = 48
"""Steps of a column's largest weight, either way (lanes.py adds bytes up to 127). On held-out hands no figure moves by
0.1 points from full precision to 63 of them; with 31 the right section among the first two falls by 0.2. This many keep the zip small."""


@dataclass
class Table:
    """The marks that are known, by what they are known by (features.key_of), with their rarity."""

    index: dict[int, int]
    rarity: np.ndarray[Any, Any]
    concepts: Concepts

    def matrix(self, documents: Sequence[list[str]]) -> Any:
        """TF-IDF rows, every block of marks normalised to length BLOCK_WEIGHT, exactly as the running skill does it."""
        data: list[float] = []
        columns: list[int] = []
        ends = [0]
        for words in documents:
            for block, keys in keyed_marks(words, self.concepts).items():
                known = [self.index[key] for key in keys if key in self.index]
                values = [self.rarity[column] for column in known]
                length = (math.sqrt(sum(value * value for value in values)) or 1.0) / BLOCK_WEIGHT[block]
                columns.extend(known)
                data.extend(value / length for value in values)
            ends.append(len(data))
        return sparse.csr_matrix((data, columns, ends), shape=(len(documents), len(self.index)))


def keyed_marks(words: list[str], concepts: Concepts) -> dict[str, list[int]]:
    """By block: what stands in the words, by key, each once."""
    return {block: list(dict.fromkeys(map(key_of, found))) for block, found in marks(words, concepts).items()}


def make_table(documents: Sequence[list[str]]) -> Table:
    """Choose the marks that are frequent enough and count their rarity; columns in the order of the keys."""
    concepts = Concepts(concept_table())
    frequency: dict[str, Counter[int]] = {}
    for words in documents:
        for block, found in keyed_marks(words, concepts).items():
            frequency.setdefault(block, Counter()).update(found)
    keys = sorted(
        {key for block, counts in frequency.items() for key, count in counts.items() if count >= LEAST[block]}
    )
    merged: Counter[int] = Counter()
    for counts in frequency.values():
        merged.update(counts)
    rarity = np.array([1.0 + math.log((1 + len(documents)) / (1 + merged[key])) for key in keys])
    steps = np.clip(np.round(rarity**2 / SQUARE_STEP), 1, 127)
    return Table({key: column for column, key in enumerate(keys)}, np.sqrt(steps * SQUARE_STEP), concepts)


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


def labels_of(head: str, rows: Sequence[Row]) -> list[str | None]:
    """The class of every row for a head; None where the row says nothing to that head."""
    kinds = set(danger_kinds())
    found: list[str | None] = []
    for row in rows:
        danger = row.label in kinds
        neutral = danger or row.label == LOOKALIKES
        if head == "section":
            found.append(None if neutral else row.label)
        elif head == "inside":
            found.append(None if neutral else "out" if row.label == OUT_OF_SCOPE else "in")
        elif head == "danger":
            found.append(row.label if neutral else ORDINARY)
        else:
            raise ValueError(head)
    return found


CLASSES = {"inside": ["in", "out"]}


def fit_heads(rows: Sequence[Row], matrix: Any) -> list[FittedHead]:
    """Fit all heads on these rows and their matrix."""
    heads = []
    for name, strength in STRENGTH.items():
        labels = labels_of(name, rows)
        chosen = [index for index, label in enumerate(labels) if label is not None]
        classes = CLASSES.get(name) or sorted({label for label in labels if label is not None})
        target = np.array([classes.index(label) for label in labels if label is not None])
        model = LinearSVC(C=strength, class_weight="balanced", random_state=0)
        model.fit(matrix[chosen], target)
        weights = np.asarray(model.coef_).T
        if name in BAYES_SHARE:
            bayes = ComplementNB(alpha=BAYES_SMOOTHING).fit(matrix[chosen], target).feature_log_prob_.T
            weights = weights + BAYES_SHARE[name] * (bayes - bayes.mean(axis=1, keepdims=True))
        heads.append(FittedHead(name, classes, weights, np.asarray(model.intercept_)))
    return heads


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
    body = np.array(shelf_starts(keys), dtype="<u4").tobytes() + np.array(keys, dtype="<u4").tobytes() + rows.tobytes()
    packed = base64.b64encode(zlib.compress(body, 9)).decode("ascii")
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
