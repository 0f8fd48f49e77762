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
        (("event", "evt_1", "war.json"), "event --case war.json"),
        (("article", "art_1", "my war.json"), "article --case 'my war.json'"),
        (
            ("withdraw", "evt_1", "--reason", "no", "war.json"),
            "withdraw --into war.json",
        ),
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
        ("undo", "a.json", "b.json"),
        ("verify", "a.json", "b.json"),
    ],
)
def test_other_arguments_that_a_command_does_not_take_lead_to_its_help(
    arguments: tuple[str, ...],
) -> None:
    assert run(*arguments).stderr.endswith(f" {arguments[0]} --help\n")


@pytest.mark.parametrize(
    "command",
    [
        *("events", "actors", "places", "sources", "articles", "datasets", "contradictions"),
        *("copies", "log", "conflicts"),
    ],
)
def test_a_command_without_arguments_takes_the_case_as_one(command: str, tmp_path: Path) -> None:
    case = SmallCase()
    case.event("Raid")
    path = case.write(tmp_path / "zed.json")
    by_option = run(command, "--case", path, "--format", "json")
    assert by_option.exit_code == 0
    assert run(command, path, "--format", "json").stdout == by_option.stdout
    twice = run(command, path, "--case", path)
    assert (twice.exit_code, twice.stderr) == (
        64,
        "conflict-tui: the case is named twice; leave out --case\n",
    )


def test_the_last_change_of_a_named_case_is_undone_and_redone(tmp_path: Path) -> None:
    case = SmallCase()
    case.event("Raid")
    path = case.write(tmp_path / "zed.json")
    assert (
        run("withdraw", "evt_Raid", "--reason", "no", "--into", path, "--by", "Ada").exit_code == 0
    )
    for command in ("undo", "redo"):
        assert run(command, path, "--by", "Ada").exit_code == 0
    assert "Raid" not in run("events", path).stdout
