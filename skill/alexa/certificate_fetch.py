"""Fetching a certificate chain: a few kilobytes, within a few seconds, from one host.

The standard library's connection, not urllib or requests: it follows no redirect, listens to no proxy variable, and
the host it talks to cannot be anything but the one that was checked.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Callable
from urllib.parse import urlsplit

import certifi

# Alexa gives the whole turn eight seconds; a chain of Amazon's is about 6 kB.
SECONDS = 3.0
MAX_BYTES = 64 * 1024
# Every stranger can name a new address under the right path. They must not be able to hold all threads at once.
FETCHES_AT_ONCE = 2

Connect = Callable[[str, float], http.client.HTTPConnection]


class ChainFetcher:
    """Callable: canonical url in, the bytes found there out. Raises OSError for whatever goes wrong."""

    def __init__(self, connect: Connect | None = None, seconds: float = SECONDS, max_bytes: int = MAX_BYTES) -> None:
        self._connect = connect if connect is not None else _tls_connector()
        self._seconds = seconds
        self._max_bytes = max_bytes
        self._places = threading.BoundedSemaphore(FETCHES_AT_ONCE)

    def __call__(self, url: str) -> bytes:
        if not self._places.acquire(timeout=self._seconds):
            raise TimeoutError("other certificate chains are being fetched")
        try:
            return self._fetch(url)
        except http.client.HTTPException as error:
            raise OSError("no sound HTTP answer") from error
        finally:
            self._places.release()

    def _fetch(self, url: str) -> bytes:
        parts = urlsplit(url)
        connection = self._connect(parts.netloc, self._seconds)
        # A socket's own time limit counts from byte to byte; a server that drips would stretch it for ever.
        watch = _Watch(connection)
        timer = threading.Timer(self._seconds, watch.hang_up)
        timer.daemon = True
        timer.start()
        try:
            connection.connect()
            watch.line = connection.sock  # the connection forgets it once the headers are read
            connection.request("GET", parts.path, headers={"Accept": "*/*", "Connection": "close"})
            response = connection.getresponse()
            if response.status != http.client.OK:
                raise OSError(f"HTTP status {response.status}")
            body = response.read(self._max_bytes + 1)
        finally:
            timer.cancel()
            connection.close()
        if watch.too_late:
            raise TimeoutError("the certificate chain came too slowly")
        if len(body) > self._max_bytes:
            raise OSError("more bytes than a certificate chain has")
        return body


class _Watch:
    """Ends a fetch from another thread."""

    def __init__(self, connection: http.client.HTTPConnection) -> None:
        self._connection = connection
        self.line: socket.socket | None = None
        self.too_late = False

    def hang_up(self) -> None:
        self.too_late = True
        line = self.line or self._connection.sock  # the latter during a TLS handshake
        if line is not None:
            with contextlib.suppress(OSError):  # closed already: the reader has its error
                # Not the TLS socket's own shutdown: that pulls the encryption out from under the reader.
                socket.socket.shutdown(line, socket.SHUT_RDWR)


def _tls_connector() -> Connect:
    trusted = ssl.create_default_context(cafile=certifi.where())
    trusted.minimum_version = ssl.TLSVersion.TLSv1_2

    def connect(netloc: str, seconds: float) -> http.client.HTTPConnection:
        return http.client.HTTPSConnection(netloc, timeout=seconds, context=trusted)

    return connect
