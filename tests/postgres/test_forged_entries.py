"""Entries that a member's own program makes: the server takes only what the role may do."""

import json
from typing import Any

import msgspec
import psycopg
import pytest

from store.archive import Archive
from store.custody.server_cases import grant
from store.database.log_entry import entry_of
from store.database.read_records import record
from store.model.case_address import CaseAddress
from store.model.change import Change, Edit
from store.model.log_line import Act, Line, LineEdit, Merged, Redacted, encode_line, sealed
from tests.postgres.acts import FLIGHT, WHEN, entitle, note, title_of
from tests.postgres.conftest import Opened
from tests.postgres.pg_server import PgServer
from tests.postgres.test_roles import append, line_by

_HASH = "0" * 64
_HIDDEN = msgspec.Raw(json.dumps({"redacted": _HASH}, separators=(",", ":")).encode())


def _next(archive: Archive, line: Line) -> str:
    """A line as the next one of the log, with a hash that is right."""
    engine: Any = archive._engine
    sequence, prev = engine.end
    line = sealed(msgspec.structs.replace(line, sequence=sequence + 1, prev=prev))
    return encode_line(line).decode().rstrip("\n")


def _withdrawal(archive: Archive) -> Edit:
    return Edit("events", FLIGHT, archive.ask(record, "events", FLIGHT), None)


@pytest.mark.parametrize("act", [Act.UNDO, Act.REDO, Act.CHANGE])
def test_a_coder_withdraws_nothing_by_an_undo_that_is_none(
    address: CaseAddress, opened: Opened, server: PgServer, act: Act
) -> None:
    grant(address, "carl", "coder")
    carl = opened("carl")
    note(carl, "own")
    change = Change("carl", WHEN, "note own", (_withdrawal(carl),))
    undoes, redoes = (None, 1) if act is Act.REDO else (1, None)
    forged = _next(carl, entry_of(change, act=act, undoes=undoes, redoes=redoes))
    with (
        server.connect("carl", address.case) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="not what undoes or redoes"),
    ):
        append(connection, forged)
    assert carl.undo() is not None
    assert carl.redo() is not None
    assert title_of(opened(), FLIGHT) == "flight"


@pytest.mark.parametrize(
    "fields",
    [
        {"why": Redacted(_HASH)},
        {"edits": (LineEdit("notes", "not_a", msgspec.Raw(b"null"), _HIDDEN),)},
        {"merged": Merged(common=_HASH, mine=_HASH, theirs=_HASH, lines=Redacted(_HASH))},
        {"reasons": (1,)},
        {"hidden": (FLIGHT,)},
        {"when": "yesterday \x1b[31m"},
        {"when": ""},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_change_has_nothing_that_only_a_redaction_or_a_merge_has(
    address: CaseAddress, opened: Opened, server: PgServer, fields: dict[str, Any]
) -> None:
    olga = opened()
    line = msgspec.json.decode(line_by(olga, "olga"), type=Line)
    with (
        server.connect("olga", address.case) as connection,
        pytest.raises(psycopg.errors.InvalidParameterValue),
    ):
        append(connection, _next(olga, msgspec.structs.replace(line, **fields)))
    entitle(olga, 'words with {"redacted":"' + _HASH + '"} in them')
    assert "redacted" in title_of(opened())
