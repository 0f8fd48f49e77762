"""`python -m bench.crash [--runs N]`: a writer is killed again and again; what is lost?

The same for an archive, for TinyDB's own JSONStorage, and for that under its
CachingMiddleware: each gives an event of the bundled case one number after
another, and says each number when its call has returned.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec
from tinydb import TinyDB

from bench.report import Row, Section, lines
from seeds.bundled import BUNDLED
from store.archive import Archive
from store.engines.casefile import read_case
from store.engines.reading import record
from store.errors import ConflictError

_ARCHIVE = """
import msgspec, sys
from pathlib import Path
from store.archive import Archive
from store.engines.reading import record
from store.model.change import Change, Edit
archive = Archive.open(Path(sys.argv[1]), author="writer", writing=True)
event = archive.ask(record, "events", sys.argv[2])
number = int(sys.argv[3])
while True:
    number += 1
    after = msgspec.structs.replace(event, note=f"{number} " + "x" * (number * 37 % 101))
    archive.change(Change("", "", "count", [Edit("events", event.id, event, after)]))
    event = after
    print(number, flush=True)
    if number % 50 == 0:
        archive.rest()
"""

_TINYDB = """
import sys
from tinydb import TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import JSONStorage
database = TinyDB(sys.argv[1], storage=%s)
number = int(sys.argv[3])
while True:
    number += 1
    note = f"{number} " + "x" * (number * 37 %% 101)
    database.table("events").update({"note": note}, where("id") == sys.argv[2])
    print(number, flush=True)
"""

WRITERS = {
    "archive": _ARCHIVE,
    "TinyDB JSONStorage": _TINYDB % "JSONStorage",
    "TinyDB CachingMiddleware": _TINYDB % "CachingMiddleware(JSONStorage)",
}


def kills(writer: str, runs: int, folder: Path, seed: int = 1) -> list[Row]:
    """Kill this writer so often, each time at another moment, and count what came of it."""
    draw = random.Random(seed)
    case = folder / "case.json"
    event = read_case(BUNDLED)["events"][0].id
    shutil.copyfile(BUNDLED, case)
    unreadable = lost = changes = number = 0
    for _ in range(runs):
        said = _killed(WRITERS[writer], case, event, number, draw.uniform(0, 0.03))
        acknowledged = said[-1] if said else number
        changes += len(said)
        found = _found(writer, case, event)
        if found is None:
            unreadable += 1
        elif found < acknowledged:
            lost += 1
        number = max(found or 0, acknowledged)
        if found is None:
            shutil.copyfile(BUNDLED, case)
            number = 0
    return [
        Row(f"{writer}: unreadable", f"{unreadable} of {runs}", "0", unreadable == 0),
        Row(f"{writer}: acknowledged changes lost", f"{lost} of {runs}", "0", lost == 0),
        Row(f"{writer}: changes acknowledged", f"{changes:,}"),
    ]


def _killed(program: str, case: Path, event: str, number: int, after: float) -> list[int]:
    """Every number that a writer said before it was killed, some time after the first."""
    with subprocess.Popen(
        [sys.executable, "-c", program, case, event, str(number)], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline()]
        time.sleep(after)
        os.kill(writer.pid, signal.SIGKILL)
        said += writer.stdout.readlines()
    return [int(one) for one in said if one.endswith(b"\n")]


def _found(writer: str, case: Path, event: str) -> int | None:
    """The number that the file has, None where it cannot be read."""
    if writer == "archive":
        try:
            archive = Archive.open(case)
        except ConflictError:
            return None
        found = archive.ask(record, "events", event)
        archive.close()
        return _number(getattr(found, "note", ""))
    try:
        with TinyDB(case, access_mode="r") as database:
            rows = [row for row in database.table("events") if row["id"] == event]
    except (ValueError, msgspec.MsgspecError):
        return None
    return _number(rows[0].get("note", "")) if rows else 0


def _number(note: str) -> int:
    first = note.partition(" ")[0]
    return int(first) if first.isdigit() else 0


def main() -> None:
    """Kill every writer, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m bench.crash", description=__doc__)
    parser.add_argument("--runs", type=int, default=1000, help="how often each is killed")
    runs = parser.parse_args().runs
    rows = []
    for writer in WRITERS:
        with tempfile.TemporaryDirectory() as folder:
            rows += kills(writer, runs, Path(folder))
    sys.stdout.write(
        "".join(f"{line}\n" for line in lines([Section("Killed while writing", rows)]))
    )


if __name__ == "__main__":
    main()
