"""The records of two copies of a case as one set, the same whichever copy is the first.

A field that one copy changed is as in that copy. Where both changed it, the later act holds,
by its time and then by its hash. A record that one copy withdrew stays where the other edited
it, or uses it. What was not taken is a conflict, for a person to rule on.
"""

from collections.abc import Callable

import msgspec

from store.custody.branch import Side, Touch
from store.custody.circles import break_circles
from store.custody.passage_places import is_only_moved, place_passages
from store.custody.shared_redactions import Versions
from store.custody.three_way import Difference, Fields, joined
from store.custody.two_copies import Conflict, Copy
from store.errors import RefusedChange
from store.model.changes import moved_judgement
from store.model.judgements import AnyJudgement, Mark, Note, Tag
from store.model.log_line import Redacted
from store.model.merge_conflicts import MERGER
from store.model.records import AnyRecord, Entity
from store.model.references import references, with_references


class JoinedRecords:
    """The records that either of two copies has edited, as they are in both together.

    `records` are they by id, None for one that is withdrawn, and `conflicts` what was not
    taken. `moved` has the ids of records that were merged into others.
    """

    def __init__(
        self,
        mine: Copy,
        theirs: Copy,
        before: dict[str, Side],
        unedited: Callable[[str], AnyRecord | None],
    ) -> None:
        """Join the records. `unedited` gives one that neither copy has edited.

        Raises `RefusedChange` where a passage cannot be found again in its article, or what
        a record refers to is in neither copy.
        """
        self._mine, self._theirs, self._before = mine, theirs, before
        self._unedited = unedited
        self.records: Versions = {}
        self.conflicts: list[Conflict] = []
        for id in sorted({*mine.branch.edits, *theirs.branch.edits}):
            self.records[id] = self._joined(id)
        self.moved = self._moved()
        self._keep_what_is_used()
        self._drop_marks_of_gone()
        self._without_kept_in_merged()
        self.conflicts += break_circles(self.records, mine, theirs, unedited)
        self.conflicts += place_passages(self.records, mine, theirs, unedited)

    def _joined(self, id: str) -> AnyRecord | None:
        mine, theirs = self._mine.now.get(id), self._theirs.now.get(id)
        was = self._before.get(id)
        unknown = isinstance(was, Redacted)
        if mine == theirs or theirs == was or (unknown and id not in self._theirs.branch.edits):
            return mine
        if mine == was or (unknown and id not in self._mine.branch.edits):
            return theirs
        one, other = self._touches(id)
        kept = mine or theirs
        assert kept is not None
        if (mine is None or theirs is None) and is_only_moved(was, kept):
            return None
        if mine is None or theirs is None:
            holds, yields = (other, one) if mine is None else (one, other)
            self.conflicts.append(Conflict(kept, (), kept, None, holds, yields))
            return kept
        found = joined(
            None if isinstance(was, Redacted) else was,
            mine,
            theirs,
            lambda fields: self._mine_is_later(id, fields),
        )
        self.conflicts += (
            self._conflict(found.record, difference, mine, theirs)
            for difference in found.differences
        )
        return found.record

    def _touches(self, id: str, fields: Fields = ()) -> tuple[Touch, Touch]:
        return (
            self._mine.branch.last_touch(id, fields),
            self._theirs.branch.last_touch(id, fields),
        )

    def _mine_is_later(self, id: str, fields: Fields) -> bool:
        one, other = self._touches(id, fields)
        return one > other

    def _conflict(
        self, record: AnyRecord, difference: Difference, mine: AnyRecord, theirs: AnyRecord
    ) -> Conflict:
        one, other = self._touches(record.id, difference.fields)
        if difference.mine:
            return Conflict(record, difference.fields, mine, theirs, one, other)
        return Conflict(record, difference.fields, theirs, mine, other, one)

    def _moved(self) -> dict[str, str]:
        """The withdrawn records that were merged into others, each with the one that stays."""
        into = {
            id: one.id
            for one in self.records.values()
            if isinstance(one, Entity)
            for id in one.merged
            if id in self.records and self.records[id] is None
        }
        for id in into:
            seen = {id}
            while into[id] in into and into[id] not in seen:
                seen.add(into[id])
                into[id] = into[into[id]]
        return into

    def _keep_what_is_used(self) -> None:
        """Keep withdrawn records to which others refer, or refer to what they were merged into."""
        waiting = [one for one in self.records.values() if one and not _is_mark(one)]
        kept: set[str] = set()
        while waiting:
            one = waiting.pop()
            if self.records.get(one.id) != one:
                continue
            gone = [
                target for _, target, _ in references(one) if self.records.get(target, one) is None
            ]
            if any(target in self.moved for target in gone):
                waiting += self._refer_to_merged(one)
                continue
            for target in gone:
                found = self._mine.now.get(target) or self._theirs.now.get(target)
                if found is None:
                    raise RefusedChange(
                        f"{one.id}: refers to {target}, which neither copy has",
                        "check both with verify",
                    )
                self.records[target] = found
                waiting.append(found)
                if one.id not in kept:
                    self._mark_as_kept(found, one)
                kept.add(target)

    def _drop_marks_of_gone(self) -> None:
        """Withdraw what earlier merges told of records that do not stay."""
        for id, one in self.records.items():
            if one and _is_mark(one):
                about = getattr(one, "about", "")
                if about in self.records and self.records[about] is None:
                    self.records[id] = None

    def _mark_as_kept(self, kept: AnyRecord, by: AnyRecord) -> None:
        withdrew, used = self._mine.branch, self._theirs.branch
        if self._mine.now.get(kept.id):
            withdrew, used = used, withdrew
        holds = used.last_touch(by.id) if by.id in used.edits else used.last_touch(kept.id)
        yields = withdrew.last_touch(kept.id)
        self.conflicts.append(Conflict(kept, (), by, None, holds, yields))

    def _refer_to_merged(self, one: AnyRecord) -> list[AnyRecord]:
        """Let a record refer to what others were merged into; the records to look at again."""
        if not isinstance(one, AnyJudgement):
            after: AnyRecord | None = with_references(one, self.moved)
        else:
            after = moved_judgement(one, self.moved)
        if after is None or after.id != one.id:
            self.records[one.id] = None
        if after is None:
            return []
        there = self.records.get(after.id) or self._unedited(after.id)
        if after.id != one.id and isinstance(there, AnyJudgement):
            assert isinstance(after, AnyJudgement)
            newer = (there.at, msgspec.json.encode(there)) < (after.at, msgspec.json.encode(after))
            if not newer or isinstance(after, Tag | Mark):
                after = there
        self.records[after.id] = after
        return [after]

    def _without_kept_in_merged(self) -> None:
        """Take the records that stay out of the list of those that were merged into others."""
        for id, one in self.records.items():
            if isinstance(one, Entity) and one.merged:
                merged = tuple(
                    of for of in one.merged if not self.records.get(of) or self._had_both(id, of)
                )
                self.records[id] = msgspec.structs.replace(one, merged=merged)

    def _had_both(self, id: str, merged: str) -> bool:
        """Tell if a copy already had a record although it was merged into another."""
        return any(
            isinstance(one := copy.now.get(id), Entity)
            and merged in one.merged
            and copy.now.get(merged) is not None
            for copy in (self._mine, self._theirs)
        )


def _is_mark(one: AnyRecord) -> bool:
    """Tell if a record is a note or a tag by which a merge told of a conflict."""
    return isinstance(one, Note | Tag) and one.by == MERGER
