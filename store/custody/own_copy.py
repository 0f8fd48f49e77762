"""The user's own copy of a case that came with the program."""

import hashlib
from pathlib import Path

import platformdirs

from store.database import disk
from store.database.originals import copy_originals, remove_originals
from store.document.snapshot import encode_rows, write_snapshot
from store.document.tinydb_file import read_snapshot
from store.errors import UnwritableCase


def own_copy_path(bundled: Path) -> Path:
    """The path of the user's own copy of a bundled case, which may not exist yet."""
    return Path(platformdirs.user_data_dir("conflict-tui", appauthor=False)) / bundled.name


def own_copy(bundled: Path) -> Path:
    """Return the path of the user's own copy of a bundled case; create it if necessary.

    Only its owner can read it, and its header names the version that it was
    copied from. Raises what `read_case` raises, and `UnwritableCase`.
    """
    copy = own_copy_path(bundled)
    if copy.exists():
        return copy
    folder = copy.parent
    try:
        disk.make_folder(folder)
    except OSError as error:
        raise UnwritableCase(
            f"{folder}: cannot be created ({error.strerror})", "check the folder and the disk"
        ) from error
    tables = read_snapshot(bundled).tables
    rows = encode_rows((table, one) for table, held in tables.items() for one in held)
    copy_originals(bundled, copy)
    write_snapshot(copy, rows, sequence=0, hash=None, based_on=_version(bundled))
    return copy


def delete_copy(copy: Path) -> None:
    """Delete an unchanged copy with its log, its lock and its originals."""
    remove_originals(copy)
    for suffix in ("", ".log", ".lock"):
        copy.with_name(copy.name + suffix).unlink(missing_ok=True)


def newer_bundled(copy: Path, bundled: Path) -> bool:
    """Tell if the bundled case has changed since it was copied.

    False for a case that is not a copy. Raises what `read_case` raises.
    """
    head = read_snapshot(copy).head
    return head is not None and head.based_on not in ("", _version(bundled))


def _version(bundled: Path) -> str:
    return hashlib.sha256(bundled.read_bytes()).hexdigest()
