"""A database with a past, and the ways in which its pages are damaged."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import NamedTuple
from unittest.mock import patch

import msgspec

from store.archive import Archive
from store.database import sqlite
from store.database.create import create_database
from store.database.read_records import INDEXED
from store.document import kept_index
from store.model.change import Change, Edit
from store.model.judgements import Note
from store.model.records import SCHEMA, AnyRecord, Article, Case, Claim, Event
from store.model.text import text_hash
from store.model.vocabulary import TextKind
from store.queries.records import all_records
from store.reader import Reader
from tests.store.harvest import Harvest
from tests.store.importing import altering, imported
from tests.store.kept import KeptCase
from tests.store.row_spans import RowSpans, Span

_WHEN = "2024-01-01T10:00:00Z"
_ROWS = 120


class Whole(NamedTuple):
    """A sound database: its path, its records by id, where the bytes of each are, and its pages."""

    path: Path
    records: dict[str, AnyRecord]
    spans: dict[str, list[Span]]
    pages: RowSpans


def whole(folder: Path, *, wiped: bool, closed: bool) -> Whole:
    """Make a database with imports, and with records that were altered, withdrawn and redacted.

    Unless it is `wiped`, free pages keep what was deleted; unless it is `closed`,
    the last changes are in its WAL.
    """
    kept = folder / "kept" / "case.db"
    kept.parent.mkdir(parents=True)
    pragmas = sqlite._WRITER_PRAGMAS
    pragmas = pragmas if wiped else pragmas.replace("secure_delete = ON", "secure_delete = OFF")
    made = folder / "made" / "case.db"
    made.parent.mkdir()
    with patch.object(sqlite, "_WRITER_PRAGMAS", pragmas):
        create_database(made, Case(id="case_x", schema=SCHEMA, name="x", title="X"))
        archive = Archive.open(made, author="me", writing=True)
        _fill(archive)
        if closed:
            archive.close()
        else:
            archive.save_snapshot()
            _alter(archive, "events", "later")
        for file in made.parent.iterdir():
            if not file.name.endswith("-shm"):
                shutil.copy(file, kept.parent)
        if not closed:
            archive.close()
    return _looked_at(kept)


def kept_file(folder: Path) -> Path:
    """Make a case file with its log and a kept index."""
    folder.mkdir()
    case = KeptCase(folder)
    with patch.object(kept_index, "FROM_BYTES", 0):
        archive = case.write()
        archive.import_batches(imported(), Harvest(_ROWS // 3).batches())
        _alter(archive, "events", "altered")
        archive.close()
    return case.path


def _fill(archive: Archive) -> None:
    """Import rows thrice, alter, redact and withdraw some, and take the last import back."""
    batches = list(Harvest(_ROWS).batches(_ROWS // 3))
    archive.import_batches(imported(1, "one.csv"), batches[:1])
    archive.import_batches(imported(1, "two.csv"), batches[1:2])
    text = "".join(f"The {n}th day of the siege went by. " for n in range(1200))
    article = Article(
        id="art_long",
        title="A long one",
        publisher=None,
        text_kind=TextKind.FULL,
        text=text,
        text_sha256=text_hash(text),
    )
    archive.change(Change("", "", "a long text", [Edit("articles", article.id, None, article)]))
    for table in ("events", "articles", "actors"):
        _alter(archive, table, "altered")
    event = next(edit.after for edit in batches[0] if isinstance(edit.after, Event))
    archive.redact(event.id, "title", "names somebody", event.title[:6])
    claims = [edit.after for edit in batches[1] if isinstance(edit.after, Claim)][:9]
    archive.change(
        Change("", "", "wrong", [Edit("claims", claim.id, claim, None) for claim in claims])
    )
    archive.import_batches(imported(1, "three.csv"), batches[2:])
    archive.undo()
    for n in range(30):
        note = Note(id=f"not_{n}", about=event.id, text="seen " * n, by="me", at=_WHEN)
        archive.change(Change("", "", "note", [Edit("notes", note.id, None, note)]))


def _alter(archive: Archive, table: str, note: str) -> None:
    """Give some records of a table a remark."""
    found = [one for of, one in archive.ask(lambda asked: list(all_records(asked))) if of == table]
    for one in found[::9]:
        after = msgspec.structs.replace(one, note=note)
        archive.change(Change("", "", note, [altering(archive, table, after)]))


def _looked_at(path: Path) -> Whole:
    """Read the records of a database on a copy, and find where their bytes are."""
    copy = path.parent.with_name("copy") / path.name
    shutil.copytree(path.parent, copy.parent)
    archive = Archive.open(copy)
    records = archive.ask(records_by_id)
    archive.close()
    with closing(sqlite3.connect(copy)) as connection:
        roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_master").fetchall())
        numbers = {
            (table, n): id
            for table in INDEXED
            for n, id in connection.execute(f"SELECT n, id FROM {table}").fetchall()
        }
    pages = RowSpans(path)
    rows = pages.rows({table: roots[table] for table in INDEXED})
    spans = {numbers[key]: found for key, found in rows.items()}
    if spans.keys() != records.keys():
        raise RuntimeError("the rows that were found are not those of the case")
    return Whole(path, records, spans, pages)


def records_by_id(asked: Reader) -> dict[str, AnyRecord]:
    return {one.id: one for _, one in all_records(asked)}


class Damaged(NamedTuple):
    """A database and its WAL with damage, and the bytes that are damaged."""

    database: bytes
    wal: bytes
    spans: list[Span]


def _written(whole: Whole, span: Span, content: bytes) -> Damaged:
    """Put other bytes in the place of some."""
    files = [whole.pages.database, whole.pages.wal]
    was = files[span.wal]
    files[span.wal] = was[: span.start] + content + was[span.end :]
    return Damaged(files[0], files[1], [span])


def _random_page(whole: Whole, draw: Random) -> Damaged:
    span = draw.choice(whole.pages.all_pages())
    return _written(whole, span, draw.randbytes(span.end - span.start))


def _zeroed_page(whole: Whole, draw: Random) -> Damaged:
    span = draw.choice(whole.pages.all_pages())
    return _written(whole, span, bytes(span.end - span.start))


def _first_page(whole: Whole, draw: Random) -> Damaged:
    size = whole.pages.page_size
    content = draw.choice([bytes(size), draw.randbytes(size)])
    return _written(whole, Span(False, 0, size), content)


def _schema_page(whole: Whole, draw: Random) -> Damaged:
    span = draw.choice(whole.pages.schema_pages())
    return _written(whole, span, draw.randbytes(span.end - span.start))


def _bit(whole: Whole, draw: Random) -> Damaged:
    return _flipped(whole, draw, draw.choice(whole.pages.all_pages()))


def _head_bit(whole: Whole, draw: Random) -> Damaged:
    """Flip a bit in the first bytes of a page, which say what is where on it."""
    span = draw.choice(whole.pages.all_pages())
    return _flipped(whole, draw, span._replace(end=span.start + 40))


def _header_bit(whole: Whole, draw: Random) -> Damaged:
    """Flip a bit in the header of the file."""
    return _flipped(whole, draw, Span(False, 0, 100))


def _flipped(whole: Whole, draw: Random, within: Span) -> Damaged:
    at = draw.randrange(within.start, within.end)
    was = (whole.pages.wal if within.wal else whole.pages.database)[at]
    return _written(whole, Span(within.wal, at, at + 1), bytes([was ^ 1 << draw.randrange(8)]))


def _free_list(whole: Whole, draw: Random) -> Damaged:
    """Lose a page of the list of free pages, or the first page, which leads to it."""
    first = whole.pages.all_pages()[0]
    content = (whole.pages.wal if first.wal else whole.pages.database)[first.start : first.end]
    number = int.from_bytes(content[32:36], "big") or 1
    span = whole.pages.all_pages()[number - 1]
    return _written(whole, span, draw.randbytes(span.end - span.start))


def _hole(whole: Whole, draw: Random) -> Damaged:
    """Lose a sector of 512 bytes, perhaps in the WAL."""
    wal = bool(whole.pages.wal) and draw.random() < 0.5
    size = len(whole.pages.wal if wal else whole.pages.database)
    at = draw.randrange(size // 512) * 512
    return _written(whole, Span(wal, at, min(at + 512, size)), bytes(min(512, size - at)))


def _cut(whole: Whole, draw: Random) -> Damaged:
    content = whole.pages.database
    at = draw.randrange(whole.pages.page_size, len(content))
    return Damaged(content[:at], whole.pages.wal, [Span(False, at, len(content))])


KINDS: tuple[Callable[[Whole, Random], Damaged], ...] = (
    *(_random_page, _zeroed_page, _first_page, _schema_page),
    *(_bit, _head_bit, _header_bit, _free_list, _hole, _cut),
)
"""The ways in which a database is damaged, in turn."""
