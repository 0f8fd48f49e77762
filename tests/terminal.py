"""The program on a pseudo-terminal, with its emulated screen (pyte)."""

import fcntl
import re
import struct
import termios
import time
from collections.abc import Mapping
from pathlib import Path

import pyte

from tests.hostile import pty

_KEYS = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "alt+left": "\x1b[1;3D",
    "alt+right": "\x1b[1;3C",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""The bytes of a key by Textual's name; any other key sends its letter."""

# sequences that pyte would print instead of obeying: strings, and those with a private prefix or
# intermediate byte, except the private modes that it knows
_UNKNOWN = re.compile(
    rb"\x1b[P\]X^_].*?(?:\x1b\\|\x07)"
    rb"|\x1b\[(?:[<-?][0-9:;]*[ -/]*[@-gi-km-~]|[0-9:;]*[ -/]+[@-~])",
    re.DOTALL,
)


GONE = 5.0
"""Seconds within which a window is closed that is told to."""

_REPORTED, _NOT_REPORTED = b"\x1b[?2048h", b"\x1b[?2048l"
"""The program asks for reports of the size in its input, and asks no more."""


def key_bytes(key: str) -> bytes:
    """The bytes that a key sends."""
    return _KEYS.get(key, key).encode()


class SeenTerminal(pty.Terminal):
    """A program with its emulated screen."""

    def __init__(
        self,
        *arguments: str | Path,
        size: tuple[int, int] = (120, 40),
        command: tuple[str, ...] = pty.PROGRAM,
        environment: Mapping[str, str] | None = None,
        controlling: bool = True,
    ) -> None:
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._drawn = 0
        super().__init__(
            *arguments,
            size=size,
            command=command,
            environment=environment,
            controlling=controlling,
        )

    def __enter__(self) -> "SeenTerminal":
        return self

    @property
    def text(self) -> str:
        """The words on the screen, line by line."""
        # each frame is between two marks, so that a half sequence is never drawn
        end = max(self.written.rfind(b"\x1b[?2026l") + 8, self._drawn)
        self._stream.feed(_UNKNOWN.sub(b"", self.written[self._drawn : end]))
        self._drawn = end
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def cells(self) -> list[list[object]]:
        """The cells on the screen, of blanks only the background."""
        assert self.text
        return [
            [
                (cell.bg, cell.reverse) if cell.data == " " else cell
                for cell in map(line.__getitem__, range(self._screen.columns))
            ]
            for line in map(self._screen.buffer.__getitem__, range(self._screen.lines))
        ]

    def overwrite(self) -> None:
        """Let something else write over the screen."""
        assert self.text
        self._stream.feed(b"\x1b[H" + b"x" * self._screen.columns * self._screen.lines)

    def see(self, *wanted: str) -> str:
        """Read until all of these words are on the screen, and return the screen."""
        deadline = time.monotonic() + pty.PATIENCE
        while not all(words in self.text for words in wanted):
            assert self.process.poll() is None, f"ended; its last screen:\n{self.text}"
            assert time.monotonic() < deadline, f"waited in vain for {wanted}:\n{self.text}"
            self._read(0.2)
        return self.text

    def see_gone(self, words: str) -> None:
        """Read until words are not on the screen any more, or for a while if they stay."""
        deadline = time.monotonic() + GONE
        while words in self.text and time.monotonic() < deadline:
            self._read(0.2)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other without waiting."""
        for key in keys:
            self.type(key_bytes(key))
            self._read(0)

    def resize(self, columns: int, lines: int) -> None:
        """Resize the terminal, which signals the program."""
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)
        self._screen.resize(lines, columns)
        if self._reports:
            self._report_size()

    def _read(self, patience: float) -> bool:
        seen = len(self.written)
        found = super()._read(patience)
        if _REPORTED in self.written[max(0, seen - len(_REPORTED) + 1) :] and self._reports:
            self._report_size()  # as a terminal does when it is asked to
        return found

    @property
    def _reports(self) -> bool:
        """True while the program wants to be told of the size, and may not have ended."""
        return self.written.rfind(_REPORTED) > self.written.rfind(_NOT_REPORTED)

    def _report_size(self) -> None:
        self.type(f"\x1b[48;{self._screen.lines};{self._screen.columns};0;0t")
