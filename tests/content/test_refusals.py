"""A mistake in a content file is refused with file, line or entry, and what to do."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.content.checks import findings, warnings
from tools.content.sources import CONTENT, SourceError, read_sources

Edit = Callable[[Path], None]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    copy = tmp_path / "content"
    shutil.copytree(CONTENT, copy, ignore=shutil.ignore_patterns("__pycache__", "compiled.json"))
    return copy


def replace(name: str, old: str, new: str) -> Edit:
    def edit(root: Path) -> None:
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} no longer holds {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def append(name: str, text: str) -> Edit:
    return lambda root: (root / name).open("a", encoding="utf-8").write(text) and None


def delete(name: str) -> Edit:
    return lambda root: (root / name).unlink()


TROOSTEN = "tips/troosten.toml"

MISTAKES = {
    "missing field": (replace(TROOSTEN, 'title = "Troosten"', ""), [TROOSTEN, "'title' is missing", "add title"]),
    "unknown field": (replace(TROOSTEN, "title =", "titel ="), [TROOSTEN, "unknown field 'titel'"]),
    "wrong type": (replace(TROOSTEN, 'title = "Troosten"', "title = 3"), [TROOSTEN, "'title' should be str"]),
    "not TOML": (replace(TROOSTEN, 'title = "Troosten"', 'title = "Troosten'), [TROOSTEN, "line 2", "mend"]),
    "missing file": (delete("tips/spelen.toml"), ["tips/spelen.toml", "missing"]),
    "unknown id": (
        replace(TROOSTEN, 'neighbour = "gevoelens"', 'neighbour = "gevoel"'),
        [TROOSTEN, "'gevoel'", "use one of"],
    ),
    "unknown paragraph": (replace(TROOSTEN, '["troosten"]', '["troost"]'), [TROOSTEN, "paragraphs 'troost'"]),
    "answer too long": (
        replace(TROOSTEN, "Over troosten.", "Over troosten. " + "Troost je kind heel rustig en lief. " * 4),
        [f"{TROOSTEN}:", "at most 45", "shorten"],
    ),
    "sentence too long": (
        replace(
            TROOSTEN,
            "Dat is normaal.",
            "Dat is heel erg normaal en dat hoort er ook gewoon helemaal bij als je dat wil.",
        ),
        [f"{TROOSTEN}:", "at most 15", "split"],
    ),
    "markup": (
        replace(TROOSTEN, "Dat is normaal.", "Dat is <b>normaal</b>."),
        [f"{TROOSTEN}:", "markup", "take it out"],
    ),
    "digits": (replace(TROOSTEN, "Dat is normaal.", "Dat is 2 keer normaal."), [f"{TROOSTEN}:", "digits", "in words"]),
    "hard to read": (
        replace(
            "tips/spelen.toml",
            "Spelen helpt bij een goede band.",
            "Gezamenlijke spelactiviteiten bevorderen hechtingsrelaties.",
        ),
        ["tips/spelen.toml:", "reading ease", "shorter words"],
    ),
    "copied from the page": (
        replace(
            "tips/spelen.toml",
            "Spelen helpt bij een goede band.",
            "Het is belangrijk dat je je kind troost als het verdrietig is.",
        ),
        ["tips/spelen.toml:", "stands so on the page", "own words"],
    ),
    "question in an answer": (
        replace(TROOSTEN, "Dat is normaal.", "Is dat normaal?"),
        [f"{TROOSTEN}:", "asks a question"],
    ),
    "suggested phrase is no sample": (
        replace("prompts.toml", "Zeg bijvoorbeeld: troosten.", "Zeg bijvoorbeeld: paarse krokodil."),
        ["prompts.toml:", "'paarse krokodil'", "add it"],
    ),
    "too few variants": (
        replace(
            "prompts.toml",
            'variants = ["Zeg ja of nee.", "Is dat ja of nee?", "Ja of nee?"]',
            'variants = ["Zeg ja of nee."]',
        ),
        ["prompts.toml [reprompt_yes_no]", "at least 3"],
    ),
    "same utterance in two sections": (append("utterances/spelen.txt", "een huilende baby xyz\n"), None),
    "utterance not as spoken": (
        append("utterances/spelen.txt", "Zingen, met 2 kinderen!\n"),
        ["utterances/spelen.txt:", "not as spoken"],
    ),
    "utterances missing": (delete("utterances/gevaar/geweld.txt"), ["utterances/gevaar/geweld.txt", "missing"]),
    "contact without source": (
        replace("contacts.toml", 'source = "kindertelefoon.nl"\n', ""),
        ["contacts.toml [kindertelefoon]", "'source' is missing"],
    ),
    "contact without date": (
        replace("contacts.toml", 'source = "kindertelefoon.nl"\nchecked = 2026-11-22', 'source = "kindertelefoon.nl"'),
        ["contacts.toml [kindertelefoon]", "'checked' is missing"],
    ),
    "spoken number without accents": (
        replace("contacts.toml", 'spoken = "één, één, twee"', 'spoken = "een, een, twee"'),
        ["contacts.toml [alarmnummer]", "without accents", "'één'"],
    ),
    "number in a text without accents": (
        replace("danger.toml", "Bel nu één, één, twee.", "Bel nu een, een, twee."),
        ["danger.toml:", "without accents"],
    ),
    "number that is no contact's": (
        replace("danger.toml", "bel dan één, één, drie.", "bel dan één, één, vier."),
        ["danger.toml:", "no contact's spoken number"],
    ),
    "danger names nobody at once": (
        replace("danger.toml", "Bel nu één, één, drie, of bij direct gevaar één, één, twee. ", "Wat naar voor je. "),
        ["danger.toml [zelfdoding]", "nobody to call"],
    ),
    "danger kind without answer": (
        replace("danger.toml", "[ander-kind]", "[buurkind]"),
        ["utterances/gevaar/buurkind.txt", "every section and danger kind"],
    ),
    "date said is not the date checked": (
        replace("page.toml", "checked = 2026-11-22", "checked = 2026-11-23"),
        ["page.toml", "drieëntwintig november"],
    ),
    "phrase in two controls": (
        append("controls.toml", '\n[spare]\nphrases = ["stuur de kaart"]\n'),
        ["controls.toml", "stands already"],
    ),
}
MISTAKES["same utterance in two sections"] = (
    lambda root: (
        [append(f"utterances/{name}.txt", "zingen en troosten tegelijk\n")(root) for name in ("spelen", "troosten")]
        and None
    ),
    ["utterances/", "stands already in", "keep one"],
)


def found(root: Path) -> str:
    try:
        return "\n".join(findings(read_sources(root)))
    except SourceError as error:
        return "\n".join(error.findings)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_place_and_remedy(content: Path, mistake: str) -> None:
    edit, expected = MISTAKES[mistake]
    edit(content)
    report = found(content)
    for part in expected:
        assert part in report


def test_the_content_as_it_stands_has_no_mistakes() -> None:
    assert findings(read_sources()) == []


def test_a_contact_checked_long_ago_is_warned_about() -> None:
    sources = read_sources()
    checked = sources.contacts["veilig-thuis"].checked
    assert warnings(sources, checked + datetime.timedelta(days=180)) == []
    assert any("veilig-thuis" in warning for warning in warnings(sources, checked + datetime.timedelta(days=181)))
