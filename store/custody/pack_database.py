"""Packing of a database of any size into a zip file, piece by piece."""

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import IO

import msgspec

from store.custody.age import new_pack
from store.custody.chain import chain
from store.custody.left_out import LeftOut
from store.custody.new_files import new_files
from store.custody.pack_evidence import add_evidence, add_part
from store.custody.pack_for import ForWhom, database_for
from store.custody.pack_originals import MANIFEST, add_originals
from store.database import disk, sqlite
from store.database.disk import resolve_link
from store.database.purge import unpurged_message
from store.errors import ConflictError, DamagedCase, UnpurgedRedaction

DATABASE = "case.db"
"""The part of a packed database."""

_PIECE = 1 << 20
_RATIO = 200


def pack_database(path: Path, to: Path, whom: ForWhom | None, recipient: str) -> LeftOut | None:
    """Pack a consistent copy of the database at `path`, which includes its log, into a zip.

    The same case gives the same bytes. What is packed for somebody is as `pack` says. Raises
    what opening it raises, and `UnwritableCase`.
    """
    copy, packed = (to.with_name(f"{to.name}.{end}") for end in ("copy", "new"))
    with new_files(to, *sqlite.wal_files(copy)):
        with closing(sqlite.connect(resolve_link(path), writing=False)) as connection:
            if unpurged := unpurged_message(connection):
                raise UnpurgedRedaction(f"{path}: {unpurged}", "then pack it")
            disk.unlink(copy)
            found = database_for(path, copy, whom) if whom else None
            if found is None:
                disk.close(disk.open_file(copy, disk.NEW))
                with sqlite.translating_errors(path):
                    connection.execute("VACUUM INTO ?", (str(copy),))
        without = found.originals if found else frozenset()
        with new_pack(packed, recipient) as stream, zipfile.ZipFile(stream, "w") as file:
            with copy.open("rb") as source:
                sums = {DATABASE: add_part(file, DATABASE, _pieces(source))}
            manifest = msgspec.json.encode(sums) + b"\n"
            sums[MANIFEST] = add_part(file, MANIFEST, [manifest])
            add_evidence(file, path, chain(copy), {**sums, **add_originals(file, path, without)})
        move_into_place(packed, to)
        for one in (copy, *sqlite.wal_files(copy)):
            disk.unlink(one)
    return found


def unpack_database(packed: Path, file: zipfile.ZipFile, to: Path, sums: Mapping[str, str]) -> None:
    """Unpack a database from an open zip that holds its parts.

    `sums` are the hashes of its manifest. No more is expanded than the zip declares, nor
    more than 200 times its size.
    The caller removes what is left of it after an error. Raises `DamagedCase` if it
    does not match its manifest or is no case, and `OSError`.
    """
    about = file.getinfo(DATABASE)
    if about.file_size > 4096 + _RATIO * about.compress_size:
        raise _damaged(packed, f"{DATABASE} has {about.file_size:,} bytes")
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

    with file.open(about) as source:
        disk.write_new(copy, taken(source))
    if sums != {DATABASE: digest.hexdigest()} or not sqlite.is_database(copy):
        raise _damaged(packed, "its parts do not match its manifest")
    try:
        sqlite.connect(copy, writing=False).close()
    except ConflictError as error:
        raise _damaged(packed, error.message.replace(str(copy), "its case")) from error
    move_into_place(copy, to)


def move_into_place(file: Path, to: Path) -> None:
    """Rename a file that was written, when its bytes are on the disk."""
    descriptor = disk.open_file(file, disk.READ)
    try:
        disk.fsync(descriptor)
    finally:
        disk.close(descriptor)
    disk.rename(file, to)
    disk.flush_folder(to.parent)


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(_PIECE):
        yield piece


def _damaged(packed: Path, why: str) -> DamagedCase:
    return DamagedCase(f"{packed}: is not a packed case ({why})", "ask for another copy")
