"""Edits made from drafts: records of the archive are added, altered, or left as they are."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import msgspec

from store.errors import UsageError
from store.importers.draft import Draft, Rejected, Row
from store.importing.existing import ExistingEvent, ExistingRecords
from store.importing.formats import Drafter
from store.importing.merged import MergedRecords, without_repeated
from store.model.change import Edit
from store.model.labels import count_text
from store.model.records import RECORD_TYPES, AnyRecord, Article, Claim, Event, Passage
from store.model.text import one_line
from store.model.vocabulary import ReadBy

NO_EVENT = "its event is neither in these files nor in the case: import the events file too"


class ImportEdits:
    """The edits of one file, batch by batch, and counts of the rows by result.

    `flags` counts the added or changed rows by flag, `links` the articles as often
    as these rows list them, `distinct` each once per row.
    """

    def __init__(
        self,
        held: ExistingRecords,
        importer: Drafter,
        rejected: Callable[[Rejected], None],
        flagged: Callable[[Row, Event], None],
        planned: set[str],
    ) -> None:
        """`rejected` and `flagged` are called with such rows, `flagged` when the row is taken.

        `planned` are the ids of the events that this file and the files before it add.
        """
        self.added = self.changed = self.unchanged = 0
        self.articles = self.links = self.distinct = self.flagged = 0
        self.flags: Counter[str] = Counter()
        self._held = held
        self._importer = importer
        self._rejected = rejected
        self._flagged = flagged
        self._before = frozenset(held.rows_of(importer.dataset.id))
        self._seen: set[str] = set()
        self._planned = planned
        self._joined_before: dict[str, Claim] = {}
        self._alike = self._unlike = 0

    def gone(self) -> list[tuple[str, str]]:
        """The rows that the archive has and the file has not: the ids of each row and its event."""
        if not self._importer.whole:
            return []
        gone = sorted(self._before - self._seen)
        held = self._held.rows(self._importer.dataset.id, gone)
        return [(row, held[row][0]) for row in gone]

    def refuse_other_list(self) -> None:
        """Raise `UsageError` if the rows are of another list than those of the same name.

        Another list has the same ids for other rows: most of the rows that both have differ
        in most of their cells. An update differs in few, and a list with other columns or
        another mapping has the same cells.
        """
        both = self.unchanged + self._alike + self._unlike
        if self._importer.may_be_other and self._unlike * 2 > both:
            name = self._importer.dataset.name
            raise UsageError(
                f"is another list than “{one_line(name)}” in this case:"
                f" {self._unlike:,} of {count_text(both, 'row')} with the same id differ in"
                " most cells",
                "give it a name of its own with --name; if it is the same list, give that name",
            )

    def batch(self, rows: Sequence[Row]) -> list[Edit]:
        """The edits that follow from rows, in the order of `RECORD_TYPES`."""
        rows = [row for row in rows if self._is_new_here(row)]
        before = [row.id for row in rows if row.id in self._before]
        held = self._held.rows(self._importer.dataset.id, before) if before else {}
        edits: dict[str, list[Edit]] = {table: [] for table in RECORD_TYPES}
        shared: dict[str, dict[str, AnyRecord]] = {}
        joining: list[Draft] = []
        for row in rows:
            event, sha256 = held.get(row.id) or self._merged.rows.get(row.id, ("", ""))
            if sha256 == row.sha256:
                self.unchanged += 1
                continue
            draft = self._importer.draft(row)
            if isinstance(draft, Rejected):
                self._rejected(draft)
                continue
            merged = self._merged.has_event(draft)
            draft = self._merged.moved(draft)
            if draft.event is None:
                joining.append(draft)
                continue
            if merged:
                event = draft.event.id
            if draft.event.id in self._withdrawn and not event:
                self._reject(draft, "a person withdrew its event")
                continue
            if event and not self._alter(edits, draft, merged=merged):
                continue
            if not event:
                self._add(edits, draft)
            self._taken(draft, shared)
        for draft in self._joined(edits, joining):
            self._taken(draft, shared)
        for table, records in shared.items():
            there = self._held.there(table, list(records))
            new = [Edit(table, id, None, one) for id, one in records.items() if id not in there]
            edits[table][:0] = new
            if table == "articles":
                self.articles += len(new)
        return [edit for of_table in edits.values() for edit in of_table]

    def _is_new_here(self, row: Row) -> bool:
        if row.id in self._seen:
            why = "occurs twice"
            self._rejected(Rejected(row.number, row.line, "id", f"{row.id!r} {why}", why))
            return False
        self._seen.add(row.id)
        return True

    @cached_property
    def _merged(self) -> MergedRecords:
        return self._held.merged(self._importer.dataset.id)

    @cached_property
    def _withdrawn(self) -> frozenset[str]:
        return self._held.withdrawn()

    def _reject(self, draft: Draft, why: str, kind: str = "") -> None:
        self._rejected(Rejected(draft.row.number, draft.row.line, "", why, kind))
        self._importer.not_taken(draft)

    def _taken(self, draft: Draft, shared: dict[str, dict[str, AnyRecord]]) -> None:
        for table, record in draft.shared:
            shared.setdefault(table, {})[record.id] = record
        self.links += draft.links
        self.distinct += draft.distinct
        if draft.event is not None and draft.event.flags:
            self.flagged += 1
            self.flags.update(flag.value for flag in draft.event.flags)
            self._flagged(draft.row, draft.event)

    def _add(self, edits: dict[str, list[Edit]], draft: Draft) -> None:
        assert draft.event is not None
        self.added += 1
        self._planned.add(draft.event.id)
        edits["events"].append(Edit("events", draft.event.id, None, draft.event))
        if draft.article is not None:
            edits["articles"].append(Edit("articles", draft.article.id, None, draft.article))
        edits["passages"] += [Edit("passages", one.id, None, one) for one in draft.passages]
        edits["claims"] += [Edit("claims", one.id, None, one) for one in draft.claims]

    def _joined(self, edits: dict[str, list[Edit]], drafts: Sequence[Draft]) -> list[Draft]:
        """Add claims to events that are there; return the drafts whose events are."""
        if not drafts:
            return []
        there = self._planned | self._held.there(
            "events", [claim.subject for draft in drafts for claim in draft.claims]
        )
        held = dict(self._held.claims([one.id for draft in drafts for one in draft.claims]))
        held |= self._joined_before
        found = []
        for draft in drafts:
            if any(claim.subject not in there for claim in draft.claims):
                self._reject(draft, NO_EVENT)
                continue
            new = 0
            for claim in draft.claims:
                before = held.get(claim.id)
                if before is None or (
                    before.confidence is None and claim.id not in self._joined_before
                ):
                    new += 1
                    edits["claims"].append(Edit("claims", claim.id, before, claim))
                    held[claim.id] = self._joined_before[claim.id] = claim
            self.added += bool(new)
            self.unchanged += not new
            found.append(draft)
        return found

    def _alter(self, edits: dict[str, list[Edit]], draft: Draft, *, merged: bool) -> bool:
        """Replace the old version of a row with the new one; return False if it is rejected.

        Of a row whose event was merged into another, that event stays as it is.
        """
        assert draft.event is not None
        assert draft.article is not None
        was = self._held.of_event(draft.event.id, draft.article.id)
        if was.event.merged:
            draft = draft._replace(claims=without_repeated(draft.claims, was.claims))
        if was.event.merged or not self._importer.whole:
            was, draft = _of_rows(was, draft)
        assert draft.event is not None
        assert draft.article is not None
        why = _broken(was, draft)
        if why:
            self._reject(draft, *why)
            return False
        before = sum(map(len, edits.values()))
        if not merged:
            _put(edits, "events", [was.event], [_kept(was.event, draft.event)])
        _put(edits, "articles", [was.article] if was.article else [], [draft.article])
        _put(edits, "passages", was.passages, draft.passages)
        _put(edits, "claims", [one for one in was.claims if _is_ours(one)], draft.claims)
        altered = not merged or sum(map(len, edits.values())) > before
        self.changed += altered
        self.unchanged += not altered
        if altered and was.article is not None and _share(was.article, draft.article) > 1 / 2:
            self._alike += 1
        elif altered:
            self._unlike += 1
        return True


def _is_ours(claim: Claim) -> bool:
    """True if a claim is of the data set, and not a person's."""
    return claim.read_by is not ReadBy.PERSON


def _share(one: Article, other: Article) -> float:
    """The share of the cells of two rows that are the same, whatever their columns."""
    ours, theirs = (Counter(_cells(of.text or "")) for of in (one, other))
    return (ours & theirs).total() / max(ours.total(), theirs.total(), 1)


def _cells(text: str) -> Iterator[str]:
    """The values of the cells that the text of a row holds, a column a line."""
    return (line.partition(": ")[2].strip() for line in text.split("\n"))


def _of_rows(was: ExistingEvent, draft: Draft) -> tuple[ExistingEvent, Draft]:
    """Both without the claims of documents, which other files add and a row does not give."""
    mine = {one.id for one in (*was.passages, *draft.passages)}
    held = {one.id for one in was.claims}
    was = msgspec.structs.replace(
        was, claims=tuple(one for one in was.claims if one.passage in mine)
    )
    new = (one for one in draft.claims if one.passage in mine or one.id not in held)
    return was, draft._replace(claims=tuple(new))


def _kept(was: Event, now: Event) -> Event:
    """The new event of the row, with the old values of what no cell gives."""
    return msgspec.structs.replace(
        now,
        note=was.note,
        planned=was.planned,
        background=was.background,
        part_of=was.part_of,
        date_rule=was.date_rule,
        merged=was.merged,
        merged_rows=was.merged_rows,
    )


def _broken(was: ExistingEvent, draft: Draft) -> tuple[str, str] | None:
    """A person's work that the new row would break, with the id and in general words, or None."""
    claims = {one.id: one for one in draft.claims}
    for claim in was.claims:
        if not _is_ours(claim):
            continue
        now = claims.get(claim.id)
        if claim.id in was.ruled and now != claim:
            return _would("ruled on or graded its claim{}, which would change", claim.id)
        if claim.id in was.judged and now is None:
            return _would("annotated its claim{}, which would be removed", claim.id)
    made = {one.id for one in draft.passages}
    mine = {claim.passage for claim in was.claims if not _is_ours(claim)}
    for passage in was.passages:
        if passage.id in made:
            continue
        if passage.id in was.judged or passage.id in mine or not _is_of_row(was, passage):
            return _would("used its passage{}, which would be removed", passage.id)
    return None


def _would(words: str, id: str) -> tuple[str, str]:
    """A phrase for what a person does with a record, with its id and without."""
    return f"a person {words.format(f' {id}')}", f"a person {words.format('')}"


def _is_of_row(was: ExistingEvent, passage: Passage) -> bool:
    """True if a claim of the data set itself depends on this passage of the row's article."""
    return any(claim.passage == passage.id for claim in was.claims if _is_ours(claim))


def _put(
    edits: dict[str, list[Edit]],
    table: str,
    was: Sequence[AnyRecord],
    now: Sequence[AnyRecord],
) -> None:
    """Add the edits that replace old records with new ones; unchanged records need none."""
    before = {one.id: one for one in was}
    for one in now:
        if before.get(one.id) != one:
            edits[table].append(Edit(table, one.id, before.get(one.id), one))
    staying = {one.id for one in now}
    edits[table] += [Edit(table, id, one, None) for id, one in before.items() if id not in staying]
