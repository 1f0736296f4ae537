"""The skill's own web service, unverified, on this machine only, for as long as a conversation lasts."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from simulator.labels import SimulatorError

HOST = "127.0.0.1"
# Below 32768, where Linux takes the ports of outgoing connections from.
PORTS = range(5000, 5100)


@contextlib.contextmanager
def running_service() -> Iterator[str]:
    """The address of the service; it ends with the block. Raises SimulatorError when it cannot start."""
    # Only here: Flask and the server are needed for nothing else in the simulator.
    from skill.alexa.web import MAX_BODY_BYTES, ROUTE, create_app  # noqa: PLC0415
    from skill.alexa.web_server import Server, make_server  # noqa: PLC0415
    from skill.settings import Settings  # noqa: PLC0415

    try:
        app = create_app(Settings(skill_id=None, verify=False, host=HOST))
    except Exception as error:  # as with the door in this process
        raise SimulatorError.say("skill_cannot_start", reason=f"{type(error).__name__}: {error}") from error

    def bound() -> Server:
        for port in PORTS:
            with contextlib.suppress(OSError):
                return make_server(app, HOST, port, MAX_BODY_BYTES)
        raise SimulatorError.say("no_port", first=PORTS[0], last=PORTS[-1])

    server = bound()
    thread = threading.Thread(target=server.run, name="skill", daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.port}{ROUTE}"
    finally:
        server.stop()
        thread.join()
