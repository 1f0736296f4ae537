"""Both doors, opened once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tools.soak.doors import Both, open_function
from tools.soak.hostile import recorded


@pytest.fixture(scope="session")
def function() -> Callable[[Any], dict[str, Any]]:
    """The cloud function, as in production."""
    return open_function()


@pytest.fixture(scope="session")
def both(function: Callable[[Any], dict[str, Any]]) -> Both:
    """Both doors and the judge."""
    return Both(function)


@pytest.fixture(scope="session")
def events(function: Callable[[Any], dict[str, Any]]) -> list[dict[str, Any]]:
    """The envelopes of all dialogues."""
    return recorded(function)
