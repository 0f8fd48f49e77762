"""Data sets in which every cell is an attack, and files that were broken at random."""

import csv
import io
import json
import os
import random
import re
import sys
from pathlib import Path

import pytest

from store.archive import Archive
from store.database.read_records import records
from store.model.records import Event
from tests.examples import WHOLE, sample
from tests.ged import COLUMNS_49, PLAIN, Cells, listing, row, text
from tests.hostile.attacks import ATTACKS, BIG, NEVER
from tests.hostile.pty import Terminal
from tests.hostile.stream import is_harmless
from tests.imports import new_case, run, written

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")

NAME = "rows\x1b]0;PWNED\x07[bold]\u202e.csv"
FREE = ("side_a", "side_b", "where_coordinates", "adm_1", "country", "source_original", "dyad_name")
"""Columns that take any words."""
SPACED = re.compile(rb"[^\x00-\x1f\x7f]+|\r\n|\t")


def hostile_rows(*, big: bool = True) -> list[Cells]:
    """A row for each attack: in cells that may hold it as words, and in cells that may not."""
    rows: list[Cells] = []
    for attack in (*ATTACKS.values(), *(BIG.values() if big else ())):
        words = attack.replace("\0", "")
        id = str(len(rows))
        rows.append(row(id=id, **dict.fromkeys(FREE, words)))
        rows.append(listing((words, "2016-03-02", words), id=f"a{id}"))
        rows.append(row(id=words, best=words, date_start=words, latitude=words))
    return rows


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("rows"), text(hostile_rows(), COLUMNS_49), NAME)


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = hostile_rows(big=WHOLE)
    return written(tmp_path_factory.mktemp("brief"), text(rows, COLUMNS_49), NAME)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return new_case(tmp_path / "war.json")


def test_on_a_terminal(brief: Path, case: Path) -> None:
    asked = ("import", brief, "--into", case, "--by", "Ada")
    with Terminal(*asked) as terminal:
        assert terminal.ended() == 0
        # a bar is drawn over itself, and nothing else is a sequence
        is_harmless(terminal.written.replace(b"\r\x1b[K", b"\r\n"), text=SPACED)
        assert b"accepted" in terminal.written
    for command in ("events", "sources", "articles", "places", "actors"):
        found = run(command, "--case", case)
        assert found.exit_code == 0
        assert not NEVER & set(found.stdout)
    assert run("verify", case).exit_code == 0


def test_what_is_taken_is_kept_letter_for_letter(hostile: Path, case: Path) -> None:
    found = run("import", hostile, "--into", case, "--by", "Ada", "--format", "json")
    assert found.exit_code == 0, found.stderr
    assert not NEVER & set(found.stdout)
    (one,) = json.loads(found.stdout)["files"]
    assert one["rows"] == one["accepted"] + one["rejected"]
    archive = Archive.open(case)
    hints = {
        record.hint
        for _, record in archive.ask(lambda index: list(records(index)))
        if isinstance(record, Event)
    }
    archive.close()
    colour = " ".join(ATTACKS["colour"].split())
    assert colour in hints


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_the_report_of_it_is_safe_to_open(
    ending: str, brief: Path, case: Path, tmp_path: Path
) -> None:
    report = tmp_path / f"report.{ending}"
    asked = ("import", brief, "--into", case, "--by", "Ada", "--report", report, "--dry-run")
    assert run(*asked).exit_code == 0
    content = report.read_text(encoding="utf-8")
    assert not NEVER & set(content)
    if ending == "csv":
        cells = [cell for line in csv.reader(io.StringIO(content)) for cell in line]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    else:
        assert len(json.loads(content)) > 100


def broken(content: bytes, at: random.Random) -> bytes:
    """The content with some of its bytes lost, doubled, or replaced by worse."""
    found = bytearray(content)
    for _ in range(at.randint(1, 12)):
        where = at.randrange(len(found))
        match at.randrange(4):
            case 0:
                del found[where : where + at.randint(1, 400)]
            case 1:
                found[where:where] = bytes(
                    at.choices(b'",;\n\r\t\0\xff\xe2\x80\x1b', k=at.randint(1, 9))
                )
            case 2:
                found[where] ^= 1 << at.randrange(8)
            case _:
                found[where:where] = found[where : where + at.randint(1, 2000)]
    return bytes(found)


@pytest.mark.parametrize("seed", sample(range(40), of="broken"))
def test_a_file_that_was_broken_at_random_gives_what_can_be_read_of_it(
    seed: int, case: Path, tmp_path: Path
) -> None:
    at = random.Random(seed)
    columns = COLUMNS_49 if seed % 2 else tuple(PLAIN)
    whole = text([row(id=str(number)) for number in range(30)], columns, header=seed % 3 > 0)
    path = written(tmp_path, broken(whole.encode(), at))
    found = run("import", path, "--into", case, "--by", "Ada", "--format", "json")
    assert found.exit_code in (0, 65), (found.stderr, found.exception)
    if found.stdout:
        (one,) = json.loads(found.stdout)["files"]
        assert one["rows"] == one["accepted"] + one["rejected"]
        assert run("verify", case).exit_code == 0
    else:
        assert found.stderr.count("\n") == 1
        assert not NEVER & set(found.stderr)


def test_what_is_no_file_is_refused(case: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    (tmp_path / "circle.csv").symlink_to(tmp_path / "circle.csv")
    for name in (".", "fifo.csv", "zero.csv", "circle.csv", "x" * 300):
        found = run("import", tmp_path / name, "--into", case, "--by", "Ada")
        assert found.exit_code in (64, 65, 66), (name, found.stderr)
        assert found.stderr.count("\n") == 1
