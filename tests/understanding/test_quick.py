"""The quick form of the learnt parameters beside `learnt.json`: the same scores, and no silent damage."""

from __future__ import annotations

import zlib
from array import array
from pathlib import Path

import pytest

from skill.content.library import load_content
from skill.understanding import Interpreter, LearntError
from skill.understanding import quick as quick_module
from skill.understanding.model import LEARNT, load_learnt
from skill.understanding.quick import Keys, QuickLearnt, load_interpreter, load_quick
from tools.package.quick import quick_form

BYTES = quick_form(LEARNT.read_bytes())
SLOW, QUICK = load_learnt(), QuickLearnt(BYTES)
UTTERANCES = Path(__file__).parents[2] / "skill" / "content" / "utterances"


def spoken() -> list[list[str]]:
    lines = [
        line for path in sorted(UTTERANCES.rglob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [line.split() for line in lines if line and not line.startswith("#")]


def test_every_utterance_of_the_content_gets_the_same_scores() -> None:
    for words in spoken()[::5]:
        one, other = SLOW.totals(SLOW.present(words)), QUICK.totals(QUICK.present(words))
        assert one == pytest.approx(other, abs=1e-9), words


@pytest.mark.parametrize("words", [[], ["\ud800"], ["qqqqq"], ["a"] * 300, ["<b>", "&"]], ids=repr)
def test_odd_words_too(words: list[str]) -> None:
    if words == ["\ud800"]:
        assert QUICK.present(words) is not None  # never reaches here from a turn; must not break
        return
    assert SLOW.totals(SLOW.present(words)) == pytest.approx(QUICK.totals(QUICK.present(words)), abs=1e-9)


def test_what_is_understood_is_the_same() -> None:
    content = load_content()
    slow, fast = Interpreter(content, SLOW), Interpreter(content, QUICK)
    for words in spoken()[::60]:
        one, other = slow.understand(" ".join(words)), fast.understand(" ".join(words))
        assert one._replace(ranking=()) == other._replace(ranking=()), words
        assert [name for name, _ in one.ranking] == [name for name, _ in other.ranking]


def test_reasons_are_the_same() -> None:
    words = ["mijn", "baby", "huilt", "steeds"]
    one, other = (learnt.reasons(words, "section", "troosten") for learnt in (SLOW, QUICK))
    assert dict(one) == pytest.approx(dict(other))


def test_marks_with_one_check_sum_are_told_apart() -> None:
    one, other = b"plumless", b"buckeroo"
    assert zlib.crc32(one) == zlib.crc32(other)
    keys = Keys(array("I", [zlib.crc32(one)] * 2), array("I", [8, 16]), one + other)
    assert (keys.get("plumless"), keys.get("buckeroo"), keys.get("neither")) == (0, 1, None)


def test_the_heads_and_limits_are_the_same() -> None:
    assert QUICK.heads == SLOW.heads
    assert QUICK.thresholds == SLOW.thresholds
    assert QUICK.data_hash == SLOW.data_hash


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{}\n",
        BYTES[:-1],
        BYTES[:-100] + b"x" + BYTES[-99:],
        BYTES.replace(b'"quick_version": 1', b'"quick_version": 2', 1),
        BYTES[: BYTES.index(b"\n") + 1],
    ],
    ids=["empty", "nothing in it", "cut off", "changed", "of another version", "only its head"],
)
def test_damage_is_refused_with_the_remedy(damaged: bytes, tmp_path: Path) -> None:
    place = tmp_path / "learnt.bin"
    place.write_bytes(damaged)
    with pytest.raises(LearntError, match=r"learnt\.bin: damaged .*run: make package"):
        load_quick(place)


def test_the_quick_form_is_taken_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = load_content()
    assert not quick_module.QUICK.exists()
    assert not isinstance(load_interpreter(content)._learnt, QuickLearnt)
    place = tmp_path / "learnt.bin"
    place.write_bytes(BYTES)
    monkeypatch.setattr(quick_module, "QUICK", place)
    monkeypatch.setattr(quick_module.load_quick, "__defaults__", (place,))
    assert isinstance(load_interpreter(content)._learnt, QuickLearnt)


def test_the_check_sum_is_of_everything_after_the_first_line() -> None:
    head, _, body = BYTES.partition(b"\n")
    assert str(zlib.crc32(body)).encode() in head
