"""Making a new case, opening another, and writing this one as text, from inside the program."""

from collections.abc import Callable
from pathlib import Path

from store.errors import MissingCase, UnreadableCase
from store.model.case_address import is_address, read_address
from store.model.labels import count_text
from tui.dialogs.picker import Picker, PickerRow
from tui.handlers.screen_protocol import ScreenProtocol, opened
from tui.handlers.windows import Windows
from tui.session.read_original import home
from tui.session.recent_cases import place_of, recent_cases


class CasesHandler:
    """Ends the program with the name of the case to go on with, which `tui.run` opens."""

    def __init__(
        self, screen: ScreenProtocol, windows: Windows, may_leave: Callable[[], bool]
    ) -> None:
        """`may_leave` says whether what is under way may be left."""
        self.screen = screen
        self._windows = windows
        self._may_leave = may_leave

    def actions(self) -> dict[str, Callable[[str], None]]:
        """The actions of its commands, by command id."""
        return {"new": self.new, "open": self.open, "coding": self.write_text}

    def new(self, typed: str) -> None:
        """Make an empty case with the typed name, and open it."""
        if not typed:
            self.screen.say("Name a file: :new war.json, or war.db for a large case.")
            return
        if is_address(typed):
            self._use_server(typed, new=True)
            return
        path = home(Path(typed))

        def make() -> None:
            from tui.session.new_case import make_case  # with TinyDB: imported when one is made

            make_case(path)

        if self._may_leave():
            self._windows.ask(make, lambda _: self._go_on_with(path))

    def open(self, typed: str) -> None:
        """Open the typed case; without a name, choose among the recent ones."""
        if typed:
            if is_address(typed):
                self._use_server(typed, new=False)
            else:
                self._open(home(Path(typed)))
            return

        def listed(found: tuple[Path, ...]) -> None:
            picks = [PickerRow(path.name, place_of(path), str(path), path) for path in found]
            self._windows.open(
                Picker("Open a case", lambda _: picks, empty="No case was opened before."),
                lambda pick: self._open(Path(str(pick.value))),
            )

        self._windows.ask(recent_cases, listed)

    def _use_server(self, typed: str, *, new: bool) -> None:
        """Open a case on a server, which is made first if it is to be `new`."""

        def reach() -> Path:
            from store.custody.server_cases import copy_of, make_on_server  # with TinyDB
            from tui.session.new_case import make_case

            address = read_address(typed)
            if new:
                make_on_server(address, lambda path: make_case(path, address.case))
            return copy_of(address)

        if self._may_leave():
            self._windows.ask(reach, self._go_on_with)

    def write_text(self, typed: str) -> None:
        """Write the case as text into the typed folder, and say what that lacks."""
        if not typed:
            self.screen.say("Name a new folder: :coding FOLDER")
            return
        folder, archive = home(Path(typed)), opened(self.screen).archive

        def write() -> str:
            from store.coding_text.write_folder import write_text  # with TinyDB, as above

            written = write_text(archive, folder)
            lacks = f" It has not {' and '.join(written.lacks)}." if written.lacks else ""
            return f"{folder} has {count_text(sum(written.counts.values()), 'record')}.{lacks}"

        self._windows.ask(write, self.screen.say)

    def _open(self, path: Path) -> None:
        def check() -> None:
            from tui.session.new_case import seems_a_case  # with TinyDB, as above

            if not path.is_file():
                raise MissingCase(f"{path}: there is no such case", "check the name")
            if not seems_a_case(path):
                raise UnreadableCase(f"{path}: is no case", "reports and tables come in by :import")

        if self._may_leave():
            self._windows.ask(check, lambda _: self._go_on_with(path))

    def _go_on_with(self, path: Path) -> None:
        self.screen.go_on_with(path)
