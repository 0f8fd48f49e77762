"""Packing of a case with its log into one zip file, with a manifest of hashes."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from store.custody.age import is_encrypted, new_pack
from store.custody.chain import chain
from store.custody.left_out import LeftOut
from store.custody.new_files import case_paths, new_files
from store.custody.pack_database import DATABASE, move_into_place, pack_database, unpack_database
from store.custody.pack_evidence import add_evidence, is_evidence, unpack_evidence
from store.custody.pack_for import ForWhom, files_for
from store.custody.pack_originals import (
    MANIFEST,
    add_originals,
    original_of,
    part_about,
    unpack_originals,
)
from store.database import disk
from store.database.originals import originals_folder, remove_originals
from store.database.seals import remove_seals, seals_folder
from store.database.sqlite import is_database
from store.document.backups import replace_file
from store.document.case_storage import MAX_BYTES
from store.document.redaction_intent import read_intent
from store.document.snapshot_and_log import CaseFiles
from store.errors import (
    ConflictError,
    DamagedCase,
    MissingCase,
    UnpurgedRedaction,
    UnreadableCase,
)
from store.model.log_line import Line

_CASE, _LOG, _MANIFEST = "case.json", "case.json.log", MANIFEST
_MAX_SIZES = {_CASE: MAX_BYTES, _LOG: 16 * MAX_BYTES, _MANIFEST: 4096}
"""The size limit of each part in bytes, uncompressed."""
_ZIP = b"PK\3\4"
_RATIO = 200
"""The limit of the ratio of uncompressed to compressed size."""
DECRYPT_HINT = "decrypt it first, with age --decrypt and your key, and unpack what comes out"

_NO_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
)
"""The errors of `zipfile` for a file that it cannot read."""


def pack(path: Path, to: Path, whom: ForWhom | None = None, recipient: str = "") -> LeftOut | None:
    """Pack a case, its log, its originals and its seals; the same case gives the same bytes.

    With a `recipient`, a public key of age, the file is encrypted, with other bytes each time.
    What is packed for somebody lacks restricted rows and private notes, and is returned; None
    where nothing is left out. Raises what opening the case raises, `ExistingFile`
    where `to` is there already, and `UnwritableCase` where it cannot be written.
    """
    if is_database(path):
        return pack_database(path, to, whom, recipient)
    keeping = CaseFiles(path, writing=False, by_index=whom is None)
    try:
        copied = files_for(keeping, whom) if whom else None
    finally:
        keeping.close()
    if intent := read_intent(keeping.path):
        raise UnpurgedRedaction(f"{path}: {intent.message(keeping.last_redaction)}", "then pack it")
    lines: Iterable[Line]
    if copied:
        parts, lines = {_CASE: copied.case, _LOG: copied.log}, copied.lines
    else:
        parts, lines = _parts(path), chain(path)
    found = copied.found if copied else None
    without = found.originals if found else frozenset()
    sums = {name: hashlib.sha256(part).hexdigest() for name, part in parts.items()}
    packed = to.with_name(f"{to.name}.new")
    with new_files(to):
        with new_pack(packed, recipient) as stream, zipfile.ZipFile(stream, "w") as file:
            parts[_MANIFEST] = msgspec.json.encode(sums) + b"\n"
            for name, part in parts.items():
                file.writestr(part_about(name), part)
            sums[_MANIFEST] = hashlib.sha256(parts[_MANIFEST]).hexdigest()
            add_evidence(file, path, lines, {**sums, **add_originals(file, path, without)})
        move_into_place(packed, to)
    return found


def _parts(path: Path) -> dict[str, bytes]:
    """The parts with the case file and its log as they are, without a torn last line."""
    try:
        parts = {_CASE: path.read_bytes()}
        log = path.with_name(path.name + ".log")
        if disk.exists(log):
            content = disk.read_file(log)
            parts[_LOG] = content[: content.rfind(b"\n") + 1]
    except OSError as error:
        raise _unreadable(path, error) from error
    return parts


def is_packed(path: Path) -> bool:
    """Tell if a file is a zip archive, as a packed case is. Raises `OSError`."""
    with path.open("rb") as file:
        return file.read(len(_ZIP)) == _ZIP


def unpack(packed: Path, to: Path) -> None:
    """Unpack a case to the file `to`, with its log, its originals and its seals beside it.

    Raises `MissingCase`, `UnreadableCase`, `DamagedCase` where the file is not a
    packed case or does not match its manifest, `ExistingFile` where `to` or its log
    is there already, and `UnwritableCase` where one cannot be written.
    """
    with new_files(*case_paths(to)):
        originals, seals = disk.exists(originals_folder(to)), disk.exists(seals_folder(to))
        try:
            _unpack(packed, to)
        except BaseException:
            if not originals:
                remove_originals(to)
            if not seals:
                remove_seals(to)
            raise


def _unpack(packed: Path, to: Path) -> None:
    parts = _read(packed, to)
    if parts is None:
        return
    # the log first, because a case without its log could be opened and continued
    if _LOG in parts:
        replace_file(to.with_name(to.name + ".log"), [parts[_LOG]], keep=False)
    replace_file(to, [parts[_CASE]], keep=False)
    try:
        CaseFiles(to, writing=False).close()
    except ConflictError as error:
        raise _damaged(packed, error.message.replace(str(to), "its case")) from error


def _read(packed: Path, to: Path) -> Mapping[str, bytes] | None:
    """Read the parts of a packed case file; its originals are kept beside `to`.

    A packed database is written to `to`, giving None.
    """
    try:
        if is_encrypted(packed):
            raise _damaged(packed, "it is encrypted by age", DECRYPT_HINT)
        with zipfile.ZipFile(packed) as file:
            found = {one.filename: one for one in file.infolist()}
            names = {name for name in found if not (is_evidence(name) or original_of(name))}
            twice = len(found) != len(file.infolist())
            if not twice and names == {DATABASE, MANIFEST}:
                unpack_originals(packed, file, to)
                manifest = file.open(MANIFEST).read(_MAX_SIZES[_MANIFEST])
                sums = msgspec.json.decode(manifest, type=dict[str, str])
                unpack_evidence(packed, file, to, manifest, sums)
                unpack_database(packed, file, to, sums)
                return None
            if twice or names - {_LOG} != {_CASE, _MANIFEST}:
                raise _damaged(packed, f"it holds {', '.join(sorted(names)) or 'nothing'}")
            for name in names:
                one = found[name]
                plain = one.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
                most = min(_MAX_SIZES[name], 4096 + _RATIO * one.compress_size)
                if not plain or one.file_size > most:
                    raise _damaged(packed, f"{name} has {one.file_size:,} bytes")
            # never expand more bytes than the limit
            parts = {name: file.open(found[name]).read(_MAX_SIZES[name]) for name in names}
            unpack_originals(packed, file, to)
            manifest = parts.pop(_MANIFEST)
            sums = msgspec.json.decode(manifest, type=dict[str, str])
            unpack_evidence(packed, file, to, manifest, sums)
    except FileNotFoundError as error:
        raise MissingCase(f"{packed}: there is no such file", "check the name") from error
    except OSError as error:
        raise _unreadable(packed, error) from error
    except _NO_ZIP as error:
        raise _damaged(packed, str(error)) from error
    if sums != {name: hashlib.sha256(part).hexdigest() for name, part in parts.items()}:
        raise _damaged(packed, "its parts do not match its manifest")
    return parts


def _damaged(packed: Path, why: str, hint: str = "ask for another copy") -> DamagedCase:
    return DamagedCase(f"{packed}: is not a packed case ({why})", hint)


def _unreadable(path: Path, error: OSError) -> UnreadableCase:
    return UnreadableCase(
        f"{path}: cannot be read ({error.strerror})", "check its permissions, and the disk"
    )
