"""Claims by selected words of the bundled case: what is offered, typed, and added."""

from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.coding.draft import ClaimDraft, NewEvent, SelectedSpan, claim_change, passage_of
from store.coding.offers import sentence_offers
from store.coding.typed_chain import chains, cited_chain
from store.coding.typed_values import TypedValue, new_source, typed_value
from store.custody.verify import verify
from store.errors import ConflictError, UsageError
from store.model.records import Actor, AnyRecord, Article, Event, Place, Source, Stamp
from store.model.values import Control, Count, Participant, When, Where
from store.model.vocabulary import (
    ControlState,
    EventType,
    Kind,
    Qualifier,
    Role,
    SourceKind,
    Stance,
)
from store.queries.judgements import held
from store.queries.subjects import SelectedWords, proposed_subjects, typed_subjects

BY, AT = "Ana", "2026-11-29T12:00:00Z"


AT_LEAST_27 = Count(min=27, qualifier=Qualifier.AT_LEAST, printed="at least 27")


@pytest.fixture(scope="module")
def hama(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    case = tmp_path_factory.mktemp("case") / "hama.json"
    case.write_bytes(Path(BUNDLED).read_bytes())
    case.chmod(0o600)
    return Archive.open(case, author=BY, writing=True)


def article(archive: Archive, words: str) -> tuple[Article, int]:
    """The article whose text has the words, and where."""
    for (id_,) in archive.ask(lambda reader: reader.execute("SELECT id FROM articles").fetchall()):
        one = archive.ask(held, "articles", id_)
        if isinstance(one, Article) and words in (one.text or ""):
            return one, (one.text or "").index(words)
    raise AssertionError(words)


def test_the_names_in_the_words_are_offered_as_origin_place_and_actor(hama: Archive) -> None:
    words = "Hayat Tahrir al-Sham took Aleppo on Saturday, the Syrian army said."
    offers = hama.ask(sentence_offers, words)
    assert [one.name for one in offers.chain] == ["Syrian army"]
    assert [one.kind for one in offers.claims] == [
        *(Kind.OCCURRENCE, Kind.DATE, Kind.PARTICIPANT, Kind.PLACE),
    ]
    assert offers.title == "Hayat Tahrir al-Sham took Aleppo on Saturday"


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        ("Kovel Radio, citing the Syrian army, reported it.", ["Kovel Radio", "Syrian army"]),
        ("The Syrian Army said it left, said Reuters.", ["Syrian army", "Reuters"]),
    ],
)
def test_a_name_that_no_source_has_is_offered_as_new(
    hama: Archive, words: str, cited: list[str]
) -> None:
    chain = hama.ask(sentence_offers, words).chain
    assert [one.name for one in chain] == cited
    made = cited_chain(chain).made
    new = [one.name for one in chain if not one.id]
    assert [one.name for _, one in made if isinstance(one, Source)] == new


@pytest.mark.parametrize(
    ("typed", "name", "kind"),
    [
        ("FCM", "FCM", SourceKind.UNKNOWN),
        ("FCM, monitor", "FCM", SourceKind.MONITOR),
        ("Zed, Qor and Sons", "Zed, Qor and Sons", SourceKind.UNKNOWN),
        ("Reuters", "Reuters", SourceKind.WIRE),
    ],
)
def test_the_kind_of_a_new_source_is_typed_or_known_and_else_unknown(
    typed: str, name: str, kind: SourceKind
) -> None:
    made = new_source(typed)
    assert (made.name, made.kind) == (name, kind)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Qasr health office", ["Qasr health office (new, kind unknown)", "no name"]),
        ("the Qasr Herald", ["the Qasr Herald (new, kind unknown)", "no name"]),
        ("QHO", ["QHO (new, kind unknown)", "no name"]),
        ("two medics", ["no name", "two medics (new, kind unknown)"]),
        ("Two medics", ["no name", "Two medics (new, kind unknown)"]),
        ("Police", ["no name", "Police (new, kind unknown)"]),
        ("Reuters > Qasr Herald", ["Reuters → Qasr Herald (new, kind unknown)", "no name"]),
    ],
)
def test_a_typed_name_in_capitals_is_a_new_source_before_a_speaker_in_words(
    hama: Archive, typed: str, shown: list[str]
) -> None:
    found = [one for one in hama.ask(chains, typed) if one.made or one.speaker]
    assert ["no name" if one.speaker else one.shown for one in found] == shown


def test_a_name_that_says_nothing_is_no_origin(hama: Archive) -> None:
    assert hama.ask(sentence_offers, "Rebels fought the Syrian army near Hama.").chain == ()


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        ("The Syrian army told SOHR that it left Hama.", ["Syrian army"]),
        ("A doctor told SOHR that four died.", []),
        ("Rebels left, the Syrian army said to the SOHR.", ["Syrian army"]),
    ],
)
def test_who_is_told_is_no_origin(hama: Archive, words: str, cited: list[str]) -> None:
    assert [one.name for one in hama.ask(sentence_offers, words).chain] == cited


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("On 8 December, rebels took the town, residents said.", "Rebels took the town"),
        ("On Sunday, 8 December 2024, rebels left.", "Rebels left"),
        ("On 8 December.", ""),
        ("On 8 December rebels left, the army said.", "On 8 December rebels left"),
    ],
)
def test_a_title_begins_after_a_date(hama: Archive, words: str, title: str) -> None:
    assert hama.ask(sentence_offers, words).title == title


LONG = "An air strike on the market of Zed in the north of Qor on 8 December"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (f"{LONG} killed at least 14 people.", LONG),
        (
            "An air strike on the old market of Zed on 8 December killed at least fourteen people",
            "An air strike on the old market of Zed on 8 December",
        ),
        (f"{LONG} when 14 people had come to buy bread for the feast of the town.", LONG),
        (
            "Fighters of the Northern Guard shelled three of the southern suburbs of the town of"
            " Zed.",
            "Fighters of the Northern Guard shelled three of the southern suburbs",
        ),
        (
            "The Northern Guard and its allies entered the southern suburbs near the old airport",
            "The Northern Guard and its allies entered the southern suburbs",
        ),
        ("Q" * 90, "Q" * 72),
        ("Zed, 2 December: Rebels entered the city.", "Rebels entered the city"),
    ],
)
def test_a_long_title_is_cut_before_a_phrase(hama: Archive, words: str, title: str) -> None:
    assert hama.ask(sentence_offers, words).title == title


def test_the_likeliest_subject_comes_first(hama: Archive) -> None:
    one, at = article(hama, "Over 50,000 people have fled the violence.")
    selected = SelectedWords(4, at, "The rebels took Aleppo.", 21)
    found = hama.ask(proposed_subjects, selected)
    assert found[0].why == "the event at hand"
    assert len({row.id for row in found}) == len(found)
    assert "Rebels take Aleppo" in [row.title for row in hama.ask(typed_subjects, "take alep")]
    assert one.id


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (
            Kind.FATALITIES,
            "at least 27",
            Count(min=27, qualifier=Qualifier.AT_LEAST, printed="at least 27"),
        ),
        (Kind.DATE, "2024-11-29", When(edtf="2024-11-29")),
        (Kind.OCCURRENCE, " ", None),
    ],
)
def test_typed_values(hama: Archive, kind: Kind, text: str, value: object) -> None:
    assert hama.ask(typed_value, kind, text) == TypedValue(value)  # type: ignore[arg-type]


def test_typed_names_are_those_of_the_case(hama: Archive) -> None:
    place = hama.ask(typed_value, Kind.PLACE, "aleppo").value
    assert isinstance(place, Where)
    who = hama.ask(typed_value, Kind.PARTICIPANT, "HTS, attacker").value
    assert isinstance(who, Participant)
    assert who.role is Role.ATTACKER
    control = hama.ask(typed_value, Kind.CONTROL, "HTS held").value
    assert control == Control(holder=who.actor, state=ControlState.HELD)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.FATALITIES, "many"),
        (Kind.FATALITIES, "3 and 4"),
        (Kind.DATE, "Thursday"),
        (Kind.PLACE, "Qorville"),
        (Kind.CONTROL, "HTS"),
        (Kind.DISTANCE, "far"),
        (Kind.MANNER, "—"),
        (Kind.INJURIES, ""),
    ],
)
def test_what_is_no_value_says_how_it_is_typed(hama: Archive, kind: Kind, text: str) -> None:
    with pytest.raises(ConflictError) as told:
        hama.ask(typed_value, kind, text)
    assert told.value.hint


def test_a_claim_with_a_new_event_and_speaker_is_one_act_and_undone_as_one(
    hama: Archive,
) -> None:
    words = "Over 50,000 people have fled the violence."
    one, at = article(hama, words)
    span = SelectedSpan(one.id, at, at + len(words))
    value = hama.ask(typed_value, Kind.DISPLACED, "over 50,000").value
    draft = ClaimDraft(
        "",
        Kind.DISPLACED,
        value,
        stance=Stance.HEDGES,
        speaker="residents",
        event=NewEvent("People flee", EventType.DISPLACEMENT),
    )

    def there(table: str, id_: str) -> AnyRecord | None:
        return hama.ask(held, table, id_)

    change = claim_change(draft, one, passage_of(one, span), there, BY, AT)
    before = hama.ask(lambda reader: reader.execute("SELECT count(*) FROM claims").fetchone())
    hama.change(change)
    (event,) = [edit.after for edit in change.edits if edit.table == "events"]
    assert isinstance(event, Event)
    assert hama.ask(held, "events", event.id) == event
    assert [edit.table for edit in change.edits] == ["events", "sources", "passages", "claims"]
    again = claim_change(draft, one, passage_of(one, span), there, BY, AT)
    assert not list(again.edits)
    hama.undo()
    assert hama.ask(held, "events", event.id) is None
    after = hama.ask(lambda reader: reader.execute("SELECT count(*) FROM claims").fetchone())
    assert after == before
    assert not list(verify(hama.path))


def test_words_that_the_article_has_not_are_refused(hama: Archive) -> None:
    one, _ = article(hama, "Over 50,000")
    with pytest.raises(UsageError):
        passage_of(one, SelectedSpan(one.id, 10**6, 10**6 + 4))


def test_a_plus_makes_what_the_case_has_not_and_finds_what_it_has(hama: Archive) -> None:
    made = hama.ask(typed_value, Kind.PLACE, "+Qorville @ 35.13, 36.75")
    ((table, place),) = made.made
    assert isinstance(place, Place)
    assert (table, place.name, place.latitude) == ("places", "Qorville", 35.13)
    assert made.value == Where(place=place.id)
    assert not hama.ask(typed_value, Kind.PLACE, "+Aleppo").made
    ((_, actor),) = hama.ask(typed_value, Kind.PARTICIPANT, "+Blue Front, attacker").made
    assert isinstance(actor, Actor)
    assert actor.name == "Blue Front"
    with pytest.raises(ConflictError) as told:
        hama.ask(typed_value, Kind.PARTICIPANT, "Blue Front")
    assert told.value.hint == "+Blue Front makes a new one"
    with pytest.raises(UsageError):
        hama.ask(typed_value, Kind.PLACE, "+Qorville @ 135 36")


def test_days_are_counted_from_the_publication_and_stay_open_without_one(hama: Archive) -> None:
    published = Stamp(at="2024-12-06T09:15+05:30")
    words = "Rebels entered the city on Thursday."
    (when,) = [
        one.value
        for one in hama.ask(sentence_offers, words, published).claims
        if one.kind is Kind.DATE
    ]
    assert isinstance(when, When)
    assert (when.edtf, when.printed) == ("2024-12-05", "Thursday")
    (when,) = [
        one.value for one in hama.ask(sentence_offers, words).claims if one.kind is Kind.DATE
    ]
    assert isinstance(when, When)
    assert (when.edtf, when.printed) == ("", "Thursday")
    typed = hama.ask(typed_value, Kind.DATE, "Thursday", published)
    assert isinstance(typed.value, When)
    assert typed.value.edtf == "2024-12-05"


def test_a_plus_makes_what_only_longer_names_have(hama: Archive) -> None:
    for name in ("Ham", "Northern"):
        ((_, place),) = hama.ask(typed_value, Kind.PLACE, f"+{name}").made
        assert isinstance(place, Place)
        assert place.name == name
    here, there = (
        hama.ask(typed_value, Kind.PLACE, f"+Qorville @ 35.13 {at}").value for at in (36, 37)
    )
    assert here != there, "another place of this name"


@pytest.mark.parametrize(
    ("kind", "text"), [(Kind.DISTANCE, "9" * 400), (Kind.DATE, "2024-11-29/2024-11-01")]
)
def test_what_cannot_be_is_refused_where_it_is_typed(hama: Archive, kind: Kind, text: str) -> None:
    with pytest.raises(UsageError):
        hama.ask(typed_value, kind, text)
