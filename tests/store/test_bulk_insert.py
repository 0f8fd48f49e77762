"""Bulk insertion adds the same rows as adding records one by one."""

from collections.abc import Iterable
from pathlib import Path
from random import Random
from sqlite3 import Connection

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import bulk_insert
from store.database.amend import amend
from store.database.apply import transaction
from store.database.bulk_insert import BulkInsert
from store.database.import_parts import ImportRecorder
from store.database.read_records import INDEXED, records
from store.database.schema import IN_DATABASES
from store.errors import RefusedChange
from store.model.change import Edit
from store.model.records import AnyRecord
from store.model.references import references
from tests.examples import examples
from tests.store.dumps import Dump, assert_as_made_anew, dump, indexed, numbers, on_index
from tests.store.harvest import Harvest
from tests.store.histories import Records, in_order, some_case, some_edits, table_of, whole
from tests.store.importing import imported
from tests.store.kept import KeptCase

pytestmark = pytest.mark.slow


def taken_in(connection: Connection, batches: Iterable[list[Edit]]) -> None:
    """Import batches as a database does."""
    adding = BulkInsert(connection, ImportRecorder(connection, 1))
    for batch in batches:
        with transaction(connection):
            adding.add_or_amend(batch)


@examples(120)
@given(st.integers(0, 2**32))
def test_it_makes_the_rows_that_amend_makes(seed: int) -> None:
    rng = Random(seed)
    case = some_case(rng)
    first = closed({id: one for id, one in case.items() if rng.random() < 0.8})
    batches = [in_tables(Edit(table_of(id), id, None, case[id]) for id in case.keys() - first)]
    for _ in range(3):
        edits = some_edits(rng, case)
        after = {**case, **{edit.id: edit.after for edit in edits if edit.after is not None}}
        for edit in edits:
            if edit.after is None:
                del after[edit.id]
        if whole(after):
            batches.append(in_tables(edits))
            case = after
    one, other = indexed(in_order(first)), indexed(in_order(first))
    one.executescript(IN_DATABASES)
    taken_in(one, batches)
    for batch in batches:
        with transaction(other):
            amend(other, batch)
    assert {one.id: one for _, one in records(one)} == case
    assert in_any_order(dump(one)) == in_any_order(dump(other))
    assert_as_made_anew(one)
    one.close()
    other.close()


def in_any_order(found: Dump) -> Dump:
    """The rows without record numbers, which are assigned in another order."""
    words: list[tuple[object, ...]] = sorted(
        (word, column, id) for word, column, _, id in found["event_words"]
    )
    return found | {"in order": [], "event_words": words}


def closed(case: Records) -> Records:
    """The records without those that refer to missing ones."""
    left = dict(case)
    while not whole(left):
        left = {id: one for id, one in left.items() if _stands(one, left)}
    return left


def _stands(one: AnyRecord, case: Records) -> bool:
    return all(target in case for _, target, _ in references(one))


def in_tables(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in the order of a batch."""
    return sorted(edits, key=lambda edit: (INDEXED.index(edit.table), edit.id))


@pytest.mark.parametrize("large", [30, 1_000_000])
def test_rows_of_a_data_set_are_taken_in_as_they_would_be_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    archive = KeptCase(tmp_path, "case.db").write()
    monkeypatch.setattr(bulk_insert, "LARGE", large)
    archive.import_batches(imported(100), Harvest(100).batches(25))
    on_index(archive, assert_as_made_anew)
    before = on_index(archive, dump)
    held = archive.ask(numbers)
    archive.undo()
    on_index(archive, assert_as_made_anew)
    assert len(archive.ask(numbers)) == 2
    archive.redo()
    assert on_index(archive, dump) == before
    assert archive.ask(numbers) == held
    archive.undo()
    archive.import_batches(imported(100), Harvest(100, seed=2).batches(25))
    on_index(archive, assert_as_made_anew)
    now = archive.ask(numbers)
    assert not {n for id, n in now.items() if id[:4] == "clm_"} & {
        n for id, n in held.items() if id[:4] == "clm_" and now.get(id) != n
    }, "no other record gets a number that one had"
    archive.close()


def test_an_id_that_comes_twice_is_found_without_its_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_insert, "LARGE", 0)
    archive = KeptCase(tmp_path, "case.db").write()
    before = on_index(archive, dump)
    batches = list(Harvest(20).batches(10))
    claim = next(edit.after for edit in batches[0] if edit.table == "claims")
    event = next(edit.after for edit in batches[1] if edit.table == "events")
    assert claim is not None
    assert event is not None
    other = msgspec.structs.replace(claim, subject=event.id)
    batches[1].append(Edit("claims", other.id, None, other))
    with pytest.raises(RefusedChange, match="have the same id"):
        archive.import_batches(imported(20), batches)
    assert on_index(archive, dump) == before
    archive.import_batches(imported(20), Harvest(20).batches(10))
    archive.close()
