"""Textual's driver for a terminal that may go away, be stopped, or send invalid UTF-8."""

import os
import selectors
import signal
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from types import FrameType
from typing import Any, TextIO

from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.output import silence
from tui.terminal.grid import Grid

ANSWERED = 0.5
"""Seconds after a question to the terminal within which it has answered, if it ever does."""


BACKLOG = 2
"""Pieces of output that wait to be written, of which a frame has three, before one is left out."""


class TerminalGone(Message):
    """Nobody is at the terminal any more: the connection dropped, or its window was closed."""


class TerminalOverwritten(Message):
    """The terminal may show something else now: it was given away, or attached again."""


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
        self.grid = Grid()
        """What the terminal shows."""
        self._ending = False
        self._woken, self._wake = os.pipe()
        """The two ends of what wakes the thread that waits for input."""
        self._stopped = False
        self._asked = self._answered = 0
        """How many modes the terminal was asked for, and how many answers came."""
        self._asked_at = 0.0

    def _get_terminal_size(self) -> tuple[int, int]:
        """The size of the terminal itself: COLUMNS and LINES do not follow when it is resized.

        Of a terminal that says it has no lines this and the console must assume the
        same: with two sizes the screen would be laid out without end.
        """
        with suppress(OSError):
            size = os.get_terminal_size(self.fileno)
            if all(size):
                return size.columns, size.lines
        width, height = self._app.console.size
        return width, height

    @property
    def is_behind(self) -> bool:
        """True if the terminal, or the line to it, takes output more slowly than it comes."""
        writer = self._writer_thread
        return writer is not None and writer._queue.qsize() > BACKLOG

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
        """Pass on what is typed until the program ends or the terminal goes away.

        It wakes up for input alone, and while a lone Esc may still be the start of a key.
        """
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            for one in (self.fileno, self._woken):
                selector.register(one, selectors.EVENT_READ)
            while not self._ending:
                until = parser._timeout_time
                left = None if until is None else max(0.0, until - get_time())
                ready = {key.fd for key, _ in selector.select(left)}
                if self._woken in ready:
                    os.read(self._woken, 1)
                if self.fileno in ready:
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

    def start_application_mode(self) -> None:
        """Take the terminal, whatever it shows."""
        self.grid.forget()
        self._ending = False
        super().start_application_mode()  # type: ignore[no-untyped-call]
        follow = signal.getsignal(signal.SIGWINCH)

        def resized(number: int, frame: FrameType | None) -> None:
            if self._get_terminal_size() == tuple(self._app.size):
                self.send_message(TerminalOverwritten())
            if callable(follow):
                follow(number, frame)

        signal.signal(signal.SIGWINCH, resized)

    def disable_input(self) -> None:
        """End the thread that waits for input."""
        self._ending = True
        os.write(self._wake, b".")
        super().disable_input()

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

    def resume_application_mode(self) -> None:
        """Take the terminal back, and have all of the screen drawn."""
        super().resume_application_mode()
        self.send_message(TerminalOverwritten())

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
