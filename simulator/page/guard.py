"""Who may speak to the page's server: a browser on this machine, at this address, from this page."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, abort, request

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

# Nothing inline, nothing from elsewhere, nobody around it.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
}


def guard(app: Flask) -> None:
    """Refuse whoever is not this page, and dress every answer with the headers above."""

    @app.before_request
    def only_this_page() -> None:
        if not is_ours(request.remote_addr, request.host, request.environ.get("SERVER_PORT")):
            abort(HTTPStatus.FORBIDDEN)
        if any(name in request.headers for name in FORWARDED):
            abort(HTTPStatus.FORBIDDEN)
        if request.method in {"GET", "HEAD"}:
            return
        # A page of another site may send a simple form here without asking; it cannot leave Origin out or choose it, nor send JSON.
        if request.headers.get("Origin") != f"http://{request.host}":
            abort(HTTPStatus.FORBIDDEN)
        if request.mimetype != "application/json":
            abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)

    @app.after_request
    def dressed(response: Response) -> Response:
        response.headers.update(HEADERS)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def is_ours(peer: str | None, host: str, port: str | None) -> bool:
    """Whether the connection comes from this machine and asks for a loopback name at our own port (against DNS rebinding)."""
    name, _, asked_port = host.rpartition(":")
    return (peer or "").removeprefix("::ffff:") in {"127.0.0.1", "::1"} and name in LOOPBACK and asked_port == port
