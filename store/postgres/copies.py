"""The copies of cases on servers, in the user's cache folder, each used by one program at a time.

`servers/KEY/1/syria.db` is the first copy of one case, `servers/KEY/2/syria.db` that of a
second program beside it, each with the address in `server.json`. All of it can be deleted:
it is made anew from the server.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import platformdirs

from store.database import disk, sqlite
from store.database.beside import remove_beside
from store.errors import ConflictError, UnwritableCase
from store.model.case_address import CaseAddress, read_address

_MOST = 64
"""The most programs that have one case open at the same time on one desk."""

_ADDRESS = "server.json"


class Copy(NamedTuple):
    """A copy that this program holds: its file, and the case on the server that it follows."""

    path: Path
    address: CaseAddress
    number: int

    @property
    def folder(self) -> Path:
        """The folder of this copy, which has nothing else."""
        return self.path.parent

    @property
    def seen(self) -> float:
        """The time when it was last the same as the server, in seconds since 1970; 0 for never."""
        try:
            return (self.folder / "seen").stat().st_mtime
        except OSError:
            return 0.0

    def note_seen(self) -> None:
        """Note that the copy is now the same as the server."""
        with suppress(OSError):
            (self.folder / "seen").touch(0o600)


_locks: dict[Path, int] = {}
"""The descriptor of the lock of each copy that this program holds, until it ends."""
_in_use: set[Path] = set()


def copies_folder() -> Path:
    """The folder of all copies of cases on servers, which may not exist."""
    return Path(platformdirs.user_cache_dir("conflict-tui", appauthor=False)) / "servers"


def address_of(path: Path) -> CaseAddress | None:
    """The address of the case that the file at `path` is a copy of; None for any other file."""
    path = path.resolve()
    if path.parent.parent.parent != copies_folder().resolve():
        return None
    try:
        return read_address(json.loads(disk.read_file(path.parent / _ADDRESS))["address"])
    except (OSError, ValueError, KeyError, TypeError, ConflictError):
        return None


def hold(address: CaseAddress) -> Copy:
    """Hold a copy that no other program and no open case uses; its file may not exist yet.

    Raises `UnwritableCase`.
    """
    folder = copies_folder() / address.key
    try:
        for number in range(1, _MOST + 1):
            copy = Copy(folder / str(number) / _file_name(address.case), address, number)
            if _is_free(copy):
                _note_address(copy)
                _clear_away(copy)
                return copy
    except OSError as error:
        raise UnwritableCase(
            f"{folder}: cannot be written ({error.strerror})", "check the folder and the disk"
        ) from error
    raise UnwritableCase(f"{address}: {_MOST} programs have it open here", "close some of them")


def _clear_away(copy: Copy) -> None:
    """Remove what a killed program left: it may have words that it was about to redact."""
    for file in copy.folder.glob("*.db*"):
        if not file.name.startswith(copy.path.name) and file.is_file():
            disk.unlink(file)


def _note_address(copy: Copy) -> None:
    """Note whose copy it is; the user in the address may be another than before."""
    if address_of(copy.path) != copy.address:
        new = copy.folder / f"{_ADDRESS}.new"
        disk.write_new(new, [json.dumps({"address": str(copy.address)}).encode()])
        disk.rename(new, copy.folder / _ADDRESS)


def _is_free(copy: Copy) -> bool:
    if copy.path in _in_use:
        return False
    if copy.path in _locks and copy.folder.is_dir():
        return True
    disk.make_folder(copy.folder)
    descriptor = disk.open_file(copy.folder / "lock", os.O_RDWR | os.O_CREAT)
    try:
        disk.lock(descriptor)
    except BlockingIOError:
        disk.close(descriptor)
        return False
    _locks[copy.path] = descriptor
    return True


def held(path: Path) -> Copy | None:
    """The copy at a path if this program holds it and no open case uses it."""
    address = address_of(path)
    if address is None or path in _in_use or path not in _locks:
        return None
    return Copy(path, address, int(path.parent.name))


def begin_use(copy: Copy) -> None:
    """Note that an open case uses the copy."""
    _in_use.add(copy.path)


def end_use(copy: Copy) -> None:
    """Note that no open case uses the copy any more."""
    _in_use.discard(copy.path)


def first_copy(copy: Copy) -> Path | None:
    """The file of another copy of the same case that exists, to begin from."""
    for folder in sorted(copy.folder.parent.iterdir()):
        other = folder / copy.path.name
        if folder.is_dir() and other != copy.path and other.is_file():
            return other
    return None


def discard_idle(copy: Copy) -> None:
    """Remove the other copies of the case that nobody has open, after a redaction."""
    for kept in kept_copies(copy):
        remove_beside(kept)
        disk.unlink(kept)
    for folder in copy.folder.parent.iterdir():
        if folder.name.isdigit() and folder != copy.folder:
            other = copy._replace(path=folder / copy.path.name, number=int(folder.name))
            if _is_free(other):
                discard(other)


def path_to_keep(copy: Copy, end: tuple[int, str]) -> Path:
    """A place for a copy whose log, with this end, the server no longer has."""
    sequence, hash = end
    return copy.folder.parent / f"kept-{sequence}-{hash[:8]}.db"


def kept_copies(copy: Copy) -> list[Path]:
    """The copies of the case that were kept as the server no longer has their logs."""
    return sorted(copy.folder.parent.glob("kept-*.db"))


@contextmanager
def replacing(copy: Copy) -> Iterator[None]:
    """Make a copy anew within the context; if that fails, and it is closed, the old one stays."""
    before = copy.path.with_name(".before.db")
    if copy.path.is_file():
        disk.rename(copy.path, before)
    discard(copy)
    try:
        yield
    except BaseException:
        if before.is_file():
            discard(copy)
            disk.rename(before, copy.path)
        raise
    disk.unlink(before)


def discard(copy: Copy) -> None:
    """Remove the file of a copy, which is not open, to make it anew."""
    for one in (copy.path, *sqlite.wal_files(copy.path)):
        disk.unlink(one)


def _file_name(case: str) -> str:
    """A name for the file that a person recognises; the key of the folder is what identifies it."""
    return f"{re.sub(r'[^0-9A-Za-z-]+', '_', case)[:40].strip('_') or 'case'}.db"
