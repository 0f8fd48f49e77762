"""The lines of the log of a case, with their seal.

A line is canonical JSON: it is accepted only where encoding it again gives the
same bytes. Its `hash` is over the hash of the line before, over its header, with
the reason replaced by its hash, and over the hashes of each edit's record before
and after. A redaction replaces a record or a reason by its hash, and the seal
stays valid.
"""

import hashlib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta

from store.model.change import Change, Edit
from store.model.records import RECORD_TYPES, AnyRecord

Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
"""A SHA-256 in hexadecimal digits."""

_canonical = msgspec.json.Encoder(order="sorted").encode
_encode = msgspec.json.Encoder().encode
_DECODERS = {table: msgspec.json.Decoder(of) for table, of in RECORD_TYPES.items()}
_NONE = b"null"


class Act(StrEnum):
    """The kind of an entry."""

    CHANGE = "change"
    UNDO = "undo"
    REDO = "redo"
    OUTSIDE = "edited outside"
    REDACTION = "redaction"
    LEFT_OUT = "left out"
    MERGE = "merge"


HIDING = (Act.REDACTION, Act.LEFT_OUT)
"""The kinds of entries that replace content of earlier ones by its hash; none can be undone."""


class Redacted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The hash that replaces a redacted record or reason in the log."""

    redacted: Hash


class Imported(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """An imported file: its name, its SHA-256, and the number of its rows.

    `dataset` is the id of its data set, empty where it has none, and
    `rows_sha256` the SHA-256 over the hashes of its rows in their order. `mapping` is
    the SHA-256 of the mapping by which it was read, if it was read by one.
    """

    file: str
    sha256: Hash
    dataset: str
    rows: Annotated[int, Meta(ge=0)]
    rows_sha256: Hash
    mapping: Hash | None = None


def content_hash(rows: Mapping[str, Iterable[bytes | msgspec.Raw]]) -> str:
    """The SHA-256 over the records of a case, given as JSON by table, one a line, in order."""
    digest = hashlib.sha256()
    for table in RECORD_TYPES:
        digest.update(b"%s\n" % table.encode())
        for row in rows.get(table, ()):
            digest.update(row)
            digest.update(b"\n")
    return digest.hexdigest()


class LineEdit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An edit in a line: each side is canonical JSON of a record, of a `Redacted`, or null."""

    table: str
    id: str
    before: msgspec.Raw
    after: msgspec.Raw


class Merged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The chain of another copy of a case, joined by a merge, and the two heads.

    `common` is the hash of the last entry that both logs had, `mine` and `theirs` those of the
    last entries. `lines` are the entries of the other copy since, with the hashes of records
    and reasons in their place: the seal of each holds, and none has words. A chain within
    such an entry is its hash where its entries are in this log.
    """

    common: Hash
    mine: Hash
    theirs: Hash
    lines: "tuple[Line, ...] | Redacted"


class Line(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A line of the log.

    `content` is the hash of all records after an edit by another program, or, for
    an import into a database, the hash of its edits, which are stored beside the
    log. `schema` is that of its records. `reasons` are the entries whose `why` a
    redaction replaced, and `hidden` the records whose logged content it replaced
    without altering the record itself. So does what is left out of a copy for others.
    """

    sequence: Annotated[int, Meta(ge=1)]
    prev: Hash
    who: str
    when: str
    why: str | Redacted
    schema: Annotated[int, Meta(ge=1)] = 1
    act: Act = Act.CHANGE
    undoes: int | None = None
    redoes: int | None = None
    content: str = ""
    imported: Imported | None = None
    reasons: tuple[int, ...] = ()
    hidden: tuple[str, ...] = ()
    merged: Merged | None = None
    edits: tuple[LineEdit, ...]
    hash: str = ""


_LINES = msgspec.json.Decoder(Line)


class EntryEdit(NamedTuple):
    """A record before and after a change; a redacted side is its hash."""

    table: str
    id: str
    before: AnyRecord | Redacted | None
    after: AnyRecord | Redacted | None


class Entry(NamedTuple):
    """An entry of the log with decoded records."""

    sequence: int
    who: str
    when: str
    why: str
    act: Act
    undoes: int | None
    redoes: int | None
    edits: tuple[EntryEdit, ...]
    imported: Imported | None = None


def as_line_edit(edit: Edit) -> LineEdit:
    """Encode an edit for a line.

    Raises `msgspec.ValidationError` where a record would not be decoded to the
    same value, and `UnicodeEncodeError` where a text is not valid Unicode.
    """
    sides = []
    for record in (edit.before, edit.after):
        raw = _NONE if record is None else _canonical(record)
        if record is not None and _DECODERS[edit.table].decode(raw) != record:
            raise msgspec.ValidationError("it would be read back with another value")
        sides.append(msgspec.Raw(raw))
    return LineEdit(edit.table, edit.id, *sides)


def as_entry(line: Line) -> Entry:
    """Decode a line to an entry.

    Raises `msgspec.ValidationError` where a record is invalid.
    """
    return Entry(
        line.sequence,
        line.who,
        line.when,
        reason_of(line),
        line.act,
        line.undoes,
        line.redoes,
        tuple(
            EntryEdit(
                one.table,
                one.id,
                _side(one, one.before),
                _side(one, one.after),
            )
            for one in line.edits
        ),
        line.imported,
    )


def reason_of(line: Line) -> str:
    """The reason of an entry; of a redacted reason its hash."""
    if isinstance(line.why, Redacted):
        return f"[redacted sha256:{line.why.redacted}]"
    return line.why


def without_reason(line: Line) -> Line:
    """Replace the reason of a line by its hash."""
    if isinstance(line.why, Redacted):
        return line
    return msgspec.structs.replace(line, why=Redacted(_hash_of_reason(line)))


def as_edit(edit: LineEdit) -> Edit:
    """Decode an edit from a line.

    Raises `msgspec.ValidationError` where a record is invalid or redacted.
    """
    before, after = (_side(edit, raw) for raw in (edit.before, edit.after))
    if isinstance(before, Redacted) or isinstance(after, Redacted):
        raise msgspec.ValidationError("it was redacted")
    return Edit(edit.table, edit.id, before, after)


def as_change(entry: Entry) -> Change | None:
    """Convert an entry to a change; None where any of it was redacted."""
    edits = []
    for table, id, before, after in entry.edits:
        if isinstance(before, Redacted) or isinstance(after, Redacted):
            return None
        edits.append(Edit(table, id, before, after))
    return Change(entry.who, entry.when, entry.why, tuple(edits))


def _side(edit: LineEdit, raw: msgspec.Raw) -> AnyRecord | Redacted | None:
    if is_redacted(raw):
        return msgspec.json.decode(raw, type=Redacted)
    if bytes(raw) == _NONE:
        return None
    if edit.table not in _DECODERS:
        raise msgspec.ValidationError(f"there is no table {edit.table!r}")
    return _DECODERS[edit.table].decode(raw)


def record_of_side(edit: LineEdit, raw: msgspec.Raw) -> AnyRecord:
    """Decode a side of an edit that is neither null nor redacted.

    Raises `msgspec.ValidationError` where it is not a record.
    """
    found = _side(edit, raw)
    if found is None or isinstance(found, Redacted):
        raise msgspec.ValidationError("it has no record")
    return found


def by_hash(side: msgspec.Raw) -> msgspec.Raw:
    """Replace a side of an edit by its hash, unless that is done or there is no record."""
    return side if is_redacted(side) or is_null(side) else redacted(side)


def edit_by_hashes(edit: LineEdit) -> LineEdit:
    """Replace both sides of an edit by their hashes."""
    return LineEdit(edit.table, edit.id, by_hash(edit.before), by_hash(edit.after))


def tombstone_edit(table: str, id: str, sha256: str) -> LineEdit:
    """Make the edit that withdraws a record of which only the hash is known."""
    return LineEdit(table, id, msgspec.Raw(_canonical(Redacted(sha256))), msgspec.Raw(_NONE))


def hides(line: Line) -> set[str]:
    """The ids of the records whose content in earlier entries this one has replaced by hashes."""
    if line.act not in HIDING:
        return set()
    return {*line.hidden, *(edit.id for edit in line.edits)}


def is_redacted(raw: msgspec.Raw) -> bool:
    """Tell if a side of an edit was redacted."""
    return bytes(raw).startswith(b'{"redacted":')


def redacted(raw: msgspec.Raw) -> msgspec.Raw:
    """Replace a side of an edit by its hash."""
    return msgspec.Raw(_canonical(Redacted(commitment(raw))))


def commitment(raw: msgspec.Raw) -> str:
    """The hash of a side of an edit, which a redaction does not change."""
    if is_redacted(raw):
        return msgspec.json.decode(raw, type=Redacted).redacted
    return hashlib.sha256(raw).hexdigest()


def commitment_of(record: AnyRecord) -> str:
    """The hash of a record, as in the log."""
    return hashlib.sha256(_canonical(record)).hexdigest()


def is_null(raw: msgspec.Raw) -> bool:
    """Tell if an edit has no record on this side."""
    return bytes(raw) == _NONE


def sealed_text(line: Line) -> bytes:
    """The bytes whose SHA-256 is the hash of a line; a redaction does not change them."""
    header = {
        field: getattr(line, field)
        for field in line.__struct_fields__
        if field not in {"edits", "hash"}
        # lines that do not need these fields lack them
        and (field, line.schema) != ("schema", 1)
        and (field, line.imported) != ("imported", None)
        and (field, line.reasons) != ("reasons", ())
        and (field, line.hidden) != ("hidden", ())
        and field != "merged"
    }
    if line.merged is not None:
        header["merged"] = msgspec.structs.replace(
            line.merged, lines=Redacted(hash_of_chain(line.merged))
        )
    header["why"] = _hash_of_reason(line)
    edits = [[e.table, e.id, commitment(e.before), commitment(e.after)] for e in line.edits]
    return _canonical([header, edits])


def seal_of(line: Line) -> str:
    """Compute the hash of a line."""
    return hashlib.sha256(sealed_text(line)).hexdigest()


def hash_of_chain(merged: Merged) -> str:
    """The SHA-256 over the hashes of a merged chain, which stands for it."""
    if isinstance(merged.lines, Redacted):
        return merged.lines.redacted
    return hashlib.sha256(_canonical([one.hash for one in merged.lines])).hexdigest()


def _check_merged(line: Line) -> None:
    """Raise `ValueError` where a merged chain does not lead from its beginning to its end."""
    if line.merged is None or isinstance(line.merged.lines, Redacted):
        return
    before = line.merged.lines[0].prev if line.merged.lines else line.merged.theirs
    for one in line.merged.lines:
        if one.prev != before or seal_of(one) != one.hash:
            raise ValueError(f"entry {one.sequence} of the merged log was altered")
        _check_merged(one)
        before = one.hash
    if before != line.merged.theirs:
        raise ValueError("the merged log does not end with its last entry")


def _hash_of_reason(line: Line) -> str:
    if isinstance(line.why, Redacted):
        return line.why.redacted
    return hashlib.sha256(line.why.encode()).hexdigest()


def sealed(line: Line) -> Line:
    """Fill in the hash of a line."""
    return msgspec.structs.replace(line, hash=seal_of(line))


def encode_line(line: Line) -> bytes:
    """Encode a line as in the file, with its line end."""
    return _encode(line) + b"\n"


def read_line(content: bytes) -> Line:
    """Decode a line from the bytes of the file.

    Raises `ValueError` with a message where any bit was altered.
    """
    try:
        line = _LINES.decode(content)
        seal = seal_of(line)
        _check_merged(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"it is not an entry ({error})") from error
    if seal != line.hash or encode_line(line) != content:
        raise ValueError("it was altered: its hash does not match")
    return line


def is_about(record: str, entry: Entry | Line, imports: frozenset[int]) -> bool:
    """Tell if an entry of the log edits a record, or imports it, or undoes that import."""
    return any(edit.id == record for edit in entry.edits) or not imports.isdisjoint(
        (entry.sequence, entry.undoes, entry.redoes)
    )
