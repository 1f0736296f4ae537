"""The door over HTTP, against real servers on this machine, and the door in this process."""

from __future__ import annotations

import json
import time

import pytest

from simulator.doors import HttpDoor, LocalDoor
from simulator.labels import SimulatorError
from simulator.session import Session
from tests.ports import free_port
from tests.simulator.stand_ins import Skill, from_skill, http_service

EVENT = {"request": {"type": "LaunchRequest"}, "session": {"attributes": {}}}
FUNCTION = "/2015-03-31/functions/function/invocations"


def refusal(answer: tuple, path: str = "") -> str:
    with http_service(lambda _: answer) as (url, _), pytest.raises(SimulatorError) as raised:
        HttpDoor(url + path).answer(EVENT)
    return str(raised.value)


@pytest.mark.parametrize(
    ("given", "asked"), [("", "/alexa"), ("/", "/alexa"), ("/alexa", "/alexa"), (FUNCTION, FUNCTION)]
)
def test_a_service_and_a_function_are_driven(ears, given: str, asked: str) -> None:
    with http_service(from_skill(Skill())) as (url, seen):
        session = Session(HttpDoor(url + given), ears)
        assert session.launch().session_open
        assert session.say("mijn baby").response["response"]["reprompt"]
    assert seen == [(asked, "application/json")] * 2


def test_400_is_explained() -> None:
    assert "alleen Amazon kan" in refusal((400, b'{"error": "signature-headers-missing"}', {}))


def test_400_for_another_skill_is_explained_otherwise() -> None:
    assert "SKILL_ID" in refusal((400, b'{"error": "other-skill"}', {}))


@pytest.mark.parametrize(
    ("answer", "path", "told"),
    [
        ((403, b"{}", {}), "", "403"),
        ((404, b"", {}), "", "404"),
        ((302, b"", {"Location": "http://127.0.0.1/"}), "", "302"),
        ((400, b"{}", {}), FUNCTION, "status 400"),
        (
            (200, b'{"errorType": "WrongSkillError"}', {"X-Amz-Function-Error": "Unhandled"}),
            FUNCTION,
            "WrongSkillError",
        ),
        ((200, b'{"errorType": "ImportError", "errorMessage": "geen skill"}', {}), FUNCTION, "geen skill"),
        ((200, b"<html>", {}), "", "niet met JSON"),
        ((200, b"\xff", {}), "", "niet met JSON"),
        ((200, b"[]", {}), "", "geen antwoord aan Alexa"),
        ((200, b'{"response": 1}', {}), "", "geen antwoord aan Alexa"),
        ((200, b'{"response": {"outputSpeech": "x"}}', {}), "", "geen antwoord aan Alexa"),
        ((200, b'{"response": {"directives": ["x"]}}', {}), "", "geen antwoord aan Alexa"),
        ((200, b" " * 1_000_001, {}), "", "1000000 bytes"),
    ],
)
def test_what_is_no_answer_is_told(answer: tuple, path: str, told: str) -> None:
    assert told in refusal(answer, path)


def test_nobody_listening_is_told() -> None:
    with pytest.raises(SimulatorError, match="niet te bereiken"):
        HttpDoor(f"http://127.0.0.1:{free_port()}").answer(EVENT)


def test_a_service_that_does_not_answer_is_told() -> None:
    def slow(_: object) -> tuple:
        time.sleep(0.6)
        return 200, b"{}", {}

    with http_service(slow) as (url, _), pytest.raises(SimulatorError, match=r"binnen 0\.2 seconden"):
        HttpDoor(url, seconds=0.2).answer(EVENT)


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    with http_service(from_skill(Skill())) as (url, _):
        assert HttpDoor(url).answer(EVENT)["version"] == "1.0"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "127.0.0.1:5000",
        "ftp://127.0.0.1",
        "http://",
        "http://h:x",
        "http://h:99999",
        "http://a b/",
        "http://u@h/",
        "http://[x",
    ],
)
def test_what_is_no_address_is_refused_at_once(url: str) -> None:
    with pytest.raises(SimulatorError, match="geen adres"):
        HttpDoor(url)


def test_the_door_in_this_process_shares_no_objects_with_the_skill() -> None:
    class Keeping:
        def answer(self, event):
            event["request"]["type"] = "changed"
            self.kept = {"version": "1.0", "response": {"directives": ()}}
            return self.kept

    event = json.loads(json.dumps(EVENT))
    skill = Keeping()
    answered = LocalDoor(skill).answer(event)
    assert event == EVENT
    assert answered == {"version": "1.0", "response": {"directives": []}}
