"""Certificates for a test: a centre's own issuer, servers under it, and those that stand for themselves."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from core.wire.server_key import key_of

HERE = "127.0.0.1"


@dataclass(frozen=True)
class Made:
    """A certificate and its private key, as files."""

    certificate: x509.Certificate
    private: ec.EllipticCurvePrivateKey
    file: Path
    key_file: Path

    @property
    def key(self) -> str:
        return key_of(self.certificate.public_bytes(Encoding.DER))

    @property
    def tls(self) -> ssl.SSLContext:
        """For a server that shows it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, self.key_file)
        return context


def issuer(folder: Path) -> Made:
    return _made(folder, "centre", issued_by=None, is_issuer=True)


def server(
    folder: Path, name: str, *, issued_by: Made | None, of: Made | None = None, host: str = HERE, days: int = 30
) -> Made:
    """For `host`, valid until in `days`; with the key `of` another one, else with a new one; without issuer its own."""
    return _made(folder, name, issued_by=issued_by, private=of and of.private, host=host, days=days)


def _made(
    folder: Path,
    name: str,
    *,
    issued_by: Made | None,
    private: ec.EllipticCurvePrivateKey | None = None,
    is_issuer: bool = False,
    host: str = HERE,
    days: int = 30,
) -> Made:
    private = private or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    until = datetime.now(UTC) + timedelta(days=days)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issued_by.certificate.subject if issued_by else subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(until - timedelta(days=60))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=is_issuer, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
    )
    certificate = builder.sign(issued_by.private if issued_by else private, SHA256())
    file, key_file = folder / f"{name}.pem", folder / f"{name}.key"
    file.write_bytes(certificate.public_bytes(Encoding.PEM))
    key_file.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return Made(certificate, private, file, key_file)
