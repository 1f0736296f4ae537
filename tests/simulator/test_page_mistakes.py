"""A mistake in the content as the page tells it: in Dutch, with file, line and the line itself, while the last good content runs on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.page.mistakes import MOST_SHOWN, WORDING, in_dutch
from tests.content.test_refusals import MISTAKES, TROOSTEN, WITHOUT_LINE
from tests.simulator.pages import Visitor, content_copy, heard, studio_of
from tools.content.findings import Fault, Finding, Form, Place, fields_of

# For each mistake: the file, a part of the line that is shown (None where there is none), and words of what is told.
DUTCH: dict[str, tuple[str, str | None, str]] = {
    "missing field": (TROOSTEN, 'id = "troosten"', "Het veld “title” ontbreekt. Zet er een regel bij die begint met: title ="),
    "unknown field": (TROOSTEN, 'titel = "Troosten"', "Het veld “titel” bestaat niet. Dit kan wel: audience, card,"),
    "wrong type": (TROOSTEN, "title = 3", "Achter “title” hoort een tekst tussen aanhalingstekens."),
    "not TOML": (TROOSTEN, 'title = "Troosten', "Een aanhalingsteken is niet gesloten. Zet er een \" achter"),
    "missing file": ("tips/spelen.toml", None, "Dit onderwerp ontbreekt. Er moet een bestand zijn met id = \"spelen\"."),
    "unknown id": (TROOSTEN, 'neighbour = "gevoel"', "“gevoel” achter “neighbour” is niet bekend. Kies uit: "),
    "unknown paragraph": (TROOSTEN, 'paragraphs = ["troost"]', "“troost” achter “paragraphs” is niet bekend. Kies uit: opening,"),
    "answer too long": (TROOSTEN, "Over troosten. Troost je", "Dit antwoord heeft 63 woorden, en mag er 45 hebben. Maak het korter"),
    "sentence too long": (TROOSTEN, "Over troosten.", "“Dat is heel erg” heeft 17 woorden, en mag er 15 hebben."),
    "markup": (TROOSTEN, "Over troosten.", "In een gesproken tekst staat “<”."),
    "digits": (TROOSTEN, "Over troosten.", "staan cijfers: 2. Schrijf het getal in woorden."),
    "hard to read": ("tips/spelen.toml", "spelactiviteiten", "Dit is moeilijk te volgen: de leesscore is "),
    "copied from the page": ("tips/spelen.toml", "Het is belangrijk", "staat precies zo op de pagina van het NJi."),
    "question in an answer": (TROOSTEN, "Over troosten.", "Deze tekst stelt een vraag, en dat kan hier niet."),
    "suggested phrase is no sample": ("prompts.toml", "paarse krokodil", "De tekst noemt “paarse krokodil” als voorbeeld"),
    "too few variants": ("prompts.toml", 'variants = ["Zeg ja of nee."]', "Schrijf ten minste 3 teksten (nu 1)"),
    "same utterance in two sections": ("utterances/troosten.txt", "zingen en troosten", "ook al in utterances/spelen.txt, regel "),
    "utterance not as spoken": ("utterances/spelen.txt", "Zingen, met 2 kinderen!", "is niet zoals je het zegt. Schrijf kleine letters"),
    "no other answer after the bar": ("utterances/spelen.txt", "in de regen | muziek", "Achter het streepje staat “muziek”."),
    "its own section after the bar": ("utterances/spelen.txt", "in de regen | spelen", "Achter het streepje staat “spelen”."),
    "another answer to a danger": ("utterances/gevaar/geweld.txt", "slaat mij | troosten", "Haal het streepje weg en wat erachter staat."),
    "a take that is no number": ("takes.toml", '"danger.geweld" = "vijf"', "Achter “danger.geweld” hoort een heel getal"),
    "a take at an unknown pace": ("takes.toml", "[traag]", "Het blok [traag] wordt nergens gebruikt."),
    "utterances missing": ("utterances/gevaar/geweld.txt", None, "Dit bestand ontbreekt. Elk onderwerp en elk soort gevaar"),
    "contact without source": ("contacts.toml", "[kindertelefoon]", "Het veld “source” ontbreekt."),
    "contact without date": ("contacts.toml", "[kindertelefoon]", "Het veld “checked” ontbreekt."),
    "spoken number without accents": ("contacts.toml", 'spoken = "een, een, twee"', "“een” zonder accenten."),
    "number in a text without accents": ("danger.toml", "Bel nu een, een, twee.", "“een” zonder accenten."),
    "number that is no contact's": ("danger.toml", "één, één, vier", "“één één vier” is van geen enkel contact."),
    "danger names nobody at once": ("danger.toml", "Wat naar voor je.", "noemen niemand om te bellen. Zet dat vooraan."),
    "danger kind without answer": ("utterances/gevaar/buurkind.txt", None, "Dit bestand ontbreekt."),
    "date said is not the date checked": ("page.toml", "checked_spoken", "eindigt niet met “drieëntwintig november"),
    "phrase in two controls": ("controls.toml", '"laat maar", "prima"', "“prima” staat ook al bij [yes]. Laat er één staan."),
    "family of prompts missing": ("prompts.toml", "[welkom]", "Het blok [welkom] wordt nergens gebruikt."),
    "control missing": ("controls.toml", None, "Het blok of veld “stop” ontbreekt, en de skill heeft het nodig."),
    "words missing": ("words/talk.toml", None, "Het blok of veld “carrier” ontbreekt"),
    "card title missing": ("cards.toml", "# What the companion app shows.", "Het veld “title” ontbreekt."),
    "card without contacts": ("cards.toml", "contacts = []", "Het veld “contacts” is leeg. Vul het in."),
    "pieces are no tables": (TROOSTEN, "pieces = 3", "Achter “pieces” hoort een of meer blokken die elk met [[naam]] beginnen."),
    "pronunciation is no text": ("pronunciation.toml", "app = 3", "Achter “app” hoort een tekst"),
    "not UTF-8": (TROOSTEN, "Wil je", "Dit bestand is geen UTF-8-tekst."),
}  # fmt: skip


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return content_copy(tmp_path_factory.mktemp("original"))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Visitor, Path]:
    """One page for all mistakes: making one takes long."""
    folder = tmp_path_factory.mktemp("shared")
    root = content_copy(folder)
    return Visitor(studio_of(folder, root)), root


@pytest.fixture
def page(shared: tuple[Visitor, Path], original: Path) -> Iterator[tuple[Visitor, Path]]:
    visitor, root = shared
    yield visitor, root
    shutil.rmtree(root)
    shutil.copytree(original, root)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_in_dutch_with_its_place(page: tuple[Visitor, Path], mistake: str) -> None:
    visitor, root = page
    edit, _ = MISTAKES[mistake]
    file, line, told = DUTCH[mistake]
    edit(root)
    mistakes = visitor.get("/api/news")["mistakes"]
    found = [one for one in mistakes if one["file"] == f"skill/content/{file}" and told in one["text"]]
    assert found, mistakes
    assert (found[0]["line"] is None) == (line is None)
    if line is not None:
        assert line in "".join(found[0]["shown"])
        stands = (root / file).read_text(encoding="utf-8", errors="replace").split("\n")[found[0]["line"] - 1]
        assert line in stands
    assert heard(visitor.say("mijn baby huilt steeds")).startswith("Over troosten."), "the last good content runs on"


def test_what_nobody_foresaw_is_told_with_the_file_that_was_saved_last(page: tuple[Visitor, Path]) -> None:
    visitor, root = page
    words = root / "words" / "danger.toml"
    words.write_text(words.read_text(encoding="utf-8").replace("[lists]\n", "[lists]\nchild2 = 3\n") + "\n[[rule]]\n")
    (mistake,) = visitor.get("/api/news")["mistakes"]
    assert (mistake["file"], mistake["line"]) == ("skill/content/words/danger.toml", None)
    assert mistake["text"].startswith("Met deze verandering kan de skill niet werken (KeyError")


def test_a_mistake_in_the_words_around_a_question_is_told(page: tuple[Visitor, Path]) -> None:
    visitor, root = page
    (root / "skill.toml").write_text('name = "A"\ncarriers = ["over"]\nanswers = ["over {vraag}"]\n', encoding="utf-8")
    mistakes = visitor.get("/api/news")["mistakes"]
    assert [(one["line"], one["text"]) for one in mistakes] == [
        (1, "Het veld “invocation_name” ontbreekt. Zet er een regel bij die begint met: invocation_name ="),
        (2, "In “over” moet {vraag} precies één keer staan, met andere woorden erbij. Verander dat."),
    ]


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_is_worded_in_both_languages_with_the_same_places(fault: Fault) -> None:
    assert fields_of(WORDING["fault"][fault.name.lower()]) == fields_of(fault.value)


def test_no_wording_is_without_a_fault() -> None:
    assert set(WORDING["fault"]) == {fault.name.lower() for fault in Fault}
    assert set(WORDING["form"]) == {form.name.lower() for form in Form}


def test_every_refusal_is_seen_on_the_page() -> None:
    assert set(DUTCH) == set(MISTAKES)


def test_a_finding_whose_values_fit_no_wording_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="DATE_SAID takes"):
        Finding(Fault.DATE_SAID, Place("page.toml"), {"day": "x"})


def test_without_a_line_nothing_is_shown(tmp_path: Path) -> None:
    for fault in WITHOUT_LINE:
        finding = Finding(fault, Place("x.toml"), dict.fromkeys(fields_of(fault.value), "x"))
        assert in_dutch(finding, tmp_path).shown is None


@pytest.mark.parametrize(("column", "marked"), [(1, "a"), (50, "x"), (301, "b"), (900, "")])
def test_of_a_long_line_the_part_around_the_place_is_shown(tmp_path: Path, column: int, marked: str) -> None:
    (tmp_path / "x.toml").write_text(f"a{'x' * 299}b{'y' * 500}\n", encoding="utf-8")
    before, after = in_dutch(Finding(Fault.NO_EQUALS, Place("x.toml", 1, column)), tmp_path).shown or ("", "")
    assert len(before + after) <= MOST_SHOWN + 2
    assert after[:1].strip("…") == marked


def test_a_line_that_is_gone_again_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("a = 1\n", encoding="utf-8")
    assert in_dutch(Finding(Fault.NO_EQUALS, Place("x.toml", 9, 1)), tmp_path).shown is None
    assert in_dutch(Finding(Fault.NO_EQUALS, Place("y.toml", 1, 1)), tmp_path).shown is None


def test_fractions_have_a_comma_in_dutch_and_a_point_in_english(tmp_path: Path) -> None:
    finding = Finding(Fault.LONG_SENTENCES, Place("tips/x.toml"), {"average": 10.25, "limit": 10})
    assert "10.2 words" in str(finding)
    assert "10,2 woorden" in in_dutch(finding, tmp_path).text
