"""A local certificate authority, for installations that are reached without a proxy.

Made once at first start. People install its certificate (handed out at /api/install/ca.pem) on
their devices; the server's own certificate is renewed at start when it runs out.
"""

import contextlib
import ipaddress
import os
import socket
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from courtyard.core.clock import now
from courtyard.core.settings import Settings

AUTHORITY_DAYS = 3650
SERVER_DAYS = 397  # what browsers accept at most
RENEW_DAYS = 30


def ensure(settings: Settings) -> None:
    """Makes authority and server certificate where they are missing or run out."""
    folder = settings.certificate.parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    authority_path, key_path = folder / "ca.pem", folder / "ca.key"
    if not authority_path.exists():
        _make_authority(authority_path, key_path)
    authority = x509.load_pem_x509_certificate(authority_path.read_bytes())
    if not _still_good(settings.certificate):
        signer = serialization.load_pem_private_key(key_path.read_bytes(), None)
        assert isinstance(signer, ec.EllipticCurvePrivateKey)
        _make_server(settings, authority, signer)


def _still_good(path: Path) -> bool:
    if not path.exists():
        return False
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    return certificate.not_valid_after_utc - now() > timedelta(days=RENEW_DAYS)


def _make_authority(path: Path, key_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Courtyard local authority")
    certificate = (
        _builder(name, name, key.public_key(), AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write(key_path, _pem(key))
    _write(path, certificate.public_bytes(serialization.Encoding.PEM))


def _make_server(
    settings: Settings, authority: x509.Certificate, signer: ec.EllipticCurvePrivateKey
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName(_names(settings.host))
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    certificate = (
        _builder(_name("Courtyard"), authority.subject, key.public_key(), SERVER_DAYS)
        .add_extension(names, critical=False)
        .add_extension(usage, critical=False)
        .sign(signer, hashes.SHA256())
    )
    chain = certificate.public_bytes(serialization.Encoding.PEM)
    chain += authority.public_bytes(serialization.Encoding.PEM)
    _write(settings.certificate_key, _pem(key))
    _write(settings.certificate, chain)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(hours=1))
        .not_valid_after(now() + timedelta(days=days))
    )


def _names(host: str) -> list[x509.GeneralName]:
    """The names and addresses by which the server is reached: its own, and every local one."""
    names: set[str] = {"localhost", "127.0.0.1", socket.gethostname()}
    if host not in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        names.add(host)
    # A machine that does not know its own name is still reached by the others.
    with contextlib.suppress(OSError):
        names |= {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None)}
    return [_general(name) for name in sorted(names)]


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
