"""Drawing claims side by side: lines have their width, boxes their size, and cuts are marked."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content
from textual.style import Style

from store.analysis.readings import Reading
from store.model.text import HOSTILE
from store.model.vocabulary import Stance
from store.queries.compare import Comparison, DisputeRow, Voice
from store.queries.compare_columns import Column
from store.queries.passage import Excerpt
from store.queries.provenance import Provenance, ProvenanceLine
from tui.draw.compare import (
    NARROWEST,
    WIDEST,
    ColumnHead,
    article_head,
    dispute_counts,
    grid_row,
    heads,
    layout,
    origin_head,
    reading_words,
    shown_columns,
    voice_text,
)
from tui.draw.passage_pair import (
    LONGEST_PASSAGE,
    BoxPart,
    best_split,
    box,
    passage_alone,
    printed_by,
    shares,
)
from tui.draw.styles import Styles
from tui.draw.who import who_head, who_row

INK = Styles(*(Style() for _ in Styles._fields))
MATCH = Style(reverse=True)
LOUD = INK._replace(match=MATCH)

texts = st.text(st.characters(exclude_categories=()), max_size=60)
words = st.text("ab \n", max_size=300)
widths = st.integers(min_value=1, max_value=220)
readings = st.none() | st.sampled_from(Reading)


def voice(value: str = "5 Dec 2024", **changes: object) -> Voice:
    fields: dict[str, object] = {
        "claim": "clm_1",
        "line": 0,
        "article": 0,
        "passage": 1,
        "passage_id": "psg_1",
        "exact": "took the town on Thursday",
        "in_title": False,
        "stance": Stance.ASSERTS,
        "value": value,
        "detail": value,
        "printed": "on Thursday",
        "as_of": "",
        "note": "",
        "chain": (),
        "origin": "SOHR",
        "origin_id": "src_sohr",
        "reading": None,
        "first": False,
        "against": None,
    }
    return Voice(**fields | changes)  # type: ignore[arg-type]


def column(**changes: object) -> Column:
    fields: dict[str, object] = {
        "n": 1,
        "id": "art_1",
        "title": "Town falls",
        "publisher": "The Paper",
        "published": "2024-12-05T10:00Z",
        "digest": False,
    }
    return Column(**fields | changes)  # type: ignore[arg-type]


def dispute(reading: Reading) -> DisputeRow:
    return DisputeRow(reading, 0, "", (0,), (1,), own=True, first=False)


def compared(readings: Sequence[Reading], *voices: Voice) -> Comparison:
    """A comparison with only what is counted: pairs of these readings, and these voices."""
    found = SimpleNamespace(disputes=lambda: tuple(map(dispute, readings)), voices=voices)
    return cast(Comparison, found)


def excerpt(before: str = "", exact: str = "the words", after: str = "", *, cut: bool = False):  # type: ignore[no-untyped-def]
    return Excerpt(before=before, exact=exact, after=after, cut_before=cut, cut_after=cut)


def plain_lines(content: Content) -> list[str]:
    return content.plain.split("\n")


# the grid


@given(widths, st.integers(min_value=0, max_value=1_000))
def test_a_layout_fits_and_shows_as_many_columns_as_it_can(width: int, count: int) -> None:
    laid = layout(width, count)
    assert 0 <= laid.label <= width // 4
    assert 1 <= laid.visible <= max(1, count)
    assert 2 <= laid.column <= WIDEST
    if width > 2:
        assert laid.label + laid.visible * laid.column <= width
    if laid.visible > 1:
        assert laid.column > NARROWEST
    if laid.visible < count:
        more = laid._replace(visible=laid.visible + 1)
        assert more.visible * (NARROWEST + 1) > width - more.label


@given(widths, st.integers(min_value=1, max_value=100))
def test_more_columns_are_never_wider(width: int, count: int) -> None:
    fewer, more = layout(width, count), layout(width, count + 1)
    assert more.visible >= fewer.visible
    assert more.column <= fewer.column
    assert more.label == fewer.label


@given(
    widths,
    texts,
    st.lists(st.none() | st.tuples(texts, texts, st.sampled_from(Stance), readings), max_size=9),
    texts,
)
def test_a_row_fills_its_layout_whatever_is_claimed(
    width: int,
    label: str,
    cells: list[tuple[str, str, Stance, Reading | None] | None],
    needle: str,
) -> None:
    laid = layout(width, len(cells))
    shown = [
        voice(cell[0], printed=cell[1], as_of=cell[1], stance=cell[2], reading=cell[3])
        if cell
        else None
        for cell in cells[: laid.visible]
    ]
    for current in (None, 0):
        for line in grid_row(label, shown, laid, INK, current=current, needle=needle):
            assert line.cell_length == laid.label + len(shown) * laid.column
            assert not set(map(ord, line.plain)) & HOSTILE
    above = [ColumnHead(label, needle)] * len(shown)
    for current_, against in ((0, -1), (-1, 0), (len(shown) - 1, 0)):
        for line in heads(above, laid, INK, current_, against):
            assert line.cell_length == laid.label + len(shown) * laid.column


def test_the_head_of_what_is_set_against_the_cell_is_marked() -> None:
    laid = layout(120, 3)
    above = [ColumnHead(name, "") for name in ("Wire", "Paper", "Radio")]
    for against, marked in ((-1, ""), (0, "↔ Wire"), (2, "↔ Radio")):
        names, _ = heads(above, laid, INK, 1, against)
        assert [name for name in ("↔ Wire", "↔ Paper", "↔ Radio") if name in names.plain] == (
            [marked] if marked else []
        )
    names, _ = heads(above, laid, INK, 1, 1)
    assert "↔" not in names.plain, "it is in the column of the cell itself"


def test_a_cell_shows_stance_value_reading_and_words() -> None:
    laid = layout(100, 1)
    found = voice(as_of="4 Dec 2024", reading=Reading.CONTRADICTS)
    first, second = grid_row("when", [found], laid, INK, current=0, needle="")
    assert first.plain.split("  ")[0] == "when"
    assert "● 5 Dec 2024, 4 Dec 2024" in first.plain
    assert "≠ contradicts “on Thursday”" in second.plain
    denied = voice(stance=Stance.DENIES, printed="")
    first, second = grid_row("when", [denied], laid, INK, current=None, needle="")
    assert "○ denies 5 Dec 2024" in first.plain
    assert "“took the town on Thursday”" in second.plain
    first, _ = grid_row("", [voice("", stance=Stance.DOUBTS)], laid, INK, current=None, needle="")
    assert "◐ doubts " in first.plain


@pytest.mark.parametrize(
    ("apart", "shown"), [(5.6, "×5.6"), (2.0, "×2"), (25.0, "×25"), (1_200.4, "×1,200")]
)
def test_a_cell_says_how_far_its_number_is_from_another(apart: float, shown: str) -> None:
    laid = layout(100, 1)
    far = voice("50,000", reading=Reading.COMPATIBLE, apart=apart)
    _, second = grid_row("displaced", [far], laid, INK, current=None, needle="")
    assert f"≈ compatible {shown} “on Thursday”" in second.plain
    near = voice("50,000", reading=Reading.COMPATIBLE)
    _, second = grid_row("displaced", [near], laid, INK, current=None, needle="")
    assert "≈ compatible “on Thursday”" in second.plain


def test_what_is_searched_is_marked_in_both_lines() -> None:
    laid = layout(100, 1)
    lines = grid_row("when", [voice()], laid, LOUD, current=None, needle="thursday")
    assert [sum(span.style == MATCH for span in line.spans) for line in lines] == [0, 1]
    assert "thursday" in voice_text(voice()).lower()


@pytest.mark.parametrize(
    ("reading", "itself", "shown"),
    [
        (None, False, ""),
        (Reading.CONTRADICTS, False, "≠ contradicts"),
        (Reading.STALE, True, "◁ stale"),
        (Reading.STALE, False, "▷ overtakes"),
        (Reading.PERHAPS_STALE, False, "▷ perhaps overtakes"),
        (Reading.DIFFERS, True, "◇ differs"),
        (Reading.REFINES, False, "⊃ refined"),
    ],
)
def test_a_reading_in_words(reading: Reading | None, itself: bool, shown: str) -> None:
    assert reading_words(reading, INK, itself=itself)[0] == shown


def test_what_is_at_odds_is_counted_in_words_or_where_there_is_no_room_in_glyphs() -> None:
    readings = (Reading.STALE, Reading.CONTRADICTS, Reading.PERHAPS_STALE, Reading.DIFFERS)
    found = compared(readings)
    assert dispute_counts(found, short=False) == (
        "1 ≠ contradicts · 1 ◁ stale · 1 ◁ perhaps stale · 1 ◇ differs"
    )
    assert dispute_counts(found, short=True) == "1≠ 2◁ 1◇"
    far = compared((Reading.FAR_APART, Reading.GROWN, Reading.CONTRADICTS))
    assert dispute_counts(far, short=False) == "1 ≠ contradicts · 1 ↗ grown · 1 ≪ far apart"
    assert dispute_counts(far, short=True) == "1≠ 1↗ 1≪"
    orders = compared((Reading.ORDER, Reading.CONTRADICTS, Reading.ORDER))
    assert dispute_counts(orders, short=True) == "1≠ 2⇄", "each has the sign of its cell"
    replaced = compared((Reading.SUPERSEDED,))
    assert dispute_counts(replaced, short=True) == "nothing found at odds", "it is no voice"
    for short in (False, True):
        assert dispute_counts(compared((), voice()), short=short) == "nothing found at odds"


def test_heads_say_who_and_when_and_what_is_not_known() -> None:
    assert article_head(column()) == ColumnHead("5 Dec  The Paper", "Town falls")
    assert article_head(column(publisher="")) == ColumnHead(
        "5 Dec  Town falls", "publisher not stated"
    )
    nothing = column(publisher="", title="", published="")
    assert article_head(nothing) == ColumnHead("undated  without a title", "publisher not stated")
    twice = [voice(), voice(), voice(article=1)]
    assert origin_head(twice, [column(), nothing]) == ColumnHead("SOHR", "in 2 articles")
    assert origin_head(twice[:2], [column()]) == ColumnHead("SOHR", "in The Paper")
    assert origin_head(twice[:1], [nothing]) == ColumnHead("SOHR", "in an article without a title")


# the boxes


@given(
    st.lists(st.tuples(st.integers(min_value=0, max_value=50), st.booleans()), max_size=6),
    st.integers(min_value=0, max_value=60),
)
def test_lines_are_shared_out(parts: list[tuple[int, bool]], room: int) -> None:
    wanted, minor = [lines for lines, _ in parts], [least for _, least in parts]
    given_ = shares(wanted, minor, room)
    assert all(0 <= has <= lines for has, lines in zip(given_, wanted, strict=True))
    assert sum(given_) == min(room, sum(wanted)), "no line is left empty that somebody wants"
    if room >= len(parts):
        assert all(has for has, lines in zip(given_, wanted, strict=True) if lines)
    for has, least in zip(given_, minor, strict=True):
        if least and has > 1:
            assert all(
                other == lines
                for other, lines, small in zip(given_, wanted, minor, strict=True)
                if not small
            )


@given(st.lists(texts | words, max_size=4), widths, st.integers(min_value=0, max_value=30))
def test_a_box_holds_what_it_shows(parts: list[str], width: int, height: int) -> None:
    drawn = box([BoxPart(Content(text)) for text in parts], width, height, INK)
    lines = drawn.split("\n", allow_blank=True)
    assert len(lines) <= max(1, height)
    if width >= 2:
        assert all(line.cell_length <= width for line in lines)
    assert not box([BoxPart(Content("x"))], 0, height, INK).plain
    assert not box([BoxPart(Content("x"))], width, 0, INK).plain


@given(words, words, st.integers(min_value=8, max_value=120), st.integers(1, 30))
def test_the_passage_is_seen_whatever_stands_around_it(
    before: str, after: str, width: int, height: int
) -> None:
    drawn = passage_alone(excerpt(f"{before} ", "PASSAGE", f" {after}"), INK, width, height)
    assert "P" in drawn.plain, "the line on which it begins"
    assert len(plain_lines(drawn)) <= height


@given(words, words, st.integers(min_value=8, max_value=120), st.integers(1, 12))
def test_a_text_that_is_cut_says_so_above_and_below(
    before: str, after: str, width: int, height: int
) -> None:
    whole = Content(f"{before} PASSAGE {after}").wrap(width)
    lines = plain_lines(
        passage_alone(excerpt(f"{before} ", "PASSAGE", f" {after}"), INK, width, height)
    )
    if len(whole) <= height:
        assert "…" not in "".join(lines)
        return
    assert lines[-1].endswith("…") or lines[-1].rstrip() == whole[-1].plain.rstrip()
    if height > 2 and lines[0].rstrip() != whole[0].plain.rstrip():
        assert lines[0] == "…"


def test_an_excerpt_begins_and_ends_with_whole_words() -> None:
    found = excerpt("lf a word, then the army ", "left", " the town, and nobody kn", cut=True)
    assert passage_alone(found, INK, 200, 9).plain == (
        "… a word, then the army left the town, and nobody …"
    )


def test_a_very_long_passage_is_cut_and_says_so() -> None:
    found = excerpt("a ", "x" * 100_000, " b")
    drawn = passage_alone(found, INK, 100, 1_000).plain
    assert drawn.endswith("…")
    assert drawn.count("x") == LONGEST_PASSAGE


def test_while_a_passage_is_asked_for_there_is_an_ellipsis() -> None:
    assert passage_alone(None, INK, 80, 9).plain == "…"


def test_markup_in_a_passage_is_text() -> None:
    found = excerpt("[bold]we ", "[the army]", " fired[/] [@click=app.quit]")
    assert passage_alone(found, INK, 80, 9).plain == (
        "[bold]we [the army] fired[/] [@click=app.quit]"
    )


def test_who_printed_it() -> None:
    assert printed_by("The Paper", "T", "2024-12-05") == "The Paper, 5 Dec 2024"
    assert printed_by("", "T", "") == "“T”, undated"
    assert printed_by("", "", "") == "without a title, undated"


# the tree


def node(**changes: object) -> ProvenanceLine:
    fields: dict[str, object] = {
        "depth": 0,
        "rails": (),
        "last": True,
        "name": "SOHR",
        "kind": "monitor",
        "stance": Stance.ASSERTS,
        "known": True,
        "articles": 2,
    }
    return ProvenanceLine(**fields | changes)  # type: ignore[arg-type]


@given(
    texts,
    texts,
    widths,
    st.lists(st.booleans(), max_size=20),
    st.booleans(),
    st.none() | st.just(1),
)
def test_a_line_of_the_tree_fills_its_width(
    name: str, title: str, width: int, rails: list[bool], known: bool, article: int | None
) -> None:
    one = node(
        name=name,
        kind=title,
        title=title,
        rails=tuple(rails),
        depth=len(rails),
        known=known,
        article=article,
        is_copy=known,
    )
    drawn = who_row(one, width, INK, title)
    assert drawn.cell_length == width
    assert not set(map(ord, drawn.plain)) & HOSTILE


def test_the_lines_of_a_tree() -> None:
    assert who_row(node(), 60, INK, "").plain.split() == [
        *("●", "asserts", "SOHR", "monitor", "2", "articles"),
    ]
    unknown = who_row(node(name="publisher not stated", known=False, articles=1), 60, INK, "")
    assert "publisher not stated  unknown origin" in unknown.plain
    way = who_row(node(depth=1, rails=(True,), last=False), 60, INK, "")
    assert way.plain.startswith("│  ├─ SOHR")
    leaf = node(
        depth=1,
        name="The Paper",
        article=3,
        title="Town falls",
        published="2024-12-05",
        is_copy=True,
    )
    drawn = who_row(leaf, 60, INK, "").plain
    assert drawn.startswith("└─ The Paper copy  Town falls")
    assert drawn.endswith("5 Dec")


@given(texts, widths)
def test_the_head_of_a_tree_fills_its_lines(name: str, width: int) -> None:
    found = Provenance("evt_1", name, (), 12, 3, 1, 2, 1, 0, 1, name, 9)
    lines = who_head(found, width, INK)
    assert [line.cell_length for line in lines] == [width] * 3


def test_denials_are_told_where_the_support_needs_two_lines() -> None:
    found = Provenance("evt_1", "A", (), 43, 12, 8, 12, 8, 0, 6, "Radio Two", 10)
    for width in (120, 77, 60):
        told = [line.plain.rstrip() for line in who_head(found, width, INK)]
        assert " ".join(told[: 1 if width == 120 else 2]) == (
            "43 articles · publishers: 4 named, 8 unnamed · origins: 4 known, 8 unknown · 6 denials"
        )
        assert "Radio Two carries 10 of 43 articles" in told
        assert max(map(len, told)) <= width


@pytest.mark.parametrize(
    ("row", "group", "before", "shown"),
    [
        ((4, 0), {0: 3, 4: 3}, (), [0, 4]),
        ((4,), {4: 1, 1: 2, 3: 1}, (), [1, 4]),
        ((4,), {4: 1, 1: 2, 3: 1}, (3, 4), [3, 4]),
        ((4,), {4: 1, 1: 2}, (3, 4), [1, 4]),
        ((4,), {4: 1}, (), [3, 4]),
    ],
    ids=[
        "who speaks in the row comes first, however far",
        "then who says most under the heading",
        "what was in view stays",
        "but not where it says nothing under the heading",
        "else the nearest",
    ],
)
def test_the_columns_that_speak_where_the_cursor_is_are_shown(
    row: tuple[int, ...], group: dict[int, int], before: tuple[int, ...], shown: list[int]
) -> None:
    assert shown_columns(2, 5, 4, None, row, group, before) == shown


def test_what_is_set_against_the_cell_is_shown_before_others_of_its_row() -> None:
    assert shown_columns(2, 5, 4, 1, (0, 4), {0: 9}, ()) == [1, 4]
    assert shown_columns(9, 3, 0, None, (), {}, ()) == [0, 1, 2]


def test_two_boxes_share_the_width_so_that_the_fewest_lines_are_cut() -> None:
    def lines(letters: int) -> Callable[[int], int]:
        return lambda width: -(-letters // width)

    assert best_split(lines(100), lines(100), 80) == (40, 3)
    left, needed = best_split(lines(100), lines(400), 80)
    assert (left, needed) == (28, 8), "the most even of those"
    assert needed < lines(400)(40)
