"""The side of the child: it takes away its own rights, and then reads the file it was given.

A request is a frame with the name of a reader and its arguments. The answer is a
frame for each piece that the reader yields, and one that says how it ended. A reader
is a function of a module named when the child starts; it gets the open file, and
yields bytes, or what JSON can write. It must have imported all that it needs when its
module is imported: afterwards the process can open neither a file nor a socket. The
process starts for each file, so that this module imports little.
"""

import importlib
import json
import os
import resource
import sys
from binascii import b2a_base64
from collections.abc import Callable, Iterable
from functools import partial
from typing import IO, Any

from store.errors import ConflictError

PIECE, RAW, DONE, REFUSED, MEMORY, FAILED = b"PBDRMF"
"""The first byte of a frame: a piece, in JSON or as bytes; and the four ends of an answer."""
HEADER = 5
"""The bytes of a frame before its content: its kind, and its length, the most significant first."""
_FILE = 3
"""The number of the file that is read, after those of input, output and errors."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = ("socket.", "subprocess.", "os.", "shutil.", "ctypes.", "pty.", "webbrowser.")
_ALLOWED = frozenset(("os.listdir", "os.scandir", "os.fwalk", "os.walk"))
"""What the import of modules does."""

Reader = Callable[..., Iterable[Any]]


def main() -> None:
    """Answer requests until there are no more."""
    setup = json.loads(sys.argv[1])
    _limit(setup["memory"], setup["seconds"])
    modules = {name: importlib.import_module(name) for name in setup["readers"]}
    sys.addaudithook(partial(_forbid, setup["native"]))  # libraries load others as they like
    _close_all_but(setup["file"])
    with open(_FILE, "rb", closefd=False) as file:
        while request := _read_frame(sys.stdin.buffer):
            module, function, arguments = json.loads(request)
            _answer(getattr(modules[module], function), file, arguments)


def _limit(memory: int, seconds: int) -> None:
    """Bound the memory in bytes, the processor's time in seconds, and the files written."""
    for kind, soft, most in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CPU, seconds, seconds + 5),
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_DATA, memory, memory),
    ):
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (min(soft, bound), bound))
        except (OSError, ValueError):
            continue  # macOS bounds no memory


def _forbid(native: bool, event: str, arguments: tuple[Any, ...]) -> None:
    """Raise `PermissionError` for whatever a reader has no business to do."""
    if native and event.startswith("ctypes."):
        return
    if event == "open":
        mode, flags = arguments[1:3]
        if (isinstance(mode, str) and set(mode) & set("wax+")) or flags & _WRITES:
            raise PermissionError("a reader writes nothing")
    elif event.startswith(_FORBIDDEN) and event not in _ALLOWED:
        raise PermissionError(f"a reader does no {event}")


def _close_all_but(file: int) -> None:
    """Keep the file that is read, and let no other be opened: nor a socket."""
    os.dup2(file, _FILE)
    os.closerange(_FILE + 1, max(file + 1, 256))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_FILE + 1, _FILE + 1))


def _answer(reader: Reader, file: IO[bytes], arguments: dict[str, Any]) -> None:
    try:
        for piece in reader(file, **arguments):
            if isinstance(piece, bytes):
                _send(RAW, piece)
            else:
                _send(PIECE, _encode(piece))
    except ConflictError as error:
        _send(REFUSED, _encode((error.message, error.hint)))
    except MemoryError:
        _send(MEMORY)
    except BaseException as error:
        _send(FAILED, type(error).__name__.encode())
    else:
        _send(DONE)


def _encode(piece: Any) -> bytes:
    words = json.dumps(piece, ensure_ascii=False, default=_base_64)
    return words.encode("utf-8", "replace")


def _base_64(content: bytes) -> str:
    """Bytes within a piece, as msgspec reads them."""
    return b2a_base64(content, newline=False).decode()


def _send(kind: int, content: bytes = b"") -> None:
    out = sys.stdout.buffer
    out.write(bytes((kind,)) + len(content).to_bytes(HEADER - 1, "big"))
    out.write(content)
    out.flush()


def _read_frame(stream: IO[bytes]) -> bytes:
    """The content of the next frame, empty at the end."""
    header = stream.read(HEADER)
    return stream.read(int.from_bytes(header[1:], "big")) if len(header) == HEADER else b""
