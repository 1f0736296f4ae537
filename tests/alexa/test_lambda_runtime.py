"""The cloud function inside AWS's own runtime interface client, against a runtime API on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from skill.alexa.limits import spoken_text
from tests.alexa.envelopes import SKILL, envelope, launch, question
from tests.ports import free_port

pytest.importorskip("awslambdaric")

TOP = Path(__file__).parents[2]
PREFIX = "/2018-06-01/runtime/invocation"


class RuntimeApi(ThreadingHTTPServer):
    """The part of the Lambda runtime API that the client speaks: next, response, error."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", free_port()), _Handler)
        self.events: Queue[dict[str, Any]] = Queue()
        self.answers: Queue[tuple[str, Any]] = Queue()
        self.served = 0


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: RuntimeApi

    def do_GET(self) -> None:
        event = self.server.events.get()
        self.server.served += 1
        self._reply(
            200,
            json.dumps(event).encode(),
            {
                "Lambda-Runtime-Aws-Request-Id": f"request-{self.server.served}",
                # The client crashes without these two.
                "Lambda-Runtime-Trace-Id": "Root=1-00000000-000000000000000000000000;Sampled=0",
                "Content-Type": "application/json",
                "Lambda-Runtime-Deadline-Ms": "9999999999999",
                "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-west-1:000000000000:function:band",
            },
        )

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.answers.put((self.path.rsplit("/", 1)[-1], json.loads(body)))
        self._reply(202, b"{}", {})

    def _reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def function() -> Iterator[RuntimeApi]:
    api = RuntimeApi()
    threading.Thread(target=api.serve_forever, daemon=True).start()
    settings = {"SKILL_ID": SKILL, "SKILL_ENV": "production", "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{api.server_port}"}
    child = subprocess.Popen(
        [sys.executable, "-m", "awslambdaric", "lambda_function.lambda_handler"],
        cwd=TOP,
        env={**os.environ, **settings, "LAMBDA_TASK_ROOT": str(TOP)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield api
    child.kill()
    child.wait()
    api.shutdown()
    api.server_close()


def invoke(api: RuntimeApi, event: dict[str, Any]) -> tuple[str, Any]:
    api.events.put(event)
    return api.answers.get(timeout=30)


def test_a_conversation_through_the_runtime(function: RuntimeApi) -> None:
    kind, opened = invoke(function, envelope(launch()))
    assert kind == "response"
    kind, answered = invoke(function, envelope(question("mijn baby huilt steeds"), opened["sessionAttributes"]))
    assert kind == "response"
    assert spoken_text(answered["response"]["outputSpeech"]["ssml"]).startswith("Over troosten.")


def test_another_skills_request_is_an_error_and_the_function_lives_on(function: RuntimeApi) -> None:
    kind, error = invoke(function, envelope(launch(), skill="amzn1.ask.skill.other"))
    assert kind == "error"
    assert error["errorType"] == "WrongSkillError"
    kind, _ = invoke(function, envelope(launch()))
    assert kind == "response"


def test_production_does_not_start_without_a_skill_id() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "SKILL_ID"}
    done = subprocess.run(
        [sys.executable, "-c", "import lambda_function"],
        cwd=TOP,
        env={**environment, "SKILL_ENV": "production"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "SKILL_ID" in done.stderr


def test_with_damaged_content_every_answer_is_the_last_resort(tmp_path: Path) -> None:
    program = (
        "import skill.content.library as library, pathlib;"
        f"library.load_content.__defaults__ = (pathlib.Path({str(tmp_path / 'gone.json')!r}),);"
        "import lambda_function, json;"
        "ask = lambda kind: lambda_function.lambda_handler({'request': {'type': kind}}, None);"
        "print(json.dumps([ask('LaunchRequest'), ask('SessionEndedRequest')]))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=TOP, capture_output=True, text=True, check=True)
    spoken, silent = json.loads(done.stdout.splitlines()[-1])
    assert spoken["response"]["outputSpeech"]["text"].endswith("één, één, twee.")
    assert spoken["response"]["shouldEndSession"] is True
    assert silent["response"] == {}
