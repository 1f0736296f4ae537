"""One structured line a turn: ids, outcome and milliseconds. Never a word of what was said, never an id of a user, device or session.

In the cloud function the line also carries its metrics in CloudWatch's embedded format, so that counting needs no call and no
permission (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Mapping
from typing import Any

from skill.alexa import envelope

_turns = logging.getLogger("skill.turn")

# The only extra fields that a log line may carry, all of them ids of ours, numbers or flags.
_FIELDS = (
    "request",
    "intent",
    "outcome",
    "section",
    "danger",
    "confidence",
    "nearest",
    "card",
    "ms",
    "start",
    "fault",
)
# Intents, request types and request ids come with the request, so they pass only in the form that Alexa gives them.
_NAME = re.compile(r"[A-Za-z][A-Za-z.]{0,79}")
_REQUEST_ID = re.compile(r"(?:amzn1\.echo-api\.request\.|EdwRequestId\.)[0-9A-Za-z-]{1,80}")
UNNAMED = "other"

OFFERED, SENT = "offered", "sent"
_OFFERS = ("offer.", "ask_card.")
_SENDS = "card_sent."
# Outcomes that did not find the topic; what lay nearest then tells an editor which utterances are missing.
MISSED = frozenset({"choice", "not_understood", "out_of_scope"})

NAMESPACE = "BandMetMijnKind"
IN_THE_CLOUD = "AWS_LAMBDA_FUNCTION_NAME"  # set by Lambda
# Metric: the field that it is counted by; None: counted as a whole.
COUNTED_BY = {
    "Turns": "outcome",
    "Asked": "section",
    "Missed": "nearest",
    "Danger": "danger",
    "CardOffered": None,
    "CardSent": None,
    "Faults": None,
    "Milliseconds": "start",
}


class JsonFormatter(logging.Formatter):
    """A log record as one JSON object: level, message and known fields. No exception texts or tracebacks: they may hold words."""

    def __init__(self, *, metrics: bool = False) -> None:
        super().__init__()
        self._metrics = metrics

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "level": record.levelname,
            "logger": record.name,
            "message": record.msg if record.args is None else record.getMessage(),
        }
        line |= {name: value for name in _FIELDS if (value := getattr(record, name, None)) is not None}
        if self._metrics:
            line |= _embedded(line, record.created)
        return json.dumps(line, ensure_ascii=False)


def start_logging(level: str) -> None:
    """Log the skill's own lines as JSON to standard error, and nothing of other libraries below a warning."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(metrics=IN_THE_CLOUD in os.environ))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("skill").setLevel(level)


def log_turn(event: Mapping[str, Any], facts: Mapping[str, Any] | None, milliseconds: float, *, cold: bool) -> None:
    """Write the line of a turn. `facts`: `responses.turn_facts`, None for a request that was not answered with a reply."""
    if not _turns.isEnabledFor(logging.INFO):
        return
    known = facts or {}
    fields = {name: known.get(name) for name in ("outcome", "section", "danger", "confidence", "nearest")}
    fields["card"] = _card_of(known.get("keys") or ())
    fields["request"] = _in_form(_REQUEST_ID, envelope.request_id(event))
    fields["intent"] = _in_form(_NAME, envelope.intent_name(event) or envelope.request_type(event))
    fields["ms"], fields["start"] = milliseconds, "cold" if cold else "warm"
    _turns.info("turn", extra=fields)


def _card_of(keys: tuple[str, ...] | list[str]) -> str | None:
    """Whether this turn sent the card, or ended by offering it."""
    if any(key.startswith(_SENDS) for key in keys):
        return SENT
    return OFFERED if keys and keys[-1].startswith(_OFFERS) else None


def _in_form(form: re.Pattern[str], text: str) -> str:
    return text if form.fullmatch(text) else UNNAMED


def _embedded(line: Mapping[str, Any], moment: float) -> dict[str, Any]:
    """The values of the metrics that a line counts for, and the note that tells CloudWatch so."""
    values: dict[str, float] = {}
    if "outcome" in line:
        values["Turns"] = 1
        if line["outcome"] in MISSED:
            values["Missed"] = 1
        elif "section" in line:
            values["Asked"] = 1
    if "danger" in line:
        values["Danger"] = 1
    if card := line.get("card"):
        values["CardSent" if card == SENT else "CardOffered"] = 1
    if "fault" in line:
        values["Faults"] = 1
    if "ms" in line:
        values["Milliseconds"] = line["ms"]
    note = [
        {
            "Namespace": NAMESPACE,
            "Dimensions": [[field] if field else []],
            "Metrics": [{"Name": name, "Unit": "Milliseconds" if name == "Milliseconds" else "Count"}],
        }
        for name in values
        if (field := COUNTED_BY[name]) is None or field in line
    ]
    return {**values, "_aws": {"Timestamp": int(moment * 1000), "CloudWatchMetrics": note}} if note else {}
