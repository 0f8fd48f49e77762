"""Six events of UCDP GED of which every headline was decided by hand: the rule reads the same."""

from collections.abc import Mapping

import pytest

from store.importers.attributions import attributed_to
from store.importers.bylines import credited
from store.importers.outlets import office
from store.importers.tolls import tolls_of
from store.model.values import Count
from store.model.vocabulary import Kind
from tests.conftest import DATA
from tests.seeds.ged import FILE, Item, Row, decided, rows

EVENTS = ("317510", "257324", "275060", "318567", "224861", "305912")

Dead = tuple[str, int, int | None, bool]


@pytest.fixture(scope="module")
def headlines() -> list[Item]:
    path = DATA / FILE
    if not path.exists():
        pytest.skip("the GED rows are not part of the project (see CONFLICT_DATA)")
    found: Mapping[str, Row] = rows(path, EVENTS)
    return [item for row in found.values() for item in dict.fromkeys(row.items)]


def by_hand(headline: str) -> Dead | None:
    for kind, value, aggregate in decided(headline):
        if kind is Kind.FATALITIES and isinstance(value, Count):
            return value.qualifier.value, value.min, value.max, aggregate
    return None


def by_rule(item: Item) -> Dead | None:
    sohr = office(item.office).publisher == "SOHR"
    tolls = tolls_of(item.headline.strip(), casualties_are_dead=sohr)
    if not tolls:
        return None
    (found,) = tolls
    return found.dead.qualifier.value, found.dead.min, found.dead.max, found.aggregate


def test_the_rule_reads_the_numbers_that_were_decided_by_hand(headlines: list[Item]) -> None:
    differing = [item.headline for item in headlines if by_hand(item.headline) != by_rule(item)]
    assert (len(headlines), differing) == (44, [])


def test_nobody_is_named_as_the_origin_who_was_not_by_hand(headlines: list[Item]) -> None:
    named = {
        named.name
        for item in headlines
        for way in attributed_to(credited(item.headline.strip()).title, "Syria")
        for named in way
    }
    assert named == {
        *("SOHR", "YPG", "Turkish government", "Turkish defence ministry", "Anadolu"),
        *("Kurds", "Kurdish media", "source", "local council", "medic", "defense ministry"),
    }
