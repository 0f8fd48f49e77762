"""The acts of one copy of a case since an entry that another copy has, too."""

from collections.abc import Iterator
from typing import NamedTuple

from store.archive import Archive
from store.custody.three_way import Fields
from store.errors import LostHistory, RefusedChange
from store.model.log_line import HIDING, Act, EntryEdit, Line, Redacted, as_entry, hides
from store.model.merged_chain import merged_lines
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

    `main` are the hashes of its entries, and `known` those of merged copies as well. `acts`
    and, by record, `edits` are filled by `begin_after`.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.begins, self.log = archive.log()
        self.main = frozenset({self.begins, *(line.hash for line in self.log)})
        merged = (one.hash for line in self.log for one in merged_lines(line))
        self.known = self.main.union(merged)
        self.acts: list[BranchAct] = []
        self.edits: dict[str, list[tuple[Line, EntryEdit]]] = {}

    @property
    def head(self) -> str:
        """The hash of the last entry."""
        return self.log[-1].hash if self.log else self.begins

    def last_known_to(self, other: "Branch") -> Line | None:
        """The last entry that another copy has, too; None for the beginning of the log.

        Raises `LostHistory` where it has not even that.
        """
        found = next((line for line in reversed(self.log) if line.hash in other.known), None)
        if found or self.begins in other.known:
            return found
        raise LostHistory(
            f"{self.archive.path} and {other.archive.path}: their logs have no entry in common",
            "merge two copies of one case, each with its log",
        )

    def lines_after(self, common: Line | None) -> list[Line]:
        """The entries after one, or all."""
        return [line for line in self.log if common is None or line.sequence > common.sequence]

    def begin_after(self, common: Line | None, others: list[Line]) -> None:
        """Collect the acts after an entry; `others` are those of the other copy.

        Raises `RefusedChange` where it is not known what one of them did.
        """
        for line in self.lines_after(common):
            self._refuse_unknown(line)
            edits = () if self._is_too_large(line, others) else self.archive.edits_of(line)
            self.acts.append(BranchAct(line, edits))
            left = hides(line) if line.act is Act.LEFT_OUT else ()
            for edit in edits:
                if edit.id in left:
                    self.edits.pop(edit.id, None)
                else:
                    self.edits.setdefault(edit.id, []).append((line, edit))

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
        for line, edit in reversed(self.edits[id]):
            changed = any(_of(edit.before, name) != _of(edit.after, name) for name in fields)
            if changed and line.act not in HIDING:
                return Touch(line.when, line.hash, line.who)
        line = self.edits[id][-1][0]
        return Touch(line.when, line.hash, line.who)


def _of(side: Side, name: str) -> object:
    return getattr(side, name, None)
