"""The commands that mark rows of a list, and what an act is on: the marked rows, or one."""

from collections.abc import Callable

from store.model.labels import count_text
from tui.commands.registry import key_of
from tui.handlers.compare import ComparingScreen
from tui.session.marked_rows import MarkedRows, Target, marked_words
from tui.widgets.row_list import RowList

ALL = "all"
"""What is typed after `:mark` for every row of the list."""


class MarksHandler:
    """Marks rows of the timeline, of the actors and of the sources."""

    def __init__(self, screen: ComparingScreen) -> None:
        self.screen = screen
        self.marked = MarkedRows()
        for rows in (screen.timeline, screen.actors, screen.sources):
            rows.marked = self.marked

    def actions(self) -> dict[str, Callable[[str], None]]:
        """The actions of its commands, by command id."""
        return {
            "mark": self.mark,
            "mark.range": lambda _: self.mark_range(),
            "unmark": lambda _: self.unmark(),
        }

    def _list(self) -> RowList | None:
        """The focused list; None, with a message, if its rows cannot be marked."""
        rows = self.screen.list_of(self.screen.pane)
        if rows is None or not rows.mark_kind:
            self.screen.say("Rows are marked in the timeline, the actors and the sources.")
        elif not rows.count:
            self.screen.say("There is no row to mark.")
        else:
            return rows
        return None

    def mark(self, typed: str) -> None:
        """Mark the row under the cursor and go on to the next, or mark all rows of the list."""
        rows = self._list()
        if rows is None:
            return
        if typed and typed != ALL:
            self.screen.say(f":mark {ALL} marks all rows of the list, {key_of('mark')} one.")
        elif typed:
            self._added(rows, self.marked.add(rows.mark_kind, rows.mark_keys(0, rows.count)))
        else:
            for key in rows.mark_keys(rows.cursor, rows.cursor + 1):
                self.marked.turn(rows.mark_kind, key)
            self._show()
            rows.move(1)

    def mark_range(self) -> None:
        """Mark the rows from the one that was marked last to the cursor."""
        rows = self._list()
        if rows is None:
            return
        last = self.marked.last(rows.mark_kind)
        begin = None if last is None else rows.index_of_mark(last)
        if begin is None:
            self.screen.say(f"Mark the first row of the range with {key_of('mark')} before.")
            return
        first, end = sorted((begin, rows.cursor))
        self._added(rows, self.marked.add(rows.mark_kind, rows.mark_keys(first, end + 1)))

    def _added(self, rows: RowList, number: int) -> None:
        self._show()
        of_all = marked_words(rows.mark_kind, len(self.marked.of(rows.mark_kind)))
        more = f"{number:,} more; " if number else "No more; "
        self.screen.say(f"{more}{of_all}. {key_of('unmark')} takes the marks off.")

    def unmark(self) -> None:
        """Take all marks off."""
        number = self.marked.clear()
        self._show()
        self.screen.say(f"{count_text(number, 'mark')} taken off." if number else "None is marked.")

    def drop(self, target: Target) -> None:
        """Take the marks off what is gone."""
        if target.marked:
            self.marked.drop(target.kind, target.keys)
            self._show()

    def _show(self) -> None:
        for rows in (self.screen.timeline, self.screen.actors, self.screen.sources):
            rows.marks_changed()
        self.screen.retell()

    def target(self) -> Target | None:
        """The marked rows of the focused list; None if there are none."""
        rows = self.screen.list_of(self.screen.pane)
        kind = rows.mark_kind if rows is not None else ""
        keys = self.marked.of(kind)
        return Target(kind, tuple(keys), marked=True) if keys else None
