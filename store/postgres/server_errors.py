"""The errors of a server and of the way to it, as those of `store.errors`."""

import re
from typing import TYPE_CHECKING

from store.errors import (
    ConflictError,
    MissingCase,
    ReadOnlyCase,
    RefusedChange,
    RefusedLogin,
    UnreachableServer,
    UnreadableCase,
    UsageError,
)
from store.model.case_address import CaseAddress

if TYPE_CHECKING:
    import psycopg

_OF_STATE: dict[str, tuple[type[ConflictError], str]] = {
    "42501": (ReadOnlyCase, "ask an owner of the case for another role"),
    "22023": (RefusedChange, "open the case again"),
    "2BP01": (RefusedChange, "give somebody else the role owner first"),
    "42704": (UsageError, "create it first: CREATE ROLE … LOGIN"),
    "55P03": (RefusedChange, "others are writing just now: try again"),
    "57014": (UnreachableServer, "the server was too slow: try again"),
}
"""The errors that an SQLSTATE stands for, with what to do."""

_NO_CASE = frozenset(("42P01", "42703", "42883", "3F000", "3D000"))
"""The SQLSTATEs of a table, column, function, schema or database that does not exist."""

_OTHER_TABLES = frozenset(("42703", "42883"))
"""Those of them that a case of another program, or of another version, may have."""

_REFUSED = re.compile(
    r"authentication failed|no password supplied|pg_hba\.conf|not permitted to log in"
    r"|permission denied for database|requires a valid client certificate"
    r"|\brole \".*\" does not exist"
)
_INVALID = re.compile("invalid .*(value|port|option)")
_NO_DATABASE = re.compile(r"\bdatabase \".*\" does not exist")
_CERTIFICATE = re.compile("certificate|ssl|tls", re.IGNORECASE)
# of a connection that is refused, libpq gives no SQLSTATE: only the words of both sides


def server_error(error: "psycopg.Error", address: CaseAddress, member: str) -> ConflictError:
    """The error of a server that answers, in words."""
    state = error.sqlstate or ""
    said = one_line(error.diag.message_primary or error)
    if state in _NO_CASE:
        lacks = f" ({said})" if state in _OTHER_TABLES else ""
        return MissingCase(
            f"{address}: there is no such case, or it is not open to {member}{lacks}",
            "check the address, or ask an owner of the case to grant you a role",
        )
    if state in _OF_STATE:
        kind, hint = _OF_STATE[state]
        return kind(f"{address}: {said}", hint)
    if state[:2] == "42":
        return MissingCase(f"{address}: is no case ({said})", "check the address")
    return UnreadableCase(f"{address}: {said}", "see the server's log")


def lost_error(error: "psycopg.Error", address: CaseAddress) -> ConflictError:
    """The error of a connection that was lost, or never made, in words."""
    text = str(error)
    if refused := _line_with(_REFUSED, text):
        return RefusedLogin(
            f"{address}: the server refuses the login ({refused})",
            "check the user, and the password in the file that PGPASSFILE names (~/.pgpass, mode"
            " 0600), or sslcert",
        )
    if invalid := _line_with(_INVALID, text):
        return UsageError(f"{address}: {invalid}", "check the address")
    if missing := _line_with(_NO_DATABASE, text):
        return MissingCase(f"{address}: {missing}", "check the address")
    said = one_line(text)
    return UnreachableServer(
        f"{address}: the server cannot be reached ({said})",
        "check sslmode, sslrootcert and the name of the host: it may be another server"
        if _CERTIFICATE.search(said)
        else "check the network, and that the server runs",
    )


def _line_with(pattern: re.Pattern[str], text: str) -> str:
    """The first line with the pattern, without the words about the attempt before it."""
    found = next((line for line in text.splitlines() if pattern.search(line)), "")
    return one_line(re.sub(r"^.* failed: ", "", found))


def one_line(text: object) -> str:
    """The text of an error of the server, on one line and not too long."""
    return " ".join(str(text).split())[:300]
