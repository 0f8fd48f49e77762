"""What every record has, and its id."""

import base64
import hashlib

import msgspec


def make_id(prefix: str, *natural_key: str) -> str:
    """A deterministic id: the prefix and 12 base32 characters of the SHA-256 of the key.

    The same natural key gives the same id, so that importing twice changes nothing.
    """
    digest = hashlib.sha256("\x1f".join(natural_key).encode()).digest()
    return f"{prefix}_{base64.b32encode(digest)[:12].decode().lower()}"


class Record(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What every record has."""

    id: str
    note: str = ""
