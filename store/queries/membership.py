"""The membership of actors and places in others."""

from collections.abc import Sequence

from store.model.records import Actor, AnyRecord, Place
from store.model.references import TABLE_OF
from store.reader import Reader

_WITHIN = {"actors": "actor_within", "places": "place_within"}


def wholes_of(record: AnyRecord) -> Sequence[str]:
    """The ids of what an actor or a place is directly a part of."""
    match record:
        case Actor():
            return record.part_of
        case Place(within=str(whole)):
            return (whole,)
        case _:
            return ()


def belongs_to(connection: Reader, member: str, whole: str) -> bool:
    """True if an actor or a place is a part of another, however deep, or is that itself."""
    table = TABLE_OF[whole[:3]]
    found = connection.execute(
        f"""SELECT 1 FROM {_WITHIN[table]} AS pairs JOIN {table} AS part ON part.n = member
        JOIN {table} AS one ON one.n = whole WHERE part.id = ? AND one.id = ?""",
        (member, whole),
    )
    return member == whole or found.fetchone() is not None
