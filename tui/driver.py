"""Textual's driver for a terminal that may go away, be stopped, or send invalid UTF-8."""

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable
from time import monotonic
from typing import Any, TextIO

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.output import silence

POLL = 0.1
"""Seconds after which a lone Esc is known to be one."""

ANSWERED = 0.5
"""Seconds after a question to the terminal within which it has answered, if it ever does."""


class TerminalGone(Message):
    """Nobody is at the terminal any more: the connection dropped, or its window was closed."""


class Output:
    """The stream for the screen, silent once nobody reads it.

    Textual's writer would die of the first error, and the program would then
    wait for it without end.
    """

    def __init__(self, stream: TextIO, gone: Callable[[], None]) -> None:
        self._stream = stream
        self._gone = gone
        self.fileno = stream.fileno

    def write(self, text: str) -> None:
        """Write some text."""
        self._try(lambda: self._stream.write(text))

    def flush(self) -> None:
        """Write what is held back."""
        self._try(self._stream.flush)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except OSError:
            silence(self._stream)
            self._gone()


class TerminalDriver(LinuxDriver):
    """Posts `TerminalGone` when the terminal goes away, and leaves no mode set."""

    def __init__(self, app: App[Any], **how: Any) -> None:
        super().__init__(app, **how)
        assert self._file is not None
        self._file = Output(self._file, self._say_gone)  # type: ignore[assignment]
        self._stopped = False
        self._asked = self._answered = 0
        """How many modes the terminal was asked for, and how many answers came."""
        self._asked_at = 0.0

    def _get_terminal_size(self) -> tuple[int, int]:
        """The size of the terminal, as the console has it.

        Of a terminal that says it has no lines both must assume the same: with
        two sizes the screen would be laid out without end.
        """
        width, height = self._app.console.size
        return width, height

    def write(self, data: str) -> None:
        """Write to the terminal."""
        if asked := data.count("$p"):
            self._asked += asked
            self._asked_at = monotonic()
        super().write(data)

    def _say_gone(self) -> None:
        self.send_message(TerminalGone())

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:
            self._loop.call_soon_threadsafe(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Pass on what is typed until the program ends or the terminal goes away."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(POLL):
                    typed = self._read()
                    if not typed:
                        self._say_gone()
                        return
                    for event in parser.feed(decode(typed)):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def _read(self) -> bytes:
        """The bytes typed; empty at the end of input, which Linux reports as an error."""
        try:
            typed = os.read(self.fileno, 4096)
        except OSError:
            return b""
        self._answered += typed.count(b"$y")
        return typed

    def stop_application_mode(self) -> None:
        """Give the terminal back, after ending the input, which may still set a late mode.

        If the program ends at once, the terminal's answers may still be on their
        way; the shell would take them for typed text.
        """
        self.disable_input()
        self._hear_out()
        super().stop_application_mode()

    def _hear_out(self) -> None:
        """Wait for the answers still to come, `ANSWERED` seconds at most, and drop them."""
        end = self._asked_at + ANSWERED
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while self._answered < self._asked and (left := end - monotonic()) > 0:
                if selector.select(left) and not self._read():
                    return
        self._asked = self._answered

    def _sigtstp_application(self, *_: object) -> None:
        self._stopped = True
        super()._sigtstp_application()

    def _sigcont_application(self, *_: object) -> None:
        # a terminal that hangs up also sends SIGCONT: there is nothing to resume then
        if self._stopped:
            self._stopped = False
            super()._sigcont_application()

    def _disable_mouse_support(self) -> None:
        super()._disable_mouse_support()
        if self._mouse_pixels:
            self.write("\x1b[?1016l")
