"""The facet index of a large database: every result equals that of SQL, after any change."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from sqlite3 import Connection
from typing import cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.synthetic import synthetic_case
from store.archive import Archive
from store.database import facet_index
from store.database.apply import apply
from store.database.create import create_database
from store.database.facet_build import FacetBuild
from store.database.facet_index import read_facet_index
from store.model.change import Change, Edit
from store.model.records import AnyRecord, Case, Event
from store.model.vocabulary import EventType, Kind
from store.queries import actors, build_facet_index, histogram, places, sources, timeline
from store.queries.build_facet_index import build_facet_index as built
from store.queries.event_sort import HAS_VALUE, Sort
from store.queries.facets import Facet, counted
from store.queries.filters import Filter, FilterKind, Filters, read_filter
from store.queries.frequency import Field, frequency
from store.queries.selection import TOLL_KINDS
from store.queries.toll_columns import COLUMN_OF
from store.queries.toll_sums import toll_summary
from store.queries.trend import trend
from store.queries.unplaced import undated_hidden
from store.reader import Reader
from tests.examples import examples, sample
from tests.store.dumps import changed, indexed, on_index
from tests.store.histories import in_order, some_case, some_edits, whole

pytestmark = pytest.mark.slow

_DAYS = ("2015", "2015..", "..2014", "2013-05..2019", "2016-07-12", "198X", "2024-11-29", "1400..")
_TOLLS = (">20", "5..10", "0", "<3", "unknown", "known", "high >30", "low 2..", "civilians >0")
_NEEDLES = ("a", "Ai", "air", "ike on", "Air strike ", " on ", " ", "on B", "zzz", "rike  on", "ā")
_WORDS = ("army", "!army", "air strike", "hama", "sham", "zzz", "th")


def told(connection: Reader, asked: Filters) -> list[object]:
    """The results of the screens' queries for a filter."""
    return [
        *(timeline.order(connection, asked, sort) for sort in Sort),
        *(timeline.order(connection, asked, sort, turned=True) for sort in HAS_VALUE),
        *(toll_summary(connection, asked, kind) for kind in COLUMN_OF),
        *(
            frequency(connection, asked, field, Kind.FATALITIES, by_toll=by_toll)
            for field in Field
            for by_toll in (False, True)
        ),
        *(
            trend(connection, asked, 48, Kind.FATALITIES, by, by_toll=by_toll)
            for by, by_toll in ((None, False), (Field.ACTORS, True), (Field.TYPES, False))
        ),
        *(sorted(timeline.find(connection, one)) for one in _NEEDLES),
        timeline.sections(connection, asked),
        histogram.histogram(connection, asked, 48),
        counted(connection, asked, {Facet.BINS}, 48).too_wide,
        undated_hidden(connection, asked),
        actors.of_filter(connection, asked),
        places.of_filter(connection, asked),
        sources.of_filter(connection, asked),
        *(actors.of_event(connection, n) for n in (1, 2, 3)),
    ]


def in_sql(connection: Reader, asked: Filters) -> list[object]:
    """The same results without a facet index."""
    connection.execute("SAVEPOINT without")
    facet_index.drop(cast(Connection, connection))
    found = told(connection, asked)
    connection.execute("ROLLBACK TO without")
    connection.execute("RELEASE without")
    return found


def some_filter(rng: Random, connection: Connection) -> Filters:
    """Draw some filters at random."""

    def some_filter() -> Filter:
        kind = rng.choice([kind for kind in FilterKind if kind is not FilterKind.TAG])
        negated = rng.random() < 0.25
        match kind:
            case FilterKind.DATE:
                return read_filter(FilterKind.DATE, rng.choice(_DAYS))
            case FilterKind.WORDS:
                return read_filter(FilterKind.WORDS, rng.choice(_WORDS))
            case FilterKind.SUPPORT:
                return read_filter(FilterKind.SUPPORT, rng.choice(FilterKind.SUPPORT.row.values))
            case kind if kind in TOLL_KINDS:
                return read_filter(kind, rng.choice(_TOLLS))
            case FilterKind.FLAG:
                return Filter(kind, rng.choice(kind.row.values), "", negated)
            case FilterKind.MADE:
                return Filter(kind, rng.choice(kind.row.values), "", negated)
            case FilterKind.MARKED:
                return Filter(kind, rng.choice(kind.row.values), "", negated)
            case FilterKind.ACTOR | FilterKind.PLACE | FilterKind.SOURCE:
                ids = connection.execute(f"SELECT id FROM {kind}s ORDER BY n").fetchall()
                # few stand for most events
                id = ids[int(len(ids) * rng.random() ** 4)][0] if ids else "nobody"
                return Filter(kind, id, id, negated)
            case _:
                return Filter(FilterKind.TYPE, rng.choice(list(EventType)), "", negated)

    return Filters(tuple(some_filter() for _ in range(rng.choice((0, 1, 1, 2, 3)))))


@pytest.fixture(scope="module")
def large() -> Iterator[Connection]:
    """An invented case of 1,500 events with a facet index."""
    connection = indexed((table, one) for table, one in synthetic_case(1500) if table != "case")
    built(connection).write(connection)
    yield connection
    connection.close()


@pytest.mark.parametrize("seed", sample(range(40), of="filters"))
def test_of_every_filter_the_kept_answers_are_those_of_sql(large: Connection, seed: int) -> None:
    asked = some_filter(Random(seed), large)
    assert told(large, asked) == in_sql(large, asked)


@examples(60)
@given(st.integers(0, 2**32))
def test_whatever_is_changed_the_answers_are_those_of_sql(seed: int) -> None:
    rng = Random(seed)
    case = some_case(rng)
    connection = indexed(in_order(case))
    built(connection).write(connection)
    for _ in range(5):
        edits = some_edits(rng, case)
        after = {**case, **{edit.id: edit.after for edit in edits if edit.after is not None}}
        for edit in edits:
            if edit.after is None:
                del after[edit.id]
        if whole(after):
            apply(connection, changed(*edits))
            case = after
        asked = some_filter(rng, connection)
        assert told(connection, asked) == in_sql(connection, asked)
        assert told(connection, Filters()) == in_sql(connection, Filters())
    connection.close()


def test_many_changes_are_not_followed_and_nothing_is_kept_any_more(large: Connection) -> None:
    large.execute("SAVEPOINT many")
    facet_index.mark_changed(large, range(1, 101))
    assert (held := read_facet_index(large)) is not None
    assert len(held.changed) == 100
    facet_index.mark_changed(large, range(1, facet_index.CHANGED + 2))
    assert read_facet_index(large) is None
    large.execute("ROLLBACK TO many")


@pytest.mark.parametrize("seed", sample(range(30), of="harm"))
def test_what_is_kept_wrongly_is_no_reason_to_fail(large: Connection, seed: int) -> None:
    """A database may come from anywhere: a wrong facet index must not raise errors."""
    rng = Random(seed)
    large.execute("SAVEPOINT harm")
    keys = large.execute("SELECT kind, key FROM answers").fetchall()
    few = [pair for pair in keys if pair[0] not in ("actor", "place", "source", "type", "word")]
    for kind, key in rng.sample(few, 4) + rng.sample(keys, 20):
        body = rng.choice((b"", b"\xff" * 7, rng.randbytes(400), b"[[]]", b'[["a",0]]', b"null"))
        large.execute(
            "UPDATE answers SET body = ?, count = ? WHERE kind = ? AND key = ?",
            (body, rng.choice((-5, 0, 3, 10**12)), kind, key),
        )
    for n in range(5):
        numbers = told(large, some_filter(Random(seed + n), large))[0]
        timeline.rows(large, list(numbers)[:200])  # type: ignore[call-overload]
    large.execute("ROLLBACK TO harm")


def a_database(folder: Path, size: int) -> tuple[Path, list[Event]]:
    """A database of an invented case, and its events."""
    tables: dict[str, list[AnyRecord]] = {}
    for table, record in synthetic_case(size):
        tables.setdefault(table, []).append(record)
    (case,) = tables["case"]
    assert isinstance(case, Case)
    create_database(folder / "large.db", case, tables)
    return folder / "large.db", [one for one in tables["events"] if isinstance(one, Event)]


def test_a_large_database_keeps_its_answers_and_a_change_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_facet_index, "KEPT_FROM", 100)
    path, events = a_database(tmp_path, 200)
    reader = Archive.open(path)
    reader.build_facet_index()
    assert reader.ask(read_facet_index) is None, "a reader writes nothing"
    archive = Archive.open(path, author="tester", writing=True)
    archive.build_facet_index()
    assert reader.ask(read_facet_index) is not None
    asked = Filters((read_filter(FilterKind.WORDS, "armistice"),))
    assert not archive.ask(timeline.order, asked, Sort.DATE)
    before = events[100]
    after = msgspec.structs.replace(before, title="An armistice is signed")
    archive.change(Change("", "", "so it was", (Edit("events", before.id, before, after),)))
    (n,) = archive.ask(timeline.order, asked, Sort.DATE)
    assert [row.id for row in archive.ask(timeline.rows, [n])] == [before.id]
    for either in (archive, reader):
        assert either.ask(told, asked) == on_index(archive, lambda index: in_sql(index, asked))
    held = archive.ask(read_facet_index)
    assert held is not None
    assert held.changed == [n]
    reader.close()
    archive.close()


def test_what_is_changed_while_answers_are_worked_out_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_facet_index, "KEPT_FROM", 10)
    path, events = a_database(tmp_path, 20)
    archive = Archive.open(path, author="tester", writing=True)
    before = events[0]
    edit = Edit("events", before.id, before, msgspec.structs.replace(before, title="Late"))

    def meanwhile(connection: Reader) -> FacetBuild:
        connection.execute("SELECT count(*) FROM events").fetchone()
        archive.change(Change("", "", "late", (edit,)))
        return built(connection)

    monkeypatch.setattr("store.archive.build_facet_index", meanwhile)
    archive.build_facet_index()
    assert archive.ask(read_facet_index) is None
    assert archive.ask(timeline.find, "Late")
    archive.close()


def test_a_text_without_a_blank_is_found_without_a_look_at_the_titles(large: Connection) -> None:
    asked: list[str] = []
    large.set_trace_callback(asked.append)
    found = {needle: len(timeline.find(large, needle)) for needle in ("a", "strike", "zzz")}
    large.set_trace_callback(None)
    assert asked
    assert not any("instr(" in one for one in asked)
    assert found["a"] > found["strike"] > found["zzz"] == 0


def test_an_index_of_an_older_form_counts_as_none_and_is_replaced(large: Connection) -> None:
    large.execute("SAVEPOINT older")
    large.execute("UPDATE answers SET count = count - 1 WHERE kind = 'form'")
    assert read_facet_index(large) is None
    built(large).write(large)
    assert read_facet_index(large) is not None
    large.execute("ROLLBACK TO older")
    large.execute("RELEASE older")
