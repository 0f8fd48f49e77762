"""Judgements are validated when they are read: their time, their grade, and their subject."""

import msgspec
import pytest

from store.model.records import RECORD_TYPES

MADE = {"id": "x", "by": "Ana", "at": "2025-01-31T10:00:00Z"}
GRADE = {**MADE, "about": "src_paper", "grade": "B", "reason": "often right"}
RULING = {**MADE, "about": "clm_1", "other": "clm_2", "verdict": "same", "reason": "so"}


@pytest.mark.parametrize(
    ("table", "record"),
    [
        ("notes", {**MADE, "about": "plc_hama", "text": "A *note*."}),
        ("notes", {**MADE, "about": "plc_hama", "text": "Mine.", "private": True}),
        ("tags", {**MADE, "about": "psg_1", "name": "later"}),
        ("marks", {**MADE, "about": "art_1", "kind": "star"}),
        ("grades", GRADE),
        ("grades", {**GRADE, "about": "clm_1", "grade": "6"}),
        ("assessments", {**MADE, "about": "evt_1", "verdict": "weak", "reason": "one origin"}),
        ("rulings", RULING),
        ("filters", {**MADE, "name": "HTS", "chips": [{"kind": "a", "value": "b", "label": "c"}]}),
    ],
)
def test_what_fits_is_read(table: str, record: dict[str, object]) -> None:
    kind = RECORD_TYPES[table]
    read = msgspec.convert(record, kind)
    assert msgspec.json.decode(msgspec.json.encode(read)) == record


@pytest.mark.parametrize(
    ("table", "record", "field"),
    [
        ("grades", {**GRADE, "at": "2025-01-31T10:00:00Z\n"}, "at"),
        ("grades", {**GRADE, "at": "٢٠٢٥-01-31T10:00:00Z"}, "at"),
        ("grades", {**GRADE, "at": "2025-01-31T10:00:00+01:00"}, "at"),
        ("grades", {**GRADE, "grade": "A\n"}, "grade"),
        ("grades", {**GRADE, "grade": "G"}, "grade"),
        ("grades", {**GRADE, "grade": "1"}, "grade"),
        ("grades", {**GRADE, "about": "clm_1"}, "grade"),
        ("grades", {**GRADE, "about": "evt_1"}, "about"),
        ("rulings", {**RULING, "other": "evt_1"}, "other"),
        ("rulings", {**RULING, "verdict": "maybe"}, "verdict"),
        ("tags", {**MADE, "about": "evt_1", "name": ""}, "name"),
        ("notes", {**MADE, "about": "case_1", "text": ""}, "about"),
    ],
)
def test_what_does_not_fit_names_the_field(
    table: str, record: dict[str, object], field: str
) -> None:
    with pytest.raises(msgspec.ValidationError, match=field):
        msgspec.convert(record, RECORD_TYPES[table])
