"""The data sets of a case: what came from which, and what may not be passed on."""

import msgspec

from store.errors import UnknownRecord
from store.model.records import DataSet
from store.model.vocabulary import Flag
from store.reader import Reader

_dataset = msgspec.json.Decoder(DataSet)
NAMED = "trim(datasets.name || ' ' || coalesce(json_extract(datasets.body, '$.version'), ''))"
"""A data set with its version, in SQL: `UCDP GED 19.1`."""

OF_ROW = f"""coalesce({NAMED}, ''), coalesce(json_extract(datasets.body, '$.licence'), '')"""
"""The data set of a record and its licence, in SQL; both empty where it is of none."""

BY_MACHINE = """coalesce((SELECT min(json_extract(claims.body, '$.read_by') IS 'machine')
    FROM passages JOIN claims ON claims.passage = passages.n
    WHERE passages.article = articles.n), 0)"""
"""Whether all that is claimed in an article was read by a machine, in SQL."""


class SetRow(msgspec.Struct, frozen=True):
    """One data set of the case, and what came from it: `rows` are events that are rows of it.

    `articles` are those that are known from it. `flagged` are the rows with a
    flag, and `flags` how many have each, as `low-above-best 30`.
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
        """SELECT n, id, name, coalesce(json_extract(body, '$.version'), ''),
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
    """What an article is known from, empty where it is of no data set, and how to cite that.

    `machine` says that a machine read all that is claimed there.
    """

    machine: bool
    dataset: str
    licence: str
    citation: str
    restricted: bool


def known_from(connection: Reader, article: int) -> KnownFrom:
    """What the article with this number, which is there, is known from."""
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
        raise UnknownRecord(f"{words!r} can be several: {names}", "give more of the name")
    there = f"there are {names}" if names else "the case has none"
    raise UnknownRecord(f"no data set is called {words!r}", there)


def closed(connection: Reader) -> dict[str, DataSet]:
    """The records of the data sets that may not be passed on, by their ids."""
    found = connection.execute("SELECT body FROM datasets WHERE NOT redistributable")
    return {one.id: one for (body,) in found for one in [_dataset.decode(body)]}


def restricted(connection: Reader) -> dict[str, str]:
    """The licences of the data sets that may not be passed on, by name and version."""
    return dict(
        connection.execute(
            f"""SELECT {NAMED}, coalesce(json_extract(body, '$.licence'), '')
            FROM datasets WHERE NOT redistributable"""
        ).fetchall()
    )
