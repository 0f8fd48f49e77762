"""Offers of sentences for a claim, as their readers would take them."""

import pytest

from store.coding.attribution import unnamed_speaker
from store.coding.new_speakers import spoken_names
from store.coding.read_sentence import offered_counts, offered_types
from store.model.values import Count
from store.model.vocabulary import EventType, Kind

MINISTRY = "Ministry of Health and Population"
COUNTS = [
    (
        "At least 27 civilians, including eight children, have been killed, the UN said.",
        [(Kind.FATALITIES, 27, None, "civilians"), (Kind.FATALITIES, 8, 8, "children")],
    ),
    (
        "Air strikes on camps killed eight civilians, injuring 50 others, SOHR said.",
        [(Kind.FATALITIES, 8, 8, "civilians"), (Kind.INJURIES, 50, 50, "")],
    ),
    ("More than 2,000 families have fled Orvan since Monday.", []),
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
        [(Kind.FATALITIES, 19, None, "civilians"), (Kind.FATALITIES, 4, 4, "children")],
    ),
    (
        "“We have received 14 bodies, among them five children,” he told reporters.",
        [(Kind.FATALITIES, 14, 14, ""), (Kind.FATALITIES, 5, 5, "children")],
    ),
    ("Three bodies were found in the rubble.", [(Kind.FATALITIES, 3, 3, "")]),
    ("The bodies of three men were found.", [(Kind.FATALITIES, 3, 3, "men")]),
    (
        "He said that 12 people, four of them women, had died.",
        [(Kind.FATALITIES, 12, 12, ""), (Kind.FATALITIES, 4, 4, "women")],
    ),
    ("Three people have died.", [(Kind.FATALITIES, 3, 3, "")]),
    ("A woman and her two daughters were wounded.", []),
    ("An earlier report of 29 dead was wrong.", []),
    ("Two bodies of law were passed.", []),
    ("The Front put the number of dead at 26.", [(Kind.FATALITIES, 26, 26, "")]),
    (
        "At least 60 civilians, 14 of them children, were killed.",
        [(Kind.FATALITIES, 60, None, "civilians"), (Kind.FATALITIES, 14, 14, "children")],
    ),
    (
        "At least 60 civilians (14 of them children) were killed.",
        [(Kind.FATALITIES, 60, None, "civilians"), (Kind.FATALITIES, 14, 14, "children")],
    ),
    (
        "Sixteen people, five of whom were women, died.",
        [(Kind.FATALITIES, 16, 16, ""), (Kind.FATALITIES, 5, 5, "women")],
    ),
    (
        "A shell killed 12 people, three of those children.",
        [(Kind.FATALITIES, 12, 12, ""), (Kind.FATALITIES, 3, 3, "children")],
    ),
    (
        "14 people were killed and 20 wounded, three of them seriously.",
        [(Kind.FATALITIES, 14, 14, ""), (Kind.INJURIES, 20, 20, "")],
    ),
    (
        "Shells killed 9 civilians, injuring 50, including 3 children.",
        [(Kind.FATALITIES, 9, 9, "civilians"), (Kind.INJURIES, 50, 50, "")],
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
    ("words", "notes"),
    [
        (
            "Shells killed 9 civilians and 5 soldiers in Zed.",
            ["the sum of 9 + 5", "a part of 9 + 5", "a part of 9 + 5"],
        ),
        ("Shells killed at least 14, including 3 children.", ["", "a part of at least 14"]),
        ("9 people were killed in Zed and 5 in Qor.", ["without the 5 in Qor"]),
        ("14 people were killed in 48 hours.", ["of several events"]),
        ("14 people were killed.", [""]),
    ],
)
def test_a_sum_and_a_part_say_that_they_are(words: str, notes: list[str]) -> None:
    found = offered_counts(words)
    assert [one.note for one in found] == notes
    assert all(isinstance(one.value, Count) and one.value.printed in words for one in found)
    assert [one.note for one in found if one.value and not one.value.printed] == [
        note for note in notes if note.startswith("the sum")
    ]


SOME = [
    (
        "Three of the wounded died overnight.",
        [("killed", 3, "the wounded", "no whole toll")],
    ),
    (
        "Twelve were wounded, three of whom died.",
        [("killed", 3, "some of them", "no whole toll"), ("hurt", 12, "", "")],
    ),
    (
        "Two of the missing were found dead.",
        [("killed", 2, "the missing", "no whole toll")],
    ),
    ("Ten of the dead were children.", [("killed", 10, "children", "a part of the dead")]),
    (
        "Six of the 14 dead were children.",
        [("killed", 14, "", ""), ("killed", 6, "children", "a part of 14")],
    ),
    (
        "At least 30 people were killed, of whom six were children, the monitor said.",
        [("killed", 30, "", ""), ("killed", 6, "children", "a part of At least 30")],
    ),
    (
        "Shells killed 12, including seven children, four women and two medics, and hurt 30.",
        [
            ("killed", 12, "", ""),
            ("killed", 7, "children", "a part of 12"),
            ("killed", 4, "women", "a part of 12"),
            ("killed", 2, "medics", "a part of 12"),
        ],
    ),
    (
        "Shells killed 12 people, including seven children, and 30 were wounded.",
        [
            ("killed", 12, "", ""),
            ("killed", 7, "children", "a part of 12"),
            ("hurt", 30, "", ""),
        ],
    ),
    (
        "A blast killed nine, including three children and four wounded men.",
        [("killed", 9, "", ""), ("killed", 3, "children", "a part of nine"), ("hurt", 4, "", "")],
    ),
    (
        "A total of 22 people, 17 of them civilians, were killed.",
        [("killed", 22, "", ""), ("killed", 17, "civilians", "a part of 22")],
    ),
    ("Shells killed a total of 14 people in Kesh.", [("killed", 14, "", "")]),
    ("Two were moderately wounded.", [("hurt", 2, "", "")]),
    ("Two soldiers were said to be lightly hurt.", [("hurt", 2, "soldiers", "")]),
    ("The monitor put the toll at 23 dead.", [("killed", 23, "", "")]),
    ("The number of dead has risen to 19.", [("killed", 19, "", "")]),
    ("14 were killed since Monday.", [("killed", 14, "", "of several events")]),
    ("Three of the soldiers were wounded.", [("hurt", 3, "soldiers", "")]),
    ("Three of the attackers were killed.", [("killed", 3, "attackers", "")]),
    (
        "14 were killed and 3 of the wounded died.",
        [("killed", 14, "", ""), ("killed", 3, "", "of the wounded")],
    ),
    ("One of three brothers was killed.", [("killed", 1, "brothers", "")]),
    (
        "Two were killed and five hurt in a new round of shelling in Zed.",
        [("killed", 2, "", ""), ("hurt", 5, "", "")],
    ),
    ("It came two days after the shelling, in which 19 people died.", [("killed", 19, "", "")]),
    ("19 people died in two days.", [("killed", 19, "", "of several events")]),
    ("A driver was killed.", [("killed", 1, "driver", "")]),
    (
        "A driver was killed and two guards were wounded.",
        [("killed", 1, "driver", ""), ("hurt", 2, "guards", "")],
    ),
    ("It came after a driver was killed.", []),
    ("My brother and his two sons were killed.", [("killed", 3, "", "the sum of two + 1")]),
    ("The Ox and his two sons were killed.", []),
    ("“Correction: an earlier version of this article said that 29 were killed.", []),
    ("The article wrongly said that 29 people were killed.", []),
    ("Some 300 families were wounded.", []),
    ("12 members of one family were wounded.", [("hurt", 12, "", "")]),
    ("Three family members were wounded.", [("hurt", 3, "", "")]),
]


@pytest.mark.parametrize(("words", "found"), SOME, ids=[words for words, _ in SOME])
def test_some_of_others_are_no_number_of_their_own(
    words: str, found: list[tuple[str, int, str, str]]
) -> None:
    names = {Kind.FATALITIES: "killed", Kind.INJURIES: "hurt", Kind.MISSING: "missing"}
    assert [
        (names[one.kind], one.value.min, one.scope, one.note)
        for one in offered_counts(words)
        if isinstance(one.value, Count)
    ] == found


SPEAKERS = [
    ("Shells hit Zed, the Velmora Monitor said.", ["Velmora Monitor"]),
    ("Five died, said Reuters.", ["Reuters"]),
    ("Five died, according to the Halden Relief Office.", ["Halden Relief Office"]),
    ("According to Maria Kovel, head of a clinic, five died.", ["Maria Kovel"]),
    (
        "Officials of the Halden Ministry of Health told reporters so.",
        ["Halden Ministry of Health"],
    ),
    ("A spokesman for the Northern Front said they left.", ["Northern Front"]),
    ("“We left,” said Maria Kovel, a teacher.", ["Maria Kovel"]),
    ("The Halden Relief Office (HRO) said 12 people fled.", ["Halden Relief Office"]),
    ("Halden's defence ministry said Friday that it left.", ["Halden's defence ministry"]),
    ("On Friday Reuters said so.", ["Reuters"]),
    ("Reuters, citing the Zed Council, reported it.", ["Reuters", "Zed Council"]),
    ("Meanwhile the Ministry of Health and Population denied it.", [MINISTRY]),
    ("UN officials said so.", ["UN"]),
    ("It happened, said Velmora spokesman Per Osk on Monday.", ["Per Osk"]),
    ("In December the U.N. said so.", ["U.N."]),
    ("The army of Zed left, Per Osk told the Daily Herald.", ["Per Osk"]),
    ("Five died, the Qasr health office said on Tuesday.", ["Qasr health office"]),
    ("Five died, the Qasr health office said Tuesday.", ["Qasr health office"]),
    ("Five died, Reuters said Tuesday.", ["Reuters"]),
    ("Five died, according to Reuters and a hospital.", ["Reuters"]),
    ("It fell, the director of Orvan Hospital, Per Osk, said.", ["Per Osk"]),
    ("“We left,” its spokesman, Colonel Per Osk, said.", ["Colonel Per Osk"]),
    ("A spokesman for the governor of Zed, Per Osk, said so.", ["Per Osk"]),
    ("Five may die, the hospital director, Per Osk, told the Harrow.", ["Per Osk"]),
    ("The head of the clinic, Dr. Per Osk, told them so.", ["Per Osk"]),
    ("The Front's spokesman, Colonel Osk, denied it.", ["Colonel Osk"]),
    ("The Northern Front rejected the accusation.", ["Northern Front"]),
    ("Five died, according to a count by the Zed Centre.", ["Zed Centre"]),
    ("Defence Minister Per Osk blamed the Northern Front.", ["Defence Minister Per Osk"]),
    ("The Northern Front put the number of dead at 26.", ["Northern Front"]),
    ("A UN official who visited Kesh on Sunday said 12 died.", []),
    ("Rebels in the city, Hama, reported gains.", []),
    ("Five died, the mayor of Qasr said.", []),
    ("Five died, police said.", []),
    ("Residents said so. Rebels said nothing.", []),
    ("The army said that it left.", []),
    ("Officials in Zed said so.", []),
    ("Velmorian officials said so.", []),
    ("Shells hit Zed, killing five, and Qor.", []),
    ("A commander of the Northern Front was reported killed.", []),
    ("A commander of the Northern Front reported killed is alive.", []),
    ("He told Maria Kovel that he left.", []),
]


@pytest.mark.parametrize(("words", "names"), SPEAKERS, ids=[words[:24] for words, _ in SPEAKERS])
def test_names_that_speak(words: str, names: list[str]) -> None:
    assert [one.name for one in spoken_names(words)] == names


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
        ("Five died, police said.", "police"),
        ("Five died, the police said Tuesday.", "police"),
        ("Five died, a doctor said.", "doctor"),
        ("“Five died,” a doctor at the clinic said on Monday.", "doctor"),
        ("A doctor told SOHR that four died.", "doctor"),
        ("The army said that it left.", "army"),
        ("Rebels left, a shopkeeper said.", "shopkeeper"),
        ("Five died, the mayor of Qasr said.", "mayor"),
        ("Three died, a nurse who asked not to be named said.", "nurse"),
        ("A nurse, who declined to be named, said 3 people had died.", "nurse"),
        ("The health ministry, which the Front runs, put the toll at 41.", "health ministry"),
        ("The defence ministry denied that the fort had fallen.", "defence ministry"),
        ("The army has denied losing any soldier.", "army"),
        ("Residents were told to leave.", ""),
        ("Five died, he said.", ""),
        ("Five died, and nobody said so.", ""),
        ("A commander reported killed is alive.", ""),
        ("The governor was in Zed, which was reported wrecked.", ""),
    ],
)
def test_speakers_without_a_name(words: str, speaker: str) -> None:
    assert unnamed_speaker(words) == speaker
