"""The index of a gazetteer: an SQLite file of its own, which only its owner can read."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import msgspec

from store.database import disk
from store.database.gc_pause import gc_paused
from store.errors import UnreadableCase, UnwritableOutput
from store.model.gazetteer import GazetteerAbout, GazetteerPlace
from store.model.place_names import name_key, name_keys, sound_key

_APPLICATION = int.from_bytes(b"cGAZ", "big")
_VERSION = 1
_SCHEMA = """
    CREATE TABLE about (body TEXT NOT NULL);
    CREATE TABLE units (code TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE places (n INTEGER PRIMARY KEY, body TEXT NOT NULL);
    CREATE TABLE capitals (country TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE names (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place))
        WITHOUT ROWID;
    CREATE TABLE sounds (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place))
        WITHOUT ROWID;
    CREATE TEMP TABLE unsorted_names (key TEXT, place INTEGER);
    CREATE TEMP TABLE unsorted_sounds (key TEXT, place INTEGER);
"""
_KEYS: Mapping[str, Callable[[str], Iterable[str]]] = {
    "names": name_keys,
    "sounds": lambda name: (sound_key(name),),
}
"""The keys of a name, by the table that has them."""

_CAPITAL = "PPLC"
_BATCH = 20_000
_LAST = "\U0010ffff"
"""A sign after all others, for the end of a range of names that begin alike."""


class FoundPlace(msgspec.Struct, frozen=True):
    """A place of the gazetteer, with the names of its units."""

    n: int
    place: GazetteerPlace


def index_gazetteer(
    path: Path,
    places: Iterable[GazetteerPlace],
    finish: Callable[[int], tuple[GazetteerAbout, Mapping[str, str]]],
) -> GazetteerAbout:
    """Index places in a new file at `path`, in place of an older one once it is complete.

    `finish` is given the number of places, and returns what the gazetteer is and the names of
    its units. Raises `UnwritableOutput`, and what the places raise: then an older one stays.
    """
    new = path.with_name(f"{path.name}.new")
    try:
        disk.make_folder(path.parent)
        disk.unlink(new)
        disk.close(disk.open_file(new, disk.NEW))
        try:
            with closing(_connect(new, "rw")) as connection, gc_paused():
                about = _fill(connection, places, finish)
            disk.rename(new, path)
            disk.flush_folder(path.parent)
        except BaseException:
            disk.unlink(new)
            raise
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise UnwritableOutput(f"{path}: cannot be written ({why})", "check the disk") from error
    return about


def _fill(
    connection: sqlite3.Connection,
    places: Iterable[GazetteerPlace],
    finish: Callable[[int], tuple[GazetteerAbout, Mapping[str, str]]],
) -> GazetteerAbout:
    connection.executescript(
        f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {_VERSION};"
        f" PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA} BEGIN;"
    )
    number = 0
    held: list[tuple[int, GazetteerPlace]] = []
    for number, place in enumerate(places, 1):
        held.append((number, place))
        if len(held) == _BATCH:
            _insert(connection, held)
            held.clear()
    _insert(connection, held)
    for table in _KEYS:  # in order, so that each page is written once
        connection.execute(
            f"INSERT INTO {table} SELECT DISTINCT key, place FROM unsorted_{table} ORDER BY 1, 2"
        )
    about, units = finish(number)
    connection.executemany("INSERT OR REPLACE INTO units VALUES (?, ?)", units.items())
    connection.execute("INSERT INTO about VALUES (?)", (msgspec.json.encode(about).decode(),))
    connection.execute("COMMIT")
    return about


def _insert(connection: sqlite3.Connection, held: list[tuple[int, GazetteerPlace]]) -> None:
    encode = msgspec.json.encode
    connection.executemany(
        "INSERT INTO places VALUES (?, ?)", ((n, encode(place).decode()) for n, place in held)
    )
    connection.executemany(
        "INSERT OR REPLACE INTO capitals VALUES (?, ?)",
        ((place.country, n) for n, place in held if place.feature == _CAPITAL),
    )
    for table, keys_of in _KEYS.items():
        connection.executemany(
            f"INSERT INTO unsorted_{table} VALUES (?, ?)",
            (
                (key, n)
                for n, place in held
                for name in (place.name, *place.names)
                for key in keys_of(name)
                if key
            ),
        )


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}", uri=True, isolation_level=None
    )


class GazetteerIndex:
    """An indexed gazetteer that is open for reading."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._units: dict[str, str] = {}

    def about(self) -> GazetteerAbout:
        """The origin of the gazetteer."""
        (body,) = self._connection.execute("SELECT body FROM about").fetchone()
        return msgspec.json.decode(body, type=GazetteerAbout)

    def named(self, words: str, most: int) -> list[FoundPlace]:
        """The places of this very name, however it is accented and parted."""
        return self._found("SELECT place FROM names WHERE key = ? LIMIT ?", (name_key(words), most))

    def beginning(self, words: str, most: int) -> list[FoundPlace]:
        """The places with a name that begins so, the shortest such names first."""
        key = name_key(words)
        return self._found(
            "SELECT place FROM names WHERE key > ? AND key < ? ORDER BY key LIMIT ?",
            (key, key + _LAST, most),
        )

    def sounding(self, words: str, most: int) -> list[FoundPlace]:
        """The places with a name of the same consonants."""
        return self._found(
            "SELECT place FROM sounds WHERE key = ? LIMIT ?", (sound_key(words), most)
        )

    def capital(self, country: str) -> GazetteerPlace | None:
        """The capital of a country by its code; None where the gazetteer does not say."""
        found = self._found("SELECT place FROM capitals WHERE country = ?", (country,))
        return found[0].place if found else None

    def _found(self, query: str, values: tuple[object, ...]) -> list[FoundPlace]:
        rows = self._connection.execute(
            f"SELECT DISTINCT n, body FROM ({query}) JOIN places ON n = place", values
        ).fetchall()
        places = (FoundPlace(n, msgspec.json.decode(body, type=GazetteerPlace)) for n, body in rows)
        return [FoundPlace(one.n, self._with_units(one.place)) for one in places]

    def _with_units(self, place: GazetteerPlace) -> GazetteerPlace:
        return place._replace(admin1=self._unit(place.admin1), admin2=self._unit(place.admin2))

    def _unit(self, code: str) -> str:
        if not code:
            return ""
        if code not in self._units:
            found = self._connection.execute("SELECT name FROM units WHERE code = ?", (code,))
            self._units[code] = (found.fetchone() or (code,))[0]
        return self._units[code]


@contextmanager
def open_gazetteer(path: Path) -> Iterator[GazetteerIndex | None]:
    """Open the index of a gazetteer; None where there is none. Raises `UnreadableCase`."""
    if not disk.exists(path):
        yield None
        return
    try:
        if why := disk.irregular(path):
            raise UnreadableCase(f"{path}: cannot be used ({why})", "move it away")
        with closing(_connect(path, "ro")) as connection:
            known = tuple(
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("application_id", "user_version")
            )
            if known != (_APPLICATION, _VERSION):
                raise UnreadableCase(f"{path}: is no index of a gazetteer of this version", _AGAIN)
            yield GazetteerIndex(connection)
    except (sqlite3.Error, msgspec.DecodeError, TypeError) as error:
        raise UnreadableCase(f"{path}: the index of the gazetteer is damaged", _AGAIN) from error


_AGAIN = "make it again: conflict-tui gazetteer FILE"
