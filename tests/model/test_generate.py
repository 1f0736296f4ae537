"""The generator on content of our own making: choosing, switches, limits, replays, and what it refuses."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from tools.content.sources import SourceError, Sources
from tools.interaction_model import generate, limits
from tools.interaction_model.__main__ import RefusedError, build_files, main, out_of_date, write
from tools.interaction_model.annotations import build_annotations
from tools.interaction_model.generate import Options, build_model, model_bytes
from tools.interaction_model.lint import lint
from tools.interaction_model.replays import DialogueError, build_replays, spoken_lines
from tools.interaction_model.schema import schema_findings
from tools.interaction_model.select import most_varied, usable
from tools.interaction_model.wording import FILE, Wording, read_wording

Json = dict[str, Any]

SEARCH_QUERY = Options(search_query=True)


def with_utterances(sources: Sources, **changed: list[str]) -> Sources:
    return dataclasses.replace(sources, utterances={**sources.utterances, **changed})


def value(model: Json, identifier: str) -> Json:
    (slot_type,) = model["interactionModel"]["languageModel"]["types"]
    return next(item["name"] for item in slot_type["values"] if item["id"] == identifier)


# --- choosing ---------------------------------------------------------------------------------------------------------


def test_all_are_taken_when_there_is_room() -> None:
    assert most_varied(["b", "a"], 2) == ["b", "a"]


def test_the_most_varied_are_taken_in_the_order_of_the_source() -> None:
    near_copies = [f"hij huilt elke avond {when}" for when in ("laat", "vroeg", "weer", "lang")]
    other = ["ze wil alleen gedragen worden", "troosten lukt niet"]
    chosen = most_varied([*near_copies[:2], other[0], *near_copies[2:], other[1]], 3)
    assert set(other) < set(chosen)
    assert chosen.index(other[0]) < chosen.index(other[1])


def test_the_choice_is_the_same_each_time(sources: Sources) -> None:
    utterances = sources.utterances["buiten"]
    assert most_varied(utterances, 50) == most_varied(list(utterances), 50)
    assert len(set(most_varied(utterances, 50))) == 50


def test_what_alexa_does_not_take_is_left_out() -> None:
    spoken = ["m’n kind", "m'n kind", "x" * 141, "x" * 140, "alexa help me", " "]
    assert usable(spoken) == ["m'n kind", "x" * 140]


def test_a_value_of_one_utterance_has_no_synonyms(sources: Sources, wording: Wording) -> None:
    model = build_model(with_utterances(sources, verward=["ik hoor stemmen"]), wording)
    assert value(model, "verward") == {"value": "ik hoor stemmen"}
    assert schema_findings(model) == lint(model) == []


def test_no_section_drowns_the_others(sources: Sources, wording: Wording) -> None:
    letters = "abcdefghij"
    many = [f"tekst {a} {b} {c}" for a in letters for b in letters for c in letters]
    model = build_model(with_utterances(sources, spelen=many), wording)
    assert len(value(model, "spelen")["synonyms"]) == limits.SYNONYMS


def test_the_model_shrinks_to_fit(sources: Sources, wording: Wording, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = build_model(sources, wording)
    monkeypatch.setattr(generate, "FILE_BYTES", len(model_bytes(whole)) - 1)
    less = build_model(sources, wording)
    assert len(model_bytes(less)) < len(model_bytes(whole))
    assert len(value(less, "buiten")["synonyms"]) < limits.SYNONYMS


def test_a_model_that_cannot_fit_is_refused(
    sources: Sources, wording: Wording, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generate, "FILE_BYTES", 10_000)
    monkeypatch.setattr(generate, "SYNONYMS", limits.SYNONYMS_LEAST)
    with pytest.raises(generate.TooLargeError, match="shorten utterances"):
        build_model(sources, wording)


# --- switches ---------------------------------------------------------------------------------------------------------


def test_search_query_hears_carriers_only_and_the_words_alone_after_a_question(
    sources: Sources, wording: Wording
) -> None:
    model = build_model(sources, wording, SEARCH_QUERY)
    language = model["interactionModel"]["languageModel"]
    question = language["intents"][0]
    assert language["types"] == []
    assert question["samples"] == list(wording.carriers)
    assert question["slots"][0]["type"] == "AMAZON.SearchQuery"
    assert question["slots"][0]["samples"][0] == "{vraag}"
    assert schema_findings(model) == lint(model) == []


def test_its_annotation_set_holds_no_question_without_carrier(sources: Sources, wording: Wording) -> None:
    for case in build_annotations(sources, wording, build_model(sources, wording, SEARCH_QUERY))["data"]:
        slots = case["expected"][0]["intent"]["slots"]
        if slots:
            assert case["inputs"]["utterance"] != slots["vraag"]["slotValue"]["value"]


def test_fallback_sensitivity(sources: Sources, wording: Wording) -> None:
    model = build_model(sources, wording, Options(sensitivity="HIGH"))
    configuration = model["interactionModel"]["languageModel"]["modelConfiguration"]
    assert configuration == {"fallbackIntentSensitivity": {"level": "HIGH"}}
    assert schema_findings(model) == []


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("troosten", "samen spelen", "of another value"),
        ("troosten", "noodgeval", "is also intents[VraagIntent].samples[0]"),
        ("troosten", "hij huilt!", "has punctuation"),
    ],
)
def test_utterances_that_would_confuse_alexa(
    label: str, text: str, expected: str, sources: Sources, wording: Wording, tmp_path: Path
) -> None:
    changed = with_utterances(sources, **{label: [*sources.utterances[label][:5], text]})
    with pytest.raises(RefusedError) as refused:
        build_files(changed, wording, Options(), tmp_path)
    assert expected in str(refused.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "the file is missing"),
        ("name = ", "is not valid TOML"),
        ('name = "A"\ncarriers = ["over {vraag}"]\nanswers = ["over {vraag}"]', "field 'invocation_name' is missing"),
        (
            'name = "A"\ninvocation_name = "a b"\ncarriers = []\nanswers = ["over {vraag}"]',
            "field 'carriers' should be a list of texts",
        ),
        (
            'name = "A"\ninvocation_name = "a b"\ncarriers = ["over"]\nanswers = ["over {vraag}"]',
            "'over' must hold {vraag} once",
        ),
        (
            'name = "A"\ninvocation_name = "a b"\ncarriers = ["over {vraag}"]\nanswers = ["{vraag}"]',
            "'{vraag}' must hold {vraag} once, with other words",
        ),
    ],
    ids=["missing", "no TOML", "no invocation name", "no carriers", "carrier without slot", "slot alone"],
)
def test_names_and_carriers_that_cannot_be_used(text: str | None, expected: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as refused:
        read_wording(tmp_path)
    assert any(expected in str(finding) for finding in refused.value.findings)
    assert all(finding.place.file == FILE for finding in refused.value.findings)


# --- replays ----------------------------------------------------------------------------------------------------------

OPENING = "open band met mijn kind"


@pytest.mark.parametrize(
    ("steps", "lines"),
    [
        ([{"open": True}, {"say": "troosten"}], [OPENING, "troosten"]),
        ([{"say": "troosten"}, {"say": "ja"}], [OPENING, "troosten", "ja"]),
        ([{"say": "stop", "open": False}, {"say": "troosten"}], [OPENING, "stop", OPENING, "troosten"]),
        ([{"say": "stop", "open": False}, {"open": True}, {"say": "ja"}], [OPENING, "stop", OPENING, "ja"]),
        ([{"say": "vraag band met mijn kind over troosten"}], ["vraag band met mijn kind over troosten"]),
        ([{"say": "een goede band met mijn kind"}], [OPENING, "een goede band met mijn kind"]),
        ([{"open": True}, {"silence": True}], None),
        ([{"open": True}, {"intent": "AMAZON.FallbackIntent"}], None),
        ([{"intent": "AMAZON.FallbackIntent"}], None),
        ([{"open": True}, {"say": ":stil"}], None),
    ],
)
def test_what_a_tester_types(steps: list[Json], lines: list[str] | None) -> None:
    assert spoken_lines(steps, "band met mijn kind") == lines


def test_dialogues_that_cannot_be_said_have_no_replay(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("name: a\nsteps:\n  - say: troosten\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("name: b\nsteps:\n  - open: true\n  - silence: true\n", encoding="utf-8")
    replays = build_replays(tmp_path, "band met mijn kind")
    assert {name: replay["userInput"] for name, replay in replays.items()} == {"a.json": [OPENING, "troosten", ".quit"]}


@pytest.mark.parametrize(
    "text",
    ["steps: [", "name: leeg\n", "steps: []\n", "steps: [troosten]\n", "steps: [{say: yes}]\n", "- say: troosten\n"],
)
def test_a_dialogue_that_cannot_be_read_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "kapot.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DialogueError, match=r"kapot\.yaml"):
        build_replays(tmp_path, "band met mijn kind")


# --- the command ------------------------------------------------------------------------------------------------------


def test_written_elsewhere_then_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = ["--out", str(tmp_path / "uit")]
    assert main([*target, "--search-query"]) == 0
    assert main([*target, "--search-query", "--check"]) == 0
    assert main([*target, "--check"]) == 1
    assert "run: make model" in capsys.readouterr().err
    model = json.loads((tmp_path / "uit" / "nl-NL.json").read_text(encoding="utf-8"))
    assert model["interactionModel"]["languageModel"]["types"] == []


@pytest.mark.parametrize("arguments", [["--search-query"], ["--fallback-sensitivity", "HIGH"], ["--onbekend"]])
def test_a_trial_never_replaces_the_checked_in_model(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().err


def test_a_replay_whose_dialogue_is_gone_goes_too(tmp_path: Path) -> None:
    files = {"nl-NL.json": b"{}\n", "replays/a.json": b"{}\n"}
    write({**files, "replays/oud.json": b"{}\n"}, tmp_path)
    assert out_of_date(files, tmp_path) == ["replays/oud.json"]
    write(files, tmp_path)
    assert out_of_date(files, tmp_path) == []
    assert not (tmp_path / "replays" / "oud.json").exists()
