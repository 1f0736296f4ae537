"""Requests that Amazon did not send, or not now: refused over real HTTP, quickly, and never seen by the skill."""

from __future__ import annotations

import base64
import json
import time
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID

from .alexa import GOOD_URL, Maker, Sent, Service, Storage, body_of, envelope, signature, signed, stamp
from .chains import (
    MONTH,
    NOW,
    Wish,
    authority,
    authority_key,
    chain,
    good_chain,
    intermediate,
    leaf,
    make,
    root,
    signer_key,
)

SECONDS_ALLOWED = 2.0


def tampered(old: bytes, new: bytes) -> Maker:
    """Signed, then changed on the way."""

    def maker(storage: Storage) -> Sent:
        sent = signed()
        changed = sent.body.replace(old, new)
        assert changed != sent.body
        return Sent(changed, sent.headers)

    return maker


def header(**more: Any) -> Maker:
    """Signed, with other headers."""
    return lambda storage: signed(**more)


def url(text: str) -> Maker:
    """Signed, with this certificate address. The chain can be had under it: only the address check can refuse."""

    def maker(storage: Storage) -> Sent:
        storage.chains[text] = good_chain()
        return signed(url=text)

    return maker


def found(*certificates: Any) -> Maker:
    """Well signed by the usual key, with this chain behind the address."""
    return lambda storage: signed(url=storage.put(chain(*(c() if callable(c) else c for c in certificates))))


def bytes_found(pem: bytes | OSError) -> Maker:
    """The same with any bytes, or none."""
    return lambda storage: signed(url=storage.put(pem))


def bare(body: bytes) -> Maker:
    """Any body, well signed."""
    return lambda storage: signed(body)


def asked(**request: Any) -> Maker:
    """A well signed envelope with a changed request."""
    return lambda storage: signed(body_of(envelope(request)))


def pss_signed(storage: Storage) -> Sent:
    sent = signed()
    pss = signer_key().sign(sent.body, PSS(MGF1(SHA256()), 32), SHA256())
    return signed(Signature_256=base64.b64encode(pss).decode())


def elliptic_signer(storage: Storage) -> Sent:
    odd = leaf(key=authority_key("an elliptic signer"))
    return signed(url=storage.put(chain(odd, intermediate())))


def short_key(storage: Storage) -> Sent:
    weak = signer_key("short", 1024)
    made = leaf(key=weak)
    sent = signed(url=storage.put(chain(made, intermediate())))
    return Sent(sent.body, sent.headers | {"Signature-256": signature(sent.body, weak)})


def leaf_as_issuer() -> Any:
    return make(
        Wish(name="No authority", key=authority_key("no authority"), issuer=intermediate(), san=("example.org",))
    )


def other_root() -> Any:
    return authority("Another root")


def private_key_pem() -> bytes:
    return signer_key("leaked").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


SIGNATURES: dict[str, tuple[Maker, str]] = {
    "body changed": (tampered(b"VraagIntent", b"VraagInvent"), "signature"),
    "body changed so that the SDK cannot read it": (tampered(b"IntentRequest", b"IntentRequesu"), "signature"),
    "body changed to no JSON": (tampered(b"}", b"]"), "signature"),
    "skill id changed": (tampered(b"amzn1.ask.skill.test", b"amzn1.ask.skill.tesu"), "signature"),
    "line feed added": (lambda storage: Sent(signed().body + b"\n", signed().headers), "signature"),
    "body emptied": (lambda storage: Sent(b"", signed().headers), "signature"),
    "signature of another body": (header(Signature_256=signature(b"{}")), "signature"),
    "another key": (header(Signature_256=signature(signed().body, signer_key("other"))), "signature"),
    "SHA-1 in Signature-256": (header(Signature_256=signature(signed().body, algorithm=SHA1())), "signature"),
    "PSS padding": (pss_signed, "signature"),
    "signature is random base64": (header(Signature_256="c29tZXRoaW5n" * 28), "signature"),
    "signature is no base64": (header(Signature_256="geen handtekening!"), "signature"),
    "signature with a stray letter inside": (
        header(Signature_256=signature(signed().body)[:20] + "*" + signature(signed().body)[20:]),
        "signature",
    ),
    "signature of 10,000 characters": (header(Signature_256="A" * 10_000), "signature"),
    "signature empty": (header(Signature_256=""), "signature-headers-missing"),
    "signature missing": (header(Signature_256=None), "signature-headers-missing"),
    "only the old SHA-1 header": (
        header(Signature_256=None, Signature=signature(signed().body, algorithm=SHA1())),
        "signature-headers-missing",
    ),
    "certificate url missing": (header(SignatureCertChainUrl=None), "signature-headers-missing"),
    "no header at all": (header(SignatureCertChainUrl=None, Signature_256=None), "signature-headers-missing"),
}

NOT_TRUSTED = "certificate-not-trusted"
NOT_FOR_ALEXA = "certificate-not-for-signing-alexa-requests"

CHAINS: dict[str, tuple[Maker, str]] = {
    "leaf expired": (found(lambda: leaf(ends=NOW - timedelta(seconds=1)), intermediate), NOT_TRUSTED),
    "leaf not yet valid": (found(lambda: leaf(begins=NOW + timedelta(seconds=1)), intermediate), NOT_TRUSTED),
    "intermediate expired": (
        found(leaf, lambda: authority("Intermediate of the tests", root(), ends=NOW - MONTH)),
        NOT_TRUSTED,
    ),
    "another name": (found(lambda: leaf(san=("echo-api.example.org",)), intermediate), NOT_FOR_ALEXA),
    "the name as part of another": (
        found(lambda: leaf(san=("echo-api.amazon.com.example.org",)), intermediate),
        NOT_FOR_ALEXA,
    ),
    "a name below it": (found(lambda: leaf(san=("a.echo-api.amazon.com",)), intermediate), NOT_FOR_ALEXA),
    "wildcard name": (found(lambda: leaf(san=("*.amazon.com",)), intermediate), NOT_FOR_ALEXA),
    "name only as common name": (found(lambda: leaf(san=None), intermediate), NOT_FOR_ALEXA),
    "root unknown": (
        found(lambda: leaf(issuer=other_root()), other_root),
        NOT_TRUSTED,
    ),
    "root unknown, whole chain sent along": (
        found(
            lambda: leaf(issuer=authority("Their intermediate", other_root())),
            lambda: authority("Their intermediate", other_root()),
            other_root,
        ),
        NOT_TRUSTED,
    ),
    "our root's name with another key": (
        found(lambda: leaf(issuer=authority("Root of the tests", key=authority_key("impostor")))),
        NOT_TRUSTED,
    ),
    "signed by itself": (found(lambda: leaf(issuer=None)), NOT_TRUSTED),
    "intermediate missing": (found(leaf), NOT_TRUSTED),
    "only the intermediate": (found(intermediate), NOT_FOR_ALEXA),
    "issuer is no authority": (found(lambda: leaf(issuer=leaf_as_issuer()), leaf_as_issuer, intermediate), NOT_TRUSTED),
    "issuer may not sign certificates": (
        found(
            lambda: leaf(issuer=authority("No signing", root(), signs_certificates=False)),
            lambda: authority("No signing", root(), signs_certificates=False),
        ),
        NOT_TRUSTED,
    ),
    "chain longer than an authority allows": (
        found(
            lambda: leaf(issuer=authority("Below", authority("Last", root(), path_length=0))),
            lambda: authority("Below", authority("Last", root(), path_length=0)),
            lambda: authority("Last", root(), path_length=0),
        ),
        NOT_TRUSTED,
    ),
    "order swapped": (found(intermediate, leaf), NOT_FOR_ALEXA),
    "leaf is an authority": (
        found(lambda: leaf(authority=True, signs_certificates=True), intermediate),
        NOT_TRUSTED,
    ),
    "no digitalSignature": (found(lambda: leaf(signs_requests=False), intermediate), NOT_FOR_ALEXA),
    "no key usage": (found(lambda: leaf(signs_requests=None), intermediate), NOT_FOR_ALEXA),
    "for clients only": (found(lambda: leaf(purpose=ExtendedKeyUsageOID.CLIENT_AUTH), intermediate), NOT_TRUSTED),
    "key of 1,024 bits": (short_key, NOT_FOR_ALEXA),
    "key of another kind": (elliptic_signer, NOT_FOR_ALEXA),
    "PEM is garbage": (bytes_found(b"\x00\xff garbage"), "certificate-unreadable"),
    "PEM with garbage inside": (
        bytes_found(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
        "certificate-unreadable",
    ),
    "PEM cut off": (lambda storage: signed(url=storage.put(good_chain()[:300])), "certificate-unreadable"),
    "PEM empty": (bytes_found(b""), "certificate-unreadable"),
    "a web page": (bytes_found(b"<html><body>Not found</body></html>"), "certificate-unreadable"),
    "a private key": (lambda storage: signed(url=storage.put(private_key_pem())), "certificate-unreadable"),
    "DER": (
        lambda storage: signed(url=storage.put(leaf().certificate.public_bytes(Encoding.DER))),
        "certificate-unreadable",
    ),
    "forty certificates": (lambda storage: signed(url=storage.put(good_chain() * 20)), "certificate-unreadable"),
    "nothing at the address": (bytes_found(OSError("HTTP status 404")), "certificate-not-fetched"),
    "storage too slow": (bytes_found(TimeoutError("too slow")), "certificate-not-fetched"),
}

NAME = "echo-api-cert-test.pem"
URLS: dict[str, Maker] = {
    "http": url(f"http://s3.amazonaws.com/echo.api/{NAME}"),
    "no scheme": url(f"s3.amazonaws.com/echo.api/{NAME}"),
    "file": url("file:///echo.api/cert.pem"),
    "another host": url(f"https://example.org/echo.api/{NAME}"),
    "host as part of another": url(f"https://s3.amazonaws.com.example.org/echo.api/{NAME}"),
    "bucket host": url(f"https://echo.s3.amazonaws.com/echo.api/{NAME}"),
    "host with a dot at the end": url(f"https://s3.amazonaws.com./echo.api/{NAME}"),
    "this machine": url(f"https://127.0.0.1/echo.api/{NAME}"),
    "path in other case": url(f"https://s3.amazonaws.com/EcHo.aPi/{NAME}"),
    "path that only looks like it": url(f"https://s3.amazonaws.com/echo.apis/{NAME}"),
    "path behind another bucket": url(f"https://s3.amazonaws.com/bucket/echo.api/{NAME}"),
    "path left by dots": url(f"https://s3.amazonaws.com/echo.api/../bucket/{NAME}"),
    "path left by dots after a double slash": url(f"https://s3.amazonaws.com/echo.api//..//../bucket/{NAME}"),
    "path left by coded dots": url(f"https://s3.amazonaws.com/echo.api/%2e%2e/bucket/{NAME}"),
    "path left by a backslash": url(f"https://s3.amazonaws.com/echo.api/..\\bucket\\{NAME}"),
    "only the folder": url("https://s3.amazonaws.com/echo.api/"),
    "port 563": url(f"https://s3.amazonaws.com:563/echo.api/{NAME}"),
    "port 80": url(f"https://s3.amazonaws.com:80/echo.api/{NAME}"),
    "port empty": url(f"https://s3.amazonaws.com:/echo.api/{NAME}"),
    "port no number": url(f"https://s3.amazonaws.com:https/echo.api/{NAME}"),
    "user part": url(f"https://user:pass@s3.amazonaws.com/echo.api/{NAME}"),
    "host as user part": url(f"https://s3.amazonaws.com@example.org/echo.api/{NAME}"),
    "host in a fragment": url(f"https://example.org/#@s3.amazonaws.com/echo.api/{NAME}"),
    "query": url(f"{GOOD_URL}?versie=2"),
    "tab inside": url(f"https://s3.amazonaws.com/echo.api/\t{NAME}"),
    "blank inside": url(f"https://s3.amazonaws.com/echo.api/ {NAME}"),
    "letter outside ASCII": url("https://s3.amazonaws.com/echo.api/cert\xe9.pem"),
    "two addresses": url(f"{GOOD_URL}, {GOOD_URL}"),
    "very long": url("https://s3.amazonaws.com/echo.api/" + "a" * 5000),
}

TIMES: dict[str, Maker] = {
    "151 seconds old": asked(timestamp=stamp(NOW - timedelta(seconds=151))),
    "151 seconds ahead": asked(timestamp=stamp(NOW + timedelta(seconds=151))),
    "a year old": asked(timestamp=stamp(NOW - 12 * MONTH)),
    "an hour old, as a skill event may be": asked(
        type="AlexaSkillEvent.SkillEnabled", timestamp=stamp(NOW - timedelta(minutes=50))
    ),
    "missing": asked(timestamp=None),
    "a number": asked(timestamp=int(NOW.timestamp() * 1000)),
    "without a zone": asked(timestamp="2026-11-10T12:00:00"),
    "only a date": asked(timestamp="2026-11-10"),
    "as a week date": asked(timestamp="2026-W46-2T12:00:00Z"),
    "the 30th of February": asked(timestamp="2026-02-30T12:00:00Z"),
    "the year 1, in the east": asked(timestamp="0001-01-01T00:00:00+14:00"),
    "no date": asked(timestamp="nu"),
    "a list": asked(timestamp=["2026-11-10T12:00:00Z"]),
    "no request": bare(b'{"version": "1.0"}'),
    "request is text": bare(b'{"version": "1.0", "request": "LaunchRequest"}'),
}

BODIES: dict[str, Maker] = {
    "empty": bare(b""),
    "no JSON": bare(b"vraag=mijn+baby+huilt"),
    "cut off": bare(body_of(envelope())[:-1]),
    "something behind it": bare(body_of(envelope()) + b"{}"),
    "a list": bare(body_of([envelope()])),
    "a text": bare(b'"LaunchRequest"'),
    "null": bare(b"null"),
    "NaN": bare(body_of(envelope()).replace(b'"1.0"', b"NaN")),
    "no UTF-8": bare(body_of(envelope()).replace(b"VraagIntent", b"Vr\xe4gIntent")),
    "UTF-16": bare(json.dumps(envelope()).encode("utf-16")),
    "byte order mark": bare(b"\xef\xbb\xbf" + body_of(envelope())),
    "100,000 brackets": bare(b"[" * 100_000),
    "a number of 5,000 digits": bare(b'{"version": ' + b"9" * 5000 + b"}"),
}

CASES = [
    pytest.param(maker, reason, id=f"{group}: {name}")
    for group, cases in {
        "signature": SIGNATURES,
        "chain": CHAINS,
        "url": {name: (maker, "certificate-url") for name, maker in URLS.items()},
        "timestamp": {name: (maker, "timestamp") for name, maker in TIMES.items()},
        "body": {name: (maker, "json") for name, maker in BODIES.items()},
        "skill": {"another id": (bare(body_of(envelope(skill_id="amzn1.ask.skill.other"))), "other-skill")},
    }.items()
    for name, (maker, reason) in cases.items()
]


@pytest.mark.parametrize(("maker", "reason"), CASES)
def test_refused(service: Service, maker: Maker, reason: str, caplog: pytest.LogCaptureFixture) -> None:
    sent = maker(service.storage)
    seen, asked_before = len(service.spy.events), len(service.storage.asked)
    began = time.monotonic()
    answer = service.send(sent)
    assert time.monotonic() - began < SECONDS_ALLOWED
    assert (answer.status, answer.json) == (400, {"error": reason})
    assert answer.headers["Content-Type"] == "application/json;charset=UTF-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(service.spy.events) == seen + (reason == "other-skill")  # the door itself knows whose skill it is
    if reason in {"certificate-url", "signature-headers-missing"}:
        assert len(service.storage.asked) == asked_before
    assert [record.getMessage() for record in caplog.records if record.name == "skill.alexa.web"] == [
        f"refused with 400: {reason}"
    ]


def test_the_same_request_is_refused_when_it_is_sent_again_later(service: Service) -> None:
    sent = signed()
    assert service.send(sent).status == 200
    try:
        service.clock.moment = NOW + timedelta(seconds=151)
        assert service.send(sent).json == {"error": "timestamp"}
        service.clock.moment = NOW - timedelta(seconds=151)
        assert service.send(sent).json == {"error": "timestamp"}
    finally:
        service.clock.moment = NOW


def test_a_remembered_chain_is_refused_once_it_has_run_out(service: Service) -> None:
    moment = NOW + timedelta(seconds=30)
    where = service.storage.put(chain(leaf(ends=moment), intermediate()))
    assert service.send(signed(url=where)).status == 200
    try:
        service.clock.moment = moment + timedelta(seconds=1)
        assert service.send(signed(url=where)).json == {"error": "certificate-not-trusted"}
    finally:
        service.clock.moment = NOW


def test_enough_cases() -> None:
    assert len(CASES) >= 40
