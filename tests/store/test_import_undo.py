"""An import is one change in files and databases: complete or not at all, and it can be undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.database.read_records import record, records
from store.errors import DamagedCase, ReadOnlyCase, RefusedChange
from store.model.change import Edit
from store.model.log_line import Act
from store.model.records import AnyRecord, Event
from store.model.vocabulary import EventType
from tests.small import SmallCase
from tests.store.dumps import assert_as_made_anew, numbers, on_index
from tests.store.importing import additions, altering, imported, interrupted
from tests.store.kept import NAMES, KeptCase, abandon, entitle, held, put_case


class Harvest:
    """Two batches: Hama fell, as an agency says, and rose, as the same article says."""

    def __init__(self, archive: Archive) -> None:
        small = SmallCase()
        self.agency = small.source("Agency")
        self.hama = small.place("Hama")
        self.news = small.article("news", None, publisher=self.agency, title="Hama fell and rose")
        self.fell = small.event("Hama fell")
        small.dated(self.fell, self.news, "Hama fell", "2024-12-05")
        small.placed(self.fell, self.news, "Hama", self.hama)
        first = list(small.records())
        self.rose = small.event("Hama rose")
        small.claim(self.rose, self.news, "rose")
        second = [one for one in small.records() if one not in first]
        self.batches = [
            additions(*(one for one in first if one[0] != "case")),
            [
                *additions(*second),
                altering(
                    archive, "events", Event(id="evt_Fall", title="Falls", type=EventType.OTHER)
                ),
            ],
        ]


@pytest.fixture(params=NAMES)
def case(tmp_path: Path, request: pytest.FixtureRequest) -> KeptCase:
    """A small case in files, or in a database."""
    return KeptCase(tmp_path, request.param)


@pytest.fixture
def archive(case: KeptCase) -> Iterator[Archive]:
    """The case, opened for writing after one change."""
    archive = case.write()
    entitle(archive, "Fall of Hama")
    yield archive
    archive.close()


def test_all_that_an_import_brings_is_one_act(archive: Archive) -> None:
    harvest = Harvest(archive)
    archive.import_batches(imported(2), iter(harvest.batches))
    on_index(archive, assert_as_made_anew)
    after = held(archive)
    assert {harvest.fell, harvest.rose, harvest.news} <= after.keys()
    (entry,) = archive.history(most=1)
    assert (entry.who, entry.act, entry.imported) == ("me", Act.CHANGE, imported(2))
    assert entry.why == "import of rows.csv: 2 rows"


def test_it_is_undone_and_done_again_on_another_day(case: KeptCase) -> None:
    archive = case.write()
    harvest = Harvest(archive)
    before = held(archive)
    archive.import_batches(imported(2), harvest.batches)
    after, held_by = held(archive), archive.ask(numbers)
    entitle(archive, "Fall, once more")
    for _ in range(2):
        abandon(archive)
        archive = case.write()
        archive.undo()
        archive.undo()
        assert held(archive) == before
        on_index(archive, assert_as_made_anew)
        abandon(archive)
        archive = case.write()
        archive.redo()
        assert held(archive) == after
        assert archive.ask(numbers) == held_by
        on_index(archive, assert_as_made_anew)
        archive.redo()
        assert archive.redo() is None
    assert archive.history(most=1)[0].redoes is not None
    archive.close()


def test_the_log_of_a_record_tells_which_import_brought_it(archive: Archive) -> None:
    harvest = Harvest(archive)
    archive.import_batches(imported(2), harvest.batches)
    archive.undo()
    archive.redo()
    assert [one.sequence for one in archive.history(harvest.fell)] == [4, 3, 2]
    assert [one.sequence for one in archive.history("evt_Fall")] == [4, 3, 2, 1]
    assert archive.history("evt_none") == []


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), RuntimeError("the file ends here")])
def test_one_that_is_stopped_leaves_nothing(archive: Archive, stop: BaseException) -> None:
    before, told = held(archive), archive.history()
    with pytest.raises(type(stop)):
        archive.import_batches(imported(), interrupted(Harvest(archive).batches, stop))
    assert held(archive) == before
    assert archive.history() == told
    on_index(archive, assert_as_made_anew)
    archive.import_batches(imported(), Harvest(archive).batches)  # and it can be tried again
    assert archive.undo() is not None


def test_one_that_does_not_fit_leaves_nothing(archive: Archive) -> None:
    before = held(archive)
    batches = Harvest(archive).batches
    lost = Event(id="evt_lost", title="Lost", type=EventType.OTHER, part_of="evt_none")
    with pytest.raises(DamagedCase, match="evt_none"):
        archive.import_batches(imported(), [batches[0], additions(("events", lost))])
    with pytest.raises(RefusedChange):
        archive.import_batches(imported(), [batches[0], batches[0]])
    stale = batches[1][-1]
    with pytest.raises(RefusedChange):
        archive.import_batches(imported(), [batches[0], [stale._replace(before=lost)]])
    assert held(archive) == before
    assert archive.writable


def test_a_reader_takes_nothing_in_and_follows(case: KeptCase, archive: Archive) -> None:
    reader = case.read()
    with pytest.raises(ReadOnlyCase):
        reader.import_batches(imported(), [])
    archive.import_batches(imported(2), Harvest(archive).batches)
    assert [one.why for one in reader.follow()] == ["import of rows.csv: 2 rows"]
    assert held(reader) == held(archive)
    reader.close()


def test_while_a_database_takes_in_it_answers_as_before(tmp_path: Path) -> None:
    archive = KeptCase(tmp_path, "case.db").write()
    seen = []

    def batches() -> Iterator[list[Edit]]:
        for batch in Harvest(archive).batches:
            yield batch
            seen.append(archive.ask(record, "places", "plc_Hama"))

    archive.import_batches(imported(2), batches())
    assert seen == [None, None]
    assert archive.ask(record, "places", "plc_Hama") is not None
    archive.close()


def test_what_it_was_may_be_told_at_its_end(archive: Archive) -> None:
    rows: list[AnyRecord] = []

    def batches() -> Iterator[list[Edit]]:
        for batch in Harvest(archive).batches:
            rows.extend(edit.after for edit in batch if isinstance(edit.after, Event))
            yield batch

    archive.import_batches(lambda: imported(len(rows)), batches())
    assert archive.history(most=1)[0].why == "import of rows.csv: 3 rows"


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_case_takes_in_all(tmp_path: Path, name: str) -> None:
    put_case(tmp_path / name, SmallCase().records())
    archive = Archive.open(tmp_path / name, writing=True)
    event = Event(id="evt_Fall", title="Fall", type=EventType.OTHER)
    archive.import_batches(imported(), [additions(("events", event))])
    entitle(archive, "Rise")
    assert [one.id for _, one in archive.ask(lambda asked: list(records(asked)))] == ["evt_Fall"]
    on_index(archive, assert_as_made_anew)
    archive.close()
