"""The records of a case that do not go to others: restricted rows, private notes, what needs them.

A row is restricted if its data set may not be passed on. With it go what it claims, the
passages and judgements that refer to it, and the actors, places and sources that nothing
else refers to. Records that were withdrawn are judged by what the log has of them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import NamedTuple

import msgspec

from store.database.record_versions import Version, versions_of
from store.model.judgements import Note, SavedFilter
from store.model.labels import count_text
from store.model.log_line import Line, commitment_of
from store.model.records import (
    RECORD_TYPES,
    Actor,
    AnyRecord,
    Article,
    DataSet,
    Event,
    Passage,
    Place,
    Source,
)
from store.model.references import references

Records = Callable[[], Iterable[tuple[str, AnyRecord]]]
"""Gives every record of a case with its table, each time from the first."""

Lines = Callable[[], Iterable[Line]]
"""Gives every entry of the log, each time from the first."""

Stored = Callable[[], Iterable[list[Version]]]
"""Gives the versions of records that are stored with imports beside the log."""

_NAMED = (Actor, Place, Source)
_NAMED_TABLES = frozenset({"actors", "places", "sources"})

_LOG_ALONE = "what the log alone had"


class Gone(NamedTuple):
    """A record that is left out: its table, and its hash as in the log."""

    table: str
    sha256: str


class LeftOut(NamedTuple):
    """The parts of a case that are left out, and what is altered because it referred to that.

    `gone` are the records that are left out, by id, and `altered` the others with their
    tables, before and after. `hidden` are further records whose content in the log
    is left out, and `originals` the SHA-256 of the originals that do not go along. `restricted`
    are the names of the data sets whose rows are left out, and `private` counts private notes.
    `stored` is true if something is left out that is stored with an import beside the log.
    """

    gone: Mapping[str, Gone]
    altered: Mapping[str, tuple[str, AnyRecord, AnyRecord]]
    hidden: Set[str]
    originals: Set[str]
    restricted: tuple[str, ...]
    private: int
    stored: bool

    @property
    def nothing(self) -> bool:
        """True if the whole case may go to others."""
        return not (self.gone or self.altered or self.hidden or self.originals or self.stored)

    @property
    def words(self) -> str:
        """`120 events, 310 claims (not redistributable: ACLED 2024), 2 private notes`."""
        tables = Counter(one.table for one in self.gone.values())
        tables["notes"] -= self.private
        parts = [
            count_text(tables[table], table.removesuffix("s"))
            for table in RECORD_TYPES
            if tables[table] > 0
        ]
        if self.restricted:
            parts = parts or [_LOG_ALONE]
            parts[-1] += f" (not redistributable: {', '.join(self.restricted)})"
        if self.private:
            parts.append(count_text(self.private, "private note"))
        return ", ".join(parts) or _LOG_ALONE


def left_out(records: Records, lines: Lines, stored: Stored = tuple) -> LeftOut:
    """Find what of a case with this log, and with what imports store, does not go to others."""
    return _Search(records, lines, stored).found()


def restricted_in_log(records: Records, lines: Lines, stored: Stored = tuple) -> tuple[str, ...]:
    """The names of the data sets that may not be passed on, and of which the log has rows."""
    return _Search(records, lines, stored).restricted_in_log()


class _Named(NamedTuple):
    """An actor, a place or a source, with its table and the ids to which it refers."""

    table: str
    record: AnyRecord
    targets: list[str]


class _Search:
    """A search while it runs; `lost` are the ids that nothing that goes along may need."""

    def __init__(self, records: Records, lines: Lines, stored: Stored) -> None:
        self._records = records
        self._lines = lines
        self._stored = stored
        self._restricted: dict[str, str] = {}
        self._names: set[str] = set()
        self._gone: dict[str, Gone] = {}
        self._lost: set[str] = set()
        self._altered: dict[str, tuple[str, AnyRecord, AnyRecord]] = {}
        self._hidden: set[str] = set()
        self._originals: set[str] = set()
        self._private = 0
        self._stored_left_out = False

    def found(self) -> LeftOut:
        """Go through the records, then through the log, then through the records again."""
        self._find_data_sets()
        here: set[str] = set()
        needed: set[str] = set()
        named: dict[str, _Named] = {}
        for table, one in self._records():
            here.add(one.id)
            targets = [target for _, target, _ in references(one)]
            if self._is_kept_back(one):
                self._leave_out(table, one)
                needed.update(targets)
            elif isinstance(one, _NAMED):
                named[one.id] = _Named(table, one, targets)
        self._find_unused(needed, named)
        self._find_logged(here)
        for table, one in self._records():
            if one.id not in self._gone:
                self._keep(table, one)
        hidden = self._hidden - self._gone.keys() - self._altered.keys()
        names = tuple(sorted(self._names))
        return LeftOut(
            self._gone,
            self._altered,
            hidden,
            self._originals,
            names,
            self._private,
            self._stored_left_out,
        )

    def restricted_in_log(self) -> tuple[str, ...]:
        """Go through the log for rows of data sets that may not be passed on."""
        self._find_data_sets()
        rows = (_dataset(one.record) for one in self._versions() if one.record)
        return tuple(sorted({self._restricted[row] for row in rows if row in self._restricted}))

    def _find_data_sets(self) -> None:
        """Find the data sets that may not be passed on, withdrawn ones as well."""
        sets = [one.record for one in self._versions() if isinstance(one.record, DataSet)]
        for table, one in self._records():
            if isinstance(one, DataSet):
                sets.append(one)
            elif table != "case":
                break  # data sets come first
        for last in {one.id: one for one in sets}.values():
            if not last.redistributable:
                self._restricted[last.id] = f"{last.name} {last.version}".strip()

    def _versions(self) -> Iterator[Version]:
        """The versions of records that are stored with imports, and then those in the log."""
        for some in self._stored():
            yield from some
        for line in self._lines():
            yield from versions_of(line.edits)

    def _is_kept_back(self, one: AnyRecord) -> bool:
        """Tell if a record is restricted or private, or needs one that is left out."""
        if isinstance(one, Note) and one.private:
            return True
        if isinstance(one, SavedFilter):
            return any(chip.value in self._lost for chip in one.chips)
        return _dataset(one) in self._restricted or any(
            target in self._lost for target in _needed(one)
        )

    def _leave_out(self, table: str, one: AnyRecord) -> None:
        self._gone[one.id] = Gone(table, commitment_of(one))
        self._lost.add(one.id)
        self._private += isinstance(one, Note) and one.private
        self._leave_original(one)
        if name := self._restricted.get(_dataset(one)):
            self._names.add(name)

    def _leave_original(self, one: AnyRecord) -> None:
        if isinstance(one, Article) and one.raw_sha256:
            self._originals.add(one.raw_sha256)

    def _find_unused(self, needed: Set[str], named: Mapping[str, _Named]) -> None:
        """Leave out the actors, places and sources that only records left out refer to.

        `needed` are the ids to which records left out refer, `named` all actors, places and
        sources by id.
        """

        def reached(ids: Iterable[str]) -> set[str]:
            found: set[str] = set()
            left = [id for id in ids if id in named]
            while left:
                if (id := left.pop()) not in found:
                    found.add(id)
                    left += [target for target in named[id].targets if target in named]
            return found

        maybe = reached(needed)
        used = named.keys() - maybe
        if maybe:
            for _, one in self._records():
                if one.id not in self._gone and one.id not in named:
                    used |= {target for _, target, _ in references(one)}
        for id in maybe - reached(used):
            self._leave_out(named[id].table, named[id].record)

    def _find_logged(self, here: Set[str]) -> None:
        """Find the records with content in the log that is left out; `here` are those in the case.

        Of one in the case, these are older versions; of a withdrawn one, all.
        """
        versions: dict[str, list[tuple[str, AnyRecord]]] = {table: [] for table in RECORD_TYPES}
        for table, id, one in self._versions():
            if one is None:
                self._hidden.add(id)
            else:
                versions[table].append((id, one))
        self._hide_versions(versions, here)
        acts = [{one.id: one.table for one in some} for some in self._stored()]
        stored = {id for act in acts for id in act}
        of_log = [{edit.id: edit.table for edit in line.edits} for line in self._lines()]
        along = {
            id
            for act in (*acts, *of_log)
            if not self._lost.isdisjoint(act)
            for id, table in act.items()
            if table in _NAMED_TABLES and id not in here
        }
        # what came along and was withdrawn since is known from there alone
        self._hidden |= along
        if not along <= self._lost:
            self._lost |= along
            self._hide_versions(versions, here)
        self._stored_left_out = not stored.isdisjoint(self._hidden | self._gone.keys())
        self._hidden &= {id for act in of_log for id in act}

    def _hide_versions(
        self, versions: Mapping[str, list[tuple[str, AnyRecord]]], here: Set[str]
    ) -> None:
        """Hide the records of which a version is left out, and with them what needs them."""
        for table in RECORD_TYPES:
            for id, one in versions[table]:
                if id in self._gone:
                    self._leave_original(one)
                elif self._is_kept_back(one):
                    self._hidden.add(id)
                    self._leave_original(one)
                    if name := self._restricted.get(_dataset(one)):
                        self._names.add(name)
                    if id not in here:
                        self._lost.add(id)

    def _keep(self, table: str, one: AnyRecord) -> None:
        """Note what is altered of a record that goes along."""
        if isinstance(one, SavedFilter) and self._is_kept_back(one):
            self._leave_out(table, one)
            return
        if isinstance(one, Article) and one.raw_sha256 in self._originals:
            self._hidden.add(one.id)  # that its original is missing is said by the log
        after = self._without_references(one)
        if after != one:
            self._altered[one.id] = table, one, after

    def _without_references(self, one: AnyRecord) -> AnyRecord:
        """A record without what it can do without: references to what is left out."""
        changed: dict[str, object] = {}
        match one:
            case Article(version_of=str(before)) if before in self._gone:
                changed = {"version_of": None}
            case Passage(carried_from=str(before)) if before in self._gone:
                changed = {"carried_from": None}
            case Event():
                rows = tuple(row for row in one.merged_rows if row.dataset not in self._restricted)
                part_of = None if one.part_of in self._gone else one.part_of
                changed = {"merged_rows": rows, "part_of": part_of}
        return msgspec.structs.replace(one, **changed) if changed else one


def _dataset(one: AnyRecord) -> str:
    """The id of the data set that a record is a row of, empty for none."""
    if isinstance(one, Article):
        return one.dataset or ""
    return one.row.dataset if isinstance(one, Event) and one.row else ""


def _needed(one: AnyRecord) -> Iterator[str]:
    """The ids to which a record refers, and without which it cannot be."""
    for field, target, _ in references(one):
        if field not in ("version_of", "part_of"):
            yield target
