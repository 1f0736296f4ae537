"""What a tester can try: the launch phrase, examples of every section, and all that can be said."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from skill.content.library import Content
from tools.content.sources import read_utterances

Json = dict[str, Any]

EXAMPLES = 3


def suggestions(content: Content, root: Path) -> Json:
    """The launch phrase; for every section three examples and all its utterances; for every control its phrases; and dangers."""
    controls: dict[str, list[str]] = {}
    for phrase, name in content.controls.items():
        controls.setdefault(name, []).append(phrase)
    return {
        "launch": _invocation(root),
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "examples": (said := _utterances(root, section.id) or list(section.names))[:EXAMPLES],
                "all": list(dict.fromkeys([*section.names, *said])),
            }
            for section in content.sections.values()
        ],
        "danger": [
            {"id": kind, "examples": _utterances(root, f"gevaar/{kind}")[:EXAMPLES]} for kind in content.dangers
        ],
        "controls": controls,
    }


def _utterances(root: Path, label: str) -> list[str]:
    try:
        return [utterance.text for utterance in read_utterances(root / "utterances" / f"{label}.txt")]
    except (OSError, UnicodeError):
        return []


def _invocation(root: Path) -> str:
    try:
        return str(tomllib.loads((root / "skill.toml").read_text(encoding="utf-8"))["invocation_name"])
    except (OSError, ValueError, KeyError):
        return ""
