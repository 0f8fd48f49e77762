"""Imports of data sets by command, and the records of the case afterwards."""

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
    """Run a command, and return its result."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)


def new_case(path: Path) -> Path:
    """Make an empty case."""
    assert run("new", path).exit_code == 0
    return path


def written(folder: Path, content: str | bytes, name: str = "rows.csv") -> Path:
    """Write a file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def imported(
    case: Path, *files: str | Path, stdin: bytes | None = None, code: int = 0
) -> list[dict[str, Any]]:
    """Import files with JSON output, check the exit code, and return the reports."""
    found = run("import", *files, "--into", case, "--by", "Ada", "--format", "json", stdin=stdin)
    assert found.exit_code == code, found.stderr
    files_of: list[dict[str, Any]] = json.loads(found.stdout)["files"]
    return files_of


def refused(case: Path, *files: str | Path, stdin: bytes | None = None) -> str:
    """Import files in vain, and return the one line of the error."""
    found = run("import", *files, "--into", case, "--by", "Ada", stdin=stdin)
    assert found.exit_code in (65, 66), found.stdout
    line: str = found.stderr.splitlines()[-1]
    assert line.startswith("conflict-tui: ")
    assert not case.with_name(case.name + ".log").exists()
    return line


def held(case: Path, kind: type[Any]) -> list[Any]:
    """The records of a type in the case."""
    archive = Archive.open(case)
    found = archive.ask(lambda index: [one for _, one in records(index) if isinstance(one, kind)])
    archive.close()
    return found


def claims(case: Path, kind: Kind, by: ReadBy) -> list[Claim]:
    """The claims of a kind with a given reader."""
    return [one for one in held(case, Claim) if one.kind is kind and one.read_by is by]
