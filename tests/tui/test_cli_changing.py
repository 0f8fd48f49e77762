"""Commands that change a case say what they did, and leave nothing where they did nothing."""

import getpass
import json
from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from store.custody.own_copy import own_copy_path
from store.model.typed_text import LONGEST_TYPED
from tests import ged
from tests.small import SmallCase
from tests.tui.test_cli_custody import done, refused, run

LOGGED = "Logged as ada, the system's user name; --by NAME sets another.\n"


@pytest.fixture(autouse=True)
def _ada(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set no author, and let the system call its user ada."""
    monkeypatch.setattr(getpass, "getuser", lambda: "ada")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    small = SmallCase()
    event = small.event("Prison taken")
    for name in ("one", "two"):
        article = small.article(name, f"{name}: the rebels took the prison", title=name)
        small.claim(event, article, "the rebels took the prison")
    return small.write(tmp_path / "war.json")


def entries(case: Path) -> list[str]:
    return [one["who"] for one in json.loads(done("log", "--case", case, "--format", "json"))]


def articles() -> list[str]:
    return [one["id"] for one in json.loads(done("articles", "--format", "json"))]


WHY = ("--reason", "why")
FAILING = [
    (67, ("kinship", "nope", "art_one", "one-house", *WHY)),
    (67, ("kinship", "", "", "one-house", *WHY)),
    (64, ("kinship", "art_one", "art_one", "one-house", *WHY)),
    (64, ("kinship", "art_one", "art_two", "one-house", "--reason", "x" * 3_000)),
    (67, ("withdraw", "nope", *WHY)),
    (64, ("withdraw", "art_one", "--reason", " ")),
    (64, ("redact", "art_one", "text", *WHY)),
    (64, ("redact", "art_one", "nothing", "--words", "the", *WHY, "--yes")),
    (75, ("redact", "art_one", "text", "--words", "nobody said it", *WHY, "--yes")),
    (64, ("attach", "/etc/hostname")),
    (75, ("undo",)),
    (75, ("redo",)),
]


@pytest.mark.parametrize(("code", "command"), FAILING, ids=str)
def test_nobody_is_said_to_be_logged_by_a_command_that_fails(
    case: Path, code: int, command: tuple[str, ...]
) -> None:
    said = refused(code, *command, "--into", case)
    assert "Logged as" not in said
    assert entries(case) == []


def test_a_case_that_is_not_there_logs_nobody(tmp_path: Path) -> None:
    refused(66, "kinship", "art_a", "art_b", "apart", *WHY, "--into", tmp_path / "none.json")


def test_who_was_logged_is_said_after_what_was_done(case: Path) -> None:
    for command in (
        ("kinship", "art_one", "art_two", "apart", *WHY),
        ("withdraw", "art_one", *WHY),
        ("undo",),
        ("redo",),
        ("redact", "art_two", "text", "--words", "prison", "--yes", *WHY),
    ):
        found = run(*command, "--into", case)
        assert found.exit_code == 0, found.stderr
        assert found.stderr.count(LOGGED) == 1
        assert not found.stderr.startswith(LOGGED)
    assert set(entries(case)) == {"ada"}


def test_an_import_says_who_was_logged_only_where_it_took_rows(tmp_path: Path) -> None:
    file, none, case = tmp_path / "ged.csv", tmp_path / "none.csv", tmp_path / "war.db"
    file.write_text(ged.text([ged.row()]), "utf-8")
    none.write_text(ged.text([ged.row(date_start="never", year="never")]), "utf-8")
    run("new", case)
    assert LOGGED not in run("import", file, "--into", case, "--dry-run").stderr
    assert LOGGED not in run("import", none, "--into", case).stderr
    assert entries(case) == []
    assert LOGGED in run("import", file, "--into", case).stderr
    assert entries(case) == ["ada"]


# the user's own copy of the bundled case


@pytest.mark.parametrize(
    "command",
    [
        ("kinship", "nope", "{0}", "one-house", *WHY),
        ("kinship", "{0}", "{0}", "same-text", *WHY),
        ("withdraw", "nope", *WHY),
        ("withdraw", "act_", *WHY),
        ("attach", "/etc/hostname"),
        ("redact", "{0}", "nothing", "--yes", *WHY),
        ("redact", "{0}", "text", "--words", "nobody said it", "--yes", *WHY),
        ("undo",),
    ],
    ids=str,
)
def test_a_refused_command_makes_no_copy_and_speaks_of_none(command: tuple[str, ...]) -> None:
    one = articles()[0]
    found = run(*(word.format(one) for word in command))
    assert found.exit_code != 0
    assert "copy" not in found.stderr
    assert not own_copy_path(BUNDLED).parent.exists() or not list(
        own_copy_path(BUNDLED).parent.iterdir()
    )


def test_the_first_change_makes_the_copy_and_says_where() -> None:
    one, other, *_ = articles()
    found = run("kinship", one, other, "apart", *WHY)
    assert found.exit_code == 0, found.stderr
    assert f"Your own copy of the bundled case is {own_copy_path(BUNDLED)}.\n" in found.stderr
    again = run("withdraw", one, *WHY)
    assert "Your own copy" not in again.stderr
    assert len(entries(own_copy_path(BUNDLED))) == 2


def test_a_refused_command_leaves_a_copy_that_was_there() -> None:
    one, other, *_ = articles()
    run("kinship", one, other, "apart", *WHY)
    before = own_copy_path(BUNDLED).read_bytes()
    run("withdraw", "nope", *WHY)
    assert own_copy_path(BUNDLED).read_bytes() == before
    assert len(entries(own_copy_path(BUNDLED))) == 1


# what is typed


def test_the_same_finding_is_recorded_once(case: Path) -> None:
    finding = ("kinship", "art_one", "art_two", "apart", "--reason", "two desks", "--into", case)
    run(*finding)
    again = run(*finding)
    assert (again.exit_code, again.stderr) == (0, "already recorded: apart: two desks\n")
    swapped = run("kinship", "art_two", "art_one", *finding[3:])
    assert swapped.stderr == again.stderr
    assert len(entries(case)) == 1
    other = run(*finding[:5], "they have two desks", *finding[6:])
    assert "already" not in other.stderr
    assert len(entries(case)) == 2


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (("kinship", "art_one", "art_two", "apart", "--reason", "{long}"), "reason"),
        (("withdraw", "art_one", "--reason", "{long}"), "reason"),
        (("redact", "art_one", "text", "--yes", "--reason", "{long}"), "reason"),
        (("withdraw", "art_one", *WHY, "--by", "{long}"), "name"),
    ],
)
def test_a_typed_field_has_one_limit(case: Path, command: tuple[str, ...], what: str) -> None:
    longer, fits = "x" * (LONGEST_TYPED + 1), "x" * LONGEST_TYPED
    said = refused(64, *(word.format(long=longer) for word in command), "--into", case)
    assert said == (
        f"conflict-tui: the {what} has 2,001 characters; the limit is 2,000;"
        " shorten it; a note can be longer\n"
    )
    assert run(*(word.format(long=fits) for word in command), "--into", case).exit_code == 0


def test_a_title_has_the_same_limit(tmp_path: Path) -> None:
    path = tmp_path / "new.json"
    refused(64, "new", path, "--title", "x" * (LONGEST_TYPED + 1))
    assert not path.exists()


# what is meant


@pytest.mark.parametrize("command", ["who", "compare"])
def test_the_beginning_of_an_id_is_no_name(tmp_path: Path, command: str) -> None:
    small = SmallCase()
    small.place("Field artillery college")
    small.claim(small.event("Fall"), small.article("one", "It fell."), "It fell")
    case = small.write(tmp_path / "war.json")
    said = refused(67, command, "art_", "--case", case)
    assert "no event, actor or place has an id that begins with 'art_'" in said
    assert "no place has an id that begins with 'plc_art'" in refused(
        67, "events", "--place", "plc_art", "--case", case
    )
    assert "Field artillery college" in run(command, "Field art", "--case", case).stdout


def test_a_headline_stands_once_where_it_is_all_that_was_read(tmp_path: Path) -> None:
    file, case = tmp_path / "ged.csv", tmp_path / "war.db"
    headlines = ("Anton blast kills 4: police", "Anton blast kills 9, says hospital")
    listed = zip(("Reuters News", "The Paper"), ("2016-03-02",) * 2, headlines, strict=True)
    file.write_text(ged.text([ged.listing(*listed)]), "utf-8")
    run("new", case)
    run("import", file, "--into", case, "--by", "Ada")
    told = done("contradictions", "--case", case)
    (event,) = json.loads(done("events", "--case", case, "--format", "json"))
    shown = done("event", event["id"], "--case", case)
    for headline in headlines:
        assert told.count(headline) == 1, told
        assert shown.count(f"“{headline}”") == shown.count(headline) >= 1


def test_an_event_that_is_only_out_of_order_is_listed_with_the_sign_of_that() -> None:
    lines = done("events", "--support", "disputed").splitlines()
    (push,) = [line for line in lines if "Rebels push south" in line]
    assert "⇄" in push
    assert "≠" not in push
    assert "out of order" in push
    (denied,) = [line for line in lines if "Turkish involvement" in line]
    assert "≠" in denied
