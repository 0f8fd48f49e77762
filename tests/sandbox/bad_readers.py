"""Readers that do what no reader should."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from store.errors import UsageError


def content(file: IO[bytes], times: int = 1) -> Iterator[bytes]:
    """The bytes of the file, some times."""
    for _ in range(times):
        file.seek(0)
        yield file.read()


def words(file: IO[bytes]) -> Iterator[Any]:
    """A text, a number."""
    yield "a text"
    yield 5


def refuses(file: IO[bytes]) -> Iterator[Any]:
    """Nothing: it refuses its file."""
    yield "first"
    raise UsageError("is odd", "mend it")


def eats(file: IO[bytes]) -> Iterator[Any]:
    """As much memory as there is."""
    yield len(bytearray(10**12))


def works(file: IO[bytes]) -> Iterator[Any]:
    """Nothing, with all the time of the processor."""
    number = 0
    while number >= 0:
        number += 1
    yield number


def sleeps(file: IO[bytes]) -> Iterator[Any]:
    """Nothing for a long time."""
    time.sleep(60)
    yield


def kills(file: IO[bytes], number: int) -> Iterator[Any]:
    """A signal to itself."""
    signal.raise_signal(number)
    yield


def floods(file: IO[bytes]) -> Iterator[Any]:
    """A frame that says that it is longer than any may be."""
    os.write(1, b"B\xff\xff\xff\xff")
    time.sleep(60)
    yield


def babbles(file: IO[bytes]) -> Iterator[Any]:
    """Bytes that are no frame."""
    os.write(1, b"P\0\0\0\3{}}")
    yield


def tries(file: IO[bytes], what: str) -> Iterator[str]:
    """The name of the error of an act that is forbidden."""
    path = Path(f"/proc/self/fd/{file.fileno()}")
    acts: dict[str, Callable[[], object]] = {
        "a socket": lambda: socket.socket(),
        "a process": lambda: subprocess.run(["true"]),
        "a shell": lambda: os.system("true"),
        "to write": lambda: Path("/tmp/written").write_bytes(b""),
        "to write lower down": lambda: os.open("/tmp/written", os.O_WRONLY | os.O_CREAT),
        "to delete": lambda: path.unlink(),
        "to read": lambda: Path("/etc/passwd").read_bytes(),
        "to read lower down": lambda: os.open("/etc/passwd", os.O_RDONLY),
        "a lower socket": lambda: os.dup(0),
    }
    try:
        acts[what]()
    except OSError as error:
        yield type(error).__name__
    else:
        yield "done"
