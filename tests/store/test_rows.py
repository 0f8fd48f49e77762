"""Rows of data sets: flags, makers, and provenance."""

from collections.abc import Iterator

import pytest

from store.archive import Archive
from store.errors import UnknownRecord, UsageError
from store.model.vocabulary import Flag, ReadBy, TextKind
from store.queries import article, articles, datasets, evidence, search, timeline
from store.queries.compare import compare
from store.queries.event_sort import Sort
from store.queries.filters import KINDS, Filter, FilterKind, Filters, read_filter
from store.queries.provenance import who
from store.queries.timeline_row import TimelineRow
from tests.rows import CLOSED, ENGINE, FIGHT, GUESSED, NOTED, ODD, TOLD, VALLEY, rows_case


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    opened = Archive.open(rows_case(tmp_path_factory.mktemp("case") / "case.json"))
    yield opened
    opened.close()


def row(archive: Archive, event: str) -> TimelineRow:
    number = archive.ask(timeline.number_of, event)
    assert number is not None
    (found,) = archive.ask(timeline.rows, [number])
    return found


def left(archive: Archive, *filters: str) -> list[str]:
    """The events that these flags and makers leave."""
    asked = Filters()
    for text in filters:
        kind, _, value = text.partition("=")
        asked = asked.with_filter(read_filter(KINDS[kind], value))
    numbers = archive.ask(timeline.order, asked, Sort.DATE)
    return [one.id for one in archive.ask(timeline.rows, numbers)]


def test_an_event_knows_its_data_set_its_flags_and_whether_a_machine_made_it(
    archive: Archive,
) -> None:
    odd, guessed, told = (row(archive, event) for event in (ODD, GUESSED, TOLD))
    assert (odd.dataset, odd.licence, odd.machine) == (VALLEY, "CC BY 4.0", False)
    assert odd.flags == (Flag.LOW_ABOVE_BEST, Flag.ARTICLE_BEFORE_EVENT), "in the order of the list"
    assert (guessed.dataset, guessed.machine, guessed.flags) == (ENGINE, True, ())
    assert (told.dataset, told.licence, told.machine) == ("", "", False)


@pytest.mark.parametrize(
    ("filters", "events"),
    [
        (["flag=low-above-best"], [ODD]),
        (["flag=Low above best"], [ODD]),
        (["flag=dates-reversed"], []),
        (["flag=any"], [ODD]),
        (["flag=!any"], [FIGHT, NOTED, GUESSED, TOLD]),
        (["flag=dates-reversed", "flag=article-before-event"], [ODD]),
        (["made=machine"], [GUESSED]),
        (["made=!machine"], [FIGHT, ODD, NOTED, TOLD]),
        (["made=person"], [TOLD]),
        (["made=data-set"], [FIGHT, ODD, NOTED]),
        (["made=person", "made=machine"], [GUESSED, TOLD]),
        (["made=data set", "flag=!any"], [FIGHT, NOTED]),
    ],
)
def test_events_are_found_by_their_flags_and_by_who_made_them(
    archive: Archive, filters: list[str], events: list[str]
) -> None:
    assert left(archive, *filters) == events


def test_a_flag_or_a_maker_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="no flag 'odd'") as refused:
        read_filter(FilterKind.FLAG, "odd")
    assert "low-above-best" in refused.value.hint
    with pytest.raises(UsageError, match="no maker of events 'me'"):
        read_filter(FilterKind.MADE, "me")


def test_a_row_that_counts_what_reports_say_is_no_further_report(archive: Archive) -> None:
    found = archive.ask(evidence.evidence, row(archive, FIGHT).n)
    assert [(one.publisher, one.counts) for one in found] == [
        ("Agency", True),
        ("Daily", True),
        ("Valley Register", False),
    ]
    assert {one.dataset for one in found} == {VALLEY}
    (noted,) = archive.ask(evidence.evidence, row(archive, NOTED).n)
    assert noted.counts, "its notes say that it happened"
    (guessed,) = archive.ask(evidence.evidence, row(archive, GUESSED).n)
    assert (guessed.machine, guessed.confidence, guessed.licence) == (
        True,
        40,
        "free with citation",
    )


def test_who_read_a_claim_and_how_surely_stands_with_it(archive: Archive) -> None:
    fight = archive.ask(compare, FIGHT)
    read = {(fight.articles[one.article].publisher, one.read_by) for one in fight.voices}
    assert ("Daily", ReadBy.RULE) in read
    assert ("Valley Register", ReadBy.DATA_SET) in read
    assert {column.dataset for column in fight.articles} == {VALLEY}
    odd = archive.ask(compare, ODD)
    assert [one.value for one in odd.voices if one.aggregate] == ["90"]
    (leaf,) = [node for node in archive.ask(who, GUESSED).nodes if node.article is not None]
    assert (leaf.machine, leaf.confidence, leaf.dataset) == (True, 40, ENGINE)


def test_an_article_says_what_it_is_known_from_and_what_may_not_be_passed_on(
    archive: Archive,
) -> None:
    listed = {one.title: one for one in archive.ask(articles.of_filter, Filters())}
    closed = archive.ask(article.article, listed["Closed Ledger W-4"].n)
    assert closed is not None
    assert (closed.known.dataset, closed.known.restricted, closed.text_kind) == (
        CLOSED,
        True,
        TextKind.ROW,
    )
    headline = archive.ask(article.article, listed["Nine dead in Northtown fighting"].n)
    assert headline is not None
    assert (headline.known.citation, headline.known.restricted) == (
        "Doe (2024), Valley Register",
        False,
    )
    assert [one.title for one in listed.values() if one.machine] == [
        "valley-news.example/police-and-protesters"
    ]
    assert listed["Tanks in the valley"].dataset == ""


def test_what_is_found_by_its_words_says_so_too(archive: Archive) -> None:
    hits = archive.ask(search.search, "protesters")
    assert [(one.table, one.machine, one.dataset) for one in hits] == [
        ("events", True, ENGINE),
        ("articles", True, ENGINE),
    ]
    assert not archive.ask(search.search, "tanks")[0].machine


def test_the_data_sets_of_a_case_with_what_came_from_them(archive: Archive) -> None:
    closed, engine, valley = archive.ask(datasets.datasets)
    assert (valley.label, valley.rows, valley.articles, valley.flagged) == (VALLEY, 2, 5, 1)
    assert valley.flags == ("low-above-best 1", "article-before-event 1")
    assert (closed.rows, closed.articles, closed.redistributable) == (1, 1, False)
    assert (engine.rows, engine.machine, engine.redistributable) == (1, 1, True)
    assert archive.ask(datasets.restricted) == {CLOSED: "no redistribution"}


def test_a_data_set_is_meant_by_its_name_with_or_without_its_version(archive: Archive) -> None:
    for words in ("valley register 3.1", "Valley", "dst_Valley Register"):
        found = archive.ask(datasets.the_dataset, words)
        asked = Filters((Filter(FilterKind.DATASET, found.id, found.label),))
        assert len(archive.ask(timeline.order, asked, Sort.DATE)) == 2
    for words in ("", "Nobody's"):
        with pytest.raises(UnknownRecord, match="no data set is called") as refused:
            archive.ask(datasets.the_dataset, words)
        assert VALLEY in refused.value.hint
