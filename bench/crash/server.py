"""`python -m bench.crash.server`: several desks write a case while its server dies again and again.

It starts a PostgreSQL server of its own, and kills all its processes at once with SIGKILL,
`--kills` times; with `--cuts` connections alone are cut, so many times. Each desk is a program
of its own that adds notes one after the other and prints what it is told of each. At the end
each note of which it was told that it is made must be in the log once, and none twice;
`verify` must find nothing, and each desk must have the same log.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from itertools import count
from pathlib import Path
from random import Random

from bench.report import machine
from store.archive import Archive
from store.custody.check_server import server_findings
from store.custody.server_cases import copy_of, grant, put_on_server, read_address
from store.errors import ConflictError
from tests.postgres.acts import note
from tests.postgres.pg_server import PgServer
from tests.small import SmallCase

_DESKS = ("olga", "edda", "carl", "cora")
"""The login roles that write, each from a desk of its own."""

MADE, UNKNOWN, UNOPENED = "made", "unknown", "unopened"


def write(address: str, name: str) -> None:
    """Add notes until stdin ends; print what was told of each."""
    over = threading.Event()

    def wait() -> None:
        sys.stdin.read()
        over.set()

    threading.Thread(target=wait, daemon=True).start()
    archive: Archive | None = None
    for number in count():
        if over.is_set():
            break
        outcome, why = UNOPENED, ""
        try:
            archive = archive or Archive.open(copy_of(read_address(address)), writing=True)
            outcome = UNKNOWN
            note(archive, f"{name}{number}")
            outcome = MADE
        except ConflictError as error:
            why = error.message.replace("\n", " ")[:200]
            time.sleep(0.05)
        print(outcome, f"not_{name}{number}", why, flush=True)
    if archive is not None:
        archive.close()


def _started(address: str, name: str, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "bench.crash.server", "--desk", address, name],
        env=os.environ | {"XDG_CACHE_HOME": str(folder / name)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _collect(desk: "subprocess.Popen[str]", told: list[tuple[str, str, str]]) -> threading.Thread:
    """Read what a desk prints while it writes."""

    def read() -> None:
        assert desk.stdout is not None
        for line in desk.stdout:
            outcome, id, why = line.rstrip("\n").split(" ", 2)
            told.append((outcome, id, why))

    thread = threading.Thread(target=read)
    thread.start()
    return thread


def disturb(server: PgServer, kills: int, cuts: int, told: list[tuple[str, str, str]]) -> None:
    """Kill the server or cut connections at random moments, while there are new acts."""
    at = Random(7)
    for n in range(kills + cuts):
        before = sum(outcome == MADE for outcome, _, _ in told)
        deadline = time.monotonic() + 60
        while sum(outcome == MADE for outcome, _, _ in told) < before + 3:
            if time.monotonic() > deadline:
                raise TimeoutError(f"no act was made for a minute, after {n} times")
            time.sleep(0.02)
        time.sleep(at.random() * 0.3)
        if n < kills:
            server.kill_server()
            time.sleep(at.random() * 0.3)
            server.start_again()
        else:
            server.kill_connections()


def judge(address: str, told: list[tuple[str, str, str]]) -> list[str]:
    """Compare the log with what the desks were told: the acts lost or made twice, and damage."""
    of = {outcome: {id for one, id, _ in told if one == outcome} for outcome, _, _ in told}
    copy = copy_of(read_address(address))
    with closing(Archive.open(copy)) as archive:
        made = Counter(edit.id for entry in archive.history() for edit in entry.edits)
    lost, twice = of.get(MADE, set()) - set(made), [id for id, n in made.items() if n > 1]
    unopened = of.get(UNOPENED, set()) & set(made)
    kept = len(of.get(UNKNOWN, set()) & set(made))
    counts = Counter(outcome for outcome, _, _ in told)
    print(f"  acts told as made: {counts[MADE]:,}; in the log: {sum(made.values()):,}")
    print(f"  told that it is not known: {counts[UNKNOWN]:,}, of which {kept:,} are in the log")
    print(f"  the case could not be opened: {counts[UNOPENED]:,}")
    wrong = [f"lost: {id}" for id in sorted(lost)] + [f"twice: {id}" for id in twice]
    wrong += [f"made though it said not: {id}" for id in sorted(unopened)]
    return wrong + [f"{one.where}: {one.what}" for one in server_findings(copy)]


def trial(server: PgServer, kills: int, cuts: int, folder: Path) -> list[str]:
    """Let desks write while the server is disturbed; print figures, return what is wrong."""
    address = server.address()
    case = SmallCase()
    case.event("fall")
    put_on_server(case.write(folder / "small.json"), read_address(address))
    for member in _DESKS[1:]:
        grant(read_address(address), member, "coder")
    told: list[tuple[str, str, str]] = []
    begun = time.monotonic()
    desks = [_started(address.replace("olga@", f"{one}@"), one, folder) for one in _DESKS]
    readers = [_collect(one, told) for one in desks]
    try:
        disturb(server, kills, cuts, told)
    finally:
        for desk in desks:
            assert desk.stdin is not None
            desk.stdin.close()
        for reader in readers:
            reader.join()
        for desk in desks:
            desk.wait()
    took = time.monotonic() - begun
    print(f"{kills} kills of the server, {cuts} cuts, {len(desks)} desks, {took:,.0f} s")
    wrong = judge(address, told)
    whys = Counter(why.partition("(")[2][:80] for _, _, why in told if why)
    for why, times in whys.most_common(8):
        print(f"    {times:>5,} x {why}")
    return wrong


def main(arguments: list[str]) -> int:
    """Disturb, and print what came of it; 1 if anything is wrong."""
    parser = argparse.ArgumentParser("python -m bench.crash.server", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--cuts", type=int, default=0)
    parser.add_argument("--desk", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.desk:
        write(*asked.desk)
        return 0
    server = PgServer()
    try:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["XDG_CACHE_HOME"] = folder
            print(machine())
            wrong = trial(server, asked.kills, asked.cuts, Path(folder))
    finally:
        server.stop()
    print("\n".join(wrong) or "  none lost, none twice, and the server has no error")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
