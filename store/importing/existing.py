"""The records of an import that the archive already has."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from store.archive import Archive
from store.database.checksums import checked
from store.database.read_records import numbered, record
from store.importers.record_factory import folded
from store.importing.merged import MergedRecords
from store.model.judgements import JUDGEMENTS
from store.model.log_line import Act
from store.model.records import AnyRecord, Article, Claim, Entity, Event, Passage
from store.queries.referring import ENTITY_TABLES
from store.reader import Reader

R = TypeVar("R")

_encode = msgspec.json.Encoder().encode


def _list(values: Iterable[str]) -> str:
    """Values as a parameter of `json_each`."""
    return _encode(list(values)).decode()


class ExistingEvent(msgspec.Struct, frozen=True):
    """An event in the archive, with the article of its row and all claims about it.

    `passages` are those of that article. `judged` are the ids, among these
    and the claims, on which persons have judged something; `ruled` those that
    they have ruled on against others, or graded for credibility.
    """

    event: Event
    article: Article | None
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    judged: frozenset[str]
    ruled: frozenset[str]


class ExistingRecords:
    """Queries to the archive, each for many records at once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def sources(self) -> Mapping[str, str]:
        """The ids of the sources by their names and aliases, folded; the first of a name counts."""
        return self._archive.ask(_sources)

    def rows(self, dataset: str, ids: Sequence[str]) -> Mapping[str, tuple[str, str]]:
        """The event and the hash of each row of a data set that the archive has, of these ids."""
        return self._archive.ask(_rows, dataset, ids)

    def rows_of(self, dataset: str) -> list[str]:
        """The ids of all rows of a data set that the archive has."""
        return self._archive.ask(_rows_of, dataset)

    def there(self, table: str, ids: Sequence[str]) -> frozenset[str]:
        """The ids, out of these, that a table has."""
        return self._archive.ask(_there, table, ids)

    def withdrawn(self) -> frozenset[str]:
        """The ids of the events that a person withdrew, according to the log.

        Events that went because an import was undone are not among them.
        """
        found: set[str] = set()
        for entry in reversed(self._archive.history()):
            for edit in entry.edits:
                if edit.table == "events":
                    gone = edit.after is None and entry.act is not Act.UNDO
                    (found.add if gone else found.discard)(edit.id)
        return frozenset(found)

    def merged(self, dataset: str) -> MergedRecords:
        """The records that were merged into others, and the rows of a data set among them."""
        return self._archive.ask(_merged, dataset)

    def claims(self, ids: Sequence[str]) -> Mapping[str, Claim]:
        """The claims, out of these, that the archive has, by their ids."""
        return self._archive.ask(_claims, ids)

    def of_event(self, event: str, article: str) -> ExistingEvent:
        """An event that the archive has, with the article of its row."""
        return self._archive.ask(_of_event, event, article)


def _sources(connection: Reader) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for _, source in numbered(connection, "sources"):
        for name in (source.name, *source.aliases):  # type: ignore[union-attr]
            found.setdefault(folded(name), source.id)
    return found


def _rows(connection: Reader, dataset: str, ids: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    rows = connection.execute(
        f"""SELECT events."row", events.id,
            json_extract({checked("events", "body")}, '$.row.sha256')
        FROM events JOIN datasets ON datasets.n = events.dataset
        WHERE datasets.id = ? AND events."row" IN (SELECT value FROM json_each(?))""",
        (dataset, _list(ids)),
    )
    return {row: (event, sha256) for row, event, sha256 in rows}


def _rows_of(connection: Reader, dataset: str) -> list[str]:
    rows = connection.execute(
        """SELECT events."row" FROM events JOIN datasets ON datasets.n = events.dataset
        WHERE datasets.id = ? ORDER BY events.n""",
        (dataset,),
    )
    return [row for (row,) in rows]


def _merged(connection: Reader, dataset: str) -> MergedRecords:
    ids: dict[str, str] = {}
    rows: dict[str, tuple[str, str]] = {}
    for table in ENTITY_TABLES:
        for _, one in numbered(connection, table, "instr(body, '\"merged\"')"):
            assert isinstance(one, Entity)
            gone = set(one.merged) - _there(connection, table, one.merged)
            ids |= dict.fromkeys(gone, one.id)
            if isinstance(one, Event):
                rows |= {
                    row.row: (one.id, row.sha256)
                    for row in one.merged_rows
                    if row.dataset == dataset
                }
    return MergedRecords(ids, rows)


def _there(connection: Reader, table: str, ids: Sequence[str]) -> frozenset[str]:
    rows = connection.execute(
        f"SELECT id FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (_list(ids),)
    )
    return frozenset(id for (id,) in rows)


def _claims(connection: Reader, ids: Sequence[str]) -> Mapping[str, Claim]:
    found = numbered(connection, "claims", "id IN (SELECT value FROM json_each(?))", _list(ids))
    return {one.id: one for _, one in found if isinstance(one, Claim)}


def _of_event(connection: Reader, event: str, article: str) -> ExistingEvent:
    was = record(connection, "events", event)
    assert isinstance(was, Event)
    text = record(connection, "articles", article)
    passages = [
        one
        for _, one in numbered(
            connection, "passages", "article = (SELECT n FROM articles WHERE id = ?)", article
        )
    ]
    claims = [one for _, one in numbered(connection, "claims", "subject = ?", event)]
    ids = _list([article, *(one.id for one in (*passages, *claims))])
    judged: set[str] = set()
    ruled: set[str] = set()
    for table in JUDGEMENTS:
        for column in ("about", "other"):
            found = connection.execute(
                f"SELECT {column} FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))",
                (ids,),
            )
            about = {id for (id,) in found}
            judged |= about
            if table in ("rulings", "grades"):
                ruled |= about
    return ExistingEvent(
        event=was,
        article=text if isinstance(text, Article) else None,
        passages=_only(Passage, passages),
        claims=_only(Claim, claims),
        judged=frozenset(judged),
        ruled=frozenset(ruled),
    )


def _only(kind: type[R], records: Iterable[AnyRecord]) -> tuple[R, ...]:
    return tuple(one for one in records if isinstance(one, kind))
