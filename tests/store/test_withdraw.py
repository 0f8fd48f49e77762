"""A record is withdrawn with all that depends on it, and one undo brings all back."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.custody.verify import verify
from store.database.read_records import records
from store.errors import RefusedChange, UnknownRecord
from store.model import changes
from store.model.judgements import RulingKind
from store.model.withdraw import withdrawal
from store.queries import timeline
from store.queries.dependents import resting
from store.queries.event_sort import Sort
from store.queries.filters import Filters
from tests.reports import EVENT, reported

AT = "2026-11-22T10:00:00Z"
FIGHT = "evt_Fighting in the northern suburbs"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Six reports on one event and a part of it."""
    opened = Archive.open(reported(tmp_path / "case.json", 6), author="Ana", writing=True)
    yield opened
    opened.close()
    assert list(verify(tmp_path / "case.json")) == []


def held(archive: Archive) -> dict[str, object]:
    return archive.ask(lambda connection: {one.id: one for _, one in records(connection)})


def withdraw(archive: Archive, id: str) -> Counter[str]:
    """Withdraw a record; return the number of records withdrawn in each table."""
    found = archive.ask(resting, id)
    archive.change(withdrawal(found, "a forgery", "Ana", AT))
    return Counter(table for table, _ in found.gone)


def say(archive: Archive, about: str) -> str:
    one = changes.note(about, "seen", "Ana", AT)
    archive.change(changes.add_or_replace(None, one, "note", "Ana", AT))
    return one.id


def claims_of(archive: Archive, event: str) -> list[str]:
    return [id for id, one in held(archive).items() if getattr(one, "subject", "") == event]


def test_an_article_goes_with_its_passages_claims_and_what_was_said_of_any(
    archive: Archive,
) -> None:
    claim = claims_of(archive, EVENT)[0]
    notes = [say(archive, "art_01"), say(archive, claim), say(archive, EVENT)]
    before = held(archive)
    found = archive.ask(resting, "art_01")
    assert found.summary == "this article with 6 passages, 6 claims and 2 notes"
    assert found.consequences == ""
    gone = withdraw(archive, "art_01")
    assert gone == {"articles": 1, "passages": 6, "claims": 6, "notes": 2}
    after = held(archive)
    assert len(before) - len(after) == 15
    assert notes[0] not in after
    assert notes[2] in after
    assert archive.history(most=1)[0].why.endswith(": a forgery")
    archive.undo()
    assert held(archive) == before


def test_an_event_goes_with_its_claims_and_its_part_stands_by_itself(archive: Archive) -> None:
    before = held(archive)
    found = archive.ask(resting, EVENT)
    assert found.consequences == "Its sub-event is kept."
    gone = withdraw(archive, EVENT)
    assert gone["claims"] == gone["passages"] == 30
    assert set(gone) == {"events", "claims", "passages"}
    after = held(archive)
    assert getattr(after[FIGHT], "part_of", "") is None
    assert len(archive.ask(timeline.order, Filters(), Sort.DATE)) == 1
    archive.undo()
    assert held(archive) == before


def test_passages_that_support_something_else_stay(archive: Archive) -> None:
    counted = claims_of(archive, FIGHT)
    assert withdraw(archive, counted[0]) == {"claims": 1, "passages": 1}
    held_claim = next(id for id in claims_of(archive, "plc_Northtown"))
    passage = held(archive)[held_claim].passage  # type: ignore[attr-defined]
    assert withdraw(archive, passage) == {"passages": 1, "claims": 1}


def test_an_event_that_loses_its_last_claim_is_told_of(archive: Archive) -> None:
    others = claims_of(archive, FIGHT)
    for claim in others[1:]:
        withdraw(archive, claim)
    assert archive.ask(resting, others[0]).consequences == "1 event will have no article left."


def test_a_ruling_goes_with_either_claim_and_a_judgement_alone(archive: Archive) -> None:
    one, other = claims_of(archive, EVENT)[:2]
    ruling = changes.ruling(one, other, RulingKind.SAME, "both", "Ana", AT)
    archive.change(changes.add_or_replace(None, ruling, "rule", "Ana", AT))
    assert archive.ask(resting, other).counts.endswith("1 ruling")
    assert withdraw(archive, ruling.id) == {"rulings": 1}
    assert withdraw(archive, say(archive, EVENT)) == {"notes": 1}


@pytest.mark.parametrize(
    ("id", "kind"),
    [("act_The rebels", "actor"), ("plc_Northtown", "place"), ("src_SOHR", "source")],
)
def test_who_and_where_is_named_by_claims_stays(archive: Archive, id: str, kind: str) -> None:
    before = held(archive)
    with pytest.raises(RefusedChange, match=f"the {kind} .* cannot be withdrawn: claim clm_"):
        archive.ask(resting, id)
    assert held(archive) == before


def test_who_is_named_by_nothing_goes(archive: Archive) -> None:
    say(archive, "act_The army")
    assert withdraw(archive, "act_The army") == {"actors": 1, "notes": 1}
    with pytest.raises(UnknownRecord, match="no record 'act_The army'"):
        archive.ask(resting, "act_The army")


@pytest.mark.parametrize("id", ["", "evt_", "case_small", "art_00' OR 1"])
def test_what_is_no_record_of_the_case(archive: Archive, id: str) -> None:
    with pytest.raises(UnknownRecord):
        archive.ask(resting, id)
