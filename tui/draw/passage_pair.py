"""Two passages face to face: the claim of a cell, and the rule that sets the other against it."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from textual.content import Content

from store.model.dates import AT_LATEST
from store.model.judgements import UNGRADED, Ruling, RulingKind
from store.model.labels import NO_TITLE, STANCE_GLYPHS, as_of_text, chain_text, reader_text
from store.model.stamps import full_day_of
from store.model.vocabulary import Stance
from store.queries.compare import Comparison, PairInWords, Voice
from store.queries.passage import Excerpt
from tui.draw.marks import AGGREGATE, RULED
from tui.draw.phrases import is_whole_title, printed_words, stance_words
from tui.draw.styles import ELLIPSIS, Styles, in_line, joined, styled

COMPACT_BELOW = 11
"""Lines under which only the passage itself is shown, without the text around it."""

LONGEST_PASSAGE = 4_000
"""Code points of a passage that are drawn; no box has so many cells."""

_WORD = 40
"""Code points in which the end of a word that was cut in two is looked for."""


class BoxPart(NamedTuple):
    """Some words of a box. If they are cut, the line with the code point `focus` stays.

    A `minor` part has only one line while others want more.
    """

    words: Content
    focus: int = 0
    minor: bool = False


class Split(NamedTuple):
    """The width of the left box of two in cells, and the number of lines that both then need."""

    left: int
    lines: int


def this_side(
    voice: Voice,
    comparison: Comparison,
    found: Excerpt | None,
    grades: Mapping[str, str],
    styles: Styles,
    width: int,
    height: int,
    compact: bool | None = None,
) -> Content:
    """The claim of one cell, its chain and its passage; in a low box without the text around.

    `grades` are those given to sources and claims, by id.
    """
    hearsay = voice.stance is Stance.HEDGES
    word = "" if hearsay else f"{voice.stance} "
    stance = styled(f"{STANCE_GLYPHS[voice.stance]} {word}", styles.stance(voice.stance))
    said = voice.detail or "that it happened"
    value = styled(stance_words(voice.stance, said) if hearsay else said, styles.strong)
    as_of = styled(f", {as_of_text(voice.as_of)}" if voice.as_of else "", styles.plain)
    if voice.at_latest:
        as_of = styled(f", as of {AT_LATEST} {full_day_of(voice.at_latest)}", styles.muted)
    compact = height < COMPACT_BELOW if compact is None else compact
    digest = comparison.articles[voice.article].digest
    printed = styled(f"  {printed_words(voice.printed, digest=digest)}".rstrip(), styles.muted)
    way = BoxPart(styled(_way(voice, comparison, grades), styles.muted), minor=compact)
    if compact:
        told = BoxPart(joined(stance, value, as_of))
        return box((told, _quoted(found, styles), way), width, height, styles)
    note = _notes(voice, styles)
    told = BoxPart(joined(stance, value, as_of, printed))
    return box((told, way, *note, _BLANK, _in_text(found, styles)), width, height, styles)


def other_side(
    voice: Voice,
    stands: PairInWords,
    comparison: Comparison,
    found: Excerpt | None,
    grades: Mapping[str, str],
    styles: Styles,
    width: int,
    height: int,
    ruled: Sequence[Ruling] = (),
    compact: bool | None = None,
) -> Content:
    """The rule behind the reading of the two, and the passage of the other.

    What persons `ruled` on the two comes before it, and does not change it.
    """
    compact = height < COMPACT_BELOW if compact is None else compact
    rulings = [BoxPart(styled(_ruling(one, voice.claim), styles.accent)) for one in ruled]
    way = BoxPart(styled(_way(voice, comparison, grades), styles.muted), minor=compact)
    if compact:
        values = BoxPart(styled(_sentence(stands.values), styles.strong))
        who = BoxPart(styled(_sentence(stands.who), styles.strong), minor=True)
        return box((*rulings, values, _quoted(found, styles), way, who), width, height, styles)
    rule = BoxPart(styled(_sentence(stands.rule), styles.strong))
    note = _notes(voice, styles)
    return box((*rulings, rule, way, *note, _BLANK, _in_text(found, styles)), width, height, styles)


def _ruling(one: Ruling, other: str) -> str:
    """A person's ruling on the two claims; `refines` is said of one of them."""
    word: str = one.verdict
    if one.verdict is RulingKind.REFINES:
        word = "this cell refines the other" if one.other == other else "this refines the cell"
    reason = f": {one.reason}" if one.reason else ""
    return f"{RULED} {one.by} ruled: {word}{reason}"


def passage_alone(found: Excerpt | None, styles: Styles, width: int, height: int) -> Content:
    """A passage in its surroundings, and nothing else."""
    return box((_in_text(found, styles),), width, height, styles)


def printed_by(publisher: str, title: str, published: str) -> str:
    """`Times of Oman, 2 Dec 2024`; the title if no publisher is stated."""
    name = publisher or (f"“{title}”" if title else NO_TITLE)
    return f"{name}, {full_day_of(published) or 'undated'}"


_BLANK = BoxPart(Content(""))


def _way(voice: Voice, comparison: Comparison, grades: Mapping[str, str]) -> str:
    """`F6 · 2 Dec 2024, Times of Oman → Al Jazeera`; the title if no publisher is stated."""
    column = comparison.articles[voice.article]
    way = chain_text(column.publisher, voice.chain)
    told = is_whole_title(voice.exact, column.title or "", in_title=voice.in_title)
    named = column.publisher or told or not column.title
    day = full_day_of(column.published) or "undated"
    grade = "".join(map(grades.get, (voice.origin_id, voice.claim), UNGRADED))
    read = reader_text(
        voice.read_by, voice.confidence, column.dataset, from_headline=voice.in_title
    )
    who = f"{day}, {way}" if named else f"{day}, “{column.title}”, {way}"
    return " · ".join(filter(None, (grade, who, read)))


def _notes(voice: Voice, styles: Styles) -> list[BoxPart]:
    """The note that it is an aggregate, and what was noted about it."""
    aggregate = f"{AGGREGATE} aggregate: it covers several events, so it is not compared."
    told = [aggregate] if voice.aggregate else []
    return [BoxPart(styled(one, styles.muted)) for one in (*told, voice.note) if one]


def _sentence(rule: str) -> str:
    return rule[:1].upper() + in_line(rule[1:]).removesuffix(".") + "."


def _quoted(found: Excerpt | None, styles: Styles) -> BoxPart:
    """The words of the passage alone."""
    return BoxPart(styled(found.exact if found else ELLIPSIS, styles.match))


def _in_text(found: Excerpt | None, styles: Styles) -> BoxPart:
    """The passage marked in its surroundings, with their line breaks; no word is cut in two."""
    if found is None:
        return BoxPart(styled(ELLIPSIS, styles.muted))
    before, exact, after = found.before, found.exact, found.after
    if len(exact) > LONGEST_PASSAGE:
        exact, after = exact[:LONGEST_PASSAGE] + ELLIPSIS, ""
    elif found.cut_after:
        after = re.sub(rf"\s+\S{{0,{_WORD}}}\Z", "", after).rstrip() + f" {ELLIPSIS}"
    if found.cut_before:
        before = f"{ELLIPSIS} " + re.sub(rf"\A\S{{0,{_WORD}}}\s+", "", before)
    text = (before + exact + after).replace("\t", " ")
    start, end = len(before), len(before) + len(exact)
    shown = (
        Content(text)
        .stylize(styles.muted, 0, start)
        .stylize(styles.match, start, end)
        .stylize(styles.muted, end, len(text))
    )
    return BoxPart(shown, start)


# fitting them into a box


def box(parts: Sequence[BoxPart], width: int, height: int, styles: Styles) -> Content:
    """The parts below each other in at most `height` lines of at most `width` cells.

    If there is no room for all, every part is cut, and says so.
    """
    if width <= 0 or height <= 0:
        return Content("")
    wrapped = [part.words.wrap(width) for part in parts]
    room = shares([len(lines) for lines in wrapped], [part.minor for part in parts], height)
    lines = [
        line
        for part, whole, given in zip(parts, wrapped, room, strict=True)
        for line in _window(whole, _line_of(whole, part), given, width, styles)
    ]
    return Content("\n").join(lines)


SPLITS = (50, 45, 55, 40, 60, 35, 65, 30, 70)
"""Per cent of the width that the left one of two boxes may have, the most even first."""


def best_split(left: Callable[[int], int], right: Callable[[int], int], width: int) -> Split:
    """Return the most even split of `width` cells in which two boxes need the fewest lines.

    `left` and `right` give the number of lines that each needs in so many cells.
    """
    found = []
    for percent in SPLITS:
        first = width * percent // 100
        found.append(Split(first, max(left(first), right(width - first))))
    return min(found, key=lambda split: split.lines)


def shares(wanted: Sequence[int], minor: Sequence[bool], room: int) -> list[int]:
    """The lines of `room` that each part gets: first one each, then in turn, minor parts last."""
    given = [0] * len(wanted)
    for limits in (
        [1] * len(wanted),
        [0 if least else room for least in minor],
        [room] * len(wanted),
    ):
        goals = [min(pair) for pair in zip(wanted, limits, strict=True)]
        while room > 0 and any(has < goal for has, goal in zip(given, goals, strict=True)):
            for place, goal in enumerate(goals):
                if room > 0 and given[place] < goal:
                    given[place] += 1
                    room -= 1
    return given


def _line_of(lines: Sequence[Content], part: BoxPart) -> int:
    """The line with the focus of a part; breaking lines removes only blanks."""
    left = len("".join(part.words.plain[: part.focus].split()))
    for number, line in enumerate(lines):
        left -= len("".join(line.plain.split()))
        if left < 0:
            return number
    return max(0, len(lines) - 1)


def _window(
    lines: Sequence[Content], focus: int, room: int, width: int, styles: Styles
) -> Sequence[Content]:
    """As many lines as there is room for, with the focus among them; cuts are marked."""
    if len(lines) <= room:
        return lines
    if room == 0:
        return ()
    above = min(2, room - 1, focus)
    top = max(0, min(focus - above, len(lines) - room))
    shown = list(lines[top : top + room])
    mark = styled(ELLIPSIS, styles.muted)
    if 0 < top < focus and not lines[top + 1].plain.strip() and top + room < len(lines):
        top += 1  # the mark stands for a blank line
        shown = list(lines[top : top + room])
    if 0 < top < focus:
        shown[0] = mark
    if top + room < len(lines):
        shown[-1] = joined(shown[-1].truncate(width - 1), mark)
    return shown
