"""Starts of the program that are forked from a process that has loaded its modules already.

To load them is half of what a start costs, and most tests of a terminal are about what comes
after it. What is forked is a child of the tests, with a session and a terminal of its own, as if
it had been started; `make whole` starts it, as do tests with an environment of their own.
"""

import atexit
import ctypes
import fcntl
import gc
import json
import os
import runpy
import socket
import subprocess
import sys
import termios
import threading
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[1]

LOADED = (
    *("tui.cli.main", "tui.run", "tui.handlers.dispatcher", "tui.session.open_case"),
    *("store.archive", "store.custody.own_copy", "textual.widgets._text_area"),
)
"""Modules that every start loads, before its first frame or right after it."""

_SET_CHILD_SUBREAPER = 36
"""The option of `prctl(2)` by which the orphans of its children become those of a process."""

_LONGEST = 2**20
"""The most bytes of a request."""


def without_ours() -> dict[str, str]:
    """The environment without what is only for the screens that the tests draw themselves."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ("COLUMNS", "LINES", "NO_COLOR") and not name.startswith("TEXTUAL_")
    } | {"PAGER": "cat"}


class Forked(subprocess.Popen[bytes]):
    """A child of this process that another one forked."""

    def __init__(self, pid: int, command: Sequence[str]) -> None:
        self.pid, self.args, self.returncode = pid, command, None
        self.stdin = self.stdout = self.stderr = None
        self._child_created = True
        self._waitpid_lock = threading.Lock()
        self._sigint_wait_secs = 0.25


class Forking:
    """The process with the modules, from which every start is forked."""

    def __init__(self) -> None:
        self._prctl = ctypes.CDLL(None).prctl
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        # its own streams are those of a terminal, too
        self._terminal, slave = os.openpty()
        with theirs, os.fdopen(slave):
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.forked", str(theirs.fileno())],
                cwd=ROOT,
                env=without_ours(),
                pass_fds=[theirs.fileno()],
                stdin=slave,
                stdout=slave,
                stderr=slave,
            )

    def start(
        self, command: Sequence[str], environment: dict[str, str], terminal: str, controlling: bool
    ) -> Forked:
        """Start Python with arguments, `-m` or `-c` before all, on a terminal."""
        asked = json.dumps([command, environment, terminal, controlling]).encode()
        assert len(asked) < _LONGEST
        self._prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        try:
            self._socket.send(asked)
            pid = int(self._socket.recv(100))
            self._socket.recv(100)
        finally:
            self._prctl(_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
        return Forked(pid, command)

    def close(self) -> None:
        """End the process."""
        self._socket.close()
        self._process.wait()
        os.close(self._terminal)


@cache
def forking() -> Forking:
    """The one process of these tests."""
    found = Forking()
    atexit.register(found.close)
    return found


def _serve(asking: socket.socket) -> Callable[[], object] | None:
    """Fork for every request; what to do next: in a fork what was asked for, else nothing."""
    while asked := asking.recv(_LONGEST):
        child = os.fork()
        if child:
            os.waitpid(child, 0)
            asking.send(b"it has no parent any more")
            continue
        child = os.fork()
        if child:
            asking.send(str(child).encode())
            os._exit(0)  # so that its child becomes that of the tests
        asking.close()
        command, environment, terminal, controlling = json.loads(asked)
        os.setsid()
        os.environ.clear()
        os.environ.update(environment)
        _take(terminal, controlling)
        return lambda: _run(*command)
    return None


def _take(path: str, controlling: bool) -> None:
    """Read from a terminal and write to it, and let signals come from it if it is controlling."""
    terminal = os.open(path, os.O_RDWR | os.O_NOCTTY)
    if controlling:
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for number in range(3):
        os.dup2(terminal, number)
    os.close(terminal)


def _run(how: str, what: str, *arguments: str) -> None:
    sys.argv = [how, *arguments]
    if how == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})


if __name__ == "__main__":
    for _name in LOADED:
        import_module(_name)
    assert threading.active_count() == 1, "a fork has one thread only"
    gc.collect()
    gc.freeze()
    if (_work := _serve(socket.socket(fileno=int(sys.argv[1])))) is not None:
        _work()
