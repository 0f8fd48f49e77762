"""All statements that a dossier is made of, without those that may not be passed on."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from store.database.checksums import checked
from store.errors import RestrictedRows, UnknownRecord, UsageError
from store.model.records import Claim
from store.queries.compare import Comparison, DisputeRow, Voice
from store.queries.compare_groups import CompareGroup
from store.queries.comparison_data import ComparisonData, compared, compared_events, restated
from store.queries.conflicts import folded
from store.queries.datasets import closed
from store.queries.event_sort import Sort
from store.queries.filters import Filters
from store.queries.records import record_of
from store.queries.timeline import order
from store.reader import Reader

MOST = 2_000
"""The most events of one dossier."""


class LeftOut(NamedTuple):
    """The number of statements of a data set that may not be passed on."""

    dataset: str
    licence: str
    statements: int


class Gathered(NamedTuple):
    """The statements at hand: the places of voices in a comparison, and the pairs at odds.

    `claims` holds the record of every voice, by its place, and `publishers` the id of the
    publisher of each article, by its id, where it is stated. `own` are the ids of the
    subjects that were asked for. `kind` is event, actor, place, dispute or filter.
    """

    kind: str
    title: str
    own: tuple[str, ...]
    comparison: Comparison
    places: tuple[int, ...]
    claims: dict[int, Claim]
    publishers: dict[str, str]
    pairs: tuple[DisputeRow, ...]
    left_out: tuple[LeftOut, ...] = ()

    def voice(self, place: int) -> Voice:
        """The voice at a place."""
        return self.comparison.voices[place]


def about_subject(connection: Reader, subject: str) -> Gathered:
    """Gather what is said about the event, actor or place with this id, and what belongs to it."""
    found, left_out = _passable(connection, compared(connection, subject))
    if not any(one.id == subject for one in found.groups):
        raise _restricted(left_out)
    title = found.groups[0].title
    return _gathered(found.groups[0].kind, title, (subject,), found, left_out)


def about_dispute(connection: Reader, claim: str) -> Gathered:
    """Gather what is said about the thing on which the claim with this id is at odds with others.

    Raises `UnknownRecord` where there is no such claim, or it is at odds with none.
    """
    told = record_of(connection, claim)
    if not isinstance(told, Claim):
        raise UnknownRecord(
            f"no claim has the id {claim!r}",
            "ids of claims are in: conflict-tui contradictions --format json",
        )
    whole = about_subject(connection, told.subject)
    found = whole.comparison
    of = {one.claim: place for place, one in enumerate(found.voices)}.get(claim)
    kept = [one for one in folded(found, whole.pairs) if any(of in places for places in one.values)]
    if not kept:
        raise UnknownRecord(
            f"{claim}: is at odds with no other claim", "see: conflict-tui contradictions"
        )
    pairs = tuple(pair for one in kept for pair in one.pairs)
    lines = {found.voices[place].line for pair in pairs for place in (*pair.one, *pair.other)}
    places = tuple(place for place in whole.places if found.voices[place].line in lines)
    about = found.lines[kept[0].line].label
    return whole._replace(
        kind="dispute", title=f"{whole.title}: {about}", places=places, pairs=pairs
    )


def about_filter(connection: Reader, asked: Filters, words: str) -> Gathered:
    """Gather what is said about the events of a filter.

    Raises `UsageError` where there are none or too many.
    """
    numbers = order(connection, asked, Sort.DATE)
    if not numbers:
        raise UsageError(f"no events match {words}", "see: conflict-tui events")
    if len(numbers) > MOST:
        raise UsageError(
            f"{words} has {len(numbers):,} events; a dossier holds at most {MOST:,}",
            "narrow the filter",
        )
    listed = msgspec.json.encode(list(numbers)).decode()
    title = checked("events", "title")
    titles = {
        n: CompareGroup(id_, named, "event")
        for n, id_, named in connection.execute(
            f"SELECT n, id, {title} FROM events WHERE n IN (SELECT value FROM json_each(?))",
            (listed,),
        )
    }
    groups = [titles[n] for n in numbers]
    found, left_out = _passable(connection, compared_events(connection, groups))
    own = tuple(one.id for one in found.groups)
    return _gathered("filter", f"Events with {words}", own, found, left_out)


def _gathered(
    kind: str, title: str, own: tuple[str, ...], of: ComparisonData, left_out: Sequence[LeftOut]
) -> Gathered:
    found = Comparison(of)
    claims = {one.claim.id: one.claim for one in of.telling.told}
    return Gathered(
        kind=kind,
        title=title,
        own=own,
        comparison=found,
        places=tuple(range(len(found.voices))),
        claims={place: claims[one.claim] for place, one in enumerate(found.voices)},
        publishers={one.id: one.publisher for one in of.telling.articles.values() if one.publisher},
        pairs=found.disputes(past=True),
        left_out=tuple(left_out),
    )


def _passable(connection: Reader, of: ComparisonData) -> tuple[ComparisonData, tuple[LeftOut, ...]]:
    """The statements that may be passed on, and the number of the others by data set.

    Raises `RestrictedRows` where none may be.
    """
    sets = closed(connection)
    if not sets:
        return of, ()
    rows = _rows_of(connection, [one.id for one in of.groups])
    chosen: set[str] = set()
    counts: Counter[str] = Counter()
    for one in of.telling.told:
        article = of.telling.articles[one.article.id]
        known = {article.dataset or "", rows.get(one.claim.subject, "")} & sets.keys()
        if known:
            counts[min(known)] += 1
        else:
            chosen.add(one.claim.id)
    if not counts:
        return of, ()
    left_out = tuple(
        LeftOut(f"{sets[id_].name} {sets[id_].version}".strip(), sets[id_].licence, number)
        for id_, number in sorted(counts.items())
    )
    if not chosen:
        raise _restricted(left_out)
    return restated(connection, of, chosen), left_out


def _restricted(left_out: Sequence[LeftOut]) -> RestrictedRows:
    names = ", ".join(one.dataset for one in left_out)
    return RestrictedRows(
        f"all statements about this are of {names}, which may not be passed on",
        "choose another subject, or look at it on the screen",
    )


def _rows_of(connection: Reader, ids: Sequence[str]) -> dict[str, str]:
    """The id of the data set of which each of these events is a row."""
    return dict(
        connection.execute(
            """SELECT events.id, datasets.id FROM events
            JOIN datasets ON datasets.n = events.dataset
            WHERE events.id IN (SELECT value FROM json_each(?))""",
            (msgspec.json.encode(list(ids)).decode(),),
        ).fetchall()
    )
