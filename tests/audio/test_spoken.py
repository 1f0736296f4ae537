"""The front-end, mark by mark. The Dutch here is test data, as in the tests of the content."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.audio.numbers import number
from tools.audio.spoken import pronounced, read_pronunciations, sentences, spoken_form
from tools.audio.takes import TakesError, read_takes, write_takes
from tools.content.compile import spoken_texts
from tools.content.sources import read_sources


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Bel 112.", "Bel één, één, twee."),
        ("Bel 113 of 112!", "Bel één, één, drie of één, één, twee!"),
        ("Er waren 112 euro.", "Er waren honderdtwaalf euro."),
        ("Veilig Thuis: 0800-2000.", "Veilig Thuis: nul acht nul nul, twee nul nul nul."),
        ("Bel 0800 0432", "Bel nul acht nul nul, nul vier drie twee"),
        ("Bel 020-1234567", "Bel nul twee nul, één twee drie vier vijf zes zeven"),
        ("06 12345678", "nul zes, één twee drie vier vijf zes zeven acht"),
        ("Een kind van 2 jr", "Een kind van twee jaar"),
        ("Van 2 à 3 jaar", "Van twee tot drie jaar"),
        ("Van 4-6 jaar", "Van vier tot zes jaar"),
        ("Het 1e jaar, het 2e, het 8ste en het 20ste", "Het eerste jaar, het tweede, het achtste en het twintigste"),
        ("1 kind", "één kind"),
        ("21 kinderen", "eenentwintig kinderen"),
        ("22 november 2026", "tweeëntwintig november tweeduizend zesentwintig"),
        ("sinds 1998", "sinds negentienhonderd achtennegentig"),
        ("38,5 graden", "achtendertig komma vijf graden"),
        ("1,05", "één komma nul vijf"),
        ("€ 5", "vijf euro"),
        ("€2,50", "twee euro vijftig"),
        ("30%", "dertig procent"),
        ("1.500 ouders", "duizend vijfhonderd ouders"),
        ("Om 7.30 uur", "Om half acht"),
        ("Om 12:45", "Om kwart voor één"),
        ("Om 7:15", "Om kwart over zeven"),
        ("Om 20.00 uur", "Om twintig uur"),
        ("Om 9:05", "Om negen uur vijf"),
        ("Bijv. een knuffel, o.a. samen & rustig", "bijvoorbeeld een knuffel, onder andere samen en rustig"),
        ("‘Kijk,’ zei “mama”.", "Kijk, zei mama."),
        ("de foto’s", "de foto's"),
        ("wachten… en dan", "wachten. en dan"),
        ("ma t/m vr", "ma tot en met vr"),
        ("en/of", "en of of"),
        ("hallo 😀 daar\n", "hallo daar"),
        ("", ""),
    ],
)
def test_spoken_form(written: str, said: str):
    assert spoken_form(written) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "nul"),
        (16, "zestien"),
        (20, "twintig"),
        (22, "tweeëntwintig"),
        (33, "drieëndertig"),
        (99, "negenennegentig"),
        (100, "honderd"),
        (101, "honderdéén"),
        (215, "tweehonderdvijftien"),
        (1000, "duizend"),
        (2026, "tweeduizend zesentwintig"),
        (1_000_000, "één miljoen"),
    ],
)
def test_numbers(value: int, said: str):
    assert number(value) == said


def test_a_spoken_form_is_its_own_spoken_form():
    for text in spoken_texts(read_sources()).values():
        assert spoken_form(spoken_form(text)) == spoken_form(text)


def test_no_text_of_the_content_keeps_a_figure_or_a_sign():
    for key, text in spoken_texts(read_sources()).items():
        said = spoken_form(text)
        assert not any(mark.isdigit() for mark in said), key
        assert sentences(said), key


def test_sentences_keep_their_marks():
    assert sentences("Huilt het? Troost het dan. Goed!") == ("Huilt het?", "Troost het dan.", "Goed!")
    assert sentences("...") == ()


def test_pronunciations_change_whole_words_of_one_engine_only(tmp_path: Path):
    path = tmp_path / "pronunciation.toml"
    path.write_text('[all]\n"Alexa-app" = "aleksa-app"\n[kokoro]\nband = "bant"\n', encoding="utf-8")
    table = read_pronunciations(path)
    text = "De Alexa-app van de band, de Band, de banden en de band-app."
    assert pronounced(text, table, "kokoro") == "De Aleksa-app van de bant, de Bant, de banden en de band-app."
    assert pronounced(text, table, "espeak") == "De Aleksa-app van de band, de Band, de banden en de band-app."
    assert pronounced(text, {}, "kokoro") == text
    assert read_pronunciations(tmp_path / "none.toml") == {}


def test_takes_are_written_as_they_are_read(tmp_path: Path):
    path = tmp_path / "takes.toml"
    assert read_takes(path) == {}
    takes = {("danger.geweld", "normal"): 3, ("number.geweld", "slow"): 2}
    write_takes(takes, path)
    assert read_takes(path) == takes


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("[fast]\na = 1\n", "fast"),
        ("normal = 3\n", "no pace"),
        ('[slow]\n"a.b" = "2"\n', "a.b"),
        ("[slow\n", "takes.toml"),
    ],
)
def test_takes_that_make_no_sense_are_refused(tmp_path: Path, written: str, reason: str):
    path = tmp_path / "takes.toml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(TakesError, match=reason):
        read_takes(path)
