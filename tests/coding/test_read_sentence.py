"""Offers of sentences for a claim, as their readers would take them."""

import pytest

from store.coding.attribution import unnamed_speaker
from store.coding.read_sentence import offered_counts, offered_stance, offered_types
from store.model.values import Count
from store.model.vocabulary import EventType, Kind, Stance

COUNTS = [
    (
        "At least 27 civilians, including eight children, have been killed, the UN said.",
        [(Kind.FATALITIES, 27, None, "civilians")],
    ),
    (
        "Air strikes on camps killed eight civilians, injuring 50 others, SOHR said.",
        [(Kind.FATALITIES, 8, 8, "civilians"), (Kind.INJURIES, 50, 50, "")],
    ),
    ("Over 50,000 people have fled the violence.", [(Kind.DISPLACED, 50_000, None, "")]),
    ("Some 48,500 people have been displaced.", [(Kind.DISPLACED, 48_500, 48_500, "")]),
    (
        "Around 15 people were injured and 3 are missing.",
        [(Kind.INJURIES, 15, 15, ""), (Kind.MISSING, 3, 3, "")],
    ),
    ("Dozens of soldiers died, according to the army.", [(Kind.FATALITIES, 24, None, "soldiers")]),
    ("The rebels are 10 kilometres from Hama, 13 years after 2011.", []),
    ("Rebels took the city.", []),
    (
        "At least 19 civilians, among them four children, were killed in the blast.",
        [(Kind.FATALITIES, 19, None, "civilians")],
    ),
]


@pytest.mark.parametrize(("words", "found"), COUNTS, ids=[words[:24] for words, _ in COUNTS])
def test_numbers_of_people(words: str, found: list[tuple[Kind, int, int | None, str]]) -> None:
    read = []
    for one in offered_counts(words):
        assert isinstance(one.value, Count)
        assert one.value.printed in words
        read.append((one.kind, one.value.min, one.value.max, one.scope))
    assert read == found


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("Rebels took Hama.", Stance.ASSERTS),
        ("Rebels reportedly took Hama.", Stance.HEDGES),
        ("Turkey denied that it was involved.", Stance.DENIES),
    ],
)
def test_stances(words: str, stance: Stance) -> None:
    assert offered_stance(words) is stance


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Four were killed when rebels shelled the dormitories", EventType.SHELLING),
        ("Warplanes struck near the border", EventType.AIR_STRIKE),
        ("The army withdrew from Hama", EventType.WITHDRAWAL),
        ("Rebels seized the palace", EventType.CAPTURE),
        ("He said no more", EventType.STATEMENT),
    ],
)
def test_the_most_specific_type_of_event_comes_first(words: str, first: EventType) -> None:
    assert offered_types(words)[0] is first


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("Five died, according to local residents.", "residents"),
        ("A military source said that five died.", "military source"),
        ("Five died on Monday.", ""),
        ("The army told residents to leave.", ""),
        ("Two residents told Meridian Post that five died.", "two residents"),
    ],
)
def test_speakers_without_a_name(words: str, speaker: str) -> None:
    assert unnamed_speaker(words) == speaker
