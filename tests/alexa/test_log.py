"""What the log says of a turn, and what it never says."""

from __future__ import annotations

import importlib
import io
import json
import logging
import sys
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from skill.alexa import log
from skill.alexa.door import Door, open_door
from skill.alexa.web import create_app
from skill.settings import LOG_LEVELS, Settings
from tests.alexa.envelopes import SKILL, envelope, intent, launch, question

SECRETS = ("krokodil", "slaat", "SECRET", "amzn1.ask.account", "amzn1.ask.device", "echo-api.session")
ASKED = "mijn paarse krokodil huilt en mijn man slaat mij"


@pytest.fixture(scope="module")
def door() -> Door:
    return open_door(Settings(skill_id=SKILL))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What goes to standard error in the cloud, with logging as it was put back afterwards."""
    root, ours = logging.getLogger(), logging.getLogger("skill")
    before = root.handlers[:], root.level, ours.level
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv(log.IN_THE_CLOUD, "band")
    log.start_logging("INFO")
    yield stream
    root.handlers[:], root.level, ours.level = before
    root.setLevel(before[1])
    ours.setLevel(before[2])


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_turn_is_one_line(door: Door, written: io.StringIO) -> None:
    door.answer(envelope(question("mijn baby huilt steeds")))
    [line] = lines(written)
    assert {name: line[name] for name in ("message", "intent", "outcome", "section", "confidence", "request")} == {
        "message": "turn",
        "intent": "VraagIntent",
        "outcome": "tip",
        "section": "troosten",
        "confidence": "high",
        "request": "amzn1.echo-api.request.0001",
    }
    assert line["ms"] > 0


def test_the_first_turn_is_cold_and_a_rehearsal_is_none(written: io.StringIO) -> None:
    door = open_door(Settings(skill_id=SKILL))
    door.rehearse()
    for _ in range(2):
        door.answer(envelope(launch()))
    assert [line["start"] for line in lines(written)] == ["cold", "warm"]


def note_of(line: dict[str, Any]) -> dict[str, tuple[str | None, str]]:
    """Metric -> dimension and unit, as CloudWatch reads the line."""
    found = {}
    for directive in line["_aws"]["CloudWatchMetrics"]:
        assert directive["Namespace"] == log.NAMESPACE
        [dimensions] = directive["Dimensions"]
        for name in dimensions:
            assert isinstance(line[name], str)
        for metric in directive["Metrics"]:
            assert isinstance(line[metric["Name"]], int | float)
            found[metric["Name"]] = (dimensions[0] if dimensions else None, metric["Unit"])
    return found


def test_the_line_counts_itself_in_cloudwatchs_format(door: Door, written: io.StringIO) -> None:
    door.answer(envelope(question("mijn baby huilt steeds")))
    door.answer(envelope(question("mijn man slaat mij")))
    door.answer(envelope(intent("KaartIntent")))
    door.answer(envelope(question("hoe laat is het")))
    tip, danger, card, missed = lines(written)
    assert isinstance(tip["_aws"]["Timestamp"], int)
    assert note_of(tip) == {
        "Turns": ("outcome", "Count"),
        "Asked": ("section", "Count"),
        "Milliseconds": ("start", "Milliseconds"),
    }
    assert note_of(danger)["Danger"] == ("danger", "Count")
    assert note_of(card)["CardSent"] == (None, "Count")
    assert card["CardSent"] == 1
    assert missed["Missed"] == 1
    assert note_of(missed)["Missed"] == ("nearest", "Count")
    assert missed["nearest"] in door.content.sections


def test_an_offer_is_counted_as_one(door: Door, written: io.StringIO) -> None:
    answered = door.answer(envelope(question("ik voel geen band met mijn kind")))
    assert answered["sessionAttributes"]["pending"]["kind"] == "card"
    [line] = lines(written)
    assert line["card"] == log.OFFERED
    assert note_of(line)["CardOffered"] == (None, "Count")


def test_outside_the_cloud_there_are_no_metrics(
    monkeypatch: pytest.MonkeyPatch, door: Door, written: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(log.IN_THE_CLOUD)
    log.start_logging("INFO")
    door.answer(envelope(launch()))
    [line] = map(json.loads, capsys.readouterr().err.splitlines())
    assert line["message"] == "turn"
    assert "_aws" not in line


def test_a_fault_is_counted(monkeypatch: pytest.MonkeyPatch, door: Door, written: io.StringIO) -> None:
    monkeypatch.setattr("skill.alexa.responses.Writer.write", lambda *_: 1 / 0)
    door.answer(envelope(launch()))
    fault = next(line for line in lines(written) if line["message"] == "fault")
    assert fault["fault"] == "ZeroDivisionError"
    assert note_of(fault) == {"Faults": (None, "Count")}


BROKEN = {
    "whole": None,
    "envelope": "skill.alexa.envelope.reduce_envelope",
    "understanding": "skill.understanding.interpreter.Interpreter.understand",
    "conversation": "skill.alexa.handlers.respond",
    "writer": "skill.alexa.responses.Writer.write",
    "serializer": "skill.alexa.serializer.CachingSerializer.serialize",
    "limits": "skill.alexa.door.check_response",
    "log": "skill.alexa.door.log_turn",
    "last resort": "skill.alexa.door.Door.answer",
}


@pytest.mark.parametrize(("level", "broken"), list(product(LOG_LEVELS, BROKEN)))
def test_no_word_and_no_id_of_a_person_is_written(
    level: str, broken: str, monkeypatch: pytest.MonkeyPatch, written: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    """At both doors: the cloud function, and the web service, which gets the same request."""

    def crash(*given: object, **named: object) -> None:
        raise RuntimeError(f"{ASKED} {given} {named}")

    monkeypatch.setenv("SKILL_ID", SKILL)
    monkeypatch.delitem(sys.modules, "lambda_function", raising=False)
    function = importlib.import_module("lambda_function").lambda_handler
    service = create_app(Settings(skill_id=SKILL, verify=False)).test_client()
    log.start_logging(level)
    logging.getLogger().setLevel(1)  # other libraries too, whatever they write
    if place := BROKEN[broken]:
        monkeypatch.setattr(place, crash)
    asked = question(ASKED)
    asked["intent"]["slots"]["vraag"]["source"] = "SECRET"
    event = envelope(asked)
    assert all(secret in json.dumps(event) for secret in SECRETS)
    answered = function(event, None)
    function(envelope(launch(), answered.get("sessionAttributes")), None)
    service.post("/alexa", json=event)
    logging.getLogger("skill").critical("the end")
    text = written.getvalue() + "".join(capsys.readouterr())
    assert "the end" in text
    assert ('"message": "turn"' in text) == (level in {"DEBUG", "INFO"} and broken not in {"log", "last resort"})
    assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize(
    "request_",
    [
        intent("mijn krokodil slaat"),
        {"type": "krokodil slaat mij"},
        {**launch(), "requestId": "SECRET krokodil"},
        {**launch(), "requestId": "SECRET"},
        {**launch(), "requestId": ["slaat"]},
    ],
    ids=["intent", "type", "request id", "short request id", "request id of another kind"],
)
def test_names_that_come_with_a_request_pass_only_in_alexas_form(
    door: Door, written: io.StringIO, request_: dict[str, Any]
) -> None:
    door.answer(envelope(request_))
    assert not [secret for secret in SECRETS if secret in written.getvalue()]
    assert log.UNNAMED in lines(written)[-1].values()
