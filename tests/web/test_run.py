"""`python -m skill.alexa.web` as an operator starts it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from skill.alexa import web
from skill.content.library import ContentError
from skill.settings import Settings
from skill.understanding import LearntError
from tests.ports import HOST, SECONDS_TO_START, free_port, wait_until
from tests.processes import interruptible

from .alexa import SECRET, SKILL_ID, body_of, envelope

ROOT = Path(__file__).parents[2]


def start(settings: Mapping[str, str]) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "PYTHONPATH"}}
    return subprocess.Popen(
        [sys.executable, "-m", "skill.alexa.web"],
        cwd=ROOT,
        env=kept | dict(settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=interruptible,
    )


@contextmanager
def started(address: str = HOST, **settings: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    process = start({"PORT": str(port), **settings})
    try:
        wait_until(lambda: process.poll() is not None or _listens(address, port))
        yield process, port
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _listens(address: str, port: int) -> bool:
    socket.create_connection((address, port)).close()
    return True


def ask(port: int, method: str, path: str, body: bytes = b"", host: str = HOST) -> int:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    connection.request(method, path, body, {"Content-Type": "application/json"})
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_says_so_logs_no_word_and_ends_when_asked(how: signal.Signals) -> None:
    with started(VERIFY="off", SKILL_ID=SKILL_ID, LOG_LEVEL="DEBUG") as (process, port):
        assert ask(port, "GET", "/health") == 200
        assert ask(port, "POST", "/alexa", body_of(envelope())) == 200
        assert ask(port, "POST", "/alexa", body_of(envelope())[:-2]) == 400
        process.send_signal(how)
        said, logged = process.communicate(timeout=10)
        assert process.returncode == 0
    assert said == ""
    assert f"listening on http://127.0.0.1:{port}/alexa" in logged
    assert "VERIFY=off" in logged
    assert "refused with 400: json" in logged
    assert SECRET not in logged


@pytest.mark.parametrize("host", ["localhost", "::1"])
def test_other_names_of_this_machine(host: str) -> None:
    with socket.socket(socket.AF_INET6) as probe:
        try:
            probe.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6")
    with started(address=host, VERIFY="off", HOST=host) as (_, port):
        assert ask(port, "GET", "/health", host=host) == 200
        assert ask(port, "POST", "/alexa", body_of(envelope()), host=host) == 200


def test_verification_is_on_by_default() -> None:
    with started(SKILL_ID=SKILL_ID) as (process, port):
        assert ask(port, "POST", "/alexa", body_of(envelope())) == 400
        assert process.poll() is None


@pytest.mark.parametrize(
    ("settings", "variable"),
    [
        ({"SKILL_ENV": "production"}, "SKILL_ID"),
        ({"VERIFY": "off", "HOST": "0.0.0.0"}, "VERIFY=off"),
        ({"VERIFY": "maybe"}, "VERIFY"),
        ({"PORT": "vijfduizend"}, "PORT"),
    ],
)
def test_wrong_settings_end_with_a_sentence_and_status_2(settings: dict[str, str], variable: str) -> None:
    process = start(settings)
    said, complaint = process.communicate(timeout=SECONDS_TO_START)
    assert process.returncode == 2
    assert said == ""
    assert complaint.startswith("skill.alexa.web: ")
    assert variable in complaint
    assert complaint.count("\n") == 1


def test_a_taken_port_ends_with_a_sentence_and_status_2() -> None:
    with socket.socket() as other:
        other.bind((HOST, free_port()))
        other.listen()
        process = start({"PORT": str(other.getsockname()[1])})
        _, complaint = process.communicate(timeout=SECONDS_TO_START)
    assert process.returncode == 2
    assert "cannot listen on 127.0.0.1:" in complaint
    assert "PORT" in complaint


def test_a_host_that_does_not_exist_ends_with_a_sentence_and_status_2() -> None:
    process = start({"HOST": "nergens.invalid"})
    _, complaint = process.communicate(timeout=SECONDS_TO_START)
    assert process.returncode == 2
    assert "cannot listen on nergens.invalid:5000" in complaint


@pytest.mark.parametrize("fault", [ContentError("compiled.json: cannot be read"), LearntError("learnt.json: damaged")])
def test_what_cannot_be_loaded_ends_with_a_sentence_and_status_2(
    fault: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(settings: Settings) -> None:
        raise fault

    monkeypatch.setattr("skill.alexa.web.open_door", broken)
    monkeypatch.setattr("skill.alexa.web.start_logging", lambda level: None)
    assert web.main() == 2
    assert str(fault) in capsys.readouterr().err
