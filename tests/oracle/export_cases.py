"""The forged and the good requests of `tests/web` as JSON, for a verifier in another language: `python -m tests.oracle.export_cases`.

The authorities' keys are RSA here, as the oracle's certificate library reads no elliptic curves; all else is as in `tests/web`.
A process of its own makes them, so that the certificates of `tests/web` stay as they are.
"""

from __future__ import annotations

import base64
import json
import sys
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from skill.alexa.certificate_url import checked_url
from skill.alexa.refusal import Refused
from tests.web import alexa, chains


@cache
def _rsa_key(name: str) -> Any:
    # One case is about an elliptic key, so that one stays.
    return ec.generate_private_key(ec.SECP256R1()) if "elliptic" in name else rsa.generate_private_key(65537, 2048)


def _chain(storage: alexa.Storage, url: str | None) -> str | None:
    """What the storage gives for an address, base64; None when it gives nothing."""
    try:
        wanted = url if url is None or url in storage.chains else checked_url(url)
    except Refused:
        wanted = url
    found = storage.chains.get(str(wanted))
    return base64.b64encode(found).decode() if isinstance(found, bytes) else None


def main() -> None:
    """All cases, with the verdict that our own tests demand."""
    chains.authority_key = _rsa_key
    from tests.web import test_requests_accepted, test_requests_refused

    test_requests_refused.authority_key = _rsa_key
    makers = [(str(case.id), case.values[0], False) for case in test_requests_refused.CASES]
    makers += [(f"good: {name}", maker, True) for name, maker in test_requests_accepted.ACCEPTED.items()]
    cases = []
    for name, maker, good in makers:
        storage = alexa.Storage()
        sent = maker(storage)
        headers = {key: value for key, value in sent.headers.items() if value is not None}
        url = next((value for key, value in headers.items() if key.lower() == "signaturecertchainurl"), None)
        body = base64.b64encode(sent.body).decode()
        cases.append({"name": name, "good": good, "headers": headers, "body": body, "chain": _chain(storage, url)})
    root = chains.root().certificate.public_bytes(Encoding.PEM).decode()
    json.dump(
        {"now": int(chains.NOW.timestamp() * 1000), "root": root, "skill": alexa.SKILL_ID, "cases": cases}, sys.stdout
    )


if __name__ == "__main__":
    main()
