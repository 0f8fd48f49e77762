"""Withdrawal of a record with all records that depend on it, as one change."""

import msgspec

from store.model.change import Change, Edit
from store.model.labels import count_text
from store.model.records import AnyRecord, Event


class Dependents(msgspec.Struct, frozen=True):
    """A record, or several of one kind, with the records that depend on them.

    `kind`, `title` and `quoted` words describe the record. `gone` are the records
    that are withdrawn, with their tables, the record itself first; `counts`
    describes the others. `parts` are its sub-events, which remain, and `bare` is
    the number of events that remain without a claim. Of several records, `number` says
    how many they are, and `title` and `quoted` are empty.
    """

    kind: str
    title: str
    quoted: str
    gone: tuple[tuple[str, AnyRecord], ...]
    parts: tuple[Event, ...]
    bare: int
    counts: str
    number: int = 1

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the records themselves."""
        return tuple(one.id for _, one in self.gone[: self.number])

    @property
    def full_title(self) -> str:
        """The title of the record with its quoted words."""
        return " ".join(filter(None, (self.title, self.quoted)))

    @property
    def summary(self) -> str:
        """A description of what is withdrawn: `this article with 3 passages and 12 claims`."""
        these = f"these {count_text(self.number, self.kind)}"
        what = f"this {self.kind}" if self.number == 1 else these
        return what + (f" with {self.counts}" if self.counts else "")

    @property
    def consequences(self) -> str:
        """Sentences about the records that remain but change; empty where there are none."""
        sentences = []
        if self.parts:
            number = len(self.parts)
            its = "Its" if self.number == 1 else "Their"
            parts = "sub-event is" if number == 1 else f"{number:,} sub-events are"
            sentences.append(f"{its} {parts} kept.")
        if self.bare:
            sentences.append(f"{count_text(self.bare, 'event')} will have no article left.")
        return " ".join(sentences)


def withdrawal(found: Dependents, reason: str, by: str, at: str) -> Change:
    """Make the change that withdraws a record with its dependents, for a reason.

    Its sub-events become events of their own.
    """
    edits = [Edit(table, one.id, one, None) for table, one in found.gone]
    edits += [
        Edit("events", part.id, part, msgspec.structs.replace(part, part_of=None))
        for part in found.parts
    ]
    what = f"{found.kind} {found.title}"
    if found.number > 1:
        what = count_text(found.number, found.kind)
    return Change(by, at, f"withdraw {what}: {reason}", tuple(edits))
