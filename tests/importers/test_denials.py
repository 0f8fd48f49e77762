"""Denials in made-up headlines: of the event, of the number, or only of a part in it."""

import pytest

from store.importers.attributions import heard
from store.importers.denials import Denied, denial_of, denials, without_denials
from store.importers.ged_articles import occurrence_of
from store.importers.speakers import SpeakerContext
from store.importers.tolls import tolls_of
from store.model.vocabulary import Stance

ROW = SpeakerContext("Zedland", ("Government of Zedland", "Blue Front"))

Read = tuple[list[str], list[str], Stance | None, list[tuple[int, Stance]]]


def read(headline: str) -> Read:
    """Read who gives the number, who denies, and the stance on the event and on each number."""
    found = heard(headline, ROW)
    tolls = tolls_of(headline)
    return (
        [way[-1].name for way in found.number],
        [way[-1].name for way in found.denied],
        occurrence_of(headline, tolls, ROW),
        [(toll.dead.min, toll.stance) for toll in tolls],
    )


@pytest.mark.parametrize(
    "headline",
    [
        "Army denies 40 killed in Qorville",
        "Army denies that 40 soldiers were killed in Qorville",
        "Army denies killing 40 villagers in Qorville",
        "Army denies air strike killed 40 in Qorville",
        "Army rejects Blue Front claim that 40 soldiers were killed",
        "Army dismisses report of 40 dead in Qorville",
        "Army refutes claim of 40 dead in Qorville",
        "Army disputes toll of 40 dead in Qorville raid",
        "Army brushes off report of 40 dead in Qorville",
        "Army rejects charge it killed 40 villagers",
        "Report of 40 dead in Qorville denied by army",
    ],
)
def test_who_denies_a_number_asserts_nothing(headline: str) -> None:
    _, deniers, occurrence, tolls = read(headline)
    assert (deniers, occurrence) == (["Zedland army"], None)
    assert tolls == [(40, Stance.DENIES)]


@pytest.mark.parametrize(
    "headline",
    [
        "Army denies strike on tent camp that killed 21",
        "Blue Front denies any role in Qorville blast that killed 21",
        "Blue Front denies attack that killed 21",
        "Army denies bombing clinic where 21 people died",
        "Army denies shelling prison, killing 21 women",
        "Army denies its troops killed 21 in Qorville",
        "Blue Front denies causing blast in Qorville",
        "Governor denies ordering killing of farmers",
        "Blue Front denies massacre in Qorville",
        "Army denies it hit hospital",
    ],
)
def test_who_denies_a_part_denies_neither_the_event_nor_its_number(headline: str) -> None:
    numbers, _, occurrence, tolls = read(headline)
    assert (occurrence, tolls) == (Stance.ASSERTS, [])
    assert numbers == ["an unclear speaker"], "it is not the agency's own knowledge"


@pytest.mark.parametrize(
    "headline",
    [
        "Police deny attack in Qorville",
        "Police deny report of shooting in Qorville",
        "Army denies Blue Front attack on Qorville barracks",
        "Militia denies report of blast in Qorville",
        "Army denies killing of colonel",
    ],
)
def test_who_denies_that_it_happened_denies_the_event(headline: str) -> None:
    assert read(headline)[2] is Stance.DENIES


@pytest.mark.parametrize(
    "headline",
    [
        "Police Inspector dismissed for killing, declared wanted",
        "Officer who killed trader in Qorville dismissed",
        "Families angry as court frees dismissed killer policemen",
        "Officer dismissed after killing of three",
        "Court dismisses case against officers over killing of farmers",
        "Minister condemns attempts to deny Qorville killings",
        "Minister accused of denying massacre in Qorville",
        "Villagers cannot deny killings, says general",
        "Aid convoy denied entry to Qorville after blast",
        "Front rejects pulling out of Qorville after attack",
        "Judge rejects bail for soldiers who killed farmers",
        "Army neither confirms nor denies strike on Qorville",
    ],
)
def test_where_nobody_denies_nothing_is_denied(headline: str) -> None:
    assert read(headline)[2] is Stance.ASSERTS
    assert denials(headline) == ()


@pytest.mark.parametrize(
    ("headline", "who", "dead"),
    [
        ("Air strike on wedding kills 31, says UN; coalition denies", "UN", 31),
        ("Police say 17 killed in market strike; Blue Front denies it", "police", 17),
        ("Army denies hitting hospital as Blue Front says 50 killed", "Blue Front", 50),
        ("Army admits raid killed 8 aid workers, denies targeting convoy", "Zedland army", 8),
        ("Villagers say 11 burned to death; military denies", "villagers", 11),
        ("Army says 10 rebels killed, denies children among dead", "Zedland army", 10),
    ],
)
def test_who_denies_is_no_source_of_the_number_that_others_give(
    headline: str, who: str, dead: int
) -> None:
    numbers, _, occurrence, tolls = read(headline)
    assert (numbers, occurrence) == ([who], Stance.ASSERTS)
    assert tolls == [(dead, Stance.ASSERTS)]


def test_the_agency_tells_what_stands_beside_a_denial() -> None:
    numbers, _, occurrence, tolls = read("Gunmen kill three in Qorville, army denies involvement")
    assert (numbers, occurrence, tolls) == ([], Stance.ASSERTS, [(3, Stance.ASSERTS)])


def test_who_denies_and_says_more_is_the_source_of_that() -> None:
    numbers, deniers, *_ = read("Army denies 40 killed, says two wounded")
    assert numbers == deniers == ["Zedland army"]


def test_two_who_deny_together_are_two() -> None:
    assert read("Police and army deny 40 killed")[1] == ["police", "Zedland army"]


def test_what_a_denial_governs_ends_with_its_clause() -> None:
    headline = "Army denies 40 killed but admits 2 dead"
    assert denial_of(headline, headline.index("40")) is Denied.NUMBER
    assert denial_of(headline, headline.index("2 dead")) is None
    assert without_denials(headline) == "admits 2 dead"
