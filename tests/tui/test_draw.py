"""Drawing: every line has exactly its width, loses nothing silently, and obeys no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from store.model.stamps import full_day_of
from store.model.text import HOSTILE
from store.model.vocabulary import (
    ActorKind,
    EventType,
    Flag,
    SourceKind,
    StampBasis,
    Stance,
    TextKind,
)
from store.queries.actors import ActorRow
from store.queries.article import ArticleView
from store.queries.datasets import KnownFrom
from store.queries.event_sort import Sort
from store.queries.evidence import EvidenceRow, PassageRef
from store.queries.histogram import Bin
from store.queries.sources import SourceRow
from store.queries.timeline_row import TimelineRow
from store.queries.trend import Series, Trend
from tui.draw.actors import actor_row, actors_peek
from tui.draw.article import article_facts
from tui.draw.figures import Plot, plot_lines
from tui.draw.histogram import Brush, Measure, bar_places, brush_words, brushed, histogram
from tui.draw.sources import evidence_lines, source_row, sources_peek, stance_counts
from tui.draw.stamps import day_of
from tui.draw.styles import Styles, cell, ends, fitted, matched, said, styled
from tui.draw.timeline import RowLook, column_at, column_heads, mark_of, timeline_peek, timeline_row
from tui.draw.tolls import toll_bar
from tui.session.columns import ColumnChoice, ColumnId

INK = Styles(*(Style() for _ in Styles._fields))
MATCH = Style(reverse=True)
LOUD = INK._replace(match=MATCH)

texts = st.text(st.characters(exclude_categories=()), max_size=60)
widths = st.integers(min_value=1, max_value=220)


def event(title: str = "Rebels take Hama", **changes: object) -> TimelineRow:
    fields: dict[str, object] = {
        "n": 1,
        "id": "evt_1",
        "title": title,
        "type": EventType.CAPTURE,
        "edtf": "2024-12-05",
        "place": "Hama",
        "planned": False,
        "background": False,
        "articles": 3,
        "publishers": 2,
        "unknown_publishers": 0,
        "origins": 2,
        "unknown_origins": 0,
        "hedges": 0,
        "denials": 0,
        "contradicts": 0,
        "differs": 0,
        "stale": 0,
        "apart": 0,
    }
    return TimelineRow(**fields | changes)  # type: ignore[arg-type]


def report(title: str = "Hama falls", **changes: object) -> EvidenceRow:
    fields: dict[str, object] = {
        "n": 1,
        "id": "art_1",
        "title": title,
        "publisher": "The Paper",
        "chains": ((),),
        "published": "2024-12-05T10:00Z",
        "stance": Stance.ASSERTS,
        "denied_by": (),
        "claims": 1,
        "is_copy": False,
        "text_kind": TextKind.FULL,
        "passages": (PassageRef(1, "psg_1", 0, 4, False),),
    }
    return EvidenceRow(**fields | changes)  # type: ignore[arg-type]


def plain(content: Content) -> str:
    return content.plain.rstrip()


def read_view(**changes: object) -> ArticleView:
    fields: dict[str, object] = {
        "n": 1,
        "id": "art_1",
        "title": "Hama falls",
        "publisher": "The Paper",
        "url": "",
        "note": "",
        "start": 0,
        "length": 4,
        "text": "Hama",
        "marks": (),
        "version": None,
        "published": "2024-12-05T10:00Z",
        "sureness": StampBasis.STATED,
        "updated": "",
        "text_kind": TextKind.FULL,
        "known": KnownFrom(machine=False, dataset="", licence="", citation="", restricted=False),
    }
    return ArticleView(**fields | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "The Paper · 5 Dec 2024 10:00Z"),
        ({"updated": "2024-12-06T09:30+00:00"}, "· updated 6 Dec 2024 09:30+00:00"),
        ({"sureness": StampBasis.GUESSED}, "5 Dec 2024 10:00Z (a guess)"),
        ({"sureness": StampBasis.ZONE_ASSUMED}, "5 Dec 2024 10:00Z (zone assumed)"),
        ({"text_kind": TextKind.SUMMARY}, "· summary"),
    ],
)
def test_the_line_above_a_text_says_what_its_times_rest_on(
    changes: dict[str, object], words: str
) -> None:
    assert words in plain(article_facts(read_view(**changes), INK))


@given(texts, widths, st.booleans())
def test_a_fitted_text_has_exactly_its_width(text: str, width: int, right: bool) -> None:
    shown = said(text).plain
    assert cell_len(fitted(shown, width, right=right)) == width
    assert cell(said(text), width, right=right).cell_length == width


@given(texts, texts, widths)
def test_two_ends_fill_their_line(left: str, right: str, width: int) -> None:
    assert ends(said(left), said(right), width).cell_length == width


@given(texts)
def test_no_text_from_outside_reaches_the_terminal_as_it_is(text: str) -> None:
    for drawn in (said(text), styled(text, Style())):
        assert not set(map(ord, drawn.plain)) & HOSTILE
        assert "\n" not in drawn.plain
        assert "\t" not in drawn.plain


def row_of(
    row: TimelineRow, width: int, *, year: bool = False, tolls: bool = False, ink: Styles = INK
) -> Content:
    """The line of an event with the columns for which there is room."""
    columns = ColumnChoice().fitted(width, tolls=tolls, year=year)
    return timeline_row(row, RowLook(columns, year=year), ink)


def test_markup_is_text() -> None:
    assert said("[bold]x[/] [@click=app.quit]y").plain == "[bold]x[/] [@click=app.quit]y"


def test_a_text_that_is_cut_says_so() -> None:
    assert fitted("Hayat Tahrir al-Sham", 10) == "Hayat Tah…"
    assert fitted("哈馬城", 4) == "哈 …", "half of a wide letter is a blank"


@given(texts, st.integers(min_value=30, max_value=220), st.booleans(), st.booleans())
def test_an_event_fills_its_line(title: str, width: int, planned: bool, year: bool) -> None:
    row = event(title, place=title, planned=planned, background=year)
    drawn = row_of(row, width, year=year)
    assert drawn.cell_length == width


def test_an_event_shows_date_place_title_and_support() -> None:
    row = event(unknown_origins=1, denials=2)
    narrow = plain(row_of(row, 50, year=False))
    assert narrow.split() == ["5", "Dec", "▲", "Rebels", "take", "Hama", "3/2?", "−2"]
    wide = plain(row_of(row, 80, year=True))
    words = ["5", "Dec", "2024", "Hama", "▲", "Rebels", "take", "Hama", "3/2?", "−2"]
    assert wide.split() == words


def test_support_numbers_stand_in_one_column_with_a_question_mark_or_without() -> None:
    known = row_of(event(), 60, year=False).plain
    unknown = row_of(event(unknown_origins=1), 60, year=False).plain
    assert known.index("3/2") == unknown.index("3/2?")


def test_a_plan_is_marked_as_one() -> None:
    assert "planned Rebels" in row_of(event(planned=True), 60, year=False).plain


def test_matches_are_marked_in_smart_case() -> None:
    marked = matched(Content("Hama, hama, HAMA"), "hama", MATCH)
    assert [(span.start, span.end) for span in marked.spans] == [(0, 4), (6, 10), (12, 16)]
    marked = matched(Content("Hama, hama, HAMA"), "Hama", MATCH)
    assert [(span.start, span.end) for span in marked.spans] == [(0, 4)]
    assert matched(Content("Hama"), "", MATCH).spans == []


@given(texts, texts)
def test_marking_matches_never_changes_the_words(text: str, needle: str) -> None:
    assert matched(said(text), needle, MATCH).plain == said(text).plain


def test_a_report_shows_stance_in_glyph_and_word_publisher_chain_and_day() -> None:
    row = report(chains=(("SANA", "Ministry"), ()), stance=Stance.DOUBTS)
    first, second = evidence_lines(row, 60, INK, "")
    assert plain(first).startswith("◐ doubts The Paper via SANA → Ministry +1")
    assert plain(first).endswith("5 Dec")
    assert plain(second) == "  Hama falls"


def test_a_report_says_what_it_does_not_know() -> None:
    row = report("", publisher="", published="")
    first, second = evidence_lines(row, 60, INK, "")
    assert "publisher not stated" in first.plain
    assert "undated" in first.plain
    assert second.plain.strip() == "without a title"


def test_a_denial_beside_an_assertion_and_a_copy_are_said() -> None:
    row = report(denied_by=("Turkey", "SOHR"), is_copy=True)
    first, second = evidence_lines(row, 60, INK, "")
    assert "copy" in first.plain
    assert "○ denied by Turkey, SOHR" in second.plain


@given(texts, texts, widths)
def test_reports_and_sources_fill_their_lines(title: str, name: str, width: int) -> None:
    row = report(title, publisher=name, chains=((name, title),))
    source = SourceRow(1, "src_1", name, SourceKind.OUTLET, 3, 2, "B")
    for line in (*evidence_lines(row, width, INK, ""), *source_row(source, width, INK, "")):
        assert line.cell_length == width
    assert sources_peek([row], 0, "1●", width, INK).cell_length == width


def test_stances_are_counted_with_their_glyph_and_where_there_is_room_with_their_word() -> None:
    counted = {Stance.ASSERTS: 11, Stance.DOUBTS: 0, Stance.DENIES: 1}
    assert stance_counts(counted, short=True) == "11● 1○"
    assert stance_counts(counted, short=False) == "11 ● asserts, 1 ○ denies"


def actor(name: str, *roles: str, stance: Stance = Stance.ASSERTS, denied: int = 0) -> ActorRow:
    stances = (stance,) * len(roles)
    return ActorRow(1, "act_1", name, ActorKind.ARMED_GROUP, roles, 7, stances, denied)


def test_an_actor_shows_role_in_an_event_and_kind_among_all() -> None:
    assert plain(actor_row(actor("HTS", "attacker"), 12, 40, INK, "", wide=False)).split() == [
        "attacker",
        "HTS",
        "12",
    ]
    assert plain(actor_row(actor("HTS"), None, 40, INK, "", wide=True)).startswith(
        "armed group HTS"
    )


def test_a_part_that_is_only_denied_is_drawn_as_denied_however_long_the_name() -> None:
    row = actor("The Northern Front of all hills", "attacker", stance=Stance.DENIES)
    drawn = plain(actor_row(row, 1, 40, INK, "", wide=False))
    assert len(drawn) == 40
    assert drawn.split()[0] == "attacker"
    assert drawn.split()[-3:] == ["○", "denied", "1"]
    short = actor("Front", "attacker", stance=Stance.DENIES)
    assert "Front ○ denied  " in plain(actor_row(short, 1, 40, INK, "", wide=False))
    assert "Front (attacker: denied)" in plain(actors_peek([short], False, 60, INK))
    hearsay = actor("Front", "attacker", stance=Stance.HEDGES)
    assert "Front ◔ as hearsay" in plain(actor_row(hearsay, 1, 40, INK, "", wide=False))
    everywhere = actor("Front", denied=2)
    assert "Front ○ 2 denied" in plain(actor_row(everywhere, 7, 40, INK, "", wide=True))


def test_of_several_roles_it_is_said_which_is_denied() -> None:
    stances = Stance.DENIES, Stance.ASSERTS
    row = ActorRow(1, "act_1", "Front", ActorKind.MILITIA, ("attacker", "party"), 1, stances)
    assert "Front ○ attacker denied" in plain(actor_row(row, 1, 60, INK, "", wide=False))
    assert "Front (attacker: denied, party)" in plain(actors_peek([row], False, 60, INK))


def test_a_peek_of_actors_says_how_many_more_there_are() -> None:
    rows = [actor(f"Actor number {number}", "party") for number in range(9)]
    drawn = plain(actors_peek(rows, False, 60, INK))
    assert drawn.startswith("2 Actors  Actor number 0 (party)")
    shown = drawn.count("Actor number")
    assert drawn.endswith(f"+{9 - shown}")


@given(st.lists(st.tuples(texts, st.booleans()), max_size=8), widths)
def test_peeks_fill_their_line(names: list[tuple[str, bool]], width: int) -> None:
    rows = [actor(name, *(["party"] if role else [])) for name, role in names]
    assert actors_peek(rows, False, width, INK).cell_length == width
    assert timeline_peek(event(names[0][0]) if names else None, "1/2", width, INK).cell_length == (
        width
    )


@given(st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=60), widths)
def test_a_histogram_fits_and_shows_every_bin_that_is_not_empty(
    counts: list[int], width: int
) -> None:
    counts[-1] = max(1, counts[-1])
    bins = [Bin(f"{1900 + year}", count) for year, count in enumerate(counts)]
    lines = histogram(bins, width, INK)
    if width < 20 or len(bins) < 2:
        assert lines == ()
        return
    assert [line.cell_length for line in lines] == [width] * 3
    at = bar_places(bins, width, Measure.EVENTS)
    for place, count in enumerate(counts[at.first :]):
        assert (lines[1].plain[at.before + place * at.each] != " ") == (count > 0)


BINS = (
    Bin("2024-11-27", 2, known=1, best=40),
    Bin("2024-11-28", 6175),
    Bin("2024-11-29", 0),
    Bin("2024-11-30", 3, known=3, best=0),
)


def test_a_histogram_has_a_scale_its_ends_and_what_it_counts() -> None:
    high, low, caption = (line.plain for line in histogram(BINS, 60, INK))
    assert (high.split()[0], low.split()[0]) == ("6,175", "3,087")
    assert caption.strip().startswith("27 Nov 2024")
    assert "30 Nov 2024" in caption
    assert caption.rstrip().endswith("events a day")
    small = histogram(BINS, 30, INK)[2].plain
    assert "6,175 events a day at most" in small or "27 Nov 2024" in small


def test_the_dead_of_a_day_of_which_nobody_counts_them_are_a_dot_and_none_are_nothing() -> None:
    low = histogram(BINS, 60, INK, Measure.KILLED)[1].plain
    at = bar_places(BINS, 60, Measure.KILLED)
    signs = [low[at.before + at.each * place] for place in range(4)]
    assert signs == ["█", "·", " ", " "]


def test_the_dates_that_are_chosen_are_told_and_lit() -> None:
    brush = Brush(2, 0, held=True)
    assert brushed(BINS, brush) == "2024-11-27/2024-11-29"
    assert brush_words(BINS, brush, Measure.EVENTS) == (
        "27 Nov to 29 Nov 2024 · 6,177 events, killed 40"
    )
    week = (Bin("2024-11-25", 1, is_week=True), Bin("2024-12-02", 1, is_week=True))
    assert brushed(week, Brush(0, 0)) == "2024-11-25/2024-12-01"
    assert brushed(week, Brush(0, 1)) == "2024-11-25/2024-12-08"
    assert bar_places(BINS, 60, Measure.EVENTS).bin_at(59) == 3
    assert bar_places(BINS, 60, Measure.EVENTS).bin_at(0) == 0


@pytest.mark.parametrize(
    ("published", "short", "full"),
    [
        ("", "", ""),
        ("2024-12-02", "2 Dec", "2 Dec 2024"),
        ("2024-12-04T14:45", "4 Dec", "4 Dec 2024 14:45"),
        ("2024-12-04T14:45+02:00", "4 Dec", "4 Dec 2024 14:45+02:00"),
    ],
)
def test_a_time_of_publication(published: str, short: str, full: str) -> None:
    assert (day_of(published), full_day_of(published)) == (short, full)


def test_of_a_title_that_ends_in_the_place_the_place_is_kept() -> None:
    title = "Government of Somewhere – Northern Front, Northtown"
    row = event(title, place="Northtown")
    narrow, broad = (row_of(row, width).plain for width in (50, 80))
    assert "Government of…, Northtown" in narrow
    assert broad.count("Northtown") == 1, "it has a column of its own"
    assert "Government of Somewhere – Northern Front" in broad
    assert title.removesuffix(", Northtown") in row_of(row, 120).plain
    other = event("Fighting in Northtown, Easttown", place="Northtown")
    assert "Fighting in Northtown, Easttown" in row_of(other, 120).plain


def test_the_two_sides_of_a_row_of_a_data_set_have_two_hues() -> None:
    hues = INK._replace(side_a=Style(bold=True), side_b=Style(italic=True))
    row = replace(event("Syria gov. – IS, Aleppo", place="Aleppo"), dataset="GED")

    def lit(line: Content, style: Style) -> list[str]:
        return [line.plain[span.start : span.end] for span in line.spans if span.style == style]

    line = row_of(row, 60, ink=hues)
    assert (lit(line, hues.side_a), lit(line, hues.side_b)) == (["Syria gov."], ["IS"])
    coded = replace(event("Rebels – as they call themselves"), side_a="Rebels", side_b="Army")
    assert lit(row_of(coded, 60, ink=hues), hues.side_a) == []
    wide = row_of(coded, 180, ink=hues)
    assert lit(wide, hues.side_a) == ["Rebels"]
    assert "Rebels – Army" in wide.plain


@pytest.mark.parametrize(
    ("best", "high", "shown"),
    [(None, None, ""), (0, 0, "0"), (27, None, "27+"), (8179, 9000, "8,179")],
)
def test_the_number_killed_has_its_column_and_unknown_is_empty(
    best: int | None, high: int | None, shown: str
) -> None:
    row = replace(event(), killed_low=best, killed_best=best, killed_high=high)
    columns = ColumnChoice().fitted(76, tolls=True)
    assert [one.id for one in columns] == ["date", "type", "title", "killed", "support", "marks"]
    start = sum(one.width + 1 for one in columns[:3])
    assert row_of(row, 76, tolls=True).plain[start : start + 8].strip() == shown


def test_a_bar_has_a_cell_for_each_power_of_ten() -> None:
    assert [toll_bar(number) for number in (0, 9, 99, 999)] == ["", "█", "██", "███"]
    assert toll_bar(10**9) == "████"
    assert len({toll_bar(number) for number in (1, 2, 4, 8, 20, 50)}) == 6


@pytest.mark.parametrize(
    ("width", "tolls", "shown"),
    [
        (24, True, "date title"),
        (40, False, "date type title support marks"),
        (50, True, "date type title killed support marks"),
        (76, True, "date type title killed support marks"),
        (76, False, "date type title support marks"),
        (92, True, "date place type title killed support marks"),
        (196, True, "date place sides type title killed support marks"),
    ],
)
def test_there_are_as_many_columns_as_there_is_room_for(
    width: int, tolls: bool, shown: str
) -> None:
    placed = ColumnChoice().fitted(width, tolls=tolls)
    assert " ".join(one.id for one in placed) == shown
    assert sum(one.width + 1 for one in placed) - 1 == width


@given(
    st.integers(min_value=0, max_value=220),
    st.frozensets(st.sampled_from(ColumnId)),
    st.dictionaries(st.sampled_from(ColumnId), st.integers(1, 80)),
)
def test_whatever_is_chosen_fits(
    room: int, shown: frozenset[ColumnId], wanted: dict[ColumnId, int]
) -> None:
    placed = ColumnChoice(shown, wanted).fitted(room, tolls=True)
    assert any(one.id is ColumnId.TITLE for one in placed)
    if room >= 12:
        assert sum(one.width + 1 for one in placed) - 1 == room
    assert {one.id for one in placed} <= shown | {ColumnId.TITLE}


def test_the_names_of_the_columns_stand_over_them_with_the_order() -> None:
    placed = ColumnChoice().fitted(92, tolls=True)
    heads = column_heads(placed, INK, sort=Sort.KILLED, turned=False, focused=ColumnId.PLACE).plain
    assert heads.split() == ["date", "place", "title", "killed▾", "support"]
    turned = column_heads(placed, INK, sort=Sort.DATE, turned=True, focused=None).plain
    assert turned.split()[0] == "date▾"
    assert len(heads) == 92
    assert column_at(placed, heads.index("place")) is ColumnId.PLACE
    assert column_at(placed, 91) is ColumnId.MARKS
    assert column_at(placed, 93) is None


def test_what_a_machine_made_and_what_is_odd_have_their_signs() -> None:
    made = row_of(event(machine=True), 50, year=False).plain
    assert "µ Rebels take Hama" in made
    odd = row_of(event(flags=(Flag.NO_COORDINATES,)), 50, year=False).plain
    assert odd.rstrip().endswith("⚑")
    both = row_of(event(flags=(Flag.NO_COORDINATES,), contradicts=1), 50, year=False).plain
    assert both.endswith("⚑≠")


def test_what_persons_did_has_its_sign_before_the_marks_and_moves_nothing() -> None:
    def drawn(*, starred: bool = False, judged: bool = False) -> str:
        odd = event(machine=True, contradicts=1, flags=(Flag.NO_COORDINATES,))
        marked = replace(odd, starred=starred, judged=judged)
        return row_of(marked, 50, year=False).plain

    for starred, judged, sign in ((False, True, "✎"), (True, False, "★"), (True, True, "★")):
        row = drawn(starred=starred, judged=judged)
        assert row.replace(sign, " ") == drawn()
        assert row.endswith(f"{sign}⚑≠")


@pytest.mark.parametrize(
    ("contradicts", "out_of_order", "stale", "sign"),
    [(2, 2, 0, "⇄"), (2, 2, 1, "⇄"), (2, 1, 0, "≠"), (2, 0, 0, "≠"), (0, 0, 1, "◁")],
)
def test_an_event_that_is_only_out_of_order_has_the_sign_of_that(
    contradicts: int, out_of_order: int, stale: int, sign: str
) -> None:
    row = event(contradicts=contradicts, out_of_order=out_of_order, stale=stale)
    assert mark_of(row, INK)[0] == sign
    assert row.disputed == {"⇄": "out of order", "≠": "disputed", "◁": "stale"}[sign]


def _scale(counts: tuple[int, ...], height: int) -> list[str]:
    """The numbers beside the bars of a trend with these counts, and its last line."""
    bins = tuple(Bin(f"2024-11-{at:02}", number) for at, number in enumerate(counts, 1))
    plot = Plot(Trend(None, (Series(None, bins),)), Measure.EVENTS, Brush(0, 0))
    *bars, _, chosen = (line.plain for line in plot_lines(plot, 60, height, INK))
    return [*filter(None, (line[:2].strip() for line in bars)), chosen.strip()]


@pytest.mark.parametrize("height", [9, 10, 22, 23])
def test_the_scale_of_a_trend_with_one_event_has_zero_at_its_base(height: int) -> None:
    assert _scale((1, 0, 1), height) == ["1", "0", "1 Nov 2024 · 1 event"]


def test_the_scale_of_a_trend_has_a_half_only_where_it_is_whole() -> None:
    assert [_scale((2, 0), height)[:-1] for height in (12, 13)] == [["2", "1", "0"]] * 2
    assert _scale((3, 0), 12)[:-1] == ["3", "0"]
    assert _scale((99, 7), 8)[:-1] == ["99", "49", "0"]


def test_the_scale_of_the_histogram_has_a_half_only_where_it_is_whole() -> None:
    def low(most: int) -> str:
        bins = (Bin("2024-11-01", most), Bin("2024-11-02", 0))
        return histogram(bins, 60, INK)[1].plain[:3].strip(" █")

    assert [low(most) for most in (1, 2, 3, 4)] == ["", "1", "", "2"]
