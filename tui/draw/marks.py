"""The signs, each one cell wide, of what to know about a record before reading it."""

from collections.abc import Iterator

from store.model.labels import MIXED_SCRIPTS, confidence_text, flag_texts, hint_text
from store.model.text import mixes_scripts
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


MIXED = "⚠"
"""Before a name in which a word has letters of two scripts, and so may not be what it seems."""


def named(name: str) -> str:
    """A name of an actor, a place or a source, marked if it mixes scripts within a word."""
    return f"{MIXED} {name}" if mixes_scripts(name) else name


def machine_mark(confidence: int | None) -> str:
    """`µ 40 %`; `µ` if the machine does not say how sure it was."""
    return f"{MACHINE} {confidence_text(confidence)}".rstrip()


def known_of(event: EventAnswer) -> Iterator[str]:
    """Notes on an event, one sentence each: made by a machine, odd, names that are, a hint."""
    row, record = event.row, event.record
    if row.machine:
        yield f"{MACHINE} made by a machine, and nobody has reviewed it"
    if row.flags:
        yield f"{FLAGGED} {'; '.join(flag_texts(row.flags))}"
    mixed = [one for one in (row.place, *(one.name for one in event.actors)) if mixes_scripts(one)]
    if mixed:
        yield f"{MIXED} {MIXED_SCRIPTS}: {', '.join(mixed)}"
    if record.hint:
        yield hint_text(row.dataset, record.hint)
