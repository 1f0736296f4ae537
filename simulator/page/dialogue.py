"""A conversation as a file of `tests/dialogues/`, and such a file played again: what was expected or said then, and what is now.

What Alexa said stands in the file as a comment under its step (`# Alexa: ...`), so that `tests/test_dialogues.py` reads the same files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import yaml

from simulator.labels import SimulatorError
from simulator.page.studio import Step, act
from simulator.report import record
from simulator.session import Session, Turn
from skill.content.library import Content

Json = dict[str, Any]

MOST_STEPS = 100
MOST_BYTES = 200_000
EXPECTED = ("section", "outcome", "danger", "open", "card", "key")
ACTIONS = ("say", "intent", "silence")

_SAID = re.compile(r"^ +# Alexa: (.*)$")
_STEP = re.compile(r"^  - ")


def to_yaml(name: str, steps: Iterable[Step], content: Content) -> str:
    """The turns as a dialogue file. A touch is written as the words that it stands for; a first silence changes nothing and is left out."""
    lines = [f"name: {_scalar(name)}", "steps:"]
    for step in steps:
        if step.kind == "silence" and step.turn.session_open:
            continue
        fields: Json = {}
        if step.kind in {"say", "touch"}:
            fields["say"] = spoken(step, content)
        elif step.kind == "intent":
            fields["intent"] = step.value
        elif step.kind == "silence":
            fields["silence"] = True
        fields |= _facts(step.turn)
        first, *others = [f"{key}: {_scalar(value)}" for key, value in fields.items()]
        lines.append(f"  - {first}")
        if speech := record(step.turn)["speech"]:
            lines.append(f"    # Alexa: {' '.join(speech.split())}")
        lines += [f"    {other}" for other in others]
    return "\n".join(lines) + "\n"


def spoken(step: Step, content: Content) -> str:
    """What a step says; a touched section is its first name."""
    section = content.sections.get(step.value) if step.kind == "touch" else None
    return section.names[0] if section else step.value


def read_dialogue(text: str) -> tuple[str, list[Json], list[str | None]]:
    """Name, steps, and what Alexa said then for each step (None where the file does not tell). Raises SimulatorError."""
    if len(text.encode()) > MOST_BYTES:
        raise SimulatorError.say("dialogue_large", most=MOST_BYTES)
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise SimulatorError.say("dialogue_yaml", line=mark.line + 1 if mark else "?") from error
    if not isinstance(found, dict) or not isinstance(found.get("steps"), list) or not found["steps"]:
        raise SimulatorError.say("dialogue_steps")
    steps = found["steps"]
    if len(steps) > MOST_STEPS:
        raise SimulatorError.say("dialogue_long", most=MOST_STEPS)
    for number, step in enumerate(steps, 1):
        known = isinstance(step, dict) and set(step) <= {*ACTIONS, *EXPECTED}
        if not known or not all(isinstance(step.get(name, ""), str) for name in ("say", "intent")):
            raise SimulatorError.say("dialogue_step", number=number)
    return str(found.get("name") or ""), steps, _said_then(text, len(steps))


def replay(text: str, new_session: Callable[[], Session], content: Content) -> Json:
    """Play a dialogue file in a session of its own; for every step what was said, then and now, and every difference."""
    name, steps, before = read_dialogue(text)
    session = new_session()
    played = [_play(session, step, then, content) for step, then in zip(steps, before, strict=True)]
    return {"name": name, "steps": played, "different": sum(bool(step["differences"]) for step in played)}


def _play(session: Session, step: Mapping[str, Any], then: str | None, content: Content) -> Json:
    turn = _take(session, step)
    seen = record(turn)
    now = {**{name: seen[name] for name in ("section", "outcome", "danger")}, **_facts(turn)}
    now["open"], now["card"] = seen["session_open"], seen["card"] is not None
    said = _keys(turn)
    differences = [
        {"what": name, "then": step[name], "now": now.get(name)}
        for name in EXPECTED
        if name in step and name != "key" and step[name] != now.get(name)
    ]
    missing = [key for key in step.get("key") or [] if key not in said]
    if missing:
        differences.append({"what": "key", "then": missing, "now": said})
    if then is None and missing:
        then = " ".join(content.texts[key] for key in step["key"] if key in content.texts) or None
    elif then is not None and then != seen["speech"]:
        differences.append({"what": "speech", "then": then, "now": seen["speech"]})
    kind = next((action for action in ACTIONS if action in step), "launch")
    return {"kind": kind, "value": step.get(kind), "then": then, "now": seen["speech"], "differences": differences}


def _take(session: Session, step: Mapping[str, Any]) -> Turn:
    """As `tests/test_dialogues.py` takes a step: silence is eight seconds, twice; words open a session where none is open."""
    if "silence" in step:
        act(session, "silence", "")
        return act(session, "silence", "")
    if "intent" in step:
        return act(session, "intent", step["intent"])
    if "say" not in step:
        return act(session, "launch", "")
    if not session.is_open:
        act(session, "launch", "")
    return act(session, "say", step["say"])


def _facts(turn: Turn) -> Json:
    """What a step of a file expects; only what says something."""
    seen = record(turn)
    facts: Json = {name: seen[name] for name in ("section", "outcome", "danger") if seen[name] is not None}
    facts |= {"open": turn.session_open, "card": seen["card"] is not None}
    return facts | ({"key": keys} if (keys := _keys(turn)) else {})


def _keys(turn: Turn) -> list[str]:
    if not turn.response["response"].get("outputSpeech"):
        return []
    keys = ((turn.response.get("sessionAttributes") or {}).get("turn") or {}).get("keys")
    return list(keys) if isinstance(keys, list) else []


def _said_then(text: str, count: int) -> list[str | None]:
    said: list[str | None] = [None] * count
    number = -1
    for line in text.splitlines():
        number += bool(_STEP.match(line))
        if (found := _SAID.match(line)) and 0 <= number < count:
            said[number] = found[1]
    return said


def _scalar(value: object) -> str:
    """A value on one line, as YAML; JSON is YAML, and plain words need no quotes."""
    if isinstance(value, str) and re.fullmatch(r"[a-zà-ÿ][a-zà-ÿ0-9' -]*[a-zà-ÿ0-9]", value):
        return value if yaml.safe_load(f"x: {value}") == {"x": value} else json.dumps(value, ensure_ascii=False)
    # YAML takes no control characters but as escapes, also the one that JSON leaves as it is.
    return json.dumps(value, ensure_ascii=not str(value).isprintable()).replace("\x7f", "\\u007f")
