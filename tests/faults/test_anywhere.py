"""Every function that a turn calls is made to raise, one after another: the parent hears a whole sentence, the operator sees a line."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest

from skill.alexa.limits import spoken_text
from skill.content.library import load_content
from tests.alexa.envelopes import envelope, intent, launch, question
from tests.faults.injection import called, failing, name_of
from tools.soak.doors import open_function
from tools.soak.judge import Judge

CONTENT = load_content()
SKILL = "amzn1.ask.skill.faults"
CARD = {
    "v": 1,
    "pending": {"kind": "card", "section": "geen-band"},
    "section": "geen-band",
    "last": ["tip.geen-band.1"],
}
TOUCH = {"type": "Alexa.Presentation.APL.UserEvent", "arguments": ["touch", "troosten"], "token": "t"}
TURNS: dict[str, tuple[dict[str, Any], dict[str, Any] | None]] = {
    "launch": (launch(), None),
    "question": (question("mijn baby van drie maanden huilt steeds", "troosten"), None),
    "danger": (question("mijn man slaat mij"), {"v": 1}),
    "yes to the card": (intent("AMAZON.YesIntent"), CARD),
    "repeat": (intent("AMAZON.RepeatIntent"), CARD),
    "help": (intent("AMAZON.HelpIntent"), CARD),
    "fallback": (intent("AMAZON.FallbackIntent"), CARD),
    "touch": (TOUCH, {"v": 1}),
    "session ended": ({"type": "SessionEndedRequest", "reason": "USER_INITIATED"}, CARD),
}
HEARD_ANYWAY = {"launch", "question", "danger", "yes to the card", "repeat", "help", "fallback", "touch"}


@pytest.fixture(scope="module")
def function() -> Callable[[Any], dict[str, Any]]:
    return open_function(SKILL)


@pytest.mark.parametrize("turn", TURNS)
def test_every_function_of_this_turn_may_fail(
    turn: str, function: Callable[[Any], dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    request, attributes = TURNS[turn]
    event = envelope(request, attributes, skill=SKILL)
    judge, whole = Judge(), function(event)
    codes = called(lambda: function(event))
    assert len(codes) > 10
    for code in codes:
        caplog.clear()
        with failing(code):
            answered = function(event)
        where = name_of(code)
        judge.check(event, answered)
        if turn in HEARD_ANYWAY:
            heard = _heard(answered)
            assert heard in {_heard(whole), CONTENT.text("fault.1")}, f"{where}: {heard}"
            if heard != _heard(whole):
                assert answered["response"]["shouldEndSession"] is True, where
                assert "card" not in answered["response"], where
                assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == ["fault"], (
                    where
                )
        assert "geheime" not in caplog.text + repr([vars(record) for record in caplog.records]), where


def _heard(answered: dict[str, Any]) -> str:
    speech = answered["response"]["outputSpeech"]
    return spoken_text(speech.get("ssml") or speech["text"])
