"""The door: what goes in and comes out, whatever arrives."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from skill.alexa.door import Door, WrongSkillError, open_door
from skill.alexa.limits import LimitError, check_response, spoken_text
from skill.settings import Settings
from tests.alexa.envelopes import SKILL, envelope, intent, launch, question


@pytest.fixture(scope="module")
def door() -> Door:
    return open_door(Settings(skill_id=SKILL))


def speech(answered: dict[str, Any]) -> str:
    return spoken_text(answered["response"]["outputSpeech"]["ssml"])


def test_a_question_is_answered_and_the_session_waits(door: Door) -> None:
    answered = door.answer(envelope(question("mijn baby huilt steeds", "troosten")))
    assert speech(answered).startswith("Over troosten.")
    assert answered["response"]["shouldEndSession"] is False
    assert answered["response"]["reprompt"]
    assert "card" not in answered["response"]


def test_another_skills_request_is_refused(door: Door) -> None:
    with pytest.raises(WrongSkillError):
        door.answer(envelope(launch(), skill="amzn1.ask.skill.other"))
    with pytest.raises(WrongSkillError):
        door.answer({"request": launch()})


def test_after_an_open_question_the_slot_is_elicited(door: Door) -> None:
    directive, _screen = door.answer(envelope(launch()))["response"]["directives"]
    assert directive["type"] == "Dialog.ElicitSlot"
    assert directive["slotToElicit"] == "vraag"
    assert directive["updatedIntent"]["name"] == "VraagIntent"
    assert directive["updatedIntent"]["slots"]["vraag"]["name"] == "vraag"


@pytest.mark.parametrize(
    "request_",
    [
        {"type": "SessionEndedRequest", "reason": "USER_INITIATED"},
        {"type": "SessionEndedRequest", "reason": "A_NEW_REASON", "error": {"type": "NEW", "message": "x"}},
        {"type": "AudioPlayer.PlaybackStarted", "token": "x", "offsetInMilliseconds": 1},
        {"type": "AlexaSkillEvent.SkillDisabled", "body": {}},
        {"type": "System.ExceptionEncountered", "error": {}, "cause": {}},
        {"type": "Brand.NewRequest"},
        {"type": 7},
        {},
    ],
    ids=lambda request: str(request.get("type")),
)
def test_where_alexa_takes_no_speech_the_response_is_empty(door: Door, request_: dict[str, Any]) -> None:
    assert door.answer(envelope(request_))["response"] == {}


@pytest.mark.parametrize(
    "change",
    [
        {"dialogState": "A_NEW_STATE"},
        {"timestamp": "not a time"},
        {"locale": "nl-BE"},
        {"brandNewField": {"deep": [1]}},
        {"timestamp": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_the_frozen_sdk_cannot_read_does_not_keep_the_parent_from_an_answer(
    door: Door, change: dict[str, Any]
) -> None:
    assert speech(door.answer(envelope({**question("mijn baby huilt steeds"), **change}))).startswith("Over troosten.")


def test_new_slot_and_resolution_shapes_do_not_either(door: Door) -> None:
    asked = question("mijn baby huilt steeds", "troosten")
    slot = asked["intent"]["slots"]["vraag"]
    slot["slotValue"]["type"] = "BrandNew"
    slot["resolutions"]["resolutionsPerAuthority"][0]["status"]["code"] = "ER_BRAND_NEW"
    asked["intent"]["confirmationStatus"] = "MAYBE"
    assert speech(door.answer(envelope(asked))).startswith("Over troosten.")


def test_words_that_arrive_only_in_the_slot_value_are_read(door: Door) -> None:
    asked = question("mijn baby huilt steeds")
    del asked["intent"]["slots"]["vraag"]["value"]
    assert speech(door.answer(envelope(asked))).startswith("Over troosten.")


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"request": None},
        {"request": {"type": "IntentRequest"}},
        {"request": {"type": "IntentRequest", "intent": {"name": 5, "slots": [1]}}},
        {
            "request": {"type": "IntentRequest", "intent": {"name": "VraagIntent", "slots": {"vraag": None}}},
            "session": [],
        },
        {"request": {"type": "LaunchRequest"}, "session": {"attributes": [1]}, "context": {"System": 4}},
    ],
    ids=str,
)
def test_a_broken_envelope_gets_a_whole_answer_or_an_empty_one(event: dict[str, Any]) -> None:
    answered = open_door(Settings(skill_id=None)).answer(event)
    response = answered["response"]
    assert response == {} or response["outputSpeech"]["ssml"].endswith(("?</speak>", ".</speak>"))


def test_an_unknown_intent_is_not_understood_and_waits(door: Door) -> None:
    answered = door.answer(envelope(intent("SomebodyElsesIntent")))
    assert answered["sessionAttributes"]["turn"]["outcome"] == "not_understood"
    assert answered["response"]["shouldEndSession"] is False


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("bel een ambulance", "levensgevaar"),
        ("stop", None),
        ("ja", None),
        ("dank je wel", None),
        ("stuur de kaart", None),
    ],
)
def test_control_words_in_the_slot_do_the_same_as_their_intent(door: Door, words: str, danger: str | None) -> None:
    name = next(name for name, control in door.content.intents.items() if control == door.content.controls[words])
    as_words, as_intent = door.answer(envelope(question(words))), door.answer(envelope(intent(name)))
    assert as_words["response"] == as_intent["response"]
    assert as_words["sessionAttributes"]["turn"]["danger"] == danger


def test_a_fault_anywhere_is_a_calm_sentence_and_nothing_of_the_half_built_reply(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build_half_and_break(content: object, handler_input: Any, turned: object, heard: object) -> None:
        handler_input.response_builder.speak("half").ask("half")
        handler_input.attributes_manager.session_attributes["half"] = True
        raise RuntimeError("mijn geheime woorden")

    monkeypatch.setattr("skill.alexa.responses.Writer.write", build_half_and_break)
    answered = door.answer(envelope(launch()))
    assert speech(answered) == door.content.text("fault.1")
    assert answered["response"]["shouldEndSession"] is True
    assert "reprompt" not in answered["response"]
    assert "half" not in json.dumps(answered)


def test_a_response_over_a_limit_never_leaves(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skill.alexa.responses.speak", lambda texts, slow=False: "a" * 9000)
    answered = door.answer(envelope(launch()))
    assert answered["response"]["outputSpeech"]["ssml"].startswith("<speak>Er ging iets mis")


@pytest.mark.parametrize(
    "response",
    [
        {"outputSpeech": {"ssml": "a" * 8001}},
        {"reprompt": {"outputSpeech": {"text": "a" * 8001}}},
        {"card": {"title": "a" * 4000, "content": "b" * 4001}},
        {"outputSpeech": {"ssml": '<audio src="x"/>' * 6}},
        {"directives": [{"x": "a" * 24_000}]},
    ],
    ids=["speech", "reprompt", "card", "audio tags", "bytes"],
)
def test_each_limit_is_enforced(response: dict[str, Any]) -> None:
    with pytest.raises(LimitError):
        check_response(response)


def test_no_word_and_no_id_is_logged_at_any_level(
    door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    asked = question("mijn paarse krokodil huilt en mijn man slaat mij")
    door.answer(envelope(asked))
    monkeypatch.setattr("skill.alexa.handlers.respond", lambda heard, state, content: 1 / 0)
    door.answer(envelope(asked))
    written = caplog.text + "".join(capsys.readouterr()) + " ".join(str(vars(record)) for record in caplog.records)
    for secret in ("krokodil", "slaat", "SECRET"):
        assert secret not in written
    assert {record.message for record in caplog.records} == {"turn", "fault"}
