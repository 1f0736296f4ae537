"""What is no request of Amazon's already as HTTP: the fitting status, in time, and the service goes on."""

from __future__ import annotations

import http.client
import socket
import time

import pytest

from skill.alexa.web import MAX_BODY_BYTES

from .alexa import HOST, SECRET, Sent, Service, signed

WAIT = 5.0


def status_of(answer: bytes) -> int:
    assert answer.startswith(b"HTTP/1."), answer
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods(service: Service, method: str) -> None:
    sent = signed()
    answer = service.send(Sent(sent.body, sent.headers, method=method))
    assert answer.status == 405
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize("path", ["/", "/alexa/", "/Alexa", "/alexa/../health/x", "/.env", "/static/x"])
def test_other_paths(service: Service, path: str) -> None:
    assert service.send(Sent(path=path, headers=signed().headers)).status == 404


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Type", None),
        ("Content-Type", "text/plain"),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Content-Type", "multipart/form-data; boundary=x"),
        ("Content-Type", "application/json; charset=latin-1"),
        ("Content-Type", "application/jsonp"),
        ("Content-Type", "text/plain, application/json"),
        ("Content-Encoding", "gzip"),
    ],
)
def test_other_content(service: Service, name: str, value: str | None) -> None:
    sent = signed()
    answer = service.send(Sent(sent.body, sent.headers | {name: value}))
    assert answer.status == 415
    assert set(answer.json) == {"error"}


def test_largest_body_and_one_more(service: Service) -> None:
    assert service.send(signed(b" " * MAX_BODY_BYTES)).json == {"error": "json"}
    answer = service.send(signed(b" " * (MAX_BODY_BYTES + 1)))
    assert answer.status == 413
    assert answer.headers["Content-Type"] == "application/json;charset=UTF-8"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_app_refuses_a_large_body_under_any_server(service: Service) -> None:
    sent = signed(b" " * (MAX_BODY_BYTES + 1))
    headers = {name: value for name, value in sent.headers.items() if value is not None}
    answer = service.app.test_client().post("/alexa", data=sent.body, headers=headers)
    assert (answer.status_code, answer.get_json()) == (413, {"error": "request entity too large"})


def test_a_body_of_sixteen_megabytes_is_refused_while_it_is_sent(service: Service) -> None:
    """A client that sends all of it without looking up must still find the answer, not a connection reset."""
    head = b"POST /alexa HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 16000000\r\n\r\n"
    began = time.monotonic()
    answer = service.send_raw(head + b"x" * 16_000_000)
    assert status_of(answer) == 413
    assert time.monotonic() - began < WAIT


def test_a_body_that_is_only_announced(service: Service) -> None:
    answer = service.send_raw(b"POST /alexa HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n")
    assert status_of(answer) == 413


def test_endless_chunks(service: Service) -> None:
    head = b"POST /alexa HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = service.send_raw(head, *[b"8000\r\n" + b"x" * 0x8000 + b"\r\n"] * 12)
    assert status_of(answer) == 413


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"hallo\r\n\r\n", 400),
        (b"POST /alexa HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST /alexa HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 3\r\n\r\nabc", 400),
        (b"POST /alexa HTTP/1.1\r\nHost: x\r\nno header\r\n\r\n", 400),
        (b"POST /alexa HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"POST /alexa HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"POST /alexa HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", 431),
    ],
    ids=["no http", "negative length", "two lengths", "no header", "no chunk", "unknown coding", "huge header"],
)
def test_broken_http(service: Service, raw: bytes, status: int) -> None:
    assert status_of(service.send_raw(raw)) == status


SLOW = {
    "silent after the headers": (
        [b"POST /alexa HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"],
        0.0,
    ),
    "silent within the body": (
        [b"POST /alexa HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n" + SECRET.encode()],
        0.0,
    ),
    "a byte now and then": (
        [b"POST /alexa HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n", *[b"x"] * 15],
        0.2,
    ),
    "headers that never end": ([b"POST /alexa HTTP/1.1\r\nHost: x\r\n", *[b"X: y\r\n"] * 15], 0.2),
    "half a chunk": ([b"POST /alexa HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"], 0.0),
}


@pytest.mark.parametrize(("pieces", "pause"), SLOW.values(), ids=SLOW.keys())
def test_slow_clients(hurried_service: Service, pieces: list[bytes], pause: float) -> None:
    began = time.monotonic()
    answer = hurried_service.send_raw(*pieces, pause=pause)
    assert status_of(answer) == 408
    assert answer.endswith(b'{"error": "request timeout"}')
    assert time.monotonic() - began < WAIT


def test_slow_clients_do_not_hold_up_others(service: Service) -> None:
    waiting = [socket.create_connection((HOST, service.port), timeout=WAIT) for _ in range(30)]
    for connection in waiting:
        connection.sendall(b"POST /alexa HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx")
    began = time.monotonic()
    assert service.send(signed()).status == 200
    assert time.monotonic() - began < 1.0
    for connection in waiting:
        connection.close()


def test_a_client_that_hangs_up_is_no_fault(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    sent = signed()
    connection = http.client.HTTPConnection(HOST, service.port, timeout=WAIT)
    headers = {name: value for name, value in sent.headers.items() if value is not None}
    connection.request("POST", "/alexa", sent.body, headers)
    connection.close()
    assert service.send(signed()).status == 200
    assert not [record for record in caplog.records if record.levelname in {"ERROR", "CRITICAL"}]
