"""Alexa as a sender: request envelopes, signatures, and plain HTTP to a running service."""

from __future__ import annotations

import base64
import copy
import http.client
import itertools
import json
import select
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256, HashAlgorithm
from flask import Flask

from simulator.service import in_background
from skill.alexa.web import MAX_BODY_BYTES
from skill.alexa.web_server import make_server
from tests.ports import HOST, free_port

from .chains import NOW, good_chain, signer_key

SKILL_ID = "amzn1.ask.skill.test"
# Stands in every body as what the parent said; it may be found in no log.
SECRET = "geheimwoord zevenendertig"
GOOD_URL = "https://s3.amazonaws.com/echo.api/echo-api-cert-test.pem"

_numbers = itertools.count()


def stamp(moment: datetime) -> str:
    """A moment as Alexa writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def envelope(
    request: Mapping[str, Any] | None = None, skill_id: str = SKILL_ID, moment: datetime = NOW
) -> dict[str, Any]:
    """A question's request envelope; `request` changes or, with None as value, removes keys of its request."""
    application = {"applicationId": skill_id}
    user = {"userId": "amzn1.ask.account.test"}
    asked: dict[str, Any] = {
        "type": "IntentRequest",
        "requestId": "amzn1.echo-api.request.test",
        "timestamp": stamp(moment),
        "locale": "nl-NL",
        "intent": {
            "name": "VraagIntent",
            "confirmationStatus": "NONE",
            "slots": {"vraag": {"name": "vraag", "value": SECRET, "confirmationStatus": "NONE"}},
        },
    }
    asked |= request or {}
    return {
        "version": "1.0",
        "session": {"new": True, "sessionId": "amzn1.echo-api.session.test", "application": application, "user": user},
        "context": {
            "System": {"application": application, "user": user, "apiEndpoint": "https://api.eu.amazonalexa.com"}
        },
        "request": {key: value for key, value in asked.items() if value is not None},
    }


def body_of(event: object) -> bytes:
    """An envelope as bytes."""
    return json.dumps(event).encode()


def signature(body: bytes, key: RSAPrivateKey | None = None, algorithm: HashAlgorithm | None = None) -> str:
    """The text of a Signature-256 header."""
    return base64.b64encode((key or signer_key()).sign(body, PKCS1v15(), algorithm or SHA256())).decode()


@dataclass
class Sent:
    """A request. A header with None is left out."""

    body: bytes = field(default_factory=lambda: body_of(envelope()))
    headers: dict[str, str | None] = field(default_factory=dict)
    method: str = "POST"
    path: str = "/alexa"


def signed(body: bytes | None = None, url: str = GOOD_URL, **more: Any) -> Sent:
    """A request as Amazon sends it; `more`: headers by name with _ for -, to change or leave out."""
    body = body_of(envelope()) if body is None else body
    headers: dict[str, str | None] = {
        "Content-Type": "application/json; charset=utf-8",
        "SignatureCertChainUrl": url,
        "Signature-256": signature(body),
    }
    return Sent(body, headers | {name.replace("_", "-"): value for name, value in more.items()})


def unsigned(body: bytes | None = None, **more: Any) -> Sent:
    """A request as a program on this machine sends it to a service without verification."""
    headers: dict[str, str | None] = {"Content-Type": "application/json"}
    return Sent(
        body_of(envelope()) if body is None else body,
        headers | {name.replace("_", "-"): value for name, value in more.items()},
    )


class Storage:
    """Amazon's storage of chains: `fetch` is what a service gets as `fetch_chain`."""

    def __init__(self) -> None:
        self.chains: dict[str, bytes | OSError] = {GOOD_URL: good_chain()}
        self.asked: list[str] = []

    def put(self, chain: bytes | OSError) -> str:
        """The address under which the chain is found from now on."""
        url = f"https://s3.amazonaws.com/echo.api/case-{next(_numbers)}.pem"
        self.chains[url] = chain
        return url

    def fetch(self, url: str) -> bytes:
        self.asked.append(url)
        found = self.chains.get(url, OSError("nothing at this address"))
        if isinstance(found, OSError):
            raise found
        return found


@dataclass
class Clock:
    """The service's clock."""

    moment: datetime = NOW

    def __call__(self) -> datetime:
        return self.moment


class Spy:
    """Around a door: what reached it."""

    def __init__(self, door: Any) -> None:
        self._door = door
        self.content = door.content
        self.events: list[Any] = []

    def answer(self, event: Mapping[str, Any]) -> dict[str, Any]:
        self.events.append(copy.deepcopy(event))
        answered: dict[str, Any] = self._door.answer(event)
        return answered


@dataclass
class Answer:
    """A response, with its JSON if it is some."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Service:
    """A running service and what is around it."""

    port: int
    app: Flask
    spy: Spy
    storage: Storage
    clock: Clock

    def send(self, sent: Sent, connection: http.client.HTTPConnection | None = None) -> Answer:
        """One request over HTTP; on a connection of its own unless one is given."""
        own = connection or http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            own.putrequest(sent.method, sent.path, skip_host="Host" in sent.headers, skip_accept_encoding=True)
            for name, value in ({"Content-Length": str(len(sent.body))} | sent.headers).items():
                if value is not None:
                    own.putheader(name, value.encode("latin-1"))
            own.endheaders(sent.body)
            response = own.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            if connection is None:
                own.close()

    def send_raw(self, *pieces: bytes, pause: float = 0.0) -> bytes:
        """Bytes as they are, with a pause between the pieces; what came back until the service hung up."""
        with socket.create_connection((HOST, self.port), timeout=5) as connection:
            came = b""
            try:
                for piece in pieces:
                    connection.sendall(piece)
                    if select.select([connection], [], [], pause)[0]:
                        break  # answered already
            except OSError:
                pass  # refused while we were sending: the answer tells why
            while data := connection.recv(65536):
                came += data
            return came


@contextmanager
def running(app: Flask, seconds_per_request: float = 10.0) -> Iterator[int]:
    """The app on a real server, for as long as the block lasts; gives the port."""
    server = make_server(app, HOST, free_port(), MAX_BODY_BYTES, seconds_per_request)
    with in_background(server) as port:
        yield port


Maker = Callable[[Storage], Sent]
