"""Changes that do not fit the case: each is refused with a reason, and nothing changes."""

from collections.abc import Callable, Iterator
from contextlib import closing

import msgspec
import pytest

from store.database.apply import apply, new_index
from store.errors import ConflictError, DamagedCase, RefusedChange
from store.model.change import Edit
from store.model.records import Event
from store.model.text import text_hash
from store.model.values import Participant
from store.model.vocabulary import EventType, Kind, Role
from tests.store.dumps import changed, dump
from tests.store.hama import Hama

STRANGER = Event(id="evt_stranger", title="Nobody knows it", type=EventType.OTHER)
BY_NOBODY = Participant(actor="act_none", role=Role.ATTACKER)

Wrong = tuple[Callable[[Hama], list[Edit]], type[ConflictError], str]
"""A change that is refused, its error, and the message."""


@pytest.fixture
def hama() -> Iterator[Hama]:
    """The small case of Hama."""
    case = Hama()
    yield case
    case.connection.close()


def copied(case: Hama, id: str, /, **fields: object) -> Edit:
    """The edit that adds a record like another."""
    return case.add(msgspec.structs.replace(case.records[id], **fields), case.tables[id])


def seen_otherwise(case: Hama, *, withdrawn: bool = False) -> Edit:
    """The edit of an event by somebody who saw it before it was altered."""
    now = case.records[case.fall]
    seen = msgspec.structs.replace(now, title="As it was")
    return Edit("events", case.fall, seen, None if withdrawn else now)


def becoming(case: Hama, other: Event) -> Edit:
    """The edit that puts another event in the place of one."""
    return Edit("events", case.fall, case.records[case.fall], other)


WRONG: dict[str, Wrong] = {
    "altered meanwhile": (
        lambda case: [seen_otherwise(case)],
        RefusedChange,
        "events evt_Fall: it was changed in the meantime",
    ),
    "withdrawn, altered meanwhile": (
        lambda case: [seen_otherwise(case, withdrawn=True)],
        RefusedChange,
        "events evt_Fall: it was changed in the meantime",
    ),
    "added, and there already": (
        lambda case: [copied(case, case.fall)],
        RefusedChange,
        "events evt_Fall: events already has this id",
    ),
    "added, and there in another table": (
        lambda case: [copied(case, case.took, id=case.fall)],
        RefusedChange,
        "claims evt_Fall: events already has this id",
    ),
    "altered, and not there": (
        lambda _: [Edit("events", STRANGER.id, STRANGER, STRANGER)],
        RefusedChange,
        "events evt_stranger: there is no such record",
    ),
    "withdrawn, and not there": (
        lambda _: [Edit("events", STRANGER.id, STRANGER, None)],
        RefusedChange,
        "events evt_stranger: there is no such record",
    ),
    "given another id": (
        lambda case: [becoming(case, STRANGER)],
        RefusedChange,
        "events evt_Fall: its id cannot become evt_stranger",
    ),
    "altered twice": (
        lambda case: [case.alter(case.fall, title="A"), case.alter(case.fall, title="B")],
        RefusedChange,
        "events evt_Fall: the change edits it twice",
    ),
    "a claim about no event": (
        lambda case: [copied(case, case.took, id="clm_new", subject="evt_none")],
        DamagedCase,
        "claims clm_new: subject: there is no 'evt_none' in events",
    ),
    "a claim that nobody acted": (
        lambda case: [case.alter(case.took, kind=Kind.PARTICIPANT, value=BY_NOBODY)],
        DamagedCase,
        "claims clm_1: value.actor: there is no 'act_none' in actors",
    ),
    "an event as part of an actor": (
        lambda case: [case.alter(case.fall, part_of=case.army)],
        DamagedCase,
        "events evt_Fall: part_of: there is no 'act_Army' in events",
    ),
    "a passage of other words": (
        lambda case: [copied(case, case.quoted, id="psg_new", exact="Nobody took Hama")],
        DamagedCase,
        "passages psg_new: exact: art_news does not have these words",
    ),
    "a part of what goes": (
        lambda case: [case.alter(case.strike, part_of=case.fall), *case.withdraw(case.fall)],
        DamagedCase,
        "events evt_Strike: part_of: there is no 'evt_Fall'",
    ),
    "an event without its claims": (
        lambda case: case.withdraw(case.fall),
        RefusedChange,
        "events evt_Fall: claims clm_1 refers to it (subject)",
    ),
    "an actor without what it holds": (
        lambda case: case.withdraw(case.army),
        RefusedChange,
        "actors act_Army: claims clm_5 refers to it (value.holder)",
    ),
    "an actor without its part": (
        lambda case: case.withdraw(case.opposition),
        RefusedChange,
        "actors act_Opposition: actors act_Rebels refers to it (part_of)",
    ),
    "a place without that within": (
        lambda case: case.withdraw(case.syria),
        RefusedChange,
        "places plc_Syria: places plc_Hama refers to it (within)",
    ),
    "a publisher without its article": (
        lambda case: case.withdraw(case.paper),
        RefusedChange,
        "sources src_Paper: articles art_news refers to it (publisher)",
    ),
    "an article without its passages": (
        lambda case: case.withdraw(case.news),
        RefusedChange,
        "articles art_news: passages psg_art_news_text_0_16 refers to it (article)",
    ),
    "a passage without its claims": (
        lambda case: case.withdraw(case.quoted),
        RefusedChange,
        "passages psg_art_news_text_0_16: claims clm_1 refers to it (passage)",
    ),
    "a text without its passages": (
        lambda case: [case.alter(case.news, text="Calm.", text_sha256=text_hash("Calm."))],
        RefusedChange,
        "quotes words that it would no longer contain",
    ),
}


@pytest.mark.parametrize(("edits_of", "error", "words"), WRONG.values(), ids=list(WRONG))
def test_a_change_that_does_not_fit_is_refused_and_nothing_is_changed(
    hama: Hama,
    edits_of: Callable[[Hama], list[Edit]],
    error: type[ConflictError],
    words: str,
) -> None:
    edits = edits_of(hama)
    right = hama.alter(hama.agency, name="News agency")
    before = dump(hama.connection)
    for order in ([right, *edits], [*reversed(edits), right]):
        with pytest.raises(error) as caught:
            apply(hama.connection, changed(*order))
        assert words in caught.value.message
        assert caught.value.hint
        assert dump(hama.connection) == before
    hama.apply(right)


def test_nothing_can_be_withdrawn_from_an_empty_index(hama: Hama) -> None:
    with closing(new_index()) as connection:
        with pytest.raises(RefusedChange, match="the case is empty"):
            apply(connection, changed(*hama.withdraw(hama.fall)))
        apply(connection, changed(hama.add(hama.records[hama.fall], "events")))
