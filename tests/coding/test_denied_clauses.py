"""Denials in sentences: of which claims they are, and who denies them."""

from pathlib import Path

import pytest

from store.archive import Archive
from store.coding.offers import sentence_offers
from store.model.vocabulary import Kind, Stance
from tests.small import SmallCase
from tui.session.claim_form import claim_form
from tui.session.claim_words import PUBLISHER, save_words

BY = "A. Person"
YES, NO, HEARD = Stance.ASSERTS, Stance.DENIES, Stance.HEDGES
KILLED, HAPPENED, WHO, WHERE = Kind.FATALITIES, Kind.OCCURRENCE, Kind.PARTICIPANT, Kind.PLACE


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    small = SmallCase()
    small.actor("Northern Front")
    small.place("Kesh")
    return Archive.open(small.write(tmp_path / "case.json"), author=BY)


STANCES = [
    ("Rebels took Kesh.", {HAPPENED: YES, WHERE: YES}),
    ("Rebels reportedly took Kesh.", {HAPPENED: HEARD, WHERE: HEARD}),
    ("The ministry denied that Kesh had fallen.", {HAPPENED: NO, WHERE: NO}),
    (
        "The ministry denied that Kesh had fallen and said that it had repelled it, killing five.",
        {KILLED: YES, HAPPENED: YES, WHERE: NO},
    ),
    ("The ministry denied that Kesh had fallen and said that it had repelled them.", {WHERE: NO}),
    ("The army has denied losing any soldier.", {}),
    ("They deny involvement.", {}),
    ("The Northern Front denied responsibility.", {WHO: NO}),
    ("The army denied responsibility for the shelling of Kesh.", {WHERE: YES}),
    ("Rebels took Kesh, but the army denied it.", {HAPPENED: YES, WHERE: YES}),
    ("Its spokesman, Colonel Osk, denied it.", {}),
    ("The army rejected a claim by them that it had left Kesh.", {WHERE: YES}),
    ("The army denied that it killed 14 people.", {KILLED: NO}),
    ("The Northern Front did not attack Kesh.", {HAPPENED: NO, WHO: NO, WHERE: NO}),
    ("The army said that Kesh was never shelled.", {HAPPENED: NO, WHERE: NO}),
    ("The army did not say who took Kesh.", {HAPPENED: YES, WHERE: YES}),
    ("If Kesh does not fall, they leave.", {HAPPENED: YES, WHERE: YES}),
    (
        "Five people died, and the Northern Front did not attack.",
        {KILLED: YES, HAPPENED: YES, WHO: NO},
    ),
]


@pytest.mark.parametrize(("words", "found"), STANCES, ids=[words for words, _ in STANCES])
def test_a_denial_is_of_what_its_clause_says(
    archive: Archive, words: str, found: dict[Kind, Stance]
) -> None:
    offers = archive.ask(sentence_offers, words)
    assert {one.kind: one.stance for one in offers.claims} == found


def test_the_publisher_denies_nothing_that_the_words_say_somebody_else_denies(
    archive: Archive,
) -> None:
    offers = archive.ask(sentence_offers, "The ministry denied that Kesh had fallen.")
    form = claim_form((), offers, {one: one.kind for one in offers.claims})
    form.put(form["kind"], form["kind"].offers[0])
    chain = form["chain"]
    needed = [chain.needed]
    form.put(form["stance"], form["stance"].offer)
    needed.append(chain.needed)
    assert needed == [False, True], "the words name who denies"
    assert [one.shown for one in chain.offers] == ["ministry (no name)", PUBLISHER]
    form.put(chain, chain.offers[1])
    assert f"source: {PUBLISHER}" in save_words(form)


def test_the_stance_follows_the_claim(archive: Archive) -> None:
    words = "The ministry denied that Kesh had fallen and said that five people were killed."
    offers = archive.ask(sentence_offers, words)
    form = claim_form((), offers, {one: one.kind for one in offers.claims})
    killed, where = (
        next(one for one in form["kind"].offers if one.shown is kind) for kind in (KILLED, WHERE)
    )
    form.put(form["kind"], where)
    assert form["stance"].offer is not None
    form.put(form["stance"], form["stance"].offer)
    form.put(form["kind"], killed)
    assert form["stance"].value is None
    assert form["stance"].offer is None
