"""Processes of their own, which say numbers until they end or are killed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple

_CONTEXT = get_context("forkserver")
# so that each starts in some milliseconds
_CONTEXT.set_forkserver_preload(["bench.crash.kills", "bench.crash.full", "bench.crash.writers"])


class Child(NamedTuple):
    """A process, and the end of the pipe through which it says something."""

    process: BaseProcess
    says: Connection

    def rest(self, status: int = 0) -> list[Any]:
        """All that it has said and was not heard yet, once it has ended.

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
    """A process that does some work with a pipe and these; afterwards it has ended."""
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
