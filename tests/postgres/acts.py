"""Acts on the small case of a server, and what is seen of them."""

import msgspec

from store.archive import Archive
from store.database.read_records import record
from store.model.change import Change, Edit
from store.model.judgements import Note
from store.model.records import Event

WHEN = "2025-01-01T00:00:00Z"
FALL, FLIGHT = "evt_fall", "evt_flight"


def title_of(archive: Archive, event: str = FALL) -> str:
    """The title of an event as the archive has it now."""
    return str(getattr(archive.ask(record, "events", event), "title", "none"))


def entitled(archive: Archive, title: str, event: str = FALL, why: str = "") -> Change:
    """The change that gives an event another title."""
    before = archive.ask(record, "events", event)
    assert isinstance(before, Event)
    after = msgspec.structs.replace(before, title=title)
    why = why or f"call it {title}"
    return Change(archive.author, WHEN, why, (Edit("events", event, before, after),))


def entitle(archive: Archive, title: str, event: str = FALL) -> None:
    """Give an event another title."""
    archive.change(entitled(archive, title, event))


def note(archive: Archive, id: str, text: str = "seen") -> None:
    """Add a note on an event, by the author of the archive."""
    one = Note(id=f"not_{id}", about=FALL, text=text, by=archive.author, at=WHEN)
    archive.change(Change(archive.author, WHEN, f"note {id}", (Edit("notes", one.id, None, one),)))


def withdraw(archive: Archive, table: str, id: str) -> None:
    """Withdraw a record on which none depends."""
    before = archive.ask(record, table, id)
    archive.change(Change(archive.author, WHEN, f"not {id}", (Edit(table, id, before, None),)))
