"""Imports that alter, withdraw and restore records of other imports leave a database valid."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from store.archive import Archive
from store.custody.convert import convert
from store.custody.verify import verify
from store.model.change import Change, Edit
from store.model.records import SCHEMA, Case
from tests.examples import examples
from tests.store.dumps import assert_as_made_anew, on_index
from tests.store.histories import Records, in_order, some_case, some_edits, table_of, whole
from tests.store.importing import imported
from tests.store.kept import held, put_case
from tests.store.test_bulk_insert import closed, in_tables

CASE = Case(id="case_small", schema=SCHEMA, name="small", title="Small")


def between(before: Records, after: Records) -> list[Edit]:
    """The edits that turn one case into another, in the order of a batch."""
    return in_tables(
        Edit(table_of(id), id, before.get(id), after.get(id))
        for id in before.keys() | after.keys()
        if before.get(id) != after.get(id)
    )


def recorded(archive: Archive) -> Records:
    """All records by id but the case itself."""
    return {id: one for id, one in held(archive).items() if id != archive.case.id}


def some_batch(rng: Random, case: Records, others: list[Records]) -> list[Edit]:
    """Edits that lead to a valid case: an earlier one, another one, or a similar one."""
    if rng.random() < 0.6:
        return between(case, rng.choice(others))
    edits = some_edits(rng, case)
    after = {**case, **{edit.id: edit.after for edit in edits if edit.after is not None}}
    for edit in edits:
        if edit.after is None:
            del after[edit.id]
    return in_tables(edits) if whole(after) else []


def live(rng: Random, archive: Archive, others: list[Records]) -> None:
    """Run some imports and changes, with undo and redo of both."""
    for _ in range(rng.randint(3, 9)):
        does = rng.random()
        if does < 0.5:
            if batch := some_batch(rng, recorded(archive), others):
                archive.import_batches(imported(), [batch])
        elif does < 0.65:
            archive.change(Change("", "", "by hand", some_batch(rng, recorded(archive), others)))
        elif does < 0.85:
            for _ in range(rng.randint(1, 3)):
                archive.undo()
        else:
            archive.redo()


def findings(path: Path) -> list[str]:
    """The findings of verify, except those on passages of an older text."""
    found = [f"{one.where}: {one.what}" for one in verify(path)]
    return [one for one in found if "text_sha256: does not match the text" not in one]


@examples(60)
@given(st.integers(0, 2**32))
def test_whatever_imports_follow_each_other_the_database_is_whole(seed: int) -> None:
    rng = Random(seed)
    others = [closed(some_case(rng)) for _ in range(3)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "case.db"
        put_case(path, [("case", CASE), *in_order(others[0] if rng.random() < 0.5 else {})])
        archive = Archive.open(path, author="me", writing=True)
        live(rng, archive, others)
        on_index(archive, assert_as_made_anew)
        now = held(archive)
        archive.close()
        assert findings(path) == []
        convert(path, path.with_suffix(".json"))
        assert findings(path.with_suffix(".json")) == []
        convert(path.with_suffix(".json"), path.with_name("back.db"))
        for again in (path.with_suffix(".json"), path.with_name("back.db")):
            archive = Archive.open(again, author="me", writing=True)
            assert held(archive) == now
            live(rng, archive, others)
            archive.close()
            assert findings(again) == []
