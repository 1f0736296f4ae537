"""Faults inside the web service: what Alexa gets, and what the operator reads. The door's own faults are in test_anywhere.py."""

from __future__ import annotations

import json
from typing import Any

import pytest

from skill.alexa.web import create_app
from skill.settings import Settings
from tests.alexa.envelopes import SKILL, envelope, question
from tests.faults.injection import InjectedError, called, failing, name_of

EVENT = json.dumps(envelope(question("mijn baby huilt steeds"))).encode()


def test_every_function_of_a_request_may_fail(caplog: pytest.LogCaptureFixture) -> None:
    """A whole answer, or a plain 4xx or 5xx on which Alexa says her own sentence: never half of one, and never a word in the logs."""
    client = create_app(Settings(skill_id=SKILL, verify=False)).test_client()

    def ask() -> Any:
        return client.post("/alexa", data=EVENT, content_type="application/json")

    whole = ask().json["response"]
    seen = set()
    for code in called(ask):
        caplog.clear()
        with failing(code):
            answer = ask()
        seen.add(answer.status_code)
        where = name_of(code)
        if answer.status_code == 200:
            heard = answer.json["response"]
            assert heard == whole or "Er ging iets mis" in heard["outputSpeech"]["ssml"], where
        else:
            assert answer.status_code == 500, where
            assert answer.json == {"error": "internal server error"}, where
            assert f"fault: {InjectedError.__name__}" in caplog.text, where
        assert "geheime" not in caplog.text, where
    assert seen == {200, 500}
