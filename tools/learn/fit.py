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

from skill.understanding.features import BLOCK_WEIGHT, Concepts, marks
from skill.understanding.model import VERSION
from tools.learn.data import LOOKALIKES, ORDINARY, OUT_OF_SCOPE, Row, concept_table, danger_kinds

LEAST = {"piece": 2, "word": 1, "concept": 3}
"""A mark must stand in this many utterances."""
RARITY_SCALE = 24.0
"""Rarity (inverse document frequency) is kept as one byte, in steps of 1/24."""
STRENGTH = {"section": 0.25, "inside": 0.5, "danger": 0.5}
"""C of the linear support vector machine of each head (one class against the rest)."""
BAYES_SHARE = {"section": 0.4}
"""How much of a complement naive Bayes (also linear: one table with the machine's weights) is added to a head."""
BAYES_SMOOTHING = 0.3


@dataclass
class Table:
    """The marks that are known, with their rarity."""

    index: dict[str, int]
    rarity: np.ndarray[Any, Any]
    concepts: Concepts

    def matrix(self, documents: Sequence[list[str]]) -> Any:
        """TF-IDF rows, every block of marks normalised to length 1, exactly as the running skill does it."""
        data: list[float] = []
        columns: list[int] = []
        ends = [0]
        for words in documents:
            for block, counts in marks(words, self.concepts).items():
                known = [(self.index[mark], count) for mark, count in counts.items() if mark in self.index]
                values = [(1.0 + math.log(count)) * self.rarity[column] for column, count in known]
                length = (math.sqrt(sum(value * value for value in values)) or 1.0) / BLOCK_WEIGHT[block]
                columns.extend(column for column, _ in known)
                data.extend(value / length for value in values)
            ends.append(len(data))
        return sparse.csr_matrix((data, columns, ends), shape=(len(documents), len(self.index)))


def make_table(documents: Sequence[list[str]]) -> Table:
    """Choose the marks that are frequent enough and count their rarity."""
    concepts = Concepts(concept_table())
    frequency: dict[str, Counter[str]] = {}
    for words in documents:
        for block, counts in marks(words, concepts).items():
            frequency.setdefault(block, Counter()).update(counts.keys())
    names = sorted(
        mark for block, counts in frequency.items() for mark, count in counts.items() if count >= LEAST[block]
    )
    merged: Counter[str] = Counter()
    for counts in frequency.values():
        merged.update(counts)
    rarity = np.array([1.0 + math.log((1 + len(documents)) / (1 + merged[name])) for name in names])
    steps = np.clip(np.round(rarity * RARITY_SCALE), 1, 255)
    return Table({name: column for column, name in enumerate(names)}, steps / RARITY_SCALE, concepts)


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
    """The document that a turn loads: marks, rarity and 8-bit weights, deflated; written the same way every time."""
    columns, described = [], []
    for head in heads:
        scale = np.maximum(np.abs(head.weights).max(axis=0), 1e-9) / 127.0
        columns.append(np.round(head.weights / scale).astype(np.int8))
        described.append(
            {
                "name": head.name,
                "classes": head.classes,
                "columns": int(head.weights.shape[1]),
                "scale": [round(float(value), 8) for value in scale],
                "bias": [round(float(value), 5) for value in head.bias],
                "temperature": round(float(head.temperature), 4),
            }
        )
    weights = np.hstack(columns)
    names = "\n".join(table.index).encode("utf-8")
    rarity = np.round(table.rarity * RARITY_SCALE).astype(np.uint8)
    body = names + rarity.tobytes() + np.ascontiguousarray(weights).tobytes()
    packed = base64.b64encode(zlib.compress(body, 9)).decode("ascii")
    document = {
        "version": VERSION,
        "made_by": "make train",
        "data": data_hash,
        "hash": hashlib.sha256(packed.encode("ascii")).hexdigest(),
        "marks": len(table.index),
        "names_length": len(names),
        "rarity_scale": RARITY_SCALE,
        "width": int(weights.shape[1]),
        "concepts": concept_table(),
        "thresholds": dict(sorted(thresholds.items())),
        "heads": described,
        "packed": packed,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
