"""Coding and editing in an open case: what is refused, and what follows from an edit."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from store.archive import Archive
from store.coding.draft import ClaimDraft, SelectedSpan
from store.custody.verify import verify
from store.errors import UsageError
from store.extraction.dates import date_of
from store.model.records import Actor, Article, Claim, Place, Stamp
from store.model.values import Participant, When
from store.model.vocabulary import Kind
from tests.small import SmallCase
from tui.session.coding import Coder
from tui.session.editing import editing
from tui.session.new_case import seems_a_case
from tui.session.record_form import read_edited, record_form
from tui.session.session import Session

TEXT = "The rebels took the town on Thursday. Nobody was hurt."
BY, AT = "Ana", "2026-11-29T12:00:00Z"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """One article, from which a day of an event was counted; Zed lies in Qor."""
    small = SmallCase()
    qor = small.place("Qor")
    small.place("Zed", within=qor)
    small.actor("Rebels", "the rebels")
    article = small.article("a", TEXT, title="Zed", published="2024-12-06")
    thursday = date_of("on Thursday", Stamp(at="2024-12-06"))
    small.claim(small.event("A"), article, "on Thursday", kind=Kind.DATE, value=thursday)
    archive = Archive.open(small.write(tmp_path / "case.json"), author=BY, writing=True)
    yield Session(archive, Path(), bundled=False)
    archive.close()


def days(session: Session) -> list[str]:
    """The days of the claims, in EDTF."""
    rows = session.archive.ask(lambda reader: reader.execute("SELECT id FROM claims").fetchall())
    claims = [session.held("claims", id) for (id,) in rows]
    values = [one.value for one in claims if isinstance(one, Claim)]
    return [value.edtf for value in values if isinstance(value, When)]


def test_a_corrected_time_moves_the_days_counted_from_it_and_is_undone(session: Session) -> None:
    article = session.held("articles", "art_a")
    assert isinstance(article, Article)
    assert days(session) == ["2024-12-05"]
    edit = editing(session, article, {"published": Stamp(at="2024-12-13")}, "Zed")
    session.archive.change(edit(BY, AT))
    assert days(session) == ["2024-12-12"]
    session.archive.undo()
    assert days(session) == ["2024-12-05"]
    assert not list(verify(session.archive.path))


@pytest.mark.parametrize("whole", ["plc_Qor", "plc_Zed"])
def test_no_place_lies_within_itself(session: Session, whole: str) -> None:
    qor = session.held("places", "plc_Qor")
    assert isinstance(qor, Place)
    with pytest.raises(UsageError, match="this itself, or a part of it"):
        editing(session, qor, {"within": whole}, "Qor")(BY, AT)


def test_no_claim_is_made_by_words_that_stand_elsewhere_by_now(session: Session) -> None:
    span = SelectedSpan("art_a", 0, 10)
    act = Coder(session).claim(ClaimDraft("evt_A"), span, "", "Rebels too", "claim")
    with pytest.raises(UsageError, match="changed meanwhile"):
        act(BY, AT)


def test_what_is_typed_has_a_limit_but_a_note_has_none(session: Session) -> None:
    place = session.held("places", "plc_Zed")
    assert isinstance(place, Place)
    form = record_form(place, {})
    assert read_edited(place, form["note"], "x " * 2_000).value
    with pytest.raises(UsageError, match="the limit is 2,000"):
        read_edited(place, form["name"], "x" * 2_001)
    with pytest.raises(UsageError, match="the limit is 2,000"):
        Coder(session).value(Kind.PLACE, "+" + "x" * 2_001, SelectedSpan("art_a", 0, 10))


def test_a_choice_of_a_record_cannot_be_left_empty(session: Session) -> None:
    place = session.held("places", "plc_Zed")
    assert isinstance(place, Place)
    form = record_form(place, {})
    form.put(form["precision"], None)
    assert form.missing is form["precision"]


def test_what_is_no_case_is_not_opened(session: Session, tmp_path: Path) -> None:
    assert seems_a_case(session.archive.path)
    notes = tmp_path / "notes.txt"
    notes.write_text("Rebels take Zed")
    assert not seems_a_case(notes)


def test_a_new_name_never_means_an_actor_that_was_renamed(session: Session) -> None:
    coder, span = Coder(session), SelectedSpan("art_a", 0, 10)
    typed = coder.value(Kind.PARTICIPANT, "+Blue Front", span)
    draft = ClaimDraft("evt_A", Kind.PARTICIPANT, typed.value, made=typed.made)
    claim = coder.claim(draft, span, "", TEXT[:10], "claim")
    session.archive.change(claim(BY, AT))
    assert isinstance(typed.value, Participant)
    blue = session.held("actors", typed.value.actor)
    assert isinstance(blue, Actor)
    red = msgspec.structs.replace(blue, name="Red Front")
    session.archive.change(editing(session, blue, {"name": red.name}, "name")(BY, AT))
    with pytest.raises(UsageError, match="is called Red Front now"):
        claim(BY, AT)
