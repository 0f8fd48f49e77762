"""An undated event is sorted by its first report, but stays undated."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from store.analysis.time_bounds import figure_by
from store.archive import Archive
from store.database.apply import apply
from store.model.change import Edit
from store.model.records import Article, Claim, Event, Stamp
from store.model.values import Count, When
from store.model.vocabulary import EventType, Kind, StampBasis, Stance
from store.queries import compare, histogram, timeline
from store.queries.build_facet_index import build_facet_index as built
from store.queries.event_sort import Sort
from store.queries.filters import FilterKind, Filters, read_filter
from store.queries.timeline import Section
from store.queries.unplaced import undated_hidden
from tests.small import SmallCase
from tests.store.dumps import assert_as_made_anew, changed, indexed

TEXT = "One two three four five six seven eight nine ten."
CLASH = EventType.CLASH


def reported() -> SmallCase:
    """Events with a date and without, in reports of the 4th, the 6th, and of a guessed day."""
    case = SmallCase()
    early = case.article("early", TEXT, published="2024-12-04T14:45")
    late = case.article("late", TEXT + " Late.", published="2024-12-06T09:15+05:30")
    guessed = case.article("guessed", TEXT + " Who knows.", published="2024-12-01")
    stamp(case, guessed, StampBasis.GUESSED)
    stamp(case, early, StampBasis.ZONE_ASSUMED)
    for title, edtf in (("on the 3rd", "2024-12-03"), ("on the 6th", "2024-12-06")):
        case.dated(case.event(title, type=CLASH), late, "two", edtf)
    case.dated(case.event("from the 6th on", type=CLASH), late, "two", "2024-12-06/2024-12-08")
    twice = case.event("told twice")
    case.claim(twice, late, "three")
    case.claim(twice, early, "four")
    case.claim(case.event("told late"), late, "three")
    case.claim(case.event("told at a guessed time"), guessed, "three")
    case.claim(case.event("denied", type=CLASH), early, "five", stance=Stance.DENIES)
    case.claim("evt_denied", late, "six")
    case.claim(case.event("planned", planned=True), early, "seven")
    case.claim(case.event("background", background=True), early, "eight")
    return case


def stamp(case: SmallCase, article: str, basis: StampBasis) -> None:
    found = case.tables["articles"][article]
    assert isinstance(found, Article)
    assert found.published is not None
    published = msgspec.structs.replace(found.published, basis=basis)
    case.tables["articles"][article] = msgspec.structs.replace(found, published=published)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.open(reported().write(tmp_path / "case.json"))
    yield opened
    opened.close()


def listed(archive: Archive) -> list[tuple[str, str, str]]:
    numbers = archive.ask(timeline.order, Filters(), Sort.DATE)
    return [(one.title, one.edtf, one.at_latest) for one in archive.ask(timeline.rows, numbers)]


def test_without_a_date_it_stands_on_the_day_of_its_first_report_after_what_was_then(
    archive: Archive,
) -> None:
    assert listed(archive) == [
        ("on the 3rd", "2024-12-03", ""),
        ("told twice", "", "2024-12-04"),
        ("on the 6th", "2024-12-06", ""),
        ("told late", "", "2024-12-06"),
        ("denied", "", "2024-12-06"),
        ("from the 6th on", "2024-12-06/2024-12-08", ""),
        ("told at a guessed time", "", ""),
        ("planned", "", ""),
        ("background", "", ""),
    ]


def test_its_date_stays_unknown_to_filter_and_histogram(archive: Archive) -> None:
    asked = Filters((read_filter(FilterKind.DATE, "2024-12-04..2024-12-06"),))
    found = archive.ask(timeline.rows, archive.ask(timeline.order, asked, Sort.DATE))
    assert [one.title for one in found] == ["on the 6th", "from the 6th on"]
    bins = archive.ask(histogram.histogram, Filters(), 48)
    assert sum(one.count for one in bins) == 3


def test_those_that_a_filter_by_date_alone_hides_are_counted(archive: Archive) -> None:
    def hidden(*filters: tuple[FilterKind, str]) -> int:
        asked = Filters(tuple(read_filter(*one) for one in filters))
        return archive.ask(undated_hidden, asked)

    assert hidden((FilterKind.DATE, "2024-12")) == 6
    assert hidden((FilterKind.DATE, "2024-12"), (FilterKind.TYPE, "clash")) == 1
    assert hidden((FilterKind.DATE, "2024-12"), (FilterKind.WORDS, "3rd")) == 0


def test_it_stands_under_its_year_and_only_what_has_no_bound_is_undated(archive: Archive) -> None:
    found = archive.ask(timeline.sections, Filters())
    assert found == (Section(0, "2024"), Section(6, "undated"))


def test_what_is_kept_of_a_large_database_answers_the_same() -> None:
    with closing(indexed(reported().records())) as connection:
        asked = [
            Filters(),
            *(Filters((read_filter(FilterKind.DATE, d),)) for d in ("2024-12-03", "..2024-12-04")),
        ]

        def answered() -> list[object]:
            return [
                [
                    list(timeline.order(connection, one, Sort.DATE)),
                    timeline.sections(connection, one),
                    histogram.histogram(connection, one, 48),
                ]
                for one in asked
            ]

        before = answered()
        built(connection).write(connection)
        assert answered() == before


def test_a_corrected_time_a_plan_and_a_date_that_is_found_move_it() -> None:
    case = reported()
    with closing(indexed(case.records())) as connection:

        def bound(event: str) -> str | None:
            row = connection.execute("SELECT by_latest FROM events WHERE id = ?", (event,))
            found: str | None = row.fetchone()[0]
            return found

        early = case.tables["articles"]["art_early"]
        assert isinstance(early, Article)
        moved = msgspec.structs.replace(early, published=Stamp(at="2024-12-05"))
        apply(connection, changed(Edit("articles", early.id, early, moved)))
        assert bound("evt_told twice") == "2024-12-05"
        assert_as_made_anew(connection)

        late = case.tables["events"]["evt_told late"]
        assert isinstance(late, Event)
        plan = msgspec.structs.replace(late, planned=True)
        apply(connection, changed(Edit("events", late.id, late, plan)))
        assert bound(late.id) is None
        assert_as_made_anew(connection)

        passage = next(iter(case.tables["passages"]))
        day = Claim(
            id="clm_day",
            subject="evt_told twice",
            kind=Kind.DATE,
            passage=passage,
            value=When(edtf="2024-12-02"),
        )
        apply(connection, changed(Edit("claims", day.id, None, day)))
        assert bound("evt_told twice") is None
        assert_as_made_anew(connection)


def test_a_figure_without_a_time_holds_at_the_latest_when_its_text_was_published(
    tmp_path: Path,
) -> None:
    case = reported()
    value = Count(min=4, max=4)
    for article, word in (("art_late", "seven"), ("art_guessed", "seven")):
        case.claim("evt_told twice", article, word, kind=Kind.FATALITIES, value=value)
    with closing(Archive.open(case.write(tmp_path / "figures.json"))) as archive:
        found = archive.ask(compare.compare, "evt_told twice")
        by = {
            found.articles[one.article].id: (one.at_latest, one.as_of)
            for one in found.voices
            if found.lines[one.line].kind is Kind.FATALITIES
        }
    assert by == {"art_late": ("2024-12-06", ""), "art_guessed": ("", "")}


def test_a_figure_with_a_time_and_what_is_no_figure_have_no_such_bound() -> None:
    published = Stamp(at="2024-12-06")
    worded = Claim(id="clm_x", subject="evt_x", kind=Kind.OCCURRENCE, passage="psg_x")
    told = msgspec.structs.replace(worded, kind=Kind.FATALITIES, value=Count(min=4, max=4))
    timed = msgspec.structs.replace(told, as_of=When(edtf="2024-12-05"))
    assert figure_by(told, published) == "2024-12-06"
    assert (
        figure_by(timed, published) == figure_by(worded, published) == figure_by(told, None) == ""
    )
