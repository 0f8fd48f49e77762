"""The acts of one copy of a case, made again on top of those of another, each by its author."""

from store.custody.branch import Branch, BranchAct
from store.custody.shared_redactions import Hidden, Versions
from store.custody.three_way import Fields, joined, table_of
from store.database.engine import AddEntry
from store.database.log_entry import checked_entry
from store.errors import RefusedChange
from store.model.change import Change, Edit
from store.model.judgements import AnyJudgement
from store.model.log_line import HIDING, Act, EntryEdit, Imported, Line, Redacted, reason_of
from store.model.records import AnyRecord
from store.model.references import references, with_references


class ReplayedActs:
    """The acts of a copy while they are added to another case.

    `now` are the records of that case, which change with each act, and `joined` those that
    both copies give together: where both changed a field, an act takes it only if that holds.
    """

    def __init__(
        self, branch: Branch, hidden: Hidden, now: Versions, joined: Versions, moved: dict[str, str]
    ) -> None:
        self._branch = branch
        self._hidden = hidden
        self._joined = joined
        self._moved = moved
        self.now = now
        self.persons: list[str] = []

    def add_to(self, add: AddEntry) -> None:
        """Add every act that has an effect, or of which the log shall tell who made it."""
        for act in self._branch.acts:
            if act.line.act not in HIDING:
                self._add(act, add)

    def _add(self, act: BranchAct, add: AddEntry) -> None:
        after = self._after(act)
        if after is None:
            return
        line = act.line
        edits = tuple(
            Edit(table_of(one or self.now[id]), id, self.now.get(id), one)  # type: ignore[arg-type]
            for id, one in after.items()
        )
        why = self._hidden.reason(reason_of(line))
        change = Change(
            line.who, line.when, why if line.act is Act.CHANGE else f"{line.act}: {why}", edits
        )
        turned = line.undoes is not None or line.redoes is not None
        if edits and _added(add, change, None if turned else line.imported):
            self.now |= after
        elif not _added(add, change._replace(edits=()), None):
            raise RefusedChange(f"entry {line.sequence} cannot be added", "")
        self.persons.append(line.who)

    def _after(self, act: BranchAct) -> Versions | None:
        """The records that an act changes here, as they are after it; None if it is here already.

        Empty where nothing of it can be made again.
        """
        after: Versions = {}
        partly = False
        for edit in act.edits:
            if edit.id in self._hidden.ids or Redacted in (type(edit.before), type(edit.after)):
                partly = True
                continue
            wanted = self._as_then(act.line, edit)
            found = self._step(edit, wanted)
            if found != self.now.get(edit.id):
                after[edit.id] = found
            elif found != wanted:
                partly = True
        for id in list(after):
            self._add_what_it_needs(id, after)
        return after if after or partly else None

    def _as_then(self, line: Line, edit: EntryEdit) -> AnyRecord | None:
        """A record after an edit; as an import brought it, if that was stored beside the log."""
        assert not isinstance(edit.after, Redacted)
        if not line.imported or line.edits or line.undoes is not None or edit.before is not None:
            return edit.after
        later = next(
            (one for at, one in self._branch.edits[edit.id] if at.sequence > line.sequence), None
        )
        if later is None or isinstance(later.before, Redacted):
            return edit.after
        return later.before

    def _step(self, edit: EntryEdit, wanted: AnyRecord | None) -> AnyRecord | None:
        """A record here after an edit; a field that holds otherwise stays."""
        here = self.now.get(edit.id)
        assert not isinstance(edit.before, Redacted)
        if here == edit.before:
            return wanted
        if here is None or wanted is None:
            return here
        final = self._joined.get(edit.id)

        def stays(fields: Fields) -> bool:
            return final is None or any(
                getattr(final, name) != getattr(wanted, name) for name in fields
            )

        return joined(edit.before, here, wanted, stays).record

    def _add_what_it_needs(self, id: str, after: Versions) -> None:
        """Bring back the withdrawn records that stay, and to which an added record refers."""
        one = after.get(id)
        if one is None:
            return
        if not isinstance(one, AnyJudgement):
            gone = {
                of: to for of, to in self._moved.items() if after.get(of, self.now.get(of)) is None
            }
            after[id] = one = with_references(one, gone)
        for _, target, _ in references(one):
            stays = self._joined.get(target)
            if stays is not None and after.get(target, self.now.get(target)) is None:
                after[target] = stays
                self._add_what_it_needs(target, after)


def _added(add: AddEntry, change: Change, imported: Imported | None) -> bool:
    return add(change, checked_entry(change, Act.CHANGE, imported=imported))
