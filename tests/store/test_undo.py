"""Undo and redo of one change after another, also in a later session."""

from pathlib import Path
from random import Random

import msgspec
import pytest

from store.archive import Archive
from store.database.read_records import record
from store.document.file_engine import FileEngine
from store.errors import ReadOnlyCase, RefusedChange
from store.model.change import Change
from store.model.records import SCHEMA, AnyRecord, Case
from tests.examples import WHOLE
from tests.store.dumps import assert_as_made_anew, on_index
from tests.store.histories import in_order, some_case, some_edits, whole
from tests.store.kept import NAMES, KeptCase, abandon, entitle, held, put_case, title_of


@pytest.fixture(params=NAMES)
def case(tmp_path: Path, request: pytest.FixtureRequest) -> KeptCase:
    """A small case on the disk, in files or a database."""
    return KeptCase(tmp_path, request.param)


MANY = 100 if WHOLE else 50
"""The number of changes that are taken back and done again."""


def part(of_ten: int) -> int:
    """So many tenths of them."""
    return MANY * of_ten // 10


@pytest.mark.parametrize("name", NAMES)
def test_many_changes_are_taken_back_and_done_again(tmp_path: Path, name: str) -> None:
    rng = Random(7)
    records = some_case(rng)
    path = tmp_path / name
    itself = Case(id="case_x", schema=SCHEMA, name="x", title="X")
    put_case(path, [("case", itself), *in_order(records)])
    archive = Archive.open(path, author="me", writing=True)
    states: list[dict[str, AnyRecord]] = [held(archive)]
    while len(states) <= MANY:
        edits = some_edits(rng, records)
        after = {**records, **{edit.id: edit.after for edit in edits if edit.after is not None}}
        for edit in edits:
            if edit.after is None:
                del after[edit.id]
        if not edits or not whole(after):
            continue
        archive.change(Change("", "", "", edits))
        records = after
        states.append(held(archive))
        if len(states) in (part(2), part(5), part(8)):
            archive = again(archive, path, saved=len(states) != part(5))
    for n in range(MANY - 1, -1, -1):
        assert archive.undo()
        assert held(archive) == states[n]
        if n in (part(6), part(3)):
            archive = again(archive, path, saved=n == part(3))
            assert held(archive) == states[n]
    assert archive.undo() is None
    on_index(archive, assert_as_made_anew)
    archive = again(archive, path, saved=False)
    for n in range(1, MANY + 1):
        assert archive.redo()
        assert held(archive) == states[n]
        if n in (part(4), part(7)):
            archive = again(archive, path, saved=n == part(4))
    assert archive.redo() is None
    on_index(archive, assert_as_made_anew)
    assert len(archive.history()) == 3 * MANY
    archive.close()
    reader = Archive.open(path)
    assert held(reader) == states[-1]
    reader.close()


def again(archive: Archive, path: Path, *, saved: bool) -> Archive:
    """The case opened again, after it was closed or after the program was killed."""
    (Archive.close if saved else abandon)(archive)
    return Archive.open(path, author="me", writing=True)


def test_an_act_after_an_undo_cuts_off_what_was_taken_back(case: KeptCase) -> None:
    archive = case.write()
    for title in ("one", "two", "three"):
        entitle(archive, title)
    archive.undo()
    archive.undo()
    entitle(archive, "four")
    assert archive.redo() is None
    titles = []
    while archive.undo():
        titles.append(title_of(archive))
    assert titles == ["one", "Fall"]
    archive.close()


def test_what_was_taken_back_is_told_with_who_took_it_back(case: KeptCase) -> None:
    archive = case.write(author="Amal")
    entitle(archive, "one", who="Basil")
    taken = archive.undo()
    assert taken is not None
    assert (taken.who, taken.why) == ("Amal", "it is one")
    assert taken.when.endswith("Z")
    archive.redo()
    assert [(one.undoes, one.redoes) for one in archive.history()] == [
        (None, 1),
        (1, None),
        (None, None),
    ]
    archive.close()


def test_a_reader_takes_nothing_back(case: KeptCase) -> None:
    case.titles("one")
    archive = case.read()
    with pytest.raises(ReadOnlyCase):
        archive.undo()
    archive.close()


def test_what_was_edited_outside_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    case = KeptCase(tmp_path)
    archive = case.write()
    entitle(archive, "one")
    archive.close()
    case.path.write_bytes(case.path.read_bytes().replace(b'"title":"one"', b'"title":"two"'))
    archive = case.write()
    assert isinstance(archive._engine, FileEngine)
    archive._engine.files.undo_stack.done[:] = [1]
    with pytest.raises(RefusedChange, match="changed in the meantime"):
        archive.undo()
    event = archive.ask(record, "events", case.fall)
    assert event is not None
    assert msgspec.structs.asdict(event)["title"] == "two"
    archive.close()
