"""Items of a list that counts people, below the sentence that says what became of them."""

import pytest

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.coding.list_item import list_item, offered_by_item
from store.coding.offers import sentence_offers
from store.model.values import Count
from store.model.vocabulary import Kind

DEATHS = "The Zed Monitor documented the deaths of 40 people:"
KILLED, HURT = Kind.FATALITIES, Kind.INJURIES

ITEMS = [
    (DEATHS, "- 17 civilians", [(KILLED, 17, "civilians", "a part of 40")]),
    (
        DEATHS,
        "* 17 civilians, including 3 children and 2 women",
        [
            (KILLED, 17, "civilians", "a part of 40"),
            (KILLED, 3, "children", "a part of 17"),
            (KILLED, 2, "women", "a part of 17"),
        ],
    ),
    (DEATHS, "• 12 soldiers, among them an officer;", [(KILLED, 12, "soldiers", "a part of 40")]),
    ("The dead in Zed:", "1) Two children", [(KILLED, 2, "children", "")]),
    ("20 people were wounded:", "- 8 children", [(HURT, 8, "children", "a part of 20")]),
    (DEATHS, "- a nurse", []),
    (DEATHS, "- Zed: 4 children", []),
    ("The dead and wounded are:", "- 5 men", []),
    ("The Monitor counted:", "- 5 men", []),
]


@pytest.mark.parametrize(("lead", "line", "found"), ITEMS, ids=[line for _, line, _ in ITEMS])
def test_an_item_counts_those_of_whom_its_list_tells(
    lead: str, line: str, found: list[tuple[Kind, int, str, str]]
) -> None:
    item = list_item(line, f"Calm in Qor.\n{lead}\n- 3 others\n")
    assert item is not None
    assert item.lead == lead
    told = offered_by_item(item)
    assert [
        (one.kind, one.value.min, one.scope, one.note)
        for one in told
        if isinstance(one.value, Count)
    ] == found
    for one in told:
        assert isinstance(one.value, Count)
        assert one.value.printed in line


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("17 civilians", DEATHS),
        ("- 17 civilians", "The deaths of 40 people were documented.\n"),
        ("- 17 civilians", ""),
        ("-17 degrees", DEATHS),
    ],
)
def test_a_line_that_is_in_no_list_is_no_item(line: str, before: str) -> None:
    assert list_item(line, before) is None


def test_who_says_what_a_list_counts_is_the_speaker_above_it() -> None:
    archive = Archive.open(BUNDLED)
    found = archive.ask(sentence_offers, "- 17 civilians", None, f"{DEATHS}\n")
    assert [one.name for one in found.chain] == ["Zed Monitor"]
    assert found.claims[0].scope == "civilians"
    assert found.title == ""
    found = archive.ask(sentence_offers, "- 5 men", None, "Residents said that 8 died:\n")
    assert (found.chain, found.speaker) == ((), "residents")
    archive.close()
