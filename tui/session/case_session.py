"""The open case: its user, and the changes that they make to it."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from store.custody.check_seals import time_stamps
from store.errors import ReadOnlyCase, ReplacedCase, UnwritableCase, UsageError
from store.model.change import Change
from store.model.judgements import SavedFilter
from store.model.log_line import Entry
from store.model.records import AnyRecord
from store.model.references import TABLE_OF
from store.model.typed_text import check_typed_lengths, one_typed_line
from store.model.withdraw import Dependents, withdrawal
from store.queries import judgements, kinships
from store.queries.dependents import resting
from store.queries.judgements import JudgementRow
from store.queries.kinships import Partner
from store.queries.locate import RecordLocation, whereabouts
from store.queries.originals import attachment
from tui.session.marked_rows import Target
from tui.session.settings import remember_author

if TYPE_CHECKING:  # with TinyDB: imported after the first frame
    from store.archive import Archive
    from tui.session.redaction import RedactionOutcome


T = TypeVar("T")

UNKNOWN = "unknown"
"""Who acts where the program ends before a name was given."""


class CaseSession:
    """An open case, the name under which it is changed, and the reason if it is read-only."""

    def __init__(
        self,
        archive: "Archive",
        case: Path,
        *,
        bundled: bool,
        author: str = "",
        why: str = "",
        told: tuple[str, ...] = (),
        waits: bool = False,
    ) -> None:
        """`why` says why the case is open for reading only, `told` what else the user must know.

        `waits` says that it is to be opened for writing once that is possible.
        """
        self.archive = archive
        self.case = case
        self.bundled = bundled
        self.author = author
        self.told = told
        self.waits = waits
        self._why = _until(why) if waits else why
        self._before: Archive | None = None
        self._replaced = False

    # judgements

    def said_about(self, id: str) -> tuple[JudgementRow, ...]:
        """The judgements of persons on a record."""
        return self.archive.ask(judgements.about, [id])

    def held(self, table: str, id: str) -> AnyRecord | None:
        """The record as the case holds it now; None if there is none."""
        return self.archive.ask(judgements.held, table, id)

    def held_all(self, table: str, ids: Iterable[str]) -> dict[str, AnyRecord]:
        """The records of a table that the case holds now, of these ids."""
        return self.archive.ask(judgements.held_all, table, ids)

    def ids_of(self, target: Target) -> tuple[str, ...]:
        """The ids of a target's records; of marked rows, of those that the case has still."""
        if target.kind == "evt" and target.marked:
            return self.archive.ask(judgements.ids_of_events, map(int, target.keys))
        return tuple(map(str, target.keys))

    def title(self, id: str) -> str:
        """The title of a record."""
        return self.archive.ask(judgements.title, id)

    def tags(self) -> dict[str, int]:
        """Every tag, with the number of records that have it."""
        return self.archive.ask(judgements.tags)

    def saved_filters(self) -> tuple[SavedFilter, ...]:
        """The saved filters by name."""
        return self.archive.ask(judgements.saved_filters)

    def resting(self, *ids: str) -> Dependents:
        """The records withdrawn with these; raises if one cannot be withdrawn."""
        return self.archive.ask(resting, *ids)

    # changes

    def partners(self, article: str) -> tuple[Partner, ...]:
        """The articles that may be kin to this one, then all others that have a text."""
        return self.archive.ask(kinships.partners, article)

    def withdrawal(self, ids: Iterable[str], reason: str, by: str, at: str) -> Change:
        """The act that withdraws records with all that depends on them."""
        return withdrawal(self.resting(*ids), one_typed_line(reason, "reason"), by, at)

    def attachment(self, content: bytes, by: str, at: str) -> Change:
        """The act that attaches the original with these bytes; raises if they are no original."""
        return self.archive.ask(attachment, content, by, at)[1]

    @property
    def kept(self) -> str:
        """`bundled case` or `read-only`; empty if the case is open for writing."""
        if self.bundled:
            return "bundled case"
        return "read-only" if self.why_read_only else ""

    @property
    def why_read_only(self) -> str:
        """The reason why nothing can be changed; empty if it can."""
        return "" if self.bundled else self._why or self.archive.why_read_only

    @property
    def own_case(self) -> Path:
        """The case that changes go to: of the bundled case the user's own copy, made or not."""
        from store.custody.own_copy import own_copy_path

        return own_copy_path(self.case) if self.bundled else self.case

    def start_writing(self) -> bool:
        """Become the writer of the case if possible now; True if others had changed it.

        Raises what `Archive.follow` does; if somebody else writes it, `why_read_only` says who.
        """
        if not self.waits:
            return False
        try:
            changes = self.archive.start_writing()
        except ReplacedCase as error:
            self.waits, self._why = False, error.message
            return False
        except (ReadOnlyCase, UnwritableCase) as error:
            self._why = _until(error.message)
            return False
        self.waits, self._why, self.author = False, "", self.archive.author
        return bool(changes)

    def sign(self, name: str) -> None:
        """Act under this name from now on; raises if it cannot be remembered.

        Raises `UsageError` on a server, which knows who is logged in.
        """
        if self.archive.member:
            raise UsageError(
                f"the server logs your acts as {self.archive.member}",
                "log in there as somebody else to act as them",
            )
        self.author = self.archive.author = one_typed_line(name)
        remember_author(self.author)

    def commit(self, act: Callable[[str, str], Change]) -> tuple[Change, str]:
        """Do an act; return it, and a sentence on the user's own copy if that is new.

        The act is durable when this returns; if it raises, nothing was done.
        """
        change = act(self.author or UNKNOWN, _now())  # where it raises there is no copy either
        check_typed_lengths(change)
        if not change.edits:
            return change, ""
        _, where = self.write(lambda archive: archive.change(change))
        return change, where

    def write(self, do: Callable[["Archive"], T]) -> tuple[T, str]:
        """Do something to the case; return its result, and a sentence on the user's copy if new.

        For the bundled case, it is done to the user's own copy, with which the
        session then continues; a new copy in which nothing was logged is dropped.
        """
        if not self.bundled:
            return do(self.archive), ""
        from store.archive import Archive
        from store.custody.own_copy import delete_copy, own_copy, own_copy_path

        fresh = not own_copy_path(self.case).exists()
        path = own_copy(self.case)
        copied = Archive.open(path, author=self.author, writing=True)
        first, where = copied.last_entry, f"Your own copy of the case is {path}."
        try:
            answer = do(copied)
        finally:
            if copied.last_entry > first:
                self._before, self.archive, self.bundled = self.archive, copied, False
                self.case = path
            else:
                where = ""
                copied.close()
                if fresh:
                    delete_copy(path)
        return answer, where

    def redact(self, id: str, words: str, reason: str) -> tuple["RedactionOutcome", str]:
        """Redact words in each field of a record that has them, for good.

        Returns where the words still stand, and a sentence on the user's copy if
        that is new. Raises what `Archive.redact` does.
        """
        from tui.session.redaction import redact_fields

        fields, reason = self.fields_with(id, words), one_typed_line(reason, "reason")
        if words in reason:
            raise UsageError("the reason contains the words", "the log would keep them")
        return self.write(lambda archive: redact_fields(archive, id, fields, reason, words))

    def fields_with(self, id: str, words: str) -> tuple[str, ...]:
        """The fields of a record that have the words; raises `UsageError` if none has."""
        from store.model.text_fields import fields_with

        one = self.held(TABLE_OF[id[:3]], id)
        found = fields_with(one, words) if one is not None and words else ()
        if not found:
            raise UsageError("it does not contain these words", "check the capital letters")
        return found

    def undo(self, told: Callable[[str], None]) -> Change | None:
        """Undo the last act; None if there is none. `told` is called first if it is an import."""
        return None if self.bundled else self.archive.undo(told)

    def redo(self, told: Callable[[str], None]) -> Change | None:
        """Redo the act undone last; None if there is none. `told` is as for undo."""
        return None if self.bundled else self.archive.redo(told)

    def take_back(self, sequence: int) -> Change:
        """Take back an act of the log; raises `RefusedChange`, naming what stands in its way."""
        return self.archive.take_back(sequence)

    def history(self) -> tuple[Entry, ...]:
        """The acts of the log, newest first."""
        return tuple(self.archive.history())

    def time_stamped(self) -> frozenset[int]:
        """The numbers of the acts of which a time stamp is kept."""
        return frozenset(time_stamps(self.archive.path))

    def whereabouts(self, ids: Iterable[str]) -> RecordLocation | None:
        """The location of the first of these records that is behind an event; None if none is."""
        places = (self.archive.ask(whereabouts, id) for id in ids)
        return next((place for place in places if place is not None), None)

    def rest(self) -> None:
        """Write the case file anew if it lacks changes; the log has them already."""
        self.archive.save_snapshot()
        self.build_facet_index()

    def build_facet_index(self) -> None:
        """Build the facet index of a large database if it lacks one; takes some ten seconds."""
        self.archive.build_facet_index()

    def close(self) -> None:
        """Close the case. Raises `UnwritableCase` if its file cannot be written anew.

        Raises `ReplacedCase` if another is in its place.
        """
        if self._before is not None:  # till now it may have been asked
            self._before.close()
        self.archive.close()

    @property
    def follows(self) -> bool:
        """True where others may change the case while it is open."""
        return bool(self.why_read_only or self.archive.member)

    @property
    def has_news(self) -> bool:
        """True where a look at what others changed may find something."""
        return self.archive.has_news if self.archive.member else bool(self.why_read_only)

    def follow(self) -> bool:
        """True if another writer changed the case; it is then as they left it.

        Raises what `Archive.follow` does; that the case was replaced, it says once.
        """
        if self._replaced:
            return False
        try:
            return bool(self.archive.follow())
        except ReplacedCase as error:
            self._replaced, self.waits, self._why = True, False, error.message
            raise


def _until(why: str) -> str:
    return f"{why}; press the key again once that has changed"


def _now() -> str:
    """The time for the log: UTC, to the second."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
