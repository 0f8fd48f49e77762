"""Speakers of made-up headlines, and words that are in a speaker's place but are none."""

import pytest

from store.importers.attributions import attributed_to, heard
from store.importers.outlets import office
from store.importers.record_factory import RecordFactory
from store.importers.speakers import SpeakerContext
from store.model.vocabulary import SourceKind

ZEDLAND = SpeakerContext("Zedland", ("Government of Zedland", "Blue Front"))
GAZA = SpeakerContext("Israel", ("Government of Israel", "Hamas"))
TYRE = SpeakerContext("Lebanon", ("Government of Israel", "Hezbollah"))
UKRAINE = SpeakerContext(
    "Ukraine", ("Government of Ukraine", "Government of Russia (Soviet Union)")
)


def names(headline: str, row: SpeakerContext = ZEDLAND) -> list[str]:
    return [way[-1].name for way in attributed_to(headline, row)]


@pytest.mark.parametrize(
    ("headline", "who"),
    [
        ("Blue Front: 18 killed in army raid on Qorville", ["Blue Front"]),
        ("UN: 18 killed in Qorville", ["UN"]),
        ("Resistance committee: 18 killed in Qorville", ["resistance committee"]),
        ("Monitoring group: 18 killed in Qorville", ["monitoring group"]),
        ("Attorney general: 18 killed in Qorville", ["attorney general"]),
        ("Qor-installed mayor: 18 killed in Qorville", ["Qor-installed mayor"]),
        ("Civil society: gunmen kill 23 in Qorville", ["civil society"]),
        ("Army: troops killed 20 militants in Qorville", ["Zedland army"]),
        ("Witnesses tell Reuters at least 80 killed in Qorville", ["witnesses"]),
        ("Ten killed, according to rescuers, as missile hits block", ["rescuers"]),
        ("According to rescuers, ten killed as missile hits block", ["rescuers"]),
        ("Three killed in Qorville, says governor, as drones hit port", ["governor"]),
        ("Blast kills 26, say witnesses", ["witnesses"]),
        ("WHO says 460 killed at hospital", ["World Health Organization"]),
        ("Mayor in Qorville says 25 killed in raid", ["mayor in Qorville"]),
        ("Army concedes troops killed 15 medics", ["Zedland army"]),
        ("Zedland government, Blue Front say 30 killed", ["Zedland government", "Blue Front"]),
        ("Troops killed 45 in Zedland's Qorville - rights body", ["rights body"]),
        ("Strike kills three, including a child, officials say", ["officials"]),
        ("Strike kills nine, dozens hurt, mayor says", ["mayor"]),
        ("Blue Front claims 12 soldiers killed in Qorville", ["Blue Front"]),
        ("Residents claim 85 dead in Qorville blast", ["residents"]),
        ("Activists accuse army of killing 12 in Qorville", ["activists"]),
        ("Boko Haram - Police confirm 16 dead in Qorville", ["police"]),
    ],
)
def test_who_speaks_is_found(headline: str, who: list[str]) -> None:
    assert names(headline) == who


@pytest.mark.parametrize(
    "headline",
    [
        "Boko Haram: Two bombers killed in Qorville",
        "Zedland: 12 killed in Qorville",
        "Qor State: 12 killed in communal clash",
        "Cult clash claims 12 lives in Qorville",
        "Cult rivalry claims 12 dead in Qorville",
        "Crash claims 12 soldiers near Qorville",
        "Clashes continue in Qorville, losses reported",
        "Gunmen storm Qorville, kill monarch, raze police station",
        "Boko Haram attacks Qorville; burns school, church",
        "Twelve killed in Qorville, Zedland",
        "Qor Daily Report 12/03/2016",
        "One week after alarm - another bloody day!",
        "The man who says 12 died in Qorville strike",
        "Special report: how 12 died in Qorville",
    ],
)
def test_a_topic_a_place_and_what_is_told_are_no_speakers(headline: str) -> None:
    assert names(headline) == []


def test_another_number_at_the_end_is_not_of_who_tells_the_first() -> None:
    assert names("Gunmen kill 8 at wake; prosecutor says 11") == []
    assert names("Gunmen kill 8, prosecutor says") == ["prosecutor"]


def test_who_claims_an_attack_does_not_vouch_for_the_number_that_is_told_of_it() -> None:
    found = heard("Blue Front claims responsibility for attack that killed 7", ZEDLAND)
    assert ([way[0].name for way in found.told], found.number) == (["Blue Front"], ())
    found = heard("Blue Front claims killing 7 soldiers", ZEDLAND)
    assert [way[0].name for way in found.number] == ["Blue Front"]


@pytest.mark.parametrize(
    ("headline", "row", "who"),
    [
        ("112 killed in Gaza aid convoy: health ministry", GAZA, ["health ministry"]),
        ("Israeli strike kills 30 at school: health ministry", GAZA, ["health ministry"]),
        ("Gaza health ministry says 104 killed", GAZA, ["Gaza health ministry"]),
        ("Hamas-run health ministry says 104 killed", GAZA, ["Gaza health ministry"]),
        ("45 killed in camp, say Gaza health officials", GAZA, ["Gaza health ministry"]),
        ("Israeli strike kills 12 in Tyre: health ministry", TYRE, ["health ministry"]),
        ("Strike kills 12 in Tyre: Lebanese health ministry", TYRE, ["Lebanese government"]),
        ("Israeli strike kills 12 in Tyre: army", TYRE, ["Israeli army"]),
        ("Ten killed in Qorville: health ministry", ZEDLAND, ["Zedland government"]),
        ("Russian strike kills 6: interior ministry", UKRAINE, ["interior ministry"]),
        ("Two Turkish soldiers killed: ministry", ZEDLAND, ["Turkish government"]),
    ],
)
def test_a_ministry_is_the_governments_only_where_no_other_has_ministries(
    headline: str, row: SpeakerContext, who: list[str]
) -> None:
    assert names(headline, row) == who


def test_a_state_before_a_colon_speaks_by_its_capital_and_else_may_be_the_place() -> None:
    assert names("Kyiv: 14 killed in shelling", UKRAINE) == ["Ukrainian government"]
    assert names("Kremlin: 14 killed in Belgorod", UKRAINE) == ["Russian government"]
    assert names("Ukraine: 14 killed in shelling", UKRAINE) == ["an unclear speaker"]
    assert names("Kyiv: 14 killed in shelling", ZEDLAND) == []


@pytest.mark.parametrize(
    ("headline", "who"),
    [
        ("Ten killed: emergency services abc-de/fg/hi", "emergency services"),
        ("Ten Killed in Qorville - Local Council", "local council"),
        ("Ten killed in Qorville, El-Qor says", "El-Qor"),
        ("Governor Qor Says Ten Killed", "Governor Qor"),
        ("Zedland senator says ten killed", "Zedland senator"),
        ("TEN KILLED IN QORVILLE - LOCAL COUNCIL", "local council"),
        ("Ten killed in Qorville: U.S. official", "U.S. official"),
    ],
)
def test_names_have_the_capitals_of_names_and_no_initials_of_desks(headline: str, who: str) -> None:
    assert names(headline) == [who]


def test_capitals_make_no_second_source_of_somebody_unknown() -> None:
    made = RecordFactory({})
    first = made.source("Qor council", SourceKind.UNNAMED)
    assert made.source("qor Council", SourceKind.UNNAMED) == first
    assert made.source("Qor Council", SourceKind.OUTLET) != first


def test_a_site_is_named_without_what_every_address_has() -> None:
    assert office("http://www.qorpost.org/").publisher == "qorpost.org"
