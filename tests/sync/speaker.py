"""Peers on loopback that speak bytes as told, whether they are HTTP or TLS or neither."""

import contextlib
import ipaddress
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LONG_AGO, NOT_LONG_AGO = datetime(2019, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)
FAR_OFF, VERY_FAR_OFF = datetime(2095, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)


@contextmanager
def speaking(said: bytes, *, break_off: bool = False) -> Iterator[str]:
    """Lend the address of a peer that reads a request, says these bytes and closes, or breaks the line off."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_speak, args=(server, said, break_off))
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}"
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def _speak(server: socket.socket, said: bytes, break_off: bool) -> None:
    with contextlib.suppress(OSError):
        while True:
            line, _ = server.accept()
            with line, contextlib.suppress(OSError):
                line.recv(65536)
                line.sendall(said)
                if break_off:
                    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@contextmanager
def silent() -> Iterator[str]:
    """Lend the address of a peer that lets itself be connected to and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


def nobody() -> str:
    """Return an address of this machine where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"127.0.0.1:{server.getsockname()[1]}"


@dataclass(frozen=True)
class Authority:
    """A certificate authority of the test's own."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def make(cls) -> "Authority":
        key, name = ec.generate_private_key(ec.SECP256R1()), _name("Test authority")
        builder = _builder(name, name, key.public_key(), (LONG_AGO, VERY_FAR_OFF))
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        return cls(key, builder.add_extension(identifier, critical=False).sign(key, hashes.SHA256()))

    def trust(self) -> ssl.SSLContext:
        text = self.certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")
        return ssl.create_default_context(cadata=text)

    def server(
        self,
        folder: Path,
        *,
        begins: datetime = LONG_AGO,
        ends: datetime = VERY_FAR_OFF,
        address: str = "127.0.0.1",
    ) -> ssl.SSLContext:
        """Return what a server needs that has a certificate of this authority."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(_name("Centre"), self.certificate.subject, key.public_key(), (begins, ends))
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(names, critical=False).add_extension(issuer, critical=False)
        path = folder / "centre.pem"
        path.write_bytes(_private(key) + _public(builder.sign(self.key, hashes.SHA256())))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    lifetime: tuple[datetime, datetime],
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(lifetime[0])
        .not_valid_after(lifetime[1])
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _public(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
