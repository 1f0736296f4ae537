"""What is around the skill fails: the clock, the disk, the place where logs go. The parent notices nothing of it."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.alexa.envelopes import envelope, launch, question
from tests.faults.injection import TOP
from tests.ports import free_port
from tests.web.alexa import Clock, Service, Storage, running, signed
from tests.web.chains import MONTH, NOW
from tests.web.conftest import build
from tools.soak.doors import open_function

SKILL = "amzn1.ask.skill.faults"
EVENT = envelope(question("mijn baby huilt steeds"), skill=SKILL)
CALL = f"import json, lambda_function as f; answered = f.lambda_handler(json.loads({json.dumps(EVENT)!r}), None)\n"
SAY = "print(answered['response']['outputSpeech']['ssml'])\n"


def run(program: str, **more: Any) -> subprocess.CompletedProcess[str]:
    environment: Mapping[str, str] = {**os.environ, "SKILL_ID": SKILL, "SKILL_ENV": "production"}
    return subprocess.run(
        [sys.executable, "-B", "-c", program], cwd=TOP, env=environment, text=True, timeout=60, check=False,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more,
    )  # fmt: skip


def test_a_full_disk() -> None:
    """No file can grow by a byte."""
    program = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n" + CALL
    # The answer leaves through a pipe, which is no file.
    assert "Over troosten." in run(program + SAY).stdout


def test_logs_that_go_to_a_full_device() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        assert "Over troosten." in run(CALL + SAY, stderr=full).stdout


def test_logs_that_go_nowhere() -> None:
    assert "Over troosten." in run("import os; os.close(2)\n" + CALL + SAY).stdout


def test_a_turn_opens_no_file_and_no_socket() -> None:
    """So a file system that can only be read, is full or is gone does not matter once the function has started."""
    program = (
        "import sys\n"
        "import json, lambda_function as f\n"
        "seen = []\n"
        f"event = json.loads({json.dumps(EVENT)!r})\n"
        "f.lambda_handler(event, None)  # the first turn with a screen reads the module that draws on it\n"
        "sys.addaudithook(lambda name, arguments: seen.append((name, str(arguments)[:80])) "
        "if name in ('open', 'os.mkdir', 'os.remove', 'os.rename', 'socket.connect', 'subprocess.Popen') else None)\n"
        "for _ in range(3): f.lambda_handler(event, None)\n"
        "print(seen)\n"
    )
    done = run(program)
    assert done.stdout.strip() == "[]", done.stderr


def test_nothing_is_written_while_it_starts() -> None:
    program = (
        "import sys\n"
        "seen = []\n"
        "sys.addaudithook(lambda name, arguments: seen.append(str(arguments)) if name == 'open' and arguments[1] "
        "and any(mark in str(arguments[1]) for mark in 'wax+') else None)\n" + CALL + "print(seen)\n"
    )
    assert run(program).stdout.strip() == "[]"


@pytest.mark.parametrize("moment", [0.0, -1.0, 4_102_444_800.0, 1e12], ids=["1970", "before 1970", "2100", "far ahead"])
def test_the_function_asks_no_clock(moment: float) -> None:
    """Its only clock measures durations; Lambda's own access check does the rest."""
    function = open_function(SKILL)
    with patch.object(time, "time", lambda: moment):
        assert "Over troosten." in json.dumps(function(EVENT), ensure_ascii=False)


def test_a_stopped_stopwatch() -> None:
    function = open_function(SKILL)
    with patch.object(time, "perf_counter", lambda: 0.0):
        assert "Over troosten." in json.dumps(function(EVENT), ensure_ascii=False)


@pytest.mark.parametrize(
    "wrong", [timedelta(hours=1), -timedelta(hours=1), 12 * MONTH], ids=["ahead", "behind", "a year"]
)
def test_the_services_clock_is_wrong(wrong: timedelta, caplog: pytest.LogCaptureFixture) -> None:
    """Then every request looks old or forged and is refused, with a line that says which; the health route still answers."""
    from skill.settings import Settings
    from tests.web.alexa import SKILL_ID

    storage, clock = Storage(), Clock(NOW + wrong)
    app, spy = build(Settings(skill_id=SKILL_ID), storage, clock)
    with running(app) as port:
        answer = Service(port, app, spy, storage, clock).send(signed())
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/health")
        assert connection.getresponse().status == 200
        connection.close()
    assert answer.status == 400
    assert answer.json["error"] in {"timestamp", "certificate-not-trusted"}
    assert f"refused with 400: {answer.json['error']}" in caplog.text


def test_the_port_is_taken() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port()))
        taken.listen()
        port = taken.getsockname()[1]
        environment = {**os.environ, "PORT": str(port), "VERIFY": "off"}
        done = subprocess.run(
            [sys.executable, "-m", "skill.alexa.web"],
            cwd=TOP,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr


def test_a_launch_is_answered_while_logging_itself_raises(caplog: pytest.LogCaptureFixture) -> None:
    function = open_function(SKILL)

    def broken(*_arguments: object, **_more: object) -> None:
        raise OSError("no space left on device")

    with patch("skill.alexa.door.log_turn", broken):
        answered = function(envelope(launch(), skill=SKILL))
    assert "Welkom" in answered["response"]["outputSpeech"]["ssml"]
    assert [record.message for record in caplog.records] == ["fault"]
