"""A program on a pseudo-terminal, with its emulated screen.

The output is recorded with its times of arrival, and only then drawn by the
emulator (pyte). So the emulator, which is slow, never delays the program, and a
frame of many pieces is read as fast as it arrives.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyte

# What pyte would print instead of obeying: strings (DCS, OSC, SOS, PM, APC), and
# control sequences with a private prefix or an intermediate byte, except those
# private modes that it knows (they end in h or l).
_STRINGS = re.compile(rb"\x1b[P\]X^_].*?(?:\x1b\\|\x07)", re.DOTALL)
_PRIVATE = re.compile(rb"\x1b\[(?:[<-?][0-9:;]*[ -/]*[@-gi-km-~]|[0-9:;]*[ -/]+[@-~])")
_WHOLE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[P\]X^_].*?(?:\x1b\\|\x07)|[^\[P\]X^_])", re.DOTALL
)


_TICK = 0.002
"""Seconds that a slow line waits before it looks for a key or for bytes again."""

_AT_REST = 0.5
"""Seconds without a byte after which nothing more comes."""


class Chunk(NamedTuple):
    """The bytes of one read, and its time (seconds of `time.perf_counter`)."""

    at: float
    written: bytes


class Region(NamedTuple):
    """A part of the screen in cells: `left` and `top` inclusive, the others exclusive."""

    left: int
    top: int
    right: int
    bottom: int


class Terminal:
    """A command on a pseudo-terminal of `columns` x `rows` cells, started at `started`.

    `type` and `resident` raise `RuntimeError` where the program has ended.
    """

    def __init__(
        self, command: Sequence[str], columns: int, rows: int, environment: Mapping[str, str]
    ) -> None:
        self.columns, self.rows = columns, rows
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._held = b""
        self._ended = False
        size = struct.pack("HHHH", rows, columns, 0, 0)
        self.started = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            try:
                os.execve(command[0], list(command), dict(environment))
            finally:
                os._exit(127)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def type(self, keys: bytes) -> float:
        """Send keys, and return the time of sending."""
        self._must_run()
        at = time.perf_counter()
        os.write(self._fd, keys)
        return at

    def record(self, quiet: float, limit: float, until: bytes = b"") -> list[Chunk]:
        """Record output until the program is `quiet` for so many seconds, for `limit` at most.

        With `until`, recording stops once these bytes have arrived.
        """
        chunks: list[Chunk] = []
        end = time.perf_counter() + limit
        seen = b""
        while (left := end - time.perf_counter()) > 0 and not self._ended:
            ready, _, _ = select.select([self._fd], [], [], min(quiet, left) if not until else left)
            if not ready:
                break
            try:
                written = os.read(self._fd, 1 << 16)
            except OSError:  # Linux says so when the other side has closed
                written = b""
            if not written:
                self._ended = True
                break
            chunks.append(Chunk(time.perf_counter(), written))
            seen = seen[-len(until) :] + written if until else b""
            if until and until in seen:
                break
        return chunks

    def hold(self, key: bytes, rate: float, seconds: float, line: int) -> tuple[float, int]:
        """Hold a key down over a slow line, and read until nothing more comes.

        The key comes `rate` times a second for so many seconds, and the line takes `line` bytes a
        second: what it does not take waits with the program. Returns the seconds from the last
        key to the last byte, and the number of bytes.
        """
        self._must_run()
        began = last_key = last_byte = time.perf_counter()
        keys = taken = 0
        while not self._ended:
            now = time.perf_counter()
            if keys < rate * seconds and now >= began + keys / rate:
                last_key = self.type(key)
                keys += 1
            elif keys >= rate * seconds and now > max(last_byte, last_key) + _AT_REST:
                break
            room = int((now - began) * line) - taken
            if room > 0 and select.select([self._fd], [], [], _TICK)[0]:
                written = os.read(self._fd, room)
                taken += len(written)
                last_byte = time.perf_counter()
            elif room <= 0:
                time.sleep(_TICK)
        return max(0.0, last_byte - last_key), taken

    def draw(self, chunks: Iterable[Chunk]) -> Iterator[float]:
        """Draw recorded output piece by piece, and yield the time of each piece."""
        for at, written in chunks:
            written = self._held + written
            last = written.rfind(b"\x1b")
            cut = len(written) if last < 0 or _WHOLE.match(written, last) else last
            # a string holds escapes of its own: keep all of it until its end has come
            opened = [found.start() for found in re.finditer(rb"\x1b[P\]X^_]", written[:cut])]
            if opened and not _STRINGS.match(written, opened[-1]):
                cut = opened[-1]
            self._held = written[cut:]
            self._stream.feed(_PRIVATE.sub(b"", _STRINGS.sub(b"", written[:cut])))
            yield at

    def changes(self, chunks: Iterable[Chunk], *regions: Region) -> list[list[float]]:
        """Draw recorded output, and return for each region the times of its changes."""
        found: list[list[float]] = [[] for _ in regions]
        shown = [self._cells(region) for region in regions]
        for at in self.draw(chunks):
            for number, region in enumerate(regions):
                cells = self._cells(region)
                if cells != shown[number]:
                    shown[number] = cells
                    found[number].append(at)
        return found

    def text(self, region: Region | None = None) -> str:
        """The text on the screen, or in a region of it."""
        left, top, right, bottom = region or self.whole
        lines = self.screen.display[top:bottom]
        return "\n".join(line[left:right].rstrip() for line in lines)

    @property
    def whole(self) -> Region:
        """All of the screen."""
        return Region(0, 0, self.columns, self.rows)

    def resident(self) -> float:
        """The program's resident memory in MiB."""
        self._must_run()
        status = Path(f"/proc/{self._pid}/status")
        if not status.exists():  # not Linux
            asked = ("ps", "-o", "rss=", "-p", str(self._pid))
            return int(subprocess.run(asked, capture_output=True, check=True).stdout) / 1024
        fields = dict(line.split(":", 1) for line in status.read_text("ascii").splitlines())
        return int(fields["VmRSS"].split()[0]) / 1024

    def processor(self) -> float | None:
        """The program's CPU time in seconds; None where the system does not report it."""
        self._must_run()
        told = Path(f"/proc/{self._pid}/stat")
        if not told.exists():  # not Linux
            return None
        fields = told.read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wakeups(self) -> int | None:
        """The number of times that its threads have waited; None where the system does not tell."""
        self._must_run()
        told = list(Path(f"/proc/{self._pid}/task").glob("*/status"))
        named = re.compile(r"^voluntary_ctxt_switches:\s+(\d+)", re.MULTILINE)
        return sum(int(named.findall(one.read_text())[0]) for one in told) if told else None

    def close(self) -> None:
        """End the program if it is still running."""
        for wanted in (signal.SIGTERM, signal.SIGKILL):
            end = time.perf_counter() + 3
            os.kill(self._pid, wanted)
            while time.perf_counter() < end:
                self.record(0.02, 0.02)  # a program that cannot write cannot end
                if os.waitpid(self._pid, os.WNOHANG)[0]:
                    os.close(self._fd)
                    return

    def _must_run(self) -> None:
        if self._ended:
            raise RuntimeError(f"the program has ended; its last screen:\n{self.text().rstrip()}")

    def _cells(self, region: Region) -> list[list[Any]]:
        left, top, right, bottom = region
        lines = (self.screen.buffer[row] for row in range(top, bottom))
        return [[line[column] for column in range(left, right)] for line in lines]
