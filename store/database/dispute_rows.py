"""Disputes between claims, as rows of the index and counts of its events."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
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
from store.database.order_rows import ClaimsAbout, out_of_order
from store.model.values import TOLLS, Coded, Count
from store.model.vocabulary import DEGREES, Kind, Stance, TextKind


class Disputes(NamedTuple):
    """The disputes about one subject: their counts, and the ids of stale passages."""

    counted: Disputed
    stale_passages: frozenset[str]


NO_DISPUTES = Disputes(Disputed(), frozenset())


def disputes_of(subject: str, claims: Sequence[SourcedClaim], wholes: Wholes) -> Disputes:
    """Find the disputes between all claims about a subject; most subjects are ruled out quickly.

    `claims` includes the claims that are compared across its sub-events. The
    stale passages are those that hold a stale claim.
    """
    kinds: dict[Kind, list[SourcedClaim]] = {}
    for one in claims:
        kind = one.claim.kind
        if kind in kinds:
            kinds[kind].append(one)
        else:
            kinds[kind] = [one]
    slots: dict[Slot, list[SourcedClaim]] = {}
    for of in kinds.values():
        if len(of) > 1 and not _cannot_conflict(of):
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
    passages = {one.claim.id: one.claim.passage for one in claims}
    stale = {
        passages[statement.claim]
        for dispute in found
        if dispute.read.reading in STALE
        for statement in (dispute.one if dispute.read.first else dispute.other)
    }
    return Disputes(disputed(found), frozenset(stale))


def with_order(found: Disputes, counted: Disputed) -> Disputes:
    """Add the counts of dates that are out of order with those of other events."""
    together = Disputed(*map(sum, zip(found.counted, counted, strict=True)))
    return found._replace(counted=together)


def _cannot_conflict(claims: Sequence[SourcedClaim]) -> bool:
    """Tell if claims of one kind obviously cannot conflict.

    That is so where all assert the occurrence, where one source names several
    values at once, or where each number counts something else.
    """
    first = claims[0]
    if first.claim.kind in TOLLS:
        # the counts of a data set's own row are not compared
        claims = [
            one for one in claims if one.article.text_kind is not TextKind.ROW or one.claim.chain
        ]
        first = claims[0] if claims else first
        return all(
            one.article.id == first.article.id and one.origin == first.origin for one in claims
        ) and tolls_fit([one.claim for one in claims])
    if isinstance(first.claim.value, Count):
        return len({scope_of(one.claim.scope) for one in claims}) == len(claims)
    several = isinstance(first.claim.value, SEVERAL)
    if isinstance(first.claim.value, Coded) and any(slot_of(o.claim).of in DEGREES for o in claims):
        return False  # one source may name two degrees of the same thing
    if not several and first.claim.value is not None:
        return False
    subject, origin, article = first.claim.subject, first.origin, first.article.id
    return all(
        one.claim.stance is Stance.ASSERTS
        and one.claim.subject == subject
        and (not several or (one.origin == origin and one.article.id == article))
        for one in claims
    )


def with_parts(claims: Mapping[str, Sequence[SourcedClaim]]) -> dict[str, Sequence[SourcedClaim]]:
    """Add to the claims about an event those about its sub-events that are compared across it."""
    found = dict(claims)
    for of in claims.values():
        whole = of[0].whole
        across = [one for one in of if one.claim.kind in ACROSS_PARTS] if whole else []
        if across:
            found[whole] = [*found.get(whole, ()), *across]
    return found


def insert_disputes(
    connection: sqlite3.Connection,
    found: dict[str, Disputes],
    claims_about: ClaimsAbout,
) -> None:
    """Insert the disputes of subjects, as `disputes_of` finds them, and those of order.

    The derived rows of the single events must exist already.
    """
    orders = out_of_order(connection, found, claims_about)
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
    """Delete the disputes of these subjects."""
    wanted = [(subject,) for subject in subjects]  # a list as JSON would cut an id at a NUL
    for table in ("disputes", "stale"):
        connection.executemany(f"DELETE FROM {table} WHERE subject = ?", wanted)


def stale_events(connection: sqlite3.Connection, subjects: Iterable[str]) -> set[int]:
    """The numbers of the events that are supported by a stale passage of one of these subjects."""
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
WRONG_DISPUTE_COUNTS = f"""
    contradicts <> {_CONTRADICTS} OR differs <> {_DIFFERS} OR stale <> {_STALE}
    OR apart <> {_APART}"""
"""The condition that an event has other counts than `update_dispute_counts` would set."""


def update_dispute_counts(connection: sqlite3.Connection, events: Iterable[int]) -> None:
    """Update the dispute counts of these events, by their numbers.

    `stale` counts the passages supporting an event that report an outdated state
    of a place, also where they are stale about another subject.
    """
    connection.execute(
        f"{_SET} (SELECT value FROM json_each(?))", (json.dumps(sorted(set(events))),)
    )


def update_all_dispute_counts(connection: sqlite3.Connection) -> None:
    """Update the dispute counts of every event that has disputes or stale passages."""
    connection.execute(
        f"""{_SET} (
            SELECT n FROM events WHERE id IN (SELECT subject FROM disputes)
            UNION SELECT event FROM claims WHERE passage IN (SELECT passage FROM stale))"""
    )
