"""Headlines, made up after the real ones, and how many died as they say."""

import pytest

from store.importers.attributions import attributed_to
from store.importers.outlets import office, table
from store.importers.tolls import Toll, tolls_of
from store.model.values import Count
from store.model.vocabulary import Qualifier

EXACT, AT_LEAST, ABOUT = Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.ABOUT


def told(headline: str, *, casualties: bool = False) -> tuple[str, int, int | None, bool] | None:
    tolls = tolls_of(headline, casualties_are_dead=casualties)
    if not tolls:
        return None
    (found,) = tolls
    return found.dead.qualifier.value, found.dead.min, found.dead.max, found.aggregate


@pytest.mark.parametrize(
    ("headline", "dead"),
    [
        ("Car bomb kills 8 people in Anton: monitor", ("exact", 8, 8)),
        ("14 killed by suicide attack", ("exact", 14, 14)),
        ("Three fighters of the Front were killed in an explosion", ("exact", 3, 3)),
        ("Raid kills at least 14 in Anton", ("at least", 14, None)),
        ("More Than 40 Killed in Truck Bomb Attack", ("at least", 40, None)),
        ("Blast kills 110+ among those from Anton", ("at least", 110, None)),
        ("A raid kills 18 civilians at least at the wells", ("at least", 18, None)),
        ("About 25 fighters were killed in clashes", ("about", 25, 25)),
        ("Up to 30 dead in a blast", ("at most", 0, 30)),
        ("Blast in Anton leaves 19 dead", ("exact", 19, 19)),
        ("Missile claims the lives of 5 people", ("exact", 5, 5)),
        ("More casualties raise the death toll to 9 in the blast", ("exact", 9, 9)),
        ("Death toll of the blast rises to seven, 70 injured", ("exact", 7, 7)),
        ("Suicide attack kills dozens in Anton", ("dozens", 24, None)),
        ("Coalition kills 1,200 fighters", ("exact", 1200, 1200)),
        ("4 children killed by a mine", ("exact", 4, 4)),
        ("2 children among 6 killed in shelling", ("exact", 6, 6)),
        ("12 hours after the blast that killed 7, a raid kills 3 people", ("exact", 3, 3)),
    ],
)
def test_the_number_of_dead(headline: str, dead: tuple[str, int, int | None]) -> None:
    assert told(headline) == (*dead, False)


@pytest.mark.parametrize(
    "headline",
    [
        "Blast kills and wounds 16 people",
        "About 65 people were killed and injured in a raid",
        "11 casualties and injuries in raids on Anton",
        "More losses raise to 23, the number of people who were killed and injured in the blast",
        "More than 25 casualties and wounded by shells",
        "Airstrikes wound about 20 people",
        "19 raids target Anton amid clashes",
        "Clashes kill a commander 12 km from Anton",
        "Front takes 4 villages after killing the guards",
        "Three years of war",
        "10 airstrikes killed 40 in all",
        "",
        "9" * 700 + " killed",
    ],
)
def test_where_no_number_of_the_dead_is_sure_none_is_read(headline: str) -> None:
    found = told(headline)
    assert found is None or found[1] == 40


@pytest.mark.parametrize(
    "headline",
    [
        "320 were killed in 8 days of battle",
        "Suicide attacks kill dozens in Anton",
        "Shelling kills 16 people in Anton and Berton",
        "57 were killed yesterday including 7 members of the army",
        "Losses raise to 545, the number of civilian dead since the beginning of the offensive",
        "45 days of clashes raise the death toll to more than 900",
        "134 commanders have been assassinated in January",
        "168 persons including 33 soldiers were killed, and 30 citizens were killed by shelling",
    ],
)
def test_what_sums_up_a_series_is_an_aggregate(headline: str) -> None:
    found = told(headline)
    assert found is not None
    assert found[3]


def test_the_first_number_of_a_daily_toll_counts() -> None:
    headline = (
        "168 persons including 33 soldiers were killed, and 30 citizens were killed elsewhere"
    )
    assert told(headline) == ("exact", 168, 168, True)


def test_casualties_are_the_dead_only_where_the_publisher_means_them() -> None:
    headline = "14 casualties until the moment in the explosion that hit Anton"
    assert told(headline) is None
    assert told(headline, casualties=True) == ("at least", 14, None, False)


def test_the_words_are_kept_as_printed() -> None:
    (found,) = tolls_of("Blast kills more than twelve in Anton")
    assert found == Toll(Count(min=12, qualifier=AT_LEAST, printed="more than twelve"))


@pytest.mark.parametrize(
    ("headline", "ways"),
    [
        ("Blast kills 9: monitor", [("SOHR",)]),
        ("Blast kills 9 - Turkish Defence Ministry", [("Turkish defence ministry",)]),
        ("Turkey says blast kills 17", [("Turkish government",)]),
        ("Bombs kill 13: YPG, monitor", [("YPG",), ("SOHR",)]),
        ("ANKARA SAYS 3 KILLED -ANADOLU", [("Anadolu", "Turkish government")]),
        ("Car bomb kills 10: local council, medic", [("local council",), ("medic",)]),
        ("Observatory: shells kill four", [("SOHR",)]),
        ("Blast kills 9 in Anton", []),
        ("Army takes Anton: 9 killed", []),
    ],
)
def test_whose_word_a_headline_is(headline: str, ways: list[tuple[str, ...]]) -> None:
    found = [tuple(named.name for named in way) for way in attributed_to(headline, "Syria")]
    assert found == ways


def test_monitor_is_somebody_only_where_it_is_known_who() -> None:
    ((named,),) = attributed_to("Blast kills 9: monitor", "Norland")
    assert (named.name, named.kind.value) == ("monitor", "unnamed")


@pytest.mark.parametrize(
    ("printed", "publisher", "origin"),
    [
        ("SOHR ", "SOHR", ""),
        ("http://syria.liveuamap.com/", "Liveuamap", ""),
        ("Agence France Presse", "AFP", ""),
        ("Al Jazeera (in SOHR)", "SOHR", "Al Jazeera"),
        ("daily star/AFP", "The Daily Star", "AFP"),
        ("http://www.syriahr.com/en/?p=1", "SOHR", ""),
        ("Anton Herald", "Anton Herald", ""),
        ("", "unnamed office", ""),
    ],
)
def test_whose_an_office_is(printed: str, publisher: str, origin: str) -> None:
    assert office(printed) == (publisher, origin)


def test_liveuamap_is_known_by_seventeen_spellings_of_the_syria_file() -> None:
    assert sum(name == "Liveuamap" for name, _ in table().values()) >= 17
