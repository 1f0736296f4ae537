"""Replay files for `ask dialog --replay`, made from the dialogue tests: the same talk, against Amazon's understanding.

Format: docs/concepts/Dialog-Command.md of ask-cli. The skill id is a placeholder: only a deployed skill has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from tools.interaction_model.limits import LOCALE

Json = dict[str, Any]

SKILL_ID = "amzn1.ask.skill.PUT-YOUR-SKILL-ID-HERE"
QUIT = ".quit"
SIMULATOR_COMMAND = ":"  # ":stil" and its like mean something to our simulator only
WORDLESS = frozenset({"silence", "intent", "touch"})  # steps that nobody can say


class DialogueError(Exception):
    """A dialogue file that cannot be read; the message names the file and what to do."""


def build_replays(dialogues: Path, invocation_name: str) -> dict[str, Json]:
    """Replay file by name, one for each `*.yaml` in `dialogues` whose steps can all be said. Raises DialogueError."""
    replays = {}
    for path in sorted(dialogues.glob("*.yaml")):
        lines = spoken_lines(_steps(path), invocation_name)
        if lines is not None:
            replays[f"{path.stem}.json"] = {
                "skillId": SKILL_ID,
                "locale": LOCALE,
                "type": "text",
                "userInput": [*lines, QUIT],
            }
    return replays


def spoken_lines(steps: Sequence[Mapping[str, Any]], invocation_name: str) -> list[str] | None:
    """What a tester types: the launch, then each step. None when a step is no speech (silence, a touch, a raw intent).

    A launch comes first and after every reply that closed the session, also where the dialogue does not write it.
    """
    lines: list[str] = []
    closed = True
    for step in steps:
        said = step.get("say")
        is_launch = said is None and closed and not WORDLESS.intersection(step)
        if (said is None and not is_launch) or str(said).startswith(SIMULATOR_COMMAND):
            return None
        if closed and not _opens(str(said), invocation_name):
            lines.append(f"open {invocation_name}")
        if said is not None:
            lines.append(str(said))
        closed = step.get("open") is False
    return lines


def _opens(said: str, invocation_name: str) -> bool:
    """A one-shot, which opens the skill by itself."""
    return said.startswith((f"open {invocation_name}", f"start {invocation_name}", f"vraag {invocation_name}"))


def _steps(path: Path) -> Sequence[Mapping[str, Any]]:
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise DialogueError(f"{path.name}: is not valid YAML in UTF-8 ({error}); mend it") from None
    return list(_checked(document, path))


def _checked(document: object, path: Path) -> Iterator[Mapping[str, Any]]:
    steps = document.get("steps") if isinstance(document, dict) else None
    if not isinstance(steps, list) or not steps or not all(isinstance(step, dict) for step in steps):
        raise DialogueError(f"{path.name}: needs `steps:`, a list with at least one step; see the other dialogues")
    for step in steps:
        if not isinstance(step.get("say"), str | None):  # YAML reads an unquoted yes, no or number as something else
            raise DialogueError(f"{path.name}: `say: {step['say']}` is no text; put it in quotes")
        yield step
