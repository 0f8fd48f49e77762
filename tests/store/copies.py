"""Two copies of a case, both of which go on, and merges of one into the other."""

import shutil
from pathlib import Path
from random import Random

from store.archive import Archive
from store.custody.convert import convert
from store.custody.join_histories import Merge, merge_copies
from store.custody.verify import verify
from store.database.sqlite import has_database_suffix
from store.errors import RefusedChange
from store.model.change import Change
from store.model.records import SCHEMA, Case
from tests.store.histories import Records, in_order, some_case, some_edits, whole
from tests.store.kept import held, put_case

CASE = Case(id="case_small", schema=SCHEMA, name="small", title="Small")


def put_base(path: Path, rng: Random) -> None:
    """Write a case that has a few changes in its log."""
    put_case(path, [("case", CASE), *in_order(some_case(rng))])
    go_on(path, rng, "Base", 2)


def copied(path: Path, to: Path) -> Path:
    """A copy of a case with its log, as a file or a database as the name says."""
    to.parent.mkdir(exist_ok=True)
    if has_database_suffix(path) != has_database_suffix(to):
        convert(path, to)
        return to
    for file in path.parent.glob(f"{path.name}*"):
        if file.is_dir():
            shutil.copytree(file, to.with_name(file.name.replace(path.name, to.name)))
        else:
            shutil.copy(file, to.with_name(file.name.replace(path.name, to.name)))
    return to


def go_on(path: Path, rng: Random, who: str, turns: int) -> None:
    """Make some changes, and undo or redo some, by one person."""
    archive = Archive.open(path, author=who, writing=True)
    for turn in range(turns):
        does = rng.random()
        if does < 0.15:
            archive.undo()
        elif does < 0.2:
            archive.redo()
        else:
            records: Records = {id: one for id, one in held(archive).items() if id != CASE.id}
            edits = some_edits(rng, records)
            after = {**records, **{edit.id: edit.after for edit in edits if edit.after}}
            for edit in edits:
                if edit.after is None:
                    del after[edit.id]
            if whole(after):
                when = f"2026-01-{rng.randint(1, 28):02}T00:00:00Z"
                archive.change(Change(who, when, f"turn {turn} of {who}", edits))
    archive.close()


def merged(theirs: Path, into: Path, by: str = "Me") -> Merge | None:
    """Merge a copy into another."""
    reader = Archive.open(theirs)
    writer = Archive.open(into, author=by, writing=True)
    try:
        return merge_copies(reader, writer)
    finally:
        writer.close()
        reader.close()


def is_refused(theirs: Path, into: Path) -> bool:
    """Merge a copy into another; True if a passage or a redacted field does not fit the other."""
    try:
        merged(theirs, into)
    except RefusedChange as error:
        if not any(words in error.message for words in ("its words", "was redacted in")):
            raise
        return True
    return False


def records_of(path: Path) -> Records:
    """The records of a case by id."""
    archive = Archive.open(path)
    try:
        return held(archive)
    finally:
        archive.close()


def findings(path: Path) -> list[str]:
    """The findings of verify, except those on passages of an older text."""
    found = [f"{one.where}: {one.what}" for one in verify(path)]
    return [one for one in found if "text_sha256: does not match the text" not in one]
