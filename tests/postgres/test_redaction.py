"""A redaction on a server: nowhere on its tables, in no copy of those who follow."""

import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from store.archive import Archive
from store.custody.server_cases import copy_of, grant, put_on_server, read_address
from store.errors import ReadOnlyCase, RefusedChange
from store.model.case_address import CaseAddress
from store.postgres import postgres_engine
from store.postgres.copies import copies_folder
from store.postgres.packed_snapshot import PackedSnapshot
from store.postgres.server import CaseServer
from tests.imports import run, written
from tests.postgres.acts import entitle, note, title_of
from tests.postgres.conftest import Opened
from tests.postgres.pg_server import PgServer
from tests.small import SmallCase

SECRET = "Yusuf al-Qattan of Karm street"


def _files_with(words: str, folder: Path) -> list[str]:
    """The files below a folder that hold the words as they stand."""
    found = subprocess.run(
        ["grep", "-rlaF", words, str(folder)], capture_output=True, text=True, check=False
    )
    return found.stdout.splitlines()


def _on_tables(server: PgServer, address: CaseAddress, words: str) -> list[str]:
    """The files of the case's tables that hold the words, also in rows that are dead."""
    with server.connect() as connection:
        connection.execute(b"CHECKPOINT")
    paths = server.rows(
        "SELECT pg_relation_filepath(c.oid) FROM pg_class c WHERE relkind IN ('r', 't', 'i')"
        " AND (relnamespace = to_regnamespace(quote_ident(%s)) OR oid IN (SELECT reltoastrelid"
        " FROM pg_class WHERE relnamespace = to_regnamespace(quote_ident(%s))))",
        "",
        address.case,
        address.case,
    )
    data = server.folder / "data"
    files = [data / path for (path,) in paths if path]
    return [str(file) for file in files if file.exists() and words.encode() in file.read_bytes()]


def test_the_words_are_nowhere_on_the_server_and_in_no_copy(
    address: CaseAddress, opened: Opened, server: PgServer
) -> None:
    grant(address, "edda", "editor")
    olga, edda, late = opened(), opened("edda"), opened(writing=False)
    note(olga, "secret", f"He is {SECRET}, they say")
    entitle(olga, "After")
    edda.follow()
    late.follow()
    assert _on_tables(server, address, SECRET)
    assert _files_with(SECRET, copies_folder())
    left = edda.redact("not_secret", "text", "a witness", SECRET)
    assert not left
    assert not _on_tables(server, address, SECRET)
    for archive in (olga, late):
        assert archive.follow()
        assert title_of(archive) == "After"
        assert archive.history() == edda.history()
    entitle(olga, "Then")
    edda.follow()
    assert title_of(edda) == "Then"
    for archive in (olga, edda, late):
        opened.close(archive)
    assert not _files_with(SECRET, copies_folder())
    found = run("verify", str(address))
    assert found.exit_code == 0, found.stderr


def test_a_case_of_any_name_is_redacted(server: PgServer, tmp_path: Path) -> None:
    for name in ("redacting", "fetched", "before", "sending"):
        case = f"{name}.db"
        address = read_address(server.address(case=name))
        put_on_server(SmallCase().write(tmp_path / case), address)
        archive = Archive.open(copy_of(address), writing=True)
        archive.redact(archive.case.id, "title", "a name", "Small")
        assert "Small" not in archive.case.title
        archive.close()
        assert run("verify", str(address)).exit_code == 0


def test_an_idle_copy_does_not_keep_the_words(address: CaseAddress, opened: Opened) -> None:
    first, second = opened(), opened()
    note(first, "secret", SECRET)
    second.follow()
    opened.close(second)  # its copy has the words, and nobody has it open
    first.redact("not_secret", "text", "a witness", SECRET)
    opened.close(first)
    assert not _files_with(SECRET, copies_folder())


def test_a_copy_that_has_the_words_is_not_sent_as_a_snapshot(
    address: CaseAddress,
    opened: Opened,
    server: PgServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postgres_engine, "_SNAPSHOT_AFTER", 0)
    monkeypatch.setattr(postgres_engine, "_BATCHES_KEPT", 0)
    first, second = opened(), opened()
    note(first, "secret", SECRET)
    second.follow()
    first.redact("not_secret", "text", "a witness", SECRET)
    ((before,),) = server.rows("SELECT sha256 FROM snapshot_about", address.case)
    second.save_snapshot()  # it has not seen the redaction
    engine: Any = second._engine
    stale = PackedSnapshot.of_open(engine.connection, engine.end, tmp_path)
    with closing(stale), pytest.raises(RefusedChange, match="newer snapshot"):
        engine._server.put_snapshot(stale)
    assert server.rows("SELECT sha256 FROM snapshot_about", address.case) == [(before,)]


def test_only_an_editor_redacts(address: CaseAddress, opened: Opened, server: PgServer) -> None:
    grant(address, "carl", "coder")
    carl = opened("carl")
    note(carl, "secret", SECRET)
    with pytest.raises(ReadOnlyCase) as refused:
        carl.redact("not_secret", "text", "a witness", SECRET)
    assert refused.value.message.endswith("nothing was redacted")
    assert _on_tables(server, address, SECRET)
    assert carl.undo() is not None


def test_the_original_of_a_redacted_article_is_gone(
    address: CaseAddress, opened: Opened, server: PgServer, tmp_path: Path
) -> None:
    text = f"Rebels took Hama\n\nRebels took Hama, said {SECRET}.\n"
    found = run("import", written(tmp_path, text, "report.txt"), "--into", str(address))
    assert found.exit_code == 0, found.stderr
    (article,) = _articles(opened())
    written_before = server.rows("SELECT count(*) FROM originals", address.case)
    assert written_before == [(1,)]
    found = run(
        *("redact", article, "text", "--words", SECRET, "--reason", "a witness", "--yes"),
        *("--into", str(address)),
    )
    assert found.exit_code == 81, found.stderr
    assert "backups" in found.stderr
    assert server.rows("SELECT count(*) FROM originals", address.case) == [(0,)]
    assert not _on_tables(server, address, SECRET)
    again = opened(writing=False)
    assert not list(Path(f"{again.path}.originals").glob("*"))


def test_a_redaction_whose_answer_was_lost_is_made_once(
    address: CaseAddress, opened: Opened, server: PgServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = CaseServer.transaction
    breaks = iter((True,))

    @contextmanager
    def breaking(given: CaseServer, *, long: bool = False) -> Iterator[None]:
        with whole(given, long=long):
            yield
        if next(breaks, False):
            server.kill_connections()  # it is committed, and nobody was told
            given._connected().execute("SELECT 1")

    archive, other = opened(), opened()
    note(archive, "secret", SECRET)
    monkeypatch.setattr(CaseServer, "transaction", breaking)
    archive.redact("not_secret", "text", "a witness", SECRET)
    assert not _on_tables(server, address, SECRET)
    other.follow()
    assert [one.act for one in other.history()] == ["redaction", "change"]
    assert other.history() == archive.history()


def test_who_acted_meanwhile_is_kept(address: CaseAddress, opened: Opened) -> None:
    first, second = opened(), opened()
    note(first, "secret", SECRET)
    entitle(second, "Meanwhile")  # which `first` has not seen
    first.redact("not_secret", "text", "a witness", SECRET)
    assert title_of(first) == "Meanwhile"
    second.follow()
    assert [one.act for one in second.history()] == ["redaction", "change", "change"]


def _articles(archive: Archive) -> list[str]:
    return archive.ask(
        lambda asked: [id for (id,) in asked.execute("SELECT id FROM articles").fetchall()]
    )
