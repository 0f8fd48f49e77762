"""The measurements of other programs: their rows, their questions, and what is said of them."""

import re
import sqlite3
import stat
import subprocess
from ast import literal_eval
from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.cases import Measured, environment
from bench.programs import run
from bench.report import Row, Section
from bench.scale.cases import Sized, make_cases, write_rows
from bench.scale.engines import (
    COLUMNS,
    INDEXES,
    QUESTIONS,
    TABLE,
    Round,
    answer,
    opened,
    rounds_of,
    times_of,
)
from bench.scale.peers import ASKED, Peers, others, screens
from bench.scale.questions import same_questions
from bench.scale.screen import Program, other

INSTALLED = Peers(Path(".venv-peers"))
ANSWERS = """
import sys
from pathlib import Path
from bench.scale.engines import LEFT_OUT, QUESTIONS, Round, answer, opened
connection, one = opened("duckdb", Path(sys.argv[1])), Round(int(sys.argv[2]), *sys.argv[3:])
asked = QUESTIONS.keys() - LEFT_OUT["duckdb"]
print({name: answer("duckdb", connection, name, one) for name in asked})
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path, _ = make_cases(tmp_path_factory.mktemp("case"), 60)
    return path


@pytest.fixture(scope="module")
def rows(case: Path) -> tuple[Path, Path]:
    """The rows of a case as CSV and as an SQLite file."""
    table, database = case.with_name("rows.csv"), case.with_name("rows.db")
    assert write_rows(case, table, database) == 60
    return table, database


@pytest.fixture
def home(tmp_path: Path) -> Mapping[str, str]:
    return environment(tmp_path)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """Three rows in SQLite, as `write_rows` lays them out."""
    connection = sqlite3.connect(tmp_path / "plain.db")
    connection.execute(TABLE)
    connection.executemany(
        "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            ("evt_c", "2016-05", "2016-05-01", "Hama", "Army enters", "entry", 1, 1),
            ("evt_a", "2016-04-09", "2016-04-09", "Homs", "Shelling", "shelling", 3, 2),
            ("evt_b", "2016-05-02", "2016-05-02", "Hama", "The army left", "withdrawal", 2, 1),
        ],
    )
    connection.executescript(INDEXES)
    connection.close()
    return tmp_path / "plain.db"


def measured(section: Section) -> dict[str, str]:
    return {row.what.strip(): row.measured for row in section.rows}


def test_the_rows_are_the_same_as_csv_and_in_sqlite(rows: tuple[Path, Path]) -> None:
    table, database = rows
    header, *lines = table.read_text("utf-8").splitlines()
    assert header == ",".join(COLUMNS)
    connection = sqlite3.connect(database)
    ids = connection.execute("SELECT id FROM events ORDER BY rowid").fetchall()
    connection.close()
    assert [line.partition(",")[0] for line in lines] == [one for (one,) in ids]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("page", ["evt_c", "evt_b"]),
        ("months", [("2016-05", 2)]),
        ("places", [("Hama", 2)]),
        ("within", ["evt_c", "evt_b"]),
        ("like", ["evt_c", "evt_b"]),
        ("text", ["evt_c", "evt_b"]),
    ],
)
def test_a_question_in_sql_has_the_answer_of_its_name(
    plain: Path, question: str, expected: list[object]
) -> None:
    connection = opened("sqlite", plain)
    found = answer("sqlite", connection, question, Round(1, "2016-05-01", "Hama", "army"))
    connection.close()
    assert [row if len(row) == 2 else row[0] for row in found] == expected


def test_every_round_asks_for_something_else_that_is_there(rows: tuple[Path, Path]) -> None:
    asked = rounds_of(rows[1], 3)
    assert len({one.at for one in asked}) == len({one.since for one in asked}) == 3
    connection = opened("sqlite", rows[1])
    empty = [
        name for name in QUESTIONS for one in asked if not answer("sqlite", connection, name, one)
    ]
    connection.close()
    assert set(empty) <= {"within"}


def test_the_program_is_asked_the_same_as_the_engines(case: Path, rows: tuple[Path, Path]) -> None:
    asked = rounds_of(rows[1], 2)
    ours, theirs = same_questions(case, asked), times_of("sqlite", rows[1], asked)
    assert set(ours) == set(theirs) - {"ready"} == set(QUESTIONS) == set(ASKED)
    assert {len(times) for times in ours.values()} == {2}


def test_duckdb_answers_as_sqlite_does(rows: tuple[Path, Path], home: Mapping[str, str]) -> None:
    if (python := INSTALLED.program("python")) is None:
        pytest.skip("the other programs are not installed")
    (one,) = rounds_of(rows[1], 1)
    connection = opened("sqlite", rows[1])
    expected = {name: answer("sqlite", connection, name, one) for name in QUESTIONS}
    connection.close()
    command = (python, "-c", ANSWERS, str(rows[0]), *map(str, one))
    found = literal_eval(run(command, home).output.decode())
    assert found == {name: expected[name] for name in found}
    assert found["like"]


def test_what_is_not_installed_is_said_in_a_line_and_left_out(
    case: Path, tmp_path: Path, home: Mapping[str, str]
) -> None:
    nowhere = Peers(tmp_path / "nowhere")
    assert nowhere.missing().startswith("not compared with vd, harlequin, sqlite-utils: not in ")
    assert "\n" not in nowhere.missing()
    one = sized(case)
    assert [p.label for p in screens(one, nowhere, case, case)] == []
    (section,) = others(one, nowhere, tmp_path, home, 1, 1)
    assert section.heading == "The same questions in SQL and DuckDB, 60 events"
    assert "SQL" in measured(section)
    assert "DuckDB" not in measured(section)
    assert list(tmp_path.glob("rows-*")) == []


def test_a_peer_that_ends_at_once_is_no_end_of_the_others(
    case: Path, tmp_path: Path, home: Mapping[str, str]
) -> None:
    installed = stand_ins(tmp_path, vd="exit 3", python="exit 3", **{"sqlite-utils": "echo '[]'"})
    assert "harlequin" in installed.missing()
    screen, engines, commands = others(sized(case), installed, tmp_path, home, 1, 1)
    assert measured(screen)["not measured"].startswith("the program has ended")
    assert "failed" in measured(engines)["DuckDB: not measured"]
    assert "articles" in measured(commands)["sqlite-utils has no"]
    assert len(commands.rows) == 7


def test_the_rows_of_a_query_are_timed_from_the_key_that_runs_it(
    tmp_path: Path, home: Mapping[str, str]
) -> None:
    answers = "read query; echo rows of $query; while read -n3 key; do echo down; done"
    installed = stand_ins(tmp_path, asked=f"stty -echo -icanon; sleep 0.1; echo ready; {answers}")
    found = measured(other(asking(installed), home, 10, 2))
    assert float(found["first rows, from the key that runs the query"].split()[0]) < 0.5
    assert found["it has no"] == "anything"
    assert re.fullmatch(r"[\d.]+ / [\d.]+ ms", found["arrow down at the top"])


def test_a_screen_without_rows_is_given_up(tmp_path: Path, home: Mapping[str, str]) -> None:
    installed = stand_ins(tmp_path, asked="sleep 5")
    assert other(asking(installed), home, 10, 1, limit=0.2).rows == [
        Row("first screen", "none after 0.2 s")
    ]


def asking(installed: Peers) -> Program:
    """The stand-in `asked`, which shows rows only after a query."""
    command = installed.program("asked")
    assert command is not None
    return Program(
        "asked", (command,), "rows of all", "anything", ready="ready", query=b"all", go=b"\n"
    )


def stand_ins(folder: Path, **scripts: str) -> Peers:
    """An environment of shell scripts in the place of programs."""
    (folder / "bin").mkdir()
    for name, script in scripts.items():
        path = folder / "bin" / name
        path.write_text(f"#!/bin/bash\n{script}\n", "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return Peers(folder)


def sized(path: Path) -> Sized:
    return Sized(60, True, Measured("60 events", path, 60, (str(path),), "", ""), None)


def test_the_other_programs_are_pinned_with_hashes_and_no_addresses() -> None:
    lock = Path("bench/peers.lock").read_text("utf-8")
    pinned = re.findall(r"^([\w.-]+)==\S+.* \\\n    --hash=sha256:", lock, re.MULTILINE)
    assert {"duckdb", "harlequin", "sqlite-utils", "visidata"} <= set(pinned)
    assert len(pinned) == len(re.findall(r"^\S+==", lock, re.MULTILINE))
    assert "://" not in lock


@pytest.mark.parametrize(("target", "installs"), [("bench", True), ("test", False), ("run", False)])
def test_the_other_programs_are_made_for_the_bench_alone(target: str, installs: bool) -> None:
    made = subprocess.run(
        ("make", "--dry-run", "--always-make", target), capture_output=True, text=True, check=True
    )
    assert ("peers.lock" in made.stdout) is installs
