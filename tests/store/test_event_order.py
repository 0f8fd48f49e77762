"""Events with a necessary order, and reports that date them in another order."""

from contextlib import closing
from itertools import product
from pathlib import Path
from sqlite3 import Connection, connect

import msgspec
import pytest

from store.analysis.event_order import OrderRule, out_of_order
from store.archive import Archive
from store.custody.verify import verify
from store.database import order_rows
from store.database.apply import apply
from store.database.create import create_database
from store.model.change import Edit
from store.model.records import Case, Claim, Event
from store.model.values import When
from store.model.vocabulary import DateBasis, EventType, Kind, Stance
from store.queries.compare import Comparison, compare
from store.reader import Reader
from tests.small import SmallCase
from tests.store.dumps import assert_as_made_anew, changed, indexed
from tests.store.importing import additions, imported

TEXT = "One entered two three four five six seven eight nine ten."
PUSH, TAKEN, ENTRY = "evt_push", "evt_taken", "evt_entry"


def told(
    *,
    push: str = "2024-12",
    taken: str = "2024-11-29",
    entry: str = "2024-11-29",
    by: tuple[str, str] = ("one", "other"),
) -> SmallCase:
    """A push that includes the capture of a city, which they enter; each date by a publisher."""
    case = SmallCase()
    rebels, city = case.actor("Rebels"), case.place("City")
    group = case.actor("Group", part_of=rebels)
    articles = {
        name: case.article(name, TEXT + name, publisher=case.source(name))
        for name in ("one", "other")
    }
    first, second = (articles[name] for name in by)
    case.event("push", type=EventType.ADVANCE)
    case.event("taken", type=EventType.CAPTURE)
    case.event("entry", type=EventType.ADVANCE)
    part_of(case, TAKEN, PUSH)
    case.dated(PUSH, first, "two", push)
    case.dated(TAKEN, second, "three", taken)
    case.dated(ENTRY, first, "entered", entry)
    case.acted(TAKEN, second, "four", rebels)
    case.acted(ENTRY, first, "five", group)
    for event in (TAKEN, ENTRY):
        case.placed(event, first, "six", city)
    return case


def part_of(case: SmallCase, event: str, whole: str) -> None:
    found = case.tables["events"][event]
    assert isinstance(found, Event)
    case.tables["events"][event] = msgspec.structs.replace(found, part_of=whole or None)


def read(case: SmallCase, subject: str) -> list[tuple[str, str, bool]]:
    """The disputes about an event: reading, reason, and if they are within the event."""
    with closing(indexed(case.records())) as connection:
        return rows(compare(connection, subject))


def rows(found: Comparison) -> list[tuple[str, str, bool]]:
    return [(row.reading.value, row.rule, row.own) for row in found.disputes()]


def figures(connection: Connection, event: str) -> tuple[int, int]:
    row = connection.execute("SELECT contradicts, differs FROM events WHERE id = ?", (event,))
    found: tuple[int, int] = row.fetchone()
    return found


def test_a_push_that_includes_a_capture_does_not_begin_after_it() -> None:
    case = told()
    sentence = (
        "These dates put a sub-event before the start of its event:"
        " taken, 29 Nov 2024; push, Dec 2024."
        " One and other are two different origins."
    )
    assert read(case, PUSH) == [("out of order", sentence, True)]
    assert read(case, TAKEN) == [("out of order", sentence, False)], "shown in both, counted once"
    with closing(indexed(case.records())) as connection:
        assert figures(connection, PUSH) == (1, 0)
        assert figures(connection, TAKEN) == (0, 0)


def test_both_passages_are_shown_and_each_is_against_the_other() -> None:
    with closing(indexed(told().records())) as connection:
        found = compare(connection, TAKEN)
    dates = {one.exact: one for one in found.voices if one.exact in ("two", "three")}
    assert {one.reading for one in dates.values() if one.reading} == {"out of order"}
    place = found.voices.index(dates["three"])
    stands = found.foremost(place)
    assert stands is not None
    assert found.voices[stands.other].exact == "two"
    assert stands in found.stands(place)
    assert found.groups[-1].heading == "whole: push"


def test_an_entry_is_not_after_the_capture_by_the_same_side() -> None:
    case = told(push="2024-11", entry="2024-11-30")
    ((reading, rule, own),) = read(case, ENTRY)
    assert (reading, own) == ("out of order", True)
    assert rule.startswith(
        "These dates put the entry after the capture: entry, 30 Nov 2024; taken, 29 Nov 2024."
    )


def test_one_text_that_tells_an_impossible_order_is_at_odds_with_itself_and_disputes_nothing() -> (
    None
):
    case = told(by=("one", "one"))
    assert [reading for reading, *_ in read(case, PUSH)] == ["at odds with itself"]
    with closing(indexed(case.records())) as connection:
        assert figures(connection, PUSH) == (0, 1)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"push": "2024-11-29"}, "it may begin with the capture"),
        ({"push": "2024-11-28/.."}, "an open end excludes nothing"),
        ({"push": "../2024-12-05"}, "nor does an open start"),
        ({"push": "2024-11-30~"}, "about the 30th may be the day before"),
        ({"push": "2024-11", "entry": "[2024-11-29,2024-11-30]"}, "one of both days fits"),
        ({"push": "2024-11", "entry": "2024-11-28"}, "they enter, then they take it"),
        ({"push": "2024-11", "entry": "2025-06-01"}, "months later it is another course of events"),
    ],
)
def test_what_is_not_excluded_is_silent(changes: dict[str, str], why: str) -> None:
    case = told(**changes)  # type: ignore[arg-type]
    assert read(case, PUSH) == read(case, ENTRY) == [], why


def test_another_side_another_place_and_an_advance_that_enters_nothing_are_silent() -> None:
    case = told(push="2024-11", entry="2024-11-30")
    with closing(indexed(case.records())) as connection:
        assert figures(connection, ENTRY) == (1, 0)
    for claim in list(case.tables["claims"].values()):
        assert isinstance(claim, Claim)
        if claim.subject == ENTRY and claim.kind is Kind.PARTICIPANT:
            del case.tables["claims"][claim.id]
    assert read(case, ENTRY) == [], "nobody knows who entered"
    case.acted(ENTRY, "art_one", "five", case.actor("Army"))
    assert read(case, ENTRY) == [], "another side"


def test_a_denied_date_contradicts_nothing_by_its_order() -> None:
    case = told()
    date = next(one for one in case.tables["claims"].values() if _is_date_of(one, PUSH))
    case.tables["claims"][date.id] = msgspec.structs.replace(date, stance=Stance.DENIES)
    assert read(case, PUSH) == []


def _is_date_of(one: object, event: str) -> bool:
    return isinstance(one, Claim) and one.kind is Kind.DATE and one.subject == event


def test_what_is_dated_by_its_end_has_parts_before_it() -> None:
    case = told(push="2024-11", entry="2024-11-27")
    part_of(case, ENTRY, TAKEN)
    assert read(case, TAKEN) == []


def test_the_end_of_a_course_counts_where_it_is_said_and_not_where_its_beginning_is_vague() -> None:
    course, after = "2024-11-25/2024-12-01", When(edtf="2024-12-05")
    said = When(edtf=course)
    last_week = When(edtf=course, basis=DateBasis.RELATIVE_TO_PUBLICATION)
    assert out_of_order(OrderRule.PART, said, after)
    assert not out_of_order(OrderRule.PART, last_week, after)
    assert not out_of_order(OrderRule.PART, When(edtf="2024-11-27"), after), "it went on"


def test_whatever_is_changed_is_as_made_anew() -> None:
    case = told(push="2024-11", entry="2024-11-30")
    with closing(indexed(case.records())) as connection:

        def change(table: str, id: str, **to: object) -> None:
            before = case.tables[table][id]
            after = msgspec.structs.replace(before, **to)
            apply(connection, changed(Edit(table, id, before, after)))
            case.tables[table][id] = after
            assert_as_made_anew(connection)

        push, taken = (
            next(one.id for one in case.tables["claims"].values() if _is_date_of(one, event))
            for event in (PUSH, TAKEN)
        )
        change("claims", push, value=When(edtf="2024-12"))
        assert figures(connection, PUSH) == (1, 0)
        change("claims", taken, value=When(edtf="2024-12-02"))
        assert (figures(connection, PUSH), figures(connection, ENTRY)) == ((0, 0), (0, 0))
        change("claims", taken, value=When(edtf="2024-11-29"))
        assert (figures(connection, PUSH), figures(connection, ENTRY)) == ((1, 0), (1, 0))
        change("events", TAKEN, part_of=None)
        change("events", TAKEN, type=EventType.WITHDRAWAL)
        assert (figures(connection, PUSH), figures(connection, ENTRY)) == ((0, 0), (0, 0))
        change("events", TAKEN, type=EventType.CAPTURE, part_of=PUSH)
        change("events", PUSH, planned=True)
        assert (figures(connection, PUSH), figures(connection, ENTRY)) == ((0, 0), (1, 0))


def test_a_database_verifies_what_is_out_of_order(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    tables = {table: list(found.values()) for table, found in told().tables.items()}
    (case,) = tables.pop("case")
    assert isinstance(case, Case)
    create_database(path, case, tables)
    assert list(verify(path)) == []
    with closing(connect(path)) as connection, connection:
        connection.execute("UPDATE disputes SET contradicts = 2 WHERE subject = ?", (PUSH,))
    assert f"disputes {PUSH}" in {one.where for one in verify(path)}


DATES = (
    *("2024-11-29", "2024-11-30", "2024-12-29", "2024-12-30", "2025-06", "2024", "2024-11~"),
    *("2024-11-20/2024-12-05", "../2024-11-29", "2024-12-01/..", "[2024-11-01,2024-12-15]"),
)


def test_no_pair_of_dates_that_are_out_of_order_is_left_out() -> None:
    for entry, taken in product(DATES, DATES):
        case = told(push="2024", entry=entry, taken=taken)
        part_of(case, TAKEN, "")
        with closing(indexed(case.records())) as connection:
            counted, differs = figures(connection, ENTRY)
        late = out_of_order(OrderRule.ENTRY, When(edtf=entry), When(edtf=taken))
        assert bool(counted + differs) == late, (entry, taken)


def test_an_import_into_a_database_finds_it_and_its_undo_takes_it_back(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    told_so = told(push="2024-11", entry="2024-11-30")
    part_of(told_so, TAKEN, "")
    ((_, case), *records) = sorted(told_so.records(), key=lambda one: one[0] != "case")
    assert isinstance(case, Case)
    create_database(path, case, {})
    later = {TAKEN, *(one.id for one in told_so.tables["claims"].values() if is_about(one, TAKEN))}
    first = [one for one in records if one[1].id not in later]
    rest = [one for one in records if one[1].id in later]
    with closing(Archive.open(path, author="Ada", writing=True)) as archive:
        archive.import_batches(imported(), [additions(*first)])
        archive.import_batches(imported(file="more.csv"), [additions(*rest)])
        assert archive.ask(out_of_order_of_entry) == 1
        assert list(verify(path)) == []
        archive.undo()
        assert archive.ask(out_of_order_of_entry) == 0
        assert list(verify(path)) == []
        archive.redo()
        assert archive.ask(out_of_order_of_entry) == 1
    assert list(verify(path)) == []


def out_of_order_of_entry(index: Reader) -> int:
    (found,) = index.execute("SELECT contradicts FROM events WHERE id = ?", (ENTRY,)).fetchone()
    return int(found)


def is_about(one: object, event: str) -> bool:
    return isinstance(one, Claim) and one.subject == event


def test_however_many_events_are_asked_for_the_pairs_are_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with closing(indexed(told(push="2024-11", entry="2024-11-30").records())) as connection:
        asked = (PUSH, TAKEN, ENTRY)
        few = order_rows.pairs_of(connection, asked), order_rows.pairs_against(connection, asked)
        monkeypatch.setattr(order_rows, "_are_most", lambda *_: True)
        assert few == (
            order_rows.pairs_of(connection, asked),
            order_rows.pairs_against(connection, asked),
        )
        assert len(few[0]) == 2
