"""The caching serializer beside the SDK's own: the same objects, the same JSON, the same refusals."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from itertools import product
from typing import Any

import pytest
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope, Response
from ask_sdk_model.ui import SimpleCard

from benchmarks.envelopes import CONTROL, QUESTION
from skill.alexa.door import open_door
from skill.alexa.envelope import device_of, reduce_envelope
from skill.alexa.serializer import CachingSerializer
from skill.settings import Settings
from tests.alexa.envelopes import envelope, launch, question
from tests.alexa.test_sweep import REQUESTS, STATES

SDK, OURS = DefaultSerializer(), CachingSerializer()


def same(one: Any, other: Any) -> bool:
    """Equal in value and in type, all the way down; `==` of the SDK's objects takes 1 for 1.0 and a dict for an object."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if hasattr(one, "deserialized_types"):
        return same(vars(one), vars(other))
    return bool(one == other)


def test_every_request_of_the_tests_gives_the_same_objects() -> None:
    for (state, attributes), (name, request) in product(STATES.items(), REQUESTS.items()):
        event = reduce_envelope(envelope(request, attributes))
        expected = SDK.deserialize(json.dumps(event), RequestEnvelope)
        assert same(expected, OURS.read(event, RequestEnvelope)), f"{state}: {name}"


@pytest.mark.parametrize("event", [QUESTION, CONTROL, envelope(launch()), envelope(question("x", "troosten"))])
def test_whole_envelopes_with_a_screen_too(event: dict[str, Any]) -> None:
    expected = SDK.deserialize(json.dumps(event), RequestEnvelope)
    for _ in range(2):  # the second time everything is remembered
        assert same(expected, OURS.deserialize(json.dumps(event), RequestEnvelope))
        assert same(expected, OURS.read(event, RequestEnvelope))


def changed(path: str, value: Any) -> dict[str, Any]:
    event = deepcopy(QUESTION)
    *parents, last = path.split(".")
    place = event
    for name in parents:
        place = place[name]
    place[last] = value
    return event


CHANGES: dict[str, Any] = {
    "request.timestamp": [
        "2026-11-22T12:00:00+01:00",
        "2026-11-22T12:00:00.123Z",
        "no time",
        5,
        None,
        "2026-13-22T12:00:00Z",
    ],
    "request.type": ["New.Request", None, 5],
    "request.dialogState": ["NEW", None, "COMPLETED"],
    "request.intent": [None, {}, [], "text", {"name": 5}],
    "request.intent.slots": [None, {}, [], "text"],
    "session.new": ["yes", 1, None, False],
    "session.attributes": [None, {"a": [1, {"b": None}]}, []],
    "session.sessionId": [5, None, ["x"], ""],
    "context.Viewport.dpi": [213.7, "213", None],
    "context": [None, {}, [], {"new": {"x": 1}}],
    "version": [1.0, None],
    "brandNew": [{"deep": [1]}],
}


@pytest.mark.parametrize(("path", "value"), [(path, value) for path, values in CHANGES.items() for value in values])
def test_odd_requests_give_the_same_object_or_the_same_refusal(path: str, value: Any) -> None:
    event = changed(path, value)
    try:
        expected = SDK.deserialize(json.dumps(event), RequestEnvelope)
    except SerializationException:
        for read in (
            lambda: OURS.read(event, RequestEnvelope),
            lambda: OURS.deserialize(json.dumps(event), RequestEnvelope),
        ):
            with pytest.raises(SerializationException):
                read()
        return
    assert same(expected, OURS.read(event, RequestEnvelope))


def test_what_is_no_json_is_refused_alike() -> None:
    assert OURS.deserialize(None, RequestEnvelope) is None
    for serializer in (SDK, OURS):
        with pytest.raises(SerializationException):
            serializer.deserialize("{", RequestEnvelope)


def test_every_response_of_the_tests_becomes_the_same_json() -> None:
    door = open_door(Settings(skill_id=None))
    for attributes, request in product(list(STATES.values())[::4], REQUESTS.values()):
        event = envelope(request, attributes)
        answered = door._skill.invoke(OURS.read(reduce_envelope(event), RequestEnvelope), device_of(event))
        assert same(SDK.serialize(answered), OURS.serialize(answered))


class _Colour(Enum):
    RED = "red"


@pytest.mark.parametrize(
    "value",
    [
        None,
        {"a": None, "b": [1, 2.5, True, b"x"], "c": ("t", {"d": []})},
        Response(card=SimpleCard(title="t", content=None), should_end_session=False),
        datetime(2026, 11, 22, 12, tzinfo=UTC),
        Decimal("3"),
        Decimal("3.5"),
        _Colour.RED,
    ],
    ids=str,
)
def test_any_value_becomes_the_same_json(value: Any) -> None:
    assert same(SDK.serialize(value), OURS.serialize(value))


def test_two_requests_share_nothing() -> None:
    first, second = (OURS.read(QUESTION, RequestEnvelope) for _ in range(2))
    first.request.intent.slots["vraag"].value = "anders"
    first.session.attributes["x"] = 1
    assert second.request.intent.slots["vraag"].value != "anders"
    assert "x" not in second.session.attributes
    assert "x" not in QUESTION["session"]["attributes"]
