"""What can go wrong, as one tree: what happened, where, what to do, and the exit code.

The exit codes follow sysexits.h where it has one, so that a script can tell
a wrong command line from a damaged case.
"""


class ConflictError(Exception):
    """Something that a user can read and act upon.

    `message` says what happened and where, `hint` what to do; both are shown
    on one line each and may hold words from outside, so that whoever prints
    them passes them through `store.model.text.showable` first.
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
    """A case that is there and is not what a case should be (EX_DATAERR)."""

    exit_code = 65


class UnfitFile(ConflictError):
    """A file to import of which no row could be taken, or that ends in a row (EX_DATAERR)."""

    exit_code = 65


class MissingCase(ConflictError):
    """A case that is not there, or is no file (EX_NOINPUT)."""

    exit_code = 66


class UnknownRecord(ConflictError):
    """An id or a name that the case does not hold."""

    exit_code = 67


class UnfitMachine(ConflictError):
    """The machine lacks something that the program needs (EX_UNAVAILABLE)."""

    exit_code = 69


class UnwritableCase(ConflictError):
    """A change or a snapshot that cannot be saved, as on a full disk (EX_OSERR)."""

    exit_code = 71


class UnwritableOutput(ConflictError):
    """Output that cannot be written, as on a full disk (EX_CANTCREAT)."""

    exit_code = 73


class UnreadableCase(ConflictError):
    """A case that the user may not read, or a disk that fails (EX_IOERR)."""

    exit_code = 74


class RefusedChange(ConflictError):
    """A change that does not fit the case as it is now (EX_TEMPFAIL)."""

    exit_code = 75


class RestrictedRows(ConflictError):
    """Rows of a data set that may not be passed on, and were about to be."""

    exit_code = 76


class ReadOnlyCase(ConflictError):
    """A case that is not to be changed here, as somebody else is changing it (EX_NOPERM)."""

    exit_code = 77


class NewerCase(ConflictError):
    """A case written by a later version of the program (EX_CONFIG)."""

    exit_code = 78


INTERRUPTED = 130
CLOSED_PIPE = 141
"""128 and the number of the signal, as shells have it (SIGINT, SIGPIPE)."""

EXIT_CODES: tuple[tuple[int, str], ...] = (
    (0, "Done."),
    (1, "Something unexpected; a report of it was written."),
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
                UnwritableOutput,
                UnreadableCase,
                RefusedChange,
                RestrictedRows,
                ReadOnlyCase,
                NewerCase,
            )
        )
    ),
    (INTERRUPTED, "Interrupted by Ctrl-C."),
    (CLOSED_PIPE, "Whoever read the output stopped reading."),
)
"""Every exit code with its meaning, for the help and the docs."""
