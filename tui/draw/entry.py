"""An act of the log in words: as a row, and record by record, field by field."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from rich.cells import cell_len

from store.model.labels import count_text
from store.model.log_line import Act, Entry, EntryEdit, Redacted
from store.model.record import Record
from store.model.references import TABLE_OF
from store.model.text_fields import texts
from tui.draw.phrases import brief, entry_words, local_time
from tui.draw.styles import ELLIPSIS, fitted, in_line

SHORT_TIME = 12
"""Cells of the time in a row."""

LONGEST_NAME = 16
"""Cells of who acted in a row, at most."""

TOLD_AT_ONCE = 200
"""Records of an act that are told on the screen at most; `conflict-tui log` has all."""

LONGEST_VALUE = 5_000
"""Code points of a value that are told on the screen; the file has all."""

LONGEST_ID = 100
"""Code points of an id at most."""

NOTHING = "nothing"

Names = Mapping[str, str]
"""The names of records by their ids."""

_TOMB = "[redacted sha256:"


def short_time(at: str, now: datetime | None = None) -> str:
    """A time of the log in the user's zone: `27 Nov 19:01`, or `27 Nov 2025` in another year."""
    try:
        moment = datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone()
    except (ValueError, OverflowError):
        return at
    today = (now or datetime.now(UTC)).astimezone()
    return f"{moment.day} {moment:%b} {moment:{'%H:%M' if moment.year == today.year else '%Y'}}"


def act_words(entry: Entry) -> str:
    """An act and its reason: `grade SOHR B, because close to it`."""
    if entry.act is Act.REDACTION:
        return f"{redaction_words(entry)}: {entry.why}"
    reasons = [getattr(edit.after, "reason", "") for edit in entry.edits[:2]]
    because = f", because {reasons[0]}" if len(reasons) == 1 and reasons[0] else ""
    return f"{entry_words(entry)}{because}"


def redaction_words(entry: Entry) -> str:
    """`text of art_p2 and 12 passages redacted`."""
    if not entry.edits:
        return "redacted"
    one, *others = entry.edits
    held = list(texts(one.after)) if isinstance(one.after, Record) else []
    fields = dict.fromkeys(field for field, text in held if _TOMB in text)
    what = f"{' and '.join(fields)} of {one.id}" if fields else one.id
    tables = Counter(edit.table for edit in others)
    more = [count_text(number, table.removesuffix("s")) for table, number in tables.items()]
    return f"{' and '.join([what, *more])} redacted"


def signature(entry: Entry) -> str:
    """The time and author of an act in few cells: `27 Nov 19:01  Ada Lovelace`."""
    return f"{fitted(in_line(short_time(entry.when)), SHORT_TIME)}  {entry.who}"


def signature_width(entries: Sequence[Entry]) -> int:
    """The width of the signatures in cells, which has a limit for long names."""
    longest = max((cell_len(in_line(one.who)) for one in entries), default=0)
    return SHORT_TIME + 2 + min(LONGEST_NAME, longest)


def account(
    entry: Entry, most: int = TOLD_AT_ONCE, names: Names | None = None, *, ids: bool = True
) -> Iterator[str]:
    """All of an act, in lines: when, who, why, and each record's fields before and after.

    Records are called by their `names`; with `ids`, each id stands behind. Records beyond `most`
    are only counted.
    """
    yield f"{local_time(entry.when)}, {entry.who}"
    yield act_words(entry)
    edits = entry.edits[:most]
    naming = _Naming(names or {}, ids)
    for edit in edits:
        yield from _told(edit, entry.act, naming)
    left = len(entry.edits) - len(edits)
    if left:
        yield f"and {count_text(left, 'record')} more: conflict-tui log --format json"


def ids_in(entry: Entry, most: int) -> tuple[str, ...]:
    """The ids that the fields of the first records of an act refer to."""
    found = [
        value
        for edit in entry.edits[:most]
        for side in (edit.before, edit.after)
        if isinstance(side, Record)
        for field, value in _values("", side)
        if field != "id" and isinstance(value, str) and _is_id(value)
    ]
    return tuple(dict.fromkeys(found))


def _is_id(text: str) -> bool:
    return len(text) <= LONGEST_ID and text[:3] in TABLE_OF and text[3:4] == "_"


class _Naming(NamedTuple):
    """The names of records, with their ids or without."""

    names: Names
    ids: bool

    def of_record(self, edit: EntryEdit) -> str:
        """`note note_ab12` if ids are shown, else `note`: what it says follows."""
        table = edit.table.removesuffix("s")
        hidden = isinstance(edit.before, Redacted) or isinstance(edit.after, Redacted)
        return f"{table} {edit.id}" if self.ids or hidden else table

    def of_value(self, value: str) -> str:
        """The name of the record with an id; other values as they are."""
        name = self.names.get(value, "")
        if not name:
            return value
        return f"{name} ({value})" if self.ids else name


def _told(edit: EntryEdit, act: Act, naming: _Naming) -> Iterator[str]:
    before, after = edit.before, edit.after
    what = naming.of_record(edit)
    if act is Act.REDACTION:
        yield f"{what}: redacted" if after is not None else f"{what}: redacted in the log"
        return
    if isinstance(before, Redacted) or isinstance(after, Redacted):
        yield f"{what}: {brief(before)} → {brief(after)}"
        return
    names = dict.fromkeys((brief(before), brief(after)))
    yield f"{what}: {' → '.join(names)}"
    if before is None or after is None:
        held = before if after is None else after
        fields = _fields(held, naming)
        yield from (f"  {field}: {value}" for field, value in fields if field != "id")
        return
    was, is_ = dict(_fields(before, naming)), dict(_fields(after, naming))
    for field in dict.fromkeys((*was, *is_)):
        if was.get(field) != is_.get(field):
            yield f"  {field}: {was.get(field, NOTHING)} → {is_.get(field, NOTHING)}"


def _fields(record: object, naming: _Naming) -> Iterator[tuple[str, str]]:
    """The fields of a record that are set, dotted within a value, in words."""
    for field, value in _values("", record):
        values = value if isinstance(value, tuple) else (value,)
        text = ", ".join(naming.of_value(str(one)) for one in values)
        shown = text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + ELLIPSIS
        yield field.replace("_", " "), shown


def _values(field: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The values of a record that are set, with their fields, dotted within a value."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _values(f"{field}.{name}".lstrip("."), getattr(value, name))
    elif isinstance(value, tuple) and any(isinstance(one, msgspec.Struct) for one in value):
        for place, inner in enumerate(value, 1):
            yield from _values(f"{field}.{place}", inner)
    elif value not in (None, "", ()) and value is not False:
        yield field, value
