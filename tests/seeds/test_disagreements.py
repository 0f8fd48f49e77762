"""The disagreements of the five reports on Hama: both sides are coded, and nothing is settled."""

from collections import defaultdict

import pytest

from store.model.records import Claim
from store.model.values import Coded as Worded
from store.model.values import Control, Count, Participant, When
from store.model.vocabulary import Kind, StampBasis
from tests.seeds.test_hama import REPORTS, Coded, digest


class Reports:
    """The claims of each report, by its number, in the keys of the coding."""

    def __init__(self) -> None:
        self.coded = Coded()
        reports = {digest(report): report for report in REPORTS}
        self.report_of = {
            article.id: reports[article.text or ""] for article in self.coded.articles.values()
        }
        registers = (self.coded.events, self.coded.actors, self.coded.places)
        self.names = {
            record.id: getattr(record, "title", "") or getattr(record, "name", "")
            for register in registers
            for record in register.values()
        }

    def claims(self, subject: str, kind: Kind, report: str = "") -> list[Claim]:
        """The claims of a kind about the event, actor or place of that name."""
        assert subject in self.names.values(), subject
        return [
            claim
            for claim in self.coded.claims
            if self.names[claim.subject] == subject and claim.kind is kind
            if report in ("", self.report(claim))
        ]

    def report(self, claim: Claim) -> str:
        """The report that makes a claim."""
        return self.report_of[self.coded.passages[claim.passage].article]

    def chain(self, claim: Claim) -> list[str]:
        """The names from the publisher to the origin; the first is empty if not stated."""
        publisher = self.coded.articles[self.coded.passages[claim.passage].article].publisher
        keys = [publisher, *claim.chain]
        return [self.coded.sources[key].name if key else "" for key in keys]

    def dates(self, event: str) -> dict[str, set[str]]:
        """The dates of an event that each report gives."""
        found: dict[str, set[str]] = defaultdict(set)
        for claim in self.claims(event, Kind.DATE):
            if isinstance(claim.value, When) and claim.value.edtf:
                found[self.report(claim)].add(claim.value.edtf)
        return dict(found)

    def codes(self, subject: str, kind: Kind, scheme: str) -> dict[str, set[str]]:
        """The codes of a scheme that each report gives."""
        found: dict[str, set[str]] = defaultdict(set)
        for claim in self.claims(subject, kind):
            if isinstance(claim.value, Worded) and claim.value.scheme == scheme:
                found[self.report(claim)].add(claim.value.code)
        return dict(found)

    def control(self, place: str, report: str) -> set[tuple[str, str, str]]:
        """The holders, states and times of control of a place in one report."""
        return {
            (self.names[claim.value.holder], claim.value.state, edtf)
            for claim in self.claims(place, Kind.CONTROL, report)
            if isinstance(claim.value, Control)
            for edtf in [claim.as_of.edtf if claim.as_of else ""]
        }

    def counts(self, event: str, kind: Kind) -> set[tuple[str, str, int, int | None, str]]:
        """The numbers of an event: report, origin, least, most, whom."""
        return {
            (self.report(claim), self.chain(claim)[-1], claim.value.min, claim.value.max, who)
            for claim in self.claims(event, kind)
            if isinstance(claim.value, Count)
            for who in [claim.scope]
        }


@pytest.fixture(scope="module")
def reports() -> Reports:
    return Reports()


def test_aleppo_fell_on_friday_or_over_the_weekend(reports: Reports) -> None:
    assert reports.dates("Rebels take Aleppo") == {
        "000": {"2024-11-29", "2024-11-27/2024-11-29"},
        "001": {"2024-11-29"},
        "003": {"2024-11-30/2024-12-01"},
    }


def test_aleppo_was_entered_on_friday_or_three_days_into_the_offensive(reports: Reports) -> None:
    assert reports.dates("Rebels enter Aleppo") == {
        "001": {"[2024-11-29,2024-11-30]"},
        "004": {"2024-11-29"},
    }


def test_the_offensive_began_on_the_27th_on_wednesday_or_five_days_ago(reports: Reports) -> None:
    assert reports.dates("Rebel offensive of November 2024") == {
        "000": {"2024-11-27"},
        "001": {"2024-11-25/2024-12-01", "2024-11-27"},
        "003": {"2024", "2024-11-27", "[2024-11-27,2024-11-28]"},
        "004": {"[2024-11-27,2024-11-28]"},
    }


def test_the_push_on_hama_began_on_sunday_or_in_december(reports: Reports) -> None:
    assert reports.dates("Rebels advance on Hama") == {
        "001": {"2024-12-01"},
        "003": {"2024-12"},
        "004": {"[2024-12-01,2024-12-02]"},
    }


@pytest.mark.parametrize(
    ("event", "where", "said"),
    [
        ("Army leaves the governor's palace without a fight", "palace", {"001": {"no-fight"}}),
        ("Rebels take the governor's palace in Hama", "palace", {"001": {"no-fight"}}),
        ("Rebels take Hama's central prison", "prison", {"003": {"fighting"}}),
    ],
)
def test_how_hard_it_was_to_take_is_told_of_each_place_by_itself(
    event: str, where: str, said: dict[str, set[str]], reports: Reports
) -> None:
    assert reports.codes(event, Kind.MANNER, f"resistance-at-the-{where}") == said


def test_hama_was_left_or_overrun(reports: Reports) -> None:
    def lost(event: str) -> dict[str, set[str]]:
        return reports.codes(event, Kind.MANNER, "how-it-was-lost")

    assert lost("Syrian army withdraws from Hama") == {"003": {"given-up"}}
    assert lost("Rebels take Hama") == {"003": {"overrun"}}
    fought = reports.codes("Rebels enter Hama", Kind.MANNER, "resistance-in-the-city")
    assert fought == {"003": {"fighting"}}


def test_hama_is_encircled_in_a_report_stamped_after_one_that_has_it_taken(
    reports: Reports,
) -> None:
    stamps = {
        reports.report_of[article.id]: article.published.at
        for article in reports.coded.articles.values()
        if article.published
    }
    assert stamps["001"] < stamps["000"]
    assert ("Syrian rebels", "held", "2024-12-06") in reports.control("Hama", "001")
    assert reports.control("Hama", "000") == {("Syrian rebels", "encircled", "2024-12-06")}


def test_sana_has_the_rebels_repelled_where_al_jazeera_has_them_at_the_gates(
    reports: Reports,
) -> None:
    repelled = reports.claims("Government repels rebels in northern Hama", Kind.OCCURRENCE)
    assert [reports.chain(claim) for claim in repelled] == [["Times of Oman", "Al Jazeera", "SANA"]]
    assert reports.codes("Government repels rebels in northern Hama", Kind.MANNER, "result") == {
        "004": {"repelled"}
    }
    assert reports.codes("Villages around Hama change hands", Kind.MANNER, "result") == {
        "004": {"alternating"}
    }
    assert reports.control("Northern Hama", "004") == {
        ("Government forces", "contested", "[2024-12-01,2024-12-02]"),
        ("Syrian rebels", "contested", "[2024-12-01,2024-12-02]"),
    }
    assert reports.control("Hama", "004") == {
        ("Syrian rebels", "approached", "[2024-12-01,2024-12-02]")
    }


def test_four_counts_of_the_dead_are_of_four_events(reports: Reports) -> None:
    def dead(event: str) -> set[tuple[str, str, int, int | None, str]]:
        return reports.counts(event, Kind.FATALITIES)

    sohr = "Syrian Observatory for Human Rights"
    assert dead("Civilians killed in three days of attacks") == {
        ("000", "David Carden", 27, None, "civilians")
    }
    assert dead("Rebels shell university dormitories in Aleppo") == {
        ("000", "SANA", 4, 4, "civilians"),
        ("000", "SANA", 2, 2, "students"),
    }
    assert dead("Russian air strikes on displacement camps") == {("004", sohr, 8, 8, "civilians")}
    assert dead("Syrian soldiers killed in the fighting") == {
        ("001", "Syrian army", 24, None, "soldiers")
    }
    hurt = reports.counts("Russian air strikes on displacement camps", Kind.INJURIES)
    assert hurt == {("004", sohr, 50, 50, "civilians")}
    for event in ("Civilians killed in three days of attacks", "Syrian soldiers killed"):
        notes = [e.note for e in reports.coded.events.values() if e.title.startswith(event)]
        assert all(notes)


def test_the_government_hit_depots_where_the_observatory_counts_camps(reports: Reports) -> None:
    origins = {
        event: {reports.chain(claim)[-1] for claim in reports.claims(event, Kind.OCCURRENCE)}
        for event in (
            "Syrian air strikes on rebel strongholds and depots",
            "Russian air strikes on displacement camps",
        )
    }
    assert list(origins.values()) == [
        {"Syrian government"},
        {"Syrian Observatory for Human Rights"},
    ]


def test_fifty_thousand_280000_or_thousands_fled(reports: Reports) -> None:
    assert reports.counts("People flee the fighting", Kind.DISPLACED) == {
        ("002", "", 50000, None, ""),
        ("003", "", 280000, 280000, ""),
        ("004", "Times of Oman", 2000, None, ""),
    }


def test_idlib_was_the_rebels_or_a_small_part_of_it(reports: Reports) -> None:
    of_001 = {state for _, state, _ in reports.control("Idlib province", "001")}
    of_004 = {state for _, state, _ in reports.control("Idlib province", "004")}
    assert of_001 == of_004 == {"held"}
    part = reports.control("Small part of Idlib province", "004")
    assert part == {("Syrian rebels", "held", "2020/2024-11-29")}
    extent = reports.codes("Idlib province", Kind.DESIGNATION, "extent-of-rebel-control")
    assert extent == {"001": {"in-control"}, "004": {"small-part"}}


def test_hama_is_a_stronghold_of_the_government_or_of_its_enemies(reports: Reports) -> None:
    assert reports.codes("Hama", Kind.DESIGNATION, "political-leaning") == {
        "000": {"government-stronghold"},
        "003": {"islamist-stronghold"},
    }
    assert reports.codes("Hama", Kind.DESIGNATION, "political-history") == {
        "002": {"anti-government"}
    }, "what the city once was is another time"


def test_a_distance_is_claimed_where_a_number_of_it_is_printed(reports: Reports) -> None:
    told = reports.claims("Rebels advance on Hama", Kind.DISTANCE)
    assert [(reports.report(claim), claim.value.printed) for claim in told if claim.value] == [
        ("002", "within 10 kilometers of Hama")
    ]


def test_homs_comes_next_and_damascus_only_if_it_goes_on(reports: Reports) -> None:
    def aims(scheme: str) -> dict[str, set[str]]:
        return reports.codes("Rebel offensive of November 2024", Kind.AIM, scheme)

    assert aims("next-target") == {"000": {"homs"}}
    assert aims("target-if-it-goes-on") == {"003": {"damascus"}}


def test_that_aid_thinned_and_strikes_grew_is_said_of_two_times(reports: Reports) -> None:
    when = {
        claim.value.scheme: claim.as_of.printed
        for claim in reports.claims("Russia", Kind.SUPPORT)
        if isinstance(claim.value, Worded) and claim.as_of
    }
    assert when == {"course-of-aid": "since 2022", "course-of-air-strikes": "in recent days"}


def test_two_officials_of_the_un_speak(reports: Reports) -> None:
    speakers = {
        reports.names[claim.value.actor]
        for event in ("UN envoy urges a political resolution", "UN official Carden counts")
        for title in reports.names.values()
        if title.startswith(event)
        for claim in reports.claims(title, Kind.PARTICIPANT)
        if isinstance(claim.value, Participant) and claim.value.role == "speaker"
    }
    assert speakers == {"Geir Pedersen", "David Carden"}


def test_each_listing_is_of_whom_the_report_names(reports: Reports) -> None:
    listed = {
        (name, claim.value.code, reports.report(claim))
        for name in ("Syrian rebels", "Hayat Tahrir al-Sham")
        for claim in reports.claims(name, Kind.DESIGNATION)
        if isinstance(claim.value, Worded) and claim.value.scheme == "listed-by"
    }
    assert listed == {
        ("Syrian rebels", "us", "000"),
        ("Syrian rebels", "un", "000"),
        ("Hayat Tahrir al-Sham", "us", "004"),
        ("Hayat Tahrir al-Sham", "syria", "004"),
        ("Hayat Tahrir al-Sham", "russia", "004"),
    }


def test_a_thursday_that_may_be_either_stays_either(reports: Reports) -> None:
    dates = reports.dates("Russian and Syrian strikes near the Turkish border")
    assert dates == {"000": {"[2024-11-28,2024-12-05]"}}


def test_an_undated_quote_gives_no_day(reports: Reports) -> None:
    (claim,) = reports.claims("Civilians killed in three days of attacks", Kind.DATE)
    assert isinstance(claim.value, When)
    assert (claim.value.edtf, claim.value.printed) == ("", "over the past three days")


@pytest.mark.parametrize(
    ("event", "chain"),
    [
        ("Civilians killed in three days of attacks", ["", "Reuters", "David Carden"]),
        (
            "War on the Syrian people (rebel accusation)",
            ["", "New York Times", "Hassan Abdulghany"],
        ),
        ("Rebels encircle Hama from three sides", ["", "The Guardian"]),
        ("Rebels say that they will advance on Homs", ["", "AP"]),
        ("Rebel move on Homs (expected)", ["", "AP", "Rebel groups"]),
        ("Commander of the Revolutionary Guards killed", ["", "Unnamed media reports"]),
        ("Rebels enter Aleppo", ["Times of Oman", "Al Jazeera"]),
        ("Rebels take Khansir", ["Times of Oman"]),
        ("Attack on Aleppo University Hospital", ["Times of Oman", "Syrian Civil Defence"]),
    ],
)
def test_chains_are_as_printed(event: str, chain: list[str], reports: Reports) -> None:
    chains = [reports.chain(claim) for claim in reports.claims(event, Kind.OCCURRENCE)]
    assert chain in chains


def test_the_zone_of_ist_is_assumed_and_says_so(reports: Reports) -> None:
    stamps = [
        stamp
        for article in reports.coded.articles.values()
        for stamp in (article.published, article.updated)
        if stamp and "IST" in stamp.printed
    ]
    assert sorted(stamp.at for stamp in stamps) == [
        "2024-12-06T09:15+05:30",
        "2024-12-06T10:32+05:30",
        "2024-12-06T11:22+05:30",
        "2024-12-06T11:59+05:30",
    ]
    assert all(stamp.basis is StampBasis.ZONE_ASSUMED and stamp.note for stamp in stamps)
