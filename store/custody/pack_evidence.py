"""The parts of a packed case that are checked without this program: by `sha256sum` and `openssl`.

`SHA256SUMS` has the hash of every other part. Each line of `chain.txt` is the text whose SHA-256
is the hash of an entry of the log, and has the hash of the entry before in it. `seals/` has the
answers of authorities, each with a file of the text that it stamps beside it.
"""

import hashlib
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from store.custody.pack_originals import MANIFEST, original_of, part_about
from store.database import disk
from store.database.seals import (
    MAX_SEAL,
    NAME,
    KeptSeal,
    keep_seal,
    kept_seals,
    read_seal,
    seals_folder,
)
from store.errors import DamagedCase, ExistingFile
from store.model.log_line import Line, sealed_text
from store.model.merged_chain import merged_lines

SUMS, CHAIN = "SHA256SUMS", "chain.txt"
_SEALS = "seals/"
_STAMPED = re.compile(r"seals/[1-9][0-9]{0,17}-[0-9a-f]{64}\.txt")
_LISTED = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<name>[^\n]+)")
_MAX_SUMS = 1 << 26
_PIECE = 1 << 20
_RATIO = 1100


def add_part(file: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> str:
    """Add a part to an open zip, piece by piece; return its SHA-256."""
    digest = hashlib.sha256()
    with file.open(part_about(name), "w", force_zip64=True) as part:
        for piece in pieces:
            digest.update(piece)
            part.write(piece)
    return digest.hexdigest()


def add_evidence(
    file: zipfile.ZipFile, case: Path, lines: Iterable[Line], sums: Mapping[str, str]
) -> None:
    """Add the chain of hashes, the seals, and last the hashes of all parts, to an open zip.

    `sums` has the hashes of the parts that are there already.
    """
    seals = kept_seals(case)
    stamped: dict[str, bytes] = {}
    wanted = {one.hash for one in seals}

    def texts() -> Iterator[bytes]:
        for line in lines:
            for one in (*merged_lines(line), line):
                if one.hash in wanted:
                    stamped[one.hash] = sealed_text(one)
            yield sealed_text(line) + b"\n"

    found = {**sums, CHAIN: add_part(file, CHAIN, texts())}
    for seal in seals:
        name = _SEALS + seal.file.name
        found[name] = add_part(file, name, [read_seal(seal.file)])
        beside = _name_of_stamped(seal)
        if beside not in found and seal.hash in stamped:
            found[beside] = add_part(file, beside, [stamped[seal.hash]])
    listed = "".join(f"{found[name]}  {name}\n" for name in sorted(found))
    add_part(file, SUMS, [listed.encode()])


def _name_of_stamped(seal: KeptSeal) -> str:
    return f"{_SEALS}{seal.sequence}-{seal.hash}.txt"


def is_evidence(name: str) -> bool:
    """Tell if a part is one of these."""
    return name in (SUMS, CHAIN) or bool(_STAMPED.fullmatch(name)) or _is_seal(name)


def _is_seal(name: str) -> bool:
    return name.startswith(_SEALS) and bool(NAME.fullmatch(name.removeprefix(_SEALS)))


def unpack_evidence(
    packed: Path, file: zipfile.ZipFile, to: Path, manifest: bytes, sums: Mapping[str, str]
) -> None:
    """Keep the seals of a packed case beside the new case `to`, once all parts fit `SHA256SUMS`.

    `sums` are the hashes in the `manifest`, with which the caller compares the parts
    of the case. A file that was packed by an earlier version has none of these parts.
    Raises `DamagedCase`, `ExistingFile` and what keeping a seal raises; the caller removes
    what is left.
    """
    parts = {one.filename: one for one in file.infolist()}
    if not any(map(is_evidence, parts)):
        return
    if disk.exists(seals_folder(to)):
        raise ExistingFile(seals_folder(to))
    listed = _listed(packed, file, parts)
    if listed.keys() != parts.keys() - {SUMS}:
        raise _damaged(packed, f"its parts are not those in {SUMS}")
    known = {**sums, MANIFEST: hashlib.sha256(manifest).hexdigest()}
    for name, digest in listed.items():
        if name not in known:
            named = original_of(name)  # its bytes are compared with its name when it is kept
            known[name] = named or _digest(packed, file, parts[name])
        if known[name] != digest:
            raise _damaged(packed, f"{name} does not match {SUMS}")
    for name in filter(_is_seal, parts):
        content = file.read(parts[name])
        keep_seal(to, name.removeprefix(_SEALS), content)


def _listed(
    packed: Path, file: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo]
) -> dict[str, str]:
    """The hashes in `SHA256SUMS` by the names of their parts."""
    if SUMS not in parts or parts[SUMS].file_size > _MAX_SUMS:
        raise _damaged(packed, f"it has no {SUMS}")
    lines = [_LISTED.fullmatch(one) for one in file.read(SUMS).decode().splitlines()]
    found = {one["name"]: one["digest"] for one in lines if one}
    if len(found) != len(lines):
        raise _damaged(packed, f"{SUMS} is not a list of hashes")
    return found


def _digest(packed: Path, file: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    most = 4096 + _RATIO * part.compress_size
    if part.file_size > (min(most, MAX_SEAL) if _is_seal(part.filename) else most):
        raise _damaged(packed, f"{part.filename} has {part.file_size:,} bytes")
    digest = hashlib.sha256()
    with file.open(part) as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _damaged(packed: Path, why: str) -> DamagedCase:
    return DamagedCase(f"{packed}: is not a packed case ({why})", "ask for another copy")
