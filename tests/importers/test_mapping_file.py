"""A mapping that is wrong is refused in one line: its file, the key, and what to do."""

from pathlib import Path

import pytest

from store.errors import UsageError
from store.importers.mapping import TableMapping
from store.importing.mapping_file import MAX_BYTES, parsed, read_mapping
from tests.imports import new_case, refused, run, written

BASE = '[data_set]\nname = "List"\n[date]\nstart = "Day"\n[event]\ntitle = "What"\n'
TABLE = "Day,What,Dead\n2024-03-01,Shells fell,3\n2024-03-02,A raid,2\n"

WRONG = {
    "syntax": ("[date\n", "is not TOML", "conflict-tui mapping FILE"),
    "key": (BASE + '[place]\nnmae = "Town"\n', "place.nmae: is no key", "did you mean 'name'?"),
    "part": (BASE + '[palce]\nname = "Town"\n', "palce: is no key", "did you mean 'place'?"),
    "far": (BASE + "[place]\nqqq = 1\n", "place.qqq: is no key", "its keys are name, admin1"),
    "list": (BASE + '[[tolls]]\nkind = "killed"\nnumbr = "Dead"\n', "tolls 1.numbr", "'number'?"),
    "type": (BASE.replace('"Day"', "3"), "date.start: expected str, got int", "writes a draft"),
    "value": (
        BASE + '[[tolls]]\nkind = "kiled"\nnumber = "Dead"\n',
        "tolls 1.kind: 'kiled' is no value of it",
        "did you mean 'killed'?",
    ),
    "type of event": (
        BASE + '[event.types]\n"Raid" = "raid on a town"\n',
        "event.types: 'raid on a town' is no value of it",
        "write one of offensive, advance",
    ),
    "precision": (
        BASE + '[place.precisions]\n"Town" = 9\n',
        "place.precisions: expected int <= 7",
        "writes a draft",
    ),
    "name": (BASE.replace("List", "ACLED"), "data_set.name: ACLED is imported without", "our copy"),
    "no date": (BASE.replace('start = "Day"', ""), "date: names no column", "write start = COLUMN"),
    "nothing said": (BASE.replace('title = "What"', ""), "event: names no column", "title, note"),
    "no name": (BASE.replace('name = "List"', ""), "data_set: lacks the key name", "a draft"),
    "half a point": (BASE + '[place]\nlatitude = "Y"\n', "go together", "name both columns"),
    "zone": (BASE + '[constants]\ntime_zone = "Mars"\n', "'Mars' is no time zone", "+03:00"),
    "twice": (
        BASE + 2 * '[[tolls]]\nkind = "killed"\nnumber = "Dead"\n',
        "tolls 2: counts the killed once more",
        "give another scope",
    ),
    "empty toll": (BASE + '[[tolls]]\nkind = "killed"\n', "tolls 1: names no column", "number ="),
    "empty report": (BASE + '[[reports]]\ndate = "D"\n', "reports 1: names no report", "url"),
    "two ids": (BASE + '[row]\nid = "A"\nid_from = ["B"]\n', "exclude each other", "keep one"),
    "deep list": (BASE + "deep = " + 20 * "[" + 20 * "]", "more than 8 levels", "a draft"),
    "deep text": ("x = " + 50_000 * "[", "is not TOML", "a draft"),
    "deep keys": (".".join("a" * 3_000) + " = 1\n", "levels", "a draft"),
    "digits": ("x = " + 5_000 * "9", "is not TOML", "correct it"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_mapping_names_its_file_the_key_and_what_to_do(name: str) -> None:
    text, what, hint = WRONG[name]
    with pytest.raises(UsageError) as caught:
        parsed("my.toml", text.encode())
    assert caught.value.message.startswith("my.toml: ")
    assert what in caught.value.message
    assert hint in caught.value.hint
    assert "\n" not in caught.value.message


def test_its_size_and_its_letters_are_bounded(tmp_path: Path) -> None:
    large = written(tmp_path, b"#" * (MAX_BYTES + 1), "large.toml")
    with pytest.raises(UsageError, match="has over 512 KB"):
        read_mapping(large)
    with pytest.raises(UsageError, match="is not UTF-8"):
        parsed("my.toml", b"\xff\xfe")


def test_a_table_of_values_may_be_long() -> None:
    lines = "".join(f'"value {number}" = "attack"\n' for number in range(15_000))
    found = parsed("my.toml", f"{BASE}[event.types]\n{lines}".encode())
    assert len(found.event.types) == 15_000


def test_what_a_mapping_says_counts_and_not_how_it_is_written() -> None:
    written_else = BASE.replace("\n", "\n# a comment\n").replace("=", "  =  ")
    one, other = parsed("a.toml", BASE.encode()), parsed("b.toml", written_else.encode())
    assert one.sha256 == other.sha256
    assert one.sha256 != parsed("c.toml", (BASE + 'note = "Dead"').encode()).sha256
    assert isinstance(one, TableMapping)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return new_case(tmp_path / "war.json")


def refusal(case: Path, folder: Path, table: str, mapping: str) -> str:
    """The line that an import with a mapping ends in."""
    file = written(folder, table)
    return refused(case, file, "--mapping", written(folder, mapping, "my.toml"))


def test_a_table_without_its_columns_names_the_nearest(case: Path, tmp_path: Path) -> None:
    line = refusal(case, tmp_path, TABLE, BASE.replace("Day", "Days"))
    assert line.endswith(
        "rows.csv: has no column 'Days', which date.start of my.toml names; nearest: 'Day'"
    )
    line = refusal(case, tmp_path, "a,b\n1,2\n", BASE)
    assert line.endswith("has none of the columns that my.toml names; draft a mapping of it")


def test_dates_in_another_order_are_refused(case: Path, tmp_path: Path) -> None:
    table = "Day,What\n03/25/2024,One\n04/26/2024,Two\n25/04/2024,Three\n"
    line = refusal(case, tmp_path, table, BASE + '[date.precisions]\n"a" = "day"\n')
    assert "dates such as '03/25/2024' need an order; write order = " in line
    ordered = BASE.replace("[event]", 'order = "dmy"\n[event]')
    line = refusal(case, tmp_path, table, ordered)
    assert "dates are read dmy, but 2 of them can only be mdy, such as '03/25/2024'" in line
    found = run(
        *("import", tmp_path / "rows.csv", "--mapping", tmp_path / "my.toml", "--into", case),
        *("--by", "Ada", "--dates", "mdy"),
    )
    assert found.exit_code == 0, found.stderr
    assert "Day: 1 cell not read as a date, such as '25/04/2024' (row 3)" in found.stdout


def test_a_column_without_any_date_is_refused(case: Path, tmp_path: Path) -> None:
    line = refusal(case, tmp_path, TABLE.replace("2024-03-0", "spring "), BASE)
    assert "no cell of 'Day' can be read as a date, such as 'spring 1'" in line


def test_a_file_of_no_format_names_the_command_that_drafts_a_mapping(
    case: Path, tmp_path: Path
) -> None:
    line = refused(case, written(tmp_path, TABLE))
    assert "conflict-tui mapping FILE" in line
