"""Where words still stand in the files of a case, once they were redacted."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from store.custody.verify import log_lines
from store.database.sqlite import is_database
from store.database.sqlite_engine import SqliteEngine
from store.model.log_line import Line


def traces(path: Path, words: Iterable[str]) -> Iterator[str]:
    """Each entry of the log and each file beside the case at `path` in which the words stand.

    Files that cannot be read are told of, too. Raises `UnreadableCase` where
    that is the log.
    """
    wanted = [one for one in words if one]
    log = path.with_name(path.name + ".log")
    for line in _lines(path, log):
        if parts := list(_parts(line, wanted)):
            yield f"entry {line.sequence} of the log: {', '.join(parts)}"
    for file in sorted(path.parent.glob(_escaped(path.name) + ".*")):
        if file == log or not file.is_file():
            continue
        try:
            content = file.read_bytes()
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
    """In what of an entry the words stand: its reason, the name, the records by their ids."""
    wanted = list(wanted)
    if isinstance(line.why, str) and any(one in line.why for one in wanted):
        yield "its reason" if line.form > 1 else "its reason, which an older version sealed"
    if any(one in line.who for one in wanted):
        yield "who did it"
    for edit in line.edits:
        sides = bytes(edit.before), bytes(edit.after)
        if any(_written(one) in side for one in wanted for side in sides):
            yield edit.id


def _written(words: str) -> bytes:
    """The words as they stand in a file of JSON."""
    return msgspec.json.encode(words)[1:-1]


def _escaped(name: str) -> str:
    """The name of a file, so that nothing in it is a pattern."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
