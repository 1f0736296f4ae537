"""Requests as Amazon may send them: answered, and as the door answers them."""

from __future__ import annotations

import http.client
from datetime import timedelta
from typing import Any

import pytest

from .alexa import GOOD_URL, HOST, Maker, Sent, Service, Storage, body_of, envelope, signature, signed, stamp
from .chains import NOW, authority, chain, good_chain, intermediate, leaf, root, signer_key


def url(text: str) -> Maker:
    return lambda storage: signed(url=text)


def found(*certificates: Any) -> Maker:
    return lambda storage: signed(url=storage.put(chain(*(c() if callable(c) else c for c in certificates))))


def asked(**request: Any) -> Maker:
    return lambda storage: signed(body_of(envelope(request)))


def headers_in(change: Any) -> Maker:
    def maker(storage: Storage) -> Sent:
        sent = signed()
        return Sent(sent.body, {change(name): value for name, value in sent.headers.items()})

    return maker


def longer_key(storage: Storage) -> Sent:
    key = signer_key("long", 3072)
    sent = signed(url=storage.put(chain(leaf(key=key), intermediate())))
    return Sent(sent.body, sent.headers | {"Signature-256": signature(sent.body, key)})


def two_intermediates(storage: Storage) -> Sent:
    upper = authority("Upper intermediate", root())
    lower = authority("Lower intermediate", upper)
    return signed(url=storage.put(chain(leaf(issuer=lower), lower, upper)))


ACCEPTED: dict[str, Maker] = {
    "as usual": lambda storage: signed(),
    "chain with root": found(leaf, intermediate, root),
    "chain with something else at its end": found(leaf, intermediate, lambda: authority("Another root")),
    "two intermediates": two_intermediates,
    "leaf without extended key usage": found(lambda: leaf(purpose=None), intermediate),
    "leaf with two names": found(lambda: leaf(san=("example.amazon.com", "echo-api.amazon.com")), intermediate),
    "key of 3,072 bits": longer_key,
    "text around the PEM": lambda storage: signed(url=storage.put(b"subject=CN = leaf\n" + good_chain())),
    "header names in lower case": headers_in(str.lower),
    "header names in upper case": headers_in(str.upper),
    "url with port 443": url(GOOD_URL.replace(".com/", ".com:443/")),
    "url in other case": url(GOOD_URL.replace("https://s3.amazonaws.com", "HTTPS://S3.AmazonAWS.com")),
    "url with dots": url(GOOD_URL.replace("/echo.api/", "/echo.api/../echo.api/")),
    "url with double slash": url(GOOD_URL.replace("/echo.api/", "//echo.api//")),
    "url with fragment": url(GOOD_URL + "#deel"),
    "145 seconds old": asked(timestamp=stamp(NOW - timedelta(seconds=145))),
    "150 seconds old": asked(timestamp=stamp(NOW - timedelta(seconds=150))),
    "150 seconds ahead": asked(timestamp=stamp(NOW + timedelta(seconds=150))),
    "time with fraction": asked(timestamp="2026-11-10T12:00:00.123Z"),
    "time in another zone": asked(timestamp="2026-11-10T13:00:00+01:00"),
    "content type without charset": lambda storage: signed(Content_Type="application/json"),
    "content type in other case": lambda storage: signed(Content_Type="Application/JSON;charset=UTF-8"),
    "emoji and other letters": asked(
        intent={"name": "VraagIntent", "slots": {"vraag": {"name": "vraag", "value": "🍼 é"}}}
    ),
    "request type that the SDK does not know": asked(type="Alexa.Nieuw.Verzoek"),
    "enum value that the SDK does not know": asked(dialogState="HALVERWEGE"),
    "unknown fields": asked(nieuw={"diep": [1, 2, {"dieper": None}]}),
    "body of 200 kB": asked(nieuw="x" * 200_000),
}


@pytest.mark.parametrize("maker", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_accepted(service: Service, maker: Maker) -> None:
    sent = maker(service.storage)
    seen = len(service.spy.events)
    answer = service.send(sent)
    assert answer.status == 200, answer.body
    assert answer.json["version"] == "1.0"
    assert answer.headers["Content-Type"] == "application/json;charset=UTF-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Server" not in answer.headers
    assert len(service.spy.events) == seen + 1


def test_a_chain_is_fetched_once(service: Service) -> None:
    where = service.storage.put(good_chain())
    for spelling in (where, where.replace("https", "HTTPS"), where + "#deel"):
        assert service.send(signed(url=spelling)).status == 200
    assert service.storage.asked.count(where) == 1


def test_refusals_do_not_harm_the_next_request_on_the_same_connection(service: Service) -> None:
    connection = http.client.HTTPConnection(HOST, service.port, timeout=5)
    statuses = [
        service.send(sent, connection).status
        for sent in (signed(), signed(Signature_256="AAAA"), signed(), Sent(method="GET"), signed())
    ]
    connection.close()
    assert statuses == [200, 400, 200, 405, 200]


def test_body_in_chunks(service: Service) -> None:
    sent = signed()
    middle = len(sent.body) // 2
    connection = http.client.HTTPConnection(HOST, service.port, timeout=5)
    headers = {name: value for name, value in sent.headers.items() if value is not None}
    connection.request("POST", "/alexa", iter([sent.body[:middle], sent.body[middle:]]), headers, encode_chunked=True)
    assert connection.getresponse().status == 200
    connection.close()


@pytest.mark.parametrize(
    "request_part",
    [
        {},
        {"type": "LaunchRequest", "intent": None},
        {"type": "Iets.Nieuws"},
        {"dialogState": "HALVERWEGE"},
        {"intent": 7},
    ],
    ids=["question", "launch", "unknown type", "unknown enum value", "intent of a wrong type"],
)
def test_both_doors_answer_the_same(service: Service, request_part: dict[str, Any]) -> None:
    event = envelope(request_part)
    over_http = service.send(signed(body_of(event))).json
    straight = service.spy.answer(event)
    for answer in (over_http, straight):
        answer.get("sessionAttributes", {}).get("turn", {}).pop("ms", None)
    assert over_http == straight


def test_the_door_gets_the_json_as_it_was_sent(service: Service) -> None:
    event = envelope({"nieuw": {"waarde": 1.5, "leeg": None}, "dialogState": "HALVERWEGE"})
    service.send(signed(body_of(event)))
    assert service.spy.events[-1] == event


def test_health(service: Service) -> None:
    answer = service.send(Sent(b"", method="GET", path="/health"))
    assert answer.status == 200
    assert answer.json["status"] == "ok"
    assert set(answer.json["content"]) == {"version", "hash"}
    assert answer.headers["Cache-Control"] == "no-store"
