"""An act of the log in words."""

from datetime import UTC, datetime

from store.model import changes
from store.model.judgements import SavedCondition, Verdict
from store.model.log_line import Act, Entry, EntryEdit, Redacted
from store.model.records import AnyRecord, Event, Passage
from store.model.vocabulary import DateRule, EventType
from tui.draw.entry import account, act_words, short_time, signature, signature_width

EVENT, AT = "evt_a", "2026-11-22T14:05:09Z"
WHO = ("Ana", AT)
NOW = datetime(2026, 12, 31, tzinfo=UTC)


def entry(*edits: EntryEdit, act: Act = Act.CHANGE) -> Entry:
    return Entry(1, "Ana", AT, "why", act, None, None, edits)


def told(
    before: AnyRecord | Redacted | None, after: AnyRecord | Redacted | None, table: str = "events"
) -> list[str]:
    """The lines about a record below the time, the author and the reason."""
    return list(account(entry(EntryEdit(table, EVENT, before, after))))[2:]


def test_the_time_is_short_and_has_the_year_where_it_is_another() -> None:
    assert short_time(AT, NOW) == "22 Nov 14:05"
    assert short_time(AT, NOW.replace(year=2027)) == "22 Nov 2026"
    assert short_time("soon") == "soon"


def test_a_row_says_when_who_what_and_why() -> None:
    weak = changes.assessment(EVENT, Verdict.WEAK, "one origin", *WHO)
    found = entry(EntryEdit("assessments", weak.id, None, weak))
    assert (signature(found), act_words(found)) == (
        f"{short_time(AT):12}  Ana",
        "why, because one origin",
    )
    assert signature_width([found]) == 17
    assert signature_width([found._replace(who="x" * 900)]) == 30
    assert act_words(entry(act=Act.UNDO)) == "undo: why"
    assert act_words(entry(act=Act.OUTSIDE)) == "edited outside: why"


def test_of_an_altered_record_each_field_is_told_before_and_after() -> None:
    event = Event(id=EVENT, title="Fall", type=EventType.CAPTURE)
    ranged = Event(id=EVENT, title="Rise", type=EventType.CAPTURE, date_rule=DateRule.RANGE)
    assert told(event, ranged) == [
        "event evt_a: Fall → Rise",
        "  title: Fall → Rise",
        "  date rule: majority → range",
    ]
    assert told(ranged, event)[-1] == "  date rule: range → majority"
    noted = Event(id=EVENT, title="Fall", type=EventType.CAPTURE, note="x" * 300)
    assert told(event, noted)[-1] == f"  note: nothing → {'x' * 300}"
    longest = Event(id=EVENT, title="Fall", type=EventType.CAPTURE, note="x" * 6_000)
    assert told(event, longest)[-1].endswith("x…")


def test_of_a_record_that_came_or_went_all_is_told_that_it_says() -> None:
    filters = (
        SavedCondition("place", "plc_h", "Hama"),
        SavedCondition("tag", "a", "a", negated=True),
    )
    saved = changes.saved_filter("mine", filters, *WHO)
    lines = told(None, saved, "filters")
    assert lines[0] == "filter evt_a: nothing → mine"
    assert "  chips.1.label: Hama" in lines
    assert "  chips.2.negated: True" in lines
    tag = changes.tag(EVENT, "ambush", *WHO)
    assert told(tag, None, "tags")[0] == "tag evt_a: #ambush → nothing"


def test_a_redaction_is_told_in_a_few_words() -> None:
    hidden = Redacted("a" * 64)
    tomb = f"[redacted sha256:{'b' * 64}]"
    note = changes.note(EVENT, f"ask {tomb}", *WHO)
    quoted = Passage(
        id="psg_a", article="art_a", start=0, end=len(tomb), exact=tomb, text_sha256="c" * 64
    )
    edits = [EntryEdit("notes", note.id, hidden, note)]
    edits += [EntryEdit("passages", f"psg_{n}", hidden, quoted) for n in range(12)]
    found = entry(*edits, act=Act.REDACTION)
    assert act_words(found) == f"text of {note.id} and 12 passages redacted: why"
    assert list(account(found))[2:4] == [f"note {note.id}: redacted", "passage psg_0: redacted"]
    gone = entry(EntryEdit("notes", note.id, hidden, None), act=Act.REDACTION)
    assert act_words(gone) == f"{note.id} redacted: why"
    assert told(hidden, None) == [f"event evt_a: redacted ({'a' * 12}) → nothing"]


def test_of_many_records_some_are_told_and_the_others_counted() -> None:
    edits = [
        EntryEdit("tags", f"tag_{n}", None, changes.tag(EVENT, str(n), *WHO)) for n in range(5)
    ]
    lines = list(account(entry(*edits), most=3))
    assert sum(line.startswith("tag ") for line in lines) == 3
    assert lines[-1].startswith("and 2 records more")
