"""The merge of another copy of a case, and the list of conflicts that it left."""

import shlex
from contextlib import closing, suppress
from pathlib import Path

from store.archive import Archive
from store.custody.join_histories import Merge, merge_copies
from store.custody.pack import is_packed
from store.custody.server_cases import address_of
from store.errors import UsageError
from store.exporters import FORMATS
from store.exporters.listing import Column, Listing
from store.model.case_address import CaseAddress
from store.model.labels import count_text
from store.model.text import one_line
from store.queries.merge_conflicts import MergeConflict, merge_conflicts
from tui.cli.changing import changing, signed
from tui.cli.lists import opened
from tui.output import NAME, output, say, tell, terminal

LISTED = Listing(
    MergeConflict,
    (
        Column("ID", lambda one: one.id, whole=True),
        Column("TITLE", lambda one: one_line(one.title), spare=True),
        Column("CONFLICT", lambda one: one_line(one.conflict)),
    ),
)


def merge_case(theirs: Path, into: Path | None, by: str | None) -> None:
    """Merge a copy into a case, and say what came.

    Raises what `merge_copies` raises, and `UsageError` where it is packed.
    """
    if _is_packed(theirs):
        raise UsageError(
            f"{theirs}: is a packed case",
            f"unpack it, and merge that: {NAME} unpack {shlex.quote(str(theirs))} --into NEW",
        )
    with closing(Archive.open(theirs)) as other, changing(into, signed(by)) as case:
        for told in other.notices:
            tell(told)
        archive = case.to_write()
        found = merge_copies(other, archive)
        mine, copy = (address_of(path) or path for path in (archive.path, theirs))
        if found is None:
            say(f"{mine} has everything of {copy} already; nothing was changed.")
            return
        say(_told(found, copy))
        if found.conflicts:
            say(f"To see them: {NAME} conflicts {shlex.quote(str(mine))}")


def _is_packed(path: Path) -> bool:
    with suppress(OSError):  # opening it tells what cannot be read
        return path.is_file() and is_packed(path)
    return False


def _told(found: Merge, theirs: CaseAddress | Path) -> str:
    """`Merged from-ana.json: 12 acts by Ana, 1 redaction; 2 conflicts are left to rule on.`"""
    by = ", ".join(one or "nobody" for one in found.persons)
    words = [count_text(found.acts, "act") + (f" by {by}" if by else "")]
    if found.redactions:
        words.append(count_text(found.redactions, "redaction"))
    number = len(found.conflicts)
    left = f"{count_text(number, 'conflict')} {'is' if number == 1 else 'are'} left to rule on"
    return f"Merged {theirs}: {', '.join(words)}; {left if number else 'no conflicts'}."


def list_conflicts(case: Path | None, form: str) -> None:
    """Write the conflicts that are left to rule on."""
    with opened(case) as archive:
        found = archive.ask(merge_conflicts)
        with output() as stream:
            FORMATS[form](stream, LISTED, iter(found), terminal(stream))
        if not found:
            say("no conflicts of merged copies")
