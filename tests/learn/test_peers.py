"""The table of methods: scores on a dozen utterances, a fair split, a row for what is not installed, and figures that fit the document."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from tools.learn import peers_table
from tools.learn.data import ROOT, Row
from tools.learn.peers import compare, split
from tools.learn.peers.base import Method, vote
from tools.learn.peers.methods import PEERS, PYTHON_REMEDY, Peer
from tools.learn.peers.scores import auroc, calibration_error, score

FLOOR = next(peer for peer in PEERS if peer.key == "floor")
LABELS = ["troosten"] * 5 + ["spelen"] * 4 + ["buiten"] * 3


def row(label: str, number: int, hand: str = "a") -> Row:
    return Row(f"{label} {number}", [label, str(number)], label, hand, hand)


ROWS = [row(label, number) for number, label in enumerate(LABELS)]


def floor() -> Method:
    method = FLOOR.make()
    method.fit(ROWS)
    return method


def test_the_floor_says_what_was_seen_most_and_its_scores_follow() -> None:
    method = floor()
    found = score([(each.label, method.rank(each.words)) for each in ROWS], "buiten")
    assert found.first == pytest.approx(5 / 9)
    assert found.two == 1.0
    assert found.outside == 0.5
    assert found.calibration == pytest.approx(0.0)
    assert (found.asked_in_scope, found.asked) == (9, 12)


def test_what_was_learnt_survives_being_kept() -> None:
    method = floor()
    assert pickle.loads(pickle.dumps(method)).rank(["x"]) == method.rank(["x"])


@pytest.mark.parametrize(
    ("positive", "negative", "area"),
    [([3, 4], [1, 2], 1.0), ([1, 2], [3, 4], 0.0), ([1, 1], [1], 0.5), ([1, 3], [2, 2], 0.5), ([2, 3], [1, 2], 0.875)],
)
def test_auroc_by_hand(positive: list[float], negative: list[float], area: float) -> None:
    assert auroc(positive, negative) == area


def test_auroc_needs_both() -> None:
    with pytest.raises(ValueError, match="in scope and out of scope"):
        auroc([1.0], [])


def test_calibration_error_by_hand() -> None:
    rankings = [("a", [("a", 0.95)]), ("b", [("a", 0.95)]), ("a", [("a", 0.55)])]
    assert calibration_error(rankings) == pytest.approx((0.9 + 0.45) / 3)


def test_scores_that_do_not_add_up_to_one_have_no_calibration_and_no_match_is_not_right() -> None:
    found = score([("a", [("a", 3.0)]), ("b", []), ("out", [("out", 2.0)])], "out")
    assert found.calibration is None
    assert (found.first, found.two, found.outside) == (0.5, 0.5, 1.0)


def test_neighbours_vote_by_similarity() -> None:
    assert vote([("a", 0.5), ("b", 0.9), ("a", 0.6)]) == [("a", 1.1), ("b", 0.9)]


def test_no_method_learns_from_a_hand_that_is_asked() -> None:
    rows = [row(label, number, hand) for hand in ("a", *split.HELD_OUT) for number, label in enumerate(LABELS)]
    rows += [row("letsel", 1), row("geen-gevaar", 1)]
    assert {each.hand for each in split.questions(rows)} == set(split.HELD_OUT)
    for amount in (split.ALL, split.SAMPLE):
        learnt = split.training(rows, amount, with_danger=False)
        assert {each.hand for each in learnt} == {"a"}
        assert {each.label for each in learnt} == set(LABELS)
        assert {each.label for each in split.training(rows, amount, with_danger=True)} > set(LABELS)


def test_the_sample_does_not_hang_on_the_order_of_the_rows() -> None:
    rows = [row("spelen", number) for number in range(3 * split.A_LABEL)]
    sample = split.training(rows, split.SAMPLE, with_danger=False)
    assert sample == split.training(rows[::-1], split.SAMPLE, with_danger=False)
    assert len(sample) == split.A_LABEL


def test_a_trial_runs_in_processes_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "questions.json").write_text(json.dumps([["a"]] * 3), encoding="utf-8")
    (tmp_path / "learnt.pickle").write_bytes(pickle.dumps(floor()))
    program = [sys.executable, "-m", "tools.learn.peers.trial", "cost", FLOOR.key, split.ALL, str(tmp_path)]
    subprocess.run(program, cwd=ROOT, check=True)
    found = json.loads((tmp_path / "cost.json").read_bytes())
    assert found["import_ms"] > 0
    assert found["question_ms"] >= 0


def test_a_method_that_is_not_installed_has_a_row_that_says_how() -> None:
    absent = Peer("absent", "floor:Floor", modules=("no_such_module_anywhere",))
    assert absent.missing() == PYTHON_REMEDY
    assert compare.try_out(absent, []) == {"missing": PYTHON_REMEDY}
    scores = {
        "first": 0.5,
        "two": 0.75,
        "outside": 0.8,
        "calibration": None,
        "question_ms": 1,
        "import_ms": 2,
        "memory": 3,
    }
    figures = {
        "methods": {peer.key: {"missing": PYTHON_REMEDY} for peer in PEERS}
        | {FLOOR.key: {"installed": 1, split.ALL: scores, split.SAMPLE: scores}}
    }
    for written in (peers_table.quality(figures), peers_table.costs(figures)):
        lines = written.splitlines()
        assert len(lines) == 2 + len(PEERS)
        assert sum(PYTHON_REMEDY in line for line in lines) == len(PEERS) - 1
        assert len({line.count("|") for line in lines}) == 1
    assert "50.0 % | 75.0 % | 0.800" in peers_table.quality(figures)


def test_renewing_leaves_the_figures_and_the_log_alone(tmp_path: Path) -> None:
    document = tmp_path / "understanding.md"
    kept = f"{peers_table.FROZEN}\n\n| a | 1 |\n\n<!-- log -->\n- run 1\n<!-- end of log -->\n"
    document.write_text(f"old words\n\n{kept}", encoding="utf-8")
    peers_table.renew(document)
    first = document.read_text(encoding="utf-8")
    assert first.endswith(f"\n\n{kept}")
    assert "old words" not in first
    assert peers_table.HEADING in first
    peers_table.renew(document)
    assert document.read_text(encoding="utf-8") == first


def test_a_document_without_figures_is_not_touched(tmp_path: Path) -> None:
    document = tmp_path / "understanding.md"
    document.write_text("something else", encoding="utf-8")
    with pytest.raises(ValueError, match="make evaluate"):
        peers_table.renew(document)
    assert document.read_text(encoding="utf-8") == "something else"


def test_the_document_holds_the_figures_that_are_kept() -> None:
    figures = compare.read_figures()
    assert figures is not None
    document = (ROOT / "docs" / "understanding.md").read_text(encoding="utf-8")
    assert peers_table.quality(figures) in document, "run: make evaluate"
    assert peers_table.costs(figures) in document, "run: make evaluate"
