"""Random acts of two writers, who have seen all or not: every copy is the same, and whole."""

from pathlib import Path
from random import Random

import pytest

from store.archive import Archive
from store.custody.server_cases import copy_of, put_on_server, read_address
from store.errors import DamagedCase, RefusedChange
from tests.examples import WHOLE
from tests.imports import run
from tests.postgres.pg_server import PgServer
from tests.store.dumps import assert_as_made_anew, dump, on_index
from tests.store.histories import in_order, some_case
from tests.store.kept import put_case
from tests.store.test_bulk_insert import closed
from tests.store.test_successive_imports import CASE, live


@pytest.mark.parametrize("seed", range(30 if WHOLE else 3))
def test_whoever_does_what_every_copy_is_the_same(
    seed: int, server: PgServer, tmp_path: Path
) -> None:
    rng = Random(seed)
    others = [closed(some_case(rng)) for _ in range(3)]
    put_case(tmp_path / "case.db", [("case", CASE), *in_order(others[0])])
    address = read_address(server.address())
    put_on_server(tmp_path / "case.db", address)
    one, other, reader = (
        Archive.open(copy_of(address), writing=writing) for writing in (True, True, False)
    )
    made = 0
    for _ in range(6):
        writer = rng.choice((one, other))
        if rng.random() < 0.6:
            writer.follow()
        if rng.random() < 0.3:
            reader.follow()
        before = writer.last_entry
        try:
            live(rng, writer, others)
        except (RefusedChange, DamagedCase):
            assert made, "the first writer has seen all"
        made += writer.last_entry - before
    for archive in (one, other, reader):
        archive.follow()
        on_index(archive, assert_as_made_anew)
    late = Archive.open(copy_of(address))
    dumps = [on_index(archive, dump) for archive in (one, other, reader, late)]
    assert dumps.count(dumps[0]) == 4
    histories = [archive.history() for archive in (one, other, reader, late)]
    assert histories.count(histories[0]) == 4
    for archive in (one, other, reader, late):
        archive.close()
    found = run("verify", str(address)).stdout.splitlines()
    known = "text_sha256: does not match the text"  # of an older text, as on any database
    assert all("intact" in line or known in line for line in found)
