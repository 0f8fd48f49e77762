"""Rows of GED whose articles attribute, deny, hedge, carry others or are in two rows."""

import pytest

from store.importers.draft import Draft, Rejected, Row
from store.importers.ged import Ged
from store.importers.ged_columns import COLUMNS_49
from store.importers.table import ColumnLayout
from store.model.records import Article, Claim, Source
from store.model.vocabulary import EventType, Flag, Kind, ReadBy, SourceKind, Stance

Told = tuple[Kind, Stance, int | None, tuple[str, ...]]

ROW = {
    **dict.fromkeys(COLUMNS_49, ""),
    "type_of_violence": "1",
    "date_prec": "1",
    "date_start": "2014-02-01",
    "date_end": "2014-02-01",
    "where_prec": "1",
    "where_coordinates": "Qorville town",
    "adm_1": "Northland state",
    "country": "Zedland",
    "latitude": "1",
    "longitude": "2",
    "side_a": "Government of Zedland",
    "side_a_new_id": "900",
    "side_b": "Blue Front",
    "side_b_new_id": "901",
    "event_clarity": "1",
    **dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"), "0"),
    **dict.fromkeys(("best", "low", "high"), "0"),
}


class File:
    """The drafts of some rows; each row has its articles, `(office, headline)`, and own cells."""

    def __init__(self, *listed: tuple[list[tuple[str, str]], dict[str, str]]) -> None:
        importer = Ged(ColumnLayout("ged", COLUMNS_49, ""), {})
        found = []
        for number, (articles, own) in enumerate(listed, 1):
            cell = ";".join(f'"{office},2014-02-03,{headline}"' for office, headline in articles)
            cells = {**ROW, "id": str(number), "source_article": cell, **own}
            found.append(Row(number, number, str(number), "0" * 64, list(cells.values())))
        for row in found:
            importer.count(row.cells)
        importer.counted()
        drafts = [importer.draft(row) for row in found]
        self.drafts = [one for one in drafts if isinstance(one, Draft)]
        assert not any(isinstance(one, Rejected) for one in drafts)
        shared = [record for draft in self.drafts for _, record in draft.shared]
        self.sources = {one.id: one for one in shared if isinstance(one, Source)}
        self.articles = [one for one in shared if isinstance(one, Article)]

    def source(self, name: str) -> Source:
        (found,) = (one for one in self.sources.values() if one.name == name)
        return found

    def claims(self, at: int = 0) -> list[Claim]:
        """The claims of a row: that it occurred, and those that a rule read in the headlines."""
        return [
            one
            for one in self.drafts[at].claims
            if one.read_by is ReadBy.RULE or one.kind is Kind.OCCURRENCE
        ]

    def told(self, at: int = 0) -> list[Told]:
        return [
            (
                one.kind,
                one.stance,
                getattr(one.value, "min", None),
                tuple(self.sources[source].name for source in one.chain),
            )
            for one in self.claims(at)
        ]


def one_row(*articles: tuple[str, str]) -> File:
    return File((list(articles), {}))


def test_the_army_denies_the_number_and_asserts_nothing() -> None:
    file = one_row(("Qor Agency", "Army denies 40 killed in Qorville"))
    assert file.told() == [(Kind.FATALITIES, Stance.DENIES, 40, ("Zedland army",))]


def test_what_is_admitted_beside_a_denial_is_asserted() -> None:
    headline = "Army admits strike that killed 46 but denies targeting a mosque"
    assert one_row(("Qor Agency", headline)).told() == [
        (Kind.OCCURRENCE, Stance.ASSERTS, None, ("Zedland army",)),
        (Kind.FATALITIES, Stance.ASSERTS, 46, ("Zedland army",)),
    ]


def test_who_denies_an_attack_denies_the_event_and_who_denies_a_part_in_it_does_not() -> None:
    denied = one_row(("Qor Agency", "Police deny attack in Qorville")).told()
    assert denied == [(Kind.OCCURRENCE, Stance.DENIES, None, ("police",))]
    apart = one_row(("Qor Agency", "Army denies involvement in raid on Qorville")).told()
    assert apart == [(Kind.OCCURRENCE, Stance.ASSERTS, None, ("an unclear speaker",))]


def test_what_is_done_to_the_event_is_read_by_rule_and_only_the_listing_is_coded() -> None:
    headlines = {
        "Police deny attack in Qorville": ReadBy.RULE,
        "Blast reportedly kills 5 in Qorville": ReadBy.RULE,
        "Blast in Qorville": ReadBy.DATA_SET,
    }
    for headline, by in headlines.items():
        claims = one_row(("Qor Agency", headline)).claims()
        assert [one.read_by for one in claims if one.kind is Kind.OCCURRENCE] == [by]


def test_the_killing_is_hedged_with_its_number() -> None:
    file = one_row(("Qor Agency", "Blast reportedly kills 5 in Qorville"))
    assert [(kind, stance) for kind, stance, *_ in file.told()] == [
        (Kind.OCCURRENCE, Stance.HEDGES),
        (Kind.FATALITIES, Stance.HEDGES),
    ]


def test_organs_of_one_state_are_sources_that_speak_for_it() -> None:
    file = one_row(
        ("Zed Wire", "Ten killed in Qorville - president's office"),
        ("Qor Agency", "Ten killed in Qorville: army"),
        ("Red Post", "Ten killed in Qorville: health ministry"),
        ("Blue Sun", "Blue Front says ten killed in Qorville"),
    )
    organs = ("Zedland presidency", "Zedland army", "Zedland government")
    parties = {file.source(name).speaks_for for name in organs}
    assert len(parties) == 1
    assert None not in parties
    assert file.source("Blue Front").speaks_for not in {None, *parties}
    assert file.source("Zedland army").kind is SourceKind.BELLIGERENT


def test_people_whom_nobody_knows_are_named_and_unresolved() -> None:
    headlines = ("police", "rescuers", "gravediggers", "regional spokesman", "relief agency")
    for who in headlines:
        file = one_row(("Zed Wire", f"Ten killed in Qorville: {who}"))
        assert file.source(who).kind is SourceKind.UNNAMED
        assert file.source(who).speaks_for is None


def test_the_army_is_that_of_the_soldiers_in_the_headline() -> None:
    file = one_row(("Zed Wire", "Turkish soldier killed in Qorville: ministry, 1 wounded"))
    assert file.told()[0][3] == ()
    file = one_row(("Zed Wire", "Two Turkish soldiers killed in Qorville: ministry"))
    assert file.source("Turkish government").speaks_for is None, "Turkey is no side of a row"
    assert file.told()[0][3] == ("Turkish government",)


def test_a_credit_below_a_headline_is_the_origin_and_the_author_is_no_word_of_it() -> None:
    file = one_row(
        ("All Africa", "10 Killed in Qorville - Official  \nCR  Qor Times"),
        ("All Africa", "11 Killed in Qorville\n\nAU \t\nJane Doe"),
    )
    assert [one.title for one in file.articles] == [
        "10 Killed in Qorville - Official",
        "11 Killed in Qorville",
    ]
    assert file.told()[0][3] == ("Qor Times", "official")
    assert file.told()[2][3] == ("a paper carried by All Africa",)
    assert file.source("a paper carried by All Africa").kind is SourceKind.UNNAMED


def test_a_publisher_that_names_nobody_is_the_origin() -> None:
    assert one_row(("Zed Wire", "Ten killed in Qorville")).told()[0][3] == ()


def test_spellings_of_an_office_are_one_publisher_and_two_houses_stay_two() -> None:
    spellings = ("Qor Press", "qor press", "The Qor Press", "Qor Press's twitter account")
    more = ("Qor Press (Facebook)", "Qor Press on Twitter")
    file = one_row(*((office, "Made-up clash") for office in (*spellings, *more)))
    assert {one.publisher for one in file.articles} == {file.source("Qor Press").id}
    file = one_row(("Qor Press", "Made-up clash"), ("Qor Press Agency", "Made-up clash"))
    assert len({one.publisher for one in file.articles}) == 2


def test_an_article_of_two_rows_is_compared_where_it_names_the_place() -> None:
    articles = [("Zed Wire", "Ten killed in Anton")]
    file = File(
        (articles, {"where_coordinates": "Anton village"}),
        (articles, {"where_coordinates": "Qorville town"}),
    )
    assert [claim.aggregate for claim in file.claims(0)] == [False, False]
    assert [claim.aggregate for claim in file.claims(1)] == [False, True]


@pytest.mark.parametrize(
    ("until", "clarity", "totals"),
    [
        ("2016-03-04", "2", False),
        ("2016-03-05", "2", False),  # one night
        ("2016-03-06", "2", True),
        ("2016-03-06", "1", False),
    ],
)
def test_totals_of_a_row_of_lower_clarity_are_compared_where_it_is_of_one_night(
    until: str, clarity: str, totals: bool
) -> None:
    days = {"date_start": "2016-03-04", "date_end": until}
    file = File(([("Zed Wire", "Ten killed in Anton")], {**days, "event_clarity": clarity}))
    assert [claim.aggregate for claim in file.claims()] == [clarity == "2", totals]


@pytest.mark.parametrize("headline", ["Ten killed in Northland", "Ten killed in Anton, Qorville"])
def test_an_article_of_two_rows_that_names_both_or_none_is_an_aggregate(headline: str) -> None:
    file = File(
        ([("Zed Wire", headline)], {"where_coordinates": "Anton village"}),
        ([("Zed Wire", headline)], {"where_coordinates": "Qorville town"}),
    )
    assert all(file.claims(at)[1].aggregate for at in (0, 1))


def test_several_claims_of_an_article_have_ids_of_their_own_that_stay() -> None:
    article = ("Zed Wire", "5 soldiers killed, 30 rebels dead in Qorville: police, army")
    first, again = (one_row(article).claims() for _ in range(2))
    assert len(first) == 6
    assert len({claim.id for claim in first}) == 6
    assert [claim.id for claim in first] == [claim.id for claim in again]


@pytest.mark.parametrize("day", ["2014-02-29", "0000-00-00", "9999-99-99", "9999-12-31"])
def test_an_article_of_a_day_that_there_is_not_has_no_date(day: str) -> None:
    cell = f'"Qor Agency,{day},12 killed in blast";"Zed Wire,2014-02-03,12 killed in blast"'
    file = File(([], {"source_article": cell, "number_of_sources": "2"}))
    (draft,) = file.drafts
    published = {one.published.at if one.published else "" for one in file.articles}
    assert published == {"", "2014-02-03"}
    assert draft.event is not None
    assert Flag.ARTICLE_BEFORE_EVENT not in draft.event.flags
    assert len(file.told()) == 4


def test_a_huge_number_in_a_headline_is_no_toll() -> None:
    file = one_row(("Qor Agency", f"{'9' * 400} killed"), ("Zed Wire", "12 killed in blast"))
    assert [least for _, _, least, _ in file.told() if least is not None] == [12]


def test_codes_and_ids_of_a_table_of_floats_are_those_of_the_codebook() -> None:
    floats = ("type_of_violence", "date_prec", "where_prec", "event_clarity", "side_a_new_id")
    article = [("Qor Agency", "Made-up clash")]
    (whole,) = File((article, {"number_of_sources": "1"})).drafts
    cells = {name: f"{ROW[name]}.0" for name in floats}
    (as_float,) = File((article, {"number_of_sources": "1.0", **cells})).drafts
    assert whole.event is not None
    assert as_float.event is not None
    assert (as_float.event.type, as_float.event.flags) == (EventType.CLASH, ())
    assert (as_float.event.id, as_float.event.type) == (whole.event.id, whole.event.type)
    assert {one.id for one in as_float.claims} == {one.id for one in whole.claims}


def test_a_number_of_articles_that_is_wrong_and_a_code_of_none_are_still_flagged() -> None:
    (draft,) = File(
        ([("Qor Agency", "Made-up clash")], {"number_of_sources": "3.0", "where_prec": "1.5"})
    ).drafts
    assert draft.event is not None
    assert {Flag.ARTICLES_MISCOUNTED, Flag.UNKNOWN_CODE} <= set(draft.event.flags)


def test_old_rows_that_do_not_count_their_articles_are_not_flagged() -> None:
    (draft,) = File(([("Qor Agency", "Made-up clash")], {"number_of_sources": "-1.0"})).drafts
    assert draft.event is not None
    assert draft.event.flags == ()
