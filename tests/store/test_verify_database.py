"""Detection of manual alterations in every table and column of a database."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.archive import Archive
from store.custody import check_records, claims_by_event
from store.custody.check_derived import check_full_text
from store.custody.verify import verify
from store.custody.verify_database import CheckProgress, CheckStep, DatabaseCheck
from store.database.read_records import records
from store.errors import ConflictError, DamagedCase
from store.model.change import Change, Edit
from store.model.judgements import Note
from store.model.records import SCHEMA, Article, Case, Event
from tests.examples import examples, sample
from tests.store.checksums import mend_checksums
from tests.store.hama import Hama
from tests.store.harvest import Harvest
from tests.store.importing import altering, imported
from tests.store.kept import put_case

WHEN = "2024-01-15T10:00:00Z"

_WORDS = ("event", "article", "name")
_FREE = ("withdrawn", *(f"{of}_words_{part}" for of in _WORDS for part in ("data", "idx")))
"""Which numbers are not given again is nobody's statement; full text is checked by itself."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with a beginning, changes, an import, one that was taken back, and a redaction."""
    return made(tmp_path)


def made(folder: Path) -> Path:
    """Make that database in a folder."""
    path = folder / "case.db"
    hama = Hama()
    case = Case(id="case_hama", schema=SCHEMA, name="hama", title="Hama")
    recorded = [(hama.tables[id], one) for id, one in hama.records.items()]
    put_case(path, [("case", case), *(one for one in recorded if one[0] != "case")])
    hama.connection.close()
    archive = Archive.open(path, author="me", writing=True)
    harvest = list(Harvest(40).batches(20))
    archive.import_batches(imported(20), harvest[:1])
    event = next(edit.after for edit in harvest[0] if isinstance(edit.after, Event))
    archive.import_batches(
        imported(20, "again.csv"),
        [[*harvest[1], altering(archive, "events", msgspec.structs.replace(event, title="Other"))]],
    )
    archive.undo()
    article = next(edit.after for edit in harvest[0] if isinstance(edit.after, Article))
    noted = msgspec.structs.replace(article, note="seen")
    archive.change(Change("", "", "note", [altering(archive, "articles", noted)]))
    archive.redact(event.id, "title", "names somebody", event.title[:4])
    archive.close()
    return path


def altered(path: Path, statement: str, *values: object, mended: bool = True) -> None:
    """Alter the database behind the program's back, and make every checksum right again."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement, values)
        assert connection.total_changes
        if mended:
            mend_checksums(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def columns(path: Path) -> Iterator[tuple[str, str]]:
    """Every table of the database that has rows, with each of its columns."""
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        for table, sql in tables.fetchall():
            if sql.startswith("CREATE VIRTUAL") or table in _FREE:
                continue
            (some,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            about = connection.execute(f"PRAGMA table_info({table})").fetchall()
            yield from ((table, f'"{column}"') for _, column, *_ in about if some)


def test_nothing_is_found_where_nothing_is_wrong(path: Path) -> None:
    before = path.read_bytes()
    assert list(verify(path)) == []
    assert path.read_bytes() == before


def test_no_value_can_be_altered_without_being_noticed(path: Path) -> None:
    whole = path.read_bytes()
    unnoticed = []
    for table, column in sample(list(columns(path)), of="altered"):
        path.write_bytes(whole)
        where = f"{column} IS (SELECT {column} FROM {table} LIMIT 1)"
        with closing(sqlite3.connect(path)) as connection:
            (value,) = connection.execute(f"SELECT {column} FROM {table} LIMIT 1").fetchone()
        try:
            altered(
                path,
                f"UPDATE {table} SET {column} = ? WHERE {where}",
                another(value),
                mended=column != '"checksum"',
            )
        except sqlite3.IntegrityError:
            continue  # SQLite itself does not have it
        if not list(verify(path)):
            unnoticed.append((table, column, value))
    assert unnoticed == []


def another(value: object) -> object:
    """Another value of the same type."""
    match value:
        case int():
            return value + 1_000_000
        case str():
            return value + "x"
        case bytes():
            return value + b"x"
        case _:
            return 1_000_000


def test_full_text_is_looked_at_once_whoever_writes_is_done(path: Path) -> None:
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    refused = []

    class Waiting(sqlite3.Connection):
        """A connection while another one writes, until this one was refused three times."""

        def execute(self, statement: str, values: Any = ()) -> sqlite3.Cursor:
            try:
                return super().execute(statement, values)
            except sqlite3.OperationalError:
                refused.append(statement)
                if len(refused) == 3:
                    writer.execute("ROLLBACK")
                raise

    with (
        closing(writer),
        closing(
            sqlite3.connect(path, isolation_level=None, timeout=0, factory=Waiting)
        ) as connection,
    ):
        assert list(check_full_text(path, connection)) == []
    assert refused == ["BEGIN IMMEDIATE"] * 3


def test_words_that_full_text_does_not_find_are_missed(path: Path) -> None:
    altered(path, "INSERT INTO article_words (article_words) VALUES ('delete-all')")
    found = [one.where for one in verify(path)]
    assert found == ["article_words"]


@pytest.mark.parametrize("table", ["actors", "articles", "passages", "events", "claims", "log"])
def test_a_row_that_is_gone_or_not_ours_is_noticed(path: Path, table: str) -> None:
    whole = path.read_bytes()
    for statement in (
        f"DELETE FROM {table} WHERE rowid = (SELECT min(rowid) FROM {table})",
        f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})",
    ):
        path.write_bytes(whole)
        altered(path, statement)
        assert list(verify(path)), statement
    if table == "log":
        return
    path.write_bytes(whole)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        row = connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()
        body = row[-2].replace(row[1], row[1] + "x")
        other = (1_000_000, row[1] + "x", *row[2:-2], body, row[-1])
        connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", other)
        mend_checksums(connection)
    assert any("no log entry added it" in one.what for one in verify(path))


def test_pages_that_are_damaged_are_told_in_a_line_and_never_crash(path: Path) -> None:
    whole = path.read_bytes()
    rng = Random(3)
    for _ in range(25):
        damaged = bytearray(whole)
        at = rng.randrange(100, len(whole) - 600)
        damaged[at : at + 500] = rng.randbytes(500)
        path.write_bytes(damaged)
        for one in list(verify(path)):
            assert one.file == path
        with suppress(ConflictError):
            Archive.open(path).close()


def test_a_body_that_cannot_be_read_ends_a_question_in_one_line(path: Path) -> None:
    altered(path, "UPDATE events SET body = '{}'")
    archive = Archive.open(path)
    with pytest.raises(DamagedCase, match="a record is damaged"):
        archive.ask(lambda asked: list(records(asked)))
    archive.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as `path` makes it, that no test alters."""
    return made(tmp_path_factory.mktemp("whole"))


@examples(400)
@given(data=st.data())
def test_whatever_is_altered_is_found(whole: Path, data: st.DataObject) -> None:
    copy = whole.with_name("altered.db")
    copy.write_bytes(whole.read_bytes())
    # SQLite's check does not look at how long a text is, by which the finds are ranked
    tables = dict.fromkeys(one for one, _ in columns(copy) if not one.endswith("_docsize"))
    table = data.draw(st.sampled_from(list(tables)))
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        rows = connection.execute(f"SELECT * FROM {table}")
        names = [f'"{column[0]}"' for column in rows.description]
        row = data.draw(st.sampled_from(rows.fetchall()))
        where = " AND ".join(f"{name} IS ?" for name in names)
        altered_one = data.draw(st.integers(-1, len(names) - 1))
        if altered_one < 0:
            connection.execute(f"DELETE FROM {table} WHERE {where}", row)
        else:
            value = mistaken(row[altered_one], data)
            with suppress(sqlite3.IntegrityError):  # SQLite itself does not have it
                connection.execute(
                    f"UPDATE {table} SET {names[altered_one]} = ? WHERE {where}", (value, *row)
                )
        changed = connection.total_changes
        if names[altered_one] != '"checksum"':
            mend_checksums(connection)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check_records, "BATCH", data.draw(st.integers(1, 50)))
        patch.setattr(claims_by_event, "BATCH", data.draw(st.integers(1, 50)))
        assert bool(list(verify(copy))) == bool(changed)


def mistaken(value: object, data: st.DataObject) -> object:
    """A value that differs from this one in as little as can be."""
    match value:
        case int():
            return value + data.draw(st.sampled_from([-1, 1, 1_000_000]))
        case str() if value:
            at = data.draw(st.integers(0, len(value) - 1))
            return value[:at] + ("b" if value[at] == "a" else "a") + value[at + 1 :]
        case bytes() if value:
            at = data.draw(st.integers(0, len(value) - 1))
            return value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]
        case _:
            return another(value)


def test_others_go_on_writing_while_it_is_checked(path: Path) -> None:
    steps: list[CheckProgress] = []
    with closing(sqlite3.connect(path)) as connection:
        (event,) = connection.execute("SELECT id FROM events LIMIT 1").fetchone()

    def changing(progress: CheckProgress) -> None:
        steps.append(progress)
        with closing(Archive.open(path, author="me", writing=True)) as archive:
            note = Note(id=f"not_{len(steps)}", about=event, text="seen", by="me", at=WHEN)
            archive.change(Change("", "", "note", [Edit("notes", note.id, None, note)]))

    assert list(DatabaseCheck(path, changing).findings()) == []
    assert list(dict.fromkeys(one.step for one in steps)) == list(CheckStep)
    for step in (CheckStep.RECORDS, CheckStep.DERIVED):
        last = [one for one in steps if one.step is step][-1]
        assert last.done == last.of > 0
    assert list(verify(path)) == []
    with closing(Archive.open(path)) as archive:
        (kept,) = archive.ask(lambda asked: asked.execute("SELECT count(*) FROM notes").fetchone())
    assert kept == len(steps)
