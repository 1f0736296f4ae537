"""A stand-in for Google's translation page: a proxy that takes CONNECT, speaks TLS with its own certificate, and answers as Google does.

gTTS honours HTTPS_PROXY and does not check certificates, so it can be run as it is, unpatched, against this.
"""

from __future__ import annotations

import base64
import datetime
import json
import ssl
import threading
import urllib.parse
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "translate.google.com"
HANG_SECONDS = 30.0


def write_certificate(path: Path) -> None:
    """A self-signed certificate and its key for HOST in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + certificate.public_bytes(serialization.Encoding.PEM)
    path.write_bytes(pem)


class GoogleServer:
    """`mode`: ok, hang, 429, 500, page, no_audio, short, refuse_connect. `asked`: what each request said."""

    def __init__(self, certificate: Path, speak: Callable[[str], bytes]) -> None:
        self.mode = "ok"
        self.asked: list[dict[str, Any]] = []
        self.stopped = threading.Event()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        google = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def do_CONNECT(self) -> None:
                if google.mode == "refuse_connect":
                    self.send_error(403)
                    return
                self.send_response(200)
                self.end_headers()
                inside = context.wrap_socket(self.connection, server_side=True)
                self.connection = inside
                self.rfile = inside.makefile("rb")
                self.wfile = inside.makefile("wb", buffering=0)
                self.close_connection = False

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                text = google.note(self.path, dict(self.headers), body)
                if google.mode == "hang":
                    google.stopped.wait(HANG_SECONDS)
                    self.close_connection = True
                    return
                status, kind, answer = google.answer(text, speak)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def proxy(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def note(self, path: str, headers: dict[str, str], body: str) -> str:
        asked = json.loads(urllib.parse.parse_qs(body)["f.req"][0])[0][0]
        text, language, slow, _ = json.loads(asked[1])
        self.asked.append(
            {"path": path, "host": headers.get("Host"), "rpc": asked[0], "text": text, "lang": language, "slow": slow}
        )
        return str(text)

    def answer(self, text: str, speak: Callable[[str], bytes]) -> tuple[int, str, bytes]:
        if self.mode == "429":
            return 429, "text/html", b"<html><title>429</title>Too many requests</html>"
        if self.mode == "500":
            return 500, "text/html", b""
        if self.mode == "page":
            return (
                200,
                "text/html",
                b"<html><body>We are sorry, but your computer may be sending automated queries.</body></html>",
            )
        sound = speak(text)
        if self.mode == "short":
            sound = sound[: 144 * 2]
        payload = None if self.mode == "no_audio" else json.dumps([base64.b64encode(sound).decode()])
        chunk = json.dumps(
            [["wrb.fr", "jQ1olc", payload, None, None, None, "generic"], ["di", 12]], separators=(",", ":")
        )
        lines = [")]}'", "", str(len(chunk)), chunk, "25", '[["e",4,null,null,132]]', ""]
        return 200, "application/json; charset=utf-8", "\n".join(lines).encode()

    def stop(self) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()
