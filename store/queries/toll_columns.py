"""The numbers of victims of events, read from their rows."""

from collections.abc import Sequence

import msgspec

from store.database.checksums import checked
from store.model.vocabulary import Kind
from store.reader import Reader

COLUMN_OF = {
    Kind.FATALITIES: "killed",
    Kind.INJURIES: "injured",
    Kind.MISSING: "missing",
    Kind.DISPLACED: "displaced",
}
"""The name of each kind of toll, in the order in which they are shown."""


def toll_text(low: int, best: int, high: int | None) -> str:
    """`12`, `12 (10–15)`, or `27+` where it is open."""
    if high is None:
        return f"{best:,}+" if best == low else f"{best:,} ({low:,}+)"
    return f"{best:,}" if low == best == high else f"{best:,} ({low:,}–{high:,})"


class TollRange(msgspec.Struct, frozen=True):
    """A number of people: low, best and high; `high` is None where it is open."""

    low: int
    best: int
    high: int | None

    def __str__(self) -> str:
        """`12`, `12 (10–15)`, or `27+` where it is open."""
        return toll_text(self.low, self.best, self.high)


class ScopedToll(msgspec.Struct, frozen=True):
    """A number of people of one group, such as civilians."""

    scope: str
    low: int
    best: int
    high: int | None

    def __str__(self) -> str:
        """`civilians 12 (10–15)`."""
        return f"{self.scope} {toll_text(self.low, self.best, self.high)}"


class Tolls(msgspec.Struct, frozen=True):
    """The known victims of one event; None where nothing is known."""

    killed: TollRange | None = None
    injured: TollRange | None = None
    missing: TollRange | None = None
    displaced: TollRange | None = None
    killed_by_scope: tuple[ScopedToll, ...] = ()

    def columns(self) -> dict[str, object]:
        """The numbers by the names of their columns: `killed_low`, `killed_best`, …."""
        found: dict[str, object] = {"killed_by_scope": self.killed_by_scope}
        for name in COLUMN_OF.values():
            toll: TollRange | None = getattr(self, name)
            if toll is not None:
                for bound in ("low", "best", "high"):
                    found[f"{name}_{bound}"] = getattr(toll, bound)
        return found


def best_of(kind: Kind) -> str:
    """The best number of all victims of a kind, in SQL; NULL where it is unknown."""
    return (
        f"(SELECT best FROM event_tolls WHERE event = events.n AND kind = '{kind}' AND scope = '')"
    )


def has_tolls(connection: Reader) -> bool:
    """True if the number killed is known of any event of the case."""
    (some,) = connection.execute(
        f"SELECT EXISTS (SELECT 1 FROM event_tolls WHERE kind = '{Kind.FATALITIES}' AND scope = '')"
    ).fetchone()
    return bool(some)


def tolls_of(connection: Reader, events: Sequence[int]) -> dict[int, Tolls]:
    """The tolls of these events by number; those without any are left out."""
    marks = ", ".join("?" * len(events))
    found: dict[int, dict[str, TollRange]] = {}
    scoped: dict[int, list[ScopedToll]] = {}
    for event, kind, scope, *numbers in connection.execute(
        f"SELECT event, kind, scope, {checked('event_tolls', 'low')}, best, high FROM event_tolls"
        f" WHERE event IN ({marks}) ORDER BY event, kind, scope",
        tuple(events),
    ):
        if not scope:
            found.setdefault(event, {})[COLUMN_OF[Kind(kind)]] = TollRange(*numbers)
        elif kind == Kind.FATALITIES:
            scoped.setdefault(event, []).append(ScopedToll(scope, *numbers))
    return {
        event: Tolls(**tolls, killed_by_scope=tuple(scoped.get(event, ())))
        for event, tolls in found.items()
    }
