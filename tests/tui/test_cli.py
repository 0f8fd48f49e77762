"""The commands, as someone with a shell uses them."""

import csv
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner, Result

from seeds.bundled import BUNDLED
from store import __version__
from store.errors import EXIT_CODES
from store.exporters import FORMATS
from store.model.text import showable
from store.model.vocabulary import EventType
from store.queries.event_sort import Sort
from store.queries.filters import FilterKind
from tests.hostile.small import ARTICLE, EVENT, HARM, NEVER_RAW, TEXT, hostile_case
from tui import crash
from tui.cli.main import cli
from tui.output import complain

ROOT = Path(__file__).parents[2]
ARGUMENTS = {
    "event": [EVENT],
    "compare": [EVENT],
    "who": [EVENT],
    "article": [ARTICLE],
    "search": ["hama"],
}
"""What a command needs; a new command that needs something says so here."""

READING = [
    name
    for name, command in cli.commands.items()
    if {"form", "case"} <= {option.name for option in command.params}
]
"""The commands that write what a case holds, in any format."""

LISTS = ("events", "articles", "sources", "actors", "places")
FILTERED = (*LISTS, "contradictions")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_case(tmp_path_factory.mktemp("case") / "hostile.json")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def answer(*arguments: str | Path) -> str:
    found = run(*arguments)
    assert (found.exit_code, found.stderr) == (0, "")
    return found.stdout


def program(*arguments: str | Path, **how: object) -> "subprocess.CompletedProcess[str]":
    """The program as a process of its own."""
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "tui", *map(str, arguments)],
        **{
            "cwd": ROOT,
            "capture_output": True,
            "text": True,
            "encoding": "utf-8",
            "timeout": 60,
            "check": False,
            "stdin": subprocess.DEVNULL,
            **how,
        },
    )


# what every command has in common


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("command", [name for name in READING if name not in ("log", "conflicts")])
def test_no_command_lets_a_hostile_case_reach_the_terminal(
    command: str, form: str, case: Path
) -> None:
    written = answer(command, *ARGUMENTS.get(command, []), "--case", case, "--format", form)
    assert not NEVER_RAW & set(written)
    if form == "json":
        assert json.loads(written)
    if form == "csv":
        lengths = {len(line) for line in csv.reader(io.StringIO(written))}
        assert len(lengths) == 1
    assert "[@click=app.bell]fired[/]" in written


@pytest.mark.parametrize("command", cli.commands)
def test_every_command_explains_itself_in_a_sentence_and_an_example(command: str) -> None:
    written = answer(command, "--help")
    assert f"\n    conflict-tui {command}" in written
    summary = cli.commands[command].get_short_help_str(limit=62)
    assert summary.endswith(".")
    assert not summary.endswith("...")


@pytest.mark.parametrize("command", READING)
def test_every_command_that_reads_takes_a_case_and_a_format(command: str) -> None:
    written = answer(command, "--help")
    assert "--case CASE" in written
    assert all(form in written for form in FORMATS)


def test_the_options_of_the_command_line_are_the_filters_that_there_are() -> None:
    for name in FILTERED:
        options = {option.name for option in cli.commands[name].params}
        assert {kind.value for kind in FilterKind} <= options


# --help and --version


def test_the_help_names_every_command_and_every_exit_code() -> None:
    written = answer("--help")
    assert all(f"\n  {name} " in written for name in cli.commands)
    assert all(f"{code:3}  {meaning}" in written for code, meaning in EXIT_CODES)


def test_the_help_imports_neither_a_toolkit_nor_the_store() -> None:
    script = (
        "import sys, atexit;"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
        "from tui.cli.main import main; main()"
    )
    found = subprocess.run(
        [sys.executable, "-c", script, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(found.stderr.split())
    unwanted = {"textual", "rich", "msgspec", "platformdirs", "tinydb", "sqlite3", "asyncio"}
    assert not unwanted & loaded
    assert {name for name in loaded if name.startswith("store")} == {"store", "store.errors"}


def test_a_list_imports_no_toolkit() -> None:
    script = (
        "import sys; from tui.cli.main import cli\n"
        "try: cli.main(['events'])\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not {"textual", "rich"} & set(found.stderr.split())


def test_the_version_is_that_of_the_store() -> None:
    assert answer("--version") == f"conflict-tui {__version__}\n"


# opening a case


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, bool]]:
    """The cases that a screen was asked to open, as at a terminal."""
    cases: list[tuple[Path, bool]] = []

    def screen(path: Path, *, bundled: bool, read_only: bool) -> int:
        cases.append((path, bundled))
        return 7

    app = ModuleType("tui.run")
    app.run = screen  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tui.run", app)
    monkeypatch.setattr("tui.cli.main.has_terminal", lambda: True)
    return cases


def test_without_a_word_the_bundled_case_opens(opened: list[tuple[Path, bool]]) -> None:
    assert run().exit_code == 7
    assert opened == [(BUNDLED, True)]


def test_a_word_that_is_no_command_is_a_case_to_open(
    opened: list[tuple[Path, bool]], case: Path
) -> None:
    assert run(case).exit_code == 7
    assert opened == [(case, False)]


@pytest.mark.parametrize("only", [True, False])
@pytest.mark.parametrize("after", [True, False])
def test_a_case_is_only_read_where_the_option_says_so_before_or_after_it(
    case: Path, monkeypatch: pytest.MonkeyPatch, *, only: bool, after: bool
) -> None:
    app = ModuleType("tui.run")
    app.run = lambda _, *, bundled, read_only: 7 if read_only is only else 8  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tui.run", app)
    monkeypatch.setattr("tui.cli.main.has_terminal", lambda: True)
    option = ["--read-only"] if only else []
    words: list[str | Path] = [case, *option] if after else [*option, case]
    assert run(*words).exit_code == 7


def test_a_case_called_like_a_command_opens_by_its_path(
    opened: list[tuple[Path, bool]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hostile_case(tmp_path / "events")
    assert run("./events").exit_code == 7
    assert opened == [(Path("events"), False)]


def test_without_a_terminal_nothing_opens_and_the_commands_are_named() -> None:
    found = run()
    assert (found.exit_code, found.stdout) == (64, "")
    assert found.stderr.startswith("conflict-tui: opening a case on the screen needs a terminal; ")
    assert all(name in found.stderr for name in cli.commands)
    assert found.stderr.count("\n") == 1


def test_a_slip_in_a_command_names_the_commands() -> None:
    found = run("evnts")
    assert found.exit_code == 66
    assert found.stderr.startswith("conflict-tui: evnts: there is no such file, and no such com")
    assert "events, event, compare" in found.stderr


# lists and filters, over the bundled case


def rows(*arguments: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(answer(*arguments, "--format", "json"))
    return found


@pytest.mark.parametrize("command", LISTS)
def test_the_three_formats_have_the_same_rows(command: str) -> None:
    ids = [row["id"] for row in rows(command)]
    assert ids
    assert len(set(ids)) == len(ids)
    assert [line.split()[0] for line in answer(command).splitlines()[1:]] == ids
    lines = list(csv.DictReader(io.StringIO(answer(command, "--format", "csv"))))
    assert [line["id"] for line in lines] == ids


def test_all_events_of_the_case_are_listed() -> None:
    held = json.loads(BUNDLED.read_text("utf-8"))["events"].values()
    assert {row["id"] for row in rows("events")} == {event["id"] for event in held}


@pytest.mark.parametrize("sort", Sort)
def test_every_order_has_the_same_events(sort: Sort) -> None:
    assert sorted(str(row["id"]) for row in rows("events", "--sort", sort)) == sorted(
        str(row["id"]) for row in rows("events")
    )


def test_events_are_ordered_by_title_when_asked() -> None:
    titles = [str(row["title"]).lower() for row in rows("events", "--sort", "title")]
    assert titles == sorted(titles)


def test_one_option_twice_widens_and_two_options_narrow() -> None:
    captures = rows("events", "--type", "capture")
    clashes = rows("events", "--type", "clash")
    both = rows("events", "--type", "capture", "--type", "clash")
    assert {row["type"] for row in both} == {"capture", "clash"}
    assert len(both) == len(captures) + len(clashes)
    narrowed = rows("events", "--type", "capture", "--place", "Syria")
    assert 0 < len(narrowed) <= len(captures)


def test_the_actor_may_be_named_by_an_alias_or_by_its_id() -> None:
    by_alias = rows("events", "--actor", "HTS")
    (actor,) = [row for row in rows("actors") if row["name"] == "Hayat Tahrir al-Sham"]
    assert by_alias == rows("events", "--actor", str(actor["id"]))
    assert len(by_alias) == actor["events"]


def test_a_range_of_days_leaves_the_events_that_may_fall_into_it() -> None:
    inside = {str(row["id"]) for row in rows("events", "--date", "2024-12-05..2024-12-05")}
    everything = {str(row["id"]): row["edtf"] for row in rows("events")}
    assert {id_ for id_, edtf in everything.items() if edtf == "2024-12-05"} <= inside
    assert inside < set(everything)


def test_words_narrow_and_an_exclamation_mark_excludes() -> None:
    found = {str(row["id"]) for row in rows("events", "--words", "Hama")}
    without = {str(row["id"]) for row in rows("events", "--words", "!Hama")}
    assert found
    assert without
    assert not found & without
    assert len(found | without) == len(rows("events"))


def test_the_articles_of_a_filter_are_those_behind_its_events() -> None:
    (event, *_) = rows("events", "--type", "capture", "--sort", "support")
    whole = json.loads(answer("event", str(event["id"]), "--format", "json"))
    found = rows("articles", "--type", "capture")
    assert {claim["article"] for claim in whole["claims"]} <= {row["id"] for row in found}
    assert all(row["events"] for row in found)


def test_articles_without_events_are_listed_without_a_filter(tmp_path: Path) -> None:
    lonely = tmp_path / "lonely.json"
    held = json.loads(BUNDLED.read_text("utf-8"))
    held["claims"] = {}
    lonely.write_text(json.dumps(held), "utf-8")
    found = rows("articles", "--case", str(lonely))
    assert {row["id"] for row in found} == {row["id"] for row in held["articles"].values()}
    assert {row["events"] for row in found} == {0}


@pytest.mark.parametrize("command", LISTS)
def test_no_match_says_so_and_is_no_error(command: str) -> None:
    found = run(command, "--words", "zzzz", "--format", "json")
    assert (found.exit_code, found.stdout) == (0, "[]\n")
    assert found.stderr == f"no {command} match words=zzzz; conflict-tui {command} lists all\n"


def test_a_name_that_can_be_several_names_them() -> None:
    found = run("events", "--actor", "Syrian")
    assert found.exit_code == 67
    assert "is ambiguous: " in found.stderr
    assert "Syrian army" in found.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["events", "--date", "Thursday"], "'Thursday' is not a date"),
        (["events", "--type", "battle"], "there is no type of event 'battle'; one of offensive"),
        (["events", "--words", "!!"], "has no word to search for"),
        (["events", "--sort", "size"], "'size' is not one of date, place"),
        (["events", "--format", "xml"], "'xml' is not one of table, json, csv"),
        (["events", "--form\x1b[2J", "x"], "No such option"),
        (["events", "a.json", "extra"], "unexpected extra argument (extra)"),
        (["search"], "Missing argument"),
        (["search", "--", "--"], "has no word to search for"),
        (["event"], "Missing argument"),
        (["events", "--support", "strong"], "there is no support 'strong'; one of disputed, "),
        (["contradictions", "--reading", "agrees"], "'agrees' is not one of contradicts, perhaps"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_64(arguments: list[str], words: str) -> None:
    found = run(*arguments)
    assert (found.exit_code, found.stdout) == (64, "")
    assert words in found.stderr
    assert found.stderr.startswith("conflict-tui: ")
    assert found.stderr.count("\n") == 1
    assert "\x1b" not in found.stderr


def test_a_province_is_not_shown_as_a_point_but_kept_in_the_data(case: Path) -> None:
    (line,) = [line for line in answer("places", "--case", case).splitlines() if "plc_so" in line]
    assert "province" in line
    assert "12.5" not in line
    (row,) = [row for row in rows("places", "--case", str(case)) if row["id"] == "plc_south"]
    assert (row["latitude"], row["precision"]) == (-12.5, 4)
    written = answer("places", "--case", case, "--format", "csv")
    (cells,) = [cells for cells in csv.DictReader(io.StringIO(written)) if cells["id"] in str(row)]
    assert cells["latitude"] == "-12.5"
    assert cells["name"] == "Southern province"


def test_csv_of_a_hostile_case_starts_no_formula(case: Path) -> None:
    for command in LISTS:
        written = answer(command, "--case", case, "--format", "csv")
        for line in csv.reader(io.StringIO(written)):
            for cell in line:
                assert not cell.startswith(("=", "+", "@")), command
                assert not cell.startswith("-") or float(cell) < 0


# search


def test_a_search_finds_articles_and_events_with_their_words() -> None:
    found = rows("search", "Central", "Prison")
    assert {row["table"] for row in found} == {"events", "articles"}
    for row in found:
        snippet = str(row["snippet"])
        marked = [snippet[start:end].lower() for start, end in row["found"]]  # type: ignore[attr-defined]
        assert "prison" in marked


def test_a_search_without_a_hit_says_so() -> None:
    found = run("search", "zzzz")
    assert found.exit_code == 0
    assert found.stderr == "nothing contains zzzz; conflict-tui events lists all events\n"


# one event, one article


def test_the_beginning_of_an_id_is_enough_while_it_is_clear(case: Path) -> None:
    assert answer("event", "evt_a", "--case", case) == answer("event", EVENT, "--case", case)
    found = run("event", "evt_", "--case", case)
    assert found.exit_code == 67
    assert found.stderr == (
        "conflict-tui: several ids begin with 'evt_'; see: conflict-tui events\n"
    )
    assert "no article has an id that begins with 'x'" in run("article", "x", "--case", case).stderr


def test_an_event_is_told_with_every_claim_and_its_passage(case: Path) -> None:
    lines = answer("event", EVENT, "--case", case).splitlines()
    assert "  date       5 Dec 2024" in lines
    assert "  support    1 article · 1 publisher, unnamed · 1 origin · 1 denial" in lines
    assert lines[5].startswith("  actors     +rebels ")
    assert lines[5].endswith(" (attacker)")
    (whole,) = [line for line in lines if line.startswith("  part of")]
    assert "evt_bbbbbbbbbbbb -2+3" in whole
    assert "7 claims" in lines
    assert lines.count("  publisher not stated → SOHR") == 6
    assert "● asserts occurrence" in lines
    assert "○ denies occurrence" in lines
    assert any(line.startswith("● asserts fatalities: dozens (") for line in lines)
    assert any(line.endswith(", as of 4 Dec 2024, printed “dozens”") for line in lines)
    assert any(
        line.startswith("● asserts date: 5 Dec 2024 (counted from the publication)")
        for line in lines
    )
    assert any(line.startswith("● asserts control: entered by +rebels") for line in lines)
    assert any(line.startswith("  “Hama fell, ") for line in lines)


def test_an_event_names_its_parts(case: Path) -> None:
    (line,) = [
        line for line in answer("event", "evt_b", "--case", case).splitlines() if EVENT in line
    ]
    assert line.startswith("  parts      ")
    assert line.endswith(" (5 Dec 2024)")


def test_an_event_in_json_is_the_record_with_all_that_follows_from_it(case: Path) -> None:
    found = json.loads(answer("event", EVENT, "--case", case, "--format", "json"))
    held = json.loads(case.read_text("utf-8"))
    (record,) = [event for event in held["events"].values() if event["id"] == EVENT]
    assert record.items() <= found["event"].items()
    assert found["shown"]["denials"] == 1
    assert found["part_of"]["id"] == "evt_bbbbbbbbbbbb"
    claims = {claim["id"]: claim for claim in held["claims"].values()}
    assert len(found["claims"]) == 7
    for one in found["claims"]:
        recorded = claims[one["claim"]["id"]]
        recorded["value"] = (
            {**one["claim"]["value"], **recorded["value"]} if "value" in recorded else None
        )
        assert recorded.items() <= one["claim"].items()
        assert one["claim"]["stance"] in ("asserts", "denies")


def test_an_article_is_told_whole_with_its_passages(case: Path) -> None:
    written = answer("article", ARTICLE, "--case", case)
    assert showable(TEXT) in written
    assert "\n1 passage\n" in written
    assert f"13-{25 + len(HARM)} “Hama fell, " in written
    assert f"\n  → {EVENT} =HYPERLINK" in written


def test_an_article_of_which_only_the_headline_is_known_says_so(case: Path) -> None:
    written = answer("article", "art_b", "--case", case)
    assert "\n  text       headline only: the case has no text\n" in written
    assert "\n  published  not stated\n" in written
    assert "\ntitle 0-" in written


def test_an_article_in_json_is_the_record_as_it_was(case: Path) -> None:
    found = json.loads(answer("article", ARTICLE, "--case", case, "--format", "json"))
    assert found["article"]["text"] == TEXT
    assert found["article"]["url"] == HARM
    (one,) = found["passages"]
    assert TEXT[one["passage"]["start"] : one["passage"]["end"]] == one["passage"]["exact"]
    assert one["events"] == [EVENT]


# how it ends


@pytest.mark.parametrize("arguments", [["events"], ["--help"], ["article", "art_"]])
def test_a_reader_that_goes_away_ends_it_quietly(arguments: list[str]) -> None:
    if arguments[0] == "article":
        arguments = ["article", str(rows("articles")[0]["id"])]
    reader, writer = os.pipe()
    os.close(reader)
    try:
        found = program(*arguments, capture_output=False, stdout=writer, stderr=subprocess.PIPE)
    finally:
        os.close(writer)
    assert (found.returncode, found.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_one_line(case: Path) -> None:
    with Path("/dev/full").open("w") as full:
        found = program("events", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert found.returncode == 73
    assert found.stderr.startswith("conflict-tui: standard output cannot be written (")
    assert found.stderr.count("\n") == 1


def test_an_output_that_speaks_only_ascii_gets_escapes(case: Path) -> None:
    found = program("event", EVENT, "--case", case, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (found.returncode, found.stderr) == (0, "")
    assert "\\u25cf asserts occurrence" in found.stdout


def raising(error: BaseException) -> Callable[..., None]:
    def fail(**_: object) -> None:
        raise error

    return fail


def test_ctrl_c_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.cli.lists.list_events", raising(KeyboardInterrupt()))
    found = run("events")
    assert (found.exit_code, found.stdout, found.stderr.strip()) == (130, "", "")


def test_something_unexpected_shows_nothing_of_the_case(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cause = KeyError("the witness")
    error = RuntimeError(f"the witness {HARM}")
    error.__cause__ = cause
    monkeypatch.setattr("tui.cli.lists.list_events", raising(error))
    found = run("events")
    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr.startswith("conflict-tui: something unexpected happened; a report")
    assert found.stderr.count("\n") == 1
    (report,) = (tmp_path / "state").rglob("*.txt")
    assert str(report) in found.stderr
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    written = report.read_text("utf-8")
    assert "builtins.RuntimeError" in written
    assert "builtins.KeyError" in written
    assert "raise error" in written
    assert "the witness" not in written


def test_a_crash_whose_report_cannot_be_written_is_one_line_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("a file, where a folder should be")
    monkeypatch.setattr("tui.cli.lists.list_events", raising(RuntimeError("secret")))
    found = run("events")
    assert (found.exit_code, found.stderr) == (
        1,
        "conflict-tui: something unexpected happened; no report could be written\n",
    )


def test_a_report_ends_where_errors_come_from_each_other() -> None:
    one, other = ValueError("a"), ValueError("b")
    one.__cause__, other.__cause__ = other, one
    path = crash.report(ExceptionGroup("group", [one]))
    assert path is not None
    assert path.read_text("utf-8").count("builtins.ValueError") == 2


def test_a_very_long_message_is_cut_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    complain("case.json: " + "x" * 100_000 + ": too long", "shorten it")
    written = capsys.readouterr().err
    assert len(written) < 1_100
    assert written.startswith("conflict-tui: case.json: xx")
    assert "x…x" in written
    assert written.endswith("x: too long; shorten it\n")


# the shell's completion


def completions(words: str) -> set[str]:
    found = program(
        env={
            **os.environ,
            "_CONFLICT_TUI_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split(" ")) - 1),
        }
    )
    return set(found.stdout.split())


def test_bash_gets_its_completion_script() -> None:
    found = program(env={**os.environ, "_CONFLICT_TUI_COMPLETE": "bash_source"})
    assert found.returncode == 0
    assert "complete -o nosort -F _conflict_tui_completion conflict-tui" in found.stdout


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("conflict-tui ", {f"plain,{name}" for name in cli.commands} | {"file,"}),
        ("conflict-tui events --sort ", {f"plain,{sort}" for sort in Sort}),
        ("conflict-tui events --type ", {f"plain,{name}" for name in EventType}),
        (
            "conflict-tui events --support ",
            {f"plain,{name}" for name in FilterKind.SUPPORT.row.values},
        ),
        ("conflict-tui contradictions --reading s", {"plain,stale", "plain,superseded"}),
        ("conflict-tui events --format ", {f"plain,{form}" for form in FORMATS}),
        ("conflict-tui events --case a", {"file,a"}),
    ],
)
def test_the_shell_completes(words: str, wanted: set[str]) -> None:
    assert completions(words) == wanted


def test_the_group_is_a_click_group_that_tools_can_walk() -> None:
    assert isinstance(cli, click.Group)
    assert all(isinstance(command, click.Command) for command in cli.commands.values())
