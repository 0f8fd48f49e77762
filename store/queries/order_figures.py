"""The numbers of pairs of dates of an event and others that are out of order, by its id."""

from collections.abc import Collection

from store.analysis.sourced_claim import SourcedClaim
from store.database.order_rows import out_of_order, pairs_of
from store.queries.claims import told_about
from store.reader import Reader


def order_figures(connection: Reader, events: Collection[str]) -> dict[str, int]:
    """Count the pairs of dates out of order of each event; events without any are left out."""
    pairs = pairs_of(connection, events) if events else []
    if not pairs:
        return {}
    told: dict[str, list[SourcedClaim]] = {}
    ids = {id_ for pair in pairs for id_ in (pair.subject, pair.other)}
    for one in told_about(connection, ids).told:
        told.setdefault(one.claim.subject, []).append(one)
    found = out_of_order(connection, events, lambda asked: {id: told.get(id, ()) for id in asked})
    return {subject: counted.contradicts for subject, counted in found.items()}
