"""Two persons work on copies of a case, and one of them merges: what each did is there."""

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from store.archive import Archive
from store.coding.merge import merge_by_id
from store.custody.anchor import find, head, typed_hash
from store.errors import DamagedCase, LostHistory, ReadOnlyCase, RefusedChange, UsageError
from store.model import changes
from store.model.change import Change, Edit
from store.model.judgements import MarkKind, Note, RulingKind, Verdict
from store.model.log_line import Act
from store.model.merge_conflicts import MERGER
from store.model.records import Actor, AnyRecord, Article, Claim, Event, Passage
from store.model.text import text_hash
from store.model.vocabulary import ActorKind, EventType
from tests.small import SmallCase
from tests.store.copies import copied, findings, merged, records_of
from tests.store.kept import put_case
from tests.store.two_copies import FIRST, LATER, Two, alter, conflicts, entries, put, withdraw, work

FIRST_TOLD, LATER_TOLD = "2026-01-01 00:00:00 UTC", "2026-01-02 00:00:00 UTC"


@pytest.fixture
def two(tmp_path: Path) -> Two:
    """A copy in files, and one in a database."""
    return Two(tmp_path)


def test_each_act_comes_with_its_author_time_and_reason(two: Two) -> None:
    work(two.ana, "Ana", alter("events", "evt_Fall", "a better title", title="Hama falls"))
    work(
        two.bo,
        "Bo",
        alter("events", "evt_Fall", "it is a capture", LATER, type=EventType.CAPTURE),
        put(changes.note("evt_Flight", "seen", "Bo", LATER), "notes", "a note", LATER),
    )
    merged(two.bo, two.ana)
    found = entries(two.ana)
    assert found[:3] == [
        ("Ana", FIRST, Act.CHANGE, "a better title"),
        ("Bo", LATER, Act.CHANGE, "it is a capture"),
        ("Bo", LATER, Act.CHANGE, "a note"),
    ]
    who, _, act, why = found[3]
    assert (who, act, why) == ("Me", Act.MERGE, f"{two.bo.name}: 2 acts by Bo")
    fall = records_of(two.ana)["evt_Fall"]
    assert isinstance(fall, Event)
    assert (fall.title, fall.type) == ("Hama falls", EventType.CAPTURE)
    assert conflicts(two.ana) == []


def test_of_two_values_the_later_holds_and_the_other_is_told(two: Two) -> None:
    work(two.ana, "Ana", alter("events", "evt_Fall", at=LATER, title="Hama falls"))
    work(two.bo, "Bo", alter("events", "evt_Fall", at=FIRST, title="Hama taken"))
    assert getattr(two.merged_either_way()["evt_Fall"], "title", "") == "Hama falls"
    merged(two.bo, two.ana)
    (told,) = conflicts(two.ana)
    assert told == (
        f'evt_Fall: Two copies differ: title "Hama falls" (Ana, {LATER_TOLD}) was taken, and not'
        f' title "Hama taken" (Bo, {FIRST_TOLD}).'
    )
    tag = changes.tag("evt_Fall", "merge-conflict", "", LATER)
    work(two.ana, "Ana", withdraw("tags", tag.id))
    assert conflicts(two.ana) == []


def test_judgements_private_notes_and_marks_come_along(two: Two) -> None:
    judged = (
        ("notes", changes.note("evt_Fall", "for me", "Bo", FIRST, private=True)),
        ("tags", changes.tag("evt_Fall", "ambush", "Bo", FIRST)),
        ("marks", changes.mark("evt_Fall", MarkKind.STAR, "Bo", FIRST)),
        ("grades", changes.grade("clm_1", "2", "seen", "Bo", FIRST)),
        ("assessments", changes.assessment("evt_Fall", Verdict.FAIR, "why", "Bo", FIRST)),
        ("rulings", changes.ruling("clm_1", "clm_2", RulingKind.SAME, "why", "Bo", FIRST)),
    )
    work(two.bo, "Bo", *(put(one, table) for table, one in judged))
    found = two.merged_either_way()
    assert all(found[one.id] == one for _, one in judged)


def test_the_values_of_a_private_note_are_told_in_a_private_note(two: Two) -> None:
    note = changes.note("evt_Fall", "for me", "Ana", FIRST, private=True)
    work(two.ana, "Ana", put(note, "notes"))
    merged(two.ana, two.bo)
    work(two.ana, "Ana", alter("notes", note.id, text="from me", at=FIRST))
    work(two.bo, "Ana", alter("notes", note.id, text="of me", at=LATER))
    told = [one for one in two.merged_either_way().values() if isinstance(one, Note)]
    assert len(told) == 2
    assert all(one.private for one in told)


def test_undone_redone_and_taken_back_acts_are_as_their_author_left_them(two: Two) -> None:
    titled = alter("events", "evt_Fall", title="one")
    tagged = put(changes.tag("evt_Flight", "ambush", "Bo", FIRST), "tags", "#ambush")
    work(two.bo, "Bo", titled, tagged, lambda a: a.undo(), lambda a: a.redo())
    work(two.bo, "Bo", lambda a: a.take_back(1))
    before = records_of(two.ana)
    merged(two.bo, two.ana)
    assert records_of(two.ana) == records_of(two.bo)
    assert [why for _, _, _, why in entries(two.ana)][:-1] == [
        "",
        "#ambush",
        "undo: #ambush",
        "redo: #ambush",
        "take back entry 1: ",
    ]
    archive = Archive.open(two.ana, author="Ana", writing=True)
    while archive.undo():
        pass
    archive.close()
    assert records_of(two.ana) == before


def test_a_record_that_one_withdrew_and_the_other_used_stays(two: Two) -> None:
    work(two.ana, "Ana", withdraw("events", "evt_Flight"))
    work(two.bo, "Bo", put(changes.tag("evt_Flight", "ambush", "Bo", LATER), "tags", at=LATER))
    assert "evt_Flight" in two.merged_either_way()
    merged(two.ana, two.bo)
    (told,) = conflicts(two.bo)
    assert f"(Bo, {LATER_TOLD}), though it was withdrawn (Ana, {FIRST_TOLD})" in told


def test_a_record_that_one_withdrew_and_the_other_edited_stays(two: Two) -> None:
    work(two.ana, "Ana", withdraw("events", "evt_Flight", LATER))
    work(two.bo, "Bo", alter("events", "evt_Flight", title="They fled"))
    assert getattr(two.merged_either_way()["evt_Flight"], "title", "") == "They fled"


def entities_merged(archive: Archive) -> None:
    """Merge the fighters into the rebels."""
    archive.change(archive.ask(merge_by_id, "act_Rebels", "act_Fighters", None, "Ana", FIRST))


def test_what_uses_an_entity_follows_it_where_it_was_merged(two: Two) -> None:
    unit = Actor(id="act_unit", name="Unit", kind=ActorKind.ARMED_GROUP, part_of=("act_Fighters",))
    tag = changes.tag("act_Fighters", "foreign", "Bo", FIRST)
    work(two.ana, "Ana", entities_merged)
    work(two.bo, "Bo", put(unit, "actors"), put(tag, "tags"))
    found = two.merged_either_way()
    assert "act_Fighters" not in found
    assert getattr(found["act_unit"], "part_of", ()) == ("act_Rebels",)
    assert changes.tag("act_Rebels", "foreign", "Bo", FIRST).id in found


def test_an_entity_that_one_merged_and_the_other_edited_stays(two: Two) -> None:
    work(two.ana, "Ana", entities_merged)
    work(two.bo, "Bo", alter("actors", "act_Fighters", name="Foreign fighters"))
    found = two.merged_either_way()
    assert getattr(found["act_Fighters"], "name", "") == "Foreign fighters"
    assert getattr(found["act_Rebels"], "merged", None) == ()
    merged(two.ana, two.bo)
    assert len(conflicts(two.bo)) == 1


def test_equal_acts_on_both_sides_are_one(two: Two) -> None:
    tag = changes.tag("evt_Fall", "ambush", "Ana", FIRST)
    for path in (two.ana, two.bo):
        work(path, path.parent.name, put(tag, "tags", "#ambush"))
    result = merged(two.bo, two.ana)
    assert result is not None
    assert (result.acts, result.conflicts) == (0, ())


def test_the_heads_of_both_copies_are_found(two: Two) -> None:
    work(two.ana, "Ana", alter("events", "evt_Fall", title="one"))
    work(two.bo, "Bo", alter("events", "evt_Fall", title="two"))
    heads = [head(path).hash for path in (two.ana, two.bo)]
    merged(two.bo, two.ana)
    third = copied(two.ana, two.folder / "third" / "case.json")
    work(third, "Cy", alter("events", "evt_Fall", title="three"))
    work(two.bo, "Bo", alter("events", "evt_Fall", title="four"))
    heads += [head(path).hash for path in (third, two.bo)]
    merged(two.bo, third)
    for hash in heads:
        assert find(third, typed_hash(hash)).entry.hash == hash
    assert findings(third) == []


def test_an_altered_entry_of_the_other_log_is_found(tmp_path: Path) -> None:
    two = Two(tmp_path)
    work(two.bo, "Bo", alter("events", "evt_Fall", title="one"))
    merged(two.bo, two.ana)
    log = two.ana.with_name("case.json.log")
    content = log.read_bytes()
    merge = content.splitlines(keepends=True)[-1]
    assert b'"who":"Bo"' in merge
    log.write_bytes(content.replace(merge, merge.replace(b'"who":"Bo"', b'"who":"Cy"')))
    (found,) = [one for one in findings(two.ana) if "line 2" in one]
    assert "entry 1 of the merged log was altered" in found


def test_what_cannot_be_merged_is_refused_and_nothing_is_changed(tmp_path: Path) -> None:
    two = Two(tmp_path, ("case.json", "case.json"))
    work(two.ana, "Ana", alter("events", "evt_Fall", title="one"))
    work(two.bo, "Bo", alter("events", "evt_Fall", title="two"))
    other = tmp_path / "other.json"
    small = SmallCase()
    small.event("Other")
    put_case(other, small.records())
    work(other, "Cy", alter("events", "evt_Other", title="one"))
    before = two.ana.read_bytes(), records_of(two.ana)
    with pytest.raises(LostHistory, match="no entry in common"):
        merged(other, two.ana)
    with pytest.raises(UsageError, match="is both copies"):
        merged(two.ana, two.ana)
    two.bo.write_bytes(two.bo.read_bytes().replace(b'"two"', b'"own"'))
    with pytest.raises(ReadOnlyCase, match="edited outside"):
        merged(two.bo, two.ana)
    assert (two.ana.read_bytes(), records_of(two.ana)) == before
    assert MERGER not in two.ana.read_text("utf-8")


def test_two_events_are_not_parts_of_each_other(two: Two) -> None:
    work(two.ana, "Ana", alter("events", "evt_Fall", at=LATER, part_of="evt_Flight"))
    work(two.bo, "Bo", alter("events", "evt_Flight", at=FIRST, part_of="evt_Fall"))
    found = two.merged_either_way()
    assert getattr(found["evt_Fall"], "part_of", None) == "evt_Flight"
    assert getattr(found["evt_Flight"], "part_of", "") is None
    merged(two.bo, two.ana)
    (told,) = conflicts(two.ana)
    assert f'not part_of "evt_Fall" (Bo, {FIRST_TOLD})' in told


def test_a_reason_has_no_words_that_the_other_redacted_in_a_record_of_its_own(two: Two) -> None:
    secret = changes.note("evt_Fall", "Zqxabu Omar was there", "Ana", FIRST)
    work(two.ana, "Ana", put(secret, "notes"))
    work(two.ana, "Ana", lambda a: a.redact(secret.id, "text", "for safety", "Zqxabu Omar"))
    work(two.bo, "Bo", alter("events", "evt_Fall", "as Zqxabu Omar told us", title="one"))
    merged(two.bo, two.ana)
    assert not any(
        b"Zqxabu" in file.read_bytes() for file in two.ana.parent.iterdir() if file.is_file()
    )
    assert findings(two.ana) == []


def test_a_passage_without_a_place_in_a_new_text_keeps_the_old_one(two: Two) -> None:
    news = records_of(two.bo)["art_news"]
    assert isinstance(news, Article)
    text = "It was the rebels who took Hama."
    passages = [one for one in records_of(two.ana).values() if isinstance(one, Passage)]
    full = with_text(news, text)
    moved = [
        msgspec.structs.replace(
            one, start=0, end=6, exact=text[:6], prefix="", suffix="", text_sha256=text_hash(text)
        )
        for one in passages
    ]
    edits = [Edit("articles", news.id, news, full)]
    edits += [Edit("passages", one.id, one, now) for one, now in zip(passages, moved, strict=True)]
    work(two.ana, "Ana", lambda a: a.change(Change("", FIRST, "attach", edits)))
    start = (news.text or "").index("Fighters left")
    mine = Passage(
        id="psg_new",
        article=news.id,
        start=start,
        end=start + 13,
        exact="Fighters left",
        text_sha256=news.text_sha256 or "",
    )
    work(two.bo, "Bo", put(mine, "passages", at=LATER))
    found = two.merged_either_way()
    assert getattr(found["art_news"], "text", "") == news.text
    assert found["psg_new"] == mine
    assert all(found[one.id] == one for one in passages)
    merged(two.bo, two.ana)
    (told,) = conflicts(two.ana)
    assert f'not text "{text}"' in told


def test_a_passage_that_moved_with_its_text_is_withdrawn_without_a_conflict(two: Two) -> None:
    found = records_of(two.ana)
    news = found["art_news"]
    assert isinstance(news, Article)
    text = f"Today: {news.text}"
    passages = [one for one in found.values() if isinstance(one, Passage)]
    edits = [
        Edit("articles", news.id, news, with_text(news, text)),
        *(Edit("passages", one.id, one, moved(one, 7, text)) for one in passages),
    ]
    work(two.ana, "Ana", lambda a: a.change(Change("", LATER, "more of it", edits)))
    gone: list[tuple[str, AnyRecord]] = [
        ("claims", one) for one in found.values() if isinstance(one, Claim)
    ]
    gone += [("passages", one) for one in passages]
    withdrawn = [Edit(table, one.id, one, None) for table, one in gone]
    work(two.bo, "Bo", lambda a: a.change(Change("", FIRST, "none of it", withdrawn)))
    assert not {one.id for one in passages} & two.merged_either_way().keys()
    merged(two.bo, two.ana)
    assert conflicts(two.ana) == []


def with_text(article: Article, text: str) -> Article:
    """An article with another text."""
    return msgspec.structs.replace(article, text=text, text_sha256=text_hash(text))


def moved(passage: Passage, by: int, text: str) -> Passage:
    """A passage that begins later in another text."""
    return msgspec.structs.replace(
        passage,
        start=passage.start + by,
        end=passage.end + by,
        prefix="",
        suffix="",
        text_sha256=text_hash(text),
    )


def test_the_note_of_a_conflict_keeps_no_word_that_was_redacted_since(two: Two) -> None:
    work(two.ana, "Ana", alter("events", "evt_Fall", "", title="Hama falls"))
    work(two.bo, "Bo", alter("events", "evt_Fall", "", title="Zqxabu Omar saw"))
    merged(two.bo, two.ana)
    (of_conflict,) = (id for id, one in records_of(two.ana).items() if "Zqxabu" in str(one))
    work(two.bo, "Bo", lambda a: a.redact("evt_Fall", "title", "for safety", "Zqxabu Omar"))
    for theirs, mine in ((two.bo, two.ana), (two.ana, two.bo)):
        with pytest.raises(RefusedChange, match=f"text of {of_conflict} has words"):
            merged(theirs, mine)
    work(two.ana, "Ana", lambda a: a.redact(of_conflict, "text", "for safety", "Zqxabu Omar"))
    merged(two.bo, two.ana)
    assert not any(b"Zqxabu" in file.read_bytes() for file in two.ana.parent.iterdir())
    assert findings(two.ana) == []


def test_words_that_each_copy_redacted_otherwise_are_not_joined(two: Two) -> None:
    work(two.ana, "Base", alter("events", "evt_Fall", "", title="Zqxabu Omar saw"))
    merged(two.ana, two.bo)
    work(two.ana, "Ana", lambda a: a.redact("evt_Fall", "title", "for safety", "Zqxabu"))
    work(two.bo, "Bo", lambda a: a.redact("evt_Fall", "title", "for safety", "Zqxabu Omar"))
    with pytest.raises(RefusedChange, match="are not found in this copy"):
        merged(two.ana, two.bo)


def test_acts_of_a_third_copy_do_not_come_in_twice(two: Two, tmp_path: Path) -> None:
    cy = copied(two.bo, tmp_path / "cy" / two.bo.name)
    work(cy, "Cy", alter("events", "evt_Flight", "", title="They fled"))
    for path in (two.ana, two.bo):
        work(path, path.parent.name, alter("events", "evt_Fall", "", title=path.parent.name))
        merged(cy, path)
    with pytest.raises(RefusedChange, match="has been merged with other copies"):
        merged(two.bo, two.ana)


def test_a_copy_that_has_lost_its_last_entries_is_not_merged(two: Two) -> None:
    for title in ("one", "two"):
        work(two.bo, "Bo", alter("events", "evt_Fall", "", title=title))
    before = two.ana.read_bytes()
    with closing(sqlite3.connect(two.bo)) as connection, connection:
        connection.execute("DELETE FROM log WHERE sequence = (SELECT max(sequence) FROM log)")
    with pytest.raises(DamagedCase, match="its log should go on after"):
        merged(two.bo, two.ana)
    assert two.ana.read_bytes() == before
