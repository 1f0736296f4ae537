"""The skill as other programs meet it: the web service as a process, and the cloud function behind AWS's runtime interface emulator."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.clients.get_rie import PLACE as EMULATOR
from tests.ports import HOST, SECONDS_TO_START, free_port, wait_until

TOP = Path(__file__).parents[2]
SKILL_ID = "amzn1.ask.skill.client"
FUNCTION_PATH = "/2015-03-31/functions/function/invocations"


@contextmanager
def web_service() -> Iterator[str]:
    """The address of a web service without verification."""
    port = free_port()
    settings = {"SKILL_ID": SKILL_ID, "VERIFY": "off", "PORT": str(port), "LOG_LEVEL": "ERROR"}
    with _running([sys.executable, "-m", "skill.alexa.web"], settings):
        _wait_for(port, "GET", "/health", b"")
        yield f"http://{HOST}:{port}/alexa"


@contextmanager
def emulated_function() -> Iterator[str]:
    """The address at which the emulator takes events for the function."""
    assert EMULATOR.exists(), "run: sh tools/setup_all.sh"
    port, inner = free_port(), free_port() + 1
    command = [str(EMULATOR), "--runtime-interface-emulator-address", f"{HOST}:{port}"]
    command += ["--runtime-api-address", f"{HOST}:{inner}"]
    command += [sys.executable, "-m", "awslambdaric", "lambda_function.lambda_handler"]
    settings = {"SKILL_ID": SKILL_ID, "SKILL_ENV": "production", "LAMBDA_TASK_ROOT": str(TOP), "LOG_LEVEL": "ERROR"}
    with _running(command, settings):
        _wait_for(
            port, "POST", FUNCTION_PATH, b'{"session": {"application": {"applicationId": "%s"}}}' % SKILL_ID.encode()
        )
        yield f"http://{HOST}:{port}{FUNCTION_PATH}"


@contextmanager
def _running(command: list[str], settings: Mapping[str, str]) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=TOP, env={**os.environ, **settings}, stdout=quiet, stderr=quiet) as process:
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for(port: int, method: str, path: str, body: bytes) -> None:
    def answers() -> bool:
        connection = http.client.HTTPConnection(HOST, port, timeout=SECONDS_TO_START)
        try:
            connection.request(method, path, body)
            return connection.getresponse().status == 200
        finally:
            connection.close()

    wait_until(answers)
