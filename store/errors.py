"""All errors of the program as one tree of exceptions, each with an exit code.

The exit codes follow sysexits.h where it has one, so that a script can tell
a wrong command line from a damaged case.
"""

from collections.abc import Iterator
from contextlib import contextmanager


class ConflictError(Exception):
    """An error that a user can read and act upon.

    `message` says what happened and where, `hint` what to do. Each is shown on
    one line and may hold text from outside, so it must pass through
    `store.model.text.showable` before it is printed.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(ConflictError):
    """A command, option or filter that cannot be understood (EX_USAGE)."""

    exit_code = 64


class DamagedCase(ConflictError):
    """A file that is damaged, or is not a case at all (EX_DATAERR)."""

    exit_code = 65


class UnfitFile(UsageError):
    """A file that cannot be imported: of no known format, damaged, or empty (EX_DATAERR)."""

    exit_code = 65


class MissingCase(ConflictError):
    """A case or another file that does not exist, or a case that is not a file (EX_NOINPUT)."""

    exit_code = 66


class UnknownRecord(ConflictError):
    """An id or a name that does not occur in the case."""

    exit_code = 67


class UnfitMachine(ConflictError):
    """A component that the program needs is missing on this machine (EX_UNAVAILABLE)."""

    exit_code = 69


class UnwritableCase(ConflictError):
    """A change or a snapshot that cannot be saved, for example on a full disk (EX_OSERR)."""

    exit_code = 71


class OutOfMemory(ConflictError):
    """Not enough memory to finish (EX_OSERR)."""

    exit_code = 71

    def __init__(self) -> None:
        super().__init__(
            "there is not enough memory to finish this",
            "close other programs, and look at what was saved before you do it again",
        )


class UnpurgedRedaction(UnwritableCase):
    """A redaction that was made, while its words remain in places that are not yet purged."""


class ReplacedCase(UnwritableCase):
    """A case that was replaced, moved or deleted while it was open (EX_OSFILE)."""

    exit_code = 72


class UnwritableOutput(ConflictError):
    """Output that cannot be written, for example on a full disk (EX_CANTCREAT)."""

    exit_code = 73


class ExistingFile(UnwritableOutput):
    """A file or folder in the place of one that a command would make."""

    def __init__(self, path: object, hint: str = "name a new file") -> None:
        super().__init__(f"{path}: exists already", hint)


class UnreadableCase(ConflictError):
    """A case that the user may not read, or a failing disk (EX_IOERR)."""

    exit_code = 74


class RefusedChange(ConflictError):
    """A change that conflicts with the current state of the case (EX_TEMPFAIL)."""

    exit_code = 75


class OutrunChange(RefusedChange):
    """A change that was prepared while others changed a case on a server."""


class RestrictedRows(ConflictError):
    """Rows of a data set that may not be redistributed."""

    exit_code = 76


class ReadOnlyCase(ConflictError):
    """A case that is read-only, for example because somebody else is writing it (EX_NOPERM)."""

    exit_code = 77


class NewerCase(ConflictError):
    """A case written by a later version of the program (EX_CONFIG)."""

    exit_code = 78


class LostHistory(ConflictError):
    """A case whose log has no entry of a given hash or time stamp: cut off, or replaced."""

    exit_code = 79


class UntrustedSeal(ConflictError):
    """A time stamp that proves nothing: forged, expired, or by an authority that is not trusted."""

    exit_code = 80


class UnreachableServer(ConflictError):
    """A server that cannot be reached, refuses the login, or is too slow (EX_NOHOST)."""

    exit_code = 68


class RefusedLogin(UnreachableServer):
    """A server that answers, and does not let this user in; trying again does not help."""


class RedactedOnServer(ConflictError):
    """Words that were redacted on a server, whose WAL, logs and backups are out of reach."""

    exit_code = 81


INTERRUPTED = 130
CLOSED_PIPE = 141
"""128 plus the number of the signal, as in shells (SIGINT, SIGPIPE)."""

EXIT_CODES: tuple[tuple[int, str], ...] = (
    (0, "Done."),
    (1, "An unexpected error; a report was written."),
    *(
        sorted(
            (error.exit_code, (error.__doc__ or "").strip().splitlines()[0])
            for error in (
                UsageError,
                DamagedCase,
                UnfitFile,
                MissingCase,
                UnknownRecord,
                UnfitMachine,
                UnwritableCase,
                OutOfMemory,
                ReplacedCase,
                UnwritableOutput,
                UnreadableCase,
                RefusedChange,
                RestrictedRows,
                ReadOnlyCase,
                NewerCase,
                LostHistory,
                UntrustedSeal,
                UnreachableServer,
                RedactedOnServer,
            )
        )
    ),
    (INTERRUPTED, "Interrupted by Ctrl-C."),
    (CLOSED_PIPE, "The reader of the output closed the pipe."),
)
"""Every exit code with its meaning, for the help and the docs."""


@contextmanager
def only_unicode() -> Iterator[None]:
    """Raise `UsageError` for a text within the context that is not valid Unicode."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise UsageError(f"{error.object!r} is not UTF-8", "use valid Unicode text") from error
