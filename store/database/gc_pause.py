"""A pause of the cyclic garbage collector while many records are created."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """Switch cyclic garbage collection off within the context.

    Records contain no reference cycles, and searching for them takes two thirds
    of the time of a large parse and a quarter of that of indexing it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
