"""Reading of records from an index, exactly as they were inserted."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from store.analysis.kinship import kin_of
from store.analysis.relations import Wholes
from store.analysis.sourced_claim import NO_KINSHIPS, KinshipIndex
from store.analysis.speakers import Speaker, Speakers, speakers_of
from store.analysis.toll_figures import Verdicts, verdicts_of
from store.database.checksums import checked
from store.database.kept_while_unchanged import kept
from store.model.judgements import Grade, Kinship, Ruling
from store.model.records import RECORD_TYPES, AnyRecord, Article, Source, Stamp
from store.model.vocabulary import SourceKind, TextKind
from store.reader import Reader

INDEXED = tuple(table for table in RECORD_TYPES if table != "case")
"""The tables of a case that the index holds, each after those that its records refer to."""

_DECODERS: Mapping[str, msgspec.json.Decoder[AnyRecord]] = {
    table: msgspec.json.Decoder(RECORD_TYPES[table]) for table in INDEXED
}
Numbered = tuple[int, AnyRecord]
"""A record with its number."""

_BATCH = 500
"""The number of records that are read before another query may run."""
_FIELDS = msgspec.json.Decoder(dict[str, object])


def decode_record(table: str, content: bytes) -> AnyRecord:
    """Decode a record of a table of `INDEXED` from JSON; an article includes its text."""
    return _DECODERS[table].decode(content)


def decode_row(table: str, body: str, text: str) -> AnyRecord:
    """Decode a record from its columns; `text` is that of an article.

    Raises `ValueError` where it is not a record of this table.
    """
    return _article(body, text) if table == "articles" else _DECODERS[table].decode(body)


def record(connection: Reader, table: str, id: str) -> AnyRecord | None:
    """The record of a table of `INDEXED` that has this id, None where there is none."""
    return next((found for _, found in numbered(connection, table, "id = ?", id)), None)


def records(connection: Reader) -> Iterator[tuple[str, AnyRecord]]:
    """Every record with its table, in the order of `INDEXED`, then by number.

    They are read one by one, so the index must not change meanwhile.
    """
    for table in INDEXED:
        for _, found in numbered(connection, table):
            yield table, found


def bodies(connection: Reader) -> Iterator[tuple[str, list[bytes]]]:
    """Every record as JSON with its table, in the order of `records`, in batches.

    The index must not change meanwhile; queries may run between two batches.
    """
    for table in INDEXED:
        last = 0
        while True:
            at_once = f"n IN (SELECT n FROM {table} WHERE n > ? ORDER BY n LIMIT ?)"
            if table == "articles":
                found = [
                    (n, msgspec.json.encode(one))
                    for n, one in numbered(connection, table, at_once, last, _BATCH)
                ]
            else:
                # as a BLOB the JSON is returned as bytes, without decoding
                body = checked(table, "body")
                found = connection.execute(
                    f"SELECT n, CAST({body} AS BLOB) FROM {table} WHERE n > ? ORDER BY n LIMIT ?",
                    (last, _BATCH),
                ).fetchall()
            if not found:
                break
            last = found[-1][0]
            yield table, [body for _, body in found]


def read_speakers(connection: Reader) -> dict[str, Speaker]:
    """The sources that are or speak for an actor, or are of a special kind, by their ids."""
    found = numbered(
        connection,
        "sources",
        "kind NOT IN (?, ?, ?, ?) OR instr(body, '\"speaks_for\"') OR instr(body, '\"actor\"')",
        SourceKind.OUTLET.value,
        SourceKind.WIRE.value,
        SourceKind.PERSON.value,
        SourceKind.UNKNOWN.value,
    )
    return speakers_of(one for _, one in found if isinstance(one, Source))


class ArticleHead(msgspec.Struct, frozen=True):
    """An article without its text and title."""

    id: str
    text_kind: TextKind
    publisher: str | None = None
    published: Stamp | None = None
    text_sha256: str | None = None
    version_of: str | None = None


_HEADS = msgspec.json.Decoder(ArticleHead)


def decode_head(body: str) -> ArticleHead:
    """Decode an article without its text and title. Raises `ValueError`."""
    return _HEADS.decode(body)


VERSION_OF = "json_extract(body, '$.version_of')"
IS_LATER_VERSION = """instr(body, '"version_of":')"""
"""SQL for the id of the version before of an article, and the condition that there is one."""


def later_versions(connection: Reader) -> list[ArticleHead]:
    """The articles that are later versions of others, in the order in which they came."""
    rows = connection.execute(
        f"SELECT {checked('articles', 'body')} FROM articles WHERE {IS_LATER_VERSION} ORDER BY n"
    )
    return [decode_head(body) for (body,) in rows]  # SQL would cut an id in JSON at a NUL


def read_kin(connection: Reader, speakers: Speakers | None = None) -> KinshipIndex:
    """The versions of articles, and the kinship rulings of persons, as an index.

    `speakers` are given where they are read already.
    """
    findings = [one for _, one in numbered(connection, "kinships") if isinstance(one, Kinship)]
    later = later_versions(connection)
    if not findings and not later:
        return NO_KINSHIPS
    # from the columns: a list as JSON would cut an id at a NUL
    rows = connection.execute(
        f"SELECT {checked('articles', 'body')} FROM articles"
        " WHERE id IN (SELECT about FROM kinships UNION SELECT other FROM kinships)"
    ).fetchall()
    earlier = {one.id: one.version_of for one in later if one.version_of}
    for before in set(earlier.values()) - {one.id for one in later}:
        rows += connection.execute(
            f"SELECT {checked('articles', 'body')} FROM articles WHERE id = ?", (before,)
        ).fetchall()
    articles = {one.id: one for one in (*later, *(decode_head(body) for (body,) in rows))}
    if speakers is None:
        speakers = read_speakers(connection)
    return kin_of(findings, articles, speakers, earlier)


def kept_kin(connection: Reader) -> KinshipIndex:
    """The same as `read_kin`, read once for all questions until the case changes."""
    return kept(connection, read_kin)


def read_verdicts(connection: Reader) -> Verdicts:
    """The claims that persons have confirmed or set aside."""
    judged = [one for table in ("grades", "rulings") for _, one in numbered(connection, table)]
    return verdicts_of(one for one in judged if isinstance(one, Grade | Ruling))


def last_number(connection: Reader, table: str) -> int:
    """The highest number that a record of the table has or had."""
    (last,) = connection.execute(
        f"SELECT max(coalesce((SELECT max(n) FROM {table}), 0),"
        " coalesce((SELECT max(n) FROM withdrawn WHERE of = ?), 0))",
        (table,),
    ).fetchone()
    return int(last)


IN_JSON_LIST = "IN (SELECT value FROM json_each(?))"
"""The condition that a column holds one of the values of a JSON list."""


_PART = 500
"""The number of ids that one query is given."""


def by_parts(connection: Reader, sql: str, ids: Iterable[str]) -> Iterator[Any]:
    """The rows that a query gives for ids, of which it is asked a part at a time.

    In place of `{}` comes the condition that a column holds one of a part. A list as JSON
    would cut an id at a NUL.
    """
    waiting = list(ids)
    for first in range(0, len(waiting), _PART):
        part = waiting[first : first + _PART]
        yield from connection.execute(sql.format(f"IN ({', '.join('?' * len(part))})"), part)


def numbered_by_id(connection: Reader, table: str, ids: Iterable[str]) -> Iterator[Numbered]:
    """The records of a table with these ids, as `numbered` reads them, in no certain order."""
    text = "text" if table == "articles" else "''"
    sql = f"SELECT n, {checked(table, 'body')}, {text} FROM {table} WHERE id {{}}"
    for n, body, words in by_parts(connection, sql, ids):
        yield n, decode_row(table, body, words)


def numbered(
    connection: Reader, table: str, condition: str = "1", *parameters: object
) -> Iterator[Numbered]:
    """The records of a table for which an SQL condition holds, with their numbers, in order.

    Fails where one is not as it was written.
    """
    text = "text" if table == "articles" else "''"
    body = checked(table, "body")
    rows = connection.execute(
        f"SELECT n, {body}, {text} FROM {table} WHERE {condition} ORDER BY n", parameters
    )
    for n, body, words in rows:
        yield n, decode_row(table, body, words)


def _article(body: str, text: str) -> Article:
    """Decode an article; its text has its own column, where full-text search reads it."""
    fields = _FIELDS.decode(body)
    if fields.get("text_kind") != TextKind.HEADLINE:
        fields["text"] = text
    return msgspec.convert(fields, Article)


def wholes_of(connection: Reader, ids: Iterable[str]) -> Wholes:
    """The ids of everything that each of these actors and places belongs to."""
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
