"""A record withdrawn with all that rests on it, as one change."""

import msgspec

from store.model.change import Change, Edit
from store.model.labels import counted
from store.model.records import AnyRecord, Event


class Dependents(msgspec.Struct, frozen=True):
    """A record of a `kind`, called `title`, with words that are `quoted`; and what rests on it.

    `gone` is what is withdrawn with its tables, the record itself first;
    `counts` tells the others in words. `parts` are the events that were part of
    it and stay, and `bare` is the number of events that stay without a claim.
    """

    kind: str
    title: str
    quoted: str
    gone: tuple[tuple[str, AnyRecord], ...]
    parts: tuple[Event, ...]
    bare: int
    counts: str

    @property
    def id(self) -> str:
        """The id of the record itself."""
        return self.gone[0][1].id

    @property
    def called(self) -> str:
        """What it is called, with its words."""
        return " ".join(filter(None, (self.title, self.quoted)))

    @property
    def words(self) -> str:
        """What goes: `this article with 3 passages and 12 claims`."""
        return f"this {self.kind}" + (f" with {self.counts}" if self.counts else "")

    @property
    def left(self) -> str:
        """What stays otherwise than it was, in sentences; empty where nothing does."""
        told = []
        if self.parts:
            many = len(self.parts) > 1
            told.append(
                f"{counted(len(self.parts), 'part')} of it will stand"
                f" {'each by itself' if many else 'by itself'}."
            )
        if self.bare:
            told.append(f"{counted(self.bare, 'event')} will rest on no article any more.")
        return " ".join(told)


def withdrawal(found: Dependents, reason: str, by: str, at: str) -> Change:
    """The act that withdraws a record with all that rests on it, for a reason.

    The events that were part of it stand alone from then on.
    """
    edits = [Edit(table, one.id, one, None) for table, one in found.gone]
    edits += [
        Edit("events", part.id, part, msgspec.structs.replace(part, part_of=None))
        for part in found.parts
    ]
    return Change(by, at, f"withdraw {found.kind} {found.title}: {reason}", tuple(edits))
