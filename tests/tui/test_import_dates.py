"""The order of dates is given on the command line, and on the screen."""

from pathlib import Path

import pytest

from tests.importers.tables import acled, table
from tests.imports import new_case, run, written
from tui.handlers.import_files import without_dates


def test_the_order_of_dates_is_an_option_of_the_command(tmp_path: Path) -> None:
    case = new_case(tmp_path / "war.json")
    file = written(tmp_path, table([acled(1, event_date="03/05/2024")]))
    asked = ("import", file, "--into", case, "--by", "Ada")
    assert "--dates mdy reads them month first" in run(*asked, "--dry-run").stdout
    found = run(*asked, "--dates", "mdy")
    assert "dates are read month first, as --dates says" in found.stdout
    assert "5 Mar 2024" in run("events", "--case", case).stdout


def test_another_order_is_refused(tmp_path: Path) -> None:
    found = run("import", tmp_path, "--into", tmp_path / "war.db", "--dates", "american")
    assert (found.exit_code, found.stderr.count("\n")) == (64, 1)


def test_two_orders_are_refused_in_one_line(tmp_path: Path) -> None:
    case = new_case(tmp_path / "war.json")
    before = case.read_bytes()
    rows = [acled(1, event_date="25/03/2024"), acled(2, event_date="03/25/2024")]
    file = written(tmp_path, table(rows))
    found = run("import", file, "--into", case, "--by", "Ada")
    assert found.exit_code == 65
    assert found.stderr.splitlines()[-1].startswith(f"conflict-tui: {file}: has dates in two")
    assert case.read_bytes() == before


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a b.csv", ("a b.csv", "")),
        ("a b.csv --dates mdy", ("a b.csv", "mdy")),
        ("a.csv --dates=dmy ", ("a.csv", "dmy")),
        ("a.csv --dates no", ("a.csv --dates no", "")),
    ],
)
def test_on_the_screen_it_stands_after_the_file(typed: str, read: tuple[str, str]) -> None:
    assert without_dates(typed) == read
