"""The number of examples of property tests: a sample in `make test`, all in `make whole`."""

import os

from hypothesis import settings

WHOLE = os.environ.get("CONFLICT_TESTS") == "whole"
"""True under `make whole`, which tries every example and every cell of every matrix."""

SAMPLED = 5
"""The ratio of all examples, or cells of a matrix, to those of a sample."""


def examples(most: int) -> settings:
    """Settings with `most` examples, or a sample of them."""
    return settings(max_examples=most if WHOLE else max(1, most // SAMPLED))
