"""The valid contents and subjects of judgements."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from store.archive import Archive
from store.errors import DamagedCase
from store.model import changes
from store.model.judgements import JUDGEMENTS, Grade, SavedFilter, Verdict
from store.queries import judgements
from tests.reports import EVENT, reported

AT = "2026-11-22T10:00:00Z"
FIELDS: dict[str, dict[str, Any]] = {
    "notes": {"id": "not_1", "about": "evt_a", "text": "t"},
    "tags": {"id": "tag_1", "about": "evt_a", "name": "n"},
    "marks": {"id": "mrk_1", "about": "evt_a", "kind": "star"},
    "grades": {"id": "grd_1", "about": "src_a", "grade": "A", "reason": ""},
    "assessments": {"id": "ass_1", "about": "evt_a", "verdict": "weak", "reason": ""},
    "rulings": {"id": "rul_1", "about": "clm_a", "other": "clm_b", "verdict": "same", "reason": ""},
    "kinships": {
        "id": "kin_1",
        "about": "art_a",
        "other": "art_b",
        "verdict": "apart",
        "reason": "",
    },
}


def read(table: str, **fields: object) -> object:
    raw = {**FIELDS[table], "by": "Ana", "at": AT, **fields}
    return msgspec.json.decode(json.dumps(raw), type=JUDGEMENTS[table])


@pytest.mark.parametrize("table", JUDGEMENTS)
def test_each_is_read_as_it_is_written(table: str) -> None:
    one = read(table)
    assert msgspec.json.decode(msgspec.json.encode(one), type=JUDGEMENTS[table]) == one


@pytest.mark.parametrize("table", JUDGEMENTS)
@pytest.mark.parametrize(
    "fields",
    [
        {"at": "2026-11-22"},
        {"at": AT + "\n"},
        {"at": "2026-11-22T10:00:00+02:00"},
        {"at": ""},
        {"about": "who_a"},
        {"about": "xevt_a"},
        {"about": "not_1"},
        {"by": None},
        {"more": 1},
    ],
    ids=str,
)
def test_what_each_refuses(table: str, fields: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        read(table, **fields)


@pytest.mark.parametrize(
    ("table", "fields"),
    [
        ("tags", {"name": ""}),
        ("marks", {"kind": "liked"}),
        ("grades", {"grade": "G"}),
        ("grades", {"grade": "A\n"}),
        ("grades", {"grade": "AB"}),
        ("grades", {"grade": "1"}),
        ("grades", {"about": "clm_a"}),
        ("grades", {"about": "evt_a"}),
        ("assessments", {"about": "src_a"}),
        ("assessments", {"verdict": "true"}),
        ("rulings", {"about": "evt_a"}),
        ("rulings", {"other": "evt_a"}),
        ("rulings", {"verdict": "maybe"}),
    ],
)
def test_what_some_refuse(table: str, fields: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        read(table, **fields)


def test_a_claim_has_a_number() -> None:
    one = read("grades", about="clm_a", grade="6")
    assert isinstance(one, Grade)


def test_a_saved_filter_has_a_name() -> None:
    raw = {"id": "flt_1", "name": "", "by": "Ana", "at": AT, "chips": []}
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json.dumps(raw), type=SavedFilter)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.open(reported(tmp_path / "case.json", 2), writing=True)


def test_of_what_is_not_there_nothing_can_be_said(archive: Archive) -> None:
    one = changes.assessment("evt_nowhere", Verdict.WEAK, "", "x", AT)
    with pytest.raises(DamagedCase, match="evt_nowhere"):
        archive.change(changes.add_or_replace(None, one, "why", "x", AT))
    assert archive.ask(judgements.about, ["evt_nowhere"]) == ()
    assert archive.history() == []
    archive.close()


def test_names_of_what_is_spoken_of(archive: Archive) -> None:
    assert archive.ask(judgements.title, EVENT) == "Rebels take Northtown"
    assert archive.ask(judgements.title, "src_SOHR") == "SOHR"
    assert archive.ask(judgements.title, "clm_1") == "occurrence of Rebels take Northtown"
    assert archive.ask(judgements.title, "evt_nowhere") == ""
    assert archive.ask(judgements.held, "events", "evt_nowhere") is None
    archive.close()


def test_they_come_by_kind_and_then_by_time(archive: Archive) -> None:
    for text, at in (("late", AT), ("early", "2026-11-21T10:00:00Z")):
        archive.change(
            changes.add_or_replace(None, changes.note(EVENT, text, "x", at), "why", "x", at)
        )
    tag = changes.tag(EVENT, "t", "x", "2020-01-01T00:00:00Z")
    archive.change(changes.add_or_replace(None, tag, "why", "x", AT))
    found = archive.ask(judgements.about, [EVENT])
    assert [changes.judgement_text(one.judgement) for one in found] == ["early", "late", "#t"]
    assert [one.table for one in found] == ["notes", "notes", "tags"]
    archive.close()
