"""Copying pieces of the case, and showing them to other programs."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from store.model.text import one_line
from tui.dialogs.picker import Picker, PickerRow
from tui.handlers.annotate import Annotator
from tui.handlers.compare import ComparingScreen
from tui.handlers.quoted import quoted
from tui.handlers.screen_protocol import opened
from tui.handlers.windows import Windows
from tui.session.clipboard import Copied, copy
from tui.session.settings import state_folder

if TYPE_CHECKING:  # with the forms of citations: imported when something is copied
    from tui.session.pieces import Piece, Place

FILE = "copied.txt"
"""The file in the user's state folder for a text that is too long for a terminal."""


class LeaveHandler:
    """Copies, opens addresses, and starts the pager."""

    def __init__(self, screen: ComparingScreen, annotator: Annotator, windows: Windows) -> None:
        self.screen = screen
        self._annotator = annotator
        self._windows = windows

    def actions(self) -> dict[str, Callable[[str], None]]:
        """The actions of its commands, by command id."""
        return {
            "copy": self.copy,
            "open.address": lambda _: self.open_address(),
            "pager": lambda _: self.read(),
        }

    def copy(self, wanted: str) -> None:
        """Choose what to copy of what the cursor is on; copy at once what is named whole."""
        from tui.session.pieces import pieces

        session, place = opened(self.screen), self._place()

        def open_(found: "Sequence[Piece]") -> None:
            if not found:
                self.screen.say("There is nothing to copy here.")
                return
            exact = [one for one in found if one.name.lower() == wanted.strip().lower()]
            if exact:
                self._copy(exact[0])
                return

            def rows(typed: str) -> Sequence[PickerRow]:
                words = typed.strip().lower()
                return [_row(one) for one in found if words in one.name.lower()]

            window = Picker(
                "Copy", rows, ask="what", typed=wanted.strip(), beside=quoted(self.screen)
            )
            self._windows.open(window, lambda pick: self._copy(pick.value))  # type: ignore[arg-type]

        self._windows.ask(lambda: pieces(session, place), open_)

    def open_address(self) -> None:
        """Open the address of the article in a browser, or show and copy it."""
        from store.exporters.citation import is_web
        from tui.session.pieces import address

        session, place = opened(self.screen), self._place()

        def opened_(url: str) -> None:
            if not is_web(url):
                kind = "no address of the web" if url else "no address"
                self.screen.say(f"This article has {kind}.")
            elif (by := browser(os.environ)) and _started((by, url)):
                self.screen.say(f"Gave the address to {by}.")
            else:
                self._show_address(one_line(url))

        self._windows.ask(lambda: address(session, place), opened_)

    def read(self) -> None:
        """Show the article, or the claims about what the cursor is on, in the pager."""
        from tui.session.pieces import pages

        session, place = opened(self.screen), self._place()

        def shown(text: str) -> None:
            if not text.strip():
                self.screen.say("There is nothing to read here.")
            elif why := page(self.screen.app.suspend, text, os.environ):
                self.screen.say(why)

        self._windows.ask(lambda: pages(session, place), shown)

    def _place(self) -> "Place":
        """The place of the cursor."""
        from tui.session.pieces import Place

        screen, record = self.screen, self._annotator.here()
        article = screen.article
        pair = ("", "")
        passage = ""
        if screen.pane == "compare":
            pair = screen.comparing.pair() or ("", "")
        elif screen.pane == "article":
            mark = article.mark_here()
            passage = mark.id if mark else ""
        elif article.current is not None:
            passage = article.current.id
        view = article.view.id if article.view else ""
        at = record if record.startswith("art_") else view
        row = screen.event.row if screen.event and record == screen.event.row.id else None
        return Place(record, passage if at == view else "", at, pair, row)

    def _copy(self, piece: "Piece") -> None:
        file = state_folder() / FILE

        def copied(done: Copied) -> None:
            driver = self.screen.app._driver
            if done.to_terminal and driver is not None:
                driver.write(done.to_terminal)
            caution = f" It is {piece.caution}." if piece.caution else ""
            self.screen.say(f"Copied {piece.name}: {done.said}.{caution}")

        self._windows.ask(lambda: copy(piece.text, file), copied)

    def _show_address(self, url: str) -> None:
        from tui.session.pieces import Piece

        told = ("No browser can be started here.", url)
        rows = [PickerRow("Copy the address", "", "", Piece("address", url))]
        window = Picker("Address", lambda _: rows, told=told)
        self._windows.open(window, lambda pick: self._copy(pick.value))  # type: ignore[arg-type]


def _row(one: "Piece") -> PickerRow:
    shown = one.text if len(one.text) <= MOST_SHOWN else f"{one.text[:MOST_SHOWN]}…"
    return PickerRow(one.name, one.caution, shown, one)


MOST_SHOWN = 600
"""The characters of a piece that are shown before it is copied."""


def browser(environ: Mapping[str, str]) -> str:
    """The program that opens an address in a browser here; empty where there is none."""
    if sys.platform == "darwin" and not environ.get("SSH_CONNECTION"):
        return "open"
    desktop = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    return "xdg-open" if desktop and shutil.which("xdg-open") else ""


def _started(command: Sequence[str]) -> bool:
    """True if a program was started, by its arguments and no shell, apart from the terminal."""
    try:
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True


def page(
    suspend: Callable[[], AbstractContextManager[object]], text: str, environ: Mapping[str, str]
) -> str:
    """Show a text in the user's pager, and wait for its end; the reason if that fails.

    The pager is started by its arguments and no shell; `less` is kept from starting others.
    """
    try:
        command = shlex.split(environ.get("PAGER") or "less")
    except ValueError:
        return "The variable PAGER cannot be understood: its quotation marks are not closed."
    if not command or shutil.which(command[0]) is None:
        return f"The pager {command[0] if command else ''} is not installed: set PAGER to another."
    settings = {**environ, "LESSSECURE": "1", "LESSHISTFILE": "-", "LESSCHARSET": "utf-8"}
    try:
        with suspend():
            done = subprocess.run(command, input=text.encode(), env=settings, check=False)
    except SuspendNotSupported:
        return "No pager can be started in this terminal."
    return "" if done.returncode == 0 else f"The pager ended with the code {done.returncode}."
