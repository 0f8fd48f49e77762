"""A program on a pseudo-terminal: its output as bytes, its input, and its end."""

import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

from tests.examples import WHOLE
from tests.forked import forking, without_ours

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "tui")

FORKS = sys.platform == "linux" and not WHOLE
"""True where a start is forked from a process with the modules (`tests.forked`)."""

PATIENCE = 30.0
"""Seconds after which a program that does not answer has failed."""

QUIET = 0.06
"""Seconds in which a program that has something to draw draws some of it."""

FRAME_ENDS = b"\x1b[?2026l"

_TAKE_TERMINAL = """
import fcntl, os, sys, termios
path, numbers, controlling, *command = sys.argv[1:]
terminal = os.open(path, os.O_RDWR | os.O_NOCTTY)
if controlling == "True":
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
for number in map(int, numbers):
    os.dup2(terminal, number)
os.close(terminal)
os.execv(command[0], command)
"""
"""Takes a terminal, lets signals come from it if it is to be controlling, becomes the program."""

_ANSWERS = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",  # synchronised output: known, off
    b"\x1b[?2048$p": b"\x1b[?2048;2$y",  # resizing in band: the same
}
"""The replies of a modern terminal to queries of its modes."""


class Terminal:
    """A program on a pseudo-terminal; `written` is its output so far."""

    def __init__(
        self,
        *arguments: str | Path,
        size: tuple[int, int] = (120, 40),
        command: tuple[str, ...] = PROGRAM,
        environment: Mapping[str, str] | None = None,
        output: int | None = None,
        controlling: bool = True,
    ) -> None:
        self.written = b""
        self._master, slave = os.openpty()
        columns, lines = size
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.modes_before = termios.tcgetattr(slave)
        self._slave: int | None = slave
        self.process: subprocess.Popen[bytes]
        if FORKS and command[0] == sys.executable and environment is None and output is None:
            asked = [*command[1:], *map(str, arguments)]
            terminal = os.ttyname(slave)
            self.process = forking().start(asked, without_ours(), terminal, controlling)
            return
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-ISc", _TAKE_TERMINAL, os.ttyname(slave)),
                *("012" if output is None else "02", str(controlling)),
                *(*command, *map(str, arguments)),
            ],
            cwd=ROOT,
            env=without_ours() | dict(environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=output if output is not None else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        self.hang_up()

    # what it does

    def read_until(self, done: Callable[[bytes], bool], patience: float = PATIENCE) -> bytes:
        """Read until `done` accepts the output since the call, and return that output."""
        start = len(self.written)
        deadline = time.monotonic() + patience
        while not done(self.written[start:]):
            left = deadline - time.monotonic()
            assert left > 0, f"waited in vain after {self.written[-2000:]!r}"
            if not self._read(min(left, 0.2)) and self.process.poll() is not None:
                assert done(self.written[start:]), f"ended with {self.written[-2000:]!r}"
        return self.written[start:]

    def read_until_seen(self, words: str, patience: float = PATIENCE) -> bytes:
        """Read until the output contains some words, even if sequences interrupt them."""
        wanted = words.encode()
        return self.read_until(lambda found: wanted in SEQUENCE.sub(b"", found), patience)

    def read_a_frame(self, patience: float) -> None:
        """Read until a frame is drawn to its end, or for a moment if nothing is drawn."""
        start, deadline = len(self.written), time.monotonic() + patience
        while FRAME_ENDS not in self.written[start:] and time.monotonic() < deadline:
            self._read(deadline - time.monotonic())

    def read_until_quiet(self) -> None:
        """Read until nothing is written for a moment."""
        while self._read(QUIET):
            pass

    def _read(self, patience: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], patience)
        if not ready:
            return False
        try:
            found = os.read(self._master, 65_536)
        except OSError:  # Linux says so when nobody has the terminal open any more
            return False
        seen = len(self.written)
        self.written += found
        for question, answer in _ANSWERS.items():
            if question in self.written[max(0, seen - len(question) + 1) :]:
                os.write(self._master, answer)
        return bool(found)

    # what is done to it

    def type(self, keys: str | bytes) -> None:
        """Type some keys."""
        os.write(self._master, keys.encode() if isinstance(keys, str) else keys)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal, as a dropped connection does."""
        for descriptor in (self._master, self._slave):
            if descriptor is not None:
                with contextlib.suppress(OSError):
                    os.close(descriptor)
        self._slave = None

    # how it ends

    def ended(self, patience: float = PATIENCE) -> int:
        """The exit status once the program has ended; minus the signal that killed it."""
        deadline = time.monotonic() + patience
        while self.process.poll() is None:
            assert time.monotonic() < deadline, f"still runs after {self.written[-2000:]!r}"
            if self._slave is None or not self._read(0.02):
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(0.02)
        while self._slave is not None and self._read(0):
            pass
        return self.process.returncode

    def waiting(self) -> int:
        """The number of unread bytes of its output."""
        return int.from_bytes(fcntl.ioctl(self._master, termios.FIONREAD, bytes(4)), sys.byteorder)

    @property
    def modes(self) -> list[object]:
        """The modes of the line discipline, as `termios` has them."""
        assert self._slave is not None
        return termios.tcgetattr(self._slave)


SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[ -/]*[0-~])"
)
"""Any escape sequence (ECMA-48), to leave them out where words are looked for."""
