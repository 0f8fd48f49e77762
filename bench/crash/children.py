"""Child processes that send numbers through a pipe until they end or are killed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple

_CONTEXT = get_context("forkserver")
# so that each starts in some milliseconds
_CONTEXT.set_forkserver_preload(
    [
        *("bench.crash.kills", "bench.crash.articles", "bench.crash.full", "bench.crash.writers"),
        *("bench.crash.screen", "tui.app", "tui.screens.explore"),
    ]
)


class Child(NamedTuple):
    """A child process, and the receiving end of its pipe."""

    process: BaseProcess
    says: Connection

    def rest(self, status: int = 0) -> list[Any]:
        """Wait for the process to end, and return everything unread in its pipe.

        Raises `RuntimeError` where it did not end with this status.
        """
        heard = []
        with suppress(EOFError):
            while True:
                heard.append(self.says.recv())
        self.process.join()
        if self.process.exitcode != status:
            raise RuntimeError(f"a process ended with {self.process.exitcode}, not {status}")
        return heard


@contextmanager
def child(work: Callable[..., None], *args: object) -> Iterator[Child]:
    """Run `work` in a child process with a pipe and arguments; the context ends the process."""
    hears, says = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=work, args=(says, *args), daemon=True)
    process.start()
    says.close()
    try:
        yield Child(process, hears)
    finally:
        process.kill()
        process.join()
        process.close()
        hears.close()
