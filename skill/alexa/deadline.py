"""A deadline for what the skill can do without: a part that loads too slowly, or not at all, may not keep a parent waiting."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

Part = TypeVar("Part")


def within(seconds: float, load: Callable[[], Part], instead: Callable[[str], Part]) -> Part:
    """What `load` gives, if it does so in time; otherwise what `instead` makes of the reason. Raises nothing that `load` raises.

    A load that is late goes on in a thread of its own, which ends with the process, and what it gives is dropped.
    """
    given: list[Part] = []
    failed: list[str] = []

    def run() -> None:
        try:
            given.append(load())
        except Exception as error:
            failed.append(type(error).__name__)

    thread = threading.Thread(target=run, name="optional part", daemon=True)
    thread.start()
    thread.join(seconds)
    if given:
        return given[0]
    return instead(failed[0] if failed else f"took longer than {seconds:g} seconds to load")
