"""The seals of a case: the answers of time-stamp authorities, kept beside it.

They lie in the folder `war.json.seals` or `war.db.seals`. The name of each has the number
and the hash of the entry of the log that it stamps, and the beginning of its own SHA-256.
"""

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

from store.database import disk
from store.database.disk import resolve_link
from store.database.kept_file import keep_file
from store.errors import ConflictError, UnreadableCase

NAME = re.compile(
    r"(?P<sequence>[1-9][0-9]{0,17})-(?P<hash>[0-9a-f]{64})-(?P<own>[0-9a-f]{16})\.tsr"
)
MAX_SEAL = 1 << 20
"""The limit of the bytes of an answer; with its certificates it has some 6,000."""


class KeptSeal(NamedTuple):
    """A kept answer: its file, and the entry of the log that it stamps, as its name says."""

    file: Path
    sequence: int
    hash: str

    def is_as_kept(self, content: bytes) -> bool:
        """Tell if these bytes are those that the name of the file was made of."""
        return self.file.name == seal_name(self.sequence, self.hash, content)


def seals_folder(case: Path) -> Path:
    """The folder of the seals of a case, which may not exist."""
    case = resolve_link(case)
    return case.with_name(case.name + ".seals")


def seal_name(sequence: int, hash: str, content: bytes) -> str:
    """The name of the file of an answer about an entry of the log."""
    return f"{sequence}-{hash}-{hashlib.sha256(content).hexdigest()[:16]}.tsr"


def keep_seal(case: Path, name: str, content: bytes) -> Path:
    """Keep an answer beside a case; return its file. Raises `UnwritableCase`."""
    file = seals_folder(case) / name
    keep_file(file, content)
    return file


def kept_seals(case: Path) -> list[KeptSeal]:
    """The seals of a case in the order of their entries. Raises `UnreadableCase`."""
    folder = seals_folder(case)
    try:
        named = [(file, NAME.fullmatch(file.name)) for file in folder.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise UnreadableCase(
            f"{folder}: cannot be read ({error.strerror})", "check its permissions, and the disk"
        ) from error
    found = [KeptSeal(file, int(name["sequence"]), name["hash"]) for file, name in named if name]
    return sorted(found, key=lambda one: (one.sequence, one.file.name))


def read_seal(file: Path) -> bytes:
    """The bytes of a kept answer; of one that is too large, the first. Raises `UnreadableCase`."""
    try:
        with disk.open_to_read(file) as stream:
            return stream.read(MAX_SEAL + 1)
    except OSError as error:
        raise UnreadableCase(
            f"{file}: cannot be read ({error.strerror})", "check its permissions, and the disk"
        ) from error


def copy_seals(case: Path, to: Path) -> None:
    """Keep the seals of a case beside another, a new one. Raises `UnwritableCase`."""
    for one in kept_seals(case):
        keep_seal(to, one.file.name, read_seal(one.file))


def copied_seals(case: Path, to: Path) -> str:
    """Keep the seals of a case beside a copy of it; where that fails, words that say so."""
    try:
        copy_seals(case, to)
    except ConflictError as error:
        return f"its time stamps could not be copied ({error}), and stay in {seals_folder(case)}"
    return ""


def remove_seals(case: Path) -> None:
    """Remove the seals of a new case that could not be completed."""
    folder = seals_folder(case)
    for one in kept_seals(case):
        disk.unlink(one.file)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
