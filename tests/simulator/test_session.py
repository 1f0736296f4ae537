"""What the skill is sent, and what is kept between turns."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from simulator.ears import Ears
from simulator.session import Session
from tests.simulator.stand_ins import ELICIT, Skill, reply

SCHEMA = Path(__file__).parent.parent / "schemas" / "request.schema.json"


@pytest.fixture(scope="module")
def request_schema() -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_every_kind_of_request_is_one_that_alexa_sends(
    session: Session, skill: Skill, request_schema: jsonschema.Draft7Validator
) -> None:
    session.launch()
    session.say("mijn baby huilt steeds")
    session.say("over iets heel anders")
    session.say("")
    session.intend("VraagIntent", ":intent VraagIntent")
    session.touch("troosten", ":touch troosten")
    session.silence(":stil")
    session.silence(":stil")
    assert [event["request"]["type"] for event in skill.events] == [
        "LaunchRequest",
        *["IntentRequest"] * 4,
        "Alexa.Presentation.APL.UserEvent",
        "SessionEndedRequest",
    ]
    for event in skill.events:
        request_schema.validate(event)


def test_a_screen_declares_itself(skill: Skill, ears: Ears, request_schema: jsonschema.Draft7Validator) -> None:
    Session(skill, ears, screen=True).launch()
    request_schema.validate(skill.events[0])
    assert "Alexa.Presentation.APL" in skill.events[0]["context"]["System"]["device"]["supportedInterfaces"]


def test_the_words_after_an_open_question_are_in_the_slot_with_their_entities(session: Session, skill: Skill) -> None:
    session.launch()
    session.say("Mijn baby huilt steeds!")
    request = skill.events[1]["request"]
    slot = request["intent"]["slots"]["vraag"]
    assert request["dialogState"] == "IN_PROGRESS"
    assert slot["value"] == "mijn baby huilt steeds"
    (authority,) = slot["resolutions"]["resolutionsPerAuthority"]
    assert authority["status"] == {"code": "ER_SUCCESS_MATCH"}
    assert authority["values"] == [{"value": {"name": "troosten", "id": "troosten"}}]


def test_without_a_match_no_values_are_sent(session: Session, skill: Skill) -> None:
    session.launch()
    session.say("mijn baby")
    slot = skill.events[1]["request"]["intent"]["slots"]["vraag"]
    (authority,) = slot["resolutions"]["resolutionsPerAuthority"]
    assert authority["status"] == {"code": "ER_SUCCESS_NO_MATCH"}
    assert "values" not in authority


def test_a_slot_is_elicited_for_one_turn_only(session: Session, skill: Skill) -> None:
    session.launch()
    assert session.say("mijn baby").heard.route.value == "elicited"
    assert session.say("mijn baby").heard.route.value == "slot"
    assert skill.events[2]["request"]["dialogState"] == "STARTED"


def test_attributes_come_back_and_a_new_session_has_none(session: Session, skill: Skill) -> None:
    session.launch()
    session.say("ja")
    assert not session.is_open
    session.launch()
    sessions = [event["session"] for event in skill.events]
    assert [part["new"] for part in sessions] == [True, False, True]
    assert [bool(part["attributes"]) for part in sessions] == [False, True, False]
    assert sessions[0]["sessionId"] == sessions[1]["sessionId"] != sessions[2]["sessionId"]


def test_silence_brings_the_reprompt_and_then_the_end(session: Session, skill: Skill) -> None:
    session.launch()
    first = session.silence(":stil")
    assert first.session_open
    assert first.request is None
    assert first.response["response"]["outputSpeech"]["ssml"] == "<speak>Zeg iets.</speak>"
    second = session.silence(":stil")
    assert not second.session_open
    assert not session.is_open
    assert skill.events[-1]["request"]["reason"] == "EXCEEDED_MAX_REPROMPTS"
    assert skill.events[-1]["session"]["attributes"]["v"] == 1


def test_after_the_reprompt_an_answer_is_still_heard_as_asked_for(session: Session) -> None:
    session.launch()
    session.silence(":stil")
    assert session.say("mijn baby").heard.route.value == "elicited"
    assert session.silence(":stil").session_open, "an answer brings a reprompt of its own"


def test_a_touch_that_is_not_answered_leaves_the_question_open(session: Session, skill: Skill) -> None:
    session.launch()
    turn = session.touch("troosten", ":touch troosten")
    assert skill.events[-1]["request"]["arguments"] == ["touch", "troosten"]
    assert turn.session_open
    assert session.say("mijn baby").heard.route.value == "elicited"


def test_two_conversations_send_the_same_but_for_the_clock(ears: Ears) -> None:
    def sent(second: int) -> list[dict[str, Any]]:
        skill = Skill()
        session = Session(skill, ears, now=lambda: datetime(2026, 11, 22, 12, 0, second, tzinfo=UTC))
        session.launch()
        session.say("mijn baby huilt steeds")
        session.say("ja")
        for event in skill.events:
            assert event["request"].pop("timestamp") == f"2026-11-22T12:00:0{second}Z"
        return skill.events

    assert sent(1) == sent(2)


def test_a_turn_is_undone_by_putting_the_state_back(session: Session, skill: Skill) -> None:
    session.launch()
    before = session.state
    first = session.say("mijn baby huilt steeds")
    session.state = before
    assert session.say("mijn baby huilt steeds").response == first.response
    assert skill.events[1] | {"request": None} == skill.events[2] | {"request": None}


def test_a_slot_without_updated_intent_belongs_to_the_intent_that_was_sent(ears: Ears) -> None:
    class Asking:
        def answer(self, _event: object) -> dict[str, Any]:
            asked = reply("Waarover?", outcome="control", reprompt="Nou?")
            asked["response"]["directives"] = [{name: ELICIT[name] for name in ("type", "slotToElicit")}]
            return asked

    session = Session(Asking(), ears)
    session.say("mijn baby")
    assert session.say("mijn hond").heard.intent == "VraagIntent"
