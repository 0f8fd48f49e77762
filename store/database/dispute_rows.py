"""What is at odds in the claims, as rows of the index and figures of its events."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from store.analysis.comparison import Disputed, disputed, lined_up
from store.analysis.readings import ACROSS_PARTS, STALE
from store.analysis.relations import Wholes
from store.analysis.sourced_claim import (
    SEVERAL,
    Slot,
    SourcedClaim,
    code_of,
    happened_of,
    scope_of,
    slot_of,
    statements,
)
from store.analysis.tolls import tolls_fit
from store.database.order_rows import out_of_order
from store.model.values import TOLLS, Coded, Count
from store.model.vocabulary import DEGREES, Kind, Stance, TextKind


class Disputes(NamedTuple):
    """What is at odds in the claims about one subject; the passages are ids."""

    counted: Disputed
    stale_passages: frozenset[str]


NO_DISPUTES = Disputes(Disputed(), frozenset())


def disputes_of(subject: str, told: Sequence[SourcedClaim], wholes: Wholes) -> Disputes:
    """What is at odds in all that is told about a subject; most subjects are looked at briefly.

    `told` holds what is told across its parts, too. The stale passages are the
    ids of those that hold a stale claim.
    """
    kinds: dict[Kind, list[SourcedClaim]] = {}
    for one in told:
        kind = one.claim.kind
        if kind in kinds:
            kinds[kind].append(one)
        else:
            kinds[kind] = [one]
    slots: dict[Slot, list[SourcedClaim]] = {}
    for of in kinds.values():
        if len(of) > 1 and not _at_one(of):
            for one in of:
                slots.setdefault(slot_of(one.claim), []).append(one)
    if not slots:
        return NO_DISPUTES
    happened = happened_of(kinds.get(Kind.DATE, ()))
    found = [
        dispute
        for ones in slots.values()
        if len(ones) > 1
        and len({(code_of(one.claim.value), one.claim.stance, one.claim.scope) for one in ones}) > 1
        for line in lined_up(statements(ones, happened), wholes)
        for dispute in line.disputes(subject, past=False)
    ]
    if not found:
        return NO_DISPUTES
    passages = {one.claim.id: one.claim.passage for one in told}
    stale = {
        passages[statement.claim]
        for dispute in found
        if dispute.read.reading in STALE
        for statement in (dispute.one if dispute.read.first else dispute.other)
    }
    return Disputes(disputed(found), frozenset(stale))


def with_order(found: Disputes, counted: Disputed) -> Disputes:
    """The same with the dates that are out of order with those of other events."""
    together = Disputed(*map(sum, zip(found.counted, counted, strict=True)))
    return found._replace(counted=together)


def _at_one(told: Sequence[SourcedClaim]) -> bool:
    """Whether claims of one kind cannot be at odds, as may be seen at once.

    All assert that something happened, one voice names several at once, or each
    number is of something else.
    """
    first = told[0]
    if first.claim.kind in TOLLS:
        # what a data set counts is compared with nothing
        told = [one for one in told if one.article.text_kind is not TextKind.ROW or one.claim.chain]
        first = told[0] if told else first
        return all(
            one.article.id == first.article.id and one.root == first.root for one in told
        ) and tolls_fit([one.claim for one in told])
    if isinstance(first.claim.value, Count):
        return len({scope_of(one.claim.scope) for one in told}) == len(told)
    several = isinstance(first.claim.value, SEVERAL)
    if isinstance(first.claim.value, Coded) and any(slot_of(o.claim).of in DEGREES for o in told):
        return False  # one voice may name two degrees of one thing
    if not several and first.claim.value is not None:
        return False
    subject, root, article = first.claim.subject, first.root, first.article.id
    return all(
        one.claim.stance is Stance.ASSERTS
        and one.claim.subject == subject
        and (not several or (one.root == root and one.article.id == article))
        for one in told
    )


def with_parts(told: Mapping[str, Sequence[SourcedClaim]]) -> dict[str, Sequence[SourcedClaim]]:
    """All that is told about each subject, and of an event how its parts went."""
    found = dict(told)
    for of in told.values():
        whole = of[0].whole
        across = [one for one in of if one.claim.kind in ACROSS_PARTS] if whole else []
        if across:
            found[whole] = [*found.get(whole, ()), *across]
    return found


def insert_disputes(
    connection: sqlite3.Connection,
    told: Mapping[str, Sequence[SourcedClaim]],
    wholes: Wholes,
    of_event: Callable[[str], Sequence[SourcedClaim]],
) -> None:
    """Insert what is at odds about each subject, given with all that is told about it.

    `of_event` gives what is told about any event by its id. What follows from
    the claims of each event alone is there already.
    """
    found = {subject: disputes_of(subject, of, wholes) for subject, of in told.items()}
    orders = out_of_order(connection, found, of_event)
    for subject, counted in orders.items():
        found[subject] = with_order(found[subject], counted)
    connection.executemany(
        "INSERT INTO disputes VALUES (?, ?, ?, ?, ?)",
        ((subject, *one.counted) for subject, one in found.items() if any(one.counted)),
    )
    connection.executemany(
        "INSERT INTO stale SELECT ?, n FROM passages WHERE id = ?",
        ((subject, passage) for subject, one in found.items() for passage in one.stale_passages),
    )


def delete_disputes(connection: sqlite3.Connection, subjects: Iterable[str]) -> None:
    """Delete what was at odds about these subjects."""
    wanted = json.dumps(list(subjects))
    for table in ("disputes", "stale"):
        connection.execute(
            f"DELETE FROM {table} WHERE subject IN (SELECT value FROM json_each(?))", (wanted,)
        )


def stale_events(connection: sqlite3.Connection, subjects: Iterable[str]) -> set[int]:
    """The numbers of the events that a stale passage of one of these subjects supports."""
    return {
        n
        for (n,) in connection.execute(
            """SELECT event FROM stale JOIN claims ON claims.passage = stale.passage
            WHERE event IS NOT NULL AND stale.subject IN (SELECT value FROM json_each(?))""",
            (json.dumps(list(subjects)),),
        )
    }


_CONTRADICTS = "coalesce((SELECT contradicts FROM disputes WHERE subject = events.id), 0)"
_DIFFERS = "coalesce((SELECT differs FROM disputes WHERE subject = events.id), 0)"
_APART = "coalesce((SELECT apart FROM disputes WHERE subject = events.id), 0)"
_STALE = """coalesce((SELECT stale FROM disputes WHERE subject = events.id), 0)
    + (SELECT count(DISTINCT stale.passage) FROM claims
        JOIN stale ON stale.passage = claims.passage
        WHERE claims.event = events.n AND stale.subject <> events.id)"""
_SET = f"""
    UPDATE events SET contradicts = {_CONTRADICTS}, differs = {_DIFFERS}, stale = {_STALE},
        apart = {_APART}
    WHERE n IN """
UNLIKE_FIGURES = f"""
    contradicts <> {_CONTRADICTS} OR differs <> {_DIFFERS} OR stale <> {_STALE}
    OR apart <> {_APART}"""
"""The condition that the figures of an event are not those that `set_figures` would set."""


def set_figures(connection: sqlite3.Connection, events: Iterable[int]) -> None:
    """Set the figures of these events: their own disputes, and passages that are stale elsewhere.

    An event is stale as often as a passage that supports it tells a state of a
    place too late.
    """
    connection.execute(
        f"{_SET} (SELECT value FROM json_each(?))", (json.dumps(sorted(set(events))),)
    )


def set_all_figures(connection: sqlite3.Connection) -> None:
    """Set the figures of every event that has any."""
    connection.execute(
        f"""{_SET} (
            SELECT n FROM events WHERE id IN (SELECT subject FROM disputes)
            UNION SELECT event FROM claims WHERE passage IN (SELECT passage FROM stale))"""
    )
