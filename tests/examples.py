"""How many examples the property tests try: a sample in `make test`, all in `make whole`."""

import os

from hypothesis import settings

WHOLE = os.environ.get("CONFLICT_TESTS") == "whole"
"""Said by `make whole`: every example, every cell of every matrix."""

SAMPLED = 5
"""A sample has one example, or one cell of a matrix, of so many."""


def examples(most: int) -> settings:
    """Settings with `most` examples, or a sample of them."""
    return settings(max_examples=most if WHOLE else max(1, most // SAMPLED))
