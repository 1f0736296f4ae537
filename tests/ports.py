"""What tests with servers share: a free port, and waiting until somebody answers."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

HOST = "127.0.0.1"
SECONDS_TO_START = 60.0


def free_port() -> int:
    """A free port below those that the system hands out itself (a client could be given the very same one)."""
    for port in range(20_000 + 7 * (time.time_ns() % 1000), 32_000):
        with socket.socket() as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise OSError("no free port")


def wait_until(ready: Callable[[], bool]) -> None:
    """Ask again until it is so; OSError means not yet. AssertionError after SECONDS_TO_START."""
    end = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            if ready():
                return
        except OSError:
            pass
        assert time.monotonic() < end, f"not ready after {SECONDS_TO_START} seconds"
        time.sleep(0.05)
