"""Danger: plain wordings alarm at once, the look-alike list does not, and the pattern language means what it says."""

from __future__ import annotations

import pytest

from skill.content.library import load_content
from skill.understanding import Interpreter, load_interpreter
from skill.understanding.danger import DangerRules
from tools.content.sources import read_utterances
from tools.learn.data import LOOKALIKES, UTTERANCES


@pytest.fixture(scope="module")
def ears() -> Interpreter:
    return load_interpreter(load_content())


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("mijn baby ademt niet meer", "levensgevaar"),
        ("bel een ambulance", "levensgevaar"),
        ("help hij is helemaal blauw en hij ademt niet meer", "levensgevaar"),
        ("ik wil niet meer leven", "zelfdoding"),
        ("ik wil dood", "zelfdoding"),
        ("ik heb mijn baby door elkaar geschud", "letsel"),
        ("mijn man slaat mij", "geweld"),
        ("ik sla mijn kind", "geweld"),
        ("papa slaat mij", "kind-spreekt"),
        ("ik hoor stemmen in mijn hoofd", "verward"),
        ("de buurman slaat zijn kinderen", "ander-kind"),
        ("ik ga hem slaan ik kan me niet meer inhouden", "kwaad-doen"),
        ("ik ben bang dat ik mijn kind iets aandoe", "angst-kwaad-doen"),
    ],
)
def test_plain_danger_is_found(ears: Interpreter, words: str, kind: str) -> None:
    assert ears.understand(words).danger == kind


@pytest.mark.parametrize(
    "words", ["nee mijn man slaat mij", "ja ik wil niet meer leven", "eh nou ja mijn baby ademt niet"]
)
def test_danger_is_found_behind_a_lead(ears: Interpreter, words: str) -> None:
    assert ears.understand(words).danger


def test_danger_is_found_in_a_long_story(ears: Interpreter) -> None:
    story = "we gingen vandaag naar de kinderboerderij en daarna hebben we gegeten en een boekje gelezen "
    heard = ears.understand(story * 6 + "en ik wil niet meer leven " + story * 6)
    assert heard.danger == "zelfdoding"


def test_who_does_it_matters(ears: Interpreter) -> None:
    assert ears.understand("mijn peuter slaat mij als hij boos is").danger is None
    assert ears.understand("mijn man slaat een arm om hem heen").danger is None


@pytest.mark.parametrize(
    "words",
    ["ik ben zo moe ik kan niet meer", "ik kan haar niet meer aan", "ik haat mijn baby", "ik huil de hele dag"],
)
def test_exhaustion_is_asked_about_at_most(ears: Interpreter, words: str) -> None:
    assert not ears.understand(words).danger_certain


def test_exhaustion_does_not_hide_a_plain_danger(ears: Interpreter) -> None:
    heard = ears.understand("ik ben zo moe ik kan niet meer ik wil niet meer leven")
    assert heard.danger == "zelfdoding"
    assert DangerRules({"exhausted": {"when": ["kan niet meer"]}}).only_asked(["ik", "kan", "niet", "meer"])


def test_lookalikes_hear_no_danger_answer(ears: Interpreter) -> None:
    texts = [utterance.text for utterance in read_utterances(UTTERANCES / f"{LOOKALIKES}.txt")]
    answered = [text for text in texts if ears.understand(text).danger_certain]
    assert len(answered) <= len(texts) // 200, answered


@pytest.mark.parametrize(
    ("pattern", "words", "fits"),
    [
        ("sla .. kind", "ik sla mijn eigen kind", True),
        ("sla .. kind", "sla een twee drie vier kind", False),
        ("sla ... kind", "sla een twee drie vier vijf kind", True),
        ("bang|angst .. hem", "angst voor hem", True),
        ("buur* slaat", "buurvrouw slaat", True),
        ("*huil* mij", "gehuild mij", True),
        ("=wie slaat", "opa slaat", True),
        ("wil dood", "wil niet dood", False),
    ],
)
def test_pattern_language(pattern: str, words: str, fits: bool) -> None:
    rules = DangerRules(
        {"lists": {"wie": ["opa", "oma"]}, "rule": [{"kind": "geweld", "certain": True, "when": [pattern]}]}
    )
    assert (rules.find(words.split()) is not None) is fits
