"""Two copies of a case, both of which go on, and merges of one into the other."""

import re
import shutil
from contextlib import suppress
from pathlib import Path
from random import Random

from store.archive import Archive
from store.coding.merge import merge_by_id
from store.custody.convert import convert
from store.custody.join_histories import Merge, merge_copies
from store.custody.verify import verify
from store.database.read_records import record
from store.database.sqlite import has_database_suffix
from store.errors import ConflictError, RefusedChange
from store.model.change import Change, Edit
from store.model.changes import TABLE_OF_TYPE, assessment, mark, note, ruling, tag
from store.model.judgements import ANNOTATABLE_ID, Judgement, MarkKind, RulingKind, Verdict
from store.model.records import SCHEMA, AnyRecord, Case
from store.model.references import references
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
        elif does < 0.5:
            _judge_or_merge(archive, rng)
        else:
            records: Records = {id: one for id, one in held(archive).items() if id != CASE.id}
            edits = some_edits(rng, records)
            after = {**records, **{edit.id: edit.after for edit in edits if edit.after}}
            for edit in edits:
                if edit.after is None:
                    del after[edit.id]
            for id, one in records.items():
                judged = isinstance(one, Judgement) and id in after
                if judged and any(to not in after for _, to, _ in references(one)):
                    del after[id]
                    edits = [edit for edit in edits if edit.id != id]
                    edits.append(Edit(TABLE_OF_TYPE[type(one)], id, one, None))
            if whole(after):
                when = f"2026-01-{rng.randint(1, 28):02}T00:00:00Z"
                archive.change(Change(who, when, f"turn {turn} of {who}", edits))
    archive.close()


def _judge_or_merge(archive: Archive, rng: Random) -> None:
    """Add a judgement, make one record of two, or take back an act, if that can be done."""
    ids = sorted(id for id in held(archive) if re.match(ANNOTATABLE_ID, id))
    one = rng.choice(ids)
    other = rng.choice([id for id in ids if id[:3] == one[:3]])
    at = f"2026-01-{rng.randint(1, 28):02}T12:00:00Z"
    made: list[AnyRecord] = [
        note(one, f"{rng.random()}", archive.author, at, private=rng.random() < 0.5),
        tag(one, rng.choice(("ambush", "night")), archive.author, at),
        mark(one, rng.choice(list(MarkKind)), archive.author, at),
    ]
    if one.startswith("evt"):
        made.append(assessment(one, rng.choice(list(Verdict)), "why", archive.author, at))
    with suppress(ConflictError):
        if one.startswith("clm") and one != other:
            verdict = rng.choice(list(RulingKind))
            made = [ruling(one, other, verdict, "why", archive.author, at)]
        if rng.random() < 0.3:
            archive.take_back(rng.randint(1, max(1, archive.last_entry)))
        elif one[:3] in ("evt", "act", "plc", "src") and rng.random() < 0.5:
            archive.change(archive.ask(merge_by_id, one, other, None, archive.author, at))
        else:
            put = rng.choice(made)
            table = TABLE_OF_TYPE[type(put)]
            before = archive.ask(record, table, put.id)
            archive.change(Change("", at, "judged", [Edit(table, put.id, before, put)]))


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
    """Merge a copy into another; True if a passage has no place in the text of the other."""
    try:
        merged(theirs, into)
    except RefusedChange as error:
        if "its words" not in error.message:
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
