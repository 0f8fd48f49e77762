"""The commands of the explore screen, turned into intents for the session."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeVar

from textual.widget import Widget

from store.errors import ConflictError
from store.queries.datasets import SetRow
from store.queries.filters import FilterKind
from tui.commands.registry import BY_FILTER, BY_ID, COMMANDS, PANES, VIEWS, Completion, key_of
from tui.dialogs.picker import Picker, PickerRow
from tui.dialogs.pickers import datasets_window, disputes_window, help_window, palette_window
from tui.handlers.annotate import Annotator
from tui.handlers.change_queue import ChangeQueue
from tui.handlers.filters import FilterHandler
from tui.handlers.find import FIND, Finder
from tui.handlers.history import HistoryHandler
from tui.handlers.import_files import ImportHandler
from tui.handlers.kinship import KinshipHandler
from tui.handlers.navigate import NavigationHandler
from tui.handlers.reason_prompt import ReasonPrompt
from tui.handlers.redact import RedactHandler
from tui.handlers.screen_protocol import ScreenProtocol, opened
from tui.handlers.view import ViewHandler
from tui.handlers.withdraw import WithdrawHandler
from tui.messages import KeysAwaited
from tui.session.session import Session
from tui.session.views import DisputeSummary

T = TypeVar("T")

_MOVES = ("move.", "pane.")
"""How the commands begin after which a key is never a letter of a text."""


class Dispatcher:
    """The commands of the explore screen, each a method; `run` is the only way in."""

    def __init__(self, screen: ScreenProtocol) -> None:
        self.screen = screen
        self.finder = Finder(screen, lambda words: self.run("filter.words", words))
        self.filtering = FilterHandler(screen, self.finder, self._go)
        self.looking = ViewHandler(screen)
        self.pivoting = NavigationHandler(screen, self._go, self._open)
        self.acting = ChangeQueue(screen, self._open)
        reasons = ReasonPrompt(screen, self.acting, self._open)
        self.adding = Annotator(screen, self.acting, reasons, self._open)
        self.withdrawing = WithdrawHandler(screen, self.adding, reasons, self._open, self._ask)
        self.bringing = ImportHandler(screen, self.acting, self._open, lambda: self._free)
        self.redacting = RedactHandler(screen, self.acting, self.adding, reasons)
        self.kinship = KinshipHandler(screen, self.adding, reasons, self._open, self._ask)
        self.recalling = HistoryHandler(
            screen, self.adding, reasons, self._open, self._ask, self._go
        )
        self._window = False
        self._waiting: deque[tuple[str, str]] = deque()
        self._listing = False
        self._deeds: dict[str, Callable[[str], None]] = self._table()

    def _table(self) -> dict[str, Callable[[str], None]]:
        deeds: dict[str, Callable[[str], None]] = {
            **self.adding.deeds(),
            **self.recalling.deeds(),
            "withdraw": self.withdrawing.withdraw,
            "kinship": self.kinship.find,
            "import": self.bringing.bring,
            "redact": self.redacting.redact,
            "undo": lambda _: self.acting.undo(),
            "redo": lambda _: self.acting.redo(),
            "pane.next": lambda _: self._turn(1),
            "pane.previous": lambda _: self._turn(-1),
            "pivot": lambda _: self.pivoting.follow(),
            "article.next": lambda _: self.pivoting.walk(1),
            "article.previous": lambda _: self.pivoting.walk(-1),
            "match.next": lambda _: self._match(1),
            "match.previous": lambda _: self._match(-1),
            "compare": self._compare,
            "who": lambda _: self.screen.comparing.show_who(self._go),
            "dispute.next": lambda _: self.screen.comparing.next_dispute(self._go),
            "dispute.case": lambda _: self.screen.comparing.next_in_case(self._go),
            "disputes": lambda _: self._disputes(),
            "datasets": lambda _: self._datasets(),
            "by_root": lambda _: self.screen.comparing.turn(),
            "back": lambda _: self.pivoting.travel(forward=False),
            "forward": lambda _: self.pivoting.travel(forward=True),
            "find": lambda _: self.finder.ask(FIND),
            "filter.add": lambda _: self.filtering.row(),
            "filter.drop": lambda _: self.filtering.drop(),
            "filter.clear": lambda _: self.filtering.clear(),
            "scope": lambda _: self.looking.scope(),
            "sort": self.looking.sort,
            "zoom": lambda _: self.looking.zoom(),
            "narrower": lambda _: self.looking.widen(-1),
            "wider": lambda _: self.looking.widen(1),
            "theme": lambda _: self.looking.change_theme(),
            "palette": lambda _: self._palette(),
            "help": lambda _: self._help(),
            "cancel": lambda _: self._cancel(),
            "quit": lambda _: self._quit(),
            "interrupt": lambda _: self.screen.say(f"To quit press {key_of('quit')}."),
        }
        for command in COMMANDS:
            if command.id.startswith("move."):
                deeds[command.id] = lambda _, id_=command.id: self._move(id_)  # type: ignore[misc]
        for pane in PANES:
            deeds[f"pane.{pane}"] = lambda _, to=pane: self._focus(to)  # type: ignore[misc]
        for kind, command in BY_FILTER.items():
            deeds[command.id] = lambda text, of=kind: self._filter(of, text)  # type: ignore[misc]
        return deeds

    @property
    def handled(self) -> frozenset[str]:
        """The ids of the commands that do something."""
        return frozenset(self._deeds)

    @property
    def holding(self) -> bool:
        """True if the meaning of further keys depends on what is awaited."""
        waiting = bool(self._waiting)
        if not self.screen.begun:  # so that `j` does not keep `q` waiting
            waiting = any(not command.startswith(_MOVES) for command, _ in self._waiting)
        return waiting or self._listing or self.finder.opening

    @property
    def session(self) -> Session | None:
        """The session, None while the case is being read."""
        return self.screen.session

    def run(self, command: str, argument: str = "") -> None:
        """Run a command; before the case is shown, only one that needs no case.

        Other commands wait for the case. Those that act on the articles of the
        event wait for them, and so does every command after.
        """
        if not BY_ID[command].needs_case:
            self._run(command, argument)
            return
        if self._waiting or self._awaits(command):
            self._waiting.append((command, argument))
            return
        self._run(command, argument)

    def _awaits(self, command: str) -> bool:
        """True if a command must wait until it is known, or shown, where earlier keys lead."""
        if not self.screen.begun:
            return True
        if self.screen.questions.asked("subject") or self.screen.questions.asked(FIND):
            return True
        moves = command.startswith("move.") and (
            self.screen.pane in VIEWS or self.screen.lists_anew
        )
        asked = self.screen.questions.asked("look") or self.screen.moving
        return (moves or BY_ID[command].waits_for_panes) and asked

    def go_on(self) -> None:
        """Run the commands that wait, now that what they waited for is shown."""
        if not self._waiting:
            return
        while self._waiting and not self._awaits(self._waiting[0][0]):
            self._run(*self._waiting.popleft())
        self._release()

    def give_up(self) -> None:
        """Drop the commands that wait, because what they waited for does not come."""
        self._waiting.clear()
        self._release()

    def _release(self) -> None:
        """Let the keys typed meanwhile go on."""
        if not self.holding:
            self.screen.screen.post_message(KeysAwaited())

    def _run(self, command: str, argument: str) -> None:
        self.screen.say("")
        self.bringing.pressed(command)
        row = BY_ID[command]
        if self.screen.pane in VIEWS and row.panes and self.screen.pane not in row.panes:
            self.screen.say(f"That is for the panes; {key_of('back')} goes back to them.")
            return
        if row.changes_case and self.session is not None and self.session.waits:
            self._ask(self.session.start_writing, lambda new: self._started(new, command, argument))
            return
        self._do(command, argument)

    def _started(self, changed: bool, command: str, argument: str) -> None:
        """Run a command after the check whether the case can be written; if not, it says why."""
        if changed:
            self.screen.refresh_all()
        self.screen.retell()
        self._do(command, argument)

    def _do(self, command: str, argument: str) -> None:
        try:
            self._deeds[command](argument)
        except ConflictError as error:
            self.screen.fail(error)

    # moving

    def _move(self, command: str) -> None:
        rows = self.screen.list_of(self.screen.pane)
        if rows is None:
            self.screen.article.move(command)
            return
        if command in ("move.left", "move.right"):
            self.screen.comparing.step(1 if command == "move.right" else -1)
            return
        match command.removeprefix("move."):
            case "down":
                rows.move(1)
            case "up":
                rows.move(-1)
            case "page_down":
                rows.move(rows.page)
            case "page_up":
                rows.move(-rows.page)
            case "top":
                rows.move_to(0)
            case "end":
                rows.move_to(rows.count - 1)

    def moved(self, pane: Widget, index: int) -> None:
        """Preview what follows from a moved cursor of a list."""
        screen, session = self.screen, self.session
        if session is None:
            return
        if pane in screen.comparing.lists:
            screen.comparing.face()
            return
        if pane is screen.timeline:
            session.preview(event=screen.timeline.event_at(index), article=None, passage=None)
            screen.sync()
        elif pane is screen.sources and not screen.sources.wide:
            session.preview(article=screen.sources.evidence[index].n, passage=None)
            screen.sync()
        if isinstance(pane, type(screen.actors)) or screen.sources.wide:
            screen.actors.relabel()
            screen.sources.relabel()

    def _turn(self, by: int) -> None:
        at = PANES.index(self.screen.pane)
        self._focus(PANES[(at + by) % len(PANES)])

    def _focus(self, pane: str) -> None:
        if self.screen.pane in VIEWS:
            self._go(pane=pane)
        else:
            self.screen.focus_pane(pane)

    def _filter(self, kind: FilterKind, text: str) -> None:
        if text:
            self.filtering.chip(kind, text)
        elif kind is FilterKind.WORDS:
            self.filtering.ask_words()
        else:
            self._palette(f"{BY_FILTER[kind].typed} ")

    def _match(self, by: int) -> None:
        if self.screen.pane in VIEWS and not self.finder.match_place():
            self.screen.comparing.turn_to_other(by)
            return
        self.finder.match(by)

    def _compare(self, name: str) -> None:
        if name:
            self.screen.comparing.compare(self._go, name)
            return
        self.screen.comparing.show_claims(self._go)

    def _go(self, **changes: object) -> None:
        """Leave the location, with a step of the trail."""
        session = opened(self.screen)
        session.trail.keep_views(self.screen.views(), self.screen.pane)
        session.go(**changes)
        self.screen.sync()

    def _cancel(self) -> None:
        if self.finder.found is not None:
            self.finder.end()
            self.screen.say("The search is ended.")
        elif self.session is not None and self.session.location.zoomed:
            self.looking.zoom()
        elif self.bringing.under_way:
            if self.bringing.may_leave("cancel", "stops it"):
                self.bringing.stop()
        else:
            self.screen.say(f"{key_of('back')} goes back, {key_of('quit')} quits.")

    def _quit(self) -> None:
        if self.bringing.may_leave("quit", "stops it and quits"):
            self.bringing.end()
            self.screen.app.exit()

    # windows

    @property
    def _free(self) -> bool:
        """True if a window may open by itself, because what is typed goes to the panes."""
        screen = self.screen
        return not self._window and not self.finder.prompting and screen.app.screen is screen.screen

    def _open(
        self,
        window: Picker,
        act: Callable[[PickerRow], None],
        left: Callable[[], None] | None = None,
    ) -> None:
        """Open a window once, and act on the choice in it, or on leaving it."""
        if self._window:
            return
        self._window = True

        def closed(pick: PickerRow | None) -> None:
            self._window = False
            if pick is not None and pick.value is not None:
                act(pick)
            elif left is not None:
                left()

        self.screen.app.push_screen(window, closed)

    def _palette(self, typed: str = "") -> None:
        def act(pick: PickerRow) -> None:
            assert isinstance(pick.value, tuple)
            command, argument = pick.value
            if BY_ID[command].completion is Completion.FILE and argument.endswith("/"):
                self._palette(f"{BY_ID[command].typed} {argument}")  # what is in the folder
            else:
                self.run(command, argument)

        self._open(palette_window(opened(self.screen), typed), act)

    def _ask(self, question: Callable[[], T], act: Callable[[T], None]) -> None:
        """Ask for what a window will show; further keys are for the window that then opens."""
        self._listing = True

        def answered(found: T) -> None:
            self._listing = False
            act(found)
            if not self._window:
                self._release()

        def failed(error: ConflictError) -> None:
            self._listing = False
            self.screen.fail(error)
            self._release()

        self.screen.questions.ask("subject", question, answered, failed)

    def _disputes(self) -> None:
        def listed(found: Sequence[DisputeSummary]) -> None:
            self._open(disputes_window(found), lambda pick: self._compare(str(pick.value)))

        self._ask(opened(self.screen).disputes, listed)

    def _datasets(self) -> None:
        def listed(found: Sequence[SetRow]) -> None:
            self._open(
                datasets_window(found), lambda pick: self.run("filter.dataset", str(pick.value))
            )

        self._ask(opened(self.screen).datasets, listed)

    def _help(self) -> None:
        self._open(help_window(self.screen.pane), lambda pick: self.run(str(pick.value)))
