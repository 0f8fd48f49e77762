"""Broken connections and a server that is killed: an act is made once, or not at all."""

import threading
import time
from collections import Counter
from random import Random

import pytest

from store.archive import Archive
from store.custody.server_cases import copy_of
from store.errors import ConflictError, ReadOnlyCase, UnreachableServer
from store.model.case_address import CaseAddress
from store.postgres import server as server_side
from tests.imports import run
from tests.postgres.acts import entitle, note, title_of
from tests.postgres.conftest import Opened
from tests.postgres.pg_server import PgServer


def _notes_of(archive: Archive) -> Counter[str]:
    return Counter(
        edit.id for entry in archive.history() for edit in entry.edits if edit.table == "notes"
    )


def test_an_act_goes_on_after_a_broken_connection(opened: Opened, server: PgServer) -> None:
    archive = opened()
    assert server.kill_connections()
    entitle(archive, "Goes on")
    server.kill_connections()
    archive.follow()
    assert title_of(archive) == "Goes on"
    assert len(archive.history()) == 1


def test_an_act_whose_answer_was_lost_is_made_once(
    opened: Opened, server: PgServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = opened()
    engine = archive._engine
    call = engine._server._call_append  # type: ignore[attr-defined]
    breaks = iter((True, True, False))

    def and_break(*given: object) -> None:
        call(*given)
        if next(breaks, False):
            given[0].execute("COMMIT")  # type: ignore[attr-defined]
            server.kill_connections()

    monkeypatch.setattr(engine._server, "_call_append", and_break)  # type: ignore[attr-defined]
    note(archive, "one")
    assert server.rows("SELECT count(*) FROM log", _case(archive)) == [(1,)]
    assert _notes_of(archive) == {"not_one": 1}
    note(archive, "two")
    assert _notes_of(opened()) == {"not_one": 1, "not_two": 1}


def _case(archive: Archive) -> str:
    return str(archive._engine._held.address.case)  # type: ignore[attr-defined]


def test_writers_whose_connections_break_at_random_lose_nothing_and_make_nothing_twice(
    address: CaseAddress, opened: Opened, server: PgServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_side, "PATIENT", (0.01,) * 100)
    acknowledged: list[str] = []

    def write(archive: Archive, name: str) -> None:
        for number in range(25):
            note(archive, f"{name}{number}")
            acknowledged.append(f"not_{name}{number}")

    writers = [threading.Thread(target=write, args=(opened(), name)) for name in "abcd"]
    for one in writers:
        one.start()
    at = Random(5)
    while any(one.is_alive() for one in writers):
        time.sleep(0.05 + at.random() * 0.2)
        server.kill_connections()
    for one in writers:
        one.join()
    assert len(acknowledged) == 100
    made = _notes_of(opened(writing=False))
    assert made == dict.fromkeys(acknowledged, 1)
    found = run("verify", str(address))
    assert found.exit_code == 0, found.stderr


def test_a_killed_server_has_every_act_that_it_acknowledged(
    opened: Opened, server: PgServer
) -> None:
    archive = opened()
    number = 0
    for _ in range(2):
        for _ in range(5):
            note(archive, str(number))
            number += 1
        server.kill_server()
        back = threading.Thread(target=server.start_again)
        back.start()
        for _ in range(20):
            try:
                note(archive, str(number))
            except ConflictError:
                continue
            break
        number += 1
        back.join()
    archive.follow()
    assert _notes_of(archive) == {f"not_{n}": 1 for n in range(number)}
    assert _notes_of(opened()) == _notes_of(archive)


def test_without_the_server_the_copy_is_read_and_says_how_old_it_is(
    address: CaseAddress, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = opened()
    entitle(archive, "Before")
    archive.follow()
    opened.close(archive)

    def refuse(*_: object, **__: object) -> None:
        import psycopg

        raise psycopg.OperationalError("no route to host")

    with monkeypatch.context() as lost:
        lost.setattr("psycopg.connect", refuse)
        with pytest.raises(ReadOnlyCase, match="as it was a moment ago"):
            opened()
        reader = opened(writing=False)
        assert title_of(reader) == "Before"
        assert any("cannot be reached" in told for told in reader.notices)
        assert not reader.follow()
        with pytest.raises(ReadOnlyCase):
            reader.start_writing()
        with pytest.raises(UnreachableServer):
            copy_of(address._replace(case="other"))
    entitle(opened(), "Meanwhile")
    assert [change.why for change in reader.start_writing()] == ["call it Meanwhile"]
    entitle(reader, "Back")
    assert title_of(reader) == "Back"


def test_a_server_that_falls_silent_does_not_hold_the_program(
    opened: Opened, server: PgServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = opened()
    archive.follow()
    monkeypatch.setattr("store.postgres.connection.SILENCE", 0.2)
    monkeypatch.setattr("store.postgres.connection._PATIENCE", 0.1)
    with server.frozen_connections("olga"):
        begun = time.monotonic()
        with pytest.raises(UnreachableServer) as lost:
            note(archive, "one")
        assert "whether the change was made will show" in lost.value.message
        assert time.monotonic() < begun + 5
    monkeypatch.setattr("store.postgres.connection.SILENCE", 10)
    note(archive, "two")
    assert _notes_of(archive)["not_two"] == 1
    assert _notes_of(opened()) == _notes_of(archive)


def test_every_command_says_once_that_it_reads_a_copy(
    address: CaseAddress, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = opened()
    entitle(writer, "Before")
    writer.follow()
    opened.close(writer)

    def refuse(*_: object, **__: object) -> None:
        import psycopg

        raise psycopg.OperationalError("no route to host")

    monkeypatch.setattr("psycopg.connect", refuse)
    for command in (("events", "--case"), ("log", "--case"), ("head",)):
        found = run(*command, str(address))
        assert found.exit_code == 0
        assert found.stderr.count("this is its copy here, as it was a moment ago") == 1, command


def test_a_server_that_is_lost_while_reading_is_told_once(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, server: PgServer
) -> None:
    writer, reader = opened(), opened(writing=False)

    def refuse(*_: object, **__: object) -> None:
        import psycopg

        raise psycopg.OperationalError("no route to host")

    with monkeypatch.context() as lost:
        server.kill_connections()
        lost.setattr("psycopg.connect", refuse)
        with pytest.raises(UnreachableServer):
            reader.follow()
        assert not reader.follow()
        assert not reader.has_news
        assert title_of(reader) == "fall"
    entitle(writer, "Then")
    begun = time.monotonic()
    while not reader.follow() and time.monotonic() < begun + 5:
        time.sleep(0.05)
    assert title_of(reader) == "Then"
