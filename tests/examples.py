"""Samples of long tests: `make test` tries a part of the examples and cells, `make whole` all."""

import os
import zlib
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")

WHOLE = os.environ.get("CONFLICT_TESTS") == "whole"
"""True under `make whole`, which tries every example and every cell of every matrix."""

SAMPLED = 16
"""The ratio of all examples, or cells of a matrix, to those of a sample."""


def examples(most: int) -> settings:
    """Settings with `most` examples, or a sample of them."""
    return settings(max_examples=most if WHOLE else max(1, most // SAMPLED))


def sample(cells: Sequence[T], of: str) -> Sequence[T]:
    """A sample of the cells of a matrix, never empty; another one for another name in `of`."""
    if WHOLE or not cells:
        return cells
    return cells[zlib.crc32(of.encode()) % min(SAMPLED, len(cells)) :: SAMPLED]


def share(cells: Sequence[T], row: int, of: int) -> Sequence[T]:
    """A share of the cells of a row of a matrix; `of` rows, one after another, share all cells."""
    return cells if WHOLE else cells[row % of :: of]


def sampled(one: str, of: str) -> bool:
    """True if one of very many, by its name, belongs to the sample."""
    return WHOLE or zlib.crc32(f"{of} {one}".encode()) % SAMPLED == 0
