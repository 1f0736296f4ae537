"""Chains and their memory, the public roots, a real chain of Amazon's, and fetching with limits."""

from __future__ import annotations

import http.client
import ssl
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from skill.alexa.certificate_chain import KEPT_CHAINS, KEPT_FOR, SigningKeys, public_roots
from skill.alexa.certificate_fetch import FETCHES_AT_ONCE, ChainFetcher
from skill.alexa.certificate_url import checked_url
from skill.alexa.refusal import Reason, Refused
from tests.ports import HOST, free_port

from .alexa import GOOD_URL, Storage
from .chains import MONTH, NOW, Made, authority, chain, good_chain, intermediate, leaf, root, signer_key

AMAZON_2023 = Path(__file__).with_name("amazon_chain_2023.pem")
LIMIT = 0.4


@cache
def now_root() -> Made:
    """For TLS, whose clock is the true one."""
    moment = datetime.now(UTC)
    return authority("Root of the present", begins=moment - MONTH, ends=moment + MONTH)


def keys(storage: Storage) -> SigningKeys:
    return SigningKeys([root().certificate], storage.fetch)


def test_all_spellings_become_one() -> None:
    for spelling in (
        "HTTPS://S3.AMAZONAWS.COM:443/x/..//echo.api/./a/../c.pem#x",
        "https://s3.amazonaws.com/echo.api/c.pem",
    ):
        assert checked_url(spelling) == "https://s3.amazonaws.com/echo.api/c.pem"


def test_memory_is_bounded() -> None:
    storage = Storage()
    known = keys(storage)
    for number in range(5 * KEPT_CHAINS):
        url = f"{GOOD_URL}-{number}"
        storage.chains[url] = good_chain()
        known.signing_key(url, NOW)
    assert len(known._kept) == KEPT_CHAINS


def test_bad_chains_are_not_remembered() -> None:
    storage = Storage()
    known = keys(storage)
    known.signing_key(GOOD_URL, NOW)
    for _ in range(3 * KEPT_CHAINS):
        with pytest.raises(Refused):
            known.signing_key(storage.put(chain(leaf())), NOW)
    known.signing_key(GOOD_URL, NOW)
    assert storage.asked.count(GOOD_URL) == 1


def test_a_chain_renewed_at_the_same_address_is_found() -> None:
    storage = Storage()
    known = keys(storage)
    first_end = NOW + timedelta(hours=1)
    storage.chains[GOOD_URL] = chain(leaf(ends=first_end), intermediate())
    known.signing_key(GOOD_URL, NOW)
    renewed = signer_key("renewed")
    storage.chains[GOOD_URL] = chain(leaf(key=renewed), intermediate())
    assert (
        known.signing_key(GOOD_URL, first_end + timedelta(hours=1)).public_numbers()
        == renewed.public_key().public_numbers()
    )


@pytest.mark.parametrize("moment", [timedelta(hours=2), -2 * MONTH], ids=["its issuer ran out", "before it began"])
def test_what_is_remembered_counts_only_while_the_whole_path_holds(moment: timedelta) -> None:
    storage = Storage()
    known = keys(storage)
    issuer = authority("Intermediate of an hour", root(), ends=NOW + timedelta(hours=1))
    storage.chains[GOOD_URL] = chain(leaf(issuer=issuer), issuer)
    known.signing_key(GOOD_URL, NOW)
    known.signing_key(GOOD_URL, NOW + timedelta(minutes=50))
    with pytest.raises(Refused) as refused:
        known.signing_key(GOOD_URL, NOW + moment)
    assert refused.value.reason == Reason.CERTIFICATE_CHAIN


def test_after_a_day_the_chain_is_asked_again_and_kept_when_the_storage_is_down() -> None:
    storage = Storage()
    known = keys(storage)
    known.signing_key(GOOD_URL, NOW)
    later = NOW + KEPT_FOR + timedelta(seconds=1)
    storage.chains[GOOD_URL] = OSError("down")
    known.signing_key(GOOD_URL, later)
    assert storage.asked.count(GOOD_URL) == 2
    with pytest.raises(Refused) as refused:
        known.signing_key(GOOD_URL, later + 2 * MONTH)
    assert refused.value.reason == Reason.CERTIFICATE_CHAIN


def test_many_at_once() -> None:
    storage = Storage()
    known = keys(storage)
    failed: list[BaseException] = []

    def ask() -> None:
        try:
            for number in range(40):
                url = f"{GOOD_URL}-{number % 12}"
                storage.chains[url] = good_chain()
                known.signing_key(url, NOW)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(known._kept) <= KEPT_CHAINS


def test_public_roots_hold_amazon_s_own() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        roots = public_roots()
    names = " ".join(root.subject.rfc4514_string() for root in roots)
    assert "CN=Amazon Root CA 1" in names
    assert len(roots) > 50


def test_a_root_that_cannot_be_loaded_does_not_take_the_others_along(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bundle = tmp_path / "roots.pem"
    broken = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    bundle.write_bytes(b"# a comment\n" + root().pem + broken + intermediate().pem)
    monkeypatch.setattr("certifi.where", lambda: str(bundle))
    assert public_roots() == [root().certificate, intermediate().certificate]


def test_a_service_without_roots_does_not_start() -> None:
    with pytest.raises(ValueError, match="empty"):
        SigningKeys([], Storage().fetch)


@pytest.mark.parametrize(
    ("moment", "good"),
    [(datetime(2023, 6, 1, tzinfo=UTC), True), (datetime(2023, 3, 1, tzinfo=UTC), False), (NOW, False)],
)
def test_a_real_chain_of_amazon_s(moment: datetime, good: bool) -> None:
    """As Amazon signed with it from March to December 2023; against the public roots."""
    known = SigningKeys(public_roots(), lambda url: AMAZON_2023.read_bytes())
    if good:
        assert known.signing_key(GOOD_URL, moment).key_size == 2048
        return
    with pytest.raises(Refused) as refused:
        known.signing_key(GOOD_URL, moment)
    assert refused.value.reason == Reason.CERTIFICATE_CHAIN


Behaviour = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def storage_that(
    behave: Behaviour, here: ssl.SSLContext | None = None, there: ssl.SSLContext | None = None
) -> Iterator[ChainFetcher]:
    """A fetcher whose connection goes to a server that behaves so; with TLS when both ends have a context."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            behave(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer((HOST, free_port()), Handler)
    server.daemon_threads = True
    if here is not None:
        server.socket = here.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    port = server.server_address[1]

    def connect(netloc: str, seconds: float) -> http.client.HTTPConnection:
        if there is not None:
            return http.client.HTTPSConnection("localhost", port, timeout=seconds, context=there)
        return http.client.HTTPConnection(HOST, port, timeout=seconds)

    try:
        yield ChainFetcher(connect, LIMIT, 10_000)
    finally:
        server.shutdown()
        server.server_close()


def send(status: int, body: bytes, **headers: str) -> Behaviour:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def drip(before: bytes) -> Behaviour:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(before)
        for _ in range(40):
            try:
                handler.wfile.write(b"x")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    return behave


def no_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"hallo\r\n\r\n")


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(2 * LIMIT)


FETCH_FAULTS: dict[str, Behaviour] = {
    "not found": send(404, b"no"),
    "forbidden": send(403, b"no"),
    "moved elsewhere": send(302, b"", Location="http://127.0.0.1:9/"),
    "too large": send(200, b"x" * 10_001),
    "cut off": send(200, b"x" * 100, Content_Length="100", **{"Transfer-Encoding": "chunked"}),
    "no HTTP": no_http,
    "silent": silent,
    "a body that drips": drip(b"HTTP/1.0 200 OK\r\nContent-Length: 1000\r\n\r\n"),
    "headers that drip": drip(b"HTTP/1.0 200 OK\r\nX: "),
}


@pytest.mark.parametrize("behave", FETCH_FAULTS.values(), ids=FETCH_FAULTS.keys())
def test_fetching_fails_in_time_and_as_an_oserror(behave: Behaviour) -> None:
    with storage_that(behave) as fetch:
        began = time.monotonic()
        with pytest.raises(OSError):
            fetch(GOOD_URL)
        assert time.monotonic() - began < LIMIT + 1.0


@pytest.mark.parametrize("name", ["a body that drips", "headers that drip", "silent", "whole"])
def test_the_time_limit_holds_inside_tls(name: str, tmp_path: Path) -> None:
    pem = tmp_path / "server.pem"
    server = leaf(
        san=("localhost",), begins=datetime.now(UTC) - MONTH, ends=datetime.now(UTC) + MONTH, issuer=now_root()
    )
    secret = signer_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pem.write_bytes(server.pem + secret)
    here = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    here.load_cert_chain(pem)
    there = ssl.create_default_context(cadata=now_root().pem.decode())
    with storage_that(FETCH_FAULTS.get(name, send(200, b"x" * 5000)), here, there) as fetch:
        began = time.monotonic()
        if name == "whole":
            assert fetch(GOOD_URL) == b"x" * 5000
        else:
            with pytest.raises(OSError):
                fetch(GOOD_URL)
        assert time.monotonic() - began < LIMIT + 1.0


def test_fetching_what_is_there() -> None:
    asked: list[str] = []

    def behave(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        send(200, good_chain())(handler)

    with storage_that(behave) as fetch:
        assert fetch(GOOD_URL) == good_chain()
    assert asked == ["/echo.api/echo-api-cert-test.pem"]


def test_nobody_there() -> None:
    fetch = ChainFetcher(lambda netloc, seconds: http.client.HTTPConnection(HOST, free_port(), timeout=seconds), LIMIT)
    with pytest.raises(OSError, match="refused"):
        fetch(GOOD_URL)


def test_only_a_few_fetches_at_once() -> None:
    at_once: list[int] = []
    lock, under_way = threading.Lock(), [0]

    def behave(handler: BaseHTTPRequestHandler) -> None:
        with lock:
            under_way[0] += 1
            at_once.append(under_way[0])
        time.sleep(LIMIT / 4)
        with lock:
            under_way[0] -= 1
        send(200, b"x")(handler)

    with storage_that(behave) as fetch:
        threads = [threading.Thread(target=_try, args=(fetch,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert max(at_once) <= FETCHES_AT_ONCE


def _try(fetch: ChainFetcher) -> None:
    with suppress(OSError):
        fetch(GOOD_URL)


def test_the_true_connection_checks_whom_it_talks_to(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, ssl.SSLContext]] = []

    class Connection:
        def __init__(self, netloc: str, timeout: float, context: ssl.SSLContext) -> None:
            made.append((netloc, context))
            raise OSError("far enough")

    monkeypatch.setattr("http.client.HTTPSConnection", Connection)
    with pytest.raises(OSError):
        ChainFetcher()(checked_url(GOOD_URL))
    [(netloc, context)] = made
    assert netloc == "s3.amazonaws.com"
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_certificates_of_the_tests_are_what_they_say() -> None:
    """The refusals would prove nothing if the sound chain were not sound."""
    assert x509.load_pem_x509_certificates(good_chain())[0].subject == leaf().certificate.subject
    keys(Storage()).signing_key(GOOD_URL, NOW)
