"""The rows that the user marked, to do one thing to all of them."""

from collections.abc import Iterable, Set
from typing import NamedTuple

from store.model.labels import count_text

Key = int | str
"""What names a row: the number of an event, the id of any other record."""

KINDS = {"evt": "event", "act": "actor", "src": "source", "art": "article"}
"""The kinds of rows that can be marked: the prefix of their ids, and the word for one."""


class MarkedRows:
    """The marked rows by kind; they stay while filters, orders and places change."""

    def __init__(self) -> None:
        self._keys: dict[str, dict[Key, None]] = {kind: {} for kind in KINDS}

    def of(self, kind: str) -> Set[Key]:
        """The keys of the marked rows of a kind."""
        return self._keys.get(kind, {}).keys()

    def turn(self, kind: str, key: Key) -> bool:
        """Mark a row, or take its mark off; True if it is marked now."""
        keys = self._keys[kind]
        if key in keys:
            del keys[key]
            return False
        keys[key] = None
        return True

    def add(self, kind: str, keys: Iterable[Key]) -> int:
        """Mark rows; return how many were not marked before."""
        before = len(self._keys[kind])
        self._keys[kind] |= dict.fromkeys(keys)
        return len(self._keys[kind]) - before

    def last(self, kind: str) -> Key | None:
        """The row of a kind that was marked last; None if none is marked."""
        return next(reversed(self._keys[kind]), None) if self._keys.get(kind) else None

    def drop(self, kind: str, keys: Iterable[Key] | None = None) -> None:
        """Take the marks off these rows of a kind, or off all of them."""
        for key in list(self._keys[kind] if keys is None else keys):
            self._keys[kind].pop(key, None)

    def clear(self) -> int:
        """Take all marks off; return how many there were."""
        number = self.number
        for keys in self._keys.values():
            keys.clear()
        return number

    @property
    def number(self) -> int:
        """The number of all marked rows."""
        return sum(len(keys) for keys in self._keys.values())


class Target(NamedTuple):
    """The object of an act: the records of the marked rows, or the one under the cursor.

    `keys` are numbers of events, or ids; `marked` says that they are of marked rows.
    """

    kind: str
    keys: tuple[Key, ...]
    marked: bool = False

    @property
    def words(self) -> str:
        """`12 marked events`."""
        return marked_words(self.kind, len(self.keys))


def marked_words(kind: str, number: int) -> str:
    """`12 marked events`."""
    return count_text(number, f"marked {KINDS[kind]}")
