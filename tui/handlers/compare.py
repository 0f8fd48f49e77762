"""The views over a case: the claims of the articles side by side, who says so, and a page."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from store.analysis.readings import in_words
from store.model.judgements import Ruling
from store.queries.compare import PairInWords
from store.queries.passage import Excerpt
from tui.commands.registry import VIEWS, key_of
from tui.draw.compare import ruled_signs
from tui.draw.passage_pair import other_side, passage_alone, printed_by, this_side
from tui.draw.styles import Styles
from tui.handlers.screen_protocol import GoTo, GoToEvent, ScreenProtocol, opened
from tui.panes.compare import ComparePane
from tui.panes.page import PagePane
from tui.panes.passage_pair import PassageBox, PassagePair
from tui.panes.who import WhoPane
from tui.session.trail import View
from tui.session.views import ScreenData
from tui.widgets.row_list import RowList

COMPARE, WHO, PAGE = VIEWS

ALONE = "No other report mentions this."
NOBODY = "Move to a cell to read its passage."


class CompareHandler:
    """The views drawn in place of the panes, and the actions of their keys."""

    def __init__(self, screen: ScreenProtocol) -> None:
        self.screen = screen
        self.grid = ComparePane()
        self.tree = WhoPane()
        self.page = PagePane()
        self.this = PassageBox("this")
        self.other = PassageBox("other")
        self.faces = PassagePair(self.this, self.other)
        self._stands: tuple[PairInWords, ...] = ()
        self._at = 0
        self._rulings: tuple[Ruling, ...] = ()
        self._grades: Mapping[str, str] = {}

    def compose(self) -> Iterator[Widget]:
        """The grid or the tree over two passages, or a page."""
        yield Container(self.grid, self.tree, self.page, self.faces, id="views")

    @property
    def lists(self) -> tuple[RowList, ...]:
        """The grid, the tree and the page."""
        return self.grid, self.tree, self.page

    def path(self) -> tuple[str, ...]:
        """The subject and the name of the view, for the first line."""
        if self.screen.pane == WHO:
            return (self.tree.found.title, "who says so") if self.tree.found else ()
        if self.screen.pane == PAGE:
            return (self.page.found.name, "page") if self.page.found else ()
        found = self.grid.comparison
        return (found.groups[0].title, "compare") if found else ()

    # what is shown

    def show(self, look: ScreenData, kept: View | None) -> None:
        """Show a view; `kept` is the earlier position of its cursor."""
        location = look.location
        if location.pane == WHO:
            tree = look.who or self.tree.found
            assert tree is not None
            self.tree.show(tree, kept or (None if look.who else self.tree.view))
        elif location.pane == PAGE:
            page = look.page or self.page.found
            assert page is not None
            self.page.show(page, kept or (None if look.page else self.page.view))
            return
        else:
            grid = look.comparison or self.grid.comparison
            if look.comparison is not None:
                self.faces.let_go()
                self._rulings, self._grades = look.rulings, look.grades
                self.grid.ruled = ruled_signs(look.rulings)
            assert grid is not None
            faced = self.pair()
            self.grid.show(
                grid, by_origin=location.by_origin, disputed_only=location.disputed_only, view=kept
            )
            self.face()
            self._face_again(faced)
            return
        self.face()

    def _arrange(self, *, by_origin: bool, disputed_only: bool) -> None:
        """Arrange the comparison in another way at once, so that the next keys act on it."""
        opened(self.screen).preview(by_origin=by_origin, disputed_only=disputed_only)
        if self.grid.comparison is not None:
            self.grid.show(
                self.grid.comparison, by_origin=by_origin, disputed_only=disputed_only, view=None
            )
            self.face()

    def face(self) -> None:
        """Show the passage of the cell or line under the cursor, and the one against it."""
        if self.screen.pane == PAGE:
            self.page.relabel()
            return
        if self.screen.pane == WHO:
            self._face_leaf()
            return
        found, voice = self.grid.comparison, self.grid.voice
        self._at = 0
        self._stands = found.stands(voice) if found is not None and voice is not None else ()
        self._draw(())
        self._ask_excerpts()
        self.grid.relabel()

    def _ask_excerpts(self) -> None:
        """Ask for the passages, and draw them when they come."""
        found, voice = self.grid.comparison, self.grid.voice
        if found is None or voice is None:
            return
        wanted = [found.voices[voice].passage]
        if self._stands:
            wanted.append(found.voices[self._stands[self._at].other].passage)
        session = opened(self.screen)
        self.screen.questions.ask(
            "faces", lambda: session.excerpts(wanted), self._draw, self.screen.fail
        )

    def _draw(self, excerpts: tuple[Excerpt, ...]) -> None:
        found, place = self.grid.comparison, self.grid.voice
        if found is None or place is None:
            self.faces.let_go()
            self.this.say(NOBODY)
            self.other.say("")
            return
        voice = found.voices[place]
        mine, theirs = (*excerpts, None, None)[:2]

        def draw_this(
            styles: Styles, width: int, height: int, compact: bool | None = None
        ) -> Content:
            return this_side(voice, found, mine, self._grades, styles, width, height, compact)

        self.this.show(found.lines[voice.line].label, draw_this, "this cell")
        if not self._stands:
            self.grid.set_against(None)
            self.other.say(ALONE)
            return
        stands = self._stands[self._at]
        other = found.voices[stands.other]

        def draw_other(
            styles: Styles, width: int, height: int, compact: bool | None = None
        ) -> Content:
            return other_side(
                other, stands, found, theirs, self._grades, styles, width, height, ruled, compact
            )

        ruled = [
            one for one in self._rulings if {one.about, one.other} == {voice.claim, other.claim}
        ]
        reading = " ".join(in_words(stands.reading, itself=stands.first))
        self.grid.set_against(stands.other)
        self.other.show(reading, draw_other, *_places(self._at + 1, len(self._stands)))
        if excerpts:
            self.faces.fit()

    @property
    def against(self) -> int:
        """The number of claims that can be set against that of the cell."""
        return len(self._stands)

    def _face_again(self, faced: tuple[str, str] | None) -> None:
        """Set the same claim against the cell as before, if it still is against it."""
        for at in range(len(self._stands)):
            if faced is not None and self.pair(at) == faced and at != self._at:
                self._at = at
                self._draw(())
                self._ask_excerpts()
                return

    def _face_leaf(self) -> None:
        self.faces.let_go()
        self.tree.relabel()
        leaf = self.tree.leaf
        if leaf is None or leaf.passage is None:
            self.this.say("")
            return
        title = printed_by(leaf.name if leaf.known else "", leaf.title, leaf.published)
        number, session = leaf.passage, opened(self.screen)

        def draw(excerpts: tuple[Excerpt, ...]) -> None:
            (found,) = excerpts
            self.this.show(
                title,
                lambda styles, width, height, compact=None: passage_alone(
                    found, styles, width, height
                ),
            )

        self.screen.questions.ask(
            "faces", lambda: session.excerpts([number]), draw, self.screen.fail
        )

    def pair(self, at: int | None = None) -> tuple[str, str] | None:
        """The ids of the cell's claim and of the one set against it; None unless there are two.

        The other one is that at a place among those against it, else the one shown.
        """
        found, place = self.grid.comparison, self.grid.voice
        if self.screen.pane != COMPARE or found is None or place is None or not self._stands:
            return None
        return found.voices[place].claim, found.voices[
            self._stands[self._at if at is None else at].other
        ].claim

    # where to

    def show_claims(self, go: GoTo) -> None:
        """Compare the event, or the actor under the cursor; go back if it is compared already."""
        subject = self._subject()
        if subject and not self.leave(COMPARE):
            go(pane=COMPARE, subject=subject, zoomed=False)

    def show_who(self, go: GoTo) -> None:
        """Show who says so; go back if that is shown already."""
        subject = self._subject()
        if subject and not self.leave(WHO):
            go(pane=WHO, subject=subject, zoomed=False)

    def compare(self, go: GoTo, name: str) -> None:
        """Compare the subject with a name or id."""
        session = opened(self.screen)
        self.screen.questions.ask(
            "subject",
            lambda: session.subject(name),
            lambda subject: go(pane=COMPARE, subject=subject, zoomed=False),
            self.screen.fail,
        )

    def leave(self, view: str) -> bool:
        """Go back from a view, and say whether it was that one."""
        screen, trail = self.screen, opened(self.screen).trail
        if screen.pane != view:
            return False
        trail.keep_views(screen.views(), view)
        trail.back()
        screen.sync(restoring=True)
        return True

    def _subject(self) -> str:
        """The id of what the cursor is on; empty, with a message, if it is on nothing."""
        screen = self.screen
        if screen.pane in VIEWS:
            subject = opened(screen).location.subject
            if subject.startswith("src_"):
                screen.say("Claims are about events, actors and places; this is a source.")
                return ""
            return subject
        if screen.pane == "actors" and screen.actors.rows:
            return screen.actors.rows[screen.actors.cursor].id
        if screen.event is None:
            screen.say("No event is selected.")
            return ""
        return screen.event.row.id

    def next_dispute(self, go: GoTo) -> None:
        """Go to the next disputed cell; from elsewhere, to the first."""
        if self.screen.pane != COMPARE:
            subject = self._subject()
            if subject:
                go(pane=COMPARE, subject=subject, zoomed=False)
            return
        cells = self.grid.disputed_cells()
        here = (self.grid.cursor, self.grid.column)
        later = [cell for cell in cells if cell > here]
        if later:
            self.grid.go_to(later[0])
        elif cells and cells != [here]:
            self.grid.go_to(cells[0])
            self.screen.say("Back to the first: that was the last.")
        else:
            what = "Nothing else" if cells else "Nothing"
            self.screen.say(
                f"{what} was found at odds here; {key_of('dispute.case')} searches the case."
            )

    def next_in_case(self, go: GoTo) -> None:
        """Go to the next disputed subject."""
        session, subject = opened(self.screen), self._subject()

        def arrived(found: str | None) -> None:
            if found is None:
                self.screen.say("Nothing was found at odds in this case.")
            elif found == session.location.subject and self.screen.pane == COMPARE:
                self.screen.say("Nothing else was found at odds in this case.")
            else:
                go(pane=COMPARE, subject=found, zoomed=False)

        self.screen.questions.ask(
            "subject", lambda: session.next_disputed(subject), arrived, self.screen.fail
        )

    # in the views

    def step(self, by: int) -> None:
        """Go to the next article or origin that speaks of this; in the tree to the next line."""
        if self.screen.pane in (WHO, PAGE):
            self._moved_list.move(by)
        elif not self.grid.move_column(by):
            self.screen.say(f"No report further {'right' if by > 0 else 'left'} mentions this.")

    def turn_to_other(self, by: int) -> None:
        """Set another claim against that of the cell."""
        if self.screen.pane in (WHO, PAGE):
            self._moved_list.move(by)
            return
        if len(self._stands) < 2:
            self.screen.say("There is no other claim to compare." if self._stands else ALONE)
            return
        self._at = (self._at + by) % len(self._stands)
        self._draw(())
        self._ask_excerpts()

    @property
    def _moved_list(self) -> RowList:
        """The list of the view that has lines and no columns."""
        return self.tree if self.screen.pane == WHO else self.page

    def turn(self) -> None:
        """Show a column for each origin, or for each article."""
        location = opened(self.screen).location
        self._arrange(by_origin=not location.by_origin, disputed_only=location.disputed_only)

    def narrow(self) -> None:
        """Show only the disputed lines, or all."""
        location = opened(self.screen).location
        self._arrange(by_origin=location.by_origin, disputed_only=not location.disputed_only)

    def follow(self, to_event: GoToEvent) -> None:
        """Open the article of the cell or line, at its passage."""
        session = opened(self.screen)
        if self.screen.pane == WHO:
            leaf = self.tree.leaf
            if leaf is None or leaf.article is None or leaf.passage is None:
                return
            subject, article, passage = session.location.subject, leaf.article, leaf.passage
        else:
            found, place = self.grid.comparison, self.grid.voice
            if found is None or place is None:
                self.screen.say(NOBODY)
                return
            voice = found.voices[place]
            subject = found.groups[found.lines[voice.line].group].id
            article, passage = found.articles[voice.article].n, voice.passage

        def open_there(event: int | None) -> None:
            if event is None:
                self.screen.say("This article supports no event.")
            else:
                to_event(event, article, passage, pane="article")

        self.screen.questions.ask(
            "subject", lambda: session.event_behind(subject, passage), open_there, self.screen.fail
        )


def _places(at: int, many: int) -> tuple[str, ...]:
    """The position among the statements against a cell, and the next key; each form is shorter."""
    turn = f" · {key_of('match.next')}: next" if many > 1 else ""
    against = f"statement {at} of {many}{turn}"
    return against, f"{at} of {many}{turn}", f"{at} of {many}"


class ComparingScreen(ScreenProtocol, Protocol):
    """The explore screen for handlers that also act on what is compared."""

    comparing: CompareHandler
