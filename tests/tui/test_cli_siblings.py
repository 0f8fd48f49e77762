"""Events that are perhaps one, and dates out of order, as the commands show them."""

import json
from pathlib import Path

import pytest

from tests.small import SmallCase
from tests.store.test_event_order import PUSH, told
from tests.store.test_siblings import FIRST, SECOND, World
from tests.tui.test_cli import answer, run


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    return World().case.write(tmp_path / "twice.json")


def at(case: SmallCase, folder: Path) -> Path:
    return case.write(folder / "case.json")


def test_the_comparison_suggests_it_and_json_has_it(twice: Path) -> None:
    lines = answer("compare", FIRST, "--case", twice).splitlines()
    (line,) = [line for line in lines if line.startswith("  perhaps one event: ")]
    assert line.startswith(f"  perhaps one event: market bombed  {SECOND}, 1 Dec 2024: of one type")
    found = json.loads(answer("compare", FIRST, "--case", twice, "--format", "json"))
    assert [one["other"] for one in found["perhaps_one_event"]] == [SECOND]


def test_they_are_listed_as_a_table_and_as_json_by_their_reading(twice: Path) -> None:
    asked = ("contradictions", "--reading", "perhaps-one-event", "--case", twice)
    assert f"{FIRST}  {SECOND}" in answer(*asked)
    (one,) = json.loads(answer(*asked, "--format", "json"))
    assert (one["id"], one["other"]) == (FIRST, SECOND)
    assert json.loads(run(*asked, "--format", "json", "--words", "nine").stdout) == []
    assert run(*asked, "--reading", "stale").exit_code == 64


def test_no_two_events_of_the_bundled_case_are_perhaps_one() -> None:
    found = run("contradictions", "--reading", "perhaps-one-event", "--format", "json")
    assert (json.loads(found.stdout), found.exit_code) == ([], 0)
    assert "no two events are perhaps one" in found.stderr


def test_what_is_out_of_order_is_listed_once_under_the_whole_with_both_passages(
    tmp_path: Path,
) -> None:
    found = answer("contradictions", "--case", at(told(), tmp_path))
    lines = found.splitlines()
    assert lines[0] == f"push  {PUSH}"
    assert "  ⇄ out of order  when" in lines
    assert (
        "    These dates put a sub-event before the start of its event:"
        " taken, 29 Nov 2024; push, Dec 2024." in found
    )
    assert [one for one in lines if one.startswith("      “")] == ["      “two”", "      “three”"]
    assert lines[-1] == "1 conflict, 1 pair of values: ⇄ out of order 1"
