"""The interface that an archive needs of its storage: case files, or a database."""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol

from store.database.facet_build import FacetBuild
from store.database.log_entry import RELOAD_HINT
from store.database.redaction import Redaction
from store.errors import RefusedChange
from store.model.change import Change, Edit
from store.model.labels import count_text
from store.model.log_line import Act, Imported, Line
from store.model.records import Case
from store.model.text_fields import FieldOfRecord
from store.reader import Reader

Batches = Iterable[Sequence[Edit]]
"""The edits of an import in batches, each record after those that it refers to."""

AddEntry = Callable[[Change, Line], bool]
"""Applies a change and logs it; False where the records refuse it, and nothing was done."""


class Engine(Protocol):
    """The storage of an open case and its log.

    The caller holds `query_lock`, except for `reader`, `save_snapshot`, `redact`,
    `finish_redaction`, `import_batches` and `undo_or_redo_import`, which acquire what they need.
    """

    path: Path
    notices: list[str]
    """Messages about the files for the user, a line each."""
    case: Case
    query_lock: threading.Lock
    replaced: str
    """What became of a case that is no longer in its place, and where its changes are."""

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection to the index, for reading."""

    @property
    def member(self) -> str:
        """The name under which a server logs acts; empty where a case has no server."""

    @property
    def broken(self) -> str:
        """The error after which nothing can be saved; empty where there was none."""

    @property
    def first(self) -> int:
        """The sequence number of the first entry of the log, 0 where there is none."""

    @property
    def last(self) -> int:
        """The sequence number of the last entry of the log, 0 where there is none."""

    @property
    def next_undo(self) -> int | None:
        """The sequence number of the entry that the next undo reverses."""

    @property
    def next_redo(self) -> int | None:
        """The sequence number of the entry that the next redo applies."""

    @property
    def end(self) -> tuple[int, str]:
        """The number and hash of the last entry, or of the one before the log begins."""

    def entry(self, sequence: int) -> Line:
        """An entry of the log. Raises `DamagedCase` and `UnreadableCase`."""

    def imports_of(self, id: str) -> frozenset[int]:
        """The imports that added or altered a record without naming it in their entries."""

    def lines(self) -> Iterator[Line]:
        """Read the entries that were added since the log was last read."""

    def reader(self) -> AbstractContextManager[Reader]:
        """Lend a reader that sees one state of the case within the context, and cannot write."""

    def reading(self) -> AbstractContextManager[object]:
        """Within the context the log and its entries are those of one state of the case."""

    def apply_change(self, change: Change, entry: Line) -> None:
        """Apply a change and log it; when this returns it is on the disk.

        Raises what `store.database.apply.apply` does, `UnwritableCase`, and
        `ReplacedCase` where the case is no longer in its place: then nothing was
        changed.
        """

    def add_entries(self, work: Callable[[AddEntry], None], when: str) -> None:
        """Let `work` add several entries; when this returns all are on the disk, else none.

        `when` is the time for what had to be logged before. Raises what `apply_change` does.
        """

    def import_edits(self, line: Line) -> Iterator[Edit]:
        """The edits of an import, or of its undo or redo, that are stored beside the log."""

    def start_writing(self, follow: Callable[[], list[Change]]) -> list[Change]:
        """Become the writer, if nobody else is; return the changes that `follow` applied.

        Raises `ReadOnlyCase` where somebody else is writing it or it cannot be
        written, and what `follow` does: then it stays read-only.
        """

    def replay(self, line: Line) -> Change | None:
        """Apply an entry of another writer and return its change; None where it has no effect."""

    def import_batches(
        self, change: Change, what: Callable[[], Imported], batches: Batches
    ) -> None:
        """Import all batches as one entry, or nothing; `what` is called after the last batch.

        Raises what `apply_change` does, and whatever the batches raise.
        """

    def undo_or_redo_import(self, line: Line, change: Change, act: Act) -> bool:
        """Undo or redo an import whose records are stored beside the log.

        Returns False where the entry itself holds the edits, so that they can be
        applied as those of any change. Raises what `apply_change` does.
        """

    def store_facet_index(self, build: Callable[[Reader], FacetBuild]) -> None:
        """Build and store the facet index, in an engine that stores one."""

    def redact(self, request: Redaction, change: Change) -> list[FieldOfRecord]:
        """Redact words of a record; return the other fields that contain them."""

    def finish_redaction(self, when: str) -> None:
        """Finish a redaction that was interrupted, if there is one, and add a notice about it.

        It is called once the engine has become the writer. Where it fails, the
        notice says so, and the next writer tries again.
        """

    def has_news(self) -> bool:
        """Tell if others may have changed a case on a server, without asking it."""

    def taken(self) -> list[Change]:
        """The changes of others that were applied while an act was made, each once."""

    def sending_original(self, content: bytes) -> AbstractContextManager[object]:
        """Send the bytes of an original with the act within the context, if there is a server."""

    def fetch_original(self, digest: str) -> None:
        """Fetch the original of this SHA-256, where there is a server that has it."""

    def save_snapshot(self, changing: threading.Lock) -> None:
        """Write the case file if the log has newer changes, or empty the WAL of a database.

        Raises `UnwritableCase`, and `ReplacedCase` where changes that were made here
        would be lost with the file in whose place there is another.
        """

    def keep_index(self) -> None:
        """Keep the index for the next opening, in an engine that builds one at every opening."""

    def close(self) -> None:
        """Release all files and locks; nothing more is written."""


class Serverless:
    """The answers of an engine whose case has no server."""

    @property
    def member(self) -> str:
        """Empty: whoever opens the case is who they say."""
        return ""

    def has_news(self) -> bool:
        """Return False."""
        return False

    def taken(self) -> list[Change]:
        """Return none."""
        return []

    def sending_original(self, content: bytes) -> AbstractContextManager[object]:
        """Do nothing."""
        return nullcontext()

    def fetch_original(self, digest: str) -> None:
        """Do nothing."""


def import_reason(what: Imported) -> str:
    """The reason of an import, for the log."""
    return f"import of {what.file}: {count_text(what.rows, 'row' if what.dataset else 'article')}"


def case_after(case: Case, change: Change) -> Case:
    """The case's own record after a change; the index does not hold it."""
    for table, id, before, after in change.edits:
        if table != "case":
            continue
        if before != case or not isinstance(after, Case) or after.id != id:
            raise RefusedChange(f"case {id}: it was changed meanwhile", RELOAD_HINT)
        case = after
    return case
