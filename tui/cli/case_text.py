"""The commands that write a case as text, and read one."""

import shlex
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.coding_text.import_text import TextImport, import_text
from store.coding_text.write_folder import write_text
from store.exporters import FORMATS
from store.exporters.listing import Column, Listing
from store.model.labels import count_text
from store.model.records import RECORD_TYPES
from tui.cli.case_files import opening, private_of, restricted_of
from tui.cli.changing import changing, signed
from tui.cli.licences import warn
from tui.cli.lists import case_of
from tui.output import NAME, output, say, terminal
from tui.session.new_case import make_case_from_text


def write_case_text(case: Path | None, into: Path | None) -> None:
    """Write a case as text, and say what that lacks; raises what `write_text` raises."""
    path = case_of(case)
    folder = into or Path(path.stem)
    archive = Archive.open(path)
    try:
        written = write_text(archive, folder)
    finally:
        archive.close()
    warn(restricted_of(path))
    if private := private_of(path):
        say(f"{private} in it.")
    say(f"{folder} has {record_counts(written.counts) or 'no record but the case'}.")
    for lack in written.lacks:
        say(f"It has not {lack}; {NAME} pack keeps that.")
    named = shlex.quote(str(folder))
    if path == BUNDLED:  # which is never written
        say(f"To make a case of it: {NAME} new NEW.json --from {named}")
    else:
        say(f"To take in what you edit: {NAME} import {named} --into {shlex.quote(str(path))}")


def record_counts(counts: Counter[str]) -> str:
    """The number of records of each table, in words: `5 articles, 115 events`."""
    return ", ".join(
        count_text(counts[table], table.removesuffix("s"))
        for table in RECORD_TYPES
        if counts[table]
    )


def new_from_text(case: Path, title: str, folder: Path) -> None:
    """Make a case from a case as text; raises what `make_case_from_text` raises."""
    make_case_from_text(case, folder, title)
    say(f"{case} has the records of {folder}; open it: {opening(case)}")


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the account of an import."""

    what: str
    record: str
    count: int | None
    words: str = ""


_LINES = Listing(
    _Line,
    (
        Column("WHAT", lambda line: line.what),
        Column("RECORD", lambda line: line.record),
        Column(
            "COUNT", lambda line: None if line.count is None else f"{line.count:,}", number=True
        ),
        Column("", lambda line: line.words),
    ),
)


def import_case_text(folder: Path, into: Path, by: str | None, form: str, *, dry_run: bool) -> int:
    """Import a case as text, and give an account of it; raises what `import_text` raises."""
    with changing(into, signed(by, into)) as case:
        done = import_text(case.to_write(), folder, dry_run=dry_run)
    with output() as stream:
        FORMATS[form](stream, _LINES, list(_account(done, dry_run=dry_run)), terminal(stream))
    return 0


def _account(done: TextImport, *, dry_run: bool) -> Iterator[_Line]:
    if dry_run:
        yield _Line(what="not imported", record="", count=None, words="it would come to this:")
    for table in RECORD_TYPES:
        if done.added[table]:
            yield _Line(what="added", record=table, count=done.added[table])
    for one in done.altered:
        words = f"{', '.join(one.fields)} taken from the text"
        yield _Line(what="altered", record=one.id, count=1, words=words)
    unchanged = sum(done.unchanged.values())
    yield _Line(what="unchanged", record="", count=unchanged)
    if done.case_kept:
        words = f"{', '.join(done.case_kept)} stay as the case has them"
        yield _Line(what="kept", record="case", count=1, words=words)
