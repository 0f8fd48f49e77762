"""Packing of a database of any size into a zip file, piece by piece."""

import hashlib
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

import msgspec

from store.database import disk, sqlite
from store.database.disk import resolve_link
from store.errors import DamagedCase, UnwritableCase

DATABASE, MANIFEST = "case.db", "manifest.json"
"""The parts of a packed database."""

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_PIECE = 1 << 20
_RATIO = 200


def pack_database(path: Path, to: Path) -> None:
    """Pack a consistent copy of the database at `path`, which includes its log, into a zip.

    The same case gives the same bytes. Raises what opening it raises, and
    `UnwritableCase`.
    """
    check_free(to)
    copy, packed = (to.with_name(f"{to.name}.{end}") for end in ("copy", "new"))
    with _removed(copy, packed), disk_errors_as(to):
        with closing(sqlite.connect(resolve_link(path), writing=False)) as connection:
            disk.unlink(copy)
            disk.close(disk.open_file(copy, disk.NEW))
            with sqlite.translating_errors(path):
                connection.execute("VACUUM INTO ?", (str(copy),))
        disk.write_new(packed, ())
        with packed.open("r+b") as stream, zipfile.ZipFile(stream, "w") as file:
            digest = hashlib.sha256()
            with (
                copy.open("rb") as source,
                file.open(_about(DATABASE), "w", force_zip64=True) as part,
            ):
                for piece in _pieces(source):
                    digest.update(piece)
                    part.write(piece)
            sums = {DATABASE: digest.hexdigest()}
            file.writestr(_about(MANIFEST), msgspec.json.encode(sums) + b"\n")
        _move_into_place(packed, to)


def unpack_database(packed: Path, file: zipfile.ZipFile, to: Path) -> None:
    """Unpack a database from an open zip that holds its parts.

    No more is expanded than the zip declares, nor more than 200 times its size.
    Raises `DamagedCase` where it does not match its manifest, and `UnwritableCase`.
    """
    for one in (to, *sqlite.wal_files(to)):
        check_free(one)
    about = file.getinfo(DATABASE)
    if about.file_size > 4096 + _RATIO * about.compress_size:
        raise _damaged(packed, f"{DATABASE} has {about.file_size:,} bytes")
    wanted = msgspec.json.decode(file.open(MANIFEST).read(4096), type=dict[str, str])
    copy = to.with_name(f"{to.name}.new")
    digest = hashlib.sha256()

    def taken(source: IO[bytes]) -> Iterator[bytes]:
        size = 0
        for piece in _pieces(source):
            size += len(piece)
            if size > about.file_size:
                raise _damaged(packed, f"{DATABASE} is larger than declared")
            digest.update(piece)
            yield piece

    with _removed(copy), disk_errors_as(to):
        with file.open(about) as source:
            disk.write_new(copy, taken(source))
        if wanted != {DATABASE: digest.hexdigest()} or not sqlite.is_database(copy):
            raise _damaged(packed, "its parts do not match its manifest")
        _move_into_place(copy, to)


def check_free(path: Path) -> None:
    """Raise `UnwritableCase` where the path exists already."""
    if disk.exists(path):
        raise UnwritableCase(f"{path}: exists already", "name a new file")


@contextmanager
def disk_errors_as(path: Path) -> Iterator[None]:
    """Raise errors of the disk within the context as `UnwritableCase` about a file."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise UnwritableCase(
            f"{path}: cannot be written ({why})", "check the folder and the disk"
        ) from error


@contextmanager
def _removed(*files: Path) -> Iterator[None]:
    """Remove these files at the end of the context."""
    try:
        yield
    finally:
        for file in files:
            disk.unlink(file)


def _move_into_place(file: Path, to: Path) -> None:
    descriptor = disk.open_file(file, disk.READ)
    try:
        disk.fsync(descriptor)
    finally:
        disk.close(descriptor)
    disk.rename(file, to)
    disk.flush_folder(to.parent)


def _about(name: str) -> zipfile.ZipInfo:
    about = zipfile.ZipInfo(name, _LONG_AGO)
    about.compress_type = zipfile.ZIP_DEFLATED
    about.create_system = 3
    about.external_attr = 0o600 << 16
    return about


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(_PIECE):
        yield piece


def _damaged(packed: Path, why: str) -> DamagedCase:
    return DamagedCase(f"{packed}: is not a packed case ({why})", "ask for another copy")
