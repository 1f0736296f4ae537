"""What the conversation builds on: fields, controls, names, leads, remarks, odd input, and damaged parameters."""

from __future__ import annotations

import json

import pytest

from skill.content.library import load_content
from skill.understanding import Interpreter, LearntError, load_interpreter
from skill.understanding.model import LEARNT


@pytest.fixture(scope="module")
def ears() -> Interpreter:
    return load_interpreter(load_content())


@pytest.mark.parametrize(
    ("words", "control"),
    [
        ("ja", "yes"),
        ("ja graag doe maar", "yes"),
        ("eh ja hoor", "yes"),
        ("nee", "no"),
        ("nee dank je wel", "no"),
        ("laat maar", "no"),
        ("dank je wel", "thanks"),
        ("stop maar", "stop"),
        ("nee stop", "stop"),
        ("stuur de kaart maar alsjeblieft", "card"),
        ("waar komt dit vandaan", "source"),
        ("de tweede graag", "second"),
        ("oké", "yes"),
        ("wacht even", "wait"),
    ],
)
def test_controls(ears: Interpreter, words: str, control: str) -> None:
    heard = ears.understand(words)
    assert (heard.control, heard.named, heard.danger) == (control, None, None)


@pytest.mark.parametrize(
    ("words", "lead", "named"),
    [
        ("troosten", None, "troosten"),
        ("over knuffelen", None, "knuffelen"),
        ("iets over eigen keuzes", None, "eigen-keuzes"),
        ("ik wil iets weten over spelen", None, "spelen"),
        ("nee ik bedoel troosten", "no", "troosten"),
        ("ja over gevoelens graag", "yes", "gevoelens"),
        ("vertel over de puberteit", None, "ouder-worden"),
        ("tips over samen spelen", None, "spelen"),
        ("nee mijn kind luistert naar niemand", "no", None),
    ],
)
def test_names_and_leads(ears: Interpreter, words: str, lead: str | None, named: str | None) -> None:
    heard = ears.understand(words)
    assert (heard.control, heard.lead, heard.named) == (None, lead, named)
    if named:
        assert (heard.verdict, heard.ranking[0][0], heard.confidence) == ("tip", named, "high")


@pytest.mark.parametrize(
    ("words", "remark"),
    [
        ("my baby cries all night what should i do", "foreign"),
        ("mein kind weint die ganze nacht", "foreign"),
        ("mijn baby huilt de hele nacht", None),
        ("stomme trut", "rude"),
        ("poep poep poep", "child"),
        ("mijn kind zegt steeds poep", None),
    ],
)
def test_remarks(ears: Interpreter, words: str, remark: str | None) -> None:
    assert ears.understand(words).remark == remark


@pytest.mark.parametrize("words", ["blabla", "huh", "speel", "bla bla bla", "eh hmm"])
def test_noise_is_not_called_out_of_scope(ears: Interpreter, words: str) -> None:
    heard = ears.understand(words)
    assert (heard.verdict, heard.remark, heard.danger) == ("not_understood", None, None)


@pytest.mark.parametrize("words", [None, "", "   ", "\x00\x07", "😀😀", "?!", "…", "\ufeff", "'"])
def test_no_words(ears: Interpreter, words: str | None) -> None:
    heard = ears.understand(words)
    assert not heard.has_words
    assert (heard.verdict, heard.danger, heard.control) == ("not_understood", None, None)


@pytest.mark.parametrize(
    "words",
    [
        "een " * 1000,
        "a" * 50_000,
        "mijn baby huilt en ik weet het niet " * 125,
        "ja " * 1000,
        "\u202emijn baby huilt😀",
        "x'" * 3000,
    ],
)
def test_odd_input_is_understood_the_same_each_time(ears: Interpreter, words: str) -> None:
    heard = ears.understand(words)
    assert heard.has_words
    assert heard == ears.understand(words)


def test_shape(ears: Interpreter) -> None:
    content = load_content()
    heard = ears.understand("mijn dochter van drie is verdrietig en ik weet niet wat ik moet doen")
    assert heard.age_months == 36
    assert {name for name, _ in heard.ranking} == set(content.sections)
    shares = [share for _, share in heard.ranking]
    assert shares == sorted(shares, reverse=True)
    assert 0.0 <= sum(shares) <= 1.0 + 1e-9


def test_explain_names_marks_and_rules(ears: Interpreter) -> None:
    told = ears.explain("mijn man slaat mij")
    assert told["rule"]["kind"] == "geweld"
    assert told["for_first"]
    assert json.dumps(told)
    assert ears.explain("") == {"words": []}


@pytest.mark.parametrize(
    ("change", "reason"),
    [("version", "version"), ("packed", "hash"), ("heads", "damaged"), ("nothing", "cannot be read")],
)
def test_damaged_parameters_are_refused(tmp_path, change: str, reason: str) -> None:
    document = json.loads(LEARNT.read_bytes())
    if change == "version":
        document["version"] = 99
    elif change == "packed":
        document["packed"] = "A" + document["packed"][1:-4] + "AAA="
    elif change == "heads":
        del document["heads"]
    path = tmp_path / "learnt.json"
    path.write_text("{" if change == "nothing" else json.dumps(document), encoding="utf-8")
    with pytest.raises(LearntError, match=f"{reason}.*make train"):
        load_interpreter(load_content(), path)
