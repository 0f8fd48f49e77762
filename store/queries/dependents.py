"""Records that depend on a record and are withdrawn with it."""

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from store.database.read_records import (
    IN_JSON_LIST,
    IS_LATER_VERSION,
    VERSION_OF,
    numbered,
    record,
)
from store.database.record_lookup import find_record
from store.errors import RefusedChange, UnknownRecord
from store.model.judgements import JUDGEMENTS, Judgement, SavedFilter
from store.model.labels import count_text
from store.model.records import AnyRecord, Article, Claim, Event, Passage
from store.model.withdraw import Dependents
from store.queries.judgements import title
from store.queries.versions import CARRIED_FROM
from store.reader import Reader

KIND_NAMES = {
    "datasets": "data set",
    "actors": "actor",
    "places": "place",
    "sources": "source",
    "articles": "article",
    "passages": "passage",
    "events": "event",
    "claims": "claim",
    "notes": "note",
    "tags": "tag",
    "marks": "mark",
    "grades": "grade",
    "assessments": "assessment",
    "rulings": "ruling",
    "kinships": "finding",
    "filters": "saved filter",
}
"""The name for one record of each table."""

_NAMING = (
    ("claims", "subject = :id"),
    ("articles", "publisher = :n AND :table = 'sources' OR dataset = :n AND :table = 'datasets'"),
    ("events", "dataset = :n AND :table = 'datasets'"),
    *((table, "id <> :id AND instr(body, :quoted)") for table in ("actors", "places", "sources")),
    ("claims", "instr(body, :quoted)"),
)
"""The tables and conditions of records that may name such a record; the quickest first."""


def resting(connection: Reader, id: str) -> Dependents:
    """The records withdrawn with the record of this id, and the events that lose by it but remain.

    Raises `UnknownRecord` where there is none, and `RefusedChange` where it cannot
    be withdrawn because records that do not depend on it name it.
    """
    found = find_record(connection, id)
    if found is None:
        raise UnknownRecord(f"there is no record {id!r} to withdraw", "give its full id")
    table, n = found
    one = record(connection, table, id)
    assert one is not None
    claims = _claims(connection, one, n)
    parts: tuple[Event, ...] = ()
    match one:
        case Judgement() | SavedFilter():
            passages: list[Passage] = []
        case Event():
            parts = tuple(_events(connection, "part_of = ?", n))
            passages = _left_alone(connection, claims)
        case Article():
            _refuse_version_before(connection, one)
            passages = list(_passages(connection, "article = ?", n))
        case Passage():
            passages = []
        case Claim():
            passages = _left_alone(connection, claims)
            claims = []
        case _:
            _refuse_named(connection, table, n, one)
            passages = []
    passages += _carried(connection, [*passages, *([one] if isinstance(one, Passage) else ())])
    gone: list[tuple[str, AnyRecord]] = [
        (table, one),
        *(("passages", passage) for passage in passages),
        *(("claims", claim) for claim in claims),
    ]
    gone += said_of(connection, [record.id for _, record in gone])
    return Dependents(
        kind=KIND_NAMES[table],
        title=_named(connection, one),
        quoted=_quoted(connection, one),
        gone=tuple(gone),
        parts=parts,
        bare=_bare(connection, [record.id for of, record in gone if of == "claims"], id),
        counts=counts_of(gone[1:]),
    )


def _claims(connection: Reader, one: AnyRecord, n: int) -> list[Claim]:
    """The claims that depend on a record; for a claim, the claim itself."""
    condition = {
        Event: ("subject = ?", one.id),
        Article: ("passage IN (SELECT n FROM passages WHERE article = ?)", n),
        Passage: ("passage = ?", n),
        Claim: ("n = ?", n),
    }.get(type(one))
    if condition is None:
        return []
    found = numbered(connection, "claims", *condition)
    return [claim for _, claim in found if isinstance(claim, Claim)]


def _passages(connection: Reader, condition: str, *values: object) -> Iterator[Passage]:
    for _, found in numbered(connection, "passages", condition, *values):
        assert isinstance(found, Passage)
        yield found


def _events(connection: Reader, condition: str, *values: object) -> Iterator[Event]:
    for _, found in numbered(connection, "events", condition, *values):
        assert isinstance(found, Event)
        yield found


def _left_alone(connection: Reader, claims: Iterable[Claim]) -> list[Passage]:
    """The passages of these claims that no other claim quotes."""
    gone = _listed(claim.id for claim in claims)
    return list(
        _passages(
            connection,
            f"""n IN (SELECT passage FROM claims WHERE id {IN_JSON_LIST})
            AND n NOT IN (SELECT passage FROM claims AS others WHERE others.passage = passages.n
                AND others.id NOT {IN_JSON_LIST})""",
            gone,
            gone,
        )
    )


def _carried(connection: Reader, gone: Iterable[Passage]) -> list[Passage]:
    """The passages of later versions that only repeat these passages."""
    return list(
        _passages(
            connection,
            f"""article IN (SELECT n FROM articles WHERE {IS_LATER_VERSION})
            AND {CARRIED_FROM} {IN_JSON_LIST}
            AND NOT EXISTS (SELECT 1 FROM claims WHERE claims.passage = passages.n)""",
            _listed(one.id for one in gone),
        )
    )


def _bare(connection: Reader, claims: Iterable[str], id: str) -> int:
    """The number of other events left without any claim once these claims are gone."""
    (found,) = connection.execute(
        """WITH gone (n, event) AS (SELECT n, event FROM claims
            WHERE id IN (SELECT value FROM json_each(?)) AND event IS NOT NULL)
        SELECT count(*) FROM events WHERE n IN (SELECT event FROM gone) AND id <> ?
            AND NOT EXISTS (SELECT 1 FROM claims WHERE claims.event = events.n
                AND claims.n NOT IN (SELECT n FROM gone))""",
        (_listed(claims), id),
    ).fetchone()
    return int(found)


def said_of(connection: Reader, ids: Iterable[str]) -> list[tuple[str, AnyRecord]]:
    """The judgements of persons on these records, each with its table."""
    wanted = _listed(ids)
    return [
        (table, found)
        for table in JUDGEMENTS
        for _, found in numbered(
            connection,
            table,
            f"about {IN_JSON_LIST} OR other {IN_JSON_LIST}",
            wanted,
            wanted,
        )
    ]


def _refuse_named(connection: Reader, table: str, n: int, one: AnyRecord) -> None:
    """Raise `RefusedChange` where anything names an actor, a place, a source or a data set."""
    asked = {"n": n, "id": one.id, "table": table, "quoted": f'"{one.id}"'}
    for naming, condition in _NAMING:
        found = connection.execute(
            f"SELECT id FROM {naming} WHERE {condition} LIMIT 1", asked
        ).fetchone()
        if found is not None:
            raise RefusedChange(
                f"the {KIND_NAMES[table]} {_named(connection, one)} cannot be withdrawn:"
                f" {KIND_NAMES[naming]} {found[0]} names it",
                "first withdraw the record that names it",
            )


def _refuse_version_before(connection: Reader, one: Article) -> None:
    """Raise `RefusedChange` where another article is a later version of this one."""
    found = connection.execute(
        f"SELECT id FROM articles WHERE {IS_LATER_VERSION} AND {VERSION_OF} = ? LIMIT 1",
        (one.id,),
    ).fetchone()
    if found is not None:
        raise RefusedChange(
            f"the article {_named(connection, one)} cannot be withdrawn:"
            f" {found[0]} is a later version of it",
            "first withdraw the later version",
        )


def _named(connection: Reader, one: AnyRecord) -> str:
    """The name of a record for the log, else its id; for a passage, the title of its article.

    It quotes no text: if the text were redacted, a part of it in the log could not
    be found.
    """
    if isinstance(one, Passage):
        return f"of {title(connection, one.article) or one.article}"
    return title(connection, one.id) or str(getattr(one, "name", "")) or one.id


def _quoted(connection: Reader, one: AnyRecord) -> str:
    """The words of a passage or of a claim's passage, in quotation marks; else empty."""
    if isinstance(one, Claim):
        passage = record(connection, "passages", one.passage)
        assert passage is not None
        return _quoted(connection, passage)
    return f"“{one.exact}”" if isinstance(one, Passage) else ""


def counts_of(gone: Iterable[tuple[str, AnyRecord]]) -> str:
    """`3 passages, 12 claims and 1 note`; empty for no records."""
    number = Counter(table for table, _ in gone)
    *before, last = [count_text(number[table], KIND_NAMES[table]) for table in number] or [""]
    return f"{', '.join(before)} and {last}" if before else last


def _listed(ids: Iterable[str]) -> str:
    return msgspec.json.encode(list(ids)).decode()
