"""The originals of articles in a packed case: each under its SHA-256 in `originals/`."""

import hashlib
import re
import zipfile
from collections.abc import Set
from pathlib import Path

from store.database import disk
from store.database.originals import keep_original, kept_originals, originals_folder
from store.errors import DamagedCase, ExistingFile
from store.model.attach import MAX_ORIGINAL

MANIFEST = "manifest.json"
"""The part of a pack with the hashes of those of the case itself."""

_NAME = re.compile(r"originals/(?P<digest>[0-9a-f]{64})")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_RATIO = 1100
"""The limit of the ratio of uncompressed to compressed size: what DEFLATE can reach."""


def part_about(name: str) -> zipfile.ZipInfo:
    """The header of a part of a pack, which is the same whenever it is packed."""
    about = zipfile.ZipInfo(name, _LONG_AGO)
    about.compress_type = zipfile.ZIP_DEFLATED
    about.create_system = 3
    about.external_attr = 0o600 << 16
    return about


def add_originals(file: zipfile.ZipFile, case: Path, without: Set[str]) -> dict[str, str]:
    """Add the originals of a case to an open zip; return the SHA-256 of each part by name.

    Those of the hashes `without` are left out.
    """
    sums = {}
    for original in (one for one in kept_originals(case) if one.name not in without):
        name, content = f"originals/{original.name}", disk.read_file(original)
        file.writestr(part_about(name), content)
        sums[name] = hashlib.sha256(content).hexdigest()
    return sums


def original_of(name: str) -> str:
    """The SHA-256 of the original that a part is named after; empty for another part."""
    named = _NAME.fullmatch(name)
    return named["digest"] if named else ""


def unpack_originals(packed: Path, file: zipfile.ZipFile, to: Path) -> None:
    """Keep the originals of a packed case beside the new case `to`, before it is there.

    Raises `DamagedCase` where one differs from its hash, and `ExistingFile`; the
    caller removes what is left of them.
    """
    if disk.exists(originals_folder(to)):
        raise ExistingFile(originals_folder(to))
    for one in file.infolist():
        named = _NAME.fullmatch(one.filename)
        if named is None:
            continue
        most = min(MAX_ORIGINAL, 4096 + _RATIO * one.compress_size)
        with file.open(one) as part:
            content = part.read(most + 1)
        if len(content) > most or hashlib.sha256(content).hexdigest() != named["digest"]:
            raise DamagedCase(
                f"{packed}: {one.filename} differs from its hash", "ask for another copy"
            )
        keep_original(to, content)
