"""The record of a turn, as scripts read it."""

from __future__ import annotations

import json

import pytest

from simulator.ears import Ears
from simulator.report import record, speech_parts
from simulator.session import Session, Turn
from tests.simulator.stand_ins import reply

KEYS = ["utterance", "intent", "route", "section", "outcome", "danger", "choices", "age_months"]
KEYS += ["speech", "reprompt", "card", "session_open", "ms"]


def turn(response: dict, *, is_open: bool = True) -> Turn:
    return Turn("iets", None, None, response, is_open, ms=9.0)


def test_keys_and_their_order_hold_for_every_kind_of_turn(session: Session) -> None:
    turns = [
        session.launch(),
        session.say("mijn baby huilt steeds"),
        session.say("..."),
        session.touch("a", ":touch a"),
        session.silence(":stil"),
        session.silence(":stil"),
    ]
    assert [list(record(turn)) for turn in turns] == [KEYS] * len(turns)


def test_the_record_of_a_launch_and_of_a_tip(session: Session) -> None:
    launched = record(session.launch())
    assert launched == {
        "utterance": None,
        "intent": None,
        "route": None,
        "section": None,
        "outcome": "control",
        "danger": None,
        "choices": [],
        "age_months": None,
        "speech": "Welkom. Waarover?",
        "reprompt": "Zeg iets.",
        "card": None,
        "session_open": True,
        "ms": 1.5,
    }
    assert record(session.say("Mijn baby huilt steeds")) == launched | {
        "utterance": "Mijn baby huilt steeds",
        "intent": "VraagIntent",
        "route": "elicited",
        "section": "troosten",
        "outcome": "tip",
        "age_months": 3,
        "speech": 'Over "troosten" & meer. Wil je de kaart?',
        "reprompt": "De kaart?",
    }


def test_a_card_is_title_and_text(session: Session) -> None:
    session.launch()
    sent = record(session.say("ja"))
    assert sent["card"] == {"title": "Hulp", "text": "Bel je huisarts.\n\nGecheckt: vandaag."}
    assert sent["session_open"] is False
    assert sent["reprompt"] is None


@pytest.mark.parametrize(
    ("outcome", "section", "reported"),
    [
        ("contact", "geen-band", "hulp-en-advies"),
        ("source", None, "bron"),
        ("choice", "troosten", None),
        ("crisis", "troosten", None),
        ("tip", "troosten", "troosten"),
        ("control", "troosten", "troosten"),
        ("out_of_scope", None, None),
    ],
)
def test_some_outcomes_decide_the_section(outcome: str, section: str | None, reported: str | None) -> None:
    assert record(turn(reply("Dag.", outcome=outcome, section=section)))["section"] == reported


@pytest.mark.parametrize(("outcome", "reported"), [("choice", ["a", "b"]), ("not_understood", []), ("tip", [])])
def test_choices_belong_to_the_outcome_choice(outcome: str, reported: list[str]) -> None:
    assert record(turn(reply("Dag.", outcome=outcome, choices=["a", "b"])))["choices"] == reported


def test_silence_is_no_turn_of_the_skill(session: Session) -> None:
    session.launch()
    first, second = record(session.silence(":stil")), record(session.silence(":stil"))
    assert (first["speech"], first["reprompt"], first["outcome"], first["session_open"]) == (
        "Zeg iets.",
        None,
        None,
        True,
    )
    assert (second["speech"], second["outcome"], second["session_open"]) == ("", None, False)


def test_facts_of_the_turn_before_are_not_taken_for_this_one(session: Session) -> None:
    session.launch()
    touched = record(session.touch("troosten", ":touch troosten"))
    assert touched["outcome"] is None
    assert touched["session_open"] is True


@pytest.mark.parametrize(
    ("speech", "parts"),
    [
        ('Eén. <break time="300ms"/> Twee?', ["Eén.", "Twee?"]),
        ("<p>Een  &lt;b&gt;\n &amp;amp; &apos;x&apos;</p>", ["Een <b> &amp; 'x'"]),
        ('<break time="1s"/>Klaar.', ["Klaar."]),
        ("", []),
    ],
)
def test_ssml_becomes_plain_text(speech: str, parts: list[str]) -> None:
    assert speech_parts(turn(reply(speech, outcome="tip"))) == parts


def test_plain_speech_stays_as_it_is() -> None:
    assert speech_parts(turn({"response": {"outputSpeech": {"type": "PlainText", "text": "A &amp; <b>"}}})) == [
        "A &amp; <b>"
    ]


def test_without_facts_the_record_is_still_whole() -> None:
    broken = record(turn({"response": {"outputSpeech": {"type": "PlainText", "text": "Er ging iets mis."}}}))
    assert list(broken) == KEYS
    assert (broken["outcome"], broken["ms"]) == (None, 9.0)


def test_two_runs_differ_in_nothing_but_time(ears: Ears) -> None:
    from tests.simulator.stand_ins import Skill

    def run() -> str:
        session = Session(Skill(), ears)
        turns = [
            session.launch(),
            session.say("verdriet"),
            session.say("nou"),
            session.silence(":stil"),
            session.say("ja"),
        ]
        return json.dumps([{**record(turn), "ms": 0} for turn in turns], ensure_ascii=False)

    assert run() == run()
