"""The entries of the log of a case in files or a database, damaged or not, with their hashes."""

import errno
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from store.database import disk, sqlite
from store.database.disk import resolve_link
from store.errors import UnreadableCase
from store.model.log_line import Line, read_line
from store.model.merged_chain import merged_lines

TORN = "it is incomplete"
"""The fault of a last line that was not written to its end."""


class LogLine(NamedTuple):
    """A line of a log: its number in the file, its content if it can be decoded, and its fault.

    `wrong` is empty where it has none. A line that does not follow the one before
    has both content and fault.
    """

    number: int
    line: Line | None
    wrong: str


def log_lines(log: Path) -> Iterator[LogLine]:
    """Read every line of a log, damaged or not; none where there is no log."""
    try:
        content = disk.read_file(log)
    except FileNotFoundError:
        return
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return  # no log can have this name
        raise UnreadableCase(
            f"{log}: cannot be read ({error.strerror})", "check its permissions, and the disk"
        ) from error
    before: Line | None = None
    *whole, torn = content.split(b"\n")
    for number, one in enumerate(whole, 1):
        try:
            line = read_line(one + b"\n")
        except ValueError as error:
            yield LogLine(number, None, str(error))
            before = None
            continue
        wrong = ""
        if before and line.sequence != before.sequence + 1:
            wrong = f"entry {before.sequence + 1} is missing: this is entry {line.sequence}"
        elif before and line.prev != before.hash:
            wrong = "it does not follow the line before it"
        yield LogLine(number, line, wrong)
        before = line
    if torn:
        yield LogLine(len(whole) + 1, None, TORN)


def chain(path: Path) -> Iterator[Line]:
    """The entries of the log of a case that are as they were written, in order."""
    if not sqlite.is_database(path):
        yield from (one.line for one in log_lines(path.with_name(path.name + ".log")) if one.line)
        return
    with (
        closing(sqlite.connect(resolve_link(path), writing=False)) as connection,
        sqlite.translating_errors(path),
    ):
        for (content,) in connection.execute("SELECT line FROM log ORDER BY sequence"):
            try:
                yield read_line(content.encode() + b"\n")
            except ValueError:
                continue  # verify reports it


def chain_with_merged(path: Path) -> Iterator[Line]:
    """The entries of `chain`, those of a merged copy before the entry of the merge."""
    for line in chain(path):
        yield from merged_lines(line)
        yield line
