"""Data sets imported by someone with a shell, and what the case has after it."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from store.archive import Archive
from store.database.read_records import records
from store.model.records import Claim
from store.model.vocabulary import Kind, ReadBy
from tui.cli.main import cli


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    """What a command came to."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)


def new_case(path: Path) -> Path:
    """An empty case."""
    assert run("new", path).exit_code == 0
    return path


def written(folder: Path, content: str | bytes, name: str = "rows.csv") -> Path:
    """A file of this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def imported(
    case: Path, *files: str | Path, stdin: bytes | None = None, code: int = 0
) -> list[dict[str, Any]]:
    """What came of the files, as the command tells it in JSON; it ends with the exit code."""
    found = run("import", *files, "--into", case, "--by", "Ada", "--format", "json", stdin=stdin)
    assert found.exit_code == code, found.stderr
    files_of: list[dict[str, Any]] = json.loads(found.stdout)["files"]
    return files_of


def refused(case: Path, *files: str | Path, stdin: bytes | None = None) -> str:
    """The one line that says why nothing is imported."""
    found = run("import", *files, "--into", case, "--by", "Ada", stdin=stdin)
    assert found.exit_code in (64, 66), found.stdout
    line: str = found.stderr.splitlines()[-1]
    assert line.startswith("conflict-tui: ")
    assert not case.with_name(case.name + ".log").exists()
    return line


def held(case: Path, kind: type[Any]) -> list[Any]:
    """The records of a kind that the case has."""
    archive = Archive.open(case)
    found = archive.ask(lambda index: [one for _, one in records(index) if isinstance(one, kind)])
    archive.close()
    return found


def claims(case: Path, kind: Kind, by: ReadBy) -> list[Claim]:
    """The claims of a kind that were read in a way."""
    return [one for one in held(case, Claim) if one.kind is kind and one.read_by is by]
