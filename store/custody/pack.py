"""A case with its log as one file to mail: a zip that says what is in it."""

import hashlib
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import msgspec

from store.custody.pack_database import DATABASE, MANIFEST, pack_database, unpack_database
from store.database import disk
from store.database.sqlite import is_database
from store.document.snapshot_and_log import CaseFiles
from store.document.tinydb_file import MAX_BYTES
from store.errors import DamagedCase, MissingCase, UnreadableCase, UnwritableCase

_CASE, _LOG, _MANIFEST = "case.json", "case.json.log", MANIFEST
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_MOST = {_CASE: MAX_BYTES, _LOG: 16 * MAX_BYTES, _MANIFEST: 4096}
"""How many bytes each may have once it is expanded."""
_RATIO = 200
"""How many times as large it may become."""
_NO_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
)
"""What the library raises where it cannot read a file."""


def pack(path: Path, to: Path) -> None:
    """Put the case at `path` and its log into one file; the same case gives the same bytes.

    Raises what opening the case raises, and `UnwritableCase` where `to` is
    there already or cannot be written.
    """
    if is_database(path):
        pack_database(path, to)
        return
    CaseFiles(path, writing=False).close()
    try:
        parts = {_CASE: path.read_bytes()}
        log = path.with_name(path.name + ".log")
        if log.exists():
            content = log.read_bytes()
            parts[_LOG] = content[: content.rfind(b"\n") + 1]
    except OSError as error:
        raise _unreadable(path, error) from error
    sums = {name: hashlib.sha256(part).hexdigest() for name, part in parts.items()}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, part in {**parts, _MANIFEST: msgspec.json.encode(sums) + b"\n"}.items():
            about = zipfile.ZipInfo(name, _LONG_AGO)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.create_system = 3
            about.external_attr = 0o600 << 16
            file.writestr(about, part)
    _write({to: packed.getvalue()})


def unpack(packed: Path, to: Path) -> None:
    """Put a packed case and its log where they can be opened; the case becomes the file `to`.

    Raises `MissingCase`, `UnreadableCase`, `DamagedCase` where it is no packed
    case or not what it says of itself, and `UnwritableCase` where `to` or its
    log is there already or cannot be written.
    """
    parts = _read(packed, to)
    if parts is None:
        return
    log = to.with_name(to.name + ".log")
    # the log first: a case without it would open, and go on from another history
    found = {log: parts[_LOG]} if _LOG in parts else {}
    if log.exists():
        raise UnwritableCase(f"{log}: is there already", "name a file that is not there yet")
    _write({**found, to: parts[_CASE]})


def _read(packed: Path, to: Path) -> Mapping[str, bytes] | None:
    """The parts of a packed case file; a database is put where it belongs, and is not given."""
    try:
        with zipfile.ZipFile(packed) as file:
            found = {one.filename: one for one in file.infolist()}
            if set(found) == {DATABASE, MANIFEST} and len(found) == len(file.infolist()):
                unpack_database(packed, file, to)
                return None
            if set(found) - {_LOG} != {_CASE, _MANIFEST} or len(found) != len(file.infolist()):
                raise _damaged(packed, f"it holds {', '.join(sorted(found)) or 'nothing'}")
            for name, one in found.items():
                plain = one.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
                most = min(_MOST[name], 4096 + _RATIO * one.compress_size)
                if not plain or one.file_size > most:
                    raise _damaged(packed, f"{name} has {one.file_size:,} bytes")
            # no more is expanded than was announced
            parts = {name: file.open(one).read(_MOST[name]) for name, one in found.items()}
        sums = msgspec.json.decode(parts.pop(_MANIFEST), type=dict[str, str])
    except FileNotFoundError as error:
        raise MissingCase(f"{packed}: there is no such file", "check the name") from error
    except OSError as error:
        raise _unreadable(packed, error) from error
    except _NO_ZIP as error:
        raise _damaged(packed, str(error)) from error
    if sums != {name: hashlib.sha256(part).hexdigest() for name, part in parts.items()}:
        raise _damaged(packed, "its parts are not those that were packed")
    return parts


def _write(files: Mapping[Path, bytes]) -> None:
    for path in files:
        if path.exists():
            raise UnwritableCase(f"{path}: is there already", "name a file that is not there yet")
    for path, content in files.items():
        try:
            disk.write_new(path, [content])
            disk.flush_folder(path.parent)
        except OSError as error:
            raise UnwritableCase(
                f"{path}: cannot be written ({error.strerror})", "see to the folder and the disk"
            ) from error


def _damaged(packed: Path, why: str) -> DamagedCase:
    return DamagedCase(f"{packed}: is no packed case ({why})", "have it sent once more")


def _unreadable(path: Path, error: OSError) -> UnreadableCase:
    return UnreadableCase(
        f"{path}: cannot be read ({error.strerror})", "check who may read it, and the disk"
    )
