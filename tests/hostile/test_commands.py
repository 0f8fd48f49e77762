"""The output of commands for a hostile case and hostile arguments."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import msgspec
import pytest
from click.testing import CliRunner, Result

from store.archive import Archive
from store.exporters import FORMATS
from store.model.change import Change, Edit
from store.model.judgements import Note
from store.model.record import make_id
from store.model.records import Article, Event
from store.model.text import one_line, showable
from tests import ged
from tests.examples import WHOLE, sample, share
from tests.hostile import small
from tests.hostile.attacks import ALL, ATTACKS, NEVER, SENTINEL
from tests.hostile.corpus import hostile_case, hostile_records, indexed
from tests.hostile.pty import PROGRAM, ROOT, Terminal
from tests.hostile.stream import is_harmless, pieces
from tui.cli.main import cli

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")

NEEDED = {
    "event": ["evt_\x1b[31m"],
    "compare": ["evt_\x1b[31m"],
    "who": ["evt_\x1b[31m"],
    "article": ["art_\x1b[31m"],
    "search": ["x"],
}
"""What a command needs; a new command that needs something says so here."""

ASKING = [
    name
    for name, command in cli.commands.items()
    if name != "log" and {"--case", "--format"} <= {of for one in command.params for of in one.opts}
]
"""The commands that answer of any case; of the others each is asked in its own way."""

AT = "2026-11-22T10:00:00Z"

SPACED = re.compile(rb"[^\x00-\x1f\x7f]+|\r\n|\t")
"""Text as a command lays it out."""

MANY = """
import json, sys
from tui.cli.main import cli
for number, arguments in enumerate(json.loads(sys.argv[1])):
    print(f"<{number}>", flush=True)
    try:
        cli.main([*arguments, "--case", sys.argv[2]])
    except SystemExit as ended:
        print(f"<{number}: {ended.code}>", flush=True)
"""
"""Several commands in one process, each between two marks."""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(hostile_case(tmp_path_factory.mktemp("case")))


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(hostile_case(tmp_path_factory.mktemp("brief"), big=False))


def every_command(forms: Iterable[str] = FORMATS) -> Iterator[list[str]]:
    """Every command that answers, in these formats; other tests cover the log and conflicts."""
    for name in (one for one in ASKING if one != "conflicts"):
        for form in forms:
            yield [name, *NEEDED.get(name, []), "--format", form]


@pytest.fixture(autouse=True)
def _long_cells() -> Iterator[None]:
    before = csv.field_size_limit(10_000_000)
    yield
    csv.field_size_limit(before)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


# the bytes


def test_on_a_terminal(brief: Path) -> None:
    asked = list(every_command(FORMATS if WHOLE else ["table"]))
    with Terminal(json.dumps(asked), brief, command=(sys.executable, "-c", MANY)) as terminal:
        assert terminal.ended() == 0
        is_harmless(terminal.written, text=SPACED)
        for number in range(len(asked)):
            assert b"<%d: 0>" % number in terminal.written, asked[number]
        kinds = {part[1] for part in pieces(terminal.written, text=SPACED) if part[0] == "sequence"}
    assert kinds == {b"\x1b[1m", b"\x1b[0m"}, "a bold heading is all"


def test_on_a_pipe(brief: Path) -> None:
    asked = share(list(every_command()), 0, of=2)
    found = subprocess.run(
        [sys.executable, "-c", MANY, json.dumps(asked), os.fspath(brief)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    said = found.stderr.decode("utf-8")
    assert said, "the data set of the case may not be passed on"
    assert all(line.startswith("not redistributable: ") for line in said.splitlines())
    assert not NEVER & set(said)
    written = found.stdout.decode("utf-8")
    assert not NEVER & set(written)
    parts = re.split(r"^<\d+(?:: 0)?>\n", written, flags=re.MULTILINE)[1::2]
    assert len(parts) == len(asked)
    for arguments, part in zip(asked, parts, strict=True):
        assert SENTINEL in part
        if arguments[-1] == "json":
            assert json.loads(part)
        if arguments[-1] == "csv":
            assert len({len(cells) for cells in csv.reader(io.StringIO(part))}) == 1


def originals(kind: type[Any], *, big: bool = False) -> dict[str, Any]:
    records = (record for _, record in hostile_records(big=big))
    return {record.id: record for record in records if isinstance(record, kind)}


def test_json_holds_every_text_as_it_was(brief: Path) -> None:
    events, articles = originals(Event), originals(Article)
    rows = json.loads(run("events", "--case", brief, "--format", "json").stdout)
    assert {row["id"]: row["title"] for row in rows} == {
        event.id: event.title for event in events.values()
    }
    rows = json.loads(run("articles", "--case", brief, "--format", "json").stdout)
    assert {row["id"]: row["title"] for row in rows} == {
        article.id: article.title or "" for article in articles.values()
    }
    for command, kind in (("event", Event), ("article", Article)):
        for id_, record in list(originals(kind).items())[::9]:
            found = run(command, id_, "--case", brief, "--format", "json")
            assert found.exit_code == 0, found.stderr
            whole = json.loads(found.stdout)[command]
            assert msgspec.convert(whole, kind) == record


def test_csv_shows_every_text_and_starts_no_formula(case: Path) -> None:
    titles = [one_line(event.title) for event in originals(Event, big=True).values()]
    written = run("events", "--case", case, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(written, newline="")))
    assert sorted(one_line(row["title"].removeprefix("'")) for row in rows) == sorted(
        title.removeprefix("'") for title in titles
    )
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_table_has_one_line_for_each_row(case: Path) -> None:
    for command, table in (("events", Event), ("articles", Article)):
        lines = run(command, "--case", case).stdout.split("\n")
        assert len(lines) == len(originals(table, big=True)) + 2


# hostile words


def words_of(option: click.Parameter) -> Iterator[list[str]]:
    """An option or an argument with every attack."""
    for attack in [ALL, *ATTACKS.values()]:
        given = attack.replace("\0", "\x01")  # an argument of a process never holds it
        yield [f"{option.opts[0]}={given}"] if isinstance(option, click.Option) else ["--", given]


def takes_words(option: click.Parameter) -> bool:
    return option.name not in ("case", "help") and not getattr(option, "is_flag", False)


@pytest.mark.parametrize("name", ASKING)
def test_hostile_options_and_arguments(name: str, tmp_path: Path) -> None:
    """A command does what it is asked to do, or says in one line why not."""
    case = small.hostile_case(tmp_path / "case.json")
    of_small = {
        "event": [small.EVENT],
        "compare": [small.EVENT],
        "who": [small.EVENT],
        "article": [small.ARTICLE],
        "search": ["hama"],
    }
    options = [option for option in cli.commands[name].params if takes_words(option)]
    for option in options:
        for given in list(words_of(option))[
            :: (1 if WHOLE else 3) * (1 if name in (*NEEDED, "events") else 9)
        ]:
            needed = of_small.get(name, []) if isinstance(option, click.Option) else []
            found = run(name, *needed, "--case", case, *given)
            assert found.exit_code in (0, 64, 67), (given, found.stderr, found.exception)
            assert not NEVER & set(found.stdout + found.stderr), given
            assert found.stderr.count("\n") == bool(found.stderr), given


def made_with(name: str, folder: Path) -> list[str]:
    """The arguments of a command that makes, changes or checks a case, which is new."""
    case = str(small.hostile_case(folder / "case.json"))
    match name:
        case "new":
            return ["new.json"]
        case "pack":
            return [case, "--into=packed.zip"]
        case "unpack":
            assert run("pack", case, "--into", folder / "packed.zip").exit_code == 0
            return [str(folder / "packed.zip"), "--into=unpacked.json"]
        case "attach":
            (folder / "original.txt").write_text(small.TEXT)
            return [str(folder / "original.txt"), f"--into={case}", "--by=Ada"]
        case "import":
            (folder / "rows.csv").write_text(ged.text([ged.row()]))
            return [str(folder / "rows.csv"), f"--into={case}", "--by=Ada"]
        case "withdraw":
            return [small.ARTICLE, "--reason=why", f"--into={case}", "--by=Ada"]
        case "redact":
            words = ["--reason=why", "--yes", f"--into={case}", "--by=Ada"]
            return [small.ARTICLE, "text", *words]
        case "undo" | "redo":
            return [f"--into={case}", "--by=Ada"]
        case _:
            return [case]


@pytest.mark.parametrize("name", sorted(set(cli.commands) - {*ASKING, "log"}))
def test_hostile_options_and_arguments_of_what_changes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command does as asked, also with a file of such a name, or says in one line why not."""
    command = cli.commands[name]
    for number, option in enumerate(one for one in command.params if takes_words(one)):
        for turn, given in enumerate(list(words_of(option))[number::9]):
            folder = tmp_path / f"{number}-{turn}"
            folder.mkdir()
            monkeypatch.chdir(folder)
            needed = made_with(name, folder)
            if isinstance(option, click.Argument):
                at = [one for one in command.params if isinstance(one, click.Argument)].index(
                    option
                )
                needed = [*needed[:at], *needed[at + 1 :]]
                before = [one for one in needed if not one.startswith("--")]
                options = [one for one in needed if one.startswith("--")]
                asked = [*options, "--", *before[:at], given[1], *before[at:]]
            else:
                asked = [*needed, *given]
            found = run(name, *asked)
            known = (0, 64, 65, 66, 67, 71, 73, 74, 75)
            assert found.exit_code in known, (asked, found.stderr, found.exception)
            assert not NEVER & set(found.stdout + found.stderr), asked
            assert found.stderr.count("\n") == 1 or found.exit_code == 0, asked


def test_what_hostile_people_did_is_told(tmp_path: Path) -> None:
    """The log shows names, reasons and words of others as harmlessly as the case does."""
    case = small.hostile_case(tmp_path / "case.json")
    for attack in (ALL, *ATTACKS.values()):
        archive = Archive.open(case, author=attack, writing=True)
        note = Note(id=make_id("not", attack), about=small.EVENT, text=attack, by=attack, at=AT)
        archive.change(Change(attack, AT, attack, (Edit("notes", note.id, None, note),)))
        archive.close()
    for form in FORMATS:
        found = run("log", "--case", case, "--format", form)
        assert (found.exit_code, found.stderr) == (0, "")
        assert not NEVER & set(found.stdout)
        assert SENTINEL in found.stdout
    assert len(json.loads(run("log", "--case", case, "--format", "json").stdout)) == 1 + len(
        ATTACKS
    )


def test_words_that_are_no_utf8() -> None:
    raw = [b"\xff", b"a\xff", b"\xed\xa0\x80x", b"caf\xe9 \x9b31m"]
    asked: list[list[bytes]] = [
        *([b"search", word] for word in raw),
        *([command, raw[1]] for command in (b"event", b"compare", b"who")),
        *(
            [b"events", b"--%s=%s" % (option, raw[1])]
            for option in (
                b"actor",
                b"place",
                b"source",
                b"type",
                b"support",
                b"words",
                b"date",
                b"sort",
                b"format",
                b"case",
            )
        ),
        [raw[1]],
        [b"events", b"--%s" % raw[1]],
    ]
    for arguments in sample(asked, of="no utf8"):
        found = subprocess.run(
            [*(part.encode() for part in PROGRAM), *arguments],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        assert found.returncode in (0, 64, 66, 67), (arguments, found.stderr)
        written = (found.stdout + found.stderr).decode("utf-8")
        assert not NEVER & set(written)
        assert found.stderr.count(b"\n") == 1


def test_a_case_whose_name_is_no_utf8(brief: Path, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9\x1b[31m.json"
    os.link(brief, path)
    found = subprocess.run(
        [*(part.encode() for part in PROGRAM), b"events", b"--case", path, b"--format", b"json"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert len(json.loads(found.stdout)) == len(originals(Event))


def test_the_text_of_an_article_is_shown_whole(brief: Path) -> None:
    for article in list(originals(Article).values())[:40:4]:
        found = run("article", article.id, "--case", brief)
        assert found.exit_code == 0
        if article.text is not None:
            assert showable(article.text) in found.stdout
