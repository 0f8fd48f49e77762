"""The signs, each one cell wide, of what to know about a record before reading it."""

from collections.abc import Iterator

from store.model.labels import confidence_text, flag_texts, hint_text
from tui.session.views import EventAnswer

FLAGGED = "⚑"
"""Marks a row of a data set about which something is odd."""

MACHINE = "µ"
"""Marks what a machine made or read, and nobody has looked at."""

AGGREGATE = "Σ"
"""Marks what tells of several events at once, and is compared with nothing."""

RULED = "§"
"""Before what a person holds of two claims, to tell it from what is read."""

STARRED = "★"
"""Marks what a person has starred."""

JUDGED = "✎"
"""Marks an event of which a person has said something else."""


def machine_mark(confidence: int | None) -> str:
    """`µ 40 %`; `µ` if the machine does not say how sure it was."""
    return f"{MACHINE} {confidence_text(confidence)}".rstrip()


def known_of(event: EventAnswer) -> Iterator[str]:
    """Notes on an event, one sentence each: made by a machine, odd, a hint."""
    row, record = event.row, event.record
    if row.machine:
        yield f"{MACHINE} made by a machine, and nobody has reviewed it"
    if row.flags:
        yield f"{FLAGGED} {'; '.join(flag_texts(row.flags))}"
    if record.hint:
        yield hint_text(row.dataset, record.hint)
