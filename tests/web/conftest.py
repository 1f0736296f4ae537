"""Services that run for all tests of this folder: one that verifies, one that does not."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, Literal

import pytest

from skill.alexa import web
from skill.settings import Settings

from .alexa import SECRET, SKILL_ID, Clock, Service, Spy, Storage, running
from .chains import root


def build(settings: Settings, storage: Storage, clock: Clock) -> tuple[Any, Spy]:
    """An app with a spy in its door."""
    spies: list[Spy] = []

    def open_watched_door(given: Settings) -> Any:
        spies.append(Spy(real_open_door(given)))
        return spies[-1]

    real_open_door: Any = vars(web)["open_door"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("skill.alexa.web.open_door", open_watched_door)
        app = web.create_app(settings, trust_roots=[root().certificate], fetch_chain=storage.fetch, now=clock)
    return app, spies[0]


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """The service as it stands on the internet: verification on."""
    storage, clock = Storage(), Clock()
    app, spy = build(Settings(skill_id=SKILL_ID), storage, clock)
    with running(app) as port:
        yield Service(port, app, spy, storage, clock)


@pytest.fixture(scope="session")
def hurried_service() -> Iterator[Service]:
    """The same, but a request must be complete within 0.4 seconds instead of ten."""
    storage, clock = Storage(), Clock()
    app, spy = build(Settings(skill_id=SKILL_ID), storage, clock)
    with running(app, seconds_per_request=0.4) as port:
        yield Service(port, app, spy, storage, clock)


@pytest.fixture(scope="session")
def open_service() -> Iterator[Service]:
    """The service on a developer's own machine: verification off."""
    storage, clock = Storage(), Clock()
    app, spy = build(Settings(skill_id=SKILL_ID, verify=False), storage, clock)
    with running(app) as port:
        yield Service(port, app, spy, storage, clock)


@pytest.fixture(autouse=True)
def nothing_said_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """After every test here: no logger, at no level, wrote a word of a body."""
    caplog.set_level(logging.DEBUG)
    yield
    phases: tuple[Literal["setup", "call"], ...] = ("setup", "call")
    for when in phases:
        for record in caplog.get_records(when):
            text = logging.Formatter().format(record) + repr(record.__dict__)
            assert SECRET not in text
            assert "geheimwoord" not in text
