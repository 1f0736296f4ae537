"""What the tests of the simulator share."""

from __future__ import annotations

import pytest

from simulator.ears import Ears
from simulator.session import Session
from tests.simulator.stand_ins import BUILTIN_PHRASES, MODEL, Skill


@pytest.fixture
def ears() -> Ears:
    return Ears(MODEL, BUILTIN_PHRASES)


@pytest.fixture
def skill() -> Skill:
    return Skill()


@pytest.fixture
def session(skill: Skill, ears: Ears) -> Session:
    return Session(skill, ears)
