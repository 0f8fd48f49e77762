"""The lines below a headline that credit its paper ("CR Premium Times") and name its author."""

import re
from typing import NamedTuple


class CreditedHeadline(NamedTuple):
    """A headline without the lines below it, and the paper that they credit, empty if none."""

    title: str
    origin: str = ""


_CREDIT = re.compile(r"\s*\n\s*(?P<what>CR|AU)\b[ \t]*\n?[ \t]*(?P<name>[^\n]*)")


def credited(headline: str) -> CreditedHeadline:
    """The title and the credit of a headline as a cell holds it."""
    if "\n" not in headline:
        return CreditedHeadline(headline)
    first = _CREDIT.search(headline)
    if first is None:
        return CreditedHeadline(headline)
    origin = ""
    for found in _CREDIT.finditer(headline):
        if found["what"] == "CR" and not origin:
            origin = found["name"].strip()
    return CreditedHeadline(headline[: first.start()].rstrip(), origin)
