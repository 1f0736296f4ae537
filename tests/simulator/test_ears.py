"""What the stand-in for Alexa's understanding makes of words."""

from __future__ import annotations

import copy

import pytest

from simulator.ears import MODEL as REAL_MODEL
from simulator.ears import Ears, Elicited, Entity, Route, as_heard, load_ears
from simulator.labels import SimulatorError
from tests.simulator.stand_ins import BUILTIN_PHRASES, MODEL

ASKED = Elicited("VraagIntent", "vraag")


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("Mijn baby huilt steeds!", "mijn baby huilt steeds"),
        ("  twee   spaties\t", "twee spaties"),
        ("’s nachts is baby’s foto weg", "'s nachts is baby's foto weg"),
        ("hij zegt 'nee'", "hij zegt nee"),
        ("zij is 1,5 jaar, hij 2.", "zij is 1,5 jaar hij 2"),
        ("dat is 1.5 jaar", "dat is 1,5 jaar"),
        ("een twee-jarige - echt", "een twee-jarige echt"),
        ("één kind", "één kind"),
        ("e\u0301e\u0301n kind", "één kind"),
        ("huilt \U0001f62d\u0007 <b>steeds</b>", "huilt b steeds b"),
        (":)", ""),
        ("?!", ""),
        ("", ""),
    ],
)
def test_text_is_written_as_speech_recognition_does(typed: str, heard: str) -> None:
    assert as_heard(typed) == heard


@pytest.mark.parametrize(
    ("words", "elicited", "intent", "route", "value"),
    [
        ("ja", None, "AMAZON.YesIntent", "builtin", None),
        ("Ja!", ASKED, "AMAZON.YesIntent", "builtin", None),
        ("graag", ASKED, "AMAZON.YesIntent", "builtin", None),
        ("Stuur de kaart.", None, "KaartIntent", "control", None),
        ("stuur de kaart", ASKED, "KaartIntent", "control", None),
        ("stuur de kaart naar oma", ASKED, "VraagIntent", "elicited", "stuur de kaart naar oma"),
        ("mijn baby huilt", None, "VraagIntent", "slot", "mijn baby huilt"),
        ("mijn baby huilt", ASKED, "VraagIntent", "elicited", "mijn baby huilt"),
        ("ik heb een vraag over troosten", None, "VraagIntent", "slot", "troosten"),
        ("ik heb een vraag over troosten", ASKED, "VraagIntent", "elicited", "troosten"),
        ("ik bedoel troosten", ASKED, "VraagIntent", "elicited", "troosten"),
        ("help mij eens", None, "VraagIntent", "slot", "mij"),
        ("over", None, "VraagIntent", "slot", "over"),
        # "nee" is a built-in of Alexa's, but not in this model, so it can only be words.
        ("nee", None, "VraagIntent", "slot", "nee"),
        ("", None, "AMAZON.FallbackIntent", "fallback", None),
        ("...", ASKED, "AMAZON.FallbackIntent", "fallback", None),
    ],
)
def test_words_become_an_intent(
    ears: Ears, words: str, elicited: Elicited | None, intent: str, route: str, value: str | None
) -> None:
    heard = ears.hear(words, elicited)
    assert (heard.intent, heard.route.value) == (intent, route)
    assert (heard.slot.value if heard.slot else None) == value


def test_words_that_equal_a_name_or_synonym_are_resolved(ears: Ears) -> None:
    def entities(words: str) -> tuple[Entity, ...] | None:
        slot = ears.hear(words).slot
        assert slot is not None
        return slot.entities

    assert entities("Mijn baby huilt steeds") == (Entity("troosten", "troosten"),)
    assert entities("over verdriet") == (Entity("troosten", "troosten"), Entity("gevoelens", "gevoelens"))
    assert entities("spelen") == (Entity("spelen", "Spelen"),)
    assert entities("mijn baby huilt") == ()


def test_without_the_slot_alone_as_a_sample_words_that_fit_nothing_do_not_arrive() -> None:
    model = copy.deepcopy(MODEL)
    intent = model["interactionModel"]["languageModel"]["intents"][0]
    intent["samples"].remove("{vraag}")
    intent["slots"][0]["type"] = "AMAZON.SearchQuery"
    model["interactionModel"]["languageModel"]["types"] = []
    ears = Ears(model, BUILTIN_PHRASES)
    assert ears.hear("mijn baby huilt").route is Route.FALLBACK
    assert ears.hear("over mijn baby").slot is not None
    elicited = ears.hear("mijn baby huilt", ASKED)
    assert elicited.route is Route.ELICITED
    assert elicited.slot is not None
    assert elicited.slot.entities is None


@pytest.mark.parametrize(
    ("name", "route", "has_slot"),
    [
        ("VraagIntent", Route.SLOT, True),
        ("KaartIntent", Route.CONTROL, False),
        ("AMAZON.StopIntent", Route.BUILTIN, False),
        ("AMAZON.FallbackIntent", Route.FALLBACK, False),
        ("OnbekendIntent", Route.CONTROL, False),
    ],
)
def test_a_raw_intent_has_no_words(ears: Ears, name: str, route: Route, has_slot: bool) -> None:
    heard = ears.raw_intent(name)
    assert (heard.intent, heard.route, heard.slot is not None) == (name, route, has_slot)
    assert heard.slot is None or heard.slot.value is None


def test_a_missing_or_broken_model_is_told_with_the_command_that_makes_it(tmp_path) -> None:
    broken = tmp_path / "nl-NL.json"
    for content in (None, b"{", b"{}", b"[]"):
        if content is not None:
            broken.write_bytes(content)
        with pytest.raises(SimulatorError, match="make model"):
            load_ears(broken)


def test_every_sample_of_the_real_model_is_heard_as_its_intent() -> None:
    import json

    ears = load_ears()
    for intent in json.loads(REAL_MODEL.read_bytes())["interactionModel"]["languageModel"]["intents"]:
        for sample in intent["samples"]:
            assert ears.hear(sample.replace("{vraag}", "mijn zus haar kat")).intent == intent["name"], sample
