"""A change derives only what depends on it, and leaves the index as one made anew has it."""

from collections.abc import Callable, Iterator

import msgspec
import pytest

from store.database.apply import apply
from store.database.dispute_rows import disputes_of
from store.database.record_rows import insert_derived
from store.model.change import Edit
from store.model.values import Participant, When
from store.model.vocabulary import EventType, Kind, Role, SourceKind
from tests.store.dumps import changed, dump, undone
from tests.store.hama import Hama

Derived = list[tuple[int, int]]


@pytest.fixture
def hama() -> Iterator[Hama]:
    """The small case of Hama."""
    case = Hama()
    yield case
    case.connection.close()


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch) -> Derived:
    """The number of events, and of subjects, that each step derives from all of their claims."""
    found: Derived = []

    def of_rows(connection: object, events: list[object], lookup: object) -> None:
        found.append((len(events), 0))
        insert_derived(connection, events, lookup)  # type: ignore[arg-type]

    def of_disputes(*args: object) -> object:
        found.append((0, 1))
        return disputes_of(*args)  # type: ignore[arg-type]

    monkeypatch.setattr("store.database.derive.insert_derived", of_rows)
    monkeypatch.setattr("store.database.derive.disputes_of", of_disputes)
    return found


def _another_actor(hama: Hama) -> Edit:
    (acted,) = (one for one in hama.records.values() if getattr(one, "kind", "") == "participant")
    return hama.alter(acted.id, value=Participant(actor=hama.army, role=acted.value.role))


ACTS: dict[str, tuple[Callable[[Hama], Edit], int, int]] = {
    "another name of an actor": (lambda of: of.alter(of.rebels, name="Insurgents"), 0, 0),
    "a note on a place": (lambda of: of.alter(of.hama, note="on the Orontes"), 0, 0),
    "another name of a source": (lambda of: of.alter(of.paper, name="The Paper"), 0, 0),
    "another kind of source": (lambda of: of.alter(of.paper, kind=SourceKind.MONITOR), 1, 2),
    "another title": (lambda of: of.alter(of.fall, title="Fall of the town"), 0, 0),
    "a flag of an event": (lambda of: of.alter(of.fall, machine=True), 0, 0),
    "a planned event": (lambda of: of.alter(of.strike, planned=True), 1, 1),
    "another type of an event of one's own": (
        lambda of: of.alter(of.strike, type=EventType.SHELLING), 0, 1,
    ),
    "another type of a move": (lambda of: of.alter(of.fall, type=EventType.ADVANCE), 1, 1),
    "another participant by one voice": (_another_actor, 0, 0),
    "another kind of claim": (
        lambda of: of.alter(of.too, kind=Kind.DATE, value=When(edtf="2024-12-05")), 1, 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_no_more_is_derived_than_depends_on_it(hama: Hama, derived: Derived, act: str) -> None:
    make, events, subjects = ACTS[act]
    first = dump(hama.connection)
    edit = make(hama)
    hama.apply(edit)  # compares with an index made anew
    assert (sum(n for n, _ in derived), sum(n for _, n in derived)) == (events, subjects)
    apply(hama.connection, undone(changed(edit)))
    assert dump(hama.connection) == first


def test_participants_that_two_voices_name_are_compared(hama: Hama, derived: Derived) -> None:
    """The army is denied by one who did not name it before: the dispute is found at once."""
    (acted,) = (one for one in hama.records.values() if getattr(one, "kind", "") == "participant")
    other = msgspec.structs.replace(
        hama.records[hama.too],
        id="clm_denied",
        kind=Kind.PARTICIPANT,
        value=Participant(actor=hama.army, role=Role.ATTACKER),
        stance="denies",
    )
    hama.apply(hama.add(msgspec.convert(msgspec.to_builtins(other), type(other)), "claims"))
    derived.clear()
    counts = "SELECT contradicts FROM disputes WHERE subject = ?"
    assert hama.connection.execute(counts, (hama.fall,)).fetchall() == []
    hama.apply(hama.alter(acted.id, value=Participant(actor=hama.army, role=Role.ATTACKER)))
    assert (0, 1) in derived
    assert hama.connection.execute(counts, (hama.fall,)).fetchall() == [(1,)]
