"""The learnt parameters as a turn uses them: sums beside plain arithmetic, the quick form beside `learnt.json`, no silent damage."""

from __future__ import annotations

import json
import math
import random
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from skill.content.library import load_content
from skill.understanding import Interpreter, LearntError
from skill.understanding import model as model_module
from skill.understanding import quick as quick_module
from skill.understanding.features import BLOCK_WEIGHT, Concepts, key_of, marks
from skill.understanding.keys import SHELVES, Keys, shelved
from skill.understanding.lanes import AT_ONCE, Lanes
from skill.understanding.model import LEARNT, ZERO, load_learnt, unpacked
from skill.understanding.quick import load_interpreter, load_quick, read_quick
from tools.content.sources import CONTENT, every_utterance
from tools.package.quick import QuickError, quick_form

DOCUMENT = json.loads(LEARNT.read_bytes())
BODY = unpacked(DOCUMENT["packed"])
BYTES = quick_form(LEARNT.read_bytes())
SLOW, QUICK = load_learnt(), read_quick(BYTES)


def spoken() -> list[list[str]]:
    return [utterance.text.split() for utterance in every_utterance(CONTENT)]


@pytest.fixture(scope="module")
def table() -> dict[int, bytes]:
    """Key: row, taken apart without the code that is tested."""
    count, size = DOCUMENT["marks"], DOCUMENT["row_bytes"]
    begin = len(BODY) - size * count
    places = 4 * (SHELVES + 1)
    starts, rests = memoryview(BODY)[:places].cast("I"), memoryview(BODY)[places:begin].cast("H")
    keys = [(shelf << 16) + rests[row] for shelf in range(SHELVES) for row in range(starts[shelf], starts[shelf + 1])]
    return {key: BODY[begin + row * size : begin + (row + 1) * size] for row, key in enumerate(keys)}


def by_the_book(words: list[str], table: dict[int, bytes]) -> list[float]:
    """What `totals` is to be: each block of marks a vector of length BLOCK_WEIGHT, times the weights without their rarity."""
    concepts, width = Concepts(DOCUMENT["concepts"]), sum(head["columns"] for head in DOCUMENT["heads"])
    totals = [0.0] * width
    for block, found in marks(words, concepts).items():
        rows = [table[key] for key in {key_of(mark) for mark in found} if key in table]
        rarity = [math.sqrt(row[-1] * DOCUMENT["square_step"]) for row in rows]
        length = math.sqrt(sum(value * value for value in rarity)) / BLOCK_WEIGHT[block]
        for row, value in zip(rows, rarity, strict=True):
            for column in range(width):
                totals[column] += value / length * ((row[column] - ZERO) / value)
    return totals


def test_totals_are_those_of_plain_arithmetic(table: dict[int, bytes]) -> None:
    for words in [*spoken()[::400], ["huilt"] * 3, [f"woord{number}" for number in range(120)]]:
        assert SLOW.totals(words) == pytest.approx(by_the_book(words, table), abs=1e-7), words


def test_both_forms_give_the_same() -> None:
    for words in spoken()[::20]:
        assert SLOW.totals(words) == QUICK.totals(words)


@pytest.mark.parametrize("words", [[], ["\ud800"], ["qqqqq"], ["a"] * 300, ["<b>", "&"]], ids=repr)
def test_odd_words_too(words: list[str], table: dict[int, bytes]) -> None:
    assert SLOW.totals(words) == QUICK.totals(words) == pytest.approx(by_the_book(words, table), abs=1e-7)


def test_what_is_understood_is_the_same() -> None:
    content = load_content()
    slow, fast = Interpreter(content, SLOW), Interpreter(content, QUICK)
    for words in spoken()[::60]:
        assert slow.understand(" ".join(words)) == fast.understand(" ".join(words)), words


def test_reasons_are_the_same_and_add_up() -> None:
    words = ["mijn", "baby", "huilt", "steeds"]
    one, other = (dict(learnt.reasons(words, "section", "troosten", most=10_000)) for learnt in (SLOW, QUICK))
    assert one == other
    head = SLOW.heads["section"]
    column = head.classes.index("troosten")
    assert sum(one.values()) == pytest.approx(SLOW.totals(words)[head.start + column] * head.scale[column])


def test_the_memory_of_words_stays_small_and_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_module, "MEMORY", 5)
    forgetful, said = read_quick(BYTES), spoken()[::300]
    for words in [*said, *said]:
        assert forgetful.totals(words) == SLOW.totals(words)
        assert len(forgetful._memory) <= 5


def test_marks_with_one_check_sum_are_one_mark() -> None:
    assert key_of("plumless") == key_of("buckeroo") == zlib.crc32(b"plumless")


@given(some.sets(some.text(max_size=3), max_size=60), some.text(max_size=3))
def test_every_key_is_found_at_its_row_and_no_other(known: set[str], asked: str) -> None:
    numbers = sorted({key_of(mark) for mark in known} | {0, 2**32 - 1})
    keys = Keys(memoryview(shelved(numbers)))
    assert list(keys) == numbers
    assert keys.get(asked) == (numbers.index(key_of(asked)) if key_of(asked) in numbers else None)
    assert keys.rows(sorted(known)) == [numbers.index(key_of(mark)) for mark in sorted(known)]


@pytest.mark.parametrize("width", [1, 2, 7, 28, 164])
def test_lanes_add_as_a_loop_does(width: int) -> None:
    chance = random.Random(width)
    for count in [*range(12), AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 2 * AT_ONCE + 3]:
        rows = [bytes(byte & 127 for byte in chance.randbytes(width)) for _ in range(count)]
        lanes = Lanes(width)
        assert lanes.sums([lanes.spread(row) for row in rows]) == (
            [sum(column) for column in zip(*rows, strict=True)] or [0] * width
        )


def test_the_fullest_lanes_do_not_run_over() -> None:
    lanes = Lanes(4)
    assert lanes.sums([lanes.spread(b"\x7f" * 4)] * AT_ONCE) == [127 * AT_ONCE] * 4
    assert max(BODY[-DOCUMENT["row_bytes"] * DOCUMENT["marks"] :]) <= 127


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
        BYTES + b"x",
        BYTES.replace(b'"marks": ', b'"marks": 1', 1),
        BYTES.replace(b'"temperature": 0.', b'"temperature": 9.', 1),
        BYTES[: BYTES.index(b"\n") + 1],
        b"00000000 {}\n" + BODY,
    ],
    ids=["empty", "nothing in it", "cut off", "longer", "another size", "changed", "only its head", "another head"],
)
def test_damage_is_refused_with_the_remedy(damaged: bytes, tmp_path: Path) -> None:
    place = tmp_path / "learnt.bin"
    place.write_bytes(damaged)
    with pytest.raises(LearntError, match=r"learnt\.bin: damaged .*run: make package"):
        load_quick(place)


def test_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_module, "QUICK_VERSION", 99)
    with pytest.raises(ValueError, match="this code reads 99"):
        read_quick(BYTES)


@pytest.mark.parametrize("change", [{"version": 1}, {"marks": 7}, {"packed": "AAAA"}], ids=repr)
def test_parameters_that_do_not_fit_are_never_packed(change: dict[str, object]) -> None:
    with pytest.raises(QuickError):
        quick_form(json.dumps(DOCUMENT | change).encode())


def test_the_quick_form_is_taken_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = load_content()
    assert not quick_module.QUICK.exists()
    place = tmp_path / "learnt.bin"
    place.write_bytes(b"rubbish")
    monkeypatch.setattr(quick_module, "QUICK", place)
    monkeypatch.setattr(quick_module.load_quick, "__defaults__", (place,))
    with pytest.raises(LearntError, match=r"learnt\.bin"):
        load_interpreter(content)
    place.write_bytes(BYTES)
    assert load_interpreter(content).understand("mijn baby huilt").ranking[0][0] == "troosten"
