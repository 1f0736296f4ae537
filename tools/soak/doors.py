"""The same envelope through both doors: the cloud function, and the web service without verification, as a WSGI call."""

from __future__ import annotations

import importlib.util
import io
import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from skill.alexa.web import MAX_BODY_BYTES, create_app
from skill.settings import Settings
from tools.soak.hostile import SKILL_ID, Json
from tools.soak.judge import Judge, demand

FUNCTION = Path(__file__).parents[2] / "lambda_function.py"


def open_function(skill_id: str = SKILL_ID) -> Callable[[Any], Json]:
    """The cloud function's handler, opened as in production with this skill id: a copy of the module of its own.

    Logging is put back as it was: what a function may set in its own process it may not set in a test's.
    """
    root, skill = logging.getLogger(), logging.getLogger("skill")
    handlers, level, skill_level = root.handlers[:], root.level, skill.level
    spec = importlib.util.spec_from_file_location("soak_lambda_function", FUNCTION)
    demand(spec and spec.loader, "no lambda_function.py")
    module: Any = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    settings = {"SKILL_ID": skill_id, "SKILL_ENV": "production", "LOG_LEVEL": "CRITICAL"}
    try:
        with patch.dict(os.environ, settings):
            spec.loader.exec_module(module)  # type: ignore[union-attr]
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        skill.setLevel(skill_level)
    handler: Callable[[Any, None], Json] = module.lambda_handler
    return lambda event: handler(event, None)


class Both:
    """Both doors and the judge over their answers."""

    def __init__(self, function: Callable[[Any], Json], skill_id: str = SKILL_ID) -> None:
        self._function = function
        self._app = create_app(Settings(skill_id=skill_id, verify=False, log_level="CRITICAL"))
        self.judge = Judge()

    def check(self, event: Any) -> Json:
        """Answer an envelope of this skill at both doors; both must answer the same, and well. Raises NotGoodError."""
        body = json.dumps(event).encode()
        answered = json.loads(json.dumps(self._function(json.loads(body))))
        self.judge.check(event, answered)
        status, over_web = self.post(body)
        if len(body) > MAX_BODY_BYTES:
            demand(status == "413 REQUEST ENTITY TOO LARGE", f"{status} to {len(body)} bytes")
            return _timeless(answered)
        demand(status == "200 OK", f"the web service says {status}: {over_web}")
        demand(_timeless(over_web) == _timeless(answered), "the doors answer differently")
        return _timeless(answered)

    def check_refused(self, event: Any) -> None:
        """An envelope of another skill: refused at both doors. Raises NotGoodError."""
        try:
            self._function(event)
        except Exception as error:
            demand(type(error).__name__ == "WrongSkillError", f"the function raises {type(error).__name__}")
        else:
            raise AssertionError("the function answers another skill")
        status, answered = self.post(json.dumps(event).encode())
        demand(status.startswith(("400", "413")), f"the web service says {status} to another skill")
        demand(set(answered) == {"error"}, "a refusal says more than why")

    def post(self, body: bytes) -> tuple[str, Json]:
        """Status line and JSON of the web service's answer to a body."""
        status: list[str] = []
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/alexa",
            "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "5000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1:5000",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        pieces = self._app(environ, lambda line, headers, info=None: status.append(line))  # type: ignore[arg-type]
        return status[0], json.loads(b"".join(pieces))


def _timeless(answered: Json) -> Json:
    facts = (answered.get("sessionAttributes") or {}).get("turn")
    if isinstance(facts, dict):
        facts.pop("ms", None)
    return answered
