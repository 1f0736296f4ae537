"""The compiled file: up to date, checked when it is loaded, and complete."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import lambda_function
from skill.content.library import COMPILED, ContentError, load_content
from tools.content.compile import compile_body, compiled_bytes, write_if_changed
from tools.content.sources import read_sources


def test_it_is_up_to_date() -> None:
    assert COMPILED.read_bytes() == compiled_bytes(compile_body(read_sources())), "run: make content"


def test_compiling_twice_gives_the_same_bytes() -> None:
    assert compiled_bytes(compile_body(read_sources())) == compiled_bytes(compile_body(read_sources()))


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda text: text[:1000], "cannot be read"),
        (lambda text: text.replace("Over troosten", "Over trossten"), "damaged or edited"),
        (lambda text: json.dumps({**json.loads(text), "version": 99}), "version 99"),
        (lambda text: "[]", "cannot be read"),
    ],
    ids=["cut off", "edited by hand", "other version", "not an object"],
)
def test_a_damaged_file_is_refused_with_the_remedy(tmp_path: Path, damage, reason: str) -> None:
    path = tmp_path / "compiled.json"
    path.write_text(damage(COMPILED.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ContentError, match=reason) as refused:
        load_content(path)
    assert "make content" in str(refused.value)


def test_a_missing_file_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="make content"):
        load_content(tmp_path / "compiled.json")


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file"
    assert write_if_changed(path, b"a")
    assert not write_if_changed(path, b"a")
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


def test_the_last_resort_is_the_contents_own_sentence() -> None:
    assert load_content().text("fault.1") == lambda_function.LAST_RESORT


def test_every_card_is_plain_neutral_and_dated() -> None:
    for card in load_content().cards.values():
        assert card.title == "Hulp en advies voor ouders"
        assert "<" not in card.text
        assert "http" not in card.text
        assert "vervangt geen hulp" in card.text
        assert "Gecontroleerd op" in card.text


def test_a_worry_about_the_child_names_the_jeugdarts_first_and_one_about_the_parent_the_huisarts() -> None:
    cards = load_content().cards
    assert cards["kind"].text.startswith("De jeugdarts van het consultatiebureau")
    assert cards["ouder"].text.startswith("Je eigen huisarts")
    assert "De Luisterlijn: 088 0767 000" in cards["ouder"].text
