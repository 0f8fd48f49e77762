"""Speed of importing a data set."""

import json
import sys
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
    return Section(
        heading,
        [
            Row("rows", f"{rows:,}"),
            Row("rows a second", f"{rate:,.0f}", "≥ 10,000", rate >= 10_000),
            Row("  a second of CPU time", f"{rows / imported.cpu:,.0f}"),
        ],
    )
