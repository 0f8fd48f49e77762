"""The windows in which records are merged, split, and told apart."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from store.coding.editing import field_text
from store.coding.merge import Merge, name_of
from store.model.labels import count_text
from store.queries.doubles import Double
from store.queries.entities import Parts, SplitPart
from tui.dialogs.picker import Picker, PickerRow

LABEL = 11
"""Cells of the name of a field."""

MERGE, OTHER_WAY, SPLIT = "merge", "other way", "split"


Unfold = Callable[[SplitPart, Callable[[Sequence[SplitPart]], None]], None]
"""Finds the records of a part in the background."""


class TogglePicker(Picker):
    """A window without a line to type in, some of whose rows are turned on and off."""

    def __init__(self, name: str, told: Sequence[str], *, begin: int = 0) -> None:
        super().__init__(name, lambda _: self.rows(), told=told, begin=begin)

    def rows(self) -> Sequence[PickerRow]:
        """The rows as they are now."""
        raise NotImplementedError

    def toggle(self, pick: PickerRow) -> bool:
        """Turn a row on or off; False where it is none that can be."""
        raise NotImplementedError

    def action_list(self, command: str) -> None:
        """Turn a row on or off on Enter; else do as other windows do."""
        if command == "list.choose" and self.pick is not None and self.toggle(self.pick):
            at = self.list.cursor
            self._fill("")
            self.list.put_cursor(at)
            self._explain()
            return
        super().action_list(command)


class MergeWindow(TogglePicker):
    """Two records side by side, what moves, and the choice of each field in which they differ.

    The answer is `MERGE`, with `taken` as chosen, or `OTHER_WAY`.
    """

    least_width = 64

    def __init__(self, found: Merge, names: Mapping[str, str]) -> None:
        self._pair, self._names = found, names
        self.taken = set(found.taken)
        kept, gone = name_of(found.kept.entity), name_of(found.gone.entity)
        moves = found.gone.counts or "nothing refers to it"
        super().__init__(
            "Merge",
            (f"{gone} goes into {kept}.", f"What moves: {moves}.", *_on_both(found)),
        )

    def rows(self) -> Sequence[PickerRow]:
        """The merge itself, each difference, and the merge the other way round."""
        kept, gone = name_of(self._pair.kept.entity), name_of(self._pair.gone.entity)
        entity = self._pair.kept.entity
        named = getattr(entity, "aliases", None) is not None
        all_names = f"All names stay, as other names of {kept}. " if named else ""
        about = f"{all_names}The log keeps both as they were; the act can be taken back."
        rows = [PickerRow(f"Merge into {kept}", "Enter", about, MERGE)]
        for one in self._pair.differences:
            values = [
                field_text(value, one.field, self._names) or "none"
                for value in (one.kept, one.gone)
            ]
            taken = one.field.key in self.taken
            mine, theirs = (" ", "✓") if taken else ("✓", " ")
            shown = f"{one.field.label:{LABEL}}{mine} {values[0]}"
            about = f"{kept}: {values[0]}\n{gone}: {values[1]}\nEnter takes the other."
            if one.field.key == "name":
                about = "Enter takes the other; both stay as names."
            rows.append(PickerRow(shown, f"{theirs} {values[1]}", about, one.field.key))
        rows.append(
            PickerRow(f"Keep {gone} instead", "the other way", "The two change places.", OTHER_WAY)
        )
        return rows

    def toggle(self, pick: PickerRow) -> bool:
        """Take the other value of a field."""
        if pick.value in (MERGE, OTHER_WAY):
            return False
        self.taken ^= {str(pick.value)}
        return True


def _on_both(found: Merge) -> Sequence[str]:
    """A line on the judgements of one person on both, of which the newer stays."""
    kept = {(type(one), one.by) for one in found.kept.judgements if hasattr(one, "reason")}
    both = [one for one in found.gone.judgements if (type(one), one.by) in kept]
    return (
        f"{count_text(len(both), 'judgement')} of one person on both: the newer stays.",
    ) * bool(both)


class SplitWindow(TogglePicker):
    """The records that refer to one, to be chosen; the answer is `SPLIT`, with `chosen` ids."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", "unfold", "Its records", show=False, priority=True),
        Binding("left,h", "fold", "Fold", show=False, priority=True),
    ]

    def __init__(self, found: Parts, name: str, unfold: Unfold) -> None:
        """`unfold` finds the records of a part, one by one, and gives them to what it is told."""
        self._parts = found
        self._unfold = unfold
        self._records: dict[SplitPart, Sequence[SplitPart]] = {}
        self.ids: set[str] = set()
        super().__init__(
            f"Split {found.name}",
            (
                f"What goes to the new record, {name}? The first row splits.",
                "Enter takes a row, or leaves it · → its records one by one · ← together",
            ),
            begin=1 if found.parts else 0,
        )

    def rows(self) -> Sequence[PickerRow]:
        """The split itself, and each part."""
        words = f"Split {count_text(len(self.ids), 'record')} off"
        rows = [PickerRow(words, "Enter", "One act; it can be taken back.", SPLIT)]
        for part in self._parts.parts:
            counted = f"{part.what} · {len(part.ids)}"
            rows.append(PickerRow(f"{self._sign(part)} {part.title}", counted, part.title, part))
            for one in self._records.get(part, ()):
                title = f"  {self._sign(one)} {one.title}"
                rows.append(PickerRow(title, one.what, one.title, one))
        return rows

    def _sign(self, part: SplitPart) -> str:
        """`✓` where all records of a part are chosen, `·` where some are."""
        if part.ids <= self.ids:
            return "✓"
        return " " if part.ids.isdisjoint(self.ids) else "·"

    def toggle(self, pick: PickerRow) -> bool:
        """Take a part, or leave it."""
        if not isinstance(pick.value, SplitPart):
            return False
        ids = pick.value.ids
        self.ids = self.ids - ids if ids <= self.ids else self.ids | ids
        return True

    def action_unfold(self) -> None:
        """Show the records of the part under the cursor, one by one."""
        part = self.pick.value if self.pick else None
        if isinstance(part, SplitPart) and part in self._parts.parts and len(part.ids) > 1:
            self._unfold(part, lambda found: self._show_records(part, found))

    def action_fold(self) -> None:
        """Show the part under the cursor, or of the record under it, in one row."""
        part = self.pick.value if self.pick else None
        folded = next((one for one, of in self._records.items() if part == one or part in of), None)
        if folded is not None:
            self._show_records(folded, ())

    def _show_records(self, part: SplitPart, found: Sequence[SplitPart]) -> None:
        """Show these records below a part, with the cursor on it."""
        if not self.is_attached:
            return
        self._records[part] = found
        self._fill("")
        at = next(at for at, pick in enumerate(self.list.picks) if pick.value == part)
        self.list.put_cursor(at)
        self._explain()


class DoublesWindow(Picker):
    """The pairs that may be one; the answer is the pair to merge."""

    most_width = 140

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "apart", "Not the same", show=False, priority=True),
        Binding("j", "list('list.down')", "Down", show=False, priority=True),
        Binding("k", "list('list.up')", "Up", show=False, priority=True),
        Binding("q", "list('list.close')", "Close", show=False, priority=True),
    ]

    def __init__(self, found: Sequence[Double], apart: Callable[[Double], None]) -> None:
        """`apart` is called with a pair that is not the same."""
        self._pairs = list(found)
        self._found_apart = apart
        super().__init__(
            "Likely doubles",
            lambda _: [self._row(one) for one in self._pairs],
            told=("Enter compares and merges · n: not the same, never shown again · Esc",)
            if found
            else (),
            empty="No two names or events look like one.",
        )

    def _row(self, one: Double) -> PickerRow:
        about = f"{one.one_name}: {one.one_aside}\n{one.other_name}: {one.other_aside}\n{one.why}"
        return PickerRow(f"{one.one_name}  ≈  {one.other_name}", one.why, about, one, "")

    def action_apart(self) -> None:
        """Find the pair under the cursor not to be the same."""
        pair = self.pick.value if self.pick else None
        if isinstance(pair, Double):
            at = self.list.cursor
            self._pairs.remove(pair)
            self._fill("")
            self.list.put_cursor(at)
            self._explain()
            self._found_apart(pair)
