"""A database as one file to mail, whatever its size: it is copied piece by piece."""

import hashlib
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

import msgspec

from store.database import disk, sqlite
from store.database.disk import real
from store.errors import DamagedCase, UnwritableCase

DATABASE, MANIFEST = "case.db", "manifest.json"
"""The parts of a packed database."""

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_PIECE = 1 << 20
_RATIO = 200


def pack_database(path: Path, to: Path) -> None:
    """Put the database at `path`, as it is at one moment, into a zip; its log is in it.

    The same case gives the same bytes. Raises what opening it raises, and
    `UnwritableCase`.
    """
    check_free(to)
    copy, packed = (to.with_name(f"{to.name}.{end}") for end in ("copy", "new"))
    with _removed(copy, packed), writing(to):
        with closing(sqlite.connect(real(path), writing=False)) as connection:
            disk.unlink(copy)
            disk.close(disk.open_file(copy, disk.NEW))
            with sqlite.errors_of(path):
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
        _settle(packed, to)


def unpack_database(packed: Path, file: zipfile.ZipFile, to: Path) -> None:
    """Get a database out of an open zip that holds its parts.

    No more is expanded than it says, nor more than 200 times its size. Raises
    `DamagedCase` where it is not what it says of itself, and `UnwritableCase`.
    """
    for one in (to, *sqlite.beside(to)):
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
                raise _damaged(packed, f"{DATABASE} is larger than it says")
            digest.update(piece)
            yield piece

    with _removed(copy), writing(to):
        with file.open(about) as source:
            disk.write_new(copy, taken(source))
        if wanted != {DATABASE: digest.hexdigest()} or not sqlite.is_database(copy):
            raise _damaged(packed, "its parts are not those that were packed")
        _settle(copy, to)


def check_free(path: Path) -> None:
    """Raise `UnwritableCase` where there is something already."""
    if path.exists() or path.is_symlink():
        raise UnwritableCase(f"{path}: is there already", "name a file that is not there yet")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What the disk says meanwhile, as an error about a file."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise UnwritableCase(
            f"{path}: cannot be written ({why})", "see to the folder and the disk"
        ) from error


@contextmanager
def _removed(*files: Path) -> Iterator[None]:
    """Nothing is left of these files afterwards."""
    try:
        yield
    finally:
        for file in files:
            disk.unlink(file)


def _settle(file: Path, to: Path) -> None:
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
    return DamagedCase(f"{packed}: is no packed case ({why})", "have it sent once more")
