"""Imports into a case on a server: sent with their entry, replayed by everybody else."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from store.archive import Archive
from store.custody.server_cases import grant
from store.database.read_records import records
from store.model.case_address import CaseAddress
from store.postgres.packed_snapshot import PackedSnapshot
from store.postgres.server import CaseServer
from tests import ged
from tests.imports import run, written
from tests.postgres.acts import entitle, title_of
from tests.postgres.conftest import Opened, as_member
from tests.postgres.pg_server import PgServer
from tests.small import SmallCase
from tests.store.dumps import dump, on_index
from tests.store.importing import additions, imported


def _rows(folder: Path, numbers: range, name: str = "ged.csv", **cells: str) -> Path:
    rows = [ged.row(id=str(n), conflict_name=f"C{n % 3}: x", **cells) for n in numbers]
    return written(folder, ged.text(rows), name)


def _import(file: Path, address: CaseAddress) -> None:
    found = run("import", file, "--into", str(address))
    assert found.exit_code == 0, found.stderr


def _dump(archive: Archive) -> object:
    return on_index(archive, dump)


def test_an_import_and_its_undo_and_redo_are_replayed_to_the_row(
    address: CaseAddress, opened: Opened, tmp_path: Path
) -> None:
    follower = opened()
    before = _dump(follower)
    _import(_rows(tmp_path, range(30)), address)
    assert [change.why for change in follower.follow()] == ["import of ged.csv: 30 rows"]
    writer = opened()
    assert _dump(follower) == _dump(writer) != before
    assert len(follower.ask(lambda asked: list(records(asked)))) > 60
    assert writer.undo() is not None
    follower.follow()
    assert _dump(follower) == before
    assert follower.redo() is not None
    writer.follow()
    assert _dump(writer) == _dump(follower) != before
    assert writer.history() == follower.history()


def test_an_import_again_alters_rows_for_everybody(
    address: CaseAddress, opened: Opened, tmp_path: Path
) -> None:
    _import(_rows(tmp_path, range(10)), address)
    follower = opened(writing=False)
    _import(_rows(tmp_path, range(5, 15), best="7", high="9"), address)
    follower.follow()
    assert _dump(follower) == _dump(opened())


def test_an_import_that_brings_nothing_is_replayed_too(opened: Opened) -> None:
    follower, writer = opened(writing=False), opened()
    writer.import_batches(imported(3), iter([]))
    entitle(writer, "Goes on")
    assert len(follower.follow()) == 2
    assert title_of(follower) == "Goes on"


def test_an_import_whose_connection_breaks_is_sent_whole(
    address: CaseAddress,
    opened: Opened,
    server: PgServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    execute = CaseServer.transaction
    breaks = iter((True, False, True))

    @contextmanager
    def breaking(given: CaseServer, *, long: bool = False) -> Iterator[None]:
        with execute(given, long=long):
            yield
            if next(breaks, False):
                server.kill_connections()  # with all batches sent, and nothing committed
        if next(breaks, False):
            server.kill_connections()  # it is committed, and nobody was told
            given._connected().execute("SELECT 1")

    monkeypatch.setattr(CaseServer, "transaction", breaking)
    follower = opened(writing=False)
    _import(_rows(tmp_path, range(10)), address)
    assert follower.follow()
    assert _dump(follower) == _dump(opened())
    assert server.rows("SELECT count(*) FROM batches", address.case) == [(1,)]


def test_who_acts_during_an_import_keeps_both(
    address: CaseAddress, opened: Opened, tmp_path: Path
) -> None:
    grant(address, "carl", "coder")
    carl = opened("carl")
    importer = opened()
    engine = importer._engine
    work = engine._in_long_transaction  # type: ignore[attr-defined]
    acts = iter(["Meanwhile"])

    def and_meanwhile(job: object) -> None:
        for title in acts:
            entitle(carl, title)
        work(job)

    engine._in_long_transaction = and_meanwhile  # type: ignore[attr-defined]

    more = SmallCase()
    event = more.event("more")
    importer.import_batches(imported(), iter([additions(("events", more.tables["events"][event]))]))
    assert title_of(importer) == "Meanwhile"
    assert title_of(importer, event) == "more"
    carl.follow()
    assert title_of(carl, event) == "more"
    assert [one.who for one in carl.history()] == ["olga", "carl"]


def test_a_new_desk_takes_the_snapshot_where_the_batches_are_gone(
    address: CaseAddress, opened: Opened, server: PgServer, tmp_path: Path
) -> None:
    old = opened()
    _import(_rows(tmp_path, range(10)), address)
    writer = opened()
    engine = writer._engine
    server_side = engine._server  # type: ignore[attr-defined]
    end = engine.end
    with closing(PackedSnapshot.of_open(engine.connection, end, tmp_path)) as snapshot:
        server_side.put_snapshot(snapshot)
    assert server.rows("SELECT count(*) FROM batches", address.case) == [(0,)]
    assert old.follow()
    assert _dump(old) == _dump(writer)
    entitle(old, "Goes on")
    writer.follow()
    assert title_of(writer) == "Goes on"


def test_an_original_comes_to_every_desk(
    address: CaseAddress, opened: Opened, tmp_path: Path
) -> None:
    grant(address, "carl", "coder")
    text = "Rebels took Hama\n\nRebels took Hama on Thursday. The army denies it.\n"
    file = written(tmp_path, text, "report.txt")
    found = run("import", file, "--into", str(as_member(address, "carl")))
    assert found.exit_code == 0, found.stderr
    late = opened(writing=False)
    (article,) = [
        one for table, one in late.ask(lambda asked: list(records(asked))) if table == "articles"
    ]
    digest = article.raw_sha256  # type: ignore[union-attr]
    assert digest
    assert late.original(digest) == text.encode()
