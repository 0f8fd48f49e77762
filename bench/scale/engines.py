"""`python -m bench.scale.engines sqlite|duckdb ROWS ROUNDS`: time plain SQL on the timeline's rows.

ROWS is the SQLite file of `write_rows`, or its CSV for DuckDB, and ROUNDS what
is asked, as JSON. The answer on stdout is JSON: the times of each question.
The environment of the other programs runs this, so it imports nothing of the
project that has dependencies.
"""

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

PAGE = 200
"""Rows of a page."""
VALUES = 1_000
"""Values that are counted at most, as the program lists them."""

COLUMNS = ("id", "date", "day", "place", "title", "type", "articles", "origins")
TABLE = """CREATE TABLE events (id TEXT, date TEXT, day TEXT, place TEXT, title TEXT, type TEXT,
    articles INTEGER, origins INTEGER)"""
INDEXES = """CREATE INDEX events_by_day ON events (day, id);
    CREATE INDEX events_by_place ON events (place, day, id);
    CREATE VIRTUAL TABLE events_fts USING fts5 (title, content="events");
    INSERT INTO events_fts (events_fts) VALUES ('rebuild');"""

_IN_ORDER = f"ORDER BY day, id LIMIT {PAGE}"
QUESTIONS = {
    "page": (f"SELECT * FROM events {_IN_ORDER} OFFSET ?", ("at",)),
    "months": (
        "SELECT substr(day, 1, 7), count(*) FROM events WHERE day >= ? GROUP BY 1 ORDER BY 1",
        ("since",),
    ),
    "places": (
        "SELECT place, count(*) FROM events WHERE day >= ? GROUP BY 1 ORDER BY 2 DESC, 1"
        f" LIMIT {VALUES}",
        ("since",),
    ),
    "within": (
        f"SELECT * FROM events WHERE place = ? AND day >= ? {_IN_ORDER}",
        ("place", "since"),
    ),
    "like": (f"SELECT * FROM events WHERE title LIKE '%' || ? || '%' {_IN_ORDER}", ("word",)),
    "text": (
        "SELECT events.* FROM events_fts JOIN events ON events.rowid = events_fts.rowid"
        f" WHERE events_fts MATCH ? {_IN_ORDER}",
        ("word",),
    ),
}
"""The questions in SQL, each with the values of a round that it takes."""

LEFT_OUT = {"sqlite": frozenset[str](), "duckdb": frozenset({"text"})}
"""The questions that an engine has no means for: full text of DuckDB is a download."""


class Timed(NamedTuple):
    """The seconds of a question, elapsed and of CPU time."""

    wall: float
    cpu: float


class Round(NamedTuple):
    """The values of one round: a row's number, a day, a place's name, and a word of a title."""

    at: int
    since: str
    place: str
    word: str


def rounds_of(database: Path, rounds: int) -> list[Round]:
    """Choose the values of each round, all different, from the rows of a case."""
    connection = sqlite3.connect(database)
    (events,) = connection.execute("SELECT count(*) FROM events").fetchone()
    places = connection.execute(
        "SELECT place FROM events WHERE place != '' GROUP BY 1 ORDER BY count(*) DESC LIMIT ?",
        (rounds,),
    ).fetchall()
    found = []
    for number in range(rounds):
        at = events * (number + 1) // (rounds + 2)
        asked = "SELECT day, title FROM events WHERE day != '' ORDER BY day, id LIMIT 1 OFFSET ?"
        day, title = connection.execute(asked, (at // 2,)).fetchone()
        words = [word for word in title.split() if word.isalpha()] or ["army"]
        found.append(Round(at, day, places[number % len(places)][0], words[-1].lower()))
    connection.close()
    return found


def answer(engine: str, connection: Any, question: str, values: Round) -> list[Sequence[object]]:
    """Ask a question of an engine's connection; capitals do not matter to either."""
    asked, names = QUESTIONS[question]
    if engine == "duckdb":
        asked = asked.replace(" LIKE ", " ILIKE ")
    rows: list[Sequence[object]] = connection.execute(
        asked, [getattr(values, name) for name in names]
    ).fetchall()
    return rows


def opened(engine: str, rows: Path) -> Any:
    """Open the rows for an engine; DuckDB reads them into its memory, with types."""
    if engine == "sqlite":
        return sqlite3.connect(rows)
    import duckdb

    connection = duckdb.connect()
    connection.execute(TABLE)
    connection.execute(
        "INSERT INTO events SELECT * FROM"
        " read_csv(?, header = true, all_varchar = true, force_not_null = ?)",
        [str(rows), list(COLUMNS)],
    )
    return connection


def timed(question: Callable[..., object], *args: object) -> Timed:
    """Time one question."""
    start, began = time.perf_counter(), time.process_time()
    question(*args)
    return Timed(time.perf_counter() - start, time.process_time() - began)


def times_of(engine: str, rows: Path, rounds: Iterable[Round]) -> Mapping[str, list[Timed]]:
    """Time all questions that the engine can answer, and the opening of the rows (`ready`)."""
    start, began = time.perf_counter(), time.process_time()
    connection = opened(engine, rows)
    found = {"ready": [Timed(time.perf_counter() - start, time.process_time() - began)]}
    answered = [question for question in QUESTIONS if question not in LEFT_OUT[engine]]
    for values in rounds:
        for question in answered:
            taken = timed(answer, engine, connection, question, values)
            found.setdefault(question, []).append(taken)
    connection.close()
    return found


if __name__ == "__main__":
    _, engine, rows, asked = sys.argv
    print(json.dumps(times_of(engine, Path(rows), [Round(*one) for one in json.loads(asked)])))
