"""Records that depend on a record and are withdrawn with it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

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


def resting(connection: Reader, *ids: str) -> Dependents:
    """The records withdrawn with those of these ids, and the events that lose by it but remain.

    All are of one table. Raises `UnknownRecord` where there is none, and `RefusedChange`
    where one cannot be withdrawn because records that do not depend on them name it.
    """
    ones: list[AnyRecord] = []
    numbers: list[int] = []
    table = ""
    for id in ids:
        found = find_record(connection, id)
        if found is None:
            raise UnknownRecord(f"there is no record {id!r} to withdraw", "give its full id")
        table, n = found
        one = record(connection, table, id)
        assert one is not None
        ones.append(one)
        numbers.append(n)
    claims = _claims(connection, ones, numbers)
    parts: tuple[Event, ...] = ()
    passages: list[Passage] = []
    match ones[0]:
        case Judgement() | SavedFilter() | Passage():
            pass
        case Event():
            gone_with = (_listed(numbers), _listed(numbers))
            kept = f"part_of {IN_JSON_LIST} AND n NOT {IN_JSON_LIST}"
            parts = tuple(_events(connection, kept, *gone_with))
            passages = _left_alone(connection, claims)
        case Article():
            _refuse_version_before(connection, ones)
            passages = list(_passages(connection, f"article {IN_JSON_LIST}", _listed(numbers)))
        case Claim():
            passages = _left_alone(connection, claims)
            claims = []
        case _:
            for one, n in zip(ones, numbers, strict=True):
                _refuse_named(connection, table, n, one)
    known = {one.id for one in (*ones, *passages)}
    quoted = [*passages, *(one for one in ones if isinstance(one, Passage))]
    passages += [one for one in _carried(connection, quoted) if one.id not in known]
    gone: list[tuple[str, AnyRecord]] = [
        *((table, one) for one in ones),
        *(("passages", passage) for passage in passages),
        *(("claims", claim) for claim in claims),
    ]
    gone += said_of(connection, [record.id for _, record in gone])
    one_alone = ones[0] if len(ones) == 1 else None
    return Dependents(
        kind=KIND_NAMES[table],
        title=_named(connection, one_alone) if one_alone else "",
        quoted=_quoted(connection, one_alone) if one_alone else "",
        gone=tuple(gone),
        parts=parts,
        bare=_bare(connection, [record.id for of, record in gone if of == "claims"], ids),
        counts=counts_of(gone[len(ones) :]),
        number=len(ones),
    )


def _claims(connection: Reader, ones: Sequence[AnyRecord], numbers: list[int]) -> list[Claim]:
    """The claims that depend on records of one type; for claims, the claims themselves."""
    condition = {
        Event: (f"subject {IN_JSON_LIST}", _listed(one.id for one in ones)),
        Article: (
            f"passage IN (SELECT n FROM passages WHERE article {IN_JSON_LIST})",
            _listed(numbers),
        ),
        Passage: (f"passage {IN_JSON_LIST}", _listed(numbers)),
        Claim: (f"n {IN_JSON_LIST}", _listed(numbers)),
    }.get(type(ones[0]))
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


def _bare(connection: Reader, claims: Iterable[str], ids: Iterable[str]) -> int:
    """The number of other events left without any claim once these claims are gone."""
    (found,) = connection.execute(
        """WITH gone (n, event) AS (SELECT n, event FROM claims
            WHERE id IN (SELECT value FROM json_each(?)) AND event IS NOT NULL)
        SELECT count(*) FROM events WHERE n IN (SELECT event FROM gone)
            AND id NOT IN (SELECT value FROM json_each(?))
            AND NOT EXISTS (SELECT 1 FROM claims WHERE claims.event = events.n
                AND claims.n NOT IN (SELECT n FROM gone))""",
        (_listed(claims), _listed(ids)),
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


def _refuse_version_before(connection: Reader, ones: Sequence[AnyRecord]) -> None:
    """Raise `RefusedChange` where an article that stays is a later version of one of these."""
    ids = _listed(one.id for one in ones)
    found = connection.execute(
        f"""SELECT id, {VERSION_OF} AS before FROM articles
        WHERE {IS_LATER_VERSION} AND before {IN_JSON_LIST} AND id NOT {IN_JSON_LIST} LIMIT 1""",
        (ids, ids),
    ).fetchone()
    if found is not None:
        one = next(one for one in ones if one.id == found[1])
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
    return _in_words(Counter(table for table, _ in gone))


def naming(connection: Reader, id: str) -> str:
    """The number of the actors, places, sources, articles and claims that name a record.

    They are told as `12 claims and 1 source`; empty where none does.
    """
    quoted = msgspec.json.encode(id).decode()
    number: dict[str, int] = {}
    for table in ("claims", "actors", "places", "sources", "articles"):
        (found,) = connection.execute(
            f"SELECT count(*) FROM {table} WHERE id <> ? AND instr(body, ?)", (id, quoted)
        ).fetchone()
        if found:
            number[table] = found
    return _in_words(number)


def _in_words(number: Mapping[str, int]) -> str:
    *before, last = [count_text(number[table], KIND_NAMES[table]) for table in number] or [""]
    return f"{', '.join(before)} and {last}" if before else last


def _listed(ids: Iterable[str] | Iterable[int]) -> str:
    return msgspec.json.encode(list(ids)).decode()
