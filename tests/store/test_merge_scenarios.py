"""Two persons work on copies of a case, and one of them merges: what each did is there."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from store.archive import Archive
from store.coding.merge import merge_by_id
from store.custody import branch
from store.custody.anchor import find, head, typed_hash
from store.custody.pack import pack, unpack
from store.custody.pack_for import ForWhom
from store.database.originals import keep_original
from store.database.read_records import record
from store.errors import LostHistory, ReadOnlyCase, RefusedChange, UsageError
from store.model import changes
from store.model.change import Change, Edit
from store.model.judgements import MarkKind, Note, RulingKind, Verdict
from store.model.log_line import Act
from store.model.merge_conflicts import MERGER
from store.model.records import Actor, AnyRecord, Article, Capture, Event
from store.model.vocabulary import ActorKind, EventType
from store.queries.merge_conflicts import merge_conflicts
from tests.small import SmallCase
from tests.store.copies import copied, findings, merged, records_of
from tests.store.importing import additions, imported
from tests.store.kept import put_case

FIRST, LATER = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"
MIXED = ("case.json", "case.db")
PAIRS = [MIXED, ("case.json", "case.json"), ("case.db", "case.db"), ("case.db", "case.json")]


class Two:
    """Ana's and Bo's copies of a case of two events, two actors and an article."""

    def __init__(self, folder: Path, names: tuple[str, str] = MIXED) -> None:
        small = SmallCase()
        fall, _ = small.event("Fall"), small.event("Flight")
        rebels, _ = small.actor("Rebels"), small.actor("Fighters")
        news = small.article("news", "Rebels took Hama. Fighters left.", publisher="")
        small.tables["articles"][news] = msgspec.structs.replace(
            small.tables["articles"][news], publisher=None
        )
        small.claim(fall, news, "Rebels took Hama")
        small.acted(fall, news, "Rebels", rebels)
        base = folder / names[0]
        put_case(base, small.records())
        self.ana = copied(base, folder / "ana" / names[0])
        self.bo = copied(base, folder / "bo" / names[1])
        self.folder = folder

    def merged_either_way(self) -> dict[str, AnyRecord]:
        """The records of both merges, which are the same and whole."""
        one = copied(self.ana, self.folder / "one" / self.ana.name)
        two = copied(self.bo, self.folder / "two" / self.bo.name)
        merged(self.bo, one)
        merged(self.ana, two)
        assert findings(one) == findings(two) == []
        assert records_of(one) == records_of(two)
        return records_of(one)


@pytest.fixture
def two(tmp_path: Path) -> Two:
    """A copy in files, and one in a database."""
    return Two(tmp_path)


def work(path: Path, who: str, *acts: Callable[[Archive], object]) -> None:
    """Let one person do something in a copy."""
    archive = Archive.open(path, author=who, writing=True)
    for act in acts:
        act(archive)
    archive.close()


def put(one: AnyRecord, table: str, why: str = "", at: str = FIRST) -> Callable[[Archive], None]:
    """The act that adds a record, or puts it in the place of the one with its id."""

    def act(archive: Archive) -> None:
        before = archive.ask(record, table, one.id)
        archive.change(Change("", at, why, [Edit(table, one.id, before, one)]))

    return act


def alter(
    table: str, id: str, why: str = "", at: str = FIRST, **fields: object
) -> Callable[[Archive], None]:
    """The act that changes fields of a record."""

    def act(archive: Archive) -> None:
        before = archive.ask(record, table, id)
        assert before is not None
        after = msgspec.structs.replace(before, **fields)
        archive.change(Change("", at, why, [Edit(table, id, before, after)]))

    return act


def withdraw(table: str, id: str, at: str = FIRST) -> Callable[[Archive], None]:
    """The act that withdraws a record."""

    def act(archive: Archive) -> None:
        before = archive.ask(record, table, id)
        archive.change(Change("", at, "gone", [Edit(table, id, before, None)]))

    return act


def conflicts(path: Path) -> list[str]:
    """The conflicts that are left in a case."""
    archive = Archive.open(path)
    try:
        return [f"{one.id}: {one.conflict}" for one in archive.ask(merge_conflicts)]
    finally:
        archive.close()


def entries(path: Path) -> list[tuple[str, str, str, str]]:
    """Who did what in a case, when and why, the first first."""
    archive = Archive.open(path)
    try:
        return [(one.who, one.when, one.act, one.why) for one in reversed(archive.history())]
    finally:
        archive.close()


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
        f'evt_Fall: Two copies differ: title "Hama falls" (Ana, {LATER}) was taken, and not'
        f' title "Hama taken" (Bo, {FIRST}).'
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
    assert f"(Bo, {LATER}), though it was withdrawn (Ana, {FIRST})" in told


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


def import_rows(archive: Archive) -> None:
    """Import two events."""
    rows = [Event(id=f"evt_row{n}", title=f"Row {n}", type=EventType.CLASH) for n in range(2)]
    archive.import_batches(imported(2), [additions(*(("events", one) for one in rows))])


@pytest.mark.parametrize("names", PAIRS)
def test_imports_come_as_one_act_that_can_be_undone(tmp_path: Path, names: tuple[str, str]) -> None:
    two = Two(tmp_path, names)
    work(two.bo, "Bo", import_rows, alter("events", "evt_row1", title="Row one"))
    before = records_of(two.ana)
    assert getattr(two.merged_either_way()["evt_row1"], "title", "") == "Row one"
    merged(two.bo, two.ana)
    archive = Archive.open(two.ana, author="Ana", writing=True)
    entry = next(one for one in archive.history() if one.imported)
    assert (entry.who, entry.imported) == ("Bo", imported(2))
    assert {getattr(edit.after, "title", "") for edit in entry.edits} == {"Row 0", "Row 1"}
    while archive.undo():
        pass
    archive.close()
    assert records_of(two.ana) == before
    assert findings(two.ana) == []


@pytest.mark.parametrize("name", ["case.json", "case.db"])
def test_an_import_that_was_undone_there_leaves_nothing(tmp_path: Path, name: str) -> None:
    two = Two(tmp_path, ("case.db", name))
    work(two.ana, "Ana", import_rows, lambda a: a.undo())
    before = records_of(two.bo)
    merged(two.ana, two.bo)
    assert records_of(two.bo) == before
    assert findings(two.bo) == []


def test_an_import_from_before_is_undone_here_if_it_was_there(tmp_path: Path) -> None:
    two = Two(tmp_path, ("case.db", "case.db"))
    work(two.ana, "Ana", import_rows)
    copied(two.ana, two.folder / "again" / "case.db")
    work(two.ana, "Ana", lambda a: a.undo())
    merged(two.ana, two.folder / "again" / "case.db")
    assert "evt_row0" not in records_of(two.folder / "again" / "case.db")


def test_a_large_import_is_merged_where_both_made_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branch, "MOST_ROWS", 1)
    two = Two(tmp_path, ("case.db", "case.db"))
    work(two.bo, "Bo", import_rows, alter("events", "evt_row1", title="Row one"))
    with pytest.raises(RefusedChange, match="too large to be merged"):
        merged(two.bo, two.ana)
    assert entries(two.ana) == []
    work(two.ana, "Ana", import_rows)
    assert getattr(two.merged_either_way()["evt_row1"], "title", "") == "Row one"


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


def test_a_copy_that_was_packed_for_somebody_comes_back(tmp_path: Path) -> None:
    two = Two(tmp_path)
    private = changes.note("evt_Fall", "for me", "Ana", FIRST, private=True)
    work(two.ana, "Ana", put(private, "notes"))
    pack(two.ana, tmp_path / "for-bo.zip", whom=ForWhom("Bo", "Ana", FIRST))
    unpack(tmp_path / "for-bo.zip", tmp_path / "for-bo.json")
    work(tmp_path / "for-bo.json", "Bo", alter("events", "evt_Fall", title="Hama falls"))
    merged(tmp_path / "for-bo.json", two.ana)
    found = records_of(two.ana)
    assert found[private.id] == private
    assert getattr(found["evt_Fall"], "title", "") == "Hama falls"
    assert findings(two.ana) == []


def test_an_original_comes_with_its_article(two: Two) -> None:
    content = b"an original"
    digest = keep_original(two.bo, content)
    news = records_of(two.bo)["art_news"]
    assert isinstance(news, Article)
    capture = Capture(file="x.txt", imported=FIRST, by="Bo", tool="test")
    one = msgspec.structs.replace(news, id="art_new", raw_sha256=digest, capture=capture)
    work(two.bo, "Bo", put(one, "articles"))
    merged(two.bo, two.ana)
    archive = Archive.open(two.ana)
    assert archive.original(digest) == content
    archive.close()
    assert findings(two.ana) == []


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
    assert f'not part_of "evt_Fall" (Bo, {FIRST})' in told
