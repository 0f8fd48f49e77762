"""Numbers of victims in the index: filters and orders by them, and what changes them."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from store.archive import Archive
from store.errors import UsageError
from store.model.change import Change, Edit
from store.model.judgements import Grade
from store.model.values import Count
from store.model.vocabulary import Kind, Qualifier
from store.queries import timeline
from store.queries.event_sort import Sort
from store.queries.filters import FilterKind, Filters, read_filter, where
from tests.small import SmallCase

KILLED = {
    "Market": Count(min=400, best=459, max=500),
    "Bridge": Count(min=21, qualifier=Qualifier.AT_LEAST),
    "Hill": Count(min=20, max=20),
    "Truce": Count(min=0, max=0),
    "Meeting": None,
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    case = SmallCase()
    article = case.article("a", "; ".join(KILLED), publisher=case.source("Paper"))
    for title, number in KILLED.items():
        event = case.event(title)
        case.claim(event, article, title)
        if number:
            case.claim(event, article, title, value=number, kind=Kind.FATALITIES)
    opened = Archive.open(case.write(tmp_path / "case.json"))
    yield opened
    opened.close()


def titles(archive: Archive, typed: str, sort: Sort = Sort.KILLED, *, turned: bool = False) -> str:
    asked = Filters((read_filter(FilterKind.KILLED, typed),)) if typed else Filters()
    numbers = archive.ask(timeline.order, asked, sort, turned=turned)
    return " ".join(row.title for row in archive.ask(timeline.rows, numbers))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (">20", "Market Bridge"),
        (">=20", "Market Bridge Hill"),
        ("20+", "Market Bridge Hill"),
        ("20", "Hill"),
        ("= 20", "Hill"),
        ("<21", "Hill Truce"),
        ("≤ 20", "Hill Truce"),
        ("0", "Truce"),
        ("1..458", "Bridge Hill"),
        ("20-21", "Bridge Hill"),
        ("1,000..", ""),
        ("..0", "Truce"),
        ("known", "Market Bridge Hill Truce"),
        ("unknown", "Meeting"),
        ("low <450", "Market Bridge Hill Truce"),
        ("high >450", "Market Bridge"),
        ("high <=100", "Hill Truce"),
        ("civilians known", ""),
    ],
)
def test_a_filter_is_by_the_best_number_and_never_takes_unknown_for_zero(
    archive: Archive, typed: str, found: str
) -> None:
    assert titles(archive, typed) == found


@pytest.mark.parametrize("typed", ["", "many", ">", "5..3", "<0", "dragons >5", ">20 dead", "--5"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match=r"is no|holds no"):
        read_filter(FilterKind.KILLED, typed)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (">20", "killed>20"),
        (">= 20", "killed≥20"),
        ("5 .. 10", "killed=5..10"),
        ("Civilians > 5", "killed=civilians >5"),
        ("high>1,000", "killed=high >1000"),
        ("unknown", "killed=unknown"),
    ],
)
def test_a_filter_is_shown_as_it_was_typed(typed: str, shown: str) -> None:
    assert read_filter(FilterKind.KILLED, typed).text() == shown


def test_the_order_turns_and_what_is_unknown_stays_last(archive: Archive) -> None:
    assert titles(archive, "") == "Market Bridge Hill Truce Meeting"
    assert titles(archive, "", turned=True) == "Truce Hill Bridge Market Meeting"


def test_a_filter_by_number_reads_its_index(archive: Archive) -> None:
    asked = where(Filters((read_filter(FilterKind.KILLED, ">20"),)))
    plan = archive.ask(
        lambda reader: reader.execute(
            f"EXPLAIN QUERY PLAN SELECT n FROM events WHERE {asked.sql}", asked.parameters
        ).fetchall()
    )
    words = " ".join(row[-1] for row in plan)
    assert "event_tolls_by_best (kind=? AND scope=? AND best>? AND best<?)" in words


def test_a_grade_and_its_undo_change_the_number_at_once(tmp_path: Path) -> None:
    case = SmallCase()
    event = case.event("Market")
    claims = [
        case.claim(
            event,
            case.article(name, f"{number} died", publisher=case.source(name)),
            f"{number} died",
            value=Count(min=number, max=number),
            kind=Kind.FATALITIES,
        )
        for name, number in (("AFP", 12), ("Reuters", 15))
    ]
    path = case.write(tmp_path / "case.json")
    with closing(Archive.open(path, author="Ana", writing=True)) as archive:
        assert killed(archive) == (12, 12, 15)
        grade = Grade(
            id="grd_a", about=claims[1], by="Ana", at="2026-01-01T00:00:00Z", grade="1", reason="."
        )
        archive.change(Change("", "", "grade", [Edit("grades", grade.id, None, grade)]))
        assert killed(archive) == (15, 15, 15)
        archive.undo()
        assert killed(archive) == (12, 12, 15)
        archive.redo()
    with closing(Archive.open(path)) as archive:
        assert killed(archive) == (15, 15, 15)


def killed(archive: Archive) -> tuple[int | None, int | None, int | None]:
    """Low, best and high of the one event."""
    (row,) = archive.ask(timeline.rows, archive.ask(timeline.order, Filters(), Sort.DATE))
    return row.killed_low, row.killed_best, row.killed_high
