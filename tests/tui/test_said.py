"""What persons say, in words for the screen."""

import pytest

from store.model import acts
from store.model.entry import Act, Entry, EntryEdit, Redacted
from store.model.judgements import MarkKind, Verdict
from store.model.records import AnyRecord, Event
from store.model.vocabulary import DateRule, EventType
from store.queries.judgements import Said
from tui.draw.said import about_said, entry_about, entry_words, facts_said, local_time

EVENT, AT = "evt_a", "2026-11-22T14:05:09Z"
WHO = ("Ana", AT)


def said(table: str, one: object) -> Said:
    return Said(table, one)  # type: ignore[arg-type]


def entry(*edits: EntryEdit, act: Act = Act.CHANGE) -> Entry:
    return Entry(1, "Ana", AT, "why", act, None, None, edits)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("UTC", "22 Nov 2026 14:05 UTC"),
        ("XXX-5:45", "22 Nov 2026 19:50 XXX"),
        ("YYY11", "22 Nov 2026 03:05 YYY"),
    ],
)
def test_times_are_those_of_the_user(
    zone: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    assert local_time(AT) == words
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("at", ["", "soon", "2026-99-99T99:99:99Z", "0001-01-01T00:00:00Z"])
def test_what_is_no_time_does_no_harm(at: str) -> None:
    assert local_time(at) in (at, "1 Jan 0001 00:00 UTC", "1 Jan 1 00:00 UTC")


def test_facts_in_few_words() -> None:
    note, other = acts.note(EVENT, "a", *WHO), acts.note(EVENT, "b", *WHO)
    star, read = acts.mark(EVENT, MarkKind.STAR, *WHO), acts.mark(EVENT, MarkKind.READ, *WHO)
    weak = acts.assessment(EVENT, Verdict.WEAK, "one root", *WHO)
    tag = acts.tag(EVENT, "ambush", *WHO)
    tables = [("notes", note), ("notes", other), ("tags", tag), ("assessments", weak)]
    found = [said(table, one) for table, one in [*tables, ("marks", star), ("marks", read)]]
    assert facts_said(found) == "★ #ambush assessed weak 2 notes"
    assert facts_said(found[:1]) == "1 note"
    assert facts_said(found[2:3]) == "#ambush"
    assert facts_said([]) == ""
    assert about_said(found[3]) == "weak: one root (Ana, 22 Nov 2026 14:05 UTC)"


def test_an_entry_says_what_kind_of_act_it_was() -> None:
    assert entry_words(entry()) == "why"
    assert entry_words(entry(act=Act.UNDO)) == "undo: why"
    assert entry_words(entry(act=Act.OUTSIDE)) == "edited outside: why"


def test_before_and_after() -> None:
    tag = acts.tag(EVENT, "a", *WHO)

    def told(before: AnyRecord | Redacted | None, after: AnyRecord | Redacted | None) -> str:
        return entry_about(entry(EntryEdit("tags", "tag_1", before, after)))

    assert told(None, tag) == "tags tag_1: nothing → #a"
    assert told(tag, None) == "tags tag_1: #a → nothing"
    assert told(Redacted("a" * 64), None) == f"tags tag_1: redacted ({'a' * 12}) → nothing"
    event = Event(id=EVENT, title="Fall", type=EventType.CAPTURE, date_rule=DateRule.MAJORITY)
    ranged = Event(id=EVENT, title="Fall", type=EventType.CAPTURE, date_rule=DateRule.RANGE)
    assert told(event, ranged) == "tags tag_1: Fall, date rule majority → range"
    noted = Event(id=EVENT, title="Fall", type=EventType.CAPTURE, note="x" * 100)
    assert told(event, noted) == f"tags tag_1: Fall, note nothing → {'x' * 60}…"
    named = Event(id=EVENT, title="Rise", type=EventType.CAPTURE)
    assert told(event, named) == "tags tag_1: Fall → Rise"


def test_of_many_records_some_are_told_and_the_others_counted() -> None:
    edits = [EntryEdit("tags", f"tag_{n}", None, acts.tag(EVENT, str(n), *WHO)) for n in range(5)]
    lines = entry_about(entry(*edits)).splitlines()
    assert len(lines) == 4
    assert lines[-1] == "and 2 records more"
