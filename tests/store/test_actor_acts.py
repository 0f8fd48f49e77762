"""Comparison of an actor by its acts and statements, not only by claims about it."""

from contextlib import closing

import msgspec
import pytest

from store.model.records import Actor, Source
from store.model.values import Coded, Count, Participant
from store.model.vocabulary import EventType, Kind, Role, SourceKind, Stance
from store.queries import actor_acts
from store.queries.compare import Comparison, compare
from tests.small import SmallCase
from tests.store.dumps import indexed

TEXT = "One two three four five six seven eight nine ten."


def told() -> SmallCase:
    """Russia and its air force strike; Moscow denies one strike, and backs Damascus."""
    case = SmallCase()
    russia = case.actor("Russia", "Moscow")
    force = case.actor("Air force", part_of=russia)
    damascus, others = case.actor("Damascus"), case.actor("Others")
    speaker = case.source("Kremlin")
    found = case.tables["sources"][speaker]
    assert isinstance(found, Source)
    case.tables["sources"][speaker] = msgspec.structs.replace(
        found, kind=SourceKind.OFFICIAL, speaks_for=russia
    )
    paper = case.article("paper", TEXT, publisher=case.source("Paper"), published="2024-12-06")
    other = case.article("other", TEXT + " More.", publisher=case.source("Other"))
    strike, raid = (case.event(one, type=EventType.AIR_STRIKE) for one in ("strike", "raid"))
    case.dated(strike, paper, "one".title(), "2024-12-03")
    case.acted(strike, paper, "two", russia)
    case.acted(strike, other, "two", others)
    case.claim(strike, other, "three")
    case.claim(strike, paper, "four", stance=Stance.DENIES, chain=(speaker,))
    dead = Count(min=4, max=4)
    case.claim(strike, other, "five", kind=Kind.FATALITIES, value=dead)
    case.dated(raid, paper, "One", "2024-12-01")
    case.acted(raid, paper, "six", force)
    value = Coded(scheme="backed-by", code="moscow", label="backed by Moscow")
    case.claim(damascus, paper, "seven", kind=Kind.SUPPORT, value=value)
    value = Coded(scheme="backed-by", code="iran", label="backed by Iran")
    case.claim(damascus, paper, "eight", kind=Kind.SUPPORT, value=value)
    value = Coded(scheme="position", code="ally", label="an ally")
    case.claim(russia, paper, "nine", kind=Kind.DESIGNATION, value=value)
    talks = case.event("talks")
    party = Participant(actor=others, role=Role.PARTY)
    case.claim(talks, paper, "ten", kind=Kind.PARTICIPANT, value=party, chain=(speaker,))
    return case


def compared(case: SmallCase, actor: str) -> Comparison:
    with closing(indexed(case.records())) as connection:
        return compare(connection, actor)


def said(found: Comparison) -> list[tuple[str, str, str]]:
    """The statements of each source: the attribute, the line and the words."""
    return [
        (
            found.groups[found.lines[one.line].group].heading,
            found.lines[one.line].label,
            one.value or str(one.stance),
        )
        for one in found.voices
    ]


def test_its_acts_stances_and_statements_come_in_the_order_of_time_then_those_of_members() -> None:
    assert said(compared(told(), "act_Russia")) == [
        ("actor: Russia", "designation, position", "an ally"),
        ("act: strike", "it happened", "denies"),
        ("act: strike", "it happened", "asserts"),
        ("act: strike", "who, attacker", "Russia"),
        ("act: strike", "who, attacker", "Others"),
        ("statement: talks", "who, party", "Others"),
        ("stance: Damascus", "support, backed by", "backed by Moscow"),
        ("act of Air force: raid", "who, attacker", "Air force"),
    ]


def test_what_it_denies_stands_beside_what_others_assert() -> None:
    found = compared(told(), "act_Russia")
    at_odds = {(row.reading.value, found.lines[row.line].label) for row in found.disputes()}
    assert ("contradicts", "it happened") in at_odds
    assert not any(row.own for row in found.disputes()), "the strike is disputed, not Russia"


def test_what_others_say_of_its_acts_alone_is_left_to_the_act() -> None:
    labels = {label for _, label, _ in said(compared(told(), "act_Russia"))}
    assert labels.isdisjoint({"killed", "when"})


def test_what_it_only_acts_in_has_no_articles_that_say_something_else() -> None:
    found = compared(told(), "act_Air force")
    assert [one.id for one in found.articles] == ["art_paper"]
    assert said(found) == [("act: raid", "who, attacker", "Air force")]


def test_a_name_in_another_actor_is_no_stance_of_it() -> None:
    case = told()
    case.actor("Mos")
    assert said(compared(case, "act_Mos")) == []
    iran = case.actor("Iran")
    found = case.tables["actors"][iran]
    assert isinstance(found, Actor)
    assert said(compared(case, iran)) == [
        ("stance: Damascus", "support, backed by", "backed by Iran")
    ]


def test_of_an_actor_with_very_many_events_it_is_said_how_many_are_left_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(actor_acts, "MOST", 1)
    case = told()
    case.acted("evt_talks", "art_other", "seven", "act_Russia")
    found = compared(case, "act_Russia")
    assert found.left_off == 1
    assert "act: strike" in {group for group, *_ in said(found)}
