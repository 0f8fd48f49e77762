"""The session without a terminal: what is to be seen at a spot, and what follows from it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.errors import ConflictError, UnknownRecord, UsageError
from store.model.vocabulary import Stance
from store.queries.filters import ChipKind, Filter
from store.queries.timeline import Sort
from tests.small import SmallCase
from tui.answers import Look, Seen
from tui.desk import Desk, mark_at, next_mark, passage_at, step
from tui.trail import Spot

TEXT = "The rebels took the town. The army denies it. Nobody was hurt in the town."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
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
    yield Desk(archive, Path(), bundled=False)
    archive.close()


def first_look(desk: Desk) -> Look:
    look = desk.look(desk.spot, Seen())
    desk.trail.settle(look.spot)
    return look


def seen(look: Look) -> Seen:
    view = look.article
    return Seen(
        filter=look.spot.filter,
        sort=look.spot.sort,
        event=look.spot.event,
        article=view.n if view else None,
        window=(view.start, view.end) if view else (0, 0),
        wide=look.spot.wide,
    )


def test_the_first_look_settles_on_an_event_its_first_article_and_passage(desk: Desk) -> None:
    look = first_look(desk)
    assert look.asked == Spot()
    assert look.timeline is not None
    assert look.timeline.total == 3
    assert look.event is not None
    assert look.article is not None
    assert (look.event.row.title, look.article.id) == ("A", "art_early")
    passage = passage_at(look.event, look.spot)
    assert passage is not None
    assert look.article.text[passage.start : passage.end] == "The rebels"


def test_articles_come_by_publication_and_undated_ones_last(desk: Desk) -> None:
    look = first_look(desk)
    assert look.event is not None
    assert [row.id for row in look.event.evidence] == ["art_early", "art_late", "art_undated"]


def test_walking_stops_at_both_ends(desk: Desk) -> None:
    event = first_look(desk).event
    assert event is not None
    first, second, last = event.evidence
    assert step(event, first.n, 1) == second
    assert step(event, last.n, -1) == second
    assert step(event, first.n, -1) is None
    assert step(event, last.n, 1) is None
    assert step(event, None, 1) == first, "from nowhere to the first"
    assert step(event, 999, -1) == first


def test_what_is_seen_already_is_not_asked_again(desk: Desk) -> None:
    look = first_look(desk)
    again = desk.look(look.spot, seen(look))
    assert again.timeline is None
    assert again.article is None
    assert again.event == look.event


def test_another_event_brings_its_own_article(desk: Desk) -> None:
    look = first_look(desk)
    assert look.timeline is not None
    b = look.timeline.rows[1].n
    other = desk.look(replace(look.spot, event=b, article=None, passage=None), seen(look))
    assert other.timeline is None
    assert other.article is not None
    assert other.article.id == "art_late"


def test_an_article_that_is_not_behind_the_event_gives_way_to_its_first(desk: Desk) -> None:
    look = first_look(desk)
    wrong = desk.look(replace(look.spot, article=999, passage=None), Seen())
    assert wrong.spot == look.spot


def test_an_event_without_articles_has_no_article(desk: Desk) -> None:
    look = first_look(desk)
    assert look.timeline is not None
    c = desk.look(replace(look.spot, event=look.timeline.rows[2].n), seen(look))
    assert c.event is not None
    assert (c.event.evidence, c.article, c.spot.article, c.spot.passage) == ((), None, None, None)


def test_a_filter_that_hides_the_event_settles_on_another(desk: Desk) -> None:
    first_look(desk)
    desk.go(filter=Filter((desk.chip(ChipKind.WORDS, "denies"),)))
    look = desk.look(desk.spot, Seen())
    assert look.event is not None
    assert look.event.row.title == "B"


def test_a_filter_without_events_leaves_nothing(desk: Desk) -> None:
    desk.go(filter=Filter((desk.chip(ChipKind.DATE, "1950"),)))
    look = desk.look(desk.spot, Seen())
    assert look.timeline is not None
    assert not look.timeline.numbers
    assert (look.event, look.article, look.spot.event) == (None, None, None)


def test_preview_is_no_step_and_go_is_one(desk: Desk) -> None:
    first_look(desk)
    desk.preview(pane="sources")
    assert desk.trail.steps == (0, 0)
    desk.go(sort=Sort.TITLE)
    assert desk.trail.steps == (1, 0)
    assert (desk.spot.pane, desk.spot.sort) == ("sources", Sort.TITLE)


def test_lists_of_all_are_asked_for_once_for_each_filter(desk: Desk) -> None:
    look = first_look(desk)
    wide = replace(look.spot, wide=frozenset({"actors", "sources"}))
    both = desk.look(wide, seen(look))
    assert both.all_actors is not None
    assert [row.name for row in both.all_actors] == ["Rebels"]
    assert both.all_sources is not None
    kept = replace(seen(look), wide=wide.wide)
    again = desk.look(wide, kept)
    assert (again.all_actors, again.all_sources) == (None, None)
    filtered = replace(wide, filter=Filter((desk.chip(ChipKind.WORDS, "denies"),)))
    assert desk.look(filtered, kept).all_actors == ()


def test_stances_are_counted_by_article(desk: Desk) -> None:
    look = first_look(desk)
    assert look.event is not None
    assert look.event.stances() == dict.fromkeys(Stance, 0) | {Stance.ASSERTS: 3}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (ChipKind.ACTOR, "the rebels", "act_Rebels"),
        (ChipKind.ACTOR, "act_Rebels", "act_Rebels"),
        (ChipKind.ACTOR, "southern", "act_Southern rebels"),
        (ChipKind.TYPE, "air strike", "air-strike"),
        (ChipKind.DATE, "2024-12-05..", "2024-12-05/.."),
        (ChipKind.WORDS, "!town", "town"),
    ],
)
def test_a_typed_argument_means_one_thing(
    desk: Desk, kind: ChipKind, text: str, value: str
) -> None:
    assert desk.chip(kind, text).value == value


@pytest.mark.parametrize(
    ("kind", "text", "error"),
    [
        (ChipKind.ACTOR, "nobody", UnknownRecord),
        (ChipKind.ACTOR, "", UnknownRecord),
        (ChipKind.PLACE, "rebels", UnknownRecord),
        (ChipKind.TYPE, "war", UsageError),
        (ChipKind.DATE, "soon", UsageError),
        (ChipKind.WORDS, "!?", UsageError),
    ],
)
def test_what_means_nothing_is_an_error_with_a_hint(
    desk: Desk, kind: ChipKind, text: str, error: type[ConflictError]
) -> None:
    with pytest.raises(error) as found:
        desk.chip(kind, text)
    assert found.value.hint


@pytest.fixture
def bundled() -> Iterator[Desk]:
    archive = Archive.open(BUNDLED)
    yield Desk(archive, BUNDLED, bundled=True)
    archive.close()


def test_what_is_at_odds_is_told_in_words_and_where_it_is_much_only_counted(
    bundled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {one.subject.title: one.brief for one in bundled.disputes()}
    assert len(told) == 19
    assert told["Idlib province"].startswith("differs: designation, extent of rebel control (")
    assert all(told.values())

    monkeypatch.setattr("tui.desk.BRIEFED", 2)
    fewer = bundled.disputes()
    assert [one.subject.title for one in fewer] == list(told)
    assert fewer[0].brief == told[fewer[0].subject.title], "among the first, and not very much"
    counted = {one.subject.title: one.brief for one in fewer}
    assert counted["Rebels take Aleppo"] == told["Rebels take Aleppo"]
    assert counted["Rebels take Hama"] == "4 differ"
    assert counted["Hama"] == "3 stale, 2 differ"
    row = next(row for row in bundled.window(range(1, 116)) if row.title == "Rebels take Hama")
    look = bundled.look(Spot(event=row.n), Seen())
    assert look.event is not None
    assert look.event.dispute.endswith("4 differ")


def test_the_shortest_passage_around_a_place_is_meant() -> None:
    archive = Archive.open(BUNDLED)
    try:
        look = Desk(archive, BUNDLED, bundled=True).look(Spot(), Seen())
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
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = replace(desk.spot, wide=frozenset({"actors"}))
    small = desk.look(wide, Seen())
    assert not small.counting
    monkeypatch.setattr("tui.desk.COUNTED_AT_ONCE", 2)
    large = desk.look(wide, Seen())
    assert large.counting == {"bins", "actors"}
    assert large.timeline is not None
    assert small.timeline is not None
    assert (large.timeline.bins, large.all_actors) == (None, None)
    assert large.timeline.rows == small.timeline.rows
    counted = desk.count(wide.filter, large.counting)
    assert (counted.bins, counted.actors) == (small.timeline.bins, small.all_actors)
    assert counted.sources is None
