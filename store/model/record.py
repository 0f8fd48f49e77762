"""The base of all records, and their ids."""

from hashlib import sha256
from struct import Struct

import msgspec

_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for first in _BASE32 for second in _BASE32]
"""Lower-case base32 (RFC 4648) for ten bits at a time, for speed."""
_first_64_bits = Struct(">Q").unpack_from


def make_id(prefix: str, *natural_key: str) -> str:
    """Make an id of the prefix and 12 base32 characters of the SHA-256 of the natural key.

    The same key gives the same id, so that importing twice changes nothing.
    """
    (n,) = _first_64_bits(sha256("\x1f".join(natural_key).encode()).digest())
    pairs = _PAIRS
    return (
        f"{prefix}_{pairs[n >> 54]}{pairs[n >> 44 & 1023]}{pairs[n >> 34 & 1023]}"
        f"{pairs[n >> 24 & 1023]}{pairs[n >> 14 & 1023]}{pairs[n >> 4 & 1023]}"
    )


class Record(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """The base of all records."""

    id: str
    note: str = ""
