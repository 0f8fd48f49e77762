"""Suggestions of reports on perhaps the same event, which are never merged."""

from contextlib import closing

import msgspec
import pytest

from store.model.records import Claim, Event, RowRef
from store.model.values import Count, Participant
from store.model.vocabulary import EventType, Kind, Role
from store.queries.compare import compare
from store.queries.siblings import siblings
from tests.small import SmallCase
from tests.store.dumps import indexed

TEXT = "One two three four five six seven eight nine ten."
FIRST, SECOND = "evt_strike on a market", "evt_market bombed"


class World:
    """Two reports of a strike by one side on a town, which a test changes."""

    def __init__(self, *, days: tuple[str, str] = ("2024-12-01", "2024-12-01")) -> None:
        self.case = case = SmallCase()
        self.army, self.town = case.actor("Army"), case.place("Town")
        self.force = case.actor("Air force", part_of=self.army)
        self.articles = [
            case.article(name, TEXT + name, publisher=case.source(name)) for name in ("a", "b")
        ]
        for event, article, day, actor in zip(
            (FIRST, SECOND), self.articles, days, (self.army, self.force), strict=True
        ):
            case.event(event.removeprefix("evt_"), type=EventType.AIR_STRIKE)
            case.dated(event, article, "two", day)
            case.placed(event, article, "three", self.town)
            case.acted(event, article, "four", actor)

    def struck(self, event: str, actor: str) -> None:
        value = Participant(actor=actor, role=Role.VICTIM)
        article = self.articles[event == SECOND]
        self.case.claim(event, article, "five", kind=Kind.PARTICIPANT, value=value)

    def died(self, event: str, number: int) -> None:
        article = self.articles[event == SECOND]
        value = Count(min=number, max=number)
        self.case.claim(event, article, "six", kind=Kind.FATALITIES, value=value)

    def alter(self, event: str, **to: object) -> None:
        found = self.case.tables["events"][event]
        assert isinstance(found, Event)
        self.case.tables["events"][event] = msgspec.structs.replace(found, **to)

    def told_anew(self, event: str, kind: Kind) -> None:
        """Remove the claims of this kind about the event."""
        claims = self.case.tables["claims"]
        for id_, one in list(claims.items()):
            if isinstance(one, Claim) and (one.subject, one.kind) == (event, kind):
                del claims[id_]

    def suggested(self) -> list[str]:
        with closing(indexed(self.case.records())) as connection:
            found = siblings(connection)
            assert [one.why for one in compare(connection, FIRST).siblings] == [
                one.why for one in found
            ]
            assert [one.other for one in compare(connection, SECOND).siblings] == [
                one.id for one in found
            ]
        return [one.why for one in found]

    def suggested_ids(self) -> set[str]:
        with closing(indexed(self.case.records())) as connection:
            return {id_ for one in siblings(connection) for id_ in (one.id, one.other)}


def test_of_one_type_place_day_and_side_they_are_perhaps_one_and_stay_two() -> None:
    world = World()
    assert world.suggested() == ["of one type, place, day, perpetrator"]
    with closing(indexed(world.case.records())) as connection:
        found = compare(connection, FIRST)
    assert [one.title for one in found.groups] == ["strike on a market"], "nothing is merged"
    assert not found.disputes()


def test_the_same_victims_and_tolls_that_agree_say_so() -> None:
    world = World()
    civilians = world.case.actor("Civilians")
    for event in (FIRST, SECOND):
        world.struck(event, civilians)
        world.died(event, 8)
    assert world.suggested() == ["of one type, place, day, perpetrator, target, toll"]


def test_other_victims_are_another_event() -> None:
    world = World()
    for event, name in ((FIRST, "Shoppers"), (SECOND, "Soldiers")):
        world.struck(event, world.case.actor(name))
    assert world.suggested() == []


def test_27_and_4_killed_are_two_events() -> None:
    world = World()
    world.died(FIRST, 27)
    world.died(SECOND, 4)
    assert world.suggested() == []


@pytest.mark.parametrize(
    "days",
    [("2024-12-01", "2024-12-02"), ("2024-12-01", ""), ("2024-12", "2024-12-01"), ("2015", "2015")],
)
def test_another_day_and_one_that_is_not_known_closely_suggest_nothing(
    days: tuple[str, str],
) -> None:
    assert World(days=days).suggested() == []


def test_the_night_to_the_second_can_be_the_first() -> None:
    assert World(days=("2024-12-01", "2024-12-01/2024-12-02")).suggested() != []


def test_another_type_another_place_another_side_and_a_plan_suggest_nothing() -> None:
    assert World().suggested()
    world = World()
    world.alter(SECOND, type=EventType.SHELLING)
    assert world.suggested() == []
    world = World()
    world.alter(SECOND, planned=True)
    assert world.suggested() == []
    world = World()
    world.told_anew(SECOND, Kind.PLACE)
    assert world.suggested() == [], "no place is known"
    world.case.placed(SECOND, world.articles[1], "three", world.case.place("Village"))
    assert world.suggested() == []
    world = World()
    world.told_anew(SECOND, Kind.PARTICIPANT)
    world.case.acted(SECOND, world.articles[1], "four", world.case.actor("Rebels"))
    assert world.suggested() == []
    world = World()
    world.alter(SECOND, part_of=FIRST)
    assert world.suggested() == [], "a part is no sibling of its whole"


def test_two_rows_of_one_data_set_are_never_one_but_a_row_and_a_report_may_be() -> None:
    world = World()
    world.case.dataset("GED")
    world.case.dataset("ACLED")
    row = RowRef(dataset="dst_GED", row="1", sha256="0" * 64)
    world.alter(FIRST, row=row)
    assert world.suggested_ids() == {FIRST, SECOND}
    world.alter(SECOND, row=msgspec.structs.replace(row, row="2"))
    assert world.suggested_ids() == set()
    world.alter(SECOND, row=msgspec.structs.replace(row, dataset="dst_ACLED"))
    assert world.suggested_ids() == {FIRST, SECOND}


def test_one_text_that_tells_of_both_tells_of_two() -> None:
    world = World()
    for word in ("seven", "eight"):
        world.case.claim(SECOND, world.articles[0], word)
    assert world.suggested() == []
