"""Certificate chains of our own making: root -> intermediate -> leaf, whole or with one thing wrong.

Keys are made once: elliptic curves for the authorities, as they are quick to make; RSA for the signer, as Amazon's is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
ALEXA = "echo-api.amazon.com"
MONTH = timedelta(days=30)

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@cache
def authority_key(name: str) -> ec.EllipticCurvePrivateKey:
    """One key a name."""
    return ec.generate_private_key(ec.SECP256R1())


@cache
def signer_key(name: str = "signer", bits: int = 2048) -> rsa.RSAPrivateKey:
    """One key a name."""
    return rsa.generate_private_key(65537, bits)


@dataclass(frozen=True)
class Made:
    """A certificate and the key in it."""

    certificate: x509.Certificate
    key: Key

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


@dataclass(frozen=True)
class Wish:
    """What a certificate should be; the defaults make a sound leaf."""

    name: str = ALEXA
    key: Key = field(default_factory=signer_key)
    issuer: Made | None = None  # None: signs itself
    authority: bool = False
    path_length: int | None = None
    san: Sequence[str] | None = (ALEXA,)
    signs_requests: bool | None = True  # None: no KeyUsage at all
    signs_certificates: bool = False
    purpose: x509.ObjectIdentifier | None = ExtendedKeyUsageOID.SERVER_AUTH
    begins: datetime = NOW - MONTH
    ends: datetime = NOW + MONTH


def make(wish: Wish) -> Made:
    """The certificate as wished."""
    public = wish.key.public_key()
    subject = _named(wish.name)
    issuer_name = wish.issuer.certificate.subject if wish.issuer else subject
    issuer_key = wish.issuer.key if wish.issuer else wish.key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer_name)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(wish.begins)
        .not_valid_after(wish.ends)
        .add_extension(x509.BasicConstraints(ca=wish.authority, path_length=wish.path_length), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if wish.san is not None:
        names = x509.SubjectAlternativeName([x509.DNSName(name) for name in wish.san])
        builder = builder.add_extension(names, critical=False)
    if wish.signs_requests is not None:
        builder = builder.add_extension(_usage(wish.signs_requests, wish.signs_certificates), critical=True)
    if wish.purpose is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([wish.purpose]), critical=False)
    return Made(builder.sign(issuer_key, SHA256()), wish.key)


def authority(name: str, issuer: Made | None = None, **more: object) -> Made:
    """A root, or with an issuer an intermediate."""
    wishes: dict[str, object] = {
        "name": name,
        "key": authority_key(name),
        "issuer": issuer,
        "authority": True,
        "san": None,
        "signs_certificates": True,
        "purpose": None,
        "begins": NOW - 10 * MONTH,
        "ends": NOW + 10 * MONTH,
    }
    return make(Wish(**(wishes | more)))  # type: ignore[arg-type]


@cache
def root() -> Made:
    """The only root that the services of the tests trust."""
    return authority("Root of the tests")


@cache
def intermediate() -> Made:
    """Between root and leaf."""
    return authority("Intermediate of the tests", root())


def leaf(**more: object) -> Made:
    """A sound leaf under the intermediate, but for what is named."""
    return make(Wish(**({"issuer": intermediate()} | more)))  # type: ignore[arg-type]


def chain(*certificates: Made) -> bytes:
    """PEM, leaf first."""
    return b"".join(made.pem for made in certificates)


@cache
def good_chain() -> bytes:
    """Leaf and intermediate, as a signer should send them."""
    return chain(leaf(), intermediate())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(signs_requests: bool, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_requests,
        content_commitment=False,
        key_encipherment=True,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
