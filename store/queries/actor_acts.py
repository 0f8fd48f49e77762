"""The acts and statements of an actor: events that it acts in, whom it backs or lists, its claims.

Its members are included. What a member does and says comes after the member, unless the
actor itself has a part in it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from store.database.checksums import checked
from store.database.read_records import IN_JSON_LIST
from store.model.vocabulary import Kind
from store.queries.compare_groups import CompareGroup
from store.queries.event_sort import STARTS
from store.reader import Reader

MOST = 200
"""The most events gathered of an actor (those of reports first, then by time) or of a source."""


class ActorStatements(NamedTuple):
    """The subjects of the acts and statements of an actor and its members, and the claims' ids.

    The groups are in order: the actor and its subjects, then each member and its subjects.
    `left_off` counts the events beyond `MOST` in which one of them acts.
    """

    groups: Sequence[CompareGroup]
    claims: frozenset[str]
    left_off: int


class _Found(NamedTuple):
    """A claim, its subject, and what it is for the actor: `act`, `stance` or `statement`."""

    claim: str
    subject: str
    kind: str


def acts_of(connection: Reader, groups: Sequence[CompareGroup]) -> ActorStatements:
    """The acts and statements of an actor and its members, given as groups, the actor first."""
    taken = {one.id for one in groups}
    ordered: list[CompareGroup] = []
    claims: set[str] = set()
    left_off = 0
    for one in groups:
        (n,) = connection.execute("SELECT n FROM actors WHERE id = ?", (one.id,)).fetchone()
        events, more = _events(connection, n)
        left_off += more
        found = [
            *_acts(connection, one.id, events),
            *_stances(connection, one.id),
            *_statements(connection, one.id),
        ]
        claims |= {claim for claim, *_ in found}
        kinds: dict[str, str] = {}
        for _, subject, kind in found:
            if subject not in taken:
                kinds.setdefault(subject, kind)
        taken |= kinds.keys()
        of = one.title if one is not groups[0] else ""
        ordered += [one, *_in_order(connection, kinds, of)]
    return ActorStatements(ordered, frozenset(claims), left_off)


def _events(connection: Reader, actor: int) -> tuple[list[int], int]:
    """The numbers of the events in which an actor has a role, and how many more there are."""
    (every,) = connection.execute(
        "SELECT count(DISTINCT event) FROM event_actors WHERE actor = ?", (actor,)
    ).fetchone()
    rows = connection.execute(
        f"""SELECT n FROM events WHERE n IN (SELECT event FROM event_actors WHERE actor = ?)
        ORDER BY dataset IS NOT NULL, {STARTS} IS NULL, {STARTS}, n LIMIT {MOST}""",
        (actor,),
    )
    events = [n for (n,) in rows]
    return events, every - len(events)


def _acts(connection: Reader, actor: str, events: Iterable[int]) -> Iterator[_Found]:
    rows = connection.execute(
        f"""SELECT id, subject FROM claims WHERE event {IN_JSON_LIST} AND kind = ?
        AND json_extract(body, '$.value.actor') = ?""",
        (_json(events), Kind.PARTICIPANT.value, actor),
    )
    return (_Found(claim, subject, "act") for claim, subject in rows)


_BY = re.compile(r".+-by-(.+)")
"""A scheme that names one backer or lister, so that each has a slot of its own."""

_BY_ALL = frozenset(("backed-by", "listed-by"))
"""The schemes whose code ends with who backs or lists somebody, after what that is a part of."""


def _stances(connection: Reader, actor: str) -> Iterator[_Found]:
    """The claims that name an actor, by any of its names, as who backs or lists their subject."""
    rows = connection.execute(
        """SELECT value FROM actors, json_each(
            json_insert(coalesce(json_extract(body, '$.aliases'), '[]'), '$[#]', actors.name))
        WHERE actors.id = ?""",
        (actor,),
    )
    names = {_slug(name) for (name,) in rows}
    told = connection.execute(
        f"""SELECT {checked("claims", "id")}, subject, json_extract(body, '$.value.scheme'),
            json_extract(body, '$.value.code')
        FROM claims WHERE event IS NULL AND kind IN (?, ?)""",
        (Kind.SUPPORT.value, Kind.DESIGNATION.value),
    )
    for claim, subject, scheme, code in told:
        by = _BY.fullmatch(scheme)
        named = code.rpartition("/")[2] if scheme in _BY_ALL else by[1] if by else ""
        if named in names:
            yield _Found(claim, subject, "stance")


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower()).strip("-")


_SAID = """
    SELECT claims.id, claims.subject FROM claims JOIN articles ON articles.n = claims.article
    WHERE {} AND coalesce(json_extract(claims.body, '$.chain[#-1]') = :id,
        articles.publisher = :n)"""


def _statements(connection: Reader, actor: str) -> Iterator[_Found]:
    """The claims made on the authority of sources that are the actor or speak for it."""
    sources = connection.execute(
        """SELECT n, id FROM sources WHERE json_extract(body, '$.actor') = :actor
        OR json_extract(body, '$.speaks_for') = :actor ORDER BY n""",
        {"actor": actor},
    ).fetchall()
    of_events = f"claims.event IN (SELECT event FROM event_sources WHERE source = :n LIMIT {MOST})"
    for n, id_ in sources:
        for condition in (of_events, "claims.event IS NULL"):
            rows = connection.execute(_SAID.format(condition), {"n": n, "id": id_})
            yield from (_Found(claim, subject, "statement") for claim, subject in rows)


def _in_order(connection: Reader, kinds: dict[str, str], of: str) -> Iterator[CompareGroup]:
    """A group for each subject: events in the order of time, then actors and places by name."""
    wanted = _json(kinds)
    rows = connection.execute(
        f"""SELECT id, title FROM (
            SELECT id, {checked("events", "title")} AS title, {STARTS} AS day, n, 0 AS at
                FROM events WHERE id {IN_JSON_LIST}
            UNION ALL SELECT id, {checked("actors", "name")}, name, n, 1
                FROM actors WHERE id {IN_JSON_LIST}
            UNION ALL SELECT id, {checked("places", "name")}, name, n, 2
                FROM places WHERE id {IN_JSON_LIST})
        ORDER BY at, day IS NULL, day, n""",
        (wanted, wanted, wanted),
    )
    return (CompareGroup(id_, title, kinds[id_], of) for id_, title in rows)


def _json(values: Iterable[object]) -> str:
    return json.dumps(list(values))
