"""A local authority for time stamps: its certificates are made here, `openssl ts` stamps."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NO_OPENSSL = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")

_CONFIG = """
[tsa]
default_tsa = local
[local]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
"""


def openssl(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `openssl`."""
    return subprocess.run(
        ["openssl", *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False
    )


class Authority:
    """An authority with its root certificate in the file `ca`; its signer is valid for `days`."""

    def __init__(
        self, folder: Path, name: str = "Local", days: tuple[int, int] = (-1, 365)
    ) -> None:
        folder.mkdir()
        self.ca = folder / "ca.pem"
        self._config = folder / "tsa.cnf"
        self._config.write_text(_CONFIG.format(folder=folder))
        (folder / "serial").write_text("01")
        root, signer = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        root_name, signer_name = (_name(f"{name} {end}") for end in ("Root", "Time"))
        constraints = x509.BasicConstraints(ca=True, path_length=None)
        of_root = _builder(root_name, root_name, root, (-4000, 4000))
        of_root = of_root.add_extension(constraints, critical=True)
        stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        of_signer = _builder(signer_name, root_name, signer, days)
        of_signer = of_signer.add_extension(stamping, critical=True)
        for file, made in ((self.ca, of_root), (folder / "signer.pem", of_signer)):
            signed = made.sign(root, hashes.SHA256())
            file.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        (folder / "signer.key").write_bytes(
            signer.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )

    def answer(self, request: Path, to: Path) -> Path:
        """Answer a request in a new file, and return it."""
        done = openssl("ts", "-reply", "-config", self._config, "-queryfile", request, "-out", to)
        assert done.returncode == 0, done.stderr
        return to


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, days: tuple[int, int]
) -> x509.CertificateBuilder:
    first, last = (datetime.now(UTC) + timedelta(days=at) for at in days)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
    )
