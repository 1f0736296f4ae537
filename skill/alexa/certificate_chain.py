"""From a chain's address to the key that may sign Alexa's requests.

The chain is validated by `cryptography`'s own X.509 path building against the roots of certifi; nothing of Amazon's is
pinned, because its chain has changed before
(https://github.com/alexa/alexa-skills-kit-sdk-for-nodejs/issues/745).
"""

from __future__ import annotations

import re
import threading
import warnings
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from skill.alexa.refusal import Reason, Refused

SIGNER = "echo-api.amazon.com"
MAX_CERTIFICATES = 8
MIN_KEY_BITS = 2048
KEPT_CHAINS = 8
# Amazon gives a new certificate a new address. Should it once not, a day is the longest that the old one is asked for.
KEPT_FOR = timedelta(days=1)

_PEM_BLOCK = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)

FetchChain = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class _Good:
    """A chain that was found good, its key, and as long as every certificate of its path to a root holds."""

    chain: Sequence[x509.Certificate]
    key: RSAPublicKey
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class _Kept:
    good: _Good
    read_at: datetime


class SigningKeys:
    """The signing key behind a canonical url, with a small memory of chains.

    A chain is remembered after it was found good, so nobody can push the good one out with rubbish. A request at a moment at
    which all certificates of its path hold need not look for that path again: the signatures in it do not change. At any other
    moment the path is looked for anew.
    """

    def __init__(self, trust_roots: Sequence[x509.Certificate], fetch_chain: FetchChain) -> None:
        self._store = Store(list(trust_roots))
        self._fetch = fetch_chain
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def signing_key(self, url: str, now: datetime) -> RSAPublicKey:
        """The key whose signatures count at `now` (aware). Raises Refused."""
        with self._lock:
            kept = self._kept.get(url)
        if kept is not None and abs(now - kept.read_at) <= KEPT_FOR:
            if kept.good.since <= now <= kept.good.until:
                return kept.good.key
            try:
                return self._found_good(kept.good.chain, now).key
            except Refused:
                pass  # run out since it was read; there may be a new one at the same address
        try:
            chain = _read_chain(self._fetch(url))
        except OSError as error:
            if kept is None:
                raise Refused(Reason.CERTIFICATE_FETCH) from error
            # A storage of Amazon's that is down should not silence a skill whose chain still holds.
            chain = kept.good.chain
        good = self._found_good(chain, now)
        self._keep(url, _Kept(good, now))
        return good.key

    def _keep(self, url: str, kept: _Kept) -> None:
        with self._lock:
            self._kept[url] = kept
            self._kept.move_to_end(url)
            while len(self._kept) > KEPT_CHAINS:
                self._kept.popitem(last=False)

    def _found_good(self, chain: Sequence[x509.Certificate], now: datetime) -> _Good:
        leaf, *rest = chain
        _demand_alexa_signer(leaf)
        verifier = PolicyBuilder().store(self._store).time(now).build_server_verifier(x509.DNSName(SIGNER))
        try:
            path = verifier.verify(leaf, rest)
        except VerificationError as error:
            raise Refused(Reason.CERTIFICATE_CHAIN) from error
        key = leaf.public_key()
        # Amazon signs with RSA only. The path validation looks at the size of the issuers' keys, not at the leaf's.
        if not isinstance(key, RSAPublicKey) or key.key_size < MIN_KEY_BITS:
            raise Refused(Reason.CERTIFICATE_USE)
        since = max(one.not_valid_before_utc for one in path)
        return _Good(chain, key, since, min(one.not_valid_after_utc for one in path))


def _read_chain(pem: bytes) -> Sequence[x509.Certificate]:
    try:
        chain = x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise Refused(Reason.CERTIFICATE_FORMAT) from error
    if not 1 <= len(chain) <= MAX_CERTIFICATES:
        raise Refused(Reason.CERTIFICATE_FORMAT)
    return chain


def _demand_alexa_signer(leaf: x509.Certificate) -> None:
    """What path validation does not ask: the name itself, not a wildcard that covers it (`*.amazon.com` would pass),
    and a key that is meant for signatures.
    """
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension, x509.UnsupportedGeneralNameType, ValueError) as error:
        raise Refused(Reason.CERTIFICATE_USE) from error
    if SIGNER not in names.get_values_for_type(x509.DNSName) or not usage.digital_signature:
        raise Refused(Reason.CERTIFICATE_USE)


def public_roots() -> list[x509.Certificate]:
    """The roots of certifi.

    One by one, as one that cannot be loaded must not take the others along. Six roots of certifi (Starfield's, on which
    Amazon's own root rests, among them) have serial number 0; cryptography warns that a later release will refuse
    those. Until then they count, so the warning must not become an error here.
    """
    blocks = _PEM_BLOCK.findall(Path(certifi.where()).read_bytes())
    roots = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for block in blocks:
            try:
                roots.append(x509.load_pem_x509_certificate(block))
            except ValueError:
                continue
    return roots
