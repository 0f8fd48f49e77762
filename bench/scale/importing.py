"""Speed of importing a data set, beside the fewest steps in which its rows can be stored."""

import csv
import json
import sqlite3
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bench.programs import run
from bench.report import Row, Section

GED = Path("ucdp") / "ged_syria_2016_2019.csv"


def importing(folder: Path, table: Path, environment: Mapping[str, str]) -> Section:
    """Measure the rows a second of `conflict-tui import` of a GED file into a new database."""
    heading = f"Import of {table.name} into a new SQLite case"
    if not table.exists():
        return Section(heading, [Row("rows a second", f"not measured: there is no {table}")])
    program = (sys.executable, "-m", "tui")
    case = folder / "imported.db"
    run((*program, "new", str(case)), environment)
    imported = run(
        (*program, "import", str(table), "--into", str(case), "--by", "bench", "--format", "json"),
        environment,
    )
    rows = sum(file["rows"] for file in json.loads(imported.output)["files"])
    rate = rows / imported.seconds
    stored, seconds, cpu = _stored(table, folder / "plain.db")
    floor = stored / seconds
    return Section(
        heading,
        [
            Row("rows", f"{rows:,}"),
            Row("rows a second", f"{rate:,.0f}", "≥ 2,000", rate >= 2_000),
            Row("  a second of CPU time, of all processes", f"{rows / imported.cpu:,.0f}"),
            Row("  peak memory of the largest process", f"{imported.mebibytes:.0f} MiB"),
            Row("the same rows, plain SQL and full text", f"{floor:,.0f}"),
            Row("  a second of CPU time", f"{stored / cpu:,.0f}"),
            Row("the import beside that", f"{rate / floor:.0%}"),
        ],
    )


def _stored(table: Path, into: Path) -> tuple[int, float, float]:
    """Store the rows of a table as they are, with full text, in one transaction.

    Returns their number, the seconds by the clock, and those of CPU time.
    """
    start, cpu = time.perf_counter(), time.process_time()
    with table.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    connection = sqlite3.connect(into, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN")
    columns = ", ".join(f"c{number} TEXT" for number in range(len(header)))
    connection.execute(f"CREATE TABLE plain ({columns})")
    marks = ", ".join("?" * len(header))
    connection.executemany(f"INSERT INTO plain VALUES ({marks})", rows)
    connection.execute("CREATE VIRTUAL TABLE words USING fts5 (text)")
    connection.executemany("INSERT INTO words VALUES (?)", ((" ".join(row),) for row in rows))
    connection.execute("COMMIT")
    connection.close()
    return len(rows), time.perf_counter() - start, time.process_time() - cpu
