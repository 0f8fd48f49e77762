"""What every record has, and its id."""

from hashlib import sha256

import msgspec

_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_TWO = [first + second for first in _BASE32 for second in _BASE32]
"""What ten bits are in base32 (RFC 4648, in lower case): an import makes millions of ids."""


def make_id(prefix: str, *natural_key: str) -> str:
    """A deterministic id: the prefix and 12 base32 characters of the SHA-256 of the key.

    The same natural key gives the same id, so that importing twice changes nothing.
    """
    n = int.from_bytes(sha256("\x1f".join(natural_key).encode()).digest()[:8], "big")
    return (
        f"{prefix}_{_TWO[n >> 54]}{_TWO[n >> 44 & 1023]}{_TWO[n >> 34 & 1023]}"
        f"{_TWO[n >> 24 & 1023]}{_TWO[n >> 14 & 1023]}{_TWO[n >> 4 & 1023]}"
    )


class Record(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What every record has."""

    id: str
    note: str = ""
