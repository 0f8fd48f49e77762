"""Trials that undo and redo all changes twice, and compare the records each time."""

import shutil
from pathlib import Path
from random import Random

from bench.crash.kills import DAMAGED
from bench.crash.stores import Store
from bench.crash.tally import Tally, Trial
from store.archive import Archive
from store.custody.new_case import write_case
from store.custody.verify import verify
from store.model.change import Change
from store.model.records import SCHEMA, AnyRecord, Case
from store.queries.records import all_records
from tests.store.histories import in_order, some_case, some_edits, whole

OTHERS = "the records are others than they were"
NOT_ALL = "an act is not taken back, or not done again"
_LOOK = 100
"""The number of changes after which the records are compared."""


def undo(store: Store, runs: int, seed: int, folder: Path) -> dict[str, Tally | None]:
    """Make `runs` random changes, undo and redo all, and do so again; TinyDB has no undo.

    At each end the case is opened again, alternately after closing and after a
    kill of the writer.
    """
    what = f"{runs:,} random changes"
    if not store.is_archive:
        return {what: None}
    tally = Tally()
    path = folder / "0" / "case.json"
    path.parent.mkdir()
    archive, states = _changed(path, runs, seed)
    for n in range(1, 5):
        again = archive.undo if n % 2 else archive.redo
        expected = states[-2::-1] if n % 2 else states[1:]
        for number, state in enumerate(expected, 1):
            tally.tries += 1
            tally.wrong[NOT_ALL] += again() is None
            if number % _LOOK == 0 or number == runs:
                tally.wrong[OTHERS] += _records(archive) != state
        tally.wrong[NOT_ALL] += again() is not None
        archive, path = _reopen(archive, path, folder / str(n), killed=n % 2 == 0)
        tally.wrong[OTHERS] += _records(archive) != expected[-1]
    archive.close()
    tally.wrong[DAMAGED] = sum(1 for _ in verify(path))
    return {what: tally}


def _changed(path: Path, changes: int, seed: int) -> tuple[Archive, list[dict[str, AnyRecord]]]:
    """Make a case with changes, and return it with its records after each of them."""
    draw = Random(seed)
    held = some_case(draw)
    itself = Case(id="case_x", schema=SCHEMA, name="x", title="X")
    write_case(path, [("case", itself), *in_order(held)])
    archive = Archive.open(path, author="writer", writing=True)
    states = [dict(held)]
    while len(states) <= changes:
        edits = some_edits(draw, held)
        after = {**held, **{edit.id: edit.after for edit in edits if edit.after is not None}}
        for edit in edits:
            if edit.after is None:
                del after[edit.id]
        if edits and whole(after):
            archive.change(Change("", "", "", edits))
            held = after
            states.append(held)
    return archive, states


def _records(archive: Archive) -> dict[str, AnyRecord]:
    """Every record but the case itself, by id."""
    return {one.id: one for _, one in archive.ask(lambda connection: list(all_records(connection)))}


def _reopen(archive: Archive, path: Path, folder: Path, *, killed: bool) -> tuple[Archive, Path]:
    """Open the case again, in another folder."""
    if not killed:
        archive.close()
    shutil.copytree(path.parent, folder)
    if killed:
        archive.close()
    path = folder / path.name
    return Archive.open(path, author="writer", writing=True), path


TRIAL = Trial(
    "Undo to the start and redo to the end, twice",
    undo,
    (OTHERS, NOT_ALL, DAMAGED),
)
