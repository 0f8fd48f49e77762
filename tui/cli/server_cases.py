"""The commands that make a case on a server, and say who may do what there."""

import shlex
from pathlib import Path

from store.custody.server_cases import (
    ROLES,
    CaseAddress,
    grant,
    make_on_server,
    members,
    put_on_server,
)
from store.errors import UsageError
from tui.cli.layout import Line, write_lines
from tui.output import NAME, output, say
from tui.session.new_case import make_case, make_case_from_text


def new_on_server(address: CaseAddress, title: str, folder: Path | None) -> None:
    """Make a case on a server, empty or from a case as text; raises what making it raises."""

    def make(database: Path) -> None:
        if folder is None:
            make_case(database, title or address.case)
        else:
            make_case_from_text(database, folder, title)

    make_on_server(address, make)
    _made(address)


def convert_to_server(case: Path, address: CaseAddress) -> None:
    """Make a case on a server of a case file or a database; raises what that raises."""
    put_on_server(case, address)
    _made(address)


def _made(address: CaseAddress) -> None:
    named = shlex.quote(str(address))
    say(f"{address} is there, and you are its owner; open it: {NAME} {named}")
    say(f"Let others in: {NAME} grant {named} coder NAME")


def show_or_grant(address: Path | CaseAddress, role: str | None, member: str | None) -> None:
    """Give a member a role, or write who has which; raises what the server refuses."""
    if isinstance(address, Path):
        raise UsageError(
            f"{address}: is a file, which its owner alone can read",
            "roles are for a case on a server: postgresql://host/db?case=syria",
        )
    if role is None or member is None:
        with output() as stream:
            found = (f"{who}: {what}" for who, what in members(address))
            write_lines(stream, (Line(one, "", "  ") for one in found))
        return
    grant(address, member, role)
    say(f"{member} has no role any more." if role == ROLES[-1] else f"{member} is {role} now.")
