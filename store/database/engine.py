"""What an archive needs of the place where its case is kept: files, or a database."""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from store.database.facet_index import FacetBuild
from store.database.log_entry import LOOK
from store.database.reader import Reader
from store.errors import RefusedChange
from store.model.change import Change, Edit
from store.model.log_line import Act, Imported, Line
from store.model.records import Case
from store.model.text_fields import FieldOfRecord

Batches = Iterable[Sequence[Edit]]
"""What an import brings, some records at a time, each after those that it refers to."""


class Engine(Protocol):
    """Where an open case is kept, with its log.

    All but `rest`, `redact`, `take_in` and `again` are asked with the lock
    `asking` held, which those take for as long as nobody else may ask.
    """

    path: Path
    told: list[str]
    """What a person must know of the files, a line each."""
    case: Case
    connection: sqlite3.Connection
    asking: threading.Lock

    @property
    def broken(self) -> str:
        """Why nothing can be saved any more; nothing where it can."""

    @property
    def first(self) -> int:
        """The sequence number of the first entry of the log, 0 where there is none."""

    @property
    def last(self) -> int:
        """The sequence number of the last entry of the log, 0 where there is none."""

    @property
    def last_done(self) -> int | None:
        """The act that would be taken back next."""

    @property
    def last_undone(self) -> int | None:
        """The act that would be done again next."""

    def entry(self, sequence: int) -> Line:
        """An entry of the log. Raises `DamagedCase` and `UnreadableCase`."""

    def brought_by(self, id: str) -> frozenset[int]:
        """The imports that brought a record which their entries do not name."""

    def lines(self) -> Iterator[Line]:
        """The entries that were added since the log was read last."""

    def reading(self) -> AbstractContextManager[object]:
        """Meanwhile the case is asked, and is the same for all that is asked together."""

    def make(self, change: Change, entry: Line) -> None:
        """Make a change and write it down; when this returns it is on the disk.

        Raises what `store.database.apply.apply` does, and `UnwritableCase`:
        then nothing was changed.
        """

    def start_writing(self, follow: Callable[[], list[Change]]) -> list[Change]:
        """Go on as the writer, if nobody else is; gives what `follow` took over before.

        Raises `ReadOnlyCase` where somebody else writes it or it cannot be
        written, and what `follow` does: then it is read on as it was.
        """

    def take_over(self, line: Line) -> Change | None:
        """What somebody else has written down, made; None where it does nothing here."""

    def take_in(self, change: Change, what: Callable[[], Imported], batches: Batches) -> None:
        """Make an import, all of it in one act or nothing; what it was is asked at its end.

        Raises what `make` does, and whatever the batches raise.
        """

    def again(self, line: Line, change: Change, act: Act) -> bool:
        """Take back, or do again, an import whose records are kept beside the log.

        False where the entry has its edits itself, and can be made as any
        change. Raises what `make` does.
        """

    def keep(self, build: Callable[[Reader], FacetBuild]) -> None:
        """Keep what follows from the records, where it is kept at all."""

    def redact(self, id: str, field: str, words: str, change: Change) -> list[FieldOfRecord]:
        """Take words out of a record for good; gives where else they stand."""

    def rest(self, changing: threading.Lock) -> None:
        """Write what is only in the log where else it belongs. Raises `UnwritableCase`."""

    def close(self) -> None:
        """Let everything go; nothing more is written."""


def why_of(what: Imported) -> str:
    """Why an import is made, for the log."""
    return f"import of {what.file}: {what.rows:,} {'row' if what.rows == 1 else 'rows'}"


def case_after(case: Case, change: Change) -> Case:
    """The record of the case after a change, of which the index has none."""
    for table, id, before, after in change.edits:
        if table != "case":
            continue
        if before != case or not isinstance(after, Case) or after.id != id:
            raise RefusedChange(f"case {id}: it was changed meanwhile", LOOK)
        case = after
    return case
