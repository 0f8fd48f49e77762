"""Time stamps (RFC 3161) of the log of a case: the request, and the check of an answer offline."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from store.custody.anchor import Anchored, TypedHash, find, head
from store.custody.server_cases import send_seal
from store.database.seals import (
    MAX_SEAL,
    keep_seal,
    kept_seals,
    seal_name,
)
from store.errors import (
    ConflictError,
    LostHistory,
    MissingCase,
    UnfitMachine,
    UnreadableCase,
    UntrustedSeal,
)
from store.model.log_line import Line, sealed_text

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

_SHA256 = "2.16.840.1.101.3.4.2.1"
_GRANTED = 0
_MOST_CERTIFICATES = 8
_ANOTHER = "ask the authority for another answer to the same request"


class Seal(NamedTuple):
    """A time stamp that was read, and the entry that it is of.

    `by` is the name in the certificate of the authority, `when` the time by its clock.
    """

    file: Path
    by: str
    when: datetime
    anchored: Anchored


@contextmanager
def _needs_seal() -> Iterator[None]:
    """Import libraries of the extra within the context. Raises `UnfitMachine` without it."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise UnfitMachine(
            f"time stamps need the extra [seal] ({error.name} is not installed)",
            "install it with: pipx install '.[seal]'",
        ) from error


def request(path: Path) -> tuple[Line, bytes]:
    """The last entry of the log of a case, and a request for a time stamp of its hash.

    Raises what `head` does, and `UnfitMachine`.
    """
    with _needs_seal():
        from rfc3161_client import HashAlgorithm, TimestampRequestBuilder
    line = head(path)
    built = TimestampRequestBuilder(
        data=sealed_text(line), hash_algorithm=HashAlgorithm.SHA256, nonce=True, cert_req=True
    ).build()
    return line, built.as_bytes()


def keep_answer(path: Path, answer: Path) -> Seal:
    """Keep the answer of an authority with a case, if it is of an entry of the log.

    Its signature is not checked. Raises what `check_seal` does, and `UnreachableServer`.
    """
    content = _read_named(answer)
    seal = _read(path, answer, content)[0]
    entry = seal.anchored.entry
    name = seal_name(entry.sequence, entry.hash, content)
    send_seal(path, name, content)
    return seal._replace(file=keep_seal(path, name, content))


def check_seal(path: Path, answer: Path, authorities: Path) -> Seal:
    """Check an answer: its signature, certificates and time, and the hash that it stamps.

    `authorities` is a file of certificates that are trusted. Raises `UntrustedSeal`,
    `LostHistory` where the stamped hash is not in the log, `UnreadableCase` and `UnfitMachine`.
    """
    trusted = _certificates(authorities)
    seal, response = _read(path, answer, _read_named(answer))
    _check_signature(answer, response, authorities, trusted)
    return seal


def _read_named(file: Path) -> bytes:
    """The first bytes of a file that a user names. Raises `MissingCase`, `UnreadableCase`."""
    try:
        # a FIFO or a device could keep it waiting, or never end
        if file.exists() and not file.is_file():
            raise UnreadableCase(f"{file}: is not a file", "name a file")
        with file.open("rb") as stream:
            return stream.read(MAX_SEAL + 1)
    except FileNotFoundError as error:
        raise MissingCase(f"{file}: there is no such file", "check its name") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UnreadableCase(f"{file}: cannot be read ({why})", "check its name") from error


def _read(path: Path, answer: Path, content: bytes) -> tuple[Seal, "TimeStampResponse"]:
    """Read an answer and find its entry in the log of the case."""
    response = _decoded(answer, content)
    stamp = response.tst_info
    imprint = stamp.message_imprint
    if imprint.hash_algorithm.dotted_string != _SHA256:
        raise UntrustedSeal(
            f"{answer}: stamps a hash that is not a SHA-256", "ask with the request of seal --into"
        )
    try:
        anchored = find(path, TypedHash(None, imprint.message.hex()))
    except LostHistory as error:
        raise LostHistory(
            f"{answer}: a time stamp of {stamp.gen_time:%Y-%m-%d %H:%M:%S} UTC; {error.message}",
            error.hint,
        ) from error
    signer = _signer(response)
    by = signer.subject.rfc4514_string() if signer else "an authority without its certificate"
    return Seal(answer, by, stamp.gen_time, anchored), response


def _decoded(answer: Path, content: bytes) -> "TimeStampResponse":
    """Read an answer that grants a time stamp. Raises `UntrustedSeal`."""
    with _needs_seal():
        from rfc3161_client import decode_timestamp_response
    if len(content) > MAX_SEAL:
        raise UntrustedSeal(f"{answer}: is too large for a time stamp", "name the answer (.tsr)")
    try:
        response = decode_timestamp_response(content)
        if response.status == _GRANTED:
            # reading them shows if they are there
            _ = response.tst_info.message_imprint, response.signed_data.signer_infos
            return response
    except ValueError as error:
        raise UntrustedSeal(
            f"{answer}: cannot be read as an answer of RFC 3161 ({error})", _ANOTHER
        ) from error
    why = ", ".join(response.status_string) or f"status {response.status}"
    raise UntrustedSeal(f"{answer}: the authority granted no time stamp ({why})", _ANOTHER)


def _signer(response: "TimeStampResponse") -> "Certificate | None":
    """The certificate of the key that signed an answer; None where the answer lacks it."""
    signers = [(one.issuer, one.serial_number) for one in response.signed_data.signer_infos]
    held = _embedded(response)
    return next((one for one in held if (one.issuer, one.serial_number) in signers), None)


def _embedded(response: "TimeStampResponse") -> "list[Certificate]":
    """The certificates in an answer."""
    from cryptography.x509 import load_der_x509_certificate

    found = []
    for one in response.signed_data.certificates:
        with suppress(ValueError):
            found.append(load_der_x509_certificate(one))
    return found


def _certificates(file: Path) -> "Sequence[Certificate]":
    """The certificates of a PEM file. Raises `UntrustedSeal` where it has none."""
    with _needs_seal():
        from cryptography.x509 import load_pem_x509_certificates
    try:
        return load_pem_x509_certificates(_read_named(file))
    except ValueError as error:
        raise UntrustedSeal(
            f"{file}: has no certificate in PEM form", "take the one that the authority publishes"
        ) from error


def _check_signature(
    answer: Path,
    response: "TimeStampResponse",
    authorities: Path,
    trusted: "Sequence[Certificate]",
) -> None:
    """Check the signature, the certificates at the stamped time, and what they are for."""
    from rfc3161_client import VerificationError, VerifierBuilder

    verifier = VerifierBuilder(roots=list(dict.fromkeys(trusted))).build()
    try:
        verifier.verify(response, response.tst_info.message_imprint.message)
    except (VerificationError, ValueError) as error:
        raise UntrustedSeal(
            f"{answer}: {_why_untrusted(response, authorities, trusted, str(error))}",
            "it proves nothing about the time",
        ) from error


def _why_untrusted(
    response: "TimeStampResponse", authorities: Path, trusted: "Sequence[Certificate]", why: str
) -> str:
    """The reason, in words, for which an answer could not be verified."""
    signer = _signer(response)
    if signer is None:
        return "lacks the certificate of its authority"
    at = response.tst_info.gen_time
    name = signer.subject.rfc4514_string()
    vouched, issuer = False, signer.issuer
    above: Certificate | None = signer
    for _ in range(_MOST_CERTIFICATES):
        if above is None or vouched:
            break
        if not above.not_valid_before_utc <= at <= above.not_valid_after_utc:
            return (
                f"the certificate of {above.subject.rfc4514_string()} was valid from"
                f" {above.not_valid_before_utc:%Y-%m-%d} to {above.not_valid_after_utc:%Y-%m-%d},"
                f" and not at the time of the stamp, {at:%Y-%m-%d}"
            )
        vouched = above in trusted
        issuer = above.issuer
        above = next(
            (one for one in (*trusted, *_embedded(response)) if one.subject == issuer), None
        )
    if not vouched:
        return (
            f"is by {name}, for whom {issuer.rfc4514_string()} vouches, and that is not in"
            f" {authorities}"
        )
    if "EKU" in why:
        return f"the certificate of {name} is not for time stamps"
    return "its signature does not hold: it was forged or altered"


def check_kept(path: Path, authorities: Path) -> Iterator[Seal | ConflictError]:
    """Check every kept seal of a case: each, or the error that says why it proves nothing."""
    for one in kept_seals(path):
        try:
            yield check_seal(path, one.file, authorities)
        except (UntrustedSeal, LostHistory, UnreadableCase) as error:
            yield error
