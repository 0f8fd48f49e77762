"""Rows of data sets in the commands: each is labelled, also in what is exported."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.rows import CLOSED, ENGINE, FIGHT, GUESSED, HINT, NOTED, ODD, TOLD, VALLEY, rows_case
from tui.cli.main import cli


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rows_case(tmp_path_factory.mktemp("case") / "case.json")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


def table(case: Path, *arguments: object) -> str:
    result = run(*arguments, "--case", case)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def as_json(case: Path, *arguments: object) -> Any:
    return json.loads(table(case, *arguments, "--format", "json"))


def as_csv(case: Path, *arguments: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table(case, *arguments, "--format", "csv"))))


def test_events_say_what_is_odd_and_what_a_machine_made(case: Path) -> None:
    listed = table(case, "events").splitlines()
    assert "FLAGS" in listed[0]
    assert "MADE BY" in listed[0]
    (odd,) = [line for line in listed if line.startswith(ODD)]
    assert "low-above-best, article-before-event" in odd
    (guessed,) = [line for line in listed if line.startswith(GUESSED)]
    assert " machine " in guessed
    assert "FLAGS" not in table(case, "events", "--made", "person"), "no column without a word"
    assert [one["id"] for one in as_json(case, "events", "--flag", "any")] == [ODD]
    assert [
        one["id"] for one in as_json(case, "events", "--flag", "!any", "--made", "machine")
    ] == [GUESSED]
    assert [one["id"] for one in as_json(case, "events", "--dataset", "closed")] == [NOTED]


def test_an_event_says_it_in_words(case: Path) -> None:
    odd = table(case, "event", ODD)
    assert "low-above-best: the low estimate of the dead is above the best one" in odd
    assert f"18 of {VALLEY}, CC BY 4.0" in odd
    assert "Σ aggregate" in odd
    assert f"coded by {VALLEY}" in odd
    fight = table(case, "event", FIGHT)
    assert f"hint       {VALLEY} names as origin: {HINT}" in fight
    assert "read by rule from the headline" in fight
    guessed = table(case, "event", GUESSED)
    assert "made       by a machine, and nobody has reviewed it" in guessed
    assert "read by a machine, confidence 40 %" in guessed


def test_an_article_says_that_it_is_a_headline_or_a_row(case: Path) -> None:
    headline = table(case, "article", "art_Nine dead in Northtown fighting")
    assert "text       headline only: the data set has no text" in headline
    assert f"from       {VALLEY}, CC BY 4.0" in headline
    assert "cite       Doe (2024), Valley Register" in headline
    assert "row of a data set" in table(case, "article", "art_Valley Register 17")
    machine = table(case, "article", "art_valley-news")
    assert "read       by a machine" in machine


LISTS: list[tuple[str, ...]] = [
    ("events",),
    ("articles",),
    ("search", "Westtown"),
    ("event", NOTED),
    ("article", "art_Closed Ledger W-4"),
    ("compare", NOTED),
    ("who", NOTED),
]


@pytest.mark.parametrize("form", ["table", "json", "csv"])
@pytest.mark.parametrize("command", LISTS, ids=lambda command: command[0])
def test_nothing_closed_is_let_out_unsaid(case: Path, command: tuple[str, ...], form: str) -> None:
    result = run(*command, "--case", case, "--format", form)
    assert result.exit_code == 0
    (line,) = result.stderr.splitlines()
    assert line.startswith("not redistributable: ")
    assert f"of {CLOSED} (no redistribution)" in line


@pytest.mark.parametrize("command", LISTS, ids=lambda command: command[0])
def test_every_row_says_its_data_set_and_licence(case: Path, command: tuple[str, ...]) -> None:
    closed = [one for one in as_csv(case, *command) if one["dataset"] == CLOSED]
    assert closed
    assert {one["licence"] for one in closed} == {"no redistribution"}
    assert '"licence": "no redistribution"' in table(case, *command, "--format", "json")


def test_what_is_free_goes_out_without_a_word(case: Path) -> None:
    result = run("event", FIGHT, "--case", case, "--format", "csv")
    assert result.stderr == ""
    assert {one["dataset"] for one in as_csv(case, "event", FIGHT)} == {VALLEY}
    assert {one["dataset"] for one in as_csv(case, "event", TOLD)} == {""}


def test_a_case_with_closed_rows_is_packed_only_when_that_is_meant(
    case: Path, tmp_path: Path
) -> None:
    packed = tmp_path / "war.zip"
    refused = run("pack", case, "--into", packed)
    assert refused.exit_code == 76
    assert f"2 records are of {CLOSED} (no redistribution)" in refused.stderr
    assert "--with-restricted" in refused.stderr
    assert not packed.exists()
    done = run("pack", case, "--into", packed, "--with-restricted")
    assert done.exit_code == 0
    assert f"not redistributable: 2 records are of {CLOSED}" in done.stderr
    assert packed.exists()


def test_the_log_lets_no_closed_row_out_unsaid(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    rows_case(case)
    gone = run("withdraw", "art_Closed Ledger W-4", "--into", case, "--by", "me", "--reason", "x")
    assert gone.exit_code == 0, gone.stderr
    for form in ("table", "json", "csv"):
        found = run("log", "--case", case, "--format", form)
        assert f"of {CLOSED} (no redistribution)" in found.stderr
        assert found.stderr.startswith("not redistributable: ")


def test_the_data_sets_of_a_case(case: Path) -> None:
    valley = next(one for one in as_json(case, "datasets") if one["name"] == "Valley Register")
    assert valley["licence"] == "CC BY 4.0"
    assert (valley["rows"], valley["articles"], valley["flagged"]) == (2, 5, 1)
    assert valley["flags"] == ["low-above-best 1", "article-before-event 1"]
    listed = table(case, "datasets")
    assert [line.rsplit("  ", 1)[-1] for line in listed.splitlines()[1:]] == [
        CLOSED,
        ENGINE,
        VALLEY,
    ]
    empty = run("datasets")
    assert empty.stderr == "the case has no data sets\n"
