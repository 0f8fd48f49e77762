"""The articles behind the event, or the sources of all events of the filter."""

from collections.abc import Sequence

from textual.content import Content

from store.model.vocabulary import Stance
from store.queries.evidence import EvidenceRow
from store.queries.sources import SourceRow
from tui.draw.sources import evidence_lines, source_row, sources_peek, stance_counts
from tui.draw.styles import Styles, cell, styled
from tui.session.marked_rows import Key
from tui.session.trail import View
from tui.widgets.row_list import RowList

NO_SOURCE = ("No source.", "No event matches the filters.")

HEAD_FROM = 6
"""Lines that the pane must have for a line to be said above the articles."""


class SourcesPane(RowList):
    """The list of sources, or of articles with the chains to their origins."""

    row_height = 2

    def __init__(self) -> None:
        super().__init__(id="sources", classes="pane")
        self.evidence: tuple[EvidenceRow, ...] = ()
        self.sources: tuple[SourceRow, ...] = ()
        self.wide = False
        self.filtered = False
        """Whether the numbers of events are those of a filter."""
        self.current = 0
        self.dispute = ""
        self.known: tuple[str, ...] = ()
        self._read: frozenset[str] = frozenset()

    def hold(
        self,
        rows: tuple[EvidenceRow, ...],
        at: int,
        dispute: str,
        read: frozenset[str],
        known: tuple[str, ...] = (),
    ) -> None:
        """Hold the articles behind the event, the current one, the dispute, and what was read.

        `read` holds the ids of the articles that are marked as read, `known` other
        notes on the event, one a line.
        """
        self.evidence = rows
        self._read = read
        self.current = at
        self.dispute = dispute
        self.known = known
        self._drawn_head = None

    def show_evidence(self, *, scroll: int | None, empty: tuple[str, ...]) -> None:
        """Show the articles behind the event, or the reason why there are none."""
        self.wide = False
        self.show_state(*(() if self.evidence else empty))
        self.set_rows(len(self.evidence), cursor=self.current, scroll=scroll)
        self.relabel()

    def show_sources(
        self, rows: tuple[SourceRow, ...], *, view: View, empty: tuple[str, ...] = NO_SOURCE
    ) -> None:
        """Show the sources of the filter, or the reason why there are none."""
        self.sources = rows
        self.wide = True
        self.show_state(*(() if rows else empty))
        self.set_rows(len(rows), cursor=view.cursor, scroll=view.scroll)
        self.relabel()

    @property
    def mark_kind(self) -> str:
        """Sources, or the articles behind the event."""
        return "src" if self.wide else "art"

    def mark_key(self, index: int) -> Key:
        """The id of the source or article on a row."""
        return self.sources[index].id if self.wide else self.evidence[index].id

    def texts(self) -> list[str]:
        """The rows as text, for finding in them."""
        if self.wide:
            return [f"{row.name} {row.kind}" for row in self.sources]
        return [
            " ".join(
                (row.stance, row.publisher, *(name for c in row.chains for name in c), row.title)
            )
            for row in self.evidence
        ]

    def counts(self, *, short: bool) -> str:
        """The numbers of articles that assert, doubt and deny, in words."""
        told = [row for row in self.evidence if row.counts]
        counted = {stance: sum(row.stance is stance for row in told) for stance in Stance}
        return stance_counts(counted, short=short)

    def draw_head(self, width: int, styles: Styles) -> Sequence[Content]:
        """The dispute about the event and the notes on it, if there is room."""
        height = self.scrollable_content_region.height
        if self.wide or height < HEAD_FROM:
            return ()
        disputed = [cell(styled(self.dispute, styles.doubts), width)] if self.dispute else []
        known = [line for one in self.known for line in styled(one, styles.muted).wrap(width)]
        return [cell(line, width) for line in (*disputed, *known)[: max(1, height // 3)]]

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content] | None:
        """One article, or one source."""
        if self.wide:
            return source_row(self.sources[index], width, styles, self.needle)
        row = self.evidence[index]
        return evidence_lines(row, width, styles, self.needle, read=row.id in self._read)

    def draw_peek(self, width: int, styles: Styles) -> Content:
        """The articles in one line."""
        return sources_peek(self.evidence, self.current, self.counts(short=True), width, styles)

    def label_text(self) -> tuple[str, str]:
        """`3 Sources` with their scope, the position among them, and their stances."""
        place = f"{self.cursor + 1:,}/{self.count:,}" if self.count else ""
        counts = "" if self.wide or not self.count else self.counts(short=True)
        right = " · ".join(filter(None, (place, counts, self.marked_text)))
        scope = f", {'all that match' if self.filtered else 'all'}" if self.wide else ""
        return f"3 Sources{scope}", right
