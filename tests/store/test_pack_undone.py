"""A pack for somebody after an import was undone: what that brought does not go along."""

import sqlite3
import zipfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from store.archive import Archive
from store.custody.left_out import LeftOut
from store.custody.pack import pack, unpack
from store.custody.pack_for import ForWhom, restricted_of_log
from store.custody.verify import verify
from store.database.sqlite import is_database
from store.model import changes
from store.model.change import Change, Edit
from store.model.records import AnyRecord, RowRef
from tests.imports import run
from tests.small import SmallCase
from tests.store.importing import additions, altering, imported
from tests.store.kept import NAMES, WHEN, held, put_case

SECRET = "Zqxsecret"
"""Begins every text that must not go along."""

ANA = ForWhom("Ana", "me", "2026-01-01T00:00:00Z")


@pytest.fixture(params=NAMES)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A case of one event, in files or in a database."""
    small = SmallCase()
    small.event("Fall")
    path = tmp_path / str(request.param)
    put_case(path, small.records())
    return path


def _rows(*, free: bool = False) -> list[Edit]:
    """A row of a data set with its event, an actor and a place, all with words of their own."""
    small = SmallCase()
    known = small.dataset("rows", version="1.2", free=free)
    row = small.row("1", f"what: {SECRET} battle", publisher=small.source("Press"), dataset=known)
    event = small.event("row", row=RowRef(dataset=known, row="1", sha256="0" * 64))
    small.acted(event, row, f"{SECRET} battle", small.actor("own"))
    small.placed(event, row, f"{SECRET} battle", small.place("town"))
    for table, id, field in (
        ("events", event, "title"),
        ("articles", row, "title"),
        ("actors", "act_own", "name"),
        ("places", "plc_town", "name"),
        ("sources", "src_Press", "name"),
    ):
        one = small.tables[table][id]
        small.tables[table][id] = msgspec.structs.replace(one, **{field: f"{SECRET} {id}"})
    return additions(*(one for one in small.records() if one[0] != "case"))


def _writing(case: Path) -> Archive:
    return Archive.open(case, author="me", writing=True)


def _edit(archive: Archive, table: str, one: AnyRecord, after: AnyRecord) -> None:
    archive.change(Change("", "", "edit by hand", [Edit(table, one.id, one, after)]))


def _undone(case: Path, edits: Iterable[Edit], *, by_hand: bool = False) -> None:
    """Import some records and undo that, after edits by hand of what it brought."""
    archive = _writing(case)
    archive.import_batches(imported(1), [list(edits)])
    acts = 1
    if by_hand:
        here = held(archive)
        for table, id, field in (("events", "evt_row", "title"), ("actors", "act_own", "name")):
            after = msgspec.structs.replace(here[id], **{field: f"{SECRET} by hand"})
            _edit(archive, table, here[id], after)
        for id in ("evt_row", "act_own"):
            note = changes.note(id, f"{SECRET} note on {id}", "me", WHEN)
            archive.change(changes.add_or_replace(None, note, f"note on {SECRET}", "me", WHEN))
        acts += 4
    for _ in range(acts):
        assert archive.undo() is not None
    archive.close()
    assert list(verify(case)) == []


def _for_ana(case: Path) -> tuple[Path, LeftOut]:
    """The case that Ana has of a pack in which no byte is of what is left out."""
    packed, to = case.with_name("for.zip"), case.with_name(f"got{case.suffix}")
    found = pack(case, packed, ANA)
    assert found
    with zipfile.ZipFile(packed) as file:
        for name in file.namelist():
            assert SECRET.lower().encode() not in file.read(name).lower(), name
    unpack(packed, to)
    assert list(verify(to)) == []
    if is_database(to):
        with closing(sqlite3.connect(to)) as connection:
            stored = connection.execute("SELECT count(*) FROM brought WHERE content IS NOT NULL")
            assert stored.fetchone() == (0,), "compressed, in which no word is found"
    archive = Archive.open(to, author="Ana", writing=True)
    before = held(archive)
    assert archive.redo() is None
    assert archive.undo() is None
    assert held(archive) == before
    archive.close()
    return to, found


@pytest.mark.parametrize("by_hand", [False, True])
def test_rows_of_an_undone_import_do_not_go_along(case: Path, by_hand: bool) -> None:
    _undone(case, _rows(), by_hand=by_hand)
    assert restricted_of_log(case) == ("rows 1.2",)
    to, found = _for_ana(case)
    assert found.words == "what the log alone had (not redistributable: rows 1.2)"
    assert restricted_of_log(to) == ()
    archive = Archive.open(to)
    assert held(archive).keys() == {"case_small", "evt_Fall"}
    archive.close()


def test_what_stands_goes_along_and_its_rows_do_not(case: Path) -> None:
    _undone(case, _rows(), by_hand=True)
    archive = _writing(case)
    note = changes.note("evt_Fall", f"{SECRET} note", "me", WHEN, private=True)
    archive.change(changes.add_or_replace(None, note, "note", "me", WHEN))
    archive.close()
    _, found = _for_ana(case)
    assert found.words == "what the log alone had (not redistributable: rows 1.2), 1 private note"


def test_private_notes_of_an_undone_import_do_not_go_along(case: Path) -> None:
    note = changes.note("evt_Fall", f"{SECRET} note", "me", WHEN, private=True)
    _undone(case, additions(("notes", note)))
    assert restricted_of_log(case) == ()
    _, found = _for_ana(case)
    assert found.words == "what the log alone had"


def test_a_note_that_an_import_made_open_has_no_earlier_version(case: Path) -> None:
    archive = _writing(case)
    note = changes.note("evt_Fall", f"{SECRET} note", "me", WHEN, private=True)
    archive.import_batches(imported(1), [additions(("notes", note))])
    opened = msgspec.structs.replace(note, text="open", private=False)
    archive.import_batches(imported(1), [[altering(archive, "notes", opened)]])
    archive.close()
    to, _ = _for_ana(case)
    archive = Archive.open(to)
    assert held(archive)[note.id] == opened
    archive.close()


def test_an_open_import_that_was_undone_goes_along_and_is_redone(case: Path) -> None:
    _undone(case, _rows(free=True))
    assert restricted_of_log(case) == ()
    packed, to = case.with_name("for.zip"), case.with_name(f"got{case.suffix}")
    assert pack(case, packed, ANA) is None
    unpack(packed, to)
    archive = Archive.open(to, author="Ana", writing=True)
    assert archive.redo() is not None
    assert "evt_row" in held(archive)
    archive.close()


@pytest.mark.parametrize("altered", [False, True])
def test_a_stored_part_that_cannot_be_read_does_not_go_along(tmp_path: Path, altered: bool) -> None:
    case = tmp_path / "case.db"
    small = SmallCase()
    small.event("Fall")
    put_case(case, small.records())
    archive = _writing(case)
    titled = msgspec.structs.replace(held(archive)["evt_Fall"], title="Fall of Hama")
    archive.import_batches(imported(1), [[altering(archive, "events", titled)]])
    archive.close()
    _undone(case, _rows(free=True))
    of = "" if altered else "events"
    with closing(sqlite3.connect(case)) as connection:
        connection.execute("UPDATE brought SET content = ? WHERE of = ?", (SECRET.encode(), of))
        connection.commit()
    _for_ana(case)


def test_a_whole_pack_is_refused_while_the_log_has_rows(case: Path) -> None:
    _undone(case, _rows())
    packed = case.with_name("all.zip")
    found = run("pack", case, "--into", packed)
    assert (found.exit_code, found.stdout) == (76, "")
    assert "not redistributable: its log still has withdrawn rows of rows 1.2" in found.stderr
    assert "--for NAME leaves these out, and --with-restricted packs them" in found.stderr
    assert not packed.exists()
    found = run("pack", case, "--into", packed, "--with-restricted")
    assert found.exit_code == 0
    assert "not redistributable: its log still has withdrawn rows of rows 1.2" in found.stderr
