"""Speed of importing a data set."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from bench.report import Row, Section

GED = Path("ucdp") / "ged_syria_2016_2019.csv"


def importing(folder: Path, table: Path, environment: Mapping[str, str]) -> Section:
    """Measure the rows a second of `conflict-tui import` of a GED file into a new database."""
    heading = f"Import of {table.name} into a new SQLite case"
    if not table.exists():
        return Section(heading, [Row("rows a second", f"not measured: there is no {table}")])
    program = (sys.executable, "-m", "tui")
    case = folder / "imported.db"
    _run((*program, "new", str(case)), environment)
    start = time.perf_counter()
    told, cpu = _run(
        (*program, "import", str(table), "--into", str(case), "--by", "bench", "--format", "json"),
        environment,
    )
    taken = time.perf_counter() - start
    rows = sum(file["rows"] for file in json.loads(told)["files"])
    rate = rows / taken
    return Section(
        heading,
        [
            Row("rows", f"{rows:,}"),
            Row("rows a second", f"{rate:,.0f}", "≥ 10,000", rate >= 10_000),
            Row("  a second of CPU time", f"{rows / cpu:,.0f}"),
        ],
    )


def _run(command: tuple[str, ...], environment: Mapping[str, str]) -> tuple[bytes, float]:
    """Run a command; return its output and its CPU time in seconds."""
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=words)
        assert process.stdout is not None
        told = process.stdout.read()
        process.stdout.close()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            words.seek(0)
            raise RuntimeError(f"{' '.join(command)} failed: {words.read()[-500:]!r}")
    return told, used.ru_utime + used.ru_stime
