"""The acts of one copy of a case since an entry that another copy has, too."""

from collections.abc import Iterator
from typing import NamedTuple

from store.archive import Archive
from store.custody.three_way import Fields
from store.errors import LostHistory, RefusedChange
from store.model.log_line import HIDING, Act, EntryEdit, Line, Redacted, as_entry, hides
from store.model.merged_chain import hashes_in_force
from store.model.records import AnyRecord

MOST_ROWS = 20_000
"""The most rows of an import into a database that are merged one by one."""

Side = AnyRecord | Redacted | None
"""A record on one side of an edit."""


class BranchAct(NamedTuple):
    """An entry of the log, with all its edits."""

    line: Line
    edits: tuple[EntryEdit, ...]


class Touch(NamedTuple):
    """The last act of a copy on a record: the later one is the greater."""

    when: str
    hash: str
    who: str


class Branch:
    """One copy of a case: its log, and its acts since the last entry that both have.

    `main` are the hashes of its entries, and `known` those of copies that it has merged as
    well, unless that was undone. `begin` fills in `last_known`, the last entry that another
    copy has, `acts`, those after it, and by record `edits`, all since the logs parted.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.begins, self.log = archive.log()
        self.main = frozenset({self.begins, *(line.hash for line in self.log)})
        self.known = self.main.union(hashes_in_force(self.log))
        self.last_known: Line | None = None
        self.acts: list[BranchAct] = []
        self.edits: dict[str, list[tuple[Line, EntryEdit]]] = {}

    @property
    def head(self) -> str:
        """The hash of the last entry."""
        return self.log[-1].hash if self.log else self.begins

    @property
    def common(self) -> Touch:
        """The last entry that another copy has, too."""
        return self.place_of(self.last_known)

    def last_known_to(self, other: "Branch") -> Line | None:
        """The last entry that another copy has, too; None for the beginning of the log.

        Raises `LostHistory` where it has not even that.
        """
        found = self.last_in(other.known)
        if found or self.begins in other.known:
            return found
        raise LostHistory(
            f"{self.archive.path} and {other.archive.path}: their logs have no entry in common",
            "merge two copies of one case, each with its log",
        )

    def last_in(self, hashes: frozenset[str]) -> Line | None:
        """The last entry with one of these hashes."""
        return next((line for line in reversed(self.log) if line.hash in hashes), None)

    def place_of(self, line: Line | None) -> Touch:
        """The time and the hash of an entry, or of the beginning of the log."""
        return Touch(line.when, line.hash, line.who) if line else Touch("", self.begins, "")

    def known_at(self, line: Line | None) -> frozenset[str]:
        """The hashes of all entries that the copy had when it made one, that itself left out."""
        if line is None:
            return frozenset()
        earlier = [one for one in self.log if one.sequence <= line.sequence]
        return frozenset((self.begins, *hashes_in_force(earlier))) - {line.hash}

    def begin(self, other: "Branch") -> None:
        """Collect the acts that another copy has not, and all edits since the logs parted.

        Raises `LostHistory`, and `RefusedChange` where it is not known what an act did.
        """
        self.last_known = self.last_known_to(other)
        known = self.last_known.sequence if self.last_known else 0
        others = other.lines_after(other.last_in(self.main))
        for line in self.lines_after(self.last_in(other.main)):
            self._refuse_unknown(line)
            edits = () if self._is_too_large(line, others) else self.archive.edits_of(line)
            if line.sequence > known:
                self.acts.append(BranchAct(line, edits))
            left = hides(line) if line.act is Act.LEFT_OUT else ()
            for edit in edits:
                if edit.id in left:
                    self.edits.pop(edit.id, None)
                else:
                    self.edits.setdefault(edit.id, []).append((line, edit))

    def has_merged_beside(self, other: "Branch") -> bool:
        """Tell if it has, since the entry that both have, merged a copy that is not the other."""
        merged = (act.line.merged for act in self.acts)
        return any(one is not None and one.theirs not in other.main for one in merged)

    def lines_after(self, common: Line | None) -> list[Line]:
        """The entries after one, or all."""
        return [line for line in self.log if common is None or line.sequence > common.sequence]

    def when_last_known(self, id: str, now: AnyRecord | None) -> Side:
        """A record as it was after the last entry that the other copy has, too."""
        known = self.last_known.sequence if self.last_known else 0
        later = (one for line, one in self.edits.get(id, ()) if line.sequence > known)
        first = next(later, None)
        return first.before if first else now

    def refuse_if_left_out(self) -> None:
        """Raise `RefusedChange` where something was left out of the copy since the logs parted."""
        if any(act.line.act is Act.LEFT_OUT for act in self.acts):
            raise RefusedChange(
                f"{self.archive.path}: something was left out of this copy for somebody",
                "merge it into the other, and pack that again",
            )

    def _refuse_unknown(self, line: Line) -> None:
        if line.act is Act.OUTSIDE and line.content and not line.edits:
            raise RefusedChange(
                f"{self.archive.path}: entry {line.sequence} does not tell what was edited outside"
                " this program",
                "merge the copies as they were before",
            )

    def _is_too_large(self, line: Line, others: list[Line]) -> bool:
        """Tell if an import is too large to merge, and the other copy has the same.

        Raises `RefusedChange` where the other has not.
        """
        what = line.imported
        if what is None or line.edits or what.rows <= MOST_ROWS:
            return False
        if not any(one.imported and one.imported.rows_sha256 == what.rows_sha256 for one in others):
            raise RefusedChange(
                f"{self.archive.path}: the import of {what.file}, {what.rows:,} rows, is too large"
                f" to be merged (more than {MOST_ROWS:,})",
                "import the same file into the other copy, and then merge",
            )
        return True

    def plain_versions(self, id: str) -> Iterator[AnyRecord]:
        """Every version of a record that the log has, the newest first."""
        for line in reversed(self.log):
            if any(edit.id == id for edit in line.edits):
                for edit in as_entry(line).edits:
                    for side in (edit.after, edit.before) if edit.id == id else ():
                        if side is not None and not isinstance(side, Redacted):
                            yield side

    def last_touch(self, id: str, fields: Fields = ()) -> Touch:
        """The last act that changed these fields of a record, or the record."""
        for line, edit in reversed(self.edits.get(id, ())):
            changed = any(_of(edit.before, name) != _of(edit.after, name) for name in fields)
            if changed and line.act not in HIDING:
                return self.place_of(line)
        lines = [line for line, _ in self.edits.get(id, ())]
        seen = [line for line in lines if line.act not in HIDING] or lines
        return self.place_of(seen[-1] if seen else None)


def _of(side: Side, name: str) -> object:
    return getattr(side, name, None)
