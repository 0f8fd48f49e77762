"""The reading of two claims by origin and time: typical cases, and any two."""

from collections.abc import Sequence

import pytest
from hypothesis import assume, given

from store.analysis.publication_order import Order
from store.analysis.read_pair import comparable, read, voices_of
from store.analysis.readings import (
    ACROSS_PARTS,
    DISPUTES,
    MOST_URGENT,
    RANK,
    READINGS,
    NotComparable,
    Reading,
    Voices,
)
from store.analysis.relations import Relation
from store.analysis.sourced_claim import UNKNOWN, Statement, code_of
from store.analysis.speakers import NOBODY, Speaker
from store.model.values import (
    AnyValue,
    Coded,
    Control,
    Count,
    Participant,
    When,
    Where,
)
from store.model.vocabulary import ControlState, Kind, Qualifier, Role, Stance
from tests.examples import examples
from tests.store.claims import WHOLES, pairs, statement

AGREES, REPEAT, ITSELF = Reading.AGREES, Reading.REPEAT, Reading.ITSELF
PARTY, GROWN, FAR = Reading.ONE_PARTY, Reading.GROWN, Reading.FAR_APART
REFINES, COMPATIBLE, DIFFERS = Reading.REFINES, Reading.COMPATIBLE, Reading.DIFFERS
CONTRADICTS, STALE, PERHAPS = Reading.CONTRADICTS, Reading.STALE, Reading.PERHAPS_STALE
INCOMPARABLE, PERHAPS_CONTRADICTS = Reading.INCOMPARABLE, Reading.PERHAPS_CONTRADICTS
STALE_OF = (STALE, PERHAPS)


def day(edtf: str) -> When:
    return When(edtf=edtf)


def exactly(number: int) -> Count:
    return Count(min=number, max=number)


def at_least(number: int) -> Count:
    return Count(min=number, qualifier=Qualifier.AT_LEAST)


def went(code: str) -> Coded:
    return Coded(scheme="resistance", code=code, label=code)


def attacked(actor: str) -> Participant:
    return Participant(actor=actor, role=Role.ATTACKER)


SATURDAY, WEEKEND = day("2024-11-30"), day("2024-11-30/2024-12-01")


# the table of the four columns: two origins, one party, one origin in two texts and in one


@pytest.mark.parametrize(
    ("kind", "one", "other", "readings"),
    [
        (Kind.OCCURRENCE, None, None, (AGREES, REPEAT, REPEAT, REPEAT)),
        (Kind.DATE, SATURDAY, SATURDAY, (AGREES, REPEAT, REPEAT, REPEAT)),
        (Kind.DATE, SATURDAY, WEEKEND, (REFINES, REFINES, REFINES, REFINES)),
        (Kind.DATE, day("2024-11-29"), WEEKEND, (CONTRADICTS, PARTY, DIFFERS, ITSELF)),
        (Kind.DATE, day("2024-11-27/2024-11-30"), WEEKEND, (COMPATIBLE,) * 4),
        (Kind.FATALITIES, at_least(40), exactly(57), (COMPATIBLE,) * 4),
        (Kind.FATALITIES, exactly(10), exactly(11), (CONTRADICTS, PARTY, DIFFERS, ITSELF)),
        (Kind.DISPLACED, at_least(50_000), exactly(280_000), (FAR,) * 4),
        (Kind.MANNER, went("no-fight"), went("fighting"), (DIFFERS, PARTY, DIFFERS, ITSELF)),
        (Kind.PLACE, Where(place="plc_palace"), Where(place="plc_hama"), (REFINES,) * 4),
        (
            Kind.PARTICIPANT,
            attacked("act_army"),
            attacked("act_hts"),
            (DIFFERS, PARTY, DIFFERS, ITSELF),
        ),
    ],
)
def test_what_two_values_mean_by_who_says_them(
    kind: Kind, one: AnyValue, other: AnyValue, readings: Sequence[Reading]
) -> None:
    of_party = Speaker(party="act_rebels")
    a = statement(kind, one, origin="sohr", text="first", speaker=of_party)
    others = [
        statement(kind, other, origin="reuters", text="second"),
        statement(kind, other, origin="spokesman", text="second", speaker=of_party),
        statement(kind, other, origin="sohr", text="second"),
        statement(kind, other, origin="sohr", text="first"),
    ]
    assert tuple(read(a, b, WHOLES).reading for b in others) == tuple(readings)


def test_over_50000_and_280000_are_some_way_apart() -> None:
    a = statement(Kind.DISPLACED, at_least(50_000), origin="sohr")
    b = statement(Kind.DISPLACED, exactly(280_000), origin="un")
    assert read(a, b, {}).times == pytest.approx(5.6)


def test_a_denial_contradicts_and_a_doubt_differs() -> None:
    said = statement(Kind.OCCURRENCE, origin="reuters")
    denial, doubt = (
        statement(Kind.OCCURRENCE, origin="ministry", stance=stance)
        for stance in (Stance.DENIES, Stance.DOUBTS)
    )
    assert read(said, denial, {}).reading is CONTRADICTS
    assert read(said, doubt, {}).reading is DIFFERS
    assert read(denial, doubt, {}).reading is COMPATIBLE
    assert read(denial, denial._replace(origin="army", copy="x"), {}).reading is AGREES


# who holds a place, and when


def holds(
    holder: str,
    state: str,
    *,
    as_of: str = "",
    at: str = "2024-12-06T09:15+05:30",
    origin: str = "army",
    stated: bool = True,
    text: str = "",
) -> Statement:
    value = Control(holder=holder, state=ControlState(state))
    return statement(
        Kind.CONTROL,
        value,
        subject="plc_hama",
        as_of=as_of,
        at=at,
        origin=origin,
        stated=stated,
        text=text,
    )


def rebels(state: str, **more: object) -> Statement:
    return holds("act_rebels", state, **more)  # type: ignore[arg-type]


MORNING, NOON = "2024-12-06T09:15+05:30", "2024-12-06T11:22+05:30"


def test_hama_is_encircled_in_a_report_of_noon_and_held_in_one_of_the_morning() -> None:
    held = rebels("held", at=MORNING)
    encircled = rebels("encircled", at=NOON, origin="guardian")
    found = read(encircled, held, {})
    assert (found.reading, found.first, found.order) == (STALE, True, Order.AFTER)
    assert read(held, encircled, {}) == found.reversed()


def test_where_the_zones_are_assumed_it_is_perhaps_stale() -> None:
    held = rebels("held", at=MORNING, stated=False)
    encircled = rebels("encircled", at=NOON, origin="guardian", stated=False)
    assert read(encircled, held, {}).reading is PERHAPS


@pytest.mark.parametrize(
    ("held", "encircled", "reading"),
    [
        # encircled first, held later: both are true, each in its time
        ({"at": NOON}, {"at": MORNING}, COMPATIBLE),
        ({"as_of": "2024-12-05"}, {"as_of": "2024-12-04"}, COMPATIBLE),
        # the as-of times decide, whatever was printed first
        ({"as_of": "2024-12-05", "at": NOON}, {"as_of": "2024-12-04", "at": MORNING}, COMPATIBLE),
        ({"as_of": "2024-12-05", "at": NOON}, {"as_of": "2024-12-06", "at": MORNING}, STALE),
        # of one day, publication decides
        ({"as_of": "2024-12-06", "at": MORNING}, {"as_of": "2024-12-06", "at": NOON}, STALE),
        ({"as_of": "2024-12-06", "at": NOON}, {"as_of": "2024-12-06", "at": MORNING}, COMPATIBLE),
        # without an as-of time, a claim is of the day of its publication
        ({"as_of": "2024-12-05"}, {"at": NOON}, STALE),
        ({"as_of": "2024-12-06"}, {"at": NOON}, COMPATIBLE),  # earlier or later that day
        ({"as_of": "2024-12-05"}, {"at": ""}, COMPATIBLE),
        # days only
        ({"at": "2024-12-05"}, {"at": "2024-12-06"}, STALE),
        ({"at": "2024-12-06"}, {"at": "2024-12-06"}, COMPATIBLE),
        ({"at": "2024-12-05T23:30"}, {"at": "2024-12-06T01:00"}, PERHAPS),
        # "about" may be the day after
        ({"as_of": "2024-12-05~", "at": ""}, {"as_of": "2024-12-06", "at": ""}, COMPATIBLE),
        ({"as_of": "2024-12-05~", "at": ""}, {"as_of": "2024-12-07", "at": ""}, STALE),
    ],
)
def test_an_earlier_state_is_stale_where_it_is_told_of_a_later_time(
    held: dict[str, str], encircled: dict[str, str], reading: Reading
) -> None:
    a, b = rebels("held", **held), rebels("encircled", origin="guardian", **encircled)
    assert read(a, b, {}).reading is reading
    assert read(b, a, {}) == read(a, b, {}).reversed()


def test_one_text_tells_of_two_states_in_turn() -> None:
    entered, held = (rebels(state, text="one") for state in ("entered", "held"))
    assert read(entered, held, {}).reading is COMPATIBLE
    assert read(held, entered, {}) == read(entered, held, {}).reversed()


def test_the_same_origin_moves_on() -> None:
    entered = rebels("entered", at=MORNING, text="1")
    held = rebels("held", at=NOON, text="2")
    found = read(entered, held, {})
    assert (found.reading, found.first) == (Reading.SUPERSEDED, True)


def test_who_moved_on_is_superseded_and_who_moves_back_is_stale() -> None:
    held = rebels("held", at=MORNING, text="1")
    back = rebels("entered", at=NOON, text="2")
    assert read(held, back, {}).reading is STALE


@pytest.mark.parametrize(
    ("army", "rebel", "reading", "why"),
    [
        ("2024-12-06", "2024-12-06", CONTRADICTS, None),
        ("2024-12-05", "2024-12-06", INCOMPARABLE, NotComparable.TIMES),
        ("2024-12-05", "2024-12-05/2024-12-06", CONTRADICTS, None),
        ("", "2024-12-06", INCOMPARABLE, NotComparable.TIME_UNKNOWN),
        ("", "", INCOMPARABLE, NotComparable.TIME_UNKNOWN),
    ],
)
def test_two_holders_are_at_odds_only_at_one_time(
    army: str, rebel: str, reading: Reading, why: NotComparable | None
) -> None:
    a = holds("act_army", "held", as_of=army)
    b = rebels("held", as_of=rebel, origin="guardian")
    found = read(a, b, {})
    assert (found.reading, found.why) == (reading, why)


# what cannot be compared


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        (
            statement(Kind.OCCURRENCE),
            statement(Kind.OCCURRENCE, subject="evt_other"),
            NotComparable.SUBJECT,
        ),
        (
            statement(Kind.FATALITIES, exactly(4), scope="customers"),
            statement(Kind.FATALITIES, exactly(2), scope="students"),
            NotComparable.SCOPES,
        ),
        (
            statement(Kind.FATALITIES, exactly(4)),
            statement(Kind.INJURIES, exactly(2)),
            NotComparable.SLOT,
        ),
        (
            statement(Kind.FATALITIES, exactly(900), aggregate=True),
            statement(Kind.FATALITIES, exactly(13)),
            NotComparable.AGGREGATE,
        ),
        (
            statement(Kind.FATALITIES, exactly(12))._replace(compiled=True),
            statement(Kind.FATALITIES, exactly(13)),
            NotComparable.COMPILED,
        ),
        (
            statement(Kind.DATE, day("")),
            statement(Kind.DATE, SATURDAY),
            NotComparable.VALUE_UNKNOWN,
        ),
        (statement(Kind.DATE, day("")), statement(Kind.DATE, day("")), NotComparable.VALUE_UNKNOWN),
    ],
)
def test_what_is_not_of_the_same_is_not_compared(
    a: Statement, b: Statement, why: NotComparable
) -> None:
    b = b._replace(origin="other", copy="other")
    assert comparable(a, b, {}) is comparable(b, a, {}) is why
    assert read(a, b, {}).reading is INCOMPARABLE


# across the parts of one event


def part(code: str, subject: str, origin: str = "army", kind: Kind = Kind.MANNER) -> Statement:
    return statement(kind, went(code), subject=subject, origin=origin)


@pytest.mark.parametrize(
    ("one", "other", "reading"),
    [
        # the palace was left without a fight, Hama was taken after fighting
        (part("no-fight", "evt_one"), part("fighting", "evt_other", "guardian"), DIFFERS),
        (part("no-fight", "evt_one"), part("fighting", "evt_whole", "guardian"), DIFFERS),
        # one origin can tell how each part went, and alike is no news
        (part("no-fight", "evt_one"), part("fighting", "evt_other"), INCOMPARABLE),
        (part("fighting", "evt_one"), part("fighting", "evt_other", "guardian"), INCOMPARABLE),
        # parts of two wholes have nothing to do with each other
        (part("no-fight", "evt_detail"), part("fighting", "evt_other", "guardian"), INCOMPARABLE),
        (part("no-fight", "plc_hama"), part("fighting", "act_hts", "guardian"), INCOMPARABLE),
        # only how they went is compared, not why
        (
            part("no-fight", "evt_one", kind=Kind.CAUSE),
            part("fighting", "evt_other", "guardian", kind=Kind.CAUSE),
            INCOMPARABLE,
        ),
    ],
)
def test_how_the_parts_of_an_event_went(one: Statement, other: Statement, reading: Reading) -> None:
    assert read(one, other, {}).reading is read(other, one, {}).reading is reading


# who nobody knows


def test_two_articles_without_a_publisher_are_two_origins() -> None:
    a, b = (
        statement(Kind.FATALITIES, exactly(n), origin=f"?text{n}", text=f"text{n}") for n in (3, 4)
    )
    assert voices_of(a, b) is Voices.UNKNOWN_ORIGIN
    assert read(a, b, {}).reading is CONTRADICTS
    assert read(a, b._replace(value=a.value, code=a.code), {}).reading is AGREES


def test_copies_of_a_text_without_a_publisher_are_one_voice() -> None:
    a, b = (
        statement(Kind.FATALITIES, exactly(3), origin="?text", text="text", at=at)
        for at in ("", "2024")
    )
    assert read(a, b, {}).reading is REPEAT


# whatever two claims are


@examples(600)
@given(pairs())
def test_it_does_not_matter_which_of_two_is_named_first(two: tuple[Statement, Statement]) -> None:
    a, b = two
    found = read(a, b, WHOLES)
    assert found == read(b, a, WHOLES).reversed()
    assert found == found.reversed().reversed()


@given(pairs())
def test_a_origin_neither_agrees_with_itself_nor_contradicts_itself(
    two: tuple[Statement, Statement],
) -> None:
    a, b = two
    reading = read(a, b._replace(origin=a.origin), WHOLES).reading
    assert reading not in (AGREES, CONTRADICTS, PERHAPS_CONTRADICTS)


@given(pairs())
def test_only_one_origin_or_one_party_repeats(two: tuple[Statement, Statement]) -> None:
    a, b = two
    if read(a, b, WHOLES).reading is REPEAT:
        assert a.origin == b.origin or a.speaker.party == b.speaker.party != ""


@given(pairs())
def test_a_party_does_not_contradict_itself_through_two_voices(
    two: tuple[Statement, Statement],
) -> None:
    a, b = (one._replace(speaker=one.speaker._replace(party="act_army")) for one in two)
    assert read(a, b, WHOLES).reading not in (AGREES, CONTRADICTS, PERHAPS_CONTRADICTS)


@given(pairs())
def test_only_what_was_replaced_is_superseded_and_what_was_is_at_odds_with_nobody(
    two: tuple[Statement, Statement],
) -> None:
    a, b = two
    found = read(a, b, WHOLES)
    if found.reading is Reading.SUPERSEDED and a.slot.kind is not Kind.CONTROL:
        assert (a if found.first else b).superseded_by
    if a.superseded_by or b.superseded_by:
        still = (*STALE_OF, Reading.ITSELF, Reading.PARTLY)
        assert found.reading in still or found.reading not in DISPUTES


@given(pairs())
def test_what_is_not_known_to_be_one_origin_is_read_as_two(
    two: tuple[Statement, Statement],
) -> None:
    a, b = (one._replace(speaker=NOBODY) for one in two)
    assume(a.copy != b.copy)
    unknown = a._replace(origin=UNKNOWN + a.copy), b._replace(origin=UNKNOWN + b.copy)
    named = a._replace(origin="one"), b._replace(origin="another")
    assert read(*unknown, WHOLES) == read(*named, WHOLES)._replace(voices=Voices.UNKNOWN_ORIGIN)
    assert read(*unknown, WHOLES).reading is not REPEAT


@given(pairs())
def test_an_unknown_date_and_an_aggregate_are_at_odds_with_nothing(
    two: tuple[Statement, Statement],
) -> None:
    a, b = two
    assert read(a._replace(aggregate=True), b, WHOLES).reading is INCOMPARABLE
    if isinstance(a.value, When):
        assert read(a._replace(value=day(""), code=""), b, WHOLES).reading is INCOMPARABLE


@given(pairs())
def test_of_two_readings_only_different_subjects_slots_or_values_can_be_disputed(
    two: tuple[Statement, Statement],
) -> None:
    a, b = two
    reading = read(a, b, WHOLES).reading
    if reading in DISPUTES:
        assert a.slot == b.slot
        assert (code_of(a.value), a.stance, a.scope) != (code_of(b.value), b.stance, b.scope)
        assert a.subject == b.subject or a.slot.kind in ACROSS_PARTS
    if reading in (STALE, PERHAPS):
        assert a.slot.kind is Kind.CONTROL


@given(pairs())
def test_no_reading_is_more_urgent_than_its_relation_allows(
    two: tuple[Statement, Statement],
) -> None:
    found = read(*two, WHOLES)
    if found.why is None:
        assert RANK[found.reading] >= MOST_URGENT[found.relation]


def test_every_relation_has_a_reading_for_all_who_can_say_it() -> None:
    assert set(READINGS) == set(Voices)
    assert all(set(readings) == set(Relation) for readings in READINGS.values())
