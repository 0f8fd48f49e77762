"""A server that no longer has what a desk has seen: told, and the copy on the desk is kept."""

from pathlib import Path

import pytest

from store.archive import Archive
from store.errors import ReplacedCase
from store.model.case_address import CaseAddress
from store.postgres.copies import copies_folder
from tests.imports import run
from tests.postgres.acts import entitle, note, title_of
from tests.postgres.conftest import Opened
from tests.postgres.pg_server import PgServer


def _cut_off(server: PgServer, case: str, last: int) -> None:
    """Give the server the log that it had after an entry, as from a backup."""
    server.rows("DELETE FROM log WHERE sequence > %s RETURNING 1", case, last)
    server.rows(
        "UPDATE about SET (sequence, hash) = (SELECT sequence, line::json ->> 'hash' FROM log"
        " ORDER BY sequence DESC LIMIT 1) RETURNING 1",
        case,
    )


def _kept() -> list[Path]:
    return list(copies_folder().glob("*/kept-*.db"))


def test_the_copy_with_lost_entries_is_kept_and_every_opening_says_so(
    address: CaseAddress, opened: Opened, server: PgServer
) -> None:
    writer = opened()
    for title in ("One", "Two", "Three"):
        entitle(writer, title)
    opened.close(writer)
    _cut_off(server, address.case, 1)
    for _ in range(2):
        found = run("events", "--case", str(address))
        assert found.exit_code == 0
        assert found.stderr.count("has entries that the server lost") == 1
    (kept,) = _kept()
    assert kept.stat().st_mode & 0o777 == 0o600
    archive = Archive.open(kept)
    assert (title_of(archive), len(archive.history())) == ("Three", 3)
    archive.close()
    writer = opened()
    entitle(writer, "Other")
    assert (title_of(writer), len(writer.history())) == ("Other", 2)
    writer.redact("evt_fall", "title", "a name", "Other")
    assert not _kept(), "a redaction leaves no copy that may have the words"


def test_where_the_snapshot_is_lost_too_the_kept_copy_is_named(
    address: CaseAddress, opened: Opened, server: PgServer
) -> None:
    writer = opened()
    for title in ("One", "Two"):
        entitle(writer, title)
    opened.close(writer)
    _cut_off(server, address.case, 1)
    server.rows("DELETE FROM snapshot RETURNING 1", address.case)
    for _ in range(2):
        found = run("events", "--case", str(address))
        assert (found.exit_code, found.stdout) == (65, "")
        (kept,) = _kept()
        assert f"{kept} is from before" in found.stderr
    assert run("events", "--case", str(kept)).exit_code == 0


def test_a_log_that_is_cut_off_while_it_is_open_is_told_once(
    address: CaseAddress, opened: Opened, server: PgServer
) -> None:
    writer, reader = opened(), opened(writing=False)
    for title in ("One", "Two"):
        entitle(writer, title)
    reader.follow()
    _cut_off(server, address.case, 1)
    server.kill_connections()
    with pytest.raises(ReplacedCase, match="no entry 2 as the copy here has it"):
        reader.follow()
    assert not reader.has_news
    assert title_of(reader) == "Two"
    with pytest.raises(ReplacedCase):
        note(writer, "more")
    assert server.rows("SELECT count(*) FROM log", address.case) == [(1,)]
