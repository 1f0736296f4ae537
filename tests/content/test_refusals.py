"""A mistake in a content file is refused with file, line or entry, and what to do."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.content.checks import findings, warnings
from tools.content.compile import compile_body
from tools.content.findings import Fault, Finding
from tools.content.references import CONTROLS, FAMILIES
from tools.content.sources import CONTENT, SourceError, read_sources
from tools.content.trial import try_out

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
    "wrong type": (
        replace(TROOSTEN, 'title = "Troosten"', "title = 3"),
        [f"{TROOSTEN}:2: ", "'title' should be a text"],
    ),
    "not TOML": (
        replace(TROOSTEN, 'title = "Troosten"', 'title = "Troosten'),
        [f"{TROOSTEN}:2:18: ", "is not valid TOML", "quotation mark", "close it"],
    ),
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
        ["prompts.toml:", " [reprompt_yes_no]: ", "at least 3"],
    ),
    "same utterance in two sections": (append("utterances/spelen.txt", "een huilende baby xyz\n"), None),
    "utterance not as spoken": (
        append("utterances/spelen.txt", "Zingen, met 2 kinderen!\n"),
        ["utterances/spelen.txt:", "not as spoken"],
    ),
    "no other answer after the bar": (
        append("utterances/spelen.txt", "samen zingen in de regen | muziek\n"),
        ["utterances/spelen.txt:", "'muziek'", "use some of"],
    ),
    "its own section after the bar": (
        append("utterances/spelen.txt", "samen zingen in de regen | spelen\n"),
        ["utterances/spelen.txt:", "'spelen'", "take it out"],
    ),
    "another answer to a danger": (
        append("utterances/gevaar/geweld.txt", "mijn buurman slaat mij | troosten\n"),
        ["utterances/gevaar/geweld.txt:", "no other good answer", "take out the bar"],
    ),
    "a take that is no number": (
        replace("takes.toml", '"danger.geweld" = 5', '"danger.geweld" = "vijf"'),
        ["takes.toml:", "'danger.geweld'", "a whole number"],
    ),
    "a take at an unknown pace": (
        replace("takes.toml", "[slow]", "[traag]"),
        ["takes.toml:", "[traag]", "mend the name"],
    ),
    "utterances missing": (delete("utterances/gevaar/geweld.txt"), ["utterances/gevaar/geweld.txt", "missing"]),
    "contact without source": (
        replace("contacts.toml", 'source = "kindertelefoon.nl"\n', ""),
        ["contacts.toml:", " [kindertelefoon]: ", "'source' is missing"],
    ),
    "contact without date": (
        replace("contacts.toml", 'source = "kindertelefoon.nl"\nchecked = 2026-11-22', 'source = "kindertelefoon.nl"'),
        ["contacts.toml:", " [kindertelefoon]: ", "'checked' is missing"],
    ),
    "spoken number without accents": (
        replace("contacts.toml", 'spoken = "één, één, twee"', 'spoken = "een, een, twee"'),
        ["contacts.toml:7 [alarmnummer]: ", "without accents", "'één'"],
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
        ["danger.toml:", " [zelfdoding]: ", "nobody to call"],
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
        replace("controls.toml", '"laat maar",', '"laat maar", "prima",'),
        ["controls.toml:", " [no]: ", "'prima' stands already in [yes]"],
    ),
    "family of prompts missing": (
        replace("prompts.toml", "[welcome]", "[welkom]"),
        ["prompts.toml: [welcome] is missing", "prompts.toml:", "[welkom] is used nowhere"],
    ),
    "control missing": (replace("controls.toml", "[stop]", "[stopp]"), ["controls.toml: [stop] is missing"]),
    "words missing": (replace("words/talk.toml", "[carrier]", "[carriers]"), ["words/talk.toml: [carrier] is missing"]),
    "card title missing": (
        replace("cards.toml", 'title = "Hulp', 'titel = "Hulp'),
        ["cards.toml:1: ", "'title' is missing"],
    ),
    "card without contacts": (
        replace("cards.toml", 'contacts = ["alarmnummer", "huisarts", "dichtbij"]', "contacts = []"),
        ["cards.toml:", " [verward]: ", "'contacts' is empty"],
    ),
    "pieces are no tables": (
        lambda root: (root / TROOSTEN).write_text("pieces = 3\n", encoding="utf-8") and None,
        [f"{TROOSTEN}:1: ", "should be tables written as [[name]]"],
    ),
    "pronunciation is no text": (
        replace("pronunciation.toml", 'app = "ep"', "app = 3"),
        ["pronunciation.toml:", "'app' should be a text"],
    ),
    "not UTF-8": (
        lambda root: (
            (root / TROOSTEN).write_bytes((root / TROOSTEN).read_bytes().replace(b"offer", b"\xe9", 1)) and None
        ),
        [f"{TROOSTEN}:10: ", "save it as UTF-8"],
    ),
}
MISTAKES["same utterance in two sections"] = (
    lambda root: (
        [append(f"utterances/{name}.txt", "zingen en troosten tegelijk\n")(root) for name in ("spelen", "troosten")]
        and None
    ),
    ["utterances/", "stands already in", "keep one"],
)


# What is missing or concerns a file as a whole has no line to show.
WITHOUT_LINE = {
    *(Fault.MISSING_FILE, Fault.NO_UTTERANCES, Fault.SECTION_MISSING, Fault.DANGER_MISSING, Fault.TABLE_MISSING),
    *(Fault.FEW_UTTERANCES, Fault.ALL_HARD_TO_READ, Fault.UNFORESEEN),
}


def found_in(root: Path) -> list[Finding]:
    try:
        return findings(read_sources(root))
    except SourceError as error:
        return error.findings


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_place_and_remedy(content: Path, mistake: str) -> None:
    edit, expected = MISTAKES[mistake]
    edit(content)
    found = found_in(content)
    report = "\n".join(map(str, found))
    for part in expected:
        assert part in report
    for finding in found:
        assert (finding.place.line is None) == (finding.fault in WITHOUT_LINE), str(finding)


def test_what_no_check_foresaw_is_refused_before_it_is_written(content: Path) -> None:
    words = content / "words" / "danger.toml"
    words.write_text(words.read_text(encoding="utf-8") + "\n[[rule]]\n", encoding="utf-8")
    sources = read_sources(content)
    assert findings(sources) == []
    (finding,) = try_out(compile_body(sources))
    assert str(finding).startswith("words: cannot be used (KeyError: ")
    assert list(try_out(compile_body(read_sources()))) == []


def test_a_file_as_windows_saves_it_is_read(content: Path) -> None:
    path = content / TROOSTEN
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    words = content / "utterances" / "troosten.txt"
    words.write_bytes(b"\xef\xbb\xbf" + words.read_bytes().replace(b"\n", b"\r\n"))
    assert compile_body(read_sources(content)) == compile_body(read_sources())


def test_what_the_skill_asks_for_by_name_is_what_must_be_there() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (CONTENT.parent).rglob("*.py"))
    for name in (*FAMILIES, *CONTROLS):
        assert re.search(rf'"{name}(?:\.1)?"', code), f"{name} is asked for nowhere; take it out of references.py"
    sources = read_sources()
    assert set(CONTROLS) == set(sources.controls)
    assert set(FAMILIES) == {family for family in sources.prompts if not family.startswith("topics_")}


def test_the_content_as_it_stands_has_no_mistakes() -> None:
    assert findings(read_sources()) == []


def test_a_contact_checked_long_ago_is_warned_about() -> None:
    sources = read_sources()
    checked = sources.contacts["veilig-thuis"].checked
    assert warnings(sources, checked + datetime.timedelta(days=180)) == []
    assert any("veilig-thuis" in warning for warning in warnings(sources, checked + datetime.timedelta(days=181)))
