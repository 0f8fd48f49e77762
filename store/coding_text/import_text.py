"""Import of a case as text into a case: one act, which one undo takes back."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from store.archive import Archive
from store.coding_text.read_folder import coded_case
from store.errors import DamagedCase, RefusedChange
from store.model.change import Change, Edit
from store.model.log_line import Redacted
from store.model.records import AnyRecord, Case
from store.model.text_fields import texts
from store.queries.records import record_of
from store.reader import Reader

_TOMBSTONE = re.compile(r"\[redacted sha256:[0-9a-f]{64}\]")


class AlteredRecord(NamedTuple):
    """A record that the case has otherwise than the text: its table, id, and such fields."""

    table: str
    id: str
    fields: tuple[str, ...]


class TextImport(NamedTuple):
    """The account of an import of a case as text.

    `added` and `unchanged` count records by table; `case_kept` are the fields of the case
    itself that the text has otherwise: the case keeps its own.
    """

    added: Counter[str]
    altered: tuple[AlteredRecord, ...]
    unchanged: Counter[str]
    case_kept: tuple[str, ...]


def import_text(archive: Archive, folder: Path, *, dry_run: bool = False) -> TextImport:
    """Add the records of a case as text, and alter those that the case has otherwise.

    Nothing is withdrawn. Raises `DamagedCase` where the text is not in order,
    `RefusedChange` where it would bring back what was redacted, and what
    `Archive.change` raises: then nothing was imported.
    """
    records = list(coded_case(folder))
    edits, unchanged = archive.ask(_edits, [one for one in records if one[0] != "case"])
    _refuse_redacted(archive, edits)
    case = next(one for _, one in records if isinstance(one, Case))
    if not dry_run:
        archive.change(Change("", "", f"import of the text {folder.resolve().name}", tuple(edits)))
    return TextImport(
        Counter(edit.table for edit in edits if edit.before is None),
        tuple(
            AlteredRecord(edit.table, edit.id, unlike_fields(edit.before, edit.after))
            for edit in edits
            if edit.before is not None and edit.after is not None
        ),
        unchanged,
        unlike_fields(msgspec.structs.replace(archive.case, id=case.id), case),
    )


def _edits(
    connection: Reader, records: Iterable[tuple[str, AnyRecord]]
) -> tuple[list[Edit], Counter[str]]:
    edits: list[Edit] = []
    unchanged: Counter[str] = Counter()
    for table, after in records:
        before = record_of(connection, after.id)
        if before is not None and type(before) is not type(after):
            raise DamagedCase(
                f"{table} {after.id}: the case has another kind of record with this id",
                "take the id out of the text",
            )
        if before == after:
            unchanged[table] += 1
        else:
            edits.append(Edit(table, after.id, before, after))
    return edits, unchanged


def _refuse_redacted(archive: Archive, edits: Iterable[Edit]) -> None:
    """Raise `RefusedChange` where an edit has the words that were redacted in the case."""
    redacted = {
        edit.id
        for entry in archive.history()
        for edit in entry.edits
        if isinstance(edit.before, Redacted) or isinstance(edit.after, Redacted)
    }
    for edit in edits:
        gone = edit.before is None and edit.id in redacted
        if edit.after is not None and (gone or _tombs(edit.before) - _tombs(edit.after)):
            raise RefusedChange(
                f"{edit.table} {edit.id}: was redacted, and this text has its words still",
                "write the case as text anew, and edit that; delete this text",
            )


def _tombs(record: AnyRecord | None) -> set[str]:
    """The tombstones of redacted words in a record."""
    found = () if record is None else texts(record)
    return {tomb for _, text in found for tomb in _TOMBSTONE.findall(text)}


def unlike_fields(before: AnyRecord, after: AnyRecord) -> tuple[str, ...]:
    """The fields in which two records of one kind are unlike."""
    return tuple(
        field
        for field in after.__struct_fields__
        if getattr(before, field) != getattr(after, field)
    )
