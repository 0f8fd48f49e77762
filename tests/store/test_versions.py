"""A case that another version of the program wrote is refused in one line, and left as it is."""

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from store.archive import Archive
from store.database.log_entry import entry_of
from store.document.tinydb_file import read_snapshot
from store.errors import ConflictError, DamagedCase, NewerCase
from store.model.change import Change
from store.model.log_line import encode_line, sealed
from store.model.records import SCHEMA
from tests.store.kept import WHEN, KeptCase


def test_a_log_of_a_newer_schema_is_refused(tmp_path: Path) -> None:
    case = KeptCase(tmp_path)
    line = entry_of(Change("Ada", WHEN, "later", []))
    prev = read_snapshot(case.path).position.hash
    case.log.write_bytes(
        encode_line(sealed(msgspec.structs.replace(line, prev=prev, schema=SCHEMA + 1)))
    )
    with pytest.raises(NewerCase, match=f"line 1: has schema {SCHEMA + 1}"):
        case.read()


@pytest.mark.parametrize("schema", [0, -1])
def test_what_is_no_schema_is_refused(schema: int, tmp_path: Path) -> None:
    case = KeptCase(tmp_path)
    content = case.path.read_bytes()
    case.path.write_bytes(content.replace(b'"schema":%d' % SCHEMA, b'"schema":%d' % schema))
    with pytest.raises(DamagedCase, match=f"schema: {schema} is invalid"):
        case.read()


@pytest.mark.parametrize(("schema", "error"), [(SCHEMA + 1, NewerCase), (0, DamagedCase)])
def test_a_database_of_another_schema_is_refused(
    schema: int, error: type[ConflictError], tmp_path: Path
) -> None:
    case = KeptCase(tmp_path, "case.db")
    with closing(sqlite3.connect(case.path)) as connection:
        connection.execute(f"PRAGMA user_version = {schema}")
    before = case.path.read_bytes()
    with pytest.raises(error, match=f"schema {schema}"):
        Archive.open(case.path, author="me", writing=True)
    assert case.path.read_bytes() == before
