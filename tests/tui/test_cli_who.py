"""The command that shows provenance, as an analyst uses it."""

from pathlib import Path

import pytest

from store.model.values import Control
from store.model.vocabulary import ControlState, EventType, Kind, Stance
from tests.small import SmallCase
from tests.tui.test_cli import answer, run
from tests.tui.test_cli_compare import table, whole


@pytest.fixture
def passed_on(tmp_path: Path) -> Path:
    """A case in which the Wire prints the Ministry's words, and the Paper those of the Wire."""
    small = SmallCase()
    wire, ministry, paper = (small.source(name) for name in ("Wire", "Ministry", "Paper"))
    first = small.article("1", "The bridge fell.", publisher=wire, published="2024-12-01")
    second = small.article("2", "It fell, one hears.", publisher=paper, published="2024-12-02")
    copy = small.article("3", "It fell, one hears.", title="A copy", published="2024-12-03")
    event = small.event("bridge", type=EventType.EXPLOSION)
    small.claim(event, first, "The bridge fell", chain=(ministry,))
    small.claim(event, second, "It fell", chain=(wire, ministry))
    small.claim(event, copy, "It fell", chain=(wire, ministry))
    small.claim(event, second, "one hears", stance=Stance.DENIES)
    rebels, place = small.actor("rebels"), small.place("Bridge")
    small.claim(
        place,
        first,
        "The bridge",
        kind=Kind.CONTROL,
        value=Control(holder=rebels, state=ControlState.HELD),
    )
    return small.write(tmp_path / "case.json")


def test_the_origins_are_drawn_as_a_tree_down_to_the_passages(passed_on: Path) -> None:
    assert answer("who", "evt_bridge", "--case", passed_on).splitlines() == [
        "bridge",
        "  id         evt_bridge",
        "  support    2 articles · publishers: 2 named, 1 unnamed · 1 origin · 1 denial",
        "  carried    Ministry carries 2 of 2 articles",
        "",
        "● Ministry  asserts, outlet, 2 articles",
        "├─ Wire  outlet, 1 article",
        "│  ├─ Paper, 2 Dec 2024  art_2",
        "│  │  without a title",
        "│  │  “It fell”",
        "│  └─ publisher not stated, 3 Dec 2024  art_3  copy of an earlier text",
        "│     A copy",
        "│     “It fell”",
        "└─ Wire, 1 Dec 2024  art_1",
        "   without a title",
        "   “The bridge fell”",
        "",
        "○ Paper  denies, outlet, 1 article",
        "└─ Paper, 2 Dec 2024  art_2",
        "   without a title",
        "   “one hears”",
    ]


def test_each_article_has_its_way_to_the_origin(passed_on: Path) -> None:
    lines = table("who", "evt_bridge", "--case", passed_on)
    assert [line["path"] for line in lines] == [
        "Paper → Wire → Ministry",
        "publisher not stated → Wire → Ministry",
        "Wire → Ministry",
        "Paper",
    ]
    assert [line["is_copy"] for line in lines] == ["false", "true", "false", "false"]
    assert [line["stance"] for line in lines] == ["asserts"] * 3 + ["denies"]
    assert [line["publisher"] for line in lines] == ["Paper", "", "Wire", "Paper"]
    assert lines[2]["passage"].startswith("psg_art_1")


def test_the_tree_in_json_has_the_same_articles(passed_on: Path) -> None:
    found = whole("who", "evt_bridge", "--case", passed_on)
    leaves = [node for node in found["nodes"] if node["article_id"]]
    lines = table("who", "evt_bridge", "--case", passed_on)
    assert [node["passage_id"] for node in leaves] == [line["passage"] for line in lines]
    assert [node["depth"] for node in found["nodes"]] == [0, 1, 2, 2, 1, 0, 1]
    assert found["origins"] == 1
    assert found["summary"] == "2 articles · publishers: 2 named, 1 unnamed · 1 origin · 1 denial"


def test_who_stands_behind_what_is_said_of_a_place(passed_on: Path) -> None:
    lines = answer("who", "plc_Bridge", "--case", passed_on).splitlines()
    assert lines[:2] == ["Bridge", "  id         plc_Bridge"]
    assert "● Wire  asserts, outlet, 1 article" in lines


def test_a_title_that_is_the_name_of_a_place_too_asks_which(passed_on: Path) -> None:
    found = run("who", "Bridge", "--case", passed_on)
    assert (found.exit_code, found.stdout) == (67, "")
    assert found.stderr == (
        "conflict-tui: 'Bridge' is ambiguous: bridge (event evt_bridge),"
        " Bridge (place plc_Bridge); give the id of one\n"
    )
