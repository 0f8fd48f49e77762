"""Search for redacted words in the log and in the files beside a case."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from store.custody.verify import log_lines
from store.database import disk
from store.database.sqlite import is_database
from store.database.sqlite_engine import SqliteEngine
from store.model.log_line import Line


def traces(path: Path, words: Iterable[str]) -> Iterator[str]:
    """Yield a line for each log entry and each file beside the case that contains the words.

    Unreadable files get a line, too. Raises `UnreadableCase` where the log is
    unreadable.
    """
    wanted = [one for one in words if one]
    log = path.with_name(path.name + ".log")
    for line in _lines(path, log):
        if parts := list(_parts(line, wanted)):
            yield f"entry {line.sequence} of the log: {', '.join(parts)}"
    for file in sorted(path.parent.glob(_escaped(path.name) + ".*")):
        if file == log or file.is_dir():
            continue
        try:
            content = disk.read_file(file)
        except OSError as error:
            yield f"{file.name} cannot be read ({error.strerror})"
            continue
        if any(_written(one) in content for one in wanted):
            yield file.name


def _lines(path: Path, log: Path) -> Iterator[Line]:
    if not is_database(path):
        yield from (one.line for one in log_lines(log) if one.line)
        return
    database = SqliteEngine(path, writing=False)
    try:
        yield from database.log()
    finally:
        database.close()


def _parts(line: Line, wanted: Iterable[str]) -> Iterator[str]:
    """The parts of an entry that contain the words: reason, author, or ids of records."""
    wanted = list(wanted)
    if isinstance(line.why, str) and any(one in line.why for one in wanted):
        yield "its reason" if line.form > 1 else "its reason, sealed by an older version"
    if any(one in line.who for one in wanted):
        yield "its author"
    for edit in line.edits:
        sides = bytes(edit.before), bytes(edit.after)
        if any(_written(one) in side for one in wanted for side in sides):
            yield edit.id


def _written(words: str) -> bytes:
    """Encode words as in a JSON file."""
    return msgspec.json.encode(words)[1:-1]


def _escaped(name: str) -> str:
    """Escape the name of a file for `glob`."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
