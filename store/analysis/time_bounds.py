"""Bounds, not dates, for when something had happened or a figure was true, if nobody says when.

What a text reports as done was so when the text was published. This puts an event
without a date in its place among others, and is used for nothing else: its date
stays unknown.
"""

from collections.abc import Iterable

from store.analysis.publication_order import DAY
from store.model.records import Claim, Event, Stamp
from store.model.values import COUNT_KINDS
from store.model.vocabulary import Kind, StampBasis


def reported_by(published: Stamp | None) -> str:
    """The day of a text's publication in ISO 8601; empty if that is not known or guessed."""
    if published is None or published.basis is StampBasis.GUESSED:
        return ""
    return published.at[:DAY]


def by_latest(event: Event, edtf: str, reports: Iterable[Stamp | None]) -> str | None:
    """The day of the first report of an event without a date; None if there is no such bound.

    A planned event may be reported long before it happens, and background may be much older.
    """
    if edtf or event.planned or event.background:
        return None
    return min(filter(None, map(reported_by, reports)), default=None)


def figure_by(claim: Claim, published: Stamp | None) -> str:
    """The day by which a figure without an as-of time was true; empty if that is not known."""
    counted = claim.kind in COUNT_KINDS or claim.kind is Kind.DISTANCE
    return reported_by(published) if counted and not claim.as_of else ""
