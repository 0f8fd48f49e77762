"""A process that reads one file from outside, for a caller that trusts neither.

    process = ReaderProcess("a.xlsx", open_it)
    for piece in process.ask("store.importers.readers.workbook", "sheets"):
        ...
    process.end()

Memory, time and files are bounded (`Limits`), and the process can open neither file
nor socket once its readers are imported; `child` has its side. Whatever happens to
it is a `UsageError` on one line that names the file. macOS does not bound memory.
"""

import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec

from store.errors import UnfitFile, UnfitMachine, UsageError
from store.sandbox.child import DONE, HEADER, MEMORY, PIECE, RAW, REFUSED

Answer = Generator[Any, None, None]
"""The pieces of an answer; to close it before its end ends the process."""
MAX_PIECE = 64 * 1024 * 1024
"""The most bytes of one piece of an answer."""
_CHUNK = 256 * 1024
_BOOT = (
    "import sys; sys.path += sys.argv.pop(1).split('\\n');"
    " from store.sandbox.child import main; main()"
)
_ENVIRONMENT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""What Python itself may need to start."""


class Limits(NamedTuple):
    """The limits of a process: memory in bytes, seconds of the processor, seconds of silence.

    A `native` reader calls a library that is no module of Python.
    """

    memory: int = 2 * 1024**3
    seconds: int = 900
    silence: float = 120.0
    native: bool = False


class ReaderProcess:
    """A process with one file, which answers one request after another.

    It starts with the first request, and anew with one for another module. One that was
    left before the end of its answer, or has died, is started anew by the next.
    """

    def __init__(
        self,
        name: str,
        open_file: Callable[[], IO[bytes]],
        limits: Limits | None = None,
        hint: str = "check where the file came from",
    ) -> None:
        """`name` is the file's for a person; `hint` says what to do where it cannot be read.

        `open_file` gives the file, which nobody else must read while an answer is awaited.
        """
        self._name = self._about = name
        self._open = open_file
        self._readers: list[str] = []
        self._limits = limits or Limits()
        self._hint = hint
        self._process: subprocess.Popen[bytes] | None = None
        self._waiting = bytearray()

    def ask(
        self, reader: str, function: str, form: Any = Any, *, about: str = "", **arguments: Any
    ) -> Answer:
        """Yield the pieces of the answer of a function of a module, each of the type `form`.

        `about` is the name of the part of the file that is read, for errors. Raises
        `UsageError` if the file cannot be read, or a piece is of another type.
        """
        decode = msgspec.json.Decoder(form).decode
        self._about = about or self._name
        if reader not in self._readers:
            self.end()
            self._readers.append(reader)
        process = self._process or self._start()
        whole = False
        try:
            self._request(process, msgspec.json.encode((reader, function, arguments)))
            while True:
                kind, content = self._frame(process)
                if kind == RAW and form is bytes:
                    yield content
                    continue
                if kind == PIECE and form is not bytes:
                    try:
                        piece = decode(content)
                    except (msgspec.DecodeError, UnicodeDecodeError):
                        raise self._failed("an answer that is none") from None
                    yield piece
                    continue
                whole = kind in (DONE, REFUSED)
                if kind == DONE:
                    return
                raise self._refusal(kind, content)
        finally:
            if not whole:
                self.end()

    def end(self) -> None:
        """End the process, whatever it does; it may be asked again."""
        process, self._process = self._process, None
        self._waiting.clear()
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream is not None:
                    stream.close()

    def _start(self) -> "subprocess.Popen[bytes]":
        with self._open() as file:
            # not one of the first three, which are those of input, output and errors
            number = fcntl.fcntl(file.fileno(), fcntl.F_DUPFD_CLOEXEC, 3)
        setup = {
            "file": number,
            "readers": self._readers,
            "memory": self._limits.memory,
            "seconds": self._limits.seconds,
            "native": self._limits.native,
        }
        own = str(Path(__file__).resolve().parents[2])
        paths = "\n".join((own, *(os.path.abspath(path) for path in sys.path if path)))  # noqa: PTH100
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-B", "-c", _BOOT, paths, json.dumps(setup)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                pass_fds=(number,),
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
                start_new_session=True,
            )
        except OSError as error:
            raise UnfitMachine(
                f"{self._name}: no process can be started to read it ({error.strerror})",
                "close other programs",
            ) from error
        finally:
            os.close(number)
        return self._process

    def _request(self, process: "subprocess.Popen[bytes]", request: bytes) -> None:
        assert process.stdin is not None
        try:
            process.stdin.write(bytes((PIECE,)) + len(request).to_bytes(HEADER - 1, "big"))
            process.stdin.write(request)
        except OSError:
            raise self._death(process) from None

    def _frame(self, process: "subprocess.Popen[bytes]") -> tuple[int, bytes]:
        self._fill(process, HEADER)
        length = int.from_bytes(self._waiting[1:HEADER], "big")
        if length > MAX_PIECE:
            raise self._failed("an answer that is too large")
        self._fill(process, HEADER + length)
        kind, content = self._waiting[0], bytes(self._waiting[HEADER : HEADER + length])
        del self._waiting[: HEADER + length]
        return kind, content

    def _fill(self, process: "subprocess.Popen[bytes]", many: int) -> None:
        """Wait until so many bytes are there. Raises `UsageError`."""
        if len(self._waiting) >= many:
            return
        assert process.stdout is not None
        number = process.stdout.fileno()
        poll = select.poll()
        poll.register(number, select.POLLIN)
        last = time.monotonic() + self._limits.silence
        while len(self._waiting) < many:
            left = last - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                raise UnfitFile(
                    f"{self._about}: takes too long to read (over {self._limits.silence:g} s)",
                    self._hint,
                )
            chunk = os.read(number, _CHUNK)
            if not chunk:
                raise self._death(process)
            self._waiting += chunk

    def _refusal(self, kind: int, content: bytes) -> UsageError:
        """The error for the end of an answer."""
        if kind == REFUSED:
            message, hint = msgspec.json.decode(content, type=tuple[str, str])
            return UnfitFile(f"{self._about}: {message}", hint)
        if kind == MEMORY:
            return self._too_large()
        return self._failed(content.decode("ascii", "replace")[:60])

    def _failed(self, what: str) -> UsageError:
        return UnfitFile(f"{self._about}: cannot be read, its reader failed ({what})", self._hint)

    def _too_large(self) -> UsageError:
        most = self._limits.memory // 1024**2
        return UnfitFile(f"{self._about}: needs more than {most:,} MB of memory", self._hint)

    def _death(self, process: "subprocess.Popen[bytes]") -> UsageError:
        """The error for a process that ended by itself."""
        assert process.stderr is not None
        os.set_blocking(process.stderr.fileno(), False)
        said = process.stderr.read(4096) or b""
        code = process.wait()
        if b"memory" in said.lower():
            return self._too_large()
        if code == -signal.SIGXCPU:
            return UnfitFile(
                f"{self._about}: takes too long to read (over {self._limits.seconds:,} s"
                " of the processor)",
                self._hint,
            )
        what = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return UnfitFile(f"{self._about}: cannot be read, its reader ended ({what})", self._hint)
