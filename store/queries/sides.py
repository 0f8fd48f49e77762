"""The two sides of events: who attacks or is named as a party, and against whom."""

from collections.abc import Sequence

from store.database.checksums import checked
from store.model.vocabulary import GIVES, Role
from store.reader import Reader

_FIRST = frozenset((Role.ATTACKER,))
_SECOND = frozenset((Role.DEFENDER, Role.TARGET, Role.VICTIM))


def sides_of(connection: Reader, events: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The names of the two sides of these events, by number; those without any are left out.

    The first are attackers, the second defenders, targets and victims. A party whose part is
    not told is of the first side if that has nobody, else of the second. Who is only denied or
    doubted to take part is of neither.
    """
    marks = ", ".join("?" * len(events))
    acting: dict[int, list[tuple[Role, str]]] = {}
    for event, role, name in connection.execute(
        f"""SELECT event, {checked("event_actors", "role")}, {checked("actors", "name")}
        FROM event_actors JOIN actors ON actors.n = actor"""
        f" WHERE event IN ({marks}) AND role IN (?, ?, ?, ?, ?)"
        " AND stance IN (?, ?) ORDER BY event, actor, role",
        (*events, *sorted((*_FIRST, *_SECOND, Role.PARTY)), *GIVES),
    ):
        acting.setdefault(event, []).append((Role(role), name))
    return {event: _sides(of) for event, of in acting.items()}


def _sides(acting: Sequence[tuple[Role, str]]) -> tuple[str, str]:
    first = [name for role, name in acting if role in _FIRST]
    second = [name for role, name in acting if role in _SECOND and name not in first]
    for role, name in acting:
        if role is Role.PARTY and name not in (*first, *second):
            (second if first else first).append(name)
    return ", ".join(dict.fromkeys(first)), ", ".join(dict.fromkeys(second))
