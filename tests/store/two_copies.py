"""Ana's and Bo's copies of a case, and what either does in one."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from store.archive import Archive
from store.database.read_records import record
from store.model.change import Change, Edit
from store.model.records import AnyRecord
from store.queries.merge_conflicts import merge_conflicts
from tests.small import SmallCase
from tests.store.copies import copied, findings, merged, records_of
from tests.store.kept import put_case

FIRST, LATER = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"
MIXED = ("case.json", "case.db")
PAIRS = [MIXED, ("case.json", "case.json"), ("case.db", "case.db"), ("case.db", "case.json")]


class Two:
    """Ana's and Bo's copies of a case of two events, two actors and an article."""

    def __init__(self, folder: Path, names: tuple[str, str] = MIXED) -> None:
        small = SmallCase()
        fall, _ = small.event("Fall"), small.event("Flight")
        rebels, _ = small.actor("Rebels"), small.actor("Fighters")
        news = small.article("news", "Rebels took Hama. Fighters left.", publisher="")
        small.tables["articles"][news] = msgspec.structs.replace(
            small.tables["articles"][news], publisher=None
        )
        small.claim(fall, news, "Rebels took Hama")
        small.acted(fall, news, "Rebels", rebels)
        base = folder / names[0]
        put_case(base, small.records())
        self.ana = copied(base, folder / "ana" / names[0])
        self.bo = copied(base, folder / "bo" / names[1])
        self.folder = folder

    def merged_either_way(self) -> dict[str, AnyRecord]:
        """The records of both merges, which are the same and whole."""
        one = copied(self.ana, self.folder / "one" / self.ana.name)
        two = copied(self.bo, self.folder / "two" / self.bo.name)
        merged(self.bo, one)
        merged(self.ana, two)
        assert findings(one) == findings(two) == []
        assert records_of(one) == records_of(two)
        return records_of(one)


def work(path: Path, who: str, *acts: Callable[[Archive], object]) -> None:
    """Let one person do something in a copy."""
    archive = Archive.open(path, author=who, writing=True)
    for act in acts:
        act(archive)
    archive.close()


def put(one: AnyRecord, table: str, why: str = "", at: str = FIRST) -> Callable[[Archive], None]:
    """The act that adds a record, or puts it in the place of the one with its id."""

    def act(archive: Archive) -> None:
        before = archive.ask(record, table, one.id)
        archive.change(Change("", at, why, [Edit(table, one.id, before, one)]))

    return act


def alter(
    table: str, id: str, why: str = "", at: str = FIRST, **fields: object
) -> Callable[[Archive], None]:
    """The act that changes fields of a record."""

    def act(archive: Archive) -> None:
        before = archive.ask(record, table, id)
        assert before is not None
        after = msgspec.structs.replace(before, **fields)
        archive.change(Change("", at, why, [Edit(table, id, before, after)]))

    return act


def withdraw(table: str, id: str, at: str = FIRST) -> Callable[[Archive], None]:
    """The act that withdraws a record."""

    def act(archive: Archive) -> None:
        before = archive.ask(record, table, id)
        archive.change(Change("", at, "gone", [Edit(table, id, before, None)]))

    return act


def conflicts(path: Path) -> list[str]:
    """The conflicts that are left in a case."""
    archive = Archive.open(path)
    try:
        return [f"{one.id}: {one.conflict}" for one in archive.ask(merge_conflicts)]
    finally:
        archive.close()


def entries(path: Path) -> list[tuple[str, str, str, str]]:
    """Who did what in a case, when and why, the first first."""
    archive = Archive.open(path)
    try:
        return [(one.who, one.when, one.act, one.why) for one in reversed(archive.history())]
    finally:
        archive.close()
