"""Filters: their meaning, their combination, and hostile input."""

import sqlite3
from array import array
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.archive import Archive
from store.errors import UnknownRecord, UsageError
from store.model import changes
from store.model.judgements import MarkKind, RulingKind, Verdict
from store.model.vocabulary import EventType
from store.queries import actors, articles, histogram, judgements, places, search, sources, timeline
from store.queries.event_sort import Sort
from store.queries.filters import (
    KINDS,
    Filter,
    FilterKind,
    Filters,
    find_filter,
    matching_choices,
    read_filter,
    where,
)
from store.queries.full_text import match_text
from tests.small import SmallCase

TEXT = "In Hama the rebels took the prison. In Idlib the army took a hill. حماة, Café, one-two."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Two events in Hama and Idlib, one without a date, one long ago."""
    case = SmallCase()
    rebels = case.actor("Rebels", "opposition forces")
    south = case.actor("Southern front", part_of=rebels)
    army = case.actor("Army")
    country = case.place("Syria")
    hama, idlib = case.place("Hama", within=country), case.place("Idlib", within=country)
    paper = case.source("Paper")
    article = case.article("a", TEXT, publisher=paper)
    prison = case.event("Prison taken", type=EventType.CAPTURE)
    hill = case.event("Hill taken", type=EventType.CAPTURE)
    undated = case.event("Statement", type=EventType.STATEMENT)
    long_ago = case.event("Uprising", background=True)
    case.placed(prison, article, "Hama", hama)
    case.dated(prison, article, "the rebels took the prison", "2024-12-05")
    case.acted(prison, article, "the rebels", south)
    case.placed(hill, article, "Idlib", idlib)
    case.dated(hill, article, "the army took a hill", "2024-11-29/2024-12-02")
    case.acted(hill, article, "the army", army)
    case.claim(undated, article, "Café, one-two")
    case.dated(long_ago, article, "حماة", "1982-02")
    opened = Archive.open(case.write(tmp_path_factory.mktemp("case") / "case.json"))
    yield opened
    opened.close()


def titles(archive: Archive, *filters: Filter) -> list[str]:
    numbers = archive.ask(timeline.order, Filters(filters), Sort.DATE)
    return [row.title for row in archive.ask(timeline.rows, numbers)]


def actor(name: str, *, negated: bool = False) -> Filter:
    return Filter(FilterKind.ACTOR, f"act_{name}", name, negated)


def place(name: str) -> Filter:
    return Filter(FilterKind.PLACE, f"plc_{name}", name)


def test_without_filters_there_are_all_events_undated_ones_last(archive: Archive) -> None:
    assert titles(archive) == ["Uprising", "Hill taken", "Prison taken", "Statement"]


def test_a_part_of_an_actor_or_place_counts_as_the_whole(archive: Archive) -> None:
    assert titles(archive, actor("Rebels")) == ["Prison taken"]
    assert titles(archive, actor("Southern front")) == ["Prison taken"]
    assert titles(archive, place("Syria")) == ["Hill taken", "Prison taken"]


def test_filters_of_one_kind_widen_and_of_two_kinds_narrow(archive: Archive) -> None:
    assert titles(archive, actor("Rebels"), actor("Army")) == ["Hill taken", "Prison taken"]
    assert titles(archive, actor("Rebels"), place("Idlib")) == []
    assert titles(archive, actor("Rebels"), actor("Army"), place("Hama")) == ["Prison taken"]


def test_a_negated_filter_excludes_also_beside_others_of_its_kind(archive: Archive) -> None:
    assert "Hill taken" not in titles(archive, actor("Army", negated=True))
    both = titles(
        archive,
        read_filter(FilterKind.WORDS, "took"),
        read_filter(FilterKind.WORDS, "!hill"),
        read_filter(FilterKind.TYPE, "capture"),
    )
    assert both == ["Prison taken"]


def test_words_narrow_always(archive: Archive) -> None:
    assert titles(archive, read_filter(FilterKind.WORDS, "took")) == ["Hill taken", "Prison taken"]
    assert titles(
        archive, read_filter(FilterKind.WORDS, "took"), read_filter(FilterKind.WORDS, "prison")
    ) == ["Prison taken"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cafe", ["Statement"]),
        ("one two", ["Statement"]),
        ("one-two", ["Statement"]),
        ("pris", ["Prison taken"]),
        ('"took the prison"', ["Prison taken"]),
        ('"prison took"', []),
        ("opposition", []),
        ("حماة", ["Uprising"]),
        ("prison OR hill", []),
        ("NOT hill", []),
        ("title:hill", []),
    ],
)
def test_words_are_words_and_never_operators(
    archive: Archive, typed: str, found: list[str]
) -> None:
    assert titles(archive, read_filter(FilterKind.WORDS, typed)) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2024-12-05", ["Prison taken"]),
        ("2024-12-01", ["Hill taken"]),
        ("2024-12", ["Hill taken", "Prison taken"]),
        ("2024-12-03..", ["Prison taken"]),
        ("..2024-11-30", ["Uprising", "Hill taken"]),
        ("2024-11-30..2024-12-01", ["Hill taken"]),
        ("1982", ["Uprising"]),
        ("198X", ["Uprising"]),
    ],
)
def test_a_date_takes_what_may_have_happened_then_and_nothing_undated(
    archive: Archive, typed: str, found: list[str]
) -> None:
    assert titles(archive, read_filter(FilterKind.DATE, typed)) == found


typed_texts = st.text(st.characters(exclude_categories=()), max_size=40) | st.text(
    alphabet='"*^:(){}+-!~ \t\0ORANDTNEa1', max_size=30
)


@given(typed_texts)
@example('"')
@example('a" OR "b')
@example('""""')
@example("a\0b")
@example('"a')
@example("*")
@example("a*b")
@example("NEAR(a b)")
@example("-a")
@example("{title}: a")
def test_no_typed_text_is_a_syntax_error(archive: Archive, typed: str) -> None:
    for text in (typed, f"!{typed}"):
        with suppress(UsageError):  # there is no word in it, or it is no Unicode
            filter_ = read_filter(FilterKind.WORDS, text)
            assert isinstance(titles(archive, filter_), list)
            assert isinstance(titles(archive, Filter(filter_.kind, filter_.value, "", True)), list)
    for question, answer in ((search.search, tuple), (search.named, tuple), (timeline.find, array)):
        with suppress(UsageError):
            assert isinstance(archive.ask(question, typed), answer)


@given(typed_texts)
def test_a_typed_date_is_a_filter_or_a_known_error(archive: Archive, typed: str) -> None:
    with suppress(UsageError):
        assert isinstance(titles(archive, read_filter(FilterKind.DATE, typed)), list)


ONLY_THESE = {
    FilterKind.DATE: "2024-12",
    FilterKind.SUPPORT: "single-origin",
    FilterKind.MARKED: "unread",
    FilterKind.MADE: "person",
    FilterKind.KILLED: "known",
    FilterKind.INJURED: "unknown",
    FilterKind.MISSING: "civilians high 5..",
    FilterKind.DISPLACED: "best 0..9",
}
"""Values where not every text is one."""


filters = st.builds(
    Filter,
    kind=st.sampled_from(FilterKind),
    value=st.sampled_from(["act_Rebels", "plc_Hama", "src_Paper", "capture", "took", "hill"]),
    label=st.just(""),
    negated=st.booleans(),
).map(
    lambda filter_: Filter(
        filter_.kind, ONLY_THESE.get(filter_.kind, filter_.value), "", filter_.negated
    )
)


@given(st.lists(filters, max_size=6))
def test_any_filters_together_are_a_query_with_all_its_parameters(
    archive: Archive, several: list[Filter]
) -> None:
    asked = Filters(tuple(several))
    assert where(asked).sql.count("?") == len(where(asked).parameters)
    left = set(archive.ask(timeline.order, asked, Sort.DATE))
    assert left <= set(archive.ask(timeline.order, Filters(), Sort.DATE))
    for question in (actors.of_filter, places.of_filter, sources.of_filter, articles.of_filter):
        assert isinstance(archive.ask(question, asked), tuple)
    assert sum(one.count for one in archive.ask(histogram.histogram, asked, 48)) <= len(left)


@given(st.lists(filters, max_size=6))
def test_each_filter_means_the_same_wherever_it_stands(
    archive: Archive, several: list[Filter]
) -> None:
    forth, back = Filters(tuple(several)), Filters(tuple(reversed(several)))
    order = archive.ask(timeline.order, forth, Sort.DATE)
    assert archive.ask(timeline.order, back, Sort.DATE) == order


def test_the_same_filter_is_there_once_and_becomes_the_newest() -> None:
    asked = (
        Filters()
        .with_filter(actor("Rebels"))
        .with_filter(place("Hama"))
        .with_filter(actor("Rebels"))
    )
    assert [filter_.kind for filter_ in asked.filters] == [FilterKind.PLACE, FilterKind.ACTOR]
    assert asked.without(-1) == Filters((place("Hama"),))


@pytest.mark.parametrize("typed", ["", "   ", "?!", '""', "!", "---"])
def test_words_without_a_letter_or_digit_are_refused(typed: str) -> None:
    assert match_text(typed) == ""
    with pytest.raises(UsageError):
        read_filter(FilterKind.WORDS, typed)


def test_a_filter_says_what_it_asks() -> None:
    assert actor("Rebels").text() == "actor=Rebels"
    assert read_filter(FilterKind.WORDS, "!hill").text() == "words≠hill"
    assert read_filter(FilterKind.DATE, "2024-12-03..").text() == "date=from 3 Dec 2024"


def test_the_index_is_asked_by_any_thread_one_at_a_time(archive: Archive) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(lambda _: titles(archive, read_filter(FilterKind.WORDS, "took")), range(64))
        )
    assert found == [["Hill taken", "Prison taken"]] * 64


def test_a_closed_case_answers_nothing(tmp_path: Path) -> None:
    case = SmallCase()
    case.event("A")
    opened = Archive.open(case.write(tmp_path / "case.json"))
    opened.close()
    with pytest.raises(sqlite3.ProgrammingError):
        opened.ask(timeline.count)


def tagged(name: str) -> Filter:
    return Filter(FilterKind.TAG, name, name)


def test_a_tag_leaves_its_events_and_those_whose_articles_or_claims_have_it(tmp_path: Path) -> None:
    small = SmallCase()
    article = small.article("a", TEXT)
    other = small.article("b", "They took it back.")
    prison, hill, raid = small.event("Prison"), small.event("Hill"), small.event("Raid")
    claim = small.claim(prison, article, "prison")
    small.claim(hill, article, "hill")
    small.claim(raid, other, "took")
    archive = Archive.open(small.write(tmp_path / "case.json"), writing=True)
    for about, name in ((raid, "Ambush"), (claim, "doubt"), (article, "read"), (other, "ambush")):
        one = changes.tag(about, name, "me", "2026-11-22T00:00:00Z")
        archive.change(changes.add_or_replace(None, one, f"tag {name}", "me", one.at))
    assert titles(archive, tagged("Ambush")) == ["Raid"]
    assert titles(archive, tagged("doubt")) == ["Prison"]
    assert sorted(titles(archive, tagged("read"))) == ["Hill", "Prison"]
    assert titles(archive, Filter(FilterKind.TAG, "read", "", True)) == ["Raid"]
    assert titles(archive, tagged("nobody's")) == []
    assert archive.ask(judgements.the_tag, "#DOUBT ") == "doubt"
    assert archive.ask(judgements.the_tag, "Ambush") == "Ambush"
    with pytest.raises(UnknownRecord, match="is ambiguous: Ambush, ambush"):
        archive.ask(judgements.the_tag, "AMBUSH")
    with pytest.raises(UnknownRecord, match="no tag is called 'war'"):
        archive.ask(judgements.the_tag, "war")
    archive.close()


def marked(how: str) -> Filter:
    return read_filter(FilterKind.MARKED, how)


def test_events_are_found_by_what_persons_did_to_them_and_to_what_is_behind_them(
    tmp_path: Path,
) -> None:
    small = SmallCase()
    paper = small.source("Paper")
    article = small.article("a", TEXT)
    other = small.article("b", "They took it back.", publisher=paper)
    prison, hill, raid = small.event("Prison"), small.event("Hill"), small.event("Raid")
    small.event("Bare")
    claim = small.claim(prison, article, "prison")
    hills = small.claim(hill, article, "hill")
    small.claim(raid, other, "took")
    archive = Archive.open(small.write(tmp_path / "case.json"), writing=True)
    assert not any(
        titles(archive, marked(how)) for how in FilterKind.MARKED.row.values if how != "unread"
    )
    assert sorted(titles(archive, marked("unread"))) == ["Hill", "Prison", "Raid"]
    at = "2026-11-22T00:00:00Z"
    for one in (
        changes.mark(raid, MarkKind.STAR, "me", at),
        changes.mark(article, MarkKind.READ, "me", at),
        changes.note(hills, "odd", "me", at),
        changes.tag(article, "key", "me", at),
        changes.grade(paper, "B", "known", "me", at),
        changes.assessment(prison, Verdict.WEAK, "one origin", "me", at),
        changes.ruling(claim, hills, RulingKind.SAME, "both", "me", at),
    ):
        archive.change(changes.add_or_replace(None, one, "said", "me", at))
    found = {how: sorted(titles(archive, marked(how))) for how in FilterKind.MARKED.row.values}
    assert found == {
        "starred": ["Raid"],
        "noted": ["Hill"],
        "tagged": ["Hill", "Prison"],
        "graded": ["Raid"],
        "assessed": ["Prison"],
        "ruled": ["Hill", "Prison"],
        "read": ["Hill", "Prison"],
        "unread": ["Raid"],
    }
    with pytest.raises(UsageError, match="there is no mark 'odd'"):
        marked("odd")
    archive.close()


@pytest.mark.parametrize("kind", FilterKind)
def test_the_row_of_a_kind_says_all_that_is_asked_of_it(kind: FilterKind) -> None:
    row = kind.row
    assert row.help.endswith(".")
    assert row.argument.isupper()
    assert [bool(row.choices), row.find is not None, row.parse is not None].count(True) == 1
    assert (row.find is None) == (row.suggest is None), "what the case has is also suggested"
    assert bool(row.choices) == bool(row.refusal)
    assert row.sql or all(choice.sql for choice in row.choices)
    assert KINDS[row.name] is kind


def test_no_two_kinds_share_a_name_a_word_or_a_value() -> None:
    assert len(KINDS) == len(list(FilterKind))
    assert len({kind.row.typed or kind.row.name for kind in FilterKind}) == len(KINDS)
    for kind in FilterKind:
        assert len(set(kind.row.values)) == len(kind.row.values)


@pytest.mark.parametrize("kind", [kind for kind in FilterKind if kind.row.choices])
def test_every_choice_is_suggested_and_understood(archive: Archive, kind: FilterKind) -> None:
    found = matching_choices(kind, "")
    assert [one.value for one in found] == list(kind.row.values)
    for one in found:
        assert one.value is not None
        chosen = read_filter(kind, one.value)
        assert (chosen.value, chosen.negated) == (one.value, False)
        assert isinstance(titles(archive, chosen), list)
        assert one in matching_choices(kind, one.value)
    negated = matching_choices(kind, f"!{kind.row.values[0]}")
    assert [one.value for one in negated] == [f"!{kind.row.values[0]}"] * kind.row.excludes


def test_a_record_is_suggested_by_a_part_of_its_name(archive: Archive) -> None:
    suggest = FilterKind.PLACE.row.suggest
    assert suggest is not None
    (found,) = archive.ask(lambda connection: list(suggest(connection, "ham")))
    assert found.value == "plc_Hama"
    assert archive.ask(find_filter, FilterKind.PLACE, "ham").value == "plc_Hama"
