"""Makes any function of the skill raise, without touching it: a profile hook raises as the function is called."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

TOP = Path(__file__).parents[2]
SKILL = str(TOP / "skill")


class InjectedError(RuntimeError):
    """What the function that was made to fail raises. Its text holds what may not be logged."""

    def __init__(self) -> None:
        super().__init__("mijn geheime woorden")


def called(act: Callable[[], Any]) -> list[CodeType]:
    """The skill's functions that are called during `act`, in order of their first call."""
    found: dict[CodeType, None] = {}

    def watch(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(SKILL):
            found.setdefault(frame.f_code)

    sys.setprofile(watch)
    try:
        act()
    finally:
        sys.setprofile(None)
    # Bodies of comprehensions belong to their function; a generator is entered more than once and fails in the middle.
    return [code for code in found if not code.co_name.startswith("<") or code.co_name in {"<genexpr>", "<lambda>"}]


@contextmanager
def failing(code: CodeType) -> Iterator[None]:
    """Within the block the function's first call raises InjectedError."""

    def fail(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code is code:
            sys.setprofile(None)
            raise InjectedError

    sys.setprofile(fail)
    try:
        yield
    finally:
        sys.setprofile(None)


def name_of(code: CodeType) -> str:
    """Where the function stands, for reports."""
    return f"{Path(code.co_filename).relative_to(TOP)}:{code.co_qualname}"
