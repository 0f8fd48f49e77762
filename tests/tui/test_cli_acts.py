"""`compare ACTOR`: the acts of an actor, those it backs, and its statements."""

import json

from tests.tui.test_cli import answer


def test_turkey_is_said_to_be_involved_and_denies_it() -> None:
    lines = answer("compare", "Turkey").splitlines()
    assert "  at odds    ≠ contradicts   1  it happened: Turkish involvement in the offensive" in (
        " ".join(lines[4:6]).removesuffix(" (alleged)")
    )
    assert any(line.startswith("act: Turkish involvement") for line in lines)
    assert any("○ denies   [2] publisher not stated → Turkish government" in one for one in lines)
    assert "stance: Syrian rebels  act_wbay6mijwqct" in lines


def test_russia_comes_with_its_air_force_and_its_spokesman() -> None:
    found = json.loads(answer("compare", "Russia", "--format", "json"))
    headings = {(one["kind"], one["of"]) for one in found["groups"]}
    assert {("act", ""), ("statement", ""), ("act", "Dmitry Peskov")} <= headings
    (role,) = {
        one["label"]
        for one in found["voices"]
        if one["group"] == "Syrian and Russian air strikes in Idlib and Aleppo"
    }
    assert role == "who, attacker"
