"""The session without a terminal: the views at a location, and the moves from it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.errors import ConflictError, UnknownRecord, UsageError
from store.model.vocabulary import Stance
from store.queries.event_sort import Sort
from store.queries.filters import FilterKind, Filters
from tests.small import SmallCase
from tui.session.session import Session
from tui.session.steps import mark_at, next_mark, passage_at, step
from tui.session.trail import Location
from tui.session.views import AlreadyShown, ScreenData

TEXT = "The rebels took the town. The army denies it. Nobody was hurt in the town."


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Three articles on event A, one of them also on B; C has none."""
    case = SmallCase()
    rebels = case.actor("Rebels", "the rebels")
    case.actor("Southern rebels", part_of=rebels)
    a, b = case.event("A"), case.event("B")
    case.event("C")
    late = case.article("late", TEXT, title="Late", published="2024-12-07")
    early = case.article("early", TEXT + " Again.", published="2024-12-05T10:00Z")
    undated = case.article("undated", None)
    case.claim(a, late, "The rebels took the town")
    case.claim(a, late, "Nobody was hurt in the town")
    case.claim(b, late, "The army denies it", stance=Stance.DENIES)
    case.claim(a, early, "The rebels took the town")
    case.acted(a, early, "The rebels", rebels)
    case.claim(a, undated, "undated")
    archive = Archive.open(case.write(tmp_path / "case.json"))
    yield Session(archive, Path(), bundled=False)
    archive.close()


def first_look(session: Session) -> ScreenData:
    look = session.look(session.location, AlreadyShown())
    session.trail.settle(look.location)
    return look


def seen(look: ScreenData) -> AlreadyShown:
    view = look.article
    return AlreadyShown(
        filter=look.location.filter,
        sort=look.location.sort,
        event=look.location.event,
        article=view.n if view else None,
        window=(view.start, view.end) if view else (0, 0),
        wide=look.location.wide,
    )


def test_the_first_look_settles_on_an_event_its_first_article_and_passage(session: Session) -> None:
    look = first_look(session)
    assert look.asked == Location()
    assert look.timeline is not None
    assert look.timeline.total == 3
    assert look.event is not None
    assert look.article is not None
    assert (look.event.row.title, look.article.id) == ("A", "art_early")
    passage = passage_at(look.event, look.location)
    assert passage is not None
    assert look.article.text[passage.start : passage.end] == "The rebels"


def test_articles_come_by_publication_and_undated_ones_last(session: Session) -> None:
    look = first_look(session)
    assert look.event is not None
    assert [row.id for row in look.event.evidence] == ["art_early", "art_late", "art_undated"]


def test_walking_stops_at_both_ends(session: Session) -> None:
    event = first_look(session).event
    assert event is not None
    first, second, last = event.evidence
    assert step(event, first.n, 1) == second
    assert step(event, last.n, -1) == second
    assert step(event, first.n, -1) is None
    assert step(event, last.n, 1) is None
    assert step(event, None, 1) == first, "from nowhere to the first"
    assert step(event, 999, -1) == first


def test_what_is_seen_already_is_not_asked_again(session: Session) -> None:
    look = first_look(session)
    again = session.look(look.location, seen(look))
    assert again.timeline is None
    assert again.article is None
    assert again.event == look.event


def test_another_event_brings_its_own_article(session: Session) -> None:
    look = first_look(session)
    assert look.timeline is not None
    b = look.timeline.rows[1].n
    other = session.look(replace(look.location, event=b, article=None, passage=None), seen(look))
    assert other.timeline is None
    assert other.article is not None
    assert other.article.id == "art_late"


def test_an_article_that_is_not_behind_the_event_gives_way_to_its_first(session: Session) -> None:
    look = first_look(session)
    wrong = session.look(replace(look.location, article=999, passage=None), AlreadyShown())
    assert wrong.location == look.location


def test_an_event_without_articles_has_no_article(session: Session) -> None:
    look = first_look(session)
    assert look.timeline is not None
    c = session.look(replace(look.location, event=look.timeline.rows[2].n), seen(look))
    assert c.event is not None
    assert (c.event.evidence, c.article, c.location.article, c.location.passage) == (
        (),
        None,
        None,
        None,
    )


def test_a_filter_that_hides_the_event_settles_on_another(session: Session) -> None:
    first_look(session)
    session.go(filter=Filters((session.read_filter(FilterKind.WORDS, "denies"),)))
    look = session.look(session.location, AlreadyShown())
    assert look.event is not None
    assert look.event.row.title == "B"


def test_a_filter_without_events_leaves_nothing(session: Session) -> None:
    session.go(filter=Filters((session.read_filter(FilterKind.DATE, "1950"),)))
    look = session.look(session.location, AlreadyShown())
    assert look.timeline is not None
    assert not look.timeline.numbers
    assert (look.event, look.article, look.location.event) == (None, None, None)


def test_preview_is_no_step_and_go_is_one(session: Session) -> None:
    first_look(session)
    session.preview(pane="sources")
    assert session.trail.steps == (0, 0)
    session.go(sort=Sort.TITLE)
    assert session.trail.steps == (1, 0)
    assert (session.location.pane, session.location.sort) == ("sources", Sort.TITLE)


def test_lists_of_all_are_asked_for_once_for_each_filter(session: Session) -> None:
    look = first_look(session)
    wide = replace(look.location, wide=frozenset({"actors", "sources"}))
    both = session.look(wide, seen(look))
    assert both.all_actors is not None
    assert [row.name for row in both.all_actors] == ["Rebels"]
    assert both.all_sources is not None
    kept = replace(seen(look), wide=wide.wide)
    again = session.look(wide, kept)
    assert (again.all_actors, again.all_sources) == (None, None)
    filtered = replace(wide, filter=Filters((session.read_filter(FilterKind.WORDS, "denies"),)))
    assert session.look(filtered, kept).all_actors == ()


def test_stances_are_counted_by_article(session: Session) -> None:
    look = first_look(session)
    assert look.event is not None
    assert look.event.stances() == dict.fromkeys(Stance, 0) | {Stance.ASSERTS: 3}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FilterKind.ACTOR, "the rebels", "act_Rebels"),
        (FilterKind.ACTOR, "act_Rebels", "act_Rebels"),
        (FilterKind.ACTOR, "southern", "act_Southern rebels"),
        (FilterKind.TYPE, "air strike", "air-strike"),
        (FilterKind.DATE, "2024-12-05..", "2024-12-05/.."),
        (FilterKind.WORDS, "!town", "town"),
    ],
)
def test_a_typed_argument_means_one_thing(
    session: Session, kind: FilterKind, text: str, value: str
) -> None:
    assert session.read_filter(kind, text).value == value


@pytest.mark.parametrize(
    ("kind", "text", "error"),
    [
        (FilterKind.ACTOR, "nobody", UnknownRecord),
        (FilterKind.ACTOR, "", UnknownRecord),
        (FilterKind.PLACE, "rebels", UnknownRecord),
        (FilterKind.TYPE, "war", UsageError),
        (FilterKind.DATE, "soon", UsageError),
        (FilterKind.WORDS, "!?", UsageError),
    ],
)
def test_what_means_nothing_is_an_error_with_a_hint(
    session: Session, kind: FilterKind, text: str, error: type[ConflictError]
) -> None:
    with pytest.raises(error) as found:
        session.read_filter(kind, text)
    assert found.value.hint


@pytest.fixture
def bundled() -> Iterator[Session]:
    archive = Archive.open(BUNDLED)
    yield Session(archive, BUNDLED, bundled=True)
    archive.close()


def test_what_is_at_odds_is_told_in_words_and_where_it_is_much_only_counted(
    bundled: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {one.subject.title: one.brief for one in bundled.disputes()}
    assert len(told) == 16
    assert told["Idlib province"].startswith("differs: designation, extent of rebel control (")
    assert all(told.values())

    monkeypatch.setattr("tui.session.session.BRIEFED", 2)
    fewer = bundled.disputes()
    assert [one.subject.title for one in fewer] == list(told)
    assert fewer[0].brief == told[fewer[0].subject.title], "among the first, and not very much"
    counted = {one.subject.title: one.brief for one in fewer}
    assert counted["Rebels take Aleppo"] == "2 differ"
    assert counted["Rebel offensive of November 2024"] == "5 differ"
    assert counted["Hama"] == "3 stale, 1 differ"
    title = "Rebel offensive of November 2024"
    row = next(row for row in bundled.window(range(1, 116)) if row.title == title)
    look = bundled.look(Location(event=row.n), AlreadyShown())
    assert look.event is not None
    assert look.event.dispute == "5 differ"


def test_the_shortest_passage_around_a_place_is_meant() -> None:
    archive = Archive.open(BUNDLED)
    try:
        look = Session(archive, BUNDLED, bundled=True).look(Location(), AlreadyShown())
    finally:
        archive.close()
    view = look.article
    assert view is not None
    for mark in view.marks:
        if not mark.in_title:
            found = mark_at(view, mark.start)
            assert found is not None
            assert found.end - found.start <= mark.end - mark.start
            assert found.start <= mark.start < found.end
    assert mark_at(view, view.length + 1) is None
    numbers = [mark.n for mark in view.marks]
    walked = [numbers[0]]
    while (following := next_mark(view, walked[-1], 1)) is not None:
        walked.append(following.n)
    assert walked == numbers
    assert next_mark(view, numbers[0], -1) is None


def test_a_large_case_is_counted_by_a_question_of_its_own(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = replace(session.location, wide=frozenset({"actors"}))
    small = session.look(wide, AlreadyShown())
    assert not small.counting
    monkeypatch.setattr("tui.session.session.COUNTED_AT_ONCE", 2)
    large = session.look(wide, AlreadyShown())
    assert large.counting == {"bins", "actors"}
    assert large.timeline is not None
    assert small.timeline is not None
    assert (large.timeline.bins, large.all_actors) == (None, None)
    assert large.timeline.rows == small.timeline.rows
    counted = session.count(wide.filter, large.counting)
    assert (counted.bins, counted.actors) == (small.timeline.bins, small.all_actors)
    assert counted.sources is None
