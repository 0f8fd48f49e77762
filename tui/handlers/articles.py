"""The list of all articles, a search in their texts, and articles that are pasted."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from rich.cells import chop_cells

from store.coding.article_changes import LeftOut
from store.model.labels import TEXT_KINDS
from store.queries.article_list import ReadingState
from store.queries.search import Hit
from tui.commands.registry import key_of
from tui.dialogs.picker import Picker, PickerRow
from tui.dialogs.window import AROUND
from tui.draw.progress import articles_came_to
from tui.draw.stamps import day_of
from tui.draw.styles import LONGEST, said
from tui.handlers.change_queue import ChangeQueue, QueuedChange
from tui.handlers.drafts import DraftKeeper
from tui.handlers.find import Finder
from tui.handlers.screen_protocol import GoTo, ScreenProtocol, opened
from tui.handlers.windows import Windows
from tui.session.reading import ArticleReader, Original, import_pasted, original, taking_back
from tui.session.session import Session
from tui.session.trail import ALL, Apart

if TYPE_CHECKING:  # with TinyDB: imported when something is imported
    from store.importing.article_report import ArticleReport

SCROLL_BAR = 3
"""Cells that the scroll bar of a window, and the blanks beside it, take."""

PASTING = "paste"
"""The place of the draft of a text that is being pasted."""

_STATES = {
    ReadingState.UNREAD: "unread",
    ReadingState.UNCODED: "read, without a claim",
    ReadingState.CODED: "coded",
}


def _original_rows(kept: Original, width: int) -> Sequence[PickerRow]:
    """The facts of an original, its sentences left out, and its lines, wrapped to a width."""
    return [
        *(PickerRow(fact, "", fact, None, "Original") for fact in kept.facts),
        *(
            PickerRow(one.sentence, one.reason, one.sentence, one, "Left out of the text")
            for one in kept.left
        ),
        *(
            PickerRow(part, "", "", None, "As it is kept")
            for line in kept.lines
            for part in _wrapped(line, width)
        ),
    ]


def _wrapped(line: str, width: int) -> Sequence[str]:
    """A line in parts of so many cells: between words, but anywhere in a very long one."""
    if len(line) > LONGEST:
        return chop_cells(line, width)
    return [part.plain for part in said(line).wrap(width)] or [""]


class ArticlesHandler:
    """Lists and searches articles, goes to one of them, and brings in what is pasted."""

    def __init__(
        self,
        screen: ScreenProtocol,
        go: GoTo,
        windows: Windows,
        finder: Finder,
        changes: ChangeQueue,
        drafts: DraftKeeper,
    ) -> None:
        self.screen = screen
        self._go = go
        self._windows = windows
        self._finder = finder
        self._changes = changes
        self._drafts = drafts

    def actions(self) -> dict[str, Callable[[str], None]]:
        """The actions of its commands, by command id."""
        return {
            "articles": lambda _: self.list(),
            "search": self.search,
            "paste": lambda _: self.paste(),
            "original": lambda _: self.original(),
        }

    def list(self) -> None:
        """List all articles, and read the one that is chosen."""
        reader = ArticleReader(opened(self.screen))

        def rows(typed: str) -> Sequence[PickerRow]:
            return [
                PickerRow(
                    one.title or "without a title",
                    " · ".join(
                        filter(
                            None,
                            (
                                TEXT_KINDS[one.text_kind],
                                one.publisher,
                                day_of(one.published) or "undated",
                                one.language,
                            ),
                        )
                    ),
                    "",
                    Apart(one.n),
                    _STATES[one.state],
                )
                for one in reader.articles(typed)
            ]

        def listed(first: Sequence[PickerRow]) -> None:
            if not first:
                self.screen.say("This case has no articles yet: :import FILE, or :paste.")
                return
            window = Picker(
                "Articles",
                rows,
                ask="find words in title, text and publisher; unread, uncoded or coded",
                no_match="No article has",
                look_up=self._look_up,
                first=first,
            )
            self._windows.open(window, lambda pick: self._read(pick.value))

        self._windows.ask(lambda: rows(""), listed)

    def search(self, typed: str) -> None:
        """Search the texts, titles and events, and go to the hit that is chosen."""
        reader = ArticleReader(opened(self.screen))

        def rows(words: str) -> Sequence[PickerRow]:
            return [
                PickerRow(hit.title or "without a title", hit.table[:-1], hit.snippet, hit)
                for hit in reader.hits(words)
            ]

        def found(first: Sequence[PickerRow]) -> None:
            window = Picker(
                "Search",
                rows,
                ask='words, "a phrase", -without, one OR other',
                typed=typed,
                empty="Type words to search for.",
                no_match="Nothing has",
                look_up=self._look_up,
                first=first,
            )
            self._windows.open(window, lambda pick: self._to_hit(reader, pick.value))

        self._windows.ask(lambda: rows(typed), found)

    def _look_up(
        self,
        find: Callable[[], Sequence[PickerRow]],
        show: Callable[[Sequence[PickerRow]], None],
        fail: Callable[[Any], None],
    ) -> None:
        self.screen.questions.ask("window", find, show, fail)

    def _to_hit(self, reader: ArticleReader, hit: object) -> None:
        assert isinstance(hit, Hit)
        if hit.table == "events":
            outside = self.screen.timeline.index_of(hit.n) is None
            kept = opened(self.screen).location.filter
            self._go(event=hit.n, article=None, pane="timeline", filter=ALL if outside else kept)
            return

        def placed(found: tuple[str, tuple[int, ...]]) -> None:
            word, places = found
            self._finder.keep(hit.n, word, places)
            self._read(Apart(hit.n, places[0] if places else 0))

        self._windows.ask(lambda: reader.places(hit.n, hit), placed)

    def _read(self, apart: object) -> None:
        """Read an article, apart from the event at hand."""
        self._go(apart=apart, pane="article", zoomed=False)

    def original(self) -> None:
        """Show the original of the article; a sentence that was left out can be taken back."""
        view = self.screen.article.view
        if view is None:
            self.screen.say("There is no article.")
            return
        session = opened(self.screen)

        width = max(1, min(Picker.most_width, self.screen.app.size.width) - AROUND - SCROLL_BAR)

        def found() -> Sequence[PickerRow]:
            kept = original(session, view.id)
            return _original_rows(kept, width) if kept else ()

        def shown(rows: Sequence[PickerRow]) -> None:
            if not rows:
                self.screen.say("The article is gone.")
                return
            self._windows.open(
                Picker(f"Original of {view.title or 'the article'}", lambda _: rows),
                lambda pick: self._take_back(view.id, pick.value),
            )

        self._windows.ask(found, shown)

    def _take_back(self, id: str, left: object) -> None:
        assert isinstance(left, LeftOut)
        if not self._changes.refused:
            act = taking_back(opened(self.screen), id, left)
            self._changes.do(act, f"The sentence is in the text. {key_of('undo')} undoes.")

    # pasting

    def paste(self) -> None:
        """Open a window to paste a text in, and import it."""
        if self._changes.refused:
            return

        def begun(typed: str) -> None:
            from tui.dialogs.editor import Editor  # with the text area: after the first frame

            window = Editor("Paste an article", typed, typing=self._drafts.typing(PASTING))
            self._windows.show(window, self._pasted)

        draft = self._drafts
        self._windows.ask(lambda: getattr(draft.read(PASTING), "text", ""), begun)

    def _pasted(self, text: str | None) -> None:
        if text is None or not text.strip():
            self.screen.say("Nothing was pasted." if text is not None else "Kept as a draft.")
            return
        drop = self._drafts.dropping(PASTING)

        def carry_out(session: Session) -> "tuple[ArticleReport, str, int | None]":
            report, where = session.write(lambda archive: import_pasted(archive, text))
            found = [one for file in report.files for one in file.articles]
            drop()
            return report, where, ArticleReader(session).number(found[0].id) if found else None

        def done(answer: "tuple[ArticleReport, str, int | None]") -> None:
            report, where, number = answer
            self.screen.refresh_all()
            if number is not None:
                self._read(Apart(number))
            said = articles_came_to(report)
            self.screen.say(f"{said} {key_of('edit')} corrects what was read. {where}".strip())

        self._changes.start(
            QueuedChange(carry_out, done, lambda _: None, text, going="reading the text")
        )
