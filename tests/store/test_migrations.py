"""Cases of an older schema are read, changed, and backed up."""

from pathlib import Path

import msgspec
import pytest

from store.archive import Archive
from store.custody.doctor import repair
from store.custody.verify import verify
from store.database.log_entry import entry_of
from store.document.backups import MAX_BACKUPS, schema_backup_path
from store.document.snapshot import encode_rows, write_snapshot
from store.document.tinydb_file import read_case, read_snapshot
from store.errors import DamagedCase, NewerCase
from store.model import migrations
from store.model.change import Change, Edit
from store.model.judgements import Note
from store.model.log_line import encode_line, sealed
from store.model.migrations import STEPS, Fields, migrated
from store.model.records import SCHEMA, Case
from tests.store.kept import WHEN, KeptCase, entitle, title_of


@pytest.fixture
def old(tmp_path: Path) -> KeptCase:
    """A case of the first schema, with a log of it that says a new title of the case."""
    kept = KeptCase(tmp_path)
    tables = read_case(kept.path)
    (case,) = tables["case"]
    assert isinstance(case, Case)
    was = msgspec.structs.replace(case, schema=1)
    records = [(table, one) for table, of in tables.items() for one in of if table != "case"]
    head, _ = write_snapshot(
        kept.path, encode_rows([("case", was), *records]), sequence=0, hash=None, keep=False
    )
    became = msgspec.structs.replace(was, title="As it was")
    line = entry_of(Change("Ada", WHEN, "a title", [Edit("case", was.id, was, became)]))
    line = msgspec.structs.replace(line, prev=head.hash, schema=1)
    kept.log.write_bytes(encode_line(sealed(line)))
    return kept


def test_every_schema_has_a_step_to_the_next() -> None:
    assert sorted(STEPS) == list(range(1, SCHEMA))


def test_it_is_read_as_one_of_this_schema(old: KeptCase) -> None:
    before = old.path.read_bytes()
    archive = old.read()
    assert (archive.case.schema, archive.case.title) == (SCHEMA, "As it was")
    assert archive.notices == ()
    archive.close()
    assert old.path.read_bytes() == before
    assert list(verify(old.path)) == []


def test_writing_it_anew_keeps_it_as_it_was(old: KeptCase) -> None:
    before = old.path.read_bytes()
    archive = old.write()
    assert any("has schema 1" in line for line in archive.notices)
    archive.close()

    for n in range(MAX_BACKUPS + 2):
        archive = old.write()
        entitle(archive, f"Fall {n}")
        archive.close()
    assert schema_backup_path(old.path, 1).read_bytes() == before
    assert read_snapshot(old.path).schema == SCHEMA
    assert list(verify(old.path)) == []


def test_what_was_done_in_it_can_be_undone(old: KeptCase) -> None:
    archive = old.write()
    entitle(archive, "Fall of the city")
    archive.close()
    archive = old.write()
    assert archive.undo() is not None
    assert archive.undo() is not None
    assert archive.undo() is None
    assert (archive.case.title, archive.case.schema, title_of(archive)) == (
        "Small",
        SCHEMA,
        "Fall",
    )
    archive.close()
    assert list(verify(old.path)) == []


def test_a_redaction_reaches_it(old: KeptCase) -> None:
    archive = old.write()
    note = Note(id="not_1", about=old.fall, text="Abu Nasr saw it", by="Ada", at=WHEN)
    archive.change(Change("", WHEN, "a note", [Edit("notes", note.id, None, note)]))
    archive.close()
    archive = old.write()
    archive.redact(old.fall, "title", "names a witness", "Fall")
    archive.close()
    files = [one.read_bytes() for one in old.path.parent.glob("case.json*") if one.is_file()]
    assert schema_backup_path(old.path, 1).exists()
    assert not [one for one in files if b'"title":"Fall"' in one]


def test_a_redaction_reaches_it_where_it_is_the_first_act(old: KeptCase) -> None:
    old.log.unlink()  # a case whose snapshot has all changes
    archive = old.write()
    archive.redact(old.fall, "title", "names a witness", "Fall")
    archive.close()
    assert schema_backup_path(old.path, 1).exists()
    for file in old.path.parent.glob("case.json*"):
        assert b'"title":"Fall"' not in file.read_bytes(), file


def test_a_damaged_one_is_salvaged(old: KeptCase, tmp_path: Path) -> None:
    old.log.unlink()
    old.path.write_bytes(old.path.read_bytes().replace(b'"name":"Rebels"', b'"name":Rebels"'))
    with pytest.raises(DamagedCase):
        old.read()
    new = tmp_path / "saved.json"
    repair(old.path, new)
    archive = Archive.open(new)
    assert (archive.case.schema, title_of(archive)) == (SCHEMA, "Fall")
    archive.close()


def test_a_step_changes_the_records_of_its_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def renamed(fields: Fields) -> Fields:
        return {("text" if name == "body" else name): fields[name] for name in fields}

    monkeypatch.setitem(migrations.STEPS, 1, {"notes": renamed})
    row = msgspec.Raw(b'{"id":"not_1","body":"seen"}')
    assert bytes(migrated("notes", row, 1)) == b'{"id":"not_1","text":"seen"}'
    assert migrated("notes", row, SCHEMA) is row
    assert migrated("tags", row, 1) is row
    assert bytes(migrated("notes", msgspec.Raw(b"7"), 1)) == b"7"


def test_a_log_of_a_newer_schema_is_refused(old: KeptCase) -> None:
    head = read_snapshot(old.path).position
    line = entry_of(Change("Ada", WHEN, "later", []))
    line = msgspec.structs.replace(line, prev=head.hash, schema=SCHEMA + 1)
    old.log.write_bytes(encode_line(sealed(line)))
    with pytest.raises(NewerCase, match=f"line 1: has schema {SCHEMA + 1}"):
        old.read()


@pytest.mark.parametrize("schema", [0, -1])
def test_what_is_no_schema_is_refused(old: KeptCase, schema: int) -> None:
    old.log.unlink()
    old.path.write_bytes(old.path.read_bytes().replace(b'"schema":1', b'"schema":%d' % schema))
    with pytest.raises(DamagedCase, match=f"schema: {schema} is invalid"):
        old.read()
