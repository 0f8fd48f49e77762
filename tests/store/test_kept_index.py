"""A large case file opens by the index that is kept beside it, and only if that belongs to it."""

import os
import re
import stat
from contextlib import closing
from functools import partial
from pathlib import Path
from sqlite3 import Connection

import msgspec
import pytest

from store.archive import Archive
from store.custody.convert import convert
from store.custody.verify import verify
from store.database.apply import apply
from store.database.read_records import record
from store.document import file_engine, kept_index, snapshot_and_log
from store.document.kept_index import KeptIndex, index_content
from store.document.open_index import OpenIndex
from store.document.tinydb_file import read_snapshot
from store.errors import RefusedChange, UnreadableCase, UnwritableCase
from store.model.change import Change, Edit
from store.model.records import Actor
from store.queries import evidence
from tests.examples import sample
from tests.imports import run
from tests.store.dumps import assert_as_made_anew, changed, on_index
from tests.store.faults import CALLS, Disk, failing
from tests.store.kept import KeptCase, abandon, entitle, title_of


@pytest.fixture(autouse=True)
def _every_case_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_index, "FROM_BYTES", 0)


@pytest.fixture
def kept(tmp_path: Path) -> KeptCase:
    """A case that was changed and closed."""
    case = KeptCase(tmp_path)
    archive = case.write()
    entitle(archive, "one")
    archive.close()
    return case


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The case files that were parsed, and not known from an index."""
    found: list[Path] = []

    def read(path: Path) -> object:
        found.append(path)
        return read_snapshot(path)

    monkeypatch.setattr(snapshot_and_log, "read_snapshot", read)
    return found


def index_of(case: KeptCase) -> Path:
    return case.path.with_name(case.path.name + ".index")


def opens(case: KeptCase, title: str) -> None:
    """Assert that the case has this title, and an index as one made anew."""
    archive = case.read()
    assert title_of(archive) == title
    on_index(archive, assert_as_made_anew)
    archive.close()


def test_a_case_is_opened_by_its_index_again_and_again(kept: KeptCase, unread: list[Path]) -> None:
    assert stat.S_IMODE(index_of(kept).stat().st_mode) == 0o600
    opens(kept, "one")
    archive = kept.write()
    assert unread == []
    entitle(archive, "two")
    assert archive.undo() is not None
    entitle(archive, "three")
    archive.close()
    opens(kept, "three")
    archive = kept.write()
    assert [entry.sequence for entry in archive.history()] == [4, 3, 2, 1]
    assert archive.undo() is not None
    assert title_of(archive) == "one"
    archive.close()
    assert unread == []


def test_a_reader_keeps_none_and_small_cases_need_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = KeptCase(tmp_path)
    case.read().close()
    assert not index_of(case).exists()
    monkeypatch.undo()
    case.titles("one")
    case.write().close()
    assert not index_of(case).exists()


def test_what_is_in_the_log_and_not_in_the_case_file_is_there(
    kept: KeptCase, unread: list[Path]
) -> None:
    kept.titles("two", "three")
    opens(kept, "three")
    kept.write().close()
    opens(kept, "three")
    assert unread == [], "the index follows the log"


def test_a_long_log_is_no_reason_to_keep_to_the_index(
    kept: KeptCase, unread: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_index, "MOST_TO_FOLLOW", 1)
    kept.titles("two", "three")
    opens(kept, "three")
    assert unread == [kept.path]


def test_a_log_that_does_not_fit_the_index_is_applied_to_the_case_file(
    kept: KeptCase, unread: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.titles("two")
    refused = iter([RefusedChange("an event: it was changed meanwhile", "open it again")])

    def apply_but_once(connection: Connection, change: Change) -> None:
        for error in refused:
            raise error
        apply(connection, change)

    monkeypatch.setattr(file_engine, "apply", apply_but_once)
    opens(kept, "two")
    assert unread == [kept.path]


def test_what_was_edited_outside_is_shown_and_noticed(kept: KeptCase) -> None:
    kept.path.write_text(kept.path.read_text().replace('"one"', '"other"'))
    archive = kept.write()
    assert title_of(archive) == "other"
    assert any("edited outside" in notice for notice in archive.notices)
    archive.close()
    assert KeptIndex(kept.path).header is None, "the log does not record the edit yet"
    opens(kept, "other")


def test_one_of_other_code_is_not_used(
    kept: KeptCase, unread: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_index, "code", lambda: "newer")
    opens(kept, "one")
    assert unread == [kept.path]


def test_a_damaged_one_is_not_used(kept: KeptCase) -> None:
    whole = index_of(kept).read_bytes()
    for at in sample(range(0, len(whole), max(1, len(whole) // 60)), of="damage"):
        damaged = bytearray(whole)
        damaged[at] ^= 1 << at % 8
        index_of(kept).write_bytes(damaged)
        opens(kept, "one")
    for size in (0, 1, len(whole) // 2, len(whole) - 1):
        index_of(kept).write_bytes(whole[:size])
        opens(kept, "one")


def test_a_case_that_has_one_is_converted_with_its_records(kept: KeptCase) -> None:
    assert index_of(kept).exists()
    database = kept.path.with_suffix(".db")
    convert(kept.path, database)
    archive = Archive.open(database)
    assert title_of(archive) == "one"
    archive.close()


def test_what_cannot_be_written_is_not_kept(tmp_path: Path) -> None:
    disk = Disk()
    with failing(disk):
        KeptCase(tmp_path).write().close()
    calls = len(disk.calls)
    for n in range(1, calls + 1):
        folder = tmp_path / str(n)
        folder.mkdir()
        case = KeptCase(folder)
        archive = case.write()
        entitle(archive, "one")
        archive.save_snapshot()
        with failing(Disk(fails_at=n)):
            archive.close()
        opens(case, "one")
        assert not case.path.with_name("case.json.index.new").exists()
    assert set(disk.calls) <= set(CALLS)


def test_redaction_deletes_it_first(kept: KeptCase) -> None:
    archive = kept.write()
    assert b"one" in index_of(kept).read_bytes()
    archive.redact(kept.fall, "title", "to protect somebody", "one")
    assert not index_of(kept).exists()
    abandon(archive)
    archive = Archive.open(kept.path, author="me", writing=True)
    archive.close()
    assert KeptIndex(kept.path).header is not None
    for file in kept.path.parent.iterdir():
        assert b'"one"' not in file.read_bytes()


def forge(case: KeptCase) -> None:
    """Put an index with another name of the actor in the place of the kept one, as anybody can."""
    kept = KeptIndex(case.path)
    found = kept.connect()
    assert kept.header is not None
    assert found is not None
    with closing(OpenIndex(found, kept=kept.path)) as index:
        actor = record(index.connection, "actors", case.rebels)
        assert isinstance(actor, Actor)
        forged = msgspec.structs.replace(actor, name="Forged")
        apply(index.to_change(), changed(Edit("actors", actor.id, actor, forged)))
        pages = index.connection.serialize()
    index_of(case).write_bytes(b"".join(index_content(pages, kept.header)))


def name_in(case: KeptCase) -> str:
    """The name of the actor, as a reader sees it."""
    archive = case.read()
    actor = archive.ask(record, "actors", case.rebels)
    archive.close()
    assert isinstance(actor, Actor)
    return actor.name


def test_verify_finds_a_forged_one(kept: KeptCase) -> None:
    assert list(verify(kept.path)) == []
    forge(kept)
    assert name_in(kept) == "Forged"
    assert [(one.file, one.what) for one in verify(kept.path)] == [
        (index_of(kept), "differs from the case file; delete it")
    ]
    told = run("verify", kept.path)
    assert told.exit_code == 65
    assert "the case is intact; only the index" in told.stderr
    assert f"delete {index_of(kept)}" in told.stderr
    index_of(kept).unlink()
    assert run("verify", kept.path).exit_code == 0


@pytest.mark.parametrize("ahead", [False, True], ids=["", "the log is ahead"])
def test_nothing_of_a_forged_one_is_saved(kept: KeptCase, ahead: bool) -> None:
    if ahead:
        kept.titles("two")
    forge(kept)
    before = kept.path.read_bytes(), kept.log.read_bytes()
    archive = kept.write()
    save = archive.save_snapshot if ahead else partial(entitle, archive, "three")
    with pytest.raises(UnwritableCase, match="differs from the case file; it is deleted"):
        save()
    assert not index_of(kept).exists()
    abandon(archive)
    assert (kept.path.read_bytes(), kept.log.read_bytes()) == before
    assert name_in(kept) == "Rebels"
    opens(kept, "two" if ahead else "one")


def test_who_goes_on_from_a_true_one_saves(kept: KeptCase) -> None:
    kept.titles("two", "three")
    archive = kept.write()
    entitle(archive, "four")
    archive.close()
    opens(kept, "four")
    assert list(verify(kept.path)) == []


def test_a_reader_of_a_forged_one_cannot_go_on_as_the_writer(kept: KeptCase) -> None:
    forge(kept)
    archive = kept.read()
    archive.start_writing()
    with pytest.raises(UnwritableCase, match="differs from the case file"):
        entitle(archive, "two", "me")
    abandon(archive)
    assert name_in(kept) == "Rebels"


def test_it_is_read_in_its_file_until_the_first_change(kept: KeptCase) -> None:
    archive = kept.write()
    assert files_of(archive) == {index_of(kept)}
    before = index_of(kept).read_bytes()
    entitle(archive, "two")
    assert files_of(archive) == set()
    assert title_of(archive) == "two"
    assert index_of(kept).read_bytes() == before, "a kill now leaves an index that fits"
    archive.close()
    opens(kept, "two")


def test_one_that_is_damaged_while_it_is_open_is_told(kept: KeptCase) -> None:
    archive = kept.write()
    os.truncate(index_of(kept), 8192)
    told = f"{index_of(kept)}: cannot be read any more"
    with pytest.raises(UnreadableCase, match=re.escape(told)):
        archive.ask(evidence.claims_about, kept.fall)
    with pytest.raises(UnreadableCase, match=re.escape(told)):
        entitle(archive, "two")
    abandon(archive)
    index_of(kept).unlink()
    opens(kept, "one")


def test_another_one_in_its_place_is_not_read(kept: KeptCase) -> None:
    found = KeptIndex(kept.path)
    assert found.header is not None
    other = kept.path.with_name("other")
    other.write_bytes(index_of(kept).read_bytes())
    other.replace(index_of(kept))
    assert found.connect() is None


def files_of(archive: Archive) -> set[Path]:
    """The files of the databases that an archive reads."""
    files = "SELECT file FROM pragma_database_list"
    rows = archive.ask(lambda asked: list(asked.execute(files)))
    return {Path(file) for (file,) in rows if file}
