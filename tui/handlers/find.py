"""Finding in the panes: while the user types, and from match to match afterwards."""

from collections.abc import Callable, Sequence

from tui.handlers.matches import Matches, rows_with
from tui.handlers.screen_protocol import ScreenProtocol, opened
from tui.messages import KeysAwaited
from tui.session.steps import next_mark
from tui.session.trail import Apart, View
from tui.widgets.prompt import Prompt

FIND = "find"
WORDS = "words"
"""What the prompt is open for: to find in a pane, or to filter by words."""

_NAMED = {"compare": "what is compared", "who": "who says so"}
"""Where something is found, where that is no pane."""


class Finder:
    """The prompt, and the last matches. `filter_words` is called with the words to filter by."""

    def __init__(self, screen: ScreenProtocol, filter_words: Callable[[str], None]) -> None:
        self.screen = screen
        self.found: Matches | None = None
        self._filter = filter_words
        self._prompt: Prompt | None = None
        self._purpose = FIND
        self._pane = ""
        self._accepted = ""
        self._origin = View()

    def match(self, by: int) -> None:
        """Go to the next match or the one before; without a search, to the next passage."""
        found = self.found
        if found is not None and found.pane == self.screen.pane and found.places:
            at = found.step(self._place(), by)
            if at is None:
                self.screen.say(f"No match {'after' if by > 0 else 'before'} this one.")
                return
            self._put(found, at)
            self.screen.retell()
            return
        self._next_passage(by)

    def _next_passage(self, by: int) -> None:
        screen = self.screen
        view = screen.article.view
        if view is None:
            return
        mark = next_mark(view, screen.article.passage, by)
        if mark is None:
            end = "last" if by > 0 else "first"
            screen.say(f"This is the {end} passage of the article.")
            return
        session = opened(self.screen)
        if session.location.apart is not None:
            session.preview(apart=Apart(view.n, passage=mark.n))
        else:
            session.preview(article=view.n, passage=mark.n)
        screen.sync()

    def match_place(self) -> str:
        """`match 3/17`, while the focused pane has a search."""
        found = self.found
        if found is None or found.pane != self.screen.pane:
            return ""
        at = found.at(self._place())
        if at is None:
            return f"matches: {len(found.places)}"
        return f"match {at + 1}/{len(found.places)}"

    def _place(self) -> int:
        """The position of the cursor in the focused pane: a row, or a code point."""
        rows = self.screen.list_of(self.screen.pane)
        return rows.cursor if rows is not None else self.screen.article.offset_here

    def _put(self, found: Matches, at: int) -> None:
        place = found.places[at]
        rows = self.screen.list_of(found.pane)
        if rows is not None:
            rows.move_to(place)
        elif not self.screen.article.at_offset(place):
            self.read_on(place)

    def ask(self, purpose: str) -> None:
        """Open the prompt."""
        if self._prompt is not None:
            return
        screen = self.screen
        pane = screen.pane
        where = _NAMED.get(pane, f"the {pane}")
        words = {FIND: f"find in {where}:", WORDS: "words to include, ! to exclude:"}
        self._purpose = purpose
        self._accepted = ""
        rows = screen.list_of(pane)
        scrolled = rows if rows is not None else screen.article.text
        self._origin = View(self._place(), round(scrolled.scroll_y))
        self._pane = pane
        self._prompt = Prompt(words[purpose])
        screen.status.display = False
        screen.screen.mount(self._prompt)

    def keep(self, article: int, needle: str, places: Sequence[int]) -> None:
        """Keep what a search of all texts found in an article, for the next match and before."""
        if places:
            self.found = Matches("article", needle, tuple(places))
            self.screen.article.await_matches(article, places, len(needle))

    @property
    def prompting(self) -> bool:
        """True if the prompt is open."""
        return self._prompt is not None

    @property
    def opening(self) -> bool:
        """True if the prompt is about to open and lacks the focus, or has just ended."""
        return self._prompt is not None and not self._prompt.entered

    def typed(self, text: str) -> None:
        """Find at once what was typed at the prompt."""
        if self._purpose == FIND and self._prompt is not None:
            self._search(text)

    def _search(self, text: str) -> None:
        pane, session, screen = self._pane, opened(self.screen), self.screen
        if pane == "timeline":
            numbers = screen.timeline.numbers
            screen.questions.ask(
                FIND,
                lambda: session.find_rows(text, numbers),
                lambda rows: (
                    self._show_found(text, rows)
                    if numbers is screen.timeline.numbers
                    else self._search(text)  # other rows came meanwhile
                ),
                screen.fail,
            )
        elif pane == "article":
            view = screen.article.view
            if view is not None:
                screen.questions.ask(
                    FIND,
                    lambda: session.find_in_article(view.n, text),
                    lambda found: self._show_found(text, tuple(found)),
                    screen.fail,
                )
        else:
            rows = screen.list_of(pane)
            texts = rows.texts() if rows is not None else []
            self._show_found(text, rows_with(texts, text) if text else ())

    def _show_found(self, needle: str, places: Sequence[int]) -> None:
        screen, pane, prompt = self.screen, self._pane, self._prompt
        if prompt is None and needle != self._accepted:
            return  # it was left while the search went on
        self.found = Matches(pane, needle, places)
        rows = screen.list_of(pane)
        if rows is not None:
            rows.needle = needle
            rows.refresh()
        else:
            screen.article.show_matches(list(places), len(needle))
        at = self.found.after(self._origin.cursor)
        if at is not None:
            self._put(self.found, at)
        else:
            self._return()
        if prompt is not None:
            prompt.count(at + 1 if at is not None else 0, len(places), typed=bool(needle))
        elif not places:
            self._none(needle)
        screen.retell()

    def end(self) -> None:
        """End the search."""
        found, self.found = self.found, None
        if found is None:
            return
        rows = self.screen.list_of(found.pane)
        if rows is not None:
            rows.needle = ""
            rows.refresh()
        else:
            self.screen.article.show_matches([], 0)
        self.screen.retell()

    def prompted(self, text: str | None) -> None:
        """End the prompt: keep what was found, or filter, or take it all back."""
        prompt, self._prompt = self._prompt, None
        if prompt is None:
            return
        screen = self.screen
        screen.focus_pane(self._pane)  # first, or Textual finds a pane of its own
        prompt.remove()
        screen.status.display = True
        screen.screen.post_message(KeysAwaited())
        if self._purpose == WORDS:
            if text:
                self._filter(text)
            return
        if not text:
            self.end()
            self._return()
        elif self.found is None or self.found.needle != text:
            self._accepted = text  # Enter came before the answer
            self._search(text)
        elif not self.found.places:
            self._none(text)

    def left(self) -> None:
        """Close the prompt after a pane took its focus, and keep what was found."""
        prompt = self._prompt
        if prompt is None or not prompt.entered:
            return
        self._prompt = None
        prompt.remove()
        self.screen.status.display = True
        if self.found is not None and not self.found.places:
            self.end()

    def _none(self, needle: str) -> None:
        self.end()
        self.screen.say(f"{needle!r} is not in {_NAMED.get(self._pane, f'the {self._pane}')}.")

    def _return(self) -> None:
        """Put cursor and scroll back where they were when the prompt opened."""
        cursor, scroll = self._origin.cursor, self._origin.scroll
        rows = self.screen.list_of(self._pane)
        if rows is not None:
            rows.move_to(cursor)
            rows.scroll_to(y=scroll, animate=False, force=True)
        elif self.screen.article.at_offset(cursor):
            self.screen.article.text.scroll_to(y=scroll, animate=False, force=True)
        else:
            self.read_on(cursor)

    def read_on(self, around: int) -> None:
        """Show the window of the article around a code point."""
        session, view = opened(self.screen), self.screen.article.view
        if view is not None:
            self.screen.questions.ask(
                "window",
                lambda: session.read_article(view.n, around),
                lambda read: self.screen.article.show_window(read, around) if read else None,
                self.screen.fail,
            )
