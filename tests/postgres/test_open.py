"""A case on a server, opened and changed by several people."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.custody.convert import convert
from store.custody.server_cases import (
    convert_from_server,
    copy_of,
    grant,
    make_on_server,
    members,
    put_on_server,
    read_address,
)
from store.database.create import create_database
from store.errors import ExistingFile, MissingCase, ReadOnlyCase, RefusedChange
from store.model.case_address import CaseAddress
from store.model.records import SCHEMA, Case
from store.postgres.copies import copies_folder
from tests.imports import run
from tests.postgres.acts import FLIGHT, entitle, entitled, note, title_of
from tests.postgres.conftest import Opened, as_member
from tests.postgres.pg_server import PgServer
from tests.store.kept import KeptCase
from tests.store.kept import entitle as entitle_kept


def test_an_act_is_there_when_the_case_is_opened_again(opened: Opened) -> None:
    archive = opened()
    entitle(archive, "The city falls")
    opened.close(archive)
    again = opened(writing=False)
    assert title_of(again) == "The city falls"
    (entry,) = again.history()
    assert (entry.who, entry.why) == ("olga", "call it The city falls")


def test_undo_and_redo_are_acts_of_all(opened: Opened) -> None:
    first, second = opened(), opened()
    entitle(first, "One")
    assert second.follow()
    assert second.undo() is not None
    first.follow()
    assert title_of(first) == title_of(second) == "fall"
    assert first.redo() is not None
    assert title_of(first) == "One"
    assert [one.act for one in first.history()] == ["redo", "undo", "change"]


def test_an_undo_of_what_is_no_longer_the_last_act_is_refused(opened: Opened) -> None:
    first, second = opened(), opened()
    entitle(first, "One")
    entitle(second, "Two", FLIGHT)  # which takes the first act
    assert second.history()[0].sequence == 2
    with pytest.raises(RefusedChange, match="olga changed the case meanwhile: call it Two"):
        first.undo()
    assert (title_of(first), title_of(first, FLIGHT)) == ("One", "Two")
    assert first.undo() is not None
    assert title_of(first, FLIGHT) == "flight"


def test_a_follower_sees_an_act_within_a_second(opened: Opened) -> None:
    writer, reader = opened(), opened(writing=False)
    for archive in (writer, reader):
        archive.follow()
        assert not archive.has_news
    entitle(writer, "Now")
    assert not writer.has_news, "nobody is told of their own acts"
    begun = time.monotonic()
    while not reader.has_news and time.monotonic() < begun + 5:
        time.sleep(0.01)
    assert [change.why for change in reader.follow()] == ["call it Now"]
    assert time.monotonic() < begun + 1
    assert title_of(reader) == "Now"


def test_acts_of_two_on_different_records_both_stand(opened: Opened) -> None:
    first, second = opened(), opened()
    entitle(first, "One")
    entitle(second, "Two", FLIGHT)
    assert (title_of(second), title_of(second, FLIGHT)) == ("One", "Two")
    assert [one.sequence for one in second.history()] == [2, 1]


def test_an_act_that_does_not_fit_any_more_is_refused_with_who_changed_what(
    opened: Opened, address: CaseAddress
) -> None:
    grant(address, "carl", "coder")
    olga, carl = opened(), opened("carl")
    late = entitled(olga, "Late")
    entitle(carl, "Early")
    with pytest.raises(RefusedChange) as refused:
        olga.change(late)
    assert "carl changed it (entry 1" in refused.value.message
    assert "call it Early" in refused.value.message
    assert title_of(olga) == "Early"
    entitle(olga, "Later")
    assert title_of(olga) == "Later"


def test_each_program_has_a_copy_of_its_own_that_only_its_user_can_read(opened: Opened) -> None:
    first, second = opened(), opened()
    assert first.path != second.path
    for path in (first.path, second.path):
        assert path.is_relative_to(copies_folder())
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
    opened.close(first)
    assert opened().path == first.path


def test_a_copy_that_is_damaged_or_gone_is_made_anew(opened: Opened, address: CaseAddress) -> None:
    archive = opened()
    entitle(archive, "Kept")
    opened.close(archive)
    archive.path.write_bytes(b"SQLite format 3\0" + bytes(5_000))
    assert title_of(opened()) == "Kept"
    archive.path.unlink(missing_ok=True)
    assert title_of(opened()) == "Kept"


def test_a_copy_that_is_damaged_within_is_found_and_can_be_deleted(
    opened: Opened, address: CaseAddress
) -> None:
    archive = opened()
    entitle(archive, "Kept")
    opened.close(archive)
    content = bytearray(archive.path.read_bytes())
    at = content.rindex(b"evt_fall")
    content[at : at + 8] = b"evt_fell"
    archive.path.write_bytes(content)
    found = run("verify", str(address))
    assert found.exit_code == 65
    assert f"delete the folder {archive.path.parent}, and verify" in found.stderr
    shutil.rmtree(archive.path.parent)
    assert run("verify", str(address)).exit_code == 0


def test_a_folder_in_place_of_the_copy_is_one_line(opened: Opened, address: CaseAddress) -> None:
    archive = opened()
    opened.close(archive)
    archive.path.unlink()
    (archive.path / "within").mkdir(parents=True)
    found = run("events", "--case", str(address))
    assert found.exit_code == 71
    assert found.stderr.count("\n") == 1
    assert f"delete the folder {archive.path.parent}" in found.stderr


def test_a_copy_that_a_full_disk_makes_unreadable_is_not_dropped_and_the_server_not_blamed(
    opened: Opened, address: CaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = opened()
    entitle(archive, "Kept")
    opened.close(archive)
    before = archive.path.read_bytes()

    def fail(path: Path, mode: str) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error

    with monkeypatch.context() as full:
        full.setattr("store.database.sqlite.open_database", fail)
        found = run("events", "--case", str(address))
    assert (found.exit_code, found.stdout) == (74, "")
    assert "check its permissions, and the disk" in found.stderr
    assert archive.path.read_bytes() == before
    assert title_of(opened()) == "Kept"


def test_a_copy_of_a_case_that_was_made_again_is_not_taken_for_it(
    server: PgServer, opened: Opened, address: CaseAddress, tmp_path: Path
) -> None:
    archive = opened()
    entitle(archive, "Of the first")
    opened.close(archive)
    with server.connect() as connection:
        connection.execute(f'DROP SCHEMA "{address.case}" CASCADE'.encode())
    put_on_server(tmp_path / "small.json", address)
    assert title_of(opened()) == "fall"


def test_there_and_back_it_is_the_same_to_the_byte(server: PgServer, tmp_path: Path) -> None:
    kept = KeptCase(tmp_path)
    archive = kept.write()
    for title in ("one", "two", "three"):
        entitle_kept(archive, title)
    archive.undo()
    archive.close()
    address = read_address(server.address())
    put_on_server(kept.path, address)
    back = tmp_path / "back.json"
    convert_from_server(copy_of(address), back, force=False)
    assert back.read_bytes() == kept.path.read_bytes()
    assert (tmp_path / "back.json.log").read_bytes() == kept.log.read_bytes()
    convert_from_server(copy_of(address), tmp_path / "back.db", force=False)
    convert(tmp_path / "back.db", tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == kept.path.read_bytes()


def test_a_case_goes_on_from_the_log_that_it_came_with(server: PgServer, tmp_path: Path) -> None:
    kept = KeptCase(tmp_path)
    archive = kept.write()
    entitle_kept(archive, "one")
    archive.close()
    address = read_address(server.address())
    put_on_server(kept.path, address)
    with closing(Archive.open(copy_of(address), writing=True)) as there:
        assert there.undo() is not None


def test_a_name_that_is_taken_is_refused(
    address: CaseAddress, server: PgServer, tmp_path: Path
) -> None:
    with pytest.raises(ExistingFile):
        put_on_server(BUNDLED, address)
    with pytest.raises(ReadOnlyCase, match="may not make a case"):
        put_on_server(BUNDLED, read_address(server.address("carl")))


def test_an_empty_case_is_made_on_the_server(server: PgServer) -> None:
    address = read_address(server.address())
    empty = Case(id="case_new", schema=SCHEMA, name="new", title="New")
    make_on_server(address, lambda path: create_database(path, empty))
    assert members(address) == [("olga", "owner")]
    archive = Archive.open(copy_of(address))
    assert archive.case == empty
    archive.close()


def test_a_case_that_is_not_there_or_not_open_to_somebody_is_missing(
    address: CaseAddress, server: PgServer
) -> None:
    for name in ("nothing", "public", "about"):
        with pytest.raises(MissingCase):
            copy_of(read_address(server.address(case=name)))
    with pytest.raises((MissingCase, ReadOnlyCase)):
        copy_of(as_member(address, "rita"))


def test_many_notes_keep_the_chain(opened: Opened) -> None:
    first, second = opened(), opened()
    for number in range(10):
        note(first, f"a{number}")
        note(second, f"b{number}")
    first.follow()
    assert len(first.history()) == 20
