"""What the reports say, side by side: the cells of the grid, and two passages face to face."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.content import Content
from textual.style import Style

from store.analysis.reading import GLYPHS, STALE, Reading, in_words
from store.model.vocabulary import Stance
from store.model.wording import NO_TITLE, NOT_STATED, STANCE_GLYPHS, chain_words
from store.queries.compare import Column, Comparison, DisputeRow, Stands, Voice
from store.queries.passage import Excerpt
from tui.draw.ink import ELLIPSIS, Cell, Ink, columns, in_line, joined, styled
from tui.draw.stamps import day_of, full_day_of

LABEL = 24
"""Cells of the column that says what is claimed, where there is room for it."""
NARROWEST = 24
WIDEST = 44
"""Cells that a column of the grid has."""


class Head(NamedTuple):
    """What stands above a column of the grid, in two lines."""

    name: str
    about: str


class Layout(NamedTuple):
    """How many columns are visible in some cells, and how wide label and columns are."""

    label: int
    column: int
    visible: int


def layout(width: int, count: int) -> Layout:
    """As many columns as fit, of equal width."""
    label = min(LABEL, width // 4)
    room = max(1, width - label)
    visible = max(1, min(count, room // (NARROWEST + 1)))
    return Layout(label, max(2, min(WIDEST, room // visible)), visible)


def article_head(column: Column) -> Head:
    """Day and publisher, then the title; the title first where no publisher is stated."""
    day, title = day_of(column.published) or "undated", column.title or NO_TITLE
    if column.publisher:
        return Head(f"{day}  {column.publisher}", title)
    return Head(f"{day}  {title}", NOT_STATED)


def root_head(voices: Sequence[Voice], articles: Sequence[Column]) -> Head:
    """The root's name, then in how many articles it speaks, or in which."""
    told = {voice.article for voice in voices}
    if len(told) > 1:
        return Head(voices[0].root, f"in {len(told)} articles")
    only = articles[next(iter(told))]
    return Head(voices[0].root, f"in {only.publisher or only.title or NO_TITLE}")


def heads(found: Sequence[Head], laid: Layout, ink: Ink, current: int) -> tuple[Content, Content]:
    """The two lines above the grid; `current` is the column of the cursor."""
    first = [Cell("", ink.plain, laid.label)]
    second = [Cell("", ink.plain, laid.label)]
    for position, head in enumerate(found):
        style = ink.accent if position == current else ink.strong
        first += [Cell(" ", ink.plain, 1), Cell(head.name, style, laid.column - 1)]
        second += [Cell(" ", ink.plain, 1), Cell(head.about, ink.muted, laid.column - 1)]
    return columns(*first), columns(*second)


def grid_row(
    label: str, cells: Iterable[Voice | None], laid: Layout, ink: Ink, current: int | None
) -> tuple[Content, Content]:
    """What some articles say of one thing, in two lines; `current` is the cell of the cursor."""
    first = [Cell(label, ink.strong if current is not None else ink.plain, laid.label)]
    second = [Cell("", ink.plain, laid.label)]
    for position, voice in enumerate(cells):
        lit = ink.cursor if position == current else Style()
        width = laid.column - 1
        gap = Cell(" ", ink.plain, 1)
        first.append(gap)
        second.append(gap)
        if voice is None:
            first.append(Cell("", lit, width))
            second.append(Cell("", lit, width))
            continue
        glyph = STANCE_GLYPHS[voice.stance]
        stance = ink.stance(voice.stance)
        first += [
            Cell(f"{glyph} ", stance + lit, 2),
            Cell(_value(voice), ink.plain + lit, width - 2),
        ]
        reading, style = reading_words(voice.reading, ink, itself=voice.first)
        shown = f"{reading} " if reading else ""
        second += [
            Cell(shown, style + lit, min(len(shown), width)),
            Cell(_printed(voice), ink.muted + lit, max(0, width - len(shown))),
        ]
    return columns(*first), columns(*second)


def _value(voice: Voice) -> str:
    value = voice.value or voice.stance.value
    if voice.value and voice.stance is not Stance.ASSERTS:
        value = f"{voice.stance} {value}"
    return f"{value}, {voice.as_of}" if voice.as_of else value


def _printed(voice: Voice) -> str:
    return f"“{voice.printed}”" if voice.printed else f"“{voice.exact}”"


def reading_words(reading: Reading | None, ink: Ink, *, itself: bool) -> tuple[str, Style]:
    """`≠ contradicts`, `◁ stale` or of the other one `▷ overtakes`, and how it is drawn.

    Empty where nobody else speaks.
    """
    if reading is None:
        return "", ink.muted
    style = ink.muted
    if reading is Reading.CONTRADICTS:
        style = ink.denies
    elif reading in STALE:
        style = ink.doubts
    elif reading is Reading.DIFFERS:
        style = ink.accent
    return " ".join(in_words(reading, itself=itself)), style


_COUNTED = (
    ((Reading.CONTRADICTS,), "contradicts"),
    (STALE, "stale"),
    ((Reading.DIFFERS,), "differs"),
)


def dispute_counts(disputes: Sequence[DisputeRow]) -> str:
    """`2 ≠ contradicts · 1 ◁ stale`; `nothing at odds` where there is nothing."""
    parts = []
    for readings, word in _COUNTED:
        number = sum(row.reading in readings for row in disputes)
        if number:
            parts.append(f"{number} {GLYPHS[readings[0]]} {word}")
    return " · ".join(parts) or "nothing at odds"


# two passages


def _way(voice: Voice, comparison: Comparison) -> str:
    """`2 Dec 2024, Times of Oman → Al Jazeera`; the title where no publisher is stated."""
    column = comparison.articles[voice.article]
    way = chain_words(column.publisher, voice.chain)
    named = column.publisher or not column.title
    day = full_day_of(column.published) or "undated"
    return f"{day}, {way}" if named else f"{day}, “{column.title}”, {way}"


def printed_by(publisher: str, title: str, published: str) -> str:
    """`Times of Oman, 2 Dec 2024`; the title in place of a publisher that is not stated."""
    name = publisher or (f"“{title}”" if title else NO_TITLE)
    return f"{name}, {full_day_of(published) or 'undated'}"


def this_side(
    voice: Voice, comparison: Comparison, found: Excerpt | None, ink: Ink, *, compact: bool
) -> Content:
    """What one cell says, through whom it came, and its passage; compact: the passage first."""
    stance = styled(f"{STANCE_GLYPHS[voice.stance]} {voice.stance} ", ink.stance(voice.stance))
    value = styled(voice.detail or "that it happened", ink.strong)
    as_of = styled(f", as of {voice.as_of}" if voice.as_of else "", ink.plain)
    printed = styled(f"  printed “{voice.printed}”" if voice.printed else "", ink.muted)
    way = styled(_way(voice, comparison), ink.muted)
    if compact:
        return _lines(joined(stance, value, as_of), quoted(found, ink), way)
    note = [styled(voice.note, ink.muted)] if voice.note else []
    told = joined(stance, value, as_of, printed)
    return _lines(told, way, *note, Content(""), passage_text(found, ink))


def other_side(
    voice: Voice,
    stands: Stands,
    comparison: Comparison,
    found: Excerpt | None,
    ink: Ink,
    *,
    compact: bool,
) -> Content:
    """The rule by which the two are read so, and the passage of the other."""
    way = styled(_way(voice, comparison), ink.muted)
    if compact:
        values, who = (
            styled(_sentence(words), ink.strong) for words in (stands.values, stands.who)
        )
        return _lines(values, quoted(found, ink), way, who)
    rule = styled(_sentence(stands.rule), ink.strong)
    return _lines(rule, way, Content(""), passage_text(found, ink))


def quoted(found: Excerpt | None, ink: Ink) -> Content:
    """The words of the passage alone."""
    return styled(found.exact if found else ELLIPSIS, ink.match)


def passage_text(found: Excerpt | None, ink: Ink) -> Content:
    """The passage marked in its surroundings, whose lines are kept."""
    if found is None:
        return styled(ELLIPSIS, ink.muted)
    before = (ELLIPSIS if found.cut_before else "") + found.before
    after = found.after + (ELLIPSIS if found.cut_after else "")
    text = (before + found.exact + after).replace("\t", " ")
    start, end = len(before), len(before) + len(found.exact)
    return (
        Content(text)
        .stylize(ink.muted, 0, start)
        .stylize(ink.match, start, end)
        .stylize(ink.muted, end, len(text))
    )


def _sentence(rule: str) -> str:
    return rule[:1].upper() + in_line(rule[1:]) + "."


def _lines(*lines: Content) -> Content:
    return Content("\n").join(lines)
