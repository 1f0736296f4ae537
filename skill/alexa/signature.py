"""Whether Amazon sent this request: certificate address, chain, signature, JSON, timestamp, in that order.

Cheap and blind first: nothing of a body is parsed before its signature holds, nothing is fetched before the headers are
in shape. Own code on `cryptography`, because the SDK's checker cannot be imported on today's OpenSSL
(https://github.com/wbond/oscrypto/issues/78), fetches without a time limit, and parses before it checks.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from skill.alexa.certificate_chain import SigningKeys
from skill.alexa.certificate_url import checked_url
from skill.alexa.refusal import Reason, Refused
from skill.alexa.timestamp import demand_recent

URL_HEADER = "SignatureCertChainUrl"
# Not `Signature`: that older header is made with SHA-1, which can be forged.
SIGNATURE_HEADER = "Signature-256"
# Base64 of an RSA signature with a key of 8,192 bits is 1,368 characters.
MAX_SIGNATURE_TEXT = 2048


class RequestCheck:
    """Callable with the two headers and the raw body; returns when Amazon sent it, otherwise raises Refused."""

    def __init__(self, keys: SigningKeys, now: Callable[[], datetime]) -> None:
        self._keys = keys
        self._now = now

    def __call__(self, url: str | None, signature: str | None, body: bytes) -> None:
        if not url or not signature:
            raise Refused(Reason.HEADERS_MISSING)
        signature_bytes = _from_base64(signature)
        now = self._now()
        key = self._keys.signing_key(checked_url(url), now)
        try:
            key.verify(signature_bytes, body, PKCS1v15(), SHA256())
        except InvalidSignature as error:
            raise Refused(Reason.SIGNATURE) from error
        demand_recent(read_event(body), now)


def read_event(body: bytes) -> dict[str, Any]:
    """The request envelope in a raw body: UTF-8, strict JSON, an object. Raises Refused."""
    try:
        event = json.loads(body.decode("utf-8"), parse_constant=_no_such_number)
    except (ValueError, RecursionError) as error:  # RecursionError: a body of nothing but brackets
        raise Refused(Reason.JSON) from error
    if not isinstance(event, dict):
        raise Refused(Reason.JSON)
    return event


def _no_such_number(_name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON")


def _from_base64(text: str) -> bytes:
    if len(text) > MAX_SIGNATURE_TEXT:
        raise Refused(Reason.SIGNATURE)
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error) as error:
        raise Refused(Reason.SIGNATURE) from error
