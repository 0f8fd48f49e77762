"""The note beside a case file that a redaction of its files is under way.

It is on the disk before any file is changed, and is removed last. The backups are
redacted first; the redaction is made by replacing the log, which then holds its
entry; the case file is written last, from the redacted records. So a redaction
that stopped before its entry is not made, and one that stopped after it is
finished without knowing the words.
"""

import errno
import sys
from pathlib import Path

import msgspec

from store.database import disk
from store.document.backups import backup_paths
from store.errors import ConflictError, UnpurgedRedaction, UnwritableCase

FINISH_HINT = "open the case for writing: that finishes it"


class RedactionIntent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A redaction of a field of a record, and the last entry of the log before it."""

    id: str
    field: str
    after: int

    def message(self, last_redaction: int) -> str:
        """Say how far it came; `last_redaction` is the last redaction in the log, 0 for none."""
        if self.is_made(last_redaction):
            return (
                f"the redaction of entry {last_redaction} is not finished:"
                f" its words may remain in the case file; {FINISH_HINT}"
            )
        what = f"{self.field} of {self.id}" if self.id else "some words"
        return f"a redaction of {what} was begun and not made: the words are still there"

    def is_made(self, last_redaction: int) -> bool:
        """Tell if the log holds its entry."""
        return last_redaction > self.after


_UNKNOWN = RedactionIntent("", "", sys.maxsize)
"""An intent that was not written to its end, so that nothing was done after it."""


def intent_path(case: Path) -> Path:
    """The path of the note."""
    return case.with_name(f"{case.name}.redacting")


def read_intent(case: Path) -> RedactionIntent | None:
    """Read the note beside a case; None where there is none."""
    try:
        return msgspec.json.decode(disk.read_file(intent_path(case)), type=RedactionIntent)
    except FileNotFoundError:
        return None
    except OSError as error:
        return None if error.errno == errno.ENAMETOOLONG else _UNKNOWN
    except ValueError:
        return _UNKNOWN


def write_intent(case: Path, intent: RedactionIntent) -> None:
    """Put the note on the disk. Raises `UnwritableCase`."""
    path = intent_path(case)
    try:
        disk.write_new(path, [msgspec.json.encode(intent)])
        disk.flush_folder(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error


def remove_intent(case: Path) -> None:
    """Remove temporary files that a stopped write left, then the note. Raises `UnwritableCase`."""
    path = intent_path(case)
    if not path.exists():
        return
    try:
        for temporary in temporary_paths(case):
            disk.unlink(temporary)
        disk.unlink(path)
        disk.flush_folder(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error


def temporary_paths(case: Path) -> list[Path]:
    """The possible paths of the temporary files of a case file, its log and its backups."""
    files = [case, case.with_name(case.name + ".log"), *backup_paths(case)]
    return [file.with_name(f"{file.name}.new") for file in files]


def _unwritable(path: Path, error: OSError) -> UnwritableCase:
    return UnwritableCase(
        f"{path}: cannot be written ({error.strerror})", "check the disk and the folder"
    )


def unpurged(path: Path, error: ConflictError) -> UnpurgedRedaction:
    """The error for a redaction that is in the log, while a file could not be written."""
    why = error.message.removeprefix(f"{path}: ")
    return UnpurgedRedaction(f"{path}: redacted, but not yet purged: {why}", FINISH_HINT)
