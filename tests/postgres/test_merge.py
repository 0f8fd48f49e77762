"""A copy that somebody took along comes back into the case on the server, while others go on."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from store.archive import Archive
from store.custody import join_histories
from store.custody.anchor import find, head, typed_hash
from store.custody.join_histories import Merge, merge_copies
from store.custody.server_cases import (
    convert_from_server,
    copy_of,
    grant,
    put_on_server,
    read_address,
)
from store.database.log_entry import entry_of
from store.database.read_records import record
from store.errors import ReadOnlyCase, RefusedChange, UnreadableCase, UnwritableCase
from store.model.case_address import CaseAddress
from store.model.change import Change
from store.model.log_line import Act, Line, Merged, Redacted, sealed
from tests.examples import WHOLE
from tests.imports import run
from tests.postgres.acts import FLIGHT, WHEN, entitle, note, title_of, withdraw
from tests.postgres.conftest import Opened, as_member
from tests.postgres.pg_server import PgServer
from tests.store.copies import copied, findings, go_on, is_refused, merged, put_base, records_of
from tests.store.dumps import assert_as_made_anew, on_index
from tests.store.kept import held

SECRET = "Yusuf al-Qattan"
_HASH = "0" * 64
_CHAIN = Merged(common=_HASH, mine=_HASH, theirs=_HASH, lines=())


@pytest.fixture
def away(address: CaseAddress, tmp_path: Path) -> Path:
    """The case as cora took it along."""
    taken = tmp_path / "away.json"
    convert_from_server(copy_of(address), taken, force=False)
    return taken


def at_work(path: Path, who: str) -> Archive:
    return Archive.open(path, author=who, writing=True)


def brought(path: Path, into: Archive) -> Merge | None:
    """Merge a copy into the case."""
    with closing(Archive.open(path)) as theirs:
        return merge_copies(theirs, into)


def notes(archive: Archive) -> set[str]:
    return {id for id in held(archive) if id.startswith("not_")}


def test_what_was_done_away_is_there_by_who_did_it(
    address: CaseAddress, opened: Opened, server: PgServer, away: Path
) -> None:
    with closing(at_work(away, "cora")) as there:
        entitle(there, "Away", FLIGHT)
        note(there, "away")
    olga, late = opened(), opened(writing=False)
    entitle(olga, "Here")
    left = head(away), head(olga.path)
    assert brought(away, olga) == Merge(2, ("cora",), 0, ())
    late.follow()
    for archive in (olga, late, opened(writing=False)):
        assert (title_of(archive), title_of(archive, FLIGHT)) == ("Here", "Away")
        assert notes(archive) == {"not_away"}
        assert [(one.who, one.act) for one in archive.history()[:4]] == [
            ("olga", Act.MERGE),
            *(("cora", Act.CHANGE),) * 2,
            ("olga", Act.CHANGE),
        ]
    members = server.rows("SELECT DISTINCT member FROM log", address.case)
    assert members == [("olga",)], "the log names who vouches for the acts of cora"
    assert run("verify", str(address)).exit_code == 0
    for line in left:
        assert find(olga.path, typed_hash(line.hash)).entry
    assert brought(away, olga) is None
    merged(olga.path, away)
    assert records_of(away) == held(olga)


@pytest.mark.parametrize("role", ["coder", "editor"])
def test_who_is_no_owner_brings_acts_of_their_own_alone(
    address: CaseAddress, opened: Opened, tmp_path: Path, away: Path, role: str
) -> None:
    grant(address, "cora", role)
    cora = opened("cora")
    others = copied(away, tmp_path / "others.json")
    for path, who in ((away, "cora"), (others, "carl")):
        with closing(at_work(path, who)) as there:
            entitle(there, f"By {who}")
    before = cora.history()
    with pytest.raises(ReadOnlyCase, match="the copy has an act of carl, and cora is who"):
        brought(others, cora)
    assert cora.history() == before
    assert title_of(cora) == "fall"
    assert brought(away, cora) == Merge(1, ("cora",), 0, ())
    assert title_of(opened(writing=False)) == "By cora"
    assert run("verify", str(address)).exit_code == 0


def test_a_coder_withdraws_nothing_by_a_merge(
    address: CaseAddress, opened: Opened, away: Path
) -> None:
    grant(address, "cora", "coder")
    with closing(at_work(away, "cora")) as there:
        withdraw(there, "events", FLIGHT)
    cora = opened("cora")
    with pytest.raises(ReadOnlyCase, match="to withdraw or merge records needs the role editor"):
        brought(away, cora)
    assert title_of(opened(writing=False), FLIGHT) == "flight"


def test_others_go_on_while_a_copy_is_merged(
    address: CaseAddress, opened: Opened, away: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(at_work(away, "cora")) as there:
        entitle(there, "Away", FLIGHT)
    olga, other = opened(), opened()
    add, turns = join_histories._add, iter(range(3))

    def outrun(*given: object) -> None:
        for turn in turns:
            note(other, f"meanwhile{turn}")
            break
        add(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(join_histories, "_add", outrun)
    assert brought(away, olga) == Merge(1, ("cora",), 0, ())
    other.follow()
    for archive in (olga, other):
        assert title_of(archive, FLIGHT) == "Away"
        assert len(notes(archive)) == 3
    assert olga.history() == other.history()
    assert [one.act for one in olga.history()].count(Act.MERGE) == 1
    assert run("verify", str(address)).exit_code == 0


def test_what_was_redacted_away_is_redacted_on_the_server(
    address: CaseAddress, opened: Opened, server: PgServer, tmp_path: Path
) -> None:
    olga = opened()
    note(olga, "secret", f"He is {SECRET}, they say")
    away = tmp_path / "away.json"
    convert_from_server(olga.path, away, force=False)
    with closing(at_work(away, "cora")) as there:
        there.redact("not_secret", "text", "a witness", SECRET)
        entitle(there, "Away")
    assert brought(away, olga) == Merge(1, ("cora",), 1, ())
    redaction = next(one for one in olga.history() if one.act is Act.REDACTION)
    assert (redaction.who, redaction.why) == ("olga", "cora: a witness")
    lines = server.rows("SELECT line FROM log", address.case)
    assert not any(SECRET in line for (line,) in lines)
    late = opened(writing=False)
    assert title_of(late) == "Away"
    assert SECRET not in str(late.ask(record, "notes", "not_secret"))
    assert run("verify", str(address)).exit_code == 0


def test_the_originals_and_time_stamps_come_along(
    address: CaseAddress, opened: Opened, server: PgServer, away: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Rebels take Hama\n\nRebels took Hama on 5 December 2024.\n")
    brought_in = run("import", report, "--into", away, "--by", "cora")
    assert brought_in.exit_code == 0, brought_in.stderr
    line = head(away)
    seals = away.with_name(f"{away.name}.seals")
    seals.mkdir()
    name = f"{line.sequence}-{line.hash}-{'0' * 16}.tsr"
    (seals / name).write_bytes(b"a stamp")
    olga = opened()
    found = brought(away, olga)
    assert found is not None
    assert found.persons == ("cora",)
    assert len(server.rows("SELECT sha256 FROM originals", address.case)) == 1
    assert server.rows("SELECT name FROM seals", address.case) == [(name,)]


def test_the_command_merges_into_a_server_and_undoes_it(
    address: CaseAddress, away: Path, opened: Opened
) -> None:
    with closing(at_work(away, "cora")) as there:
        entitle(there, "Away")
    made = run("merge", away, "--into", str(address))
    assert made.exit_code == 0, made.stderr
    assert made.stderr == f"Merged {away}: 1 act by cora; no conflicts.\n"
    again = run("merge", away, "--into", str(address))
    assert again.stderr == f"{address} has everything of {away} already; nothing was changed.\n"
    undone = run("undo", str(address))
    assert undone.exit_code == 0, undone.stderr
    assert title_of(opened(writing=False)) == "fall"


def test_a_merge_whose_answer_was_lost_is_made_once(
    address: CaseAddress,
    opened: Opened,
    server: PgServer,
    away: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with closing(at_work(away, "cora")) as there:
        entitle(there, "Away")
    olga = opened()
    desk: Any = olga._engine
    once, breaks = desk._server._once, iter((True, True))

    def and_break(attempt: Callable[[Any], None]) -> None:
        def attempted(connection: Any) -> None:
            attempt(connection)
            if next(breaks, False):
                server.kill_connections()
                connection.execute("SELECT 1")

        once(attempted)

    monkeypatch.setattr(desk._server, "_once", and_break)
    assert brought(away, olga) == Merge(1, ("cora",), 0, ())
    assert server.rows("SELECT count(*) FROM log", address.case) == [(2,)]
    assert run("verify", str(address)).exit_code == 0


def test_a_copy_that_cannot_be_written_says_that_the_server_has_the_merge(
    opened: Opened, away: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(at_work(away, "cora")) as there:
        entitle(there, "Away")
    olga = opened()
    desk: Any = olga._engine

    def full(_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(desk._files, "note_content", full)
    with pytest.raises(UnwritableCase, match="was made on the server, but its copy here"):
        brought(away, olga)
    assert title_of(opened(writing=False)) == "Away"


@pytest.mark.parametrize(
    ("of", "fields"),
    [
        (0, {"who": "edda"}),
        (0, {"why": Redacted(_HASH)}),
        (0, {"act": Act.REDACTION}),
        (0, {"merged": _CHAIN}),
        (1, {"who": "edda"}),
        (1, {"act": Act.CHANGE}),
        (1, {"hidden": (FLIGHT,)}),
        (1, {"why": Redacted(_HASH)}),
    ],
    ids=lambda given: str(given) if isinstance(given, int) else next(iter(given)),
)
def test_the_server_takes_no_lines_that_only_look_like_a_merge(
    address: CaseAddress, opened: Opened, server: PgServer, of: int, fields: dict[str, Any]
) -> None:
    grant(address, "carl", "editor")
    engine: Any = opened("carl")._engine
    end = engine.end
    lines: list[Line] = []
    for number, more in enumerate(({}, {"act": Act.MERGE, "merged": _CHAIN})):
        line = entry_of(Change("carl", WHEN, "noted", ()))
        given = {**more, **(fields if number == of else {})}
        sequence, prev = (lines[-1].sequence, lines[-1].hash) if lines else end
        line = msgspec.structs.replace(line, sequence=sequence + 1, prev=prev, **given)
        lines.append(sealed(line))
    with pytest.raises((ReadOnlyCase, UnreadableCase, RefusedChange)):
        engine._server.append_merge(end, lines, [])
    assert server.rows("SELECT count(*) FROM log", address.case) == [(0,)]


def test_a_reader_merges_nothing(opened: Opened, address: CaseAddress, away: Path) -> None:
    grant(address, "rita", "reader")
    with closing(at_work(away, "rita")) as there:
        entitle(there, "Away")
    told = run("merge", away, "--into", str(as_member(address, "rita")))
    assert told.exit_code == 77
    assert "rita has the role reader" in told.stderr


@pytest.mark.parametrize("seed", range(40 if WHOLE else 4))
def test_random_histories_are_the_same_on_the_server_and_in_a_file(
    seed: int, server: PgServer, tmp_path: Path
) -> None:
    rng = Random(seed)
    base = tmp_path / "base.json"
    put_base(base, rng)
    address = read_address(server.address())
    put_on_server(base, address)
    away = copied(base, tmp_path / "away.json")
    server_copy = copy_of(address)
    go_on(server_copy, rng, "olga", rng.randint(0, 5))
    go_on(away, rng, "Bo", rng.randint(0, 5))
    here = tmp_path / "here.json"
    convert_from_server(server_copy, here, force=False)
    refused = is_refused(away, here)
    assert is_refused(away, copy_of(address)) == refused
    with closing(Archive.open(copy_of(as_member(address, "olga")))) as late:
        if not refused:
            assert held(late) == records_of(here)
        on_index(late, assert_as_made_anew)
    assert findings(copy_of(address)) == []
