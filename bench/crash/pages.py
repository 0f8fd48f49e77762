"""Trials with damaged pages of a database: what repair saves, and that it revives nothing."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from random import Random

import msgspec

from bench.crash.stores import Store
from bench.crash.tally import Tally, Trial
from store.archive import Archive
from store.custody.salvage_database import repair_database
from store.custody.verify import verify
from store.errors import ConflictError, DamagedCase
from store.model.records import AnyRecord, Passage
from store.model.references import references
from tests.store.damaged_pages import KINDS, Whole, records_by_id, whole
from tests.store.row_spans import Span

NOT_SAVED = "a record is lost, no byte of which was damaged"
REVIVED = "what was withdrawn, altered or redacted is back"
FAILED = "repair fails, or leaves damage"
SAVED = "saved of what could be saved"
HIT = "records with damaged bytes"
RESTED = "records that refer to a lost passage or claim"

_ALONE = ("passages", "claims")
"""The tables without stand-ins."""


def pages(store: Store, runs: int, seed: int, folder: Path) -> dict[str, Tally | None]:
    """Damage a database `runs` times in each of four states, and repair it."""
    states = {
        "all in one file": {"wiped": True, "closed": True},
        "with a WAL": {"wiped": True, "closed": False},
        "deleted rows left in free pages": {"wiped": False, "closed": True},
    }
    if not store.is_archive:
        return dict.fromkeys(states)
    found: dict[str, Tally | None] = {}
    for number, (state, how) in enumerate(states.items()):
        sound = whole(folder / str(number), **how)
        found[state] = _repaired(sound, runs, Random(seed), folder / f"{number}-damaged")
    return found


def _repaired(whole: Whole, runs: int, draw: Random, folder: Path) -> Tally:
    tally = Tally()
    hit = saved = saveable = resting = 0
    for run in range(runs):
        folder.mkdir()
        damaged = KINDS[run % len(KINDS)](whole, draw)
        path = folder / "case.db"
        path.write_bytes(damaged.database)
        if damaged.wal:
            path.with_name("case.db-wal").write_bytes(damaged.wal)
        found = _saved(path, folder / "saved.db", tally)
        lost = {id for id, spans in whole.spans.items() if _touched(spans, damaged.spans)}
        stands = _standing(whole.records, lost - found.keys())
        tally.tries += 1
        tally.wrong[REVIVED] += sum(
            not _is_right(one, whole.records.get(id), lost) for id, one in found.items()
        )
        tally.wrong[NOT_SAVED] += len(stands - found.keys())
        hit += len(lost)
        resting += len(whole.records) - len(stands | lost)
        saveable += len(stands)
        saved += len(stands & found.keys())
        shutil.rmtree(folder)
    tally.said = {
        SAVED: f"{saved / saveable:.2%} of {saveable:,}",
        HIT: f"{hit:,}",
        RESTED: f"{resting:,}",
    }
    return tally


def _saved(path: Path, to: Path, tally: Tally) -> dict[str, AnyRecord]:
    """Repair a database, and read what was saved."""
    try:
        repair_database(path, to)
        tally.wrong[FAILED] += any(True for _ in verify(to))
        archive = Archive.open(to)
        found = archive.ask(records_by_id)
        archive.close()
    except DamagedCase:
        return {}
    except ConflictError:
        tally.wrong[FAILED] += 1
        return {}
    return found


def _touched(spans: list[Span], damaged: list[Span]) -> bool:
    return any(
        one.wal == other.wal and one.start < other.end and other.start < one.end
        for one in spans
        for other in damaged
    )


def _is_right(one: AnyRecord, was: AnyRecord | None, lost: set[str]) -> bool:
    """Tell if a saved record is as it was, or the stand-in for a lost one."""
    if was is None or one == was:
        return was is not None
    if isinstance(one, Passage) and isinstance(was, Passage) and one.article in lost:
        return one == msgspec.structs.replace(was, text_sha256=one.text_sha256)
    return one.id in lost and "when the case was damaged" in one.note


def _standing(records: Mapping[str, AnyRecord], lost: set[str]) -> set[str]:
    """The ids of the records that refer to no lost one without a stand-in, nor to one that does."""
    gone = set(lost)
    while more := {
        id
        for id, one in records.items()
        if id not in gone
        and any(target in gone and table in _ALONE for _, target, table in references(one))
    }:
        gone |= more
    return records.keys() - gone


TRIAL = Trial(
    "Damaged pages of a database are repaired",
    pages,
    (NOT_SAVED, REVIVED, FAILED),
    (SAVED, HIT, RESTED),
)
