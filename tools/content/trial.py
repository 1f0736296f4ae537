"""The compiled content tried out: a mistake that no check foresaw shows when the skill is made from it, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skill.content.library import content_hash, from_body
from skill.understanding import LearntError, load_interpreter
from tools.content.findings import Fault, Finding, Findings, Place


def try_out(body: Mapping[str, Any]) -> Findings:
    """What breaks when the skill is made from a compiled body. Learnt parameters that do not fit are the business of `make train`."""
    try:
        load_interpreter(from_body(body, content_hash(body)))
    except LearntError:
        return
    except Exception as error:  # whatever it is, the skill could not start with this content
        yield Finding(Fault.UNFORESEEN, Place("words"), {"detail": f"{type(error).__name__}: {error}"})
