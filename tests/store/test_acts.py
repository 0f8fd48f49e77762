"""The acts of a person as changes: what each adds, takes the place of, or withdraws."""

from pathlib import Path

import pytest

from store.archive import Archive
from store.model import acts
from store.model.judgements import (
    JUDGEMENTS,
    Assessment,
    Grade,
    Judgement,
    Mark,
    MarkKind,
    Note,
    Ruling,
    RulingKind,
    SavedChip,
    Tag,
    Verdict,
)
from store.model.records import RECORD_TYPES, Event
from store.model.vocabulary import DateRule
from store.queries import judgements
from tests.reports import EVENT, reported

AT, LATER = "2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z"


def test_every_kind_has_its_table() -> None:
    assert {table: kind for kind, table in acts.TABLE_OF_ADDED.items()}.items() <= (
        RECORD_TYPES.items()
    )
    assert set(JUDGEMENTS) < set(acts.TABLE_OF_ADDED.values())


def test_one_word_of_each_person_on_one_matter() -> None:
    """Their id is the same whatever they say; that of somebody else is another."""
    pairs: list[list[Judgement]] = [
        [acts.grade("src_a", one, "", by, AT) for one, by in (("A", "x"), ("B", "x"), ("A", "y"))],
        [
            acts.assessment("evt_a", one, "", by, AT)
            for one, by in ((Verdict.WEAK, "x"), (Verdict.FAIR, "x"), (Verdict.WEAK, "y"))
        ],
        [
            acts.mark("evt_a", MarkKind.STAR, "x", AT),
            acts.mark("evt_a", MarkKind.STAR, "x", LATER),
            acts.mark("evt_a", MarkKind.STAR, "y", AT),
        ],
        [
            acts.ruling("clm_a", "clm_b", RulingKind.SAME, "", "x", AT),
            acts.ruling("clm_b", "clm_a", RulingKind.REFINES, "", "x", AT),
            acts.ruling("clm_a", "clm_b", RulingKind.SAME, "", "y", AT),
        ],
    ]
    for first, again, other in pairs:
        assert first.id == again.id != other.id
    star, read = (acts.mark("evt_a", kind, "x", AT) for kind in MarkKind)
    assert star.id != read.id
    assert acts.tag("evt_a", "t", "x", AT).id == acts.tag("evt_a", "t", "y", LATER).id


def test_two_notes_of_one_second_are_two() -> None:
    notes = [acts.note("evt_a", text, "x", AT) for text in "ab"]
    assert notes[0].id != notes[1].id


@pytest.mark.parametrize("about", ["evt_a", "clm_a"])
def test_in_words(about: str) -> None:
    assert acts.in_words(acts.note(about, "one\ntwo", "x", AT)) == "one\ntwo"
    assert acts.in_words(acts.tag(about, "t", "x", AT)) == "#t"
    assert acts.in_words(acts.mark(about, MarkKind.STAR, "x", AT)) == "starred"
    assert acts.in_words(acts.mark(about, MarkKind.READ, "x", AT)) == "read"
    assert acts.in_words(acts.grade("src_a", "A", "", "x", AT)) == "grade A"
    assert acts.in_words(acts.grade("src_a", "A", "why", "x", AT)) == "grade A: why"
    weak = acts.assessment("evt_a", Verdict.WEAK, "why", "x", AT)
    assert acts.in_words(weak) == "weak: why"


def test_they_are_made_and_taken_back_in_a_case(tmp_path: Path) -> None:
    with_all = reported(tmp_path / "case.json", 3)
    archive = Archive.open(with_all, writing=True)
    clm = ("clm_1", "clm_7")
    made: list[Note | Tag | Mark | Grade | Assessment | Ruling] = [
        acts.note(EVENT, "n", "x", AT),
        acts.tag(EVENT, "t", "x", AT),
        acts.mark(EVENT, MarkKind.STAR, "x", AT),
        acts.grade("src_SOHR", "B", "", "x", AT),
        acts.assessment(EVENT, Verdict.FAIR, "", "x", AT),
        acts.ruling(*clm, RulingKind.SAME, "", "x", AT),
    ]
    for one in made:
        archive.change(acts.put(None, one, "why", "x", AT))
    chip = SavedChip("words", "a", "a", negated=True)
    saved = acts.saved_filter("f", [chip], "x", AT)
    archive.change(acts.put(None, saved, "why", "x", AT))
    for one in made:
        found = archive.ask(judgements.about, [one.about])
        assert one in [said.judgement for said in found]
    assert archive.ask(judgements.about, [clm[1]]), "a ruling is about both"
    assert archive.ask(judgements.rulings, clm) == (made[-1],)
    assert archive.ask(judgements.rulings, clm[:1]) == ()
    assert archive.ask(judgements.tags) == {"t": 1}
    assert archive.ask(judgements.saved_filters) == (saved,)
    event = archive.ask(judgements.held, "events", EVENT)
    assert isinstance(event, Event)
    archive.change(acts.ruled_by(event, DateRule.RANGE, "x", AT))
    ruled = archive.ask(judgements.held, "events", EVENT)
    assert isinstance(ruled, Event)
    assert ruled.date_rule is DateRule.RANGE
    archive.change(acts.withdrawn(made, "all", "x", LATER))
    assert archive.ask(judgements.about, [one.about for one in made]) == ()
    for _ in range(9):
        assert archive.undo() is not None
    assert archive.undo() is None
    archive.close()
