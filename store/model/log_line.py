"""One line of the log of a case, and how it is sealed.

A line is canonical JSON: it is read only where writing it again gives the same
bytes. Its `hash` is over the hash of the line before, its header, in which the
hash of the reason stands for that, and for each edit the hashes of the record
before and after. A redaction puts the hash of a record or of a reason in its
place, and the seal still holds.
"""

import hashlib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta

from store.model.change import Change, Edit
from store.model.migrations import migrated
from store.model.records import RECORD_TYPES, AnyRecord

Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
"""A SHA-256 in hexadecimal digits."""

_canonical = msgspec.json.Encoder(order="sorted").encode
_encode = msgspec.json.Encoder().encode
_DECODERS = {table: msgspec.json.Decoder(of) for table, of in RECORD_TYPES.items()}
_NONE = b"null"


class Act(StrEnum):
    """What kind of act an entry is."""

    CHANGE = "change"
    UNDO = "undo"
    REDO = "redo"
    OUTSIDE = "edited outside"
    REDACTION = "redaction"


class Redacted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in the log for a record or a reason whose words were redacted: its hash."""

    redacted: Hash


class Imported(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an import brought: a file by its name and SHA-256, and the rows that were in it.

    `dataset` is the id of the data set, empty where the file is of none, and
    `rows_sha256` the SHA-256 over the hashes of its rows in their order.
    """

    file: str
    sha256: Hash
    dataset: str
    rows: Annotated[int, Meta(ge=0)]
    rows_sha256: Hash


def content_hash(rows: Mapping[str, Iterable[bytes | msgspec.Raw]]) -> str:
    """The SHA-256 of the records of a case, given as JSON by table: in their order, one a line."""
    digest = hashlib.sha256()
    for table in RECORD_TYPES:
        digest.update(b"%s\n" % table.encode())
        for row in rows.get(table, ()):
            digest.update(row)
            digest.update(b"\n")
    return digest.hexdigest()


class LineEdit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One edit as it stands in a line: canonical JSON of a record, of a `Redacted`, or null."""

    table: str
    id: str
    before: msgspec.Raw
    after: msgspec.Raw


class Line(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One line of the log. `content` is what an edit outside left: the hash of its records.

    Of an import into a database, whose edits are kept beside the log, it is the
    hash of these. `schema` is that of its records. In a line of `form` 1, as
    they were once, the seal is over `why` itself, which no redaction reaches.
    `reasons` are the entries whose `why` a redaction took out, and `hidden` the
    records whose contents it took out of the log and which it did not alter.
    """

    sequence: Annotated[int, Meta(ge=1)]
    prev: Hash
    who: str
    when: str
    why: str | Redacted
    form: Annotated[int, Meta(ge=1, le=2)] = 1
    schema: Annotated[int, Meta(ge=1)] = 1
    act: Act = Act.CHANGE
    undoes: int | None = None
    redoes: int | None = None
    content: str = ""
    imported: Imported | None = None
    reasons: tuple[int, ...] = ()
    hidden: tuple[str, ...] = ()
    edits: tuple[LineEdit, ...]
    hash: str = ""


FORM = 2
"""Of the lines that are written."""

_LINES = msgspec.json.Decoder(Line)


class EntryEdit(NamedTuple):
    """One record as it was and as it became; a redacted one is told by its hash."""

    table: str
    id: str
    before: AnyRecord | Redacted | None
    after: AnyRecord | Redacted | None


class Entry(NamedTuple):
    """One act, as the log has it."""

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
    """The edit as it stands in a line.

    Raises `msgspec.ValidationError` where a record could not be read again as
    it is, and `UnicodeEncodeError` where a text is no Unicode.
    """
    sides = []
    for record in (edit.before, edit.after):
        raw = _NONE if record is None else _canonical(record)
        if record is not None and _DECODERS[edit.table].decode(raw) != record:
            raise msgspec.ValidationError("it would not be read again as it is")
        sides.append(msgspec.Raw(raw))
    return LineEdit(edit.table, edit.id, *sides)


def as_entry(line: Line) -> Entry:
    """The line with its records.

    Raises `msgspec.ValidationError` where one is no record of its table.
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
                _side(one, one.before, line.schema),
                _side(one, one.after, line.schema),
            )
            for one in line.edits
        ),
        line.imported,
    )


def reason_of(line: Line) -> str:
    """Why it was done, in words; of a reason that was redacted its hash."""
    if isinstance(line.why, Redacted):
        return f"[redacted sha256:{line.why.redacted}]"
    return line.why


def without_reason(line: Line) -> Line:
    """The line with the hash of its reason in the place of that; one of form 1 as it is."""
    if line.form == 1 or isinstance(line.why, Redacted):
        return line
    return msgspec.structs.replace(line, why=Redacted(_hash_of_reason(line)))


def as_edit(edit: LineEdit, schema: int) -> Edit:
    """An edit of a line of a schema, of which nothing was redacted, with its records.

    Raises `msgspec.ValidationError` where one is no record of its table.
    """
    before, after = (_side(edit, raw, schema) for raw in (edit.before, edit.after))
    if isinstance(before, Redacted) or isinstance(after, Redacted):
        raise msgspec.ValidationError("it was redacted")
    return Edit(edit.table, edit.id, before, after)


def as_change(entry: Entry) -> Change | None:
    """The entry as a change of the case; None where a part of it was redacted."""
    edits = []
    for table, id, before, after in entry.edits:
        if isinstance(before, Redacted) or isinstance(after, Redacted):
            return None
        edits.append(Edit(table, id, before, after))
    return Change(entry.who, entry.when, entry.why, tuple(edits))


def _side(edit: LineEdit, raw: msgspec.Raw, schema: int) -> AnyRecord | Redacted | None:
    if is_redacted(raw):
        return msgspec.json.decode(raw, type=Redacted)
    if bytes(raw) == _NONE:
        return None
    if edit.table not in _DECODERS:
        raise msgspec.ValidationError(f"there is no table {edit.table!r}")
    return _DECODERS[edit.table].decode(migrated(edit.table, raw, schema))


def is_redacted(raw: msgspec.Raw) -> bool:
    """Whether the content of an edit was redacted."""
    return bytes(raw).startswith(b'{"redacted":')


def redacted(raw: msgspec.Raw) -> msgspec.Raw:
    """What stands in the place of a content once it is redacted."""
    return msgspec.Raw(_canonical(Redacted(commitment(raw))))


def commitment(raw: msgspec.Raw) -> str:
    """The hash of a content of an edit, which stays when the content is redacted."""
    if is_redacted(raw):
        return msgspec.json.decode(raw, type=Redacted).redacted
    return hashlib.sha256(raw).hexdigest()


def commitment_of(record: AnyRecord) -> str:
    """The hash of a record, as the log has it."""
    return hashlib.sha256(_canonical(record)).hexdigest()


def is_nothing(raw: msgspec.Raw) -> bool:
    """Whether an edit has no record on this side."""
    return bytes(raw) == _NONE


def seal_of(line: Line) -> str:
    """The hash that belongs to a line."""
    header = {
        field: getattr(line, field)
        for field in line.__struct_fields__
        if field not in {"edits", "hash"}
        # lines of an older program had not these
        and (field, line.schema) != ("schema", 1)
        and (field, line.form) != ("form", 1)
        and (field, line.imported) != ("imported", None)
        and (field, line.reasons) != ("reasons", ())
        and (field, line.hidden) != ("hidden", ())
    }
    if line.form > 1:
        header["why"] = _hash_of_reason(line)
    edits = [[e.table, e.id, commitment(e.before), commitment(e.after)] for e in line.edits]
    return hashlib.sha256(_canonical([header, edits])).hexdigest()


def _hash_of_reason(line: Line) -> str:
    if isinstance(line.why, Redacted):
        return line.why.redacted
    return hashlib.sha256(line.why.encode()).hexdigest()


def sealed(line: Line) -> Line:
    """The line with its hash."""
    return msgspec.structs.replace(line, hash=seal_of(line))


def written(line: Line) -> bytes:
    """The line as it stands in the file, with its line end."""
    return _encode(line) + b"\n"


def read_line(content: bytes) -> Line:
    """The line that stands in these bytes of the file.

    Raises `ValueError`, which says what is wrong, where not every bit is as it was written.
    """
    try:
        line = _LINES.decode(content)
        seal = seal_of(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"it is no entry ({error})") from error
    if seal != line.hash or written(line) != content:
        raise ValueError("it is not as it was written: its hash does not belong to it")
    return line
