"""Bringing a copy of a case up to the log of its server, before anybody sees it."""

import hashlib
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from store.database import disk, originals, seals, sqlite
from store.database.beside import copy_beside, remove_beside
from store.database.open_files import save_copy
from store.errors import ConflictError, UnreadableCase, UnwritableCase
from store.postgres.copies import Copy, discard, first_copy, kept_copies, path_to_keep
from store.postgres.server import CaseServer
from store.postgres.snapshot import end_of, fetch_snapshot

_BEHIND = 2_000
"""The number of entries after which fetching the snapshot is quicker than replaying them."""


def prepare_copy(copy: Copy, server: CaseServer) -> None:
    """Have a file that can follow the log of the server: this one, another copy, or the snapshot.

    Raises `DamagedCase` where the server makes no sense, and `UnwritableCase`.
    """
    if not _can_follow(copy.path, server):
        _keep_if_lost(copy, server)
        discard(copy)
        if not _copied_from_current(copy, server):
            try:
                fetch_snapshot(server, copy.path)
            except ConflictError as error:
                error.message += "".join(f"; {one} is from before" for one in kept_copies(copy))
                raise
    _fetch_beside(copy.path, server)


def _copied_from_current(copy: Copy, server: CaseServer) -> bool:
    """Copy another copy if it can follow the log of the server, and can be read just now."""
    other = first_copy(copy)
    with suppress(UnreadableCase, UnwritableCase):
        return other is not None and _can_follow(other, server) and _copied(other, copy.path)
    return False


def _keep_if_lost(copy: Copy, server: CaseServer) -> None:
    """Keep a copy with entries that the log of the server no longer has."""
    end = end_of(copy.path) if copy.path.is_file() else None
    if end is None or server.has(end):
        return
    kept = path_to_keep(copy, end)
    disk.unlink(kept)
    if not _copied(copy.path, kept):
        raise UnwritableCase(
            f"{copy.address}: its log on the server was cut off or replaced, and the copy here"
            " cannot be kept",
            f"is the disk full? The copy is {copy.path}",
        )
    remove_beside(kept)
    copy_beside(copy.path, kept)


def copied_from_another(copy: Copy) -> bool:
    """Begin a copy from another one of the same case, if there is one."""
    other = first_copy(copy)
    return other is not None and _copied(other, copy.path)


def _can_follow(path: Path, server: CaseServer) -> bool:
    end = end_of(path) if path.is_file() else None
    if end is None or server.snapshot_about().sequence - end[0] > _BEHIND:
        return False
    return server.has(end)


def _copied(other: Path, to: Path) -> bool:
    """Copy what is saved in another copy, which may be in use."""
    with suppress(ConflictError, sqlite3.Error, OSError):
        with closing(sqlite.connect(other, writing=False)) as connection:
            save_copy(connection, to)
        return True
    disk.unlink(to)
    return False


def _fetch_beside(path: Path, server: CaseServer) -> None:
    """Fetch the originals and time stamps that the copy lacks; drop originals that are gone."""
    wanted = set(server.originals())
    for file in originals.kept_originals(path):
        if file.name not in wanted:
            disk.unlink(file)
        wanted.discard(file.name)
    for digest in sorted(wanted):
        fetch_original(path, server, digest)
    kept = {one.file.name for one in seals.kept_seals(path)}
    for name, content in server.seals():
        if seals.NAME.fullmatch(name) and name not in kept and len(content) <= seals.MAX_SEAL:
            seals.keep_seal(path, name, content)


def fetch_original(path: Path, server: CaseServer, digest: str) -> None:
    """Keep an original of the server beside the copy. Raises `DamagedCase` if it is another."""
    content = server.original(digest)
    if content is None:
        return
    if hashlib.sha256(content).hexdigest() != digest:
        raise server.nonsense(f"the original {digest[:12]}… is not what its hash says")
    originals.keep_original(path, content)
