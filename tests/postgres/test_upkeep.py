"""What keeps a case on a server quick to open, and complete on every desk."""

from pathlib import Path

import pytest

from store.archive import Archive
from store.custody.server_cases import grant, send_seal
from store.database.seals import kept_seals, seal_name
from store.errors import DamagedCase, RefusedChange
from store.model.case_address import CaseAddress
from store.postgres import bring_up, postgres_engine
from tests.postgres.acts import entitle, note, title_of
from tests.postgres.conftest import Opened
from tests.postgres.pg_server import PgServer


def test_a_log_that_has_grown_much_gets_a_new_snapshot_by_whoever_may(
    address: CaseAddress, opened: Opened, server: PgServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_engine, "_SNAPSHOT_AFTER", 3)
    grant(address, "carl", "coder")

    def snapshot() -> int:
        ((sequence,),) = server.rows("SELECT sequence FROM snapshot_about", address.case)
        return int(sequence)

    carl = opened("carl")
    for number in range(4):
        note(carl, str(number))
    opened.close(carl)
    assert snapshot() == 0
    opened.close(opened())
    assert snapshot() == 4
    olga = opened()
    entitle(olga, "After it")
    opened.close(olga)
    assert snapshot() == 4
    for folder in olga.path.parent.parent.iterdir():
        for file in folder.iterdir():
            file.unlink()
    assert title_of(opened()) == "After it"


def test_a_copy_that_is_far_behind_takes_the_snapshot(
    address: CaseAddress, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_engine, "_SNAPSHOT_AFTER", 3)
    monkeypatch.setattr(bring_up, "_BEHIND", 2)
    first, second = opened(), opened()
    opened.close(second)
    before = second.path.stat().st_ino
    for number in range(4):
        note(first, str(number))
    first.save_snapshot()
    third = opened()
    assert third.path == second.path
    assert third.path.stat().st_ino != before
    assert third.history() == first.history()


def test_what_a_killed_program_left_beside_its_copy_goes(opened: Opened) -> None:
    archive = opened()
    entitle(archive, "Kept")
    opened.close(archive)
    left = [archive.path.with_name(f".redacting.db{end}") for end in ("", "-wal", ".lock")]
    for file in left:
        file.write_text("words")
    again = opened(writing=False)
    assert (again.path, title_of(again)) == (archive.path, "Kept")
    assert not any(file.exists() for file in left)


def test_a_copy_is_known_as_one_by_whatever_path_it_is_opened(
    opened: Opened, tmp_path: Path
) -> None:
    archive = opened()
    opened.close(archive)
    link = tmp_path / "link"
    link.symlink_to(archive.path.parent)
    by_link = Archive.open(link / archive.path.name, writing=True)
    assert by_link.member == "olga"
    by_link.close()


def test_a_time_stamp_comes_to_every_desk(address: CaseAddress, opened: Opened) -> None:
    first = opened()
    entitle(first, "One")
    name = seal_name(1, "0" * 64, b"stamped")
    send_seal(first.path, name, b"stamped")
    (seal,) = kept_seals(opened().path)
    assert (seal.file.name, seal.file.read_bytes()) == (name, b"stamped")
    for bad in ("../evil.tsr", "a'b", name.replace("tsr", "exe")):
        with pytest.raises(RefusedChange, match="no time stamp"):
            send_seal(first.path, bad, b"stamped")


def test_a_name_from_the_server_leads_nowhere_else(
    address: CaseAddress, opened: Opened, server: PgServer, tmp_path: Path
) -> None:
    server.rows("INSERT INTO seals VALUES ('../../evil.tsr', 'x') RETURNING 1", address.case)
    opened()
    server.rows("INSERT INTO originals VALUES ('../../evil', 'x') RETURNING 1", address.case)
    with pytest.raises(DamagedCase, match="not what its hash says"):
        opened()
    assert not list(tmp_path.rglob("evil*"))
