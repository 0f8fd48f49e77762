"""The grid that compares the reports side by side, cell by cell."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from store.analysis.readings import (
    AS_CONTRADICTIONS,
    DISPUTES,
    GLYPHS,
    RANK,
    STALE,
    Reading,
    in_words,
)
from store.model.dates import AT_LATEST
from store.model.judgements import Ruling, RulingKind
from store.model.labels import NO_TITLE, NOT_STATED, STANCE_GLYPHS, count_text, ratio_text
from store.model.vocabulary import ReadBy
from store.queries.compare import Comparison, Voice
from store.queries.compare_columns import Column
from tui.draw.marks import AGGREGATE, RULED, machine_mark
from tui.draw.phrases import stance_words
from tui.draw.stamps import day_of
from tui.draw.styles import Cell, Styles, columns, in_line, matched

LABEL = 24
"""Cells of the column that says what is claimed, where there is room for it."""
NARROWEST = 24
WIDEST = 44
"""Cells that a column of the grid has."""

AGAINST = "↔"
"""Marks the column of what is set against the cell."""


class ColumnHead(NamedTuple):
    """The two lines above a column of the grid."""

    name: str
    about: str


class GridLayout(NamedTuple):
    """The widths of the label and of a column, in cells, and the number of visible columns."""

    label: int
    column: int
    visible: int


def layout(width: int, count: int) -> GridLayout:
    """As many columns of equal width as fit."""
    label = min(LABEL, width // 4)
    room = max(1, width - label)
    visible = max(1, min(count, room // (NARROWEST + 1)))
    return GridLayout(label, max(2, min(WIDEST, room // visible)), visible)


class ColumnRank(NamedTuple):
    """The rank of a column of the grid; the lowest are shown first."""

    other: bool
    unfaced: bool
    silent_in_row: bool
    silent_in_group: bool
    fresh: bool
    fewer: int
    distance: int


def shown_columns(
    visible: int,
    count: int,
    current: int,
    against: int | None,
    row: Iterable[int],
    group: Mapping[int, int],
    before: Sequence[int],
) -> list[int]:
    """Choose the columns to show, in their order: those with a claim where the cursor is.

    `row` has the columns with a claim in the row of the cursor, `group` how many
    claims each has under its heading. Those shown `before` stay where they can.
    """
    speaking = frozenset(row)
    ranked = sorted(
        range(count),
        key=lambda at: ColumnRank(
            other=at != current,
            unfaced=at != against,
            silent_in_row=at not in speaking,
            silent_in_group=not group.get(at),
            fresh=at not in before,
            fewer=-group.get(at, 0),
            distance=abs(at - current),
        ),
    )
    return sorted(ranked[:visible])


def article_head(column: Column) -> ColumnHead:
    """The day and publisher, then the title; the title first if no publisher is stated."""
    day, title = day_of(column.published) or "undated", column.title or NO_TITLE
    if column.publisher:
        return ColumnHead(f"{day}  {column.publisher}", title)
    return ColumnHead(f"{day}  {title}", NOT_STATED)


def origin_head(voices: Sequence[Voice], articles: Sequence[Column]) -> ColumnHead:
    """The origin's name, then the number of articles in which it speaks, or the only one."""
    told = {voice.article for voice in voices}
    if len(told) > 1:
        return ColumnHead(voices[0].origin, f"in {len(told)} articles")
    only = articles[next(iter(told))]
    return ColumnHead(
        voices[0].origin, f"in {only.publisher or only.title or f'an article {NO_TITLE}'}"
    )


def heads(
    found: Sequence[ColumnHead], laid: GridLayout, styles: Styles, current: int, against: int
) -> tuple[Content, Content]:
    """The two lines above the grid; `current` is the column of the cursor.

    The column `against` holds the claim set against it; either is -1 if it is not in view.
    """
    first = [Cell("", styles.plain, laid.label)]
    second = [Cell("", styles.plain, laid.label)]
    for position, head in enumerate(found):
        style = styles.strong + styles.accent if position == current else styles.strong
        name = f"{AGAINST} {head.name}" if position == against != current else head.name
        first += [Cell(" ", styles.plain, 1), Cell(name, style, laid.column - 1)]
        second += [Cell(" ", styles.plain, 1), Cell(head.about, styles.muted, laid.column - 1)]
    return columns(*first), columns(*second)


def grid_row(
    label: str,
    cells: Iterable[Voice | None],
    laid: GridLayout,
    styles: Styles,
    *,
    current: int | None,
    needle: str,
    ruled: Mapping[str, str] | None = None,
) -> tuple[Content, Content]:
    """The claims of some articles about one thing, in two lines; `current` is the cursor's cell.

    `ruled` has the sign of what persons ruled on a claim, by its id; it is shown
    beside the reading.
    """
    first = [Cell(label, styles.strong if current is not None else styles.plain, laid.label)]
    second = [Cell("", styles.plain, laid.label)]
    for position, voice in enumerate(cells):
        lit = styles.cursor if position == current else Style()
        width = laid.column - 1
        gap = Cell(" ", styles.plain, 1)
        first.append(gap)
        second.append(gap)
        if voice is None:
            first.append(Cell("", lit, width))
            second.append(Cell("", lit, width))
            continue
        glyph = STANCE_GLYPHS[voice.stance]
        stance = styles.stance(voice.stance)
        first += [
            Cell(f"{glyph} ", _lit(stance, lit), min(2, width)),
            *_value_cells(voice, max(0, width - 2), styles, lit),
        ]
        reading, style = reading_words(voice.reading, styles, itself=voice.first)
        if voice.aggregate:
            reading, style = f"{AGGREGATE} aggregate", styles.muted
        elif voice.why:
            reading = f"{GLYPHS[Reading.INCOMPARABLE]} {voice.why}"
        if voice.apart:
            reading, style = f"{reading} {ratio_text(voice.apart)}", styles.accent
        if voice.read_by is ReadBy.MACHINE:
            reading = f"{machine_mark(voice.confidence)} {reading}".rstrip()
        shown = f"{reading} " if reading else ""
        sign = f"{ruled[voice.claim]} " if ruled and voice.claim in ruled else ""
        taken = min(len(shown), max(0, width - len(sign)))
        second += [
            Cell(shown, _lit(style, lit), taken),
            Cell(sign, _lit(styles.accent, lit), min(len(sign), width)),
            Cell(_printed(voice), _lit(styles.muted, lit), max(0, width - taken - len(sign))),
        ]
    lines = columns(*first), columns(*second)
    return matched(lines[0], needle, styles.match), matched(lines[1], needle, styles.match)


def unseen_row(
    label: str, speaking: int, laid: GridLayout, styles: Styles
) -> tuple[Content, Content]:
    """A row of which no column in view speaks: its label, and how many others do."""
    words = f"in {count_text(speaking, 'column')} out of sight"
    first = Cell(label, styles.plain, laid.label)
    rest = Cell(words, styles.muted, laid.column * laid.visible - 1)
    return columns(first, Cell(" ", styles.plain, 1), rest), Content("")


def _lit(style: Style, lit: Style) -> Style:
    """A style in the cell of the cursor; where that is reversed, its hue would tear the bar."""
    return lit if lit.reverse else style + lit


_RULED_AS = {
    RulingKind.SAME: GLYPHS[Reading.AGREES],
    RulingKind.REFINES: GLYPHS[Reading.REFINES],
    RulingKind.COMPATIBLE: GLYPHS[Reading.COMPATIBLE],
    RulingKind.CONTRADICTS: GLYPHS[Reading.CONTRADICTS],
}


def ruled_signs(rulings: Iterable[Ruling]) -> dict[str, str]:
    """`§≈` for each claim that persons ruled on, by its id; `§` if their rulings differ."""
    found: dict[str, set[str]] = {}
    for one in rulings:
        for claim in (one.about, one.other):
            found.setdefault(claim, set()).add(_RULED_AS[one.verdict])
    return {
        claim: RULED + (next(iter(signs)) if len(signs) == 1 else "")
        for claim, signs in found.items()
    }


def voice_text(voice: Voice) -> str:
    """The text of a cell, for finding in it."""
    return f"{_value(voice)} {_printed(voice)}"


def _value(voice: Voice) -> str:
    value = stance_words(voice.stance, voice.value)
    return f"{value}, {voice.as_of}" if voice.as_of else value


def _value_cells(voice: Voice, width: int, styles: Styles, lit: Style) -> tuple[Cell, ...]:
    """The value and, muted, the latest day for a figure that does not say when it was true."""
    value = _value(voice)
    if not voice.at_latest:
        return (Cell(value, _lit(styles.plain, lit), width),)
    taken = min(cell_len(in_line(value)), width)
    by = f" {AT_LATEST} {day_of(voice.at_latest)}"
    return Cell(value, _lit(styles.plain, lit), taken), Cell(
        by, _lit(styles.muted, lit), width - taken
    )


def _printed(voice: Voice) -> str:
    return f"“{voice.printed}”" if voice.printed else f"“{voice.exact}”"


def reading_words(reading: Reading | None, styles: Styles, *, itself: bool) -> tuple[str, Style]:
    """`≠ contradicts`, `◁ stale`, or `▷ overtakes` for the other one, and its style.

    Empty if nobody else speaks.
    """
    if reading is None:
        return "", styles.muted
    style = styles.muted
    if reading in AS_CONTRADICTIONS:
        style = styles.denies
    elif reading in STALE:
        style = styles.doubts
    elif reading in DISPUTES:
        style = styles.differs
    return " ".join(in_words(reading, itself=itself)), style


def dispute_counts(found: Comparison, *, short: bool) -> str:
    """`2 ≠ contradicts · 1 ◁ stale`, short `2≠ 1◁`; says so if nothing was found."""
    readings = Counter(row.reading for row in found.disputes() if row.reading in DISPUTES)
    ordered = sorted(readings, key=RANK.__getitem__)
    if not short:
        parts = [f"{readings[one]} {GLYPHS[one]} {one}" for one in ordered]
        return " · ".join(parts) or "nothing found at odds"
    signs: dict[str, int] = {}
    for one in ordered:  # two readings have one sign
        signs[GLYPHS[one]] = signs.get(GLYPHS[one], 0) + readings[one]
    return " ".join(f"{number}{sign}" for sign, number in signs.items()) or "nothing found at odds"
