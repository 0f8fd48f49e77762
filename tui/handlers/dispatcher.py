"""The commands of the explore screen, turned into intents for the session."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeVar

from textual.widget import Widget

from store.errors import ConflictError
from store.queries.datasets import SetRow
from store.queries.filters import FilterKind
from tui.commands.registry import (
    BY_FILTER,
    BY_ID,
    COMMANDS,
    PANES,
    VIEWS,
    key_of,
)
from tui.dialogs.pickers import datasets_window, disputes_window
from tui.handlers.annotate import Annotator
from tui.handlers.articles import ArticlesHandler
from tui.handlers.author import AuthorPrompt
from tui.handlers.cases import CasesHandler
from tui.handlers.change_queue import ChangeQueue
from tui.handlers.coding import CodingHandler
from tui.handlers.compare import ComparingScreen
from tui.handlers.dossier import DossierHandler
from tui.handlers.drafts import DraftKeeper
from tui.handlers.edit import EditHandler
from tui.handlers.entities import PAGE, EntityHandler
from tui.handlers.export import ExportHandler
from tui.handlers.figures import FiguresHandler
from tui.handlers.filters import FilterHandler
from tui.handlers.find import FIND, Finder
from tui.handlers.gazetteer import GazetteerHandler
from tui.handlers.history import HistoryHandler
from tui.handlers.import_files import ImportHandler
from tui.handlers.kinship import KinshipHandler
from tui.handlers.leave import LeaveHandler
from tui.handlers.marks import MarksHandler
from tui.handlers.navigate import NavigationHandler
from tui.handlers.palette import PaletteHandler
from tui.handlers.program import ProgramHandler
from tui.handlers.reason_prompt import ReasonPrompt
from tui.handlers.redact import RedactHandler
from tui.handlers.screen_protocol import opened
from tui.handlers.view import ViewHandler
from tui.handlers.windows import Windows
from tui.handlers.withdraw import WithdrawHandler
from tui.messages import KeysAwaited
from tui.session.session import Session
from tui.session.views import DisputeSummary

T = TypeVar("T")

_MOVES = ("move.", "pane.")
"""How the commands begin after which a key is never a letter of a text."""


class Dispatcher:
    """The commands of the explore screen, each a method; `run` is the only way in."""

    def __init__(self, screen: ComparingScreen) -> None:
        self.screen = screen
        self.finder = Finder(screen, lambda words: self.run("filter.words", words))
        self.windows = Windows(screen, self._release)
        self.palette = PaletteHandler(screen, self.windows, self.run)
        self.filters = FilterHandler(screen, self.finder, self.windows, self.palette, self._go)
        self.view = ViewHandler(screen)
        self.navigation = NavigationHandler(
            screen, self._go, self.windows, lambda: self.palette.show("import ")
        )
        self.program = ProgramHandler(screen, self.windows, self.run)
        self.author = AuthorPrompt(screen, self.windows)
        self.changes = ChangeQueue(screen, self.author)
        self.drafts = DraftKeeper(screen)
        self.articles = ArticlesHandler(
            screen, self._go, self.windows, self.finder, self.changes, self.drafts
        )
        self.cases = CasesHandler(screen, self.windows, self._may_go)
        self.coding = CodingHandler(screen, self._go, self.changes, self.windows, self.drafts)
        reasons = ReasonPrompt(screen, self.changes, self.windows, self.drafts)
        self.marks = MarksHandler(screen)
        self.annotator = Annotator(
            screen, self.changes, reasons, self.windows, self.drafts, self.marks
        )
        self.entities = EntityHandler(screen, self.annotator, self.changes, self.windows, self._go)
        self.exports = ExportHandler(screen)
        self.leaving = LeaveHandler(screen, self.annotator, self.windows)
        self.editing = EditHandler(screen, self.annotator, self.changes, self.windows, self.drafts)
        parts = (screen, self.annotator, reasons, self.windows)
        self.withdrawal = WithdrawHandler(*parts)
        self.imports = ImportHandler(screen, self.changes, self.windows, lambda: self._free)
        self.redaction = RedactHandler(*parts, self.changes)
        self.kinship = KinshipHandler(*parts)
        self.history = HistoryHandler(*parts, self._go, self.changes.take_back)
        self.figures = FiguresHandler(screen, self.windows, self._go)
        self._waiting: deque[tuple[str, str]] = deque()
        self._actions: dict[str, Callable[[str], None]] = self._table()

    def _table(self) -> dict[str, Callable[[str], None]]:
        actions: dict[str, Callable[[str], None]] = {
            **self.annotator.actions(),
            **self.marks.actions(),
            **self.figures.actions(),
            **self.history.actions(),
            **self.coding.actions(),
            **self.articles.actions(),
            **self.cases.actions(),
            **self.editing.actions(),
            **self.leaving.actions(),
            **self.entities.actions(),
            **self.filters.actions(),
            **self.program.actions(),
            "author": self.author.change,
            "withdraw": self.withdrawal.withdraw,
            "kinship": self.kinship.find,
            "import": self.imports.bring,
            "export": self.exports.export,
            "gazetteer": GazetteerHandler(self.screen, self.windows).use,
            "dossier": DossierHandler(self.screen, self.annotator).write,
            "redact": self.redaction.redact,
            "undo": lambda _: self.changes.undo(),
            "redo": lambda _: self.changes.redo(),
            "pane.next": lambda _: self._turn(1),
            "pane.previous": lambda _: self._turn(-1),
            "pivot": lambda _: self._follow(),
            "article.next": lambda _: self.navigation.walk(1),
            "article.previous": lambda _: self.navigation.walk(-1),
            "match.next": lambda _: self._match(1),
            "match.previous": lambda _: self._match(-1),
            "compare": self._compare,
            "who": lambda _: self.screen.comparing.show_who(self._go),
            "dispute.next": lambda _: self.screen.comparing.next_dispute(self._go),
            "dispute.case": lambda _: self.screen.comparing.next_in_case(self._go),
            "disputes": lambda _: self._disputes(),
            "datasets": lambda _: self._datasets(),
            "by_origin": lambda _: self.screen.comparing.turn(),
            "back": lambda _: self.navigation.travel(forward=False),
            "forward": lambda _: self.navigation.travel(forward=True),
            "find": lambda _: self.finder.ask(FIND),
            "scope": lambda _: self.view.scope(),
            "zoom": lambda _: self.view.zoom(),
            "narrower": lambda _: self.view.widen(-1),
            "wider": lambda _: self.view.widen(1),
            "theme": self.view.change_theme,
            "palette": self.palette.show,
            "cancel": lambda _: self._cancel(),
            "quit": lambda _: self._quit(),
        }
        for command in COMMANDS:
            if command.id.startswith("move."):
                actions[command.id] = lambda _, id_=command.id: self._move(id_)  # type: ignore[misc]
        for pane in PANES:
            actions[f"pane.{pane}"] = lambda _, to=pane: self._focus(to)  # type: ignore[misc]
        for kind, command in BY_FILTER.items():
            actions[command.id] = lambda text, of=kind: self._filter(of, text)  # type: ignore[misc]
        return actions

    @property
    def handled(self) -> frozenset[str]:
        """The ids of the commands that do something."""
        return frozenset(self._actions)

    @property
    def holding(self) -> bool:
        """True if the meaning of further keys depends on what is awaited."""
        waiting = bool(self._waiting)
        if not self.screen.begun:  # so that `j` does not keep `q` waiting
            waiting = any(not command.startswith(_MOVES) for command, _ in self._waiting)
        return waiting or self.windows.asking or self.finder.opening

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
        self.imports.pressed(command)
        row = BY_ID[command]
        if row.panes and self.screen.pane not in row.panes:
            self.program.elsewhere(row)
            return
        if row.changes_case and self.session is not None and self.session.waits:
            self.windows.ask(
                self.session.start_writing, lambda new: self._started(new, command, argument)
            )
            return
        self._do(command, argument)

    def _started(self, changed: bool, command: str, argument: str) -> None:
        """Run a command after the check whether the case can be written; if not, it says why."""
        if changed:
            self.screen.refresh_all()
        self.screen.retell()
        self._do(command, argument)

    def _do(self, command: str, argument: str) -> None:
        if not argument and self.figures.took(command):
            return
        try:
            self._actions[command](argument)
        except ConflictError as error:
            self.windows.fail(error)

    # moving

    def _move(self, command: str) -> None:
        rows = self.screen.list_of(self.screen.pane)
        if rows is None:
            self.screen.article.move(command)
            self.screen.retell()  # another passage may be under the cursor
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
            screen.retell()
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

    def filter_clicked(self, number: int | None, *, dropping: bool) -> None:
        """Drop a filter, or list them with the cursor on it."""
        if dropping and number is not None:
            self.filters.drop(number)
        else:
            self.filters.choose(number)

    def _filter(self, kind: FilterKind, text: str) -> None:
        if text:
            self.filters.add(kind, text)
        elif kind is FilterKind.WORDS:
            self.filters.ask_words()
        else:
            self.palette.show(f"{BY_FILTER[kind].typed} ")

    def _follow(self) -> None:
        (self.entities if self.screen.pane == PAGE else self.navigation).follow()

    def _match(self, by: int) -> None:
        if self.screen.pane == "article" and self.coding.selection.active:
            self.coding.walk(by)
            return
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
            self.screen.say("Search ended.")
        elif self.coding.leave():
            pass
        elif self.session is not None and self.session.location.zoomed:
            self.view.zoom()
        elif self.imports.under_way:
            if self.imports.may_leave("cancel", "stops it"):
                self.imports.stop()
        elif self.exports.under_way:
            self.exports.stop()
        else:
            self.screen.say(f"{key_of('back')} goes back, {key_of('quit')} quits.")

    def _may_go(self) -> bool:
        """True if another case may be opened now: an import under way is stopped by it."""
        return self.imports.may_leave("open", "stops it and opens the other case")

    def _quit(self) -> None:
        if self.imports.may_leave("quit", "stops it and quits"):
            self.imports.end()
            self.screen.app.exit()

    # windows

    @property
    def _free(self) -> bool:
        """True if a window may open by itself, because what is typed goes to the panes."""
        screen = self.screen
        free = not self.windows.shown and not self.finder.prompting
        return free and screen.app.screen is screen.screen

    def _disputes(self) -> None:
        def listed(found: Sequence[DisputeSummary]) -> None:
            self.windows.open(disputes_window(found), lambda pick: self._compare(str(pick.value)))

        self.windows.ask(opened(self.screen).disputes, listed)

    def _datasets(self) -> None:
        def listed(found: Sequence[SetRow]) -> None:
            self.windows.open(
                datasets_window(found), lambda pick: self.run("filter.dataset", str(pick.value))
            )

        self.windows.ask(opened(self.screen).datasets, listed)
