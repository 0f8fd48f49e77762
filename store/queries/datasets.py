"""The data sets of a case: the records that came from each, and their licences."""

import msgspec

from store.database.checksums import checked
from store.errors import UnknownRecord
from store.model.records import DataSet
from store.model.vocabulary import Flag
from store.reader import Reader

_dataset = msgspec.json.Decoder(DataSet)
_BODY = checked("datasets", "body")
NAMED = f"trim(datasets.name || ' ' || coalesce(json_extract({_BODY}, '$.version'), ''))"
"""A data set with its version, in SQL: `UCDP GED 19.1`."""

OF_ROW = f"""coalesce({NAMED}, ''), coalesce(json_extract(datasets.body, '$.licence'), '')"""
"""The data set of a record and its licence, in SQL; both empty where it is of none."""

BY_MACHINE = f"""coalesce((SELECT min(json_extract({checked("claims", "body")}, '$.read_by')
    IS 'machine')
    FROM passages JOIN claims ON claims.passage = passages.n
    WHERE passages.article = articles.n), 0)"""
"""1 if a machine read every claim in an article, else 0, in SQL."""


class SetRow(msgspec.Struct, frozen=True):
    """One data set of the case, with counts: `rows` are the events that are rows of it.

    `articles` are those known from it, `machine` the rows made by a machine. `flagged`
    are the rows with a flag; `flags` has the count of each, as `low-above-best 30`.
    """

    n: int
    id: str
    name: str
    version: str
    licence: str
    redistributable: bool
    citation: str
    rows: int
    articles: int
    machine: int
    flagged: int
    flags: tuple[str, ...]

    @property
    def label(self) -> str:
        """`UCDP GED 19.1`."""
        return f"{self.name} {self.version}".strip()


def datasets(connection: Reader) -> tuple[SetRow, ...]:
    """Every data set of the case, by name and version."""
    found = connection.execute(
        f"""SELECT n, id, name, coalesce(json_extract({_BODY}, '$.version'), ''),
            coalesce(json_extract(body, '$.licence'), ''), redistributable,
            coalesce(json_extract(body, '$.citation'), ''),
            (SELECT count(*) FROM events WHERE dataset = datasets.n),
            (SELECT count(*) FROM articles WHERE dataset = datasets.n),
            (SELECT count(*) FROM events WHERE dataset = datasets.n AND machine),
            (SELECT count(DISTINCT event) FROM event_flags
                JOIN events ON events.n = event WHERE dataset = datasets.n)
        FROM datasets ORDER BY name, 4, n"""
    ).fetchall()
    flags: dict[int, dict[str, int]] = {}
    for n, flag, number in connection.execute(
        """SELECT dataset, flag, count(*) FROM event_flags JOIN events ON events.n = event
        WHERE dataset IS NOT NULL GROUP BY dataset, flag"""
    ):
        flags.setdefault(n, {})[flag] = number
    return tuple(_set_row(flags.get(n, {}), n, *fields) for n, *fields in found)


def _set_row(
    flags: dict[str, int],
    n: int,
    id_: str,
    name: str,
    version: str,
    licence: str,
    redistributable: int,
    citation: str,
    *figures: int,
) -> SetRow:
    rows, articles, machine, flagged = figures
    return SetRow(
        n=n,
        id=id_,
        name=name,
        version=version,
        licence=licence,
        redistributable=bool(redistributable),
        citation=citation,
        rows=rows,
        articles=articles,
        machine=machine,
        flagged=flagged,
        flags=tuple(f"{flag} {flags[flag]}" for flag in Flag if flag in flags),
    )


class KnownFrom(msgspec.Struct, frozen=True):
    """The data set that an article is known from, with its citation; empty where it is of none.

    `machine` says that a machine read all that is claimed there, `restricted` that the
    data set may not be passed on.
    """

    machine: bool
    dataset: str
    licence: str
    citation: str
    restricted: bool


def known_from(connection: Reader, article: int) -> KnownFrom:
    """The data set that the article with this number is known from; the article must exist."""
    machine, dataset, licence, citation, closed = connection.execute(
        f"""SELECT {BY_MACHINE}, {OF_ROW}, coalesce(json_extract(datasets.body, '$.citation'), ''),
            coalesce(NOT datasets.redistributable, 0)
        FROM articles LEFT JOIN datasets ON datasets.n = articles.dataset WHERE articles.n = ?""",
        (article,),
    ).fetchone()
    return KnownFrom(bool(machine), dataset, licence, citation, bool(closed))


def the_dataset(connection: Reader, words: str) -> SetRow:
    """The one data set that a name, with or without its version, or an id means.

    Raises `UnknownRecord`, naming the candidates, where there is none or where
    there are several.
    """
    wanted = " ".join(words.split()).casefold()
    found = datasets(connection)
    exact = [one for one in found if wanted in (one.id.casefold(), one.label.casefold())]
    near = exact or [one for one in found if wanted and one.label.casefold().startswith(wanted)]
    if len(near) == 1:
        return near[0]
    names = ", ".join(one.label for one in (near or found)[:6])
    if near:
        raise UnknownRecord(f"{words!r} is ambiguous: {names}", "give more of the name")
    there = f"there are {names}" if names else "the case has none"
    raise UnknownRecord(f"no data set is called {words!r}", there)


def closed(connection: Reader) -> dict[str, DataSet]:
    """The records of the data sets that may not be passed on, by their ids."""
    found = connection.execute(f"SELECT {_BODY} FROM datasets WHERE NOT redistributable")
    return {one.id: one for (body,) in found for one in [_dataset.decode(body)]}


def restricted(connection: Reader) -> dict[str, str]:
    """The licences of the data sets that may not be passed on, by name and version."""
    return dict(
        connection.execute(
            f"""SELECT {NAMED}, coalesce(json_extract(body, '$.licence'), '')
            FROM datasets WHERE NOT redistributable"""
        ).fetchall()
    )
