"""Other programs on the rows of the timeline, in the same run: screens, engines and commands."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.cases import in_subprocess
from bench.programs import Ran, run
from bench.report import Row, Section
from bench.scale import engines
from bench.scale.cases import Sized, write_rows
from bench.scale.engines import PAGE, Round, Timed
from bench.scale.plain import plain_questions
from bench.scale.questions import same_questions, timed_row
from bench.scale.screen import Program, other
from bench.startup import PROGRAM

MOST_IN_TABLE = 200_000
"""The limit of rows for programs that put each into a widget."""
QUERY = b"\x1b[200~select * from events order by day, id\x1b[201~"
"""The rows in order of date, pasted as a terminal pastes them."""

ASKED = {
    "page": f"{PAGE} rows by date, anywhere",
    "months": "events since a day, by month",
    "places": "events since a day, by place",
    "within": f"at a place since a day, {PAGE} rows",
    "like": f"letters in titles, {PAGE} rows",
    "text": f"a word in full text, {PAGE} rows",
}
"""The questions that all engines are asked, with their labels."""


class Peers(NamedTuple):
    """The environment of the other programs: the folder with its `bin`."""

    folder: Path

    def program(self, name: str) -> str | None:
        """Find a program of the environment; None where it is not there."""
        path = self.folder / "bin" / name
        return str(path.absolute()) if path.exists() else None

    def missing(self) -> str:
        """Say in a line which programs are not there; empty if all are."""
        names = [name for name in ("vd", "harlequin", "sqlite-utils") if not self.program(name)]
        if not names:
            return ""
        return f"not compared with {', '.join(names)}: not in {self.folder} (`make bench` makes it)"


class _Rows(NamedTuple):
    """A case, its rows as CSV and as an SQLite file, and how often to ask."""

    one: Sized
    table: Path
    database: Path
    rounds: list[Round]
    presses: int
    environment: Mapping[str, str]


def others(
    one: Sized,
    peers: Peers,
    folder: Path,
    environment: Mapping[str, str],
    rounds: int,
    presses: int,
) -> Iterator[Section]:
    """Measure what other programs do with the rows of a case, written once to the folder."""
    table, database = folder / f"rows-{one.events}.csv", folder / f"rows-{one.events}.db"
    in_subprocess(write_rows, one.case.path, table, database)
    asked = engines.rounds_of(database, rounds)
    rows = _Rows(one, table, database, asked, presses, environment)
    for program in screens(one, peers, table, database):
        yield _screen(program, rows)
    if one.json is not None and one.events <= MOST_IN_TABLE:
        yield in_subprocess(plain_questions, one.json, one.events)
    yield _engines(rows, peers)
    if (command := peers.program("sqlite-utils")) is not None:
        yield _commands(rows, command)
    table.unlink()
    database.unlink()


def screens(one: Sized, peers: Peers, table: Path, database: Path) -> Iterator[Program]:
    """List the programs with a screen that are there, each with the rows of a case."""
    if one.json is not None and one.events <= MOST_IN_TABLE:
        yield Program(
            "Stock TinyDB in Textual's DataTable",
            (sys.executable, "-m", "bench.scale.plain", str(one.json)),
            "offensive|[Ss]helling|[Aa]ttack|[Cc]lash|air strike",
            "index, order by date, full text",
        )
    if (command := peers.program("vd")) is not None:
        yield Program(
            "VisiData on the rows as CSV",
            (command, str(table)),
            "evt_",
            "articles, claims, sources, full text",
        )
    if (command := peers.program("harlequin")) is not None:
        options = ("--adapter", "sqlite", "--read-only", "--no-init", "--no-write-history")
        yield Program(
            "harlequin on the rows in SQLite",
            (command, *options, "--viewer-max-rows", "-1", str(database)),
            "evt_",
            "articles, claims, sources; full text by SQL alone",
            ready="main +db",
            query=QUERY,
            go=b"\n",
            into=b"\x1b[15~",
        )


def _screen(program: Program, rows: _Rows) -> Section:
    """Measure a screen; one that cannot be measured says why, and the others follow."""
    try:
        return other(program, rows.environment, rows.one.events, rows.presses)
    except RuntimeError as error:
        heading = f"{program.label}, {rows.one.events:,} events"
        return Section(heading, [Row("not measured", str(error).splitlines()[0])])


def _engines(rows: _Rows, peers: Peers) -> Section:
    """Ask the program, SQLite and DuckDB the same, each in a process of its own."""
    found = {"conflict-tui": in_subprocess(same_questions, rows.one.case.path, rows.rounds)}
    notes = []
    for engine, label, python, file, lacks in (
        ("sqlite", "SQL", sys.executable, rows.database, "full text but of titles"),
        ("duckdb", "DuckDB", peers.program("python"), rows.table, "full text (a download)"),
    ):
        if python is None:
            continue
        asked = json.dumps(rows.rounds)
        command = (python, "-m", "bench.scale.engines", engine, str(file), asked)
        try:
            ran = run(command, rows.environment)
        except RuntimeError as error:
            notes.append(Row(f"{label}: not measured", str(error).splitlines()[0]))
            continue
        found[label] = {
            name: [Timed(*one) for one in times] for name, times in json.loads(ran.output).items()
        }
        notes += [
            timed_row(f"{label}: from the file to the first question", found[label].pop("ready")),
            Row("  it has no", f"articles, claims, sources, {lacks}"),
        ]
    return Section(
        f"The same questions in SQL and DuckDB, {rows.one.events:,} events",
        [*_compared(found), *notes],
    )


def _compared(found: Mapping[str, Mapping[str, Sequence[Timed]]]) -> Iterator[Row]:
    """Format each question with the times of every engine that can answer it."""
    for question, what in ASKED.items():
        for number, (label, times) in enumerate(found.items()):
            if question in times:
                name = f"{what}: {label}" if number == 0 else f"  {label}"
                yield timed_row(name, times[question])


def _commands(rows: _Rows, sqlite_utils: str) -> Section:
    """Run commands of sqlite-utils and of the program that answer alike: start, answer, end."""
    database, case, word = str(rows.database), str(rows.one.case.path), rows.rounds[0].word
    limit = ("--limit", str(PAGE))
    commands: dict[str, tuple[str, ...]] = {
        f"sqlite-utils rows --limit {PAGE}": (sqlite_utils, "rows", database, "events", *limit),
        "sqlite-utils search, titles": (sqlite_utils, "search", database, "events", word, *limit),
        "conflict-tui search, titles and articles": (*PROGRAM, "search", "--case", case, word),
    }
    found = []
    for what, command in commands.items():
        ran = [run(command, rows.environment) for _ in rows.rounds]
        found += [Row(what, _typical(ran, lambda one: one.seconds)), _cpu(ran)]
    found.append(Row("sqlite-utils has no", "articles, claims, sources, full text but of titles"))
    return Section(f"One command, {rows.one.events:,} events", found)


def _cpu(ran: Sequence[Ran]) -> Row:
    return Row("  CPU time", _typical(ran, lambda one: one.cpu))


def _typical(ran: Sequence[Ran], of: Callable[[Ran], float]) -> str:
    return f"{median(map(of, ran)) * 1000:.0f} ms"
