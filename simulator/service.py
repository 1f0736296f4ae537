"""Servers on this machine only, for as long as a conversation lasts: the skill's own web service, unverified, and the testers' page."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulator import envelopes
from simulator.doors import Door
from simulator.ears import load_ears
from simulator.labels import SimulatorError

if TYPE_CHECKING:
    from flask import Flask

    from skill.alexa.web_server import Server

HOST = "127.0.0.1"
# Below 32768, where Linux takes the ports of outgoing connections from.
PORTS = range(5000, 5100)
PAGE_PORTS = range(5100, 5200)
SECONDS_TO_STOP = 10.0


@contextlib.contextmanager
def running_service() -> Iterator[str]:
    """The address of the skill's service; it ends with the block. Raises SimulatorError when it cannot start."""
    # Only here: Flask and the server are needed for nothing else in a conversation.
    from skill.alexa.web import MAX_BODY_BYTES, ROUTE, create_app  # noqa: PLC0415
    from skill.settings import Settings  # noqa: PLC0415

    try:
        app = create_app(Settings(skill_id=None, verify=False, host=HOST))
    except Exception as error:  # as with the door in this process
        raise SimulatorError.say("skill_cannot_start", reason=f"{type(error).__name__}: {error}") from error
    with serving(app, PORTS, MAX_BODY_BYTES, "no_port") as address:
        yield f"{address}{ROUTE}"


@contextlib.contextmanager
def running_page(elsewhere: Door | None = None, skill_id: str = envelopes.SKILL_ID) -> Iterator[str]:
    """The address of the testers' page; `elsewhere`: the door of a skill that does not run in this process. Raises SimulatorError."""
    from simulator.page.app import MOST_BODY_BYTES, create_page  # noqa: PLC0415
    from simulator.page.sound import Sound  # noqa: PLC0415
    from simulator.page.studio import Studio  # noqa: PLC0415
    from simulator.page.workshop import Workshop  # noqa: PLC0415

    studio = Studio(load_ears(), Workshop(), Sound(), elsewhere=elsewhere, skill_id=skill_id)
    with serving(create_page(studio), PAGE_PORTS, MOST_BODY_BYTES, "no_page_port") as address:
        yield f"{address}/"


@contextlib.contextmanager
def serving(app: Flask, ports: range, most_bytes: int, fault: str) -> Iterator[str]:
    """The address at which an app is served, on the first free port; `fault` names what is told when there is none."""
    from skill.alexa.web_server import make_server  # noqa: PLC0415

    def bound() -> Server:
        for port in ports:
            with contextlib.suppress(OSError):
                return make_server(app, HOST, port, most_bytes)
        raise SimulatorError.say(fault, first=ports[0], last=ports[-1])

    with in_background(bound()) as port:
        yield f"http://{HOST}:{port}"


@contextlib.contextmanager
def in_background(server: Server) -> Iterator[int]:
    """Run a server in a thread for as long as the block lasts; gives its port. Raises RuntimeError when it does not end."""
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server.port
    finally:
        server.stop()
        thread.join(timeout=SECONDS_TO_STOP)
        if thread.is_alive():
            raise RuntimeError(f"the server on port {server.port} does not end")
