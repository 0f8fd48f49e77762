"""Cases on a server: opened by their address, made from files, and given to members."""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from store.archive import Archive
from store.custody.convert import convert
from store.custody.new_files import case_paths, new_files
from store.database import sqlite
from store.database.beside import copy_beside
from store.database.open_files import save_copy
from store.errors import UsageError
from store.model.case_address import CaseAddress as CaseAddress
from store.model.case_address import is_address as is_address
from store.model.case_address import read_address as read_address
from store.postgres.copies import address_of as address_of
from store.postgres.copies import copies_folder, hold


def member_of(path: Path) -> str:
    """The name under which a server logs acts of this user; empty for any case but its copy."""
    if address_of(path) is None:
        return ""
    with closing(Archive.open(path)) as archive:
        return archive.member


ROLES = ("reader", "coder", "editor", "owner", "none")
"""The roles that a member of a case can be given; `none` takes every right."""


def has_copy(address: CaseAddress) -> bool:
    """Tell if there is a copy of the case here, so that it need not be fetched whole."""
    return any((copies_folder() / address.key).glob("*/*.db"))


def copy_of(address: CaseAddress, tell: Callable[[str], None] = lambda _: None) -> Path:
    """The copy of a case on a server, which is as the server is now, or as it was last reached.

    `tell` is given its notices, such as that the server is lost. Raises what opening it raises.
    """
    copy = hold(address)
    with closing(Archive.open(copy.path)) as archive:
        for told in archive.notices:
            tell(told)
    return copy.path


def put_on_server(case: Path, address: CaseAddress) -> None:
    """Make a case on a server with every record and the whole log of a case file or a database.

    Raises `ExistingFile`, and what opening the case and the server raise.
    """
    make_on_server(address, lambda database: _as_database(case, database))


def make_on_server(address: CaseAddress, make: Callable[[Path], None]) -> None:
    """Make a case on a server from the database that `make` makes at a path.

    Raises `ExistingFile`, and what `make` and the server raise.
    """
    from store.postgres.publish import publish

    folder = Path(tempfile.mkdtemp(prefix="conflict-tui-"))  # only its owner can read it
    try:
        make(folder / "case.db")
        publish(folder / "case.db", address)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def convert_from_server(copy: Path, to: Path, *, force: bool) -> None:
    """Make a case file or a database of a case on a server, by its copy here.

    Raises what `convert` raises.
    """
    if not sqlite.has_database_suffix(to):
        convert(copy, to, force=force)
        return
    with new_files(*case_paths(to)):
        _as_database(copy, to)


def _as_database(case: Path, to: Path) -> None:
    if not sqlite.is_database(case):
        convert(case, to)
        return
    with closing(sqlite.connect(case, writing=False)) as connection:
        save_copy(connection, to)
    copy_beside(case, to)


def grant(address: CaseAddress, member: str, role: str) -> None:
    """Give a login role of the server a role in a case. Raises what the server refuses."""
    from store.postgres.server import CaseServer

    if role not in ROLES:
        raise UsageError(f"there is no role {role!r}", f"the roles are {', '.join(ROLES)}")
    with closing(CaseServer(address)) as server:
        server.grant(member, role)


def send_seal(path: Path, name: str, content: bytes) -> None:
    """Keep a time stamp on the server of which the case at `path` is a copy, if it is one."""
    address = address_of(path)
    if address is None:
        return
    from store.postgres.server import CaseServer

    with closing(CaseServer(address)) as server:
        server.keep_seal(name, content)


def members(address: CaseAddress) -> list[tuple[str, str]]:
    """The members of a case on a server, each with its role."""
    from store.postgres.server import CaseServer

    with closing(CaseServer(address)) as server:
        return server.members()
