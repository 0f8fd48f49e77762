"""The case that a command changes, and the name under which it does so."""

import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

import click

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.custody.own_copy import delete_copy, own_copy, own_copy_path
from store.custody.server_cases import member_of
from store.errors import ConflictError, ReadOnlyCase, UnwritableOutput, UsageError
from store.model.change import Change
from store.model.typed_text import one_typed_line
from store.reader import Reader
from tui.cli.options import bundled_asked
from tui.output import say, tell
from tui.session.settings import author, config_file, remember_author

P = ParamSpec("P")
T = TypeVar("T")


class Signature(NamedTuple):
    """The name for the log; `of_system` says that nobody set it and it is the user name."""

    name: str
    of_system: bool = False


def signed(by: str | None, into: Path | None = None) -> Signature:
    """The name for the log: `by`, else the author in the settings, else one asked for or known.

    In a case on a server it is that of the role that is logged in: raises `UsageError` where
    `by` is another.
    Without either, the user of a terminal is asked once and remembered; elsewhere the
    system's user name is taken. Raises `UsageError` if there is no name.
    """
    name = one_typed_line(author() if by is None else by, "name")
    if into is not None and (member := member_of(into)):
        if by is not None and name != member:
            raise UsageError(
                f"the server logs your acts as {member}, not as {name}", "leave out --by"
            )
        return Signature(member)
    if name:
        return Signature(name)
    system = "" if by is not None else _user_name()
    if by is None and can_be_asked():
        return Signature(_asked_for_name(system))
    if not system:
        raise UsageError(
            "no author is set",
            f'use --by NAME, or write author = "Your Name" in {config_file()}',
        )
    return Signature(system, of_system=True)


def _user_name() -> str:
    """The user's name on this system; empty if it has none."""
    try:
        return getpass.getuser().strip()
    except (KeyError, OSError, ImportError):  # the first until Python 3.12
        return ""


def _asked_for_name(system: str) -> str:
    """The name that the user of the terminal gives, kept in the settings from now on."""
    name = ""
    while not name:
        name = one_typed_line(
            str(click.prompt("Your name for the log", default=system or None, err=True))
        )
    try:
        remember_author(name)
    except UnwritableOutput as error:
        say(f"{error.message}; {error.hint}")
    else:
        say(f"Saved as author in {config_file()}.")
    return name


def can_be_asked() -> bool:
    """True if a person sits at a terminal and can answer."""
    ends = (sys.stdin, sys.stderr)
    return all(end is not None and end.isatty() for end in ends)


class CaseToChange:
    """A case that is queried first, and opened for writing only at a change.

    A named case is locked at once. For the bundled case, the user's own copy is
    made at the first change, and dropped again if nothing was logged in it.
    """

    def __init__(self, into: Path | None, by: Signature) -> None:
        """Raises what `Archive.open` raises."""
        self._by = by
        own = own_copy_path(BUNDLED)
        self._copies = into is None and not own.exists()
        self._copy: Path | None = None
        self.archive = Archive.open(BUNDLED) if self._copies else self._open_to_write(into or own)

    def _open_to_write(self, path: Path) -> Archive:
        archive = Archive.open(path, author=self._by.name, writing=True)
        self._first = archive.last_entry
        return archive

    def ask(
        self,
        question: Callable[Concatenate[Reader, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Answer a query of `store.queries`."""
        return self.archive.ask(question, *args, **kwargs)

    def to_write(self) -> Archive:
        """Return the case for writing; raises what `Archive.open` and `own_copy` raise."""
        if self._copies:
            self._copies = False
            self.archive.close()
            self._copy = own_copy(BUNDLED)
            self.archive = self._open_to_write(self._copy)
        return self.archive

    def change(self, change: Change) -> None:
        """Make a change; raises what `Archive.change` raises."""
        self.to_write().change(change)

    def close(self) -> None:
        """Close the case, and say where any copy is and whose name was logged."""
        logged = not self._copies and self.archive.last_entry > self._first
        by_login = bool(self.archive.member)
        self.archive.close()
        if self._copy is not None and not logged:
            delete_copy(self._copy)
        elif self._copy is not None:
            say(f"Your own copy of the bundled case is {self._copy}.")
        if logged and self._by.of_system and not by_login:
            say(f"Logged as {self._by.name}, the system's user name; --by NAME sets another.")


@contextmanager
def changing(into: Path | None, by: Signature) -> Iterator[CaseToChange]:
    """Open the case to be changed; if None, the user's own copy of the bundled case.

    Raises what `Archive.open` and `own_copy` raise.
    """
    if click.get_current_context().find_root().params.get("read_only"):
        raise ReadOnlyCase("--read-only allows no changes", "leave it out")
    if into is None and bundled_asked():
        raise ReadOnlyCase("the bundled case itself cannot be changed", "leave out --bundled")
    case = CaseToChange(into, by)
    try:
        for told in case.archive.notices:
            tell(told)
        yield case
    except BaseException:
        with suppress(ConflictError):  # the first error is the one to tell
            case.close()
        raise
    case.close()


def given_reason(reason: str, what: str) -> str:
    """Return the reason on one line; raises `UsageError` if there is none for `what`."""
    why = one_typed_line(reason, "reason")
    if not why:
        raise UsageError(f"{what} needs a reason", "give --reason WHY, for the log")
    return why
