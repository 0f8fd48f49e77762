"""The records of a case, read back from its index as they were put in."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from store.analysis.kinship import kin_of
from store.analysis.relations import Wholes
from store.analysis.sourced_claim import NO_KINSHIPS, KinshipIndex
from store.analysis.speakers import Speaker, Speakers, speakers_of
from store.database.reader import Reader
from store.model.judgements import Kinship
from store.model.records import RECORD_TYPES, AnyRecord, Article, Source, Stamp
from store.model.vocabulary import SourceKind, TextKind

INDEXED = tuple(table for table in RECORD_TYPES if table != "case")
"""The tables of a case whose records the index holds, each after what its records refer to."""

_DECODERS: Mapping[str, msgspec.json.Decoder[AnyRecord]] = {
    table: msgspec.json.Decoder(RECORD_TYPES[table]) for table in INDEXED
}
_AT_ONCE = 500
"""How many records are read before somebody else may ask."""
_FIELDS = msgspec.json.Decoder(dict[str, object])


def decoded(table: str, content: bytes) -> AnyRecord:
    """A record of a table of `INDEXED`, given as JSON, an article with its text in it."""
    return _DECODERS[table].decode(content)


def assembled(table: str, body: str, text: str) -> AnyRecord:
    """A record from the columns that it lies in; only an article has a `text`.

    Raises `ValueError` where it is none of this table.
    """
    return _article(body, text) if table == "articles" else _DECODERS[table].decode(body)


def record(connection: Reader, table: str, id: str) -> AnyRecord | None:
    """The record of a table of `INDEXED` that has this id, None where there is none."""
    return next((found for _, found in numbered(connection, table, "id = ?", id)), None)


def records(connection: Reader) -> Iterator[tuple[str, AnyRecord]]:
    """Every record with its table, in the order of `INDEXED` and in each by number.

    They are read one by one, so that the index must not change meanwhile.
    """
    for table in INDEXED:
        for _, found in numbered(connection, table):
            yield table, found


def bodies(connection: Reader) -> Iterator[tuple[str, list[bytes]]]:
    """Every record as JSON with its table, in the order of `records`, some hundred at a time.

    The index must not change meanwhile, and may be asked between two of them.
    """
    for table in INDEXED:
        last = 0
        while True:
            at_once = f"n IN (SELECT n FROM {table} WHERE n > ? ORDER BY n LIMIT ?)"
            if table == "articles":
                found = [
                    (n, msgspec.json.encode(one))
                    for n, one in numbered(connection, table, at_once, last, _AT_ONCE)
                ]
            else:
                # as a BLOB it comes as the bytes that it is held in
                found = connection.execute(
                    f"SELECT n, CAST(body AS BLOB) FROM {table} WHERE n > ? ORDER BY n LIMIT ?",
                    (last, _AT_ONCE),
                ).fetchall()
            if not found:
                break
            last = found[-1][0]
            yield table, [body for _, body in found]


def read_speakers(connection: Reader) -> dict[str, Speaker]:
    """The sources of which more than the id matters as an origin, by their ids."""
    found = numbered(
        connection,
        "sources",
        "kind NOT IN (?, ?, ?) OR instr(body, '\"speaks_for\"') OR instr(body, '\"actor\"')",
        SourceKind.OUTLET.value,
        SourceKind.WIRE.value,
        SourceKind.PERSON.value,
    )
    return speakers_of(one for _, one in found if isinstance(one, Source))


class _Printed(msgspec.Struct, frozen=True):
    """An article without its words."""

    id: str
    text_kind: TextKind
    publisher: str | None = None
    published: Stamp | None = None
    text_sha256: str | None = None


_printed = msgspec.json.Decoder(_Printed)


def read_kin(connection: Reader, speakers: Speakers | None = None) -> KinshipIndex:
    """What counts as one by the findings of persons; `speakers` where they are known already."""
    findings = [one for _, one in numbered(connection, "kinships") if isinstance(one, Kinship)]
    if not findings:
        return NO_KINSHIPS
    # from the columns: a list as JSON would cut an id at a NUL
    rows = connection.execute(
        "SELECT body FROM articles"
        " WHERE id IN (SELECT about FROM kinships UNION SELECT other FROM kinships)"
    )
    articles = {one.id: one for (body,) in rows for one in (_printed.decode(body),)}
    return kin_of(findings, articles, read_speakers(connection) if speakers is None else speakers)


def last_number(connection: Reader, table: str) -> int:
    """The highest number that a record of the table has or had."""
    (last,) = connection.execute(
        f"SELECT max(coalesce((SELECT max(n) FROM {table}), 0),"
        " coalesce((SELECT max(n) FROM withdrawn WHERE of = ?), 0))",
        (table,),
    ).fetchone()
    return int(last)


LISTED = "IN (SELECT value FROM json_each(?))"
"""The condition that a column holds one of the values of a JSON list."""


def numbered(
    connection: Reader, table: str, condition: str = "1", *parameters: object
) -> Iterator[tuple[int, AnyRecord]]:
    """The records of a table for which a condition of SQL holds, with their numbers, in order."""
    text = "text" if table == "articles" else "''"
    rows = connection.execute(
        f"SELECT n, body, {text} FROM {table} WHERE {condition} ORDER BY n", parameters
    )
    for n, body, words in rows:
        yield n, assembled(table, body, words)


def _article(body: str, text: str) -> Article:
    """An article's text has a column of its own, so that full text search can read it there."""
    fields = _FIELDS.decode(body)
    if fields.get("text_kind") != TextKind.HEADLINE:
        fields["text"] = text
    return msgspec.convert(fields, Article)


def wholes_of(connection: Reader, ids: Iterable[str]) -> Wholes:
    """What each of these actors and places belongs to."""
    found: dict[str, set[str]] = {}
    wanted = msgspec.json.encode(list(ids)).decode()
    for table, closure in (("actors", "actor_within"), ("places", "place_within")):
        for member, whole in connection.execute(
            f"""SELECT member.id, whole.id FROM {table} AS member
            JOIN {closure} ON {closure}.member = member.n
            JOIN {table} AS whole ON whole.n = {closure}.whole
            WHERE member.id IN (SELECT value FROM json_each(?)) AND member.n <> whole.n""",
            (wanted,),
        ):
            found.setdefault(member, set()).add(whole)
    return {member: frozenset(wholes) for member, wholes in found.items()}
