"""Two copies of a case, both of which went on, made one: the acts of one on top of the other's.

The redactions that the case lacks are made first, each an act by itself. Then all other acts of
the other copy, each by its author and with its time, and the entry of the merge are added in
one step: all of them or none. That entry has what the acts alone do not give, and the chain
of the other log, so that a hash or a time stamp of either copy is found.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from store.archive import Archive
from store.custody.anchor import refuse_unlogged_edits
from store.custody.branch import Branch, Side
from store.custody.conflict_marks import conflict_words, marked_record, marks
from store.custody.join_records import JoinedRecords
from store.custody.replayed_acts import ReplayedActs
from store.custody.server_cases import send_seal
from store.custody.shared_redactions import (
    SharedRedaction,
    Versions,
    hidden,
    lacking,
    redact_versions,
    refuse_unfound,
    refuse_with_words,
)
from store.custody.three_way import table_of
from store.custody.two_copies import Conflict, Copy
from store.database.engine import AddEntry
from store.database.log_entry import checked_entry
from store.database.read_records import numbered_by_id
from store.database.seals import copy_seals, kept_seals, read_seal
from store.errors import OutrunChange, RefusedChange, UsageError
from store.model.change import Change, Edit
from store.model.labels import count_text
from store.model.log_line import Act, Merged, Redacted, reason_of
from store.model.merged_chain import by_hashes
from store.model.records import AnyRecord, Article
from store.queries.records import record_of
from store.reader import Reader

_TRIES = 10
"""The most times that a merge is planned, as others change the case on a server."""


class Merge(NamedTuple):
    """The result of a merge: acts that were added, by whom, redactions, and conflicts."""

    acts: int
    persons: tuple[str, ...]
    redactions: int
    conflicts: tuple[Conflict, ...]


def merge_copies(theirs: Archive, mine: Archive) -> Merge | None:
    """Add the acts of the case `theirs` to the case `mine`; None where it has them already.

    Raises `UsageError` where they are one file, or two cases, `LostHistory` where their logs
    have no entry in common, and `RefusedChange` where they cannot be joined: then nothing was
    changed. Raises what `Archive.redact` and `Archive.change` do. A case on a server takes acts
    of others only from an owner.
    """
    _refuse_others(theirs, mine)
    redacted: set[int] = set()
    for _ in range(_TRIES):
        here, there = Branch(mine), Branch(theirs)
        plan = None if there.head in here.known else _Plan(here, there)
        if plan is None or plan.nothing_new:
            _copy_seals(theirs, mine)
            return Merge(0, (), len(redacted), ()) if redacted else None
        redacted |= {one.line.sequence for one in plan.to_redact_here}
        for one in plan.to_redact_here:
            _redact(one, mine)
        if plan.to_redact_here and mine.member:
            continue  # others may have changed it before that
        with suppress(OutrunChange):
            _add(plan, theirs, mine)
            _copy_seals(theirs, mine)
            return plan.result._replace(redactions=len(redacted))
        mine.follow()
    raise OutrunChange(f"{mine.path}: others change it too quickly", "merge it again")


def _redact(one: SharedRedaction, mine: Archive) -> None:
    """Redact what another copy has redacted: as its author did, or as who is on the server."""
    line, why = one.line, reason_of(one.line)
    who, why = (mine.member, f"{line.who}: {why}") if mine.member else (line.who, why)
    mine.make_redaction(one.request, Change(who, line.when, why, ()))


def _add(plan: "_Plan", theirs: Archive, mine: Archive) -> None:
    """Add the acts of a plan, and the originals of the articles that come with them."""
    with ExitStack() as keeping:
        for digest in plan.new_originals():
            content = theirs.original(digest)
            if content is not None:
                keeping.enter_context(mine.keeping_original(content))
        mine.add_entries(plan.add_to)


def _copy_seals(theirs: Archive, mine: Archive) -> None:
    """Keep the time stamps of another copy, also on a server."""
    copy_seals(theirs.path, mine.path)
    if mine.member:
        for one in kept_seals(theirs.path):
            send_seal(mine.path, one.file.name, read_seal(one.file))


def _refuse_others(theirs: Archive, mine: Archive) -> None:
    if theirs.path.samefile(mine.path):
        raise UsageError(f"{mine.path}: is both copies", "name two copies of one case")
    if theirs.case.id != mine.case.id:
        raise UsageError(
            f"{theirs.path}: is of the case {theirs.case.name}, and {mine.path} of"
            f" {mine.case.name}",
            "name two copies of one case",
        )
    for one in (theirs, mine):
        refuse_unlogged_edits(one.path)


def _refuse_third_copies(here: Branch, there: Branch) -> None:
    """Raise `RefusedChange` where both have acts of other copies, which came in twice then."""
    if here.has_merged_beside(there) and there.has_merged_beside(here):
        raise RefusedChange(
            f"{here.archive.path} and {there.archive.path}: each has been merged with other copies",
            "merge all copies into one, in turn, and that into each of the others",
        )


class _Plan:
    """All that a merge does, found before anything is changed."""

    def __init__(self, here: Branch, there: Branch) -> None:
        self._here, self._there = here, there
        here.begin(there)
        there.begin(here)
        here.refuse_if_left_out()
        _refuse_third_copies(here, there)
        self._base = _base(here, there)
        tables = {
            edit.id: edit.table
            for branch in (here, there)
            for edits in branch.edits.values()
            for _, edit in edits
        }
        self._now = _read(here.archive, tables)
        self._theirs = theirs = _read(there.archive, tables)
        if there.archive.log().lines[len(there.log) :]:
            raise RefusedChange(
                f"{there.archive.path}: was changed while it was read", "merge it again"
            )
        was = {id: self._when_parted(id, self._now[id], theirs[id]) for id in tables}
        known = {id: one for id, one in was.items() if not isinstance(one, Redacted)}
        self.to_redact_here = lacking(there, here, self._now)
        lacked = lacking(here, there, theirs)
        refuse_unfound(there, here, self._now, self.to_redact_here)
        refuse_unfound(here, there, theirs, lacked)
        self._hidden = hidden(there, here, lacked, theirs)
        redact_versions(self._now, self.to_redact_here)
        redact_versions(theirs, lacked)
        redact_versions(known, [*self.to_redact_here, *lacked])
        self._joined = JoinedRecords(
            Copy(here, self._now), Copy(there, theirs), {**was, **known}, self._unedited
        )
        self._marks = marks(self._joined.conflicts)
        self._now |= _read(here.archive, {one.id: table_of(one) for one in self._marks.values()})
        refuse_with_words(there, here.archive.path, self._now.values())
        refuse_with_words(here, there.archive.path, self._wanted.values())
        self._replayed = ReplayedActs(
            there, self._hidden, self._now, self._joined.records, self._joined.moved
        )

    def _when_parted(self, id: str, mine: AnyRecord | None, theirs: AnyRecord | None) -> Side:
        """A record as it was at the last common entry, from the log that still has it."""
        sides = [
            branch.when_last_known(id, now)
            for branch, now in ((self._here, mine), (self._there, theirs))
        ]
        same = self._here.common == self._there.common
        found, other = sides if self._base is self._here else reversed(sides)
        return other if same and isinstance(found, Redacted) else found

    def _unedited(self, id: str) -> AnyRecord | None:
        return self._here.archive.ask(record_of, id)

    @property
    def nothing_new(self) -> bool:
        """True if the other copy has merged this one, and both have the same records."""
        same = all(self._now.get(id) == one for id, one in self._wanted.items())
        return same and not self.to_redact_here and self._here.head in self._there.known

    @property
    def _wanted(self) -> Versions:
        joined = self._joined.records
        new = (
            one for one in self._marks.values() if joined.get(one.id, self._now.get(one.id)) is None
        )
        return {**joined, **{one.id: one for one in new}}

    def _redacted_originals(self) -> set[str]:
        """The SHA-256 of the originals of articles that either copy has redacted."""
        ids = {
            edit.id
            for branch in (self._here, self._there)
            for act in branch.acts
            if act.line.act is Act.REDACTION
            for edit in act.edits
        }
        found = (of.get(id) for id in ids for of in (self._now, self._theirs))
        return {one.raw_sha256 for one in found if isinstance(one, Article) and one.raw_sha256}

    @property
    def result(self) -> Merge:
        """The result, once it was added."""
        persons = self._replayed.persons
        return Merge(
            len(persons),
            tuple(dict.fromkeys(persons)),
            len({one.line.sequence for one in self.to_redact_here}),
            tuple(self._joined.conflicts),
        )

    def new_originals(self) -> Iterator[str]:
        """The SHA-256 of the originals of articles that come from the other copy."""
        redacted = self._redacted_originals()
        for id, one in self._joined.records.items():
            if not isinstance(one, Article) or self._now.get(id) is not None:
                continue
            if one.capture and one.raw_sha256 and one.raw_sha256 not in redacted:
                yield one.raw_sha256

    def add_to(self, add: AddEntry) -> None:
        """Add every act of the other copy, and the entry of the merge."""
        self._replayed.add_to(add)
        edits = tuple(
            Edit(table_of(one), id, before, after)
            for id, after in self._wanted.items()
            if (before := self._now.get(id)) != after and (one := after or before)
        )
        change = Change(
            self._here.archive.author, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", self._why(), edits
        )
        entry = checked_entry(change, Act.MERGE)
        if not add(change, msgspec.structs.replace(entry, merged=self._chain())):
            raise RefusedChange(
                f"{self._there.archive.path}: its records do not fit those of"
                f" {self._here.archive.path}",
                "check both with verify",
            )

    def _why(self) -> str:
        name = self._there.archive.path.name
        persons = ", ".join(dict.fromkeys(one or "nobody" for one in self._replayed.persons))
        number = len(self._replayed.persons)
        words = [f"{name}: {count_text(number, 'act')}" + (f" by {persons}" if persons else "")]
        if self._joined.conflicts:
            words.append(count_text(len(self._joined.conflicts), "conflict"))
        untold = (
            f"{one.record.id}: {conflict_words(one)}"
            for one in self._joined.conflicts
            if not marked_record(one.record)
        )
        return "; ".join((*words, *untold))

    def _chain(self) -> Merged:
        """The chain of the other copy since the entry that both have."""
        lines = tuple(by_hashes(act.line, self._here.known) for act in self._there.acts)
        return Merged(self._base.common.hash, self._here.head, self._there.head, lines)


def _base(here: Branch, there: Branch) -> Branch:
    """The copy with the last common entry of two: the one from which its records are known.

    Where one copy has merged the other before, that is the last entry of the other that it
    has. Of two such entries it is the one that has the other before it, else the later.
    """
    mine, theirs = here.common, there.common
    if theirs.hash in here.known_at(here.last_known):
        return here
    if mine.hash in there.known_at(there.last_known) or theirs >= mine:
        return there
    return here


def _read(archive: Archive, tables: Mapping[str, str]) -> Versions:
    """The present records of a case with these ids, given with their tables."""
    found: Versions = dict.fromkeys(tables)
    if archive.case.id in found:
        found[archive.case.id] = archive.case
    return found | archive.ask(_read_records, tables)


def _read_records(connection: Reader, tables: Mapping[str, str]) -> Versions:
    ids: dict[str, list[str]] = {}
    for id, table in tables.items():
        if table != "case":
            ids.setdefault(table, []).append(id)
    return {
        one.id: one
        for table, some in ids.items()
        for _, one in numbered_by_id(connection, table, some)
    }
