"""Without verification: programs on this machine, nobody else, and never by accident."""

from __future__ import annotations

import http.client
from typing import Any, cast

import pytest
from flask import Flask

from skill.alexa import web
from skill.settings import Settings

from .alexa import HOST, SECRET, SKILL_ID, Clock, Sent, Service, Storage, body_of, envelope, signed, unsigned
from .conftest import build

HERE = ["localhost", "LOCALHOST", "127.0.0.1", "127.0.0.53", "[::1]"]
ELSEWHERE = [
    "example.org",
    "localhost.example.org",
    "127.0.0.1.example.org",
    "example.org:127",
    "127.0.0.1@example.org",
    "localhost, example.org",
    "192.0.2.7",
    "0.0.0.0",
    "127.1",
    "2130706433",
    "::1",
    "[::2]",
    "[::1",
    "",
]


@pytest.mark.parametrize("host", [*HERE, *(f"{name}:5000" for name in HERE)])
def test_loopback_names_are_answered(open_service: Service, host: str) -> None:
    assert open_service.send(unsigned(Host=host)).status == 200


@pytest.mark.parametrize("host", [*ELSEWHERE, *(f"{name}:5000" for name in ELSEWHERE if name)])
@pytest.mark.parametrize("path", ["/alexa", "/health", "/other"])
def test_other_names_are_refused(open_service: Service, host: str, path: str) -> None:
    seen = len(open_service.spy.events)
    sent = unsigned(Host=host)
    answer = open_service.send(Sent(sent.body, sent.headers, path=path))
    assert (answer.status, answer.json) == (403, {"error": "only-from-this-machine"})
    assert len(open_service.spy.events) == seen


def test_no_name_at_all_is_refused(open_service: Service) -> None:
    body = body_of(envelope())
    head = f"POST /alexa HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    assert open_service.send_raw(head.encode() + body).startswith(b"HTTP/1.0 403 ")


@pytest.mark.parametrize("origin", ["https://example.org", "http://localhost.example.org:5000", "null", "file://", ""])
def test_pages_of_other_sites_are_refused(open_service: Service, origin: str) -> None:
    assert open_service.send(unsigned(Origin=origin)).status == 403


def test_a_page_of_this_machine_is_answered(open_service: Service) -> None:
    assert open_service.send(unsigned(Origin="http://127.0.0.1:8000")).status == 200


def test_the_browser_s_question_before_a_cross_site_request_gets_no_permission(open_service: Service) -> None:
    sent = unsigned(Origin="http://localhost:8000", Access_Control_Request_Method="POST")
    answer = open_service.send(Sent(b"", sent.headers, method="OPTIONS"))
    assert answer.status == 405
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_a_body_that_a_form_could_send_is_refused(open_service: Service, kind: str | None) -> None:
    assert open_service.send(unsigned(Content_Type=kind)).status == 415


@pytest.mark.parametrize("name", web.FORWARDED_HEADERS)
def test_forwarded_requests_are_refused(open_service: Service, name: str) -> None:
    assert open_service.send(Sent(headers=unsigned().headers | {name: "127.0.0.1"})).status == 403


@pytest.mark.parametrize("peer", ["192.0.2.7", "10.0.0.1", "::2", "::ffff:192.0.2.7", ""])
def test_peers_elsewhere_are_refused(open_service: Service, peer: str) -> None:
    client = open_service.app.test_client()
    answer = client.post("/alexa", json=envelope(), environ_overrides={"REMOTE_ADDR": peer})
    assert answer.status_code == 403


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_peers_here_are_answered(open_service: Service, peer: str) -> None:
    client = open_service.app.test_client()
    assert client.post("/alexa", json=envelope(), environ_overrides={"REMOTE_ADDR": peer}).status_code == 200


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_object_is_refused(open_service: Service, body: bytes) -> None:
    answer = open_service.send(unsigned(body))
    assert (answer.status, answer.json) == (400, {"error": "json"})


def test_another_skill_is_refused_here_too(open_service: Service) -> None:
    answer = open_service.send(unsigned(body_of(envelope(skill_id="amzn1.ask.skill.other"))))
    assert (answer.status, answer.json) == (400, {"error": "other-skill"})


def test_an_old_request_is_answered(open_service: Service) -> None:
    """Recorded envelopes are what a developer tries."""
    assert open_service.send(unsigned(body_of(envelope({"timestamp": "2020-01-01T00:00:00Z"})))).status == 200


@pytest.mark.parametrize("verify", [None, 0, "", "off", "no", [], 0.0])
def test_only_false_itself_switches_verification_off(verify: Any) -> None:
    settings = Settings(skill_id=SKILL_ID, verify=verify)
    app, spy = build(settings, Storage(), Clock())
    answer = app.test_client().post("/alexa", json=envelope())
    assert answer.status_code == 400
    assert answer.get_json() == {"error": "signature-headers-missing"}
    assert spy.events == []


def test_verification_is_on_unless_asked_otherwise() -> None:
    for settings in (Settings(skill_id=SKILL_ID), Settings.from_env({"SKILL_ID": SKILL_ID})):
        app = web.create_app(settings)  # with the public roots and the true clock
        client = app.test_client()
        assert client.post("/alexa", json=envelope()).get_json() == {"error": "signature-headers-missing"}


@pytest.mark.parametrize("value", [True, False])
def test_switches_of_flask_and_of_the_sdk_change_nothing(value: bool) -> None:
    app, spy = build(Settings(skill_id=SKILL_ID), Storage(), Clock())
    for name in ("TESTING", "DEBUG", "ASK_SDK_VERIFY_SIGNATURE", "ASK_SDK_VERIFY_TIMESTAMP"):
        app.config[name] = value
    assert app.test_client().post("/alexa", json=envelope()).status_code == 400
    assert spy.events == []


def test_a_route_that_forgets_the_check_is_refused_by_the_adapter() -> None:
    app, spy = build(Settings(skill_id=SKILL_ID), Storage(), Clock())
    app.extensions["ASK_SDK_SKILL_ADAPTER"][SKILL_ID].register(app, "/forgotten")
    sent = signed()
    headers = {name: value for name, value in sent.headers.items() if value is not None}
    assert app.test_client().post("/forgotten", data=sent.body, headers=headers).status_code == 400
    assert spy.events == []


def test_the_sdk_s_adapter_is_what_dispatches() -> None:
    app, _ = build(Settings(skill_id=SKILL_ID), Storage(), Clock())
    adapter = app.extensions["ASK_SDK_SKILL_ADAPTER"][SKILL_ID]
    assert type(adapter).__module__ == "flask_ask_sdk.skill_adapter"
    called: list[Any] = []

    def invoke(request_envelope: Any, context: Any) -> dict[str, Any]:
        called.append(request_envelope)
        return {"version": "1.0"}

    adapter._skill.invoke = invoke
    sent = signed()
    headers = {name: value for name, value in sent.headers.items() if value is not None}
    answer = app.test_client().post("/alexa", data=sent.body, headers=headers)
    assert answer.status_code == 200
    assert called == [envelope()]


def test_a_door_that_breaks_is_told_without_a_word_of_the_request(caplog: pytest.LogCaptureFixture) -> None:
    app, spy = build(Settings(skill_id=SKILL_ID, verify=False), Storage(), Clock())

    def breaks(event: Any) -> dict[str, Any]:
        raise KeyError(event["request"]["intent"]["slots"]["vraag"]["value"])

    spy.answer = breaks  # type: ignore[method-assign]
    answer = app.test_client().post("/alexa", json=envelope())
    assert (answer.status_code, answer.get_json()) == (500, {"error": "internal server error"})
    assert SECRET not in caplog.text
    assert "fault: KeyError at test_unverified.py:" in caplog.text


def test_nothing_of_the_stand_in_for_certvalidator_stays() -> None:
    import sys

    web.create_app(Settings(skill_id=SKILL_ID))
    assert "certvalidator" not in sys.modules
    assert "oscrypto" not in sys.modules


def test_the_sdk_s_own_checker_would_refuse_everything() -> None:
    """Should somebody switch it on after all: it fails closed."""
    from ask_sdk_webservice_support.verifier import RequestVerifier, VerificationException

    from .chains import good_chain

    with pytest.raises(VerificationException):
        RequestVerifier()._validate_cert_chain(good_chain())


def test_keep_alive_without_verification(open_service: Service) -> None:
    connection = http.client.HTTPConnection(HOST, open_service.port, timeout=5)
    sent = [unsigned(), unsigned(Host="example.org"), unsigned()]
    assert [open_service.send(one, connection).status for one in sent] == [200, 403, 200]
    connection.close()


def test_apps_do_not_share_anything() -> None:
    one, _ = build(Settings(skill_id=SKILL_ID), Storage(), Clock())
    two, _ = build(Settings(skill_id=SKILL_ID, verify=False), Storage(), Clock())
    assert cast(Flask, two).test_client().post("/alexa", json=envelope()).status_code == 200
    assert cast(Flask, one).test_client().post("/alexa", json=envelope()).status_code == 400
