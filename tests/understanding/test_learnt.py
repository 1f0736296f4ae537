"""The learnt parameters are of today's data, measuring sentences are not in it, and accuracy does not fall."""

from __future__ import annotations

import difflib
from collections import defaultdict

import pytest

from skill.content.library import load_content
from skill.understanding import load_interpreter
from skill.understanding.model import load_learnt
from tools.learn.data import MEASURE, UNDERSTANDING, fingerprint, read_measuring, read_rows, thresholds
from tools.learn.measure import measure_danger, measure_sections

NEARLY_THE_SAME = 0.9
"""Similarity of difflib's SequenceMatcher over words, see skill/content/utterances/README.md."""
SLACK = 0.02

RECORDED = {
    "right at once": 0.852,
    "right at once, or among the two": 0.94,
}
RECORDED_DANGER = {"danger found (answer or calm question)": 0.964}


def test_parameters_are_up_to_date() -> None:
    assert load_learnt().data_hash == fingerprint(), "learnt.json is older than what it is made from; run: make train"


def test_thresholds_are_those_of_the_file() -> None:
    written = {name: value for name, value in thresholds().items() if not name.startswith("temperature_")}
    assert load_learnt().thresholds == written, f"{UNDERSTANDING.name}/thresholds.toml changed; run: make train"


@pytest.mark.parametrize("name", ["spoken", "danger"])
def test_no_measuring_sentence_is_learnt_from(name: str) -> None:
    rows = read_rows()
    holding: dict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        for word in set(row.words):
            holding[word].add(number)
    found = 0
    for entry in read_measuring(MEASURE / f"{name}.jsonl"):
        words = entry["text"].split()
        # So alike, at most 18 % of a sentence's words are missing in the other: of its rarest words one more than that must be shared.
        rarest = sorted(set(words), key=lambda word: len(holding.get(word, ())))[: int(0.182 * len(words)) + 2]
        candidates = set().union(*(holding.get(word, set()) for word in rarest))
        found += any(_nearly_the_same(words, rows[number].text.split()) for number in candidates)
    assert found == 0, (
        f"{found} sentences of {name}.jsonl stand (nearly) in the training utterances; take them out of the utterances"
    )


def _nearly_the_same(words: list[str], others: list[str]) -> bool:
    matcher = difflib.SequenceMatcher(None, words, others, autojunk=False)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(bound() >= NEARLY_THE_SAME for bound in bounds)


def test_accuracy_has_not_fallen() -> None:
    interpreter = load_interpreter(load_content())
    shares = measure_sections(interpreter, read_measuring(MEASURE / "spoken.jsonl"))
    fallen = {name: str(shares[name]) for name, value in RECORDED.items() if shares[name].value < value - SLACK}
    danger = measure_danger(interpreter, read_measuring(MEASURE / "danger.jsonl"))
    fallen.update(
        {name: str(danger[name]) for name, value in RECORDED_DANGER.items() if danger[name].value < value - SLACK}
    )
    assert not fallen
