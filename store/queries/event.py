"""One event: its record, what it is part of, and what is part of it."""

from array import array

import msgspec

from store.database.checksums import checked
from store.model.records import Event
from store.queries.timeline import PAGE, rows
from store.queries.timeline_row import TimelineRow
from store.reader import Reader

_event = msgspec.json.Decoder(Event)
_BODY = checked("events", "body")


class EventView(msgspec.Struct, frozen=True):
    """An event as it was coded, with its row of the timeline and those of its whole and parts."""

    record: Event
    row: TimelineRow
    part_of: TimelineRow | None
    parts: tuple[TimelineRow, ...]


def event_record(connection: Reader, number: int) -> Event:
    """The record of the event with this number; it must exist."""
    (body,) = connection.execute(f"SELECT {_BODY} FROM events WHERE n = ?", (number,)).fetchone()
    return _event.decode(body)


def event(connection: Reader, number: int) -> EventView | None:
    """The event with this number, None where there is none."""
    found = connection.execute(
        f"SELECT {_BODY}, part_of FROM events WHERE n = ?", (number,)
    ).fetchone()
    if found is None:
        return None
    body, whole = found
    parts = array(
        "q",
        (
            n
            for (n,) in connection.execute(
                """SELECT n FROM events WHERE part_of = ?
                ORDER BY coalesce(earliest, by_latest) IS NULL, coalesce(earliest, by_latest),
                    latest, n""",
                (number,),
            )
        ),
    )
    return EventView(
        record=_event.decode(body),
        row=rows(connection, (number,))[0],
        part_of=rows(connection, (whole,))[0] if whole is not None else None,
        parts=tuple(
            row
            for start in range(0, len(parts), PAGE)
            for row in rows(connection, parts[start : start + PAGE])
        ),
    )
