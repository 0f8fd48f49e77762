"""The user's own copy of a case that came with the program."""

import hashlib
from pathlib import Path

import platformdirs

from store.database import disk
from store.document.snapshot import rows_of, write_snapshot
from store.document.tinydb_file import read_snapshot
from store.errors import UnwritableCase


def place_of(bundled: Path) -> Path:
    """Where the user's own copy of a bundled case is, or would be."""
    return Path(platformdirs.user_data_dir("conflict-tui", appauthor=False)) / bundled.name


def own_copy(bundled: Path) -> Path:
    """Where the user's own copy of a bundled case is; it is made where there is none.

    It is readable by its owner only, and knows which version it was copied
    from. Raises what `read_case` raises, and `UnwritableCase`.
    """
    copy = place_of(bundled)
    if copy.exists():
        return copy
    folder = copy.parent
    try:
        disk.make_folder(folder)
    except OSError as error:
        raise UnwritableCase(
            f"{folder}: cannot be made ({error.strerror})", "see to the folder and the disk"
        ) from error
    tables = read_snapshot(bundled).tables
    rows = rows_of((table, one) for table, held in tables.items() for one in held)
    write_snapshot(copy, rows, sequence=0, hash=None, based_on=_version(bundled))
    return copy


def give_up(copy: Path) -> None:
    """Delete a copy in which nothing was changed, with its log and lock."""
    for suffix in ("", ".log", ".lock"):
        copy.with_name(copy.name + suffix).unlink(missing_ok=True)


def newer_bundled(copy: Path, bundled: Path) -> bool:
    """Whether the bundled case is another now than the one that was copied.

    False for a case that is no copy. Raises what `read_case` raises.
    """
    head = read_snapshot(copy).head
    return head is not None and head.based_on not in ("", _version(bundled))


def _version(bundled: Path) -> str:
    return hashlib.sha256(bundled.read_bytes()).hexdigest()
