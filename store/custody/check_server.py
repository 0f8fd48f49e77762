"""The check of a case on a server against the copy of it here: its log, and its snapshot."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from store.custody.findings import Finding
from store.custody.verify_database import DatabaseCheck
from store.database import sqlite
from store.database.log_table import LogTable
from store.errors import DamagedCase
from store.postgres.copies import address_of

if TYPE_CHECKING:
    from store.postgres.server import CaseServer


def server_findings(path: Path) -> Iterator[Finding]:
    """Find all errors of the server of which the case at `path` is a copy; none for other cases.

    Its log must be that of the copy to the byte, and its snapshot a case without
    errors that ends with an entry of this log. Raises `UnreachableServer`.
    """
    address = address_of(path)
    if address is None:
        return
    from store.postgres.server import CaseServer
    from store.postgres.snapshot import fetch_snapshot

    with closing(CaseServer(address)) as server:
        yield from _of_log(path, server)
        with tempfile.TemporaryDirectory(prefix="conflict-tui-") as folder:
            fetched = Path(folder) / "snapshot.db"
            try:
                fetch_snapshot(server, fetched)
            except DamagedCase as error:
                yield Finding(path, "snapshot", error.message)
                return
            for found in DatabaseCheck(fetched).findings():
                yield Finding(path, f"snapshot: {found.where}", found.what)


def _of_log(path: Path, server: "CaseServer") -> Iterator[Finding]:
    with closing(sqlite.connect(path, writing=False)) as connection:
        ours = connection.execute("SELECT sequence, line FROM log ORDER BY sequence")
        for here, there in zip_longest(ours, server.raw_lines()):
            if here is None:
                return  # others have gone on since
            if here != there:
                yield Finding(path, f"entry {here[0]}", "differs from that on the server")
                return
        try:
            server.require_end(LogTable(path).end(connection))
        except DamagedCase as error:
            yield Finding(path, "log", error.message)
