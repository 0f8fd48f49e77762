"""Importing again after a merge: what was merged stays merged, and what the rows say goes there."""

from pathlib import Path

import pytest

from store.archive import Archive
from store.coding.merge import merge_by_id
from store.custody.verify import verify
from store.model.records import Actor, Claim, Event, Place, Source
from store.model.references import references
from tests import ged
from tests.imports import held, imported, new_case, written
from tests.store.kept import NAMES
from tests.store.kept import held as records_of


@pytest.fixture(params=NAMES)
def case(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """An empty case, in files or a database."""
    return new_case(tmp_path / str(request.param))


ROWS = [
    ged.row(source_article='"Norland Gazette,2016-03-02,Blast kills 4 in Anton"'),
    ged.row(
        id="2",
        side_b="Southern Front (SF)",
        side_b_new_id="9",
        where_coordinates="Antoun town",
        source_article='"Gazette of Norland,2016-03-03,Blast kills 4 in Anton"',
    ),
]


def merged(case: Path, kind: type[Event | Actor | Place | Source], kept: str, gone: str) -> str:
    """Merge two records by their names; return the id of the one that is gone."""
    ids: dict[str, str] = {
        getattr(one, "name", "") or getattr(one, "title", ""): one.id for one in held(case, kind)
    }
    assert {kept, gone} <= {*ids}, ids
    archive = Archive.open(case, author="Ana", writing=True)
    archive.change(archive.ask(merge_by_id, ids[kept], ids[gone], None, "Ana", ""))
    archive.close()
    return ids[gone]


def refers(case: Path) -> set[str]:
    """The ids of all records, and of all that they refer to."""
    archive = Archive.open(case)
    found = records_of(archive)
    archive.close()
    return {*found} | {to for one in found.values() for _, to, _ in references(one)}


def counts(report: dict[str, object]) -> tuple[object, object, object, object]:
    """The rows that were added, changed, unchanged and rejected."""
    return report["added"], report["changed"], report["unchanged"], report["rejected"]


def test_what_was_merged_stays_merged(case: Path, tmp_path: Path) -> None:
    imported(case, written(tmp_path, ged.text(ROWS)))
    (one, other) = sorted(held(case, Event), key=lambda event: event.row.row)
    gone = {
        merged(case, Actor, "Southern Front", "Southern Front (SF)"),
        merged(case, Place, "Anton", "Antoun"),
        merged(case, Source, "Norland Gazette", "Gazette of Norland"),
    }
    assert not gone & refers(case)
    (report,) = imported(case, written(tmp_path, ged.text(ROWS)))
    assert counts(report) == (0, 0, 2, 0)
    changed = [{**ROWS[1], "best": "5", "deaths_b": "4"}, {**ROWS[1], "id": "3"}]
    (report,) = imported(case, written(tmp_path, ged.text([ROWS[0], *changed])))
    assert counts(report) == (1, 1, 1, 0)
    assert not gone & refers(case)
    assert {one.id, other.id} < refers(case)
    assert not list(verify(case))


def test_the_row_of_an_event_that_was_merged_alters_the_event_that_stayed(
    case: Path, tmp_path: Path
) -> None:
    imported(case, written(tmp_path, ged.text(ROWS)))
    (one, other) = sorted(held(case, Event), key=lambda event: event.row.row)
    archive = Archive.open(case, author="Ana", writing=True)
    archive.change(archive.ask(merge_by_id, one.id, other.id, None, "Ana", ""))
    archive.close()
    claims = {claim.id for claim in held(case, Claim)}
    (report,) = imported(case, written(tmp_path, ged.text(ROWS)))
    assert counts(report) == (0, 0, 2, 0)
    assert {claim.id for claim in held(case, Claim)} == claims
    changed = [{**ROWS[0], "deaths_a": "2"}, {**ROWS[1], "deaths_b": "9", "best": "10"}]
    (report,) = imported(case, written(tmp_path, ged.text(changed)))
    assert counts(report) == (0, 2, 0, 0)
    (kept,) = held(case, Event)
    assert (kept.id, kept.merged, len(kept.merged_rows)) == (one.id, (other.id,), 1)
    assert {claim.id for claim in held(case, Claim)} >= claims
    said = [claim.value.best for claim in held(case, Claim) if claim.kind == "fatalities"]
    assert 10 in said
    assert not list(verify(case))
    (report,) = imported(case, written(tmp_path, ged.text(changed)))
    assert counts(report) == (0, 0, 2, 0)
    assert report["gone"] == 0
