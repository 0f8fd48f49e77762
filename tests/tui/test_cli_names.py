"""Names on the command line: the one that is meant, and what else may have been."""

from pathlib import Path

import pytest

from tests.imports import run
from tests.small import SmallCase


def test_a_name_that_means_the_lesser_of_two_records_names_the_other(tmp_path: Path) -> None:
    case = SmallCase()
    region = case.place("Zed governorate")
    town, mill = case.place("Zed", within=region), case.place("Zed mill", within=region)
    article = case.article("a", "Raid Siege Talks", publisher=case.source("Paper"))
    for title, place in (("Raid", town), ("Siege", mill), ("Talks", region)):
        case.placed(case.event(title), article, title, place)
    path = case.write(tmp_path / "zed.json")
    done = run("events", "--place", "zed", "--case", path)
    assert "Raid" in done.stdout
    assert done.stderr == (
        "--place zed is Zed (plc_Zed, 1 event); more events have:"
        " Zed governorate (plc_Zed governorate, 3 events)\n"
    )
    for words in ("plc_Zed", "Zed governorate", "Zed mill"):
        assert not run("events", "--place", words, "--case", path).stderr


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("events", "war.json"), "events --case war.json"),
        (("event", "evt_1", "war.json"), "event --case war.json"),
        (("log", "my war.json"), "log --case 'my war.json'"),
        (("undo", "war.json"), "undo --into war.json"),
        (("redo", "war.json"), "redo --into war.json"),
    ],
)
def test_a_case_without_its_option_is_told_which_it_is(
    arguments: tuple[str, ...], hint: str
) -> None:
    done = run(*arguments)
    assert done.exit_code == 64
    assert "; a case is named so: " in done.stderr
    assert done.stderr.endswith(f" {hint}\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("events", "a.json", "b.json"),
        ("events", "--case", "a.json", "b.json"),
        ("verify", "a.json", "b.json"),
    ],
)
def test_other_arguments_that_a_command_does_not_take_lead_to_its_help(
    arguments: tuple[str, ...],
) -> None:
    assert run(*arguments).stderr.endswith(f" {arguments[0]} --help\n")
