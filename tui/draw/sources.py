"""The articles behind an event, and the sources of all events."""

from collections.abc import Sequence

from textual.content import Content

from store.model.labels import NO_TITLE, NOT_STATED, STANCE_GLYPHS, count_text, source_kind_text
from store.model.vocabulary import Stance, TextKind
from store.queries.evidence import EvidenceRow
from store.queries.sources import SourceRow
from tui.draw.marks import machine_mark, named
from tui.draw.stamps import day_of
from tui.draw.styles import Styles, cell, ends, joined, matched, said, styled

_NOT_STATED_SHORT = "publisher ?"


def evidence_lines(
    row: EvidenceRow, width: int, styles: Styles, needle: str, *, read: bool = False
) -> tuple[Content, Content]:
    """One article in two lines: stance, publisher, chain and day; then its title.

    An article marked as `read` is dim, and says so; so is one that only a machine read.
    """
    by_machine = f" {machine_mark(row.confidence)}" if row.machine else ""
    rows = " row" * (row.counts and row.text_kind is TextKind.ROW)
    rows += " summary" * (row.text_kind is TextKind.SUMMARY)
    copy = f" version {row.version.number}/{row.version.of}" if row.version else ""
    marks = rows + by_machine + (copy or " copy" * row.is_copy) + " read" * read
    copied = styled(marks, styles.muted) if marks else Content("")
    day = joined(copied, styled(f" {day_of(row.published) or 'undated'}", styles.muted))
    room = width - day.cell_length - 1
    stance = _stance(row, styles, word=True)
    first = joined(stance, _chain(row, styles, NOT_STATED))
    if first.cell_length > room:
        first = joined(stance, _chain(row, styles, _NOT_STATED_SHORT))
    title = joined(
        Content("  "),
        _denials(row, styles),
        _lost(row, styles),
        styled(row.title or NO_TITLE, styles.muted),
    )
    if read or row.machine:
        first = styled(first.plain, styles.muted)
    return (
        ends(matched(first, needle, styles.match), day, width),
        cell(matched(title, needle, styles.match), width),
    )


def _stance(row: EvidenceRow, styles: Styles, *, word: bool) -> Content:
    """The stance of the article on the event; `·` for a row that only counts reports."""
    if not row.counts:
        return styled("· row of " if word else "· ", styles.muted)
    glyph = STANCE_GLYPHS[row.stance]
    return styled(f"{glyph} {row.stance} " if word else f"{glyph} ", styles.stance(row.stance))


def _lost(row: EvidenceRow, styles: Styles) -> Content:
    """The words that say that the newest version no longer says this."""
    if not row.lost or row.version is None:
        return Content("")
    return styled(f"gone from version {row.version.of} · ", styles.doubts)


def _denials(row: EvidenceRow, styles: Styles) -> Content:
    """The origins that deny what the article also asserts."""
    if row.stance is Stance.DENIES or not row.denied_by:
        return Content("")
    return styled(
        f"{STANCE_GLYPHS[Stance.DENIES]} denied by {', '.join(row.denied_by)} · ", styles.denies
    )


def _chain(row: EvidenceRow, styles: Styles, not_stated: str) -> Content:
    publisher = said(named(row.publisher)) if row.publisher else styled(not_stated, styles.muted)
    quoted = [chain for chain in row.chains if chain]
    if not quoted:
        return publisher
    via = joined(publisher, styled(" via ", styles.muted), said(" → ".join(map(named, quoted[0]))))
    more = len(row.chains) - 1
    return joined(via, styled(f" +{more}", styles.muted)) if more else via


def source_row(row: SourceRow, width: int, styles: Styles, needle: str) -> tuple[Content, Content]:
    """One source in two lines: its name and events; its kind, reliability, what it published."""
    kind = f"  {source_kind_text(row.kind)}, reliability {row.grade}"
    articles = f"{count_text(row.articles, 'article')} of the case"
    published = f", publisher of {articles}" if row.articles else ""
    return (
        ends(
            matched(said(named(row.name)), needle, styles.match),
            styled(count_text(row.events, "event"), styles.muted),
            width,
        ),
        cell(styled(f"{kind}{published}", styles.muted), width),
    )


def stance_counts(stances: dict[Stance, int], *, short: bool) -> str:
    """`4●` if all assert, else `11● 2◐ 1○`; in words unless `short`."""
    found = [(stance, count) for stance, count in stances.items() if count]
    if short:
        return " ".join(f"{count}{STANCE_GLYPHS[stance]}" for stance, count in found)
    return ", ".join(f"{count} {STANCE_GLYPHS[stance]} {stance}" for stance, count in found)


def sources_peek(
    rows: Sequence[EvidenceRow], at: int, counts: str, width: int, styles: Styles
) -> Content:
    """The sources in one line: the position among them, their stances, and the current one."""
    start = styled("3 Sources ", styles.strong)
    if not rows:
        return cell(joined(start, styled("none", styles.muted)), width)
    row = rows[min(at, len(rows) - 1)]
    return cell(
        joined(
            start,
            styled(f"{at + 1}/{len(rows)} · {counts} · ", styles.muted),
            _stance(row, styles, word=False),
            _denials(row, styles),
            _chain(row, styles, NOT_STATED),
            styled(f" · {day_of(row.published) or 'undated'}", styles.muted),
            styled(f" · {machine_mark(row.confidence)}" if row.machine else "", styles.muted),
        ),
        width,
    )
