"""The WSGI server around the app: waitress, with limits on size and on time.

waitress has a time limit for silence only: a client that sends a byte now and then keeps its place for ever, and a
silent one is cut off without a word. Here a request must be complete within `SECONDS_PER_REQUEST`, else it gets 408.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from functools import partial
from typing import Any

import waitress  # type: ignore[import-untyped]
from flask import Flask
from waitress import wasyncore
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser  # type: ignore[import-untyped]
from waitress.server import BaseWSGIServer  # type: ignore[import-untyped]
from waitress.task import ErrorTask  # type: ignore[import-untyped]
from waitress.utilities import Error  # type: ignore[import-untyped]

# An answer of ours takes milliseconds; only a first certificate chain takes longer, and those are two at once.
THREADS = 8
CONNECTIONS = 100
# Amazon's connection may stay open between turns; a parent's pause is seconds.
SECONDS_SILENT = 30
SECONDS_PER_REQUEST = 10.0
# How long a closed connection still listens, so that a client that is sending gets to read why it was refused.
SECONDS_LINGER = 2.0
# How often deadlines are looked at.
SECONDS_PER_LOOK = 0.5
MAX_HEADER_BYTES = 16 * 1024


class _RequestTimeout(Error):
    code = 408
    reason = "Request Timeout"


class _JsonErrorTask(ErrorTask):
    """What the server refuses itself (no HTTP, too large, too slow) is refused in the words and form of the app."""

    def execute(self) -> None:
        error = self.request.error
        body = json.dumps({"error": error.reason.lower()}).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [
            ("Content-Type", "application/json;charset=UTF-8"),
            ("Cache-Control", "no-store"),
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class PunctualChannel(HTTPChannel):
    """A connection whose requests have a deadline, and which says goodbye before it hangs up.

    The server's loop asks `readable` of every connection every SECONDS_PER_LOOK; the clock is looked at there.
    """

    error_task_class = _JsonErrorTask
    request: HTTPRequestParser | None

    def __init__(self, *args: Any, seconds_per_request: float, **kwargs: Any) -> None:
        self._seconds_per_request = seconds_per_request
        self._timed: HTTPRequestParser | None = None
        self._due = 0.0
        self._linger_until: float | None = None
        super().__init__(*args, **kwargs)

    def received(self, data: bytes) -> bool:
        going_on = bool(super().received(data))
        if self.request is not self._timed:
            self._timed = self.request
            self._due = time.monotonic() + self._seconds_per_request
        return going_on

    def readable(self) -> bool:
        if self._linger_until is not None:
            if time.monotonic() < self._linger_until:
                return True
            super().handle_close()
            return False
        if self._timed is not None and not self.requests and time.monotonic() > self._due:
            self._give_up()
        return bool(super().readable())

    def handle_read(self) -> None:
        if self._linger_until is None:
            super().handle_read()
            return
        try:
            self.recv(self.adj.recv_bytes)  # read and dropped; an end of the stream closes
        except OSError:
            super().handle_close()

    def handle_close(self) -> None:
        # A socket that is closed with unread input resets the connection, and the client may never see our answer.
        if self._linger_until is None and self.connected and not self.total_outbufs_len:
            try:
                self.socket.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            else:
                self._linger_until = time.monotonic() + SECONDS_LINGER
                self.will_close = False
                return
        super().handle_close()

    def _give_up(self) -> None:
        """The half request becomes a refused one, the way `received` of waitress does it for one that is too large."""
        with self.requests_lock:
            late, self.request, self._timed = self.request, None, None
            if late is None:
                return
            late.error = _RequestTimeout("")
            late.completed = True
            self.requests.append(late)
            self.server.add_task(self)


class Server:
    """A bound server: `run` serves until `stop` is called or the process is asked to end."""

    def __init__(self, app: Flask, host: str, port: int, max_body_bytes: int, seconds_per_request: float) -> None:
        self._stopping = threading.Event()
        self._sockets: dict[int, Any] = {}
        self._server: Any = waitress.create_server(
            app,
            map=self._sockets,
            host=host,
            port=port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            channel_timeout=SECONDS_SILENT,
            cleanup_interval=5,
            max_request_header_size=MAX_HEADER_BYTES,
            max_request_body_size=max_body_bytes + 1,  # waitress refuses at its limit, Flask above it
            inbuf_overflow=2 * max_body_bytes,  # never a temporary file: a full disk is no reason to fall silent
            clear_untrusted_proxy_headers=False,  # the app refuses a forwarded request itself where that matters
            log_socket_errors=False,
            ident=None,
        )
        for listener in self._sockets.values():  # `localhost` may be two addresses
            if isinstance(listener, BaseWSGIServer):
                listener.channel_class = partial(PunctualChannel, seconds_per_request=seconds_per_request)

    @property
    def port(self) -> int:
        """The port it is bound to; with port 0 asked for, the one it got."""
        return int(next(s for s in self._sockets.values() if isinstance(s, BaseWSGIServer)).effective_port)

    def run(self) -> None:
        """Serves; returns after `stop`, KeyboardInterrupt or SystemExit, with every socket closed."""
        try:
            while not self._stopping.is_set():
                wasyncore.loop(timeout=SECONDS_PER_LOOK, map=self._sockets, count=1)
        except (KeyboardInterrupt, SystemExit):
            pass
        finally:
            self._server.task_dispatcher.shutdown()
            wasyncore.close_all(self._sockets)

    def stop(self) -> None:
        """Lets `run` return within SECONDS_PER_LOOK; for another thread."""
        self._stopping.set()


def make_server(
    app: Flask, host: str, port: int, max_body_bytes: int, seconds_per_request: float = SECONDS_PER_REQUEST
) -> Server:
    """A server that is bound and does not run yet. Raises OSError when the port is taken, ValueError for a host that is
    unknown.
    """
    return Server(app, host, port, max_body_bytes, seconds_per_request)
