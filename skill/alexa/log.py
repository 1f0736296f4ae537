"""One structured line a turn: ids, outcome and milliseconds. Never a word of what was said, never an id of a user, device or session."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from typing import Any

from skill.alexa import envelope

_turns = logging.getLogger("skill.turn")

# The only extra fields that a log line may carry.
_FIELDS = ("request", "intent", "outcome", "section", "danger", "confidence", "ms", "cold", "fault")


class JsonFormatter(logging.Formatter):
    """A log record as one JSON object: level, message and known fields. No exception texts or tracebacks: they may hold words."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "level": record.levelname,
            "logger": record.name,
            "message": record.msg if record.args is None else record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in _FIELDS if getattr(record, name, None) is not None}
        return json.dumps(line, ensure_ascii=False)


def start_logging(level: str) -> None:
    """Log the skill's own lines as JSON to standard error, and nothing of other libraries below a warning."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("skill").setLevel(level)


def log_turn(event: Mapping[str, Any], facts: Mapping[str, Any] | None, milliseconds: float, *, cold: bool) -> None:
    """Write the line of a turn."""
    known = facts or {}
    fields = {name: known.get(name) for name in ("outcome", "section", "danger", "confidence")}
    intent = envelope.intent_name(event) or envelope.request_type(event)
    _turns.info(
        "turn",
        extra={**fields, "request": envelope.request_id(event), "intent": intent, "ms": milliseconds, "cold": cold},
    )
