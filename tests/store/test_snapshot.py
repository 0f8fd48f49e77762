"""The case file: atomic writing, five backups, manual edits, and a missing log."""

import threading
from contextlib import closing
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from store.custody.verify import verify
from store.document.tinydb_file import read_snapshot
from store.errors import DamagedCase
from store.model.log_line import Act
from store.model.records import Event
from tests.store.kept import KeptCase, abandon, entitle, held, title_of


@pytest.fixture
def case(tmp_path: Path) -> KeptCase:
    """A small case on the disk."""
    return KeptCase(tmp_path)


def test_the_five_before_the_last_are_kept(case: KeptCase) -> None:
    for n in range(8):
        archive = case.write()
        entitle(archive, f"title {n}")
        archive.close()
    found = {}
    for path in case.path.parent.glob("case.json*"):
        if path.suffix not in {".log", ".lock"}:
            (event,) = read_snapshot(path).tables["events"]
            assert isinstance(event, Event)
            found[path.name] = event.title
    assert found == {
        "case.json": "title 7",
        **{f"case.json.{n}": f"title {7 - n}" for n in range(1, 6)},
    }


def test_a_snapshot_says_which_changes_it_holds(case: KeptCase) -> None:
    archive = case.write()
    entitle(archive, "one")
    entitle(archive, "two")
    archive.save_snapshot()
    snapshot = read_snapshot(case.path)
    assert snapshot.head is not None
    assert snapshot.head.sequence == 2
    assert not snapshot.edited
    entitle(archive, "three")
    abandon(archive)
    assert case.title() == "three"


def test_questions_are_answered_and_changes_made_while_it_is_written(
    case: KeptCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = case.write()
    entitle(archive, "one")
    writing, go_on = threading.Event(), threading.Event()

    def slow(descriptor: int) -> None:
        writing.set()
        go_on.wait(10)

    with monkeypatch.context() as patch:
        patch.setattr("store.database.disk.fsync", slow)
        saving = threading.Thread(target=archive.save_snapshot)
        saving.start()
        writing.wait(10)
        assert title_of(archive) == "one"
        patch.undo()
        entitle(archive, "two")
        go_on.set()
        saving.join()
    snapshot = read_snapshot(case.path)
    assert snapshot.head is not None
    assert snapshot.head.sequence == 1
    archive.close()
    assert case.title() == "two"


def test_a_case_edited_by_hand_says_so_in_its_log(case: KeptCase) -> None:
    archive = case.write()
    entitle(archive, "one")
    archive.close()
    with TinyDB(case.path) as database:
        database.table("events").update({"title": "by hand"}, where("id") == case.fall)
        database.table("actors").remove(where("id") == case.rebels)
    assert case.title() == "by hand"
    archive = case.write()
    assert archive.notices == (f"{case.path}: was edited outside this program",)
    entitle(archive, "two")
    outside = archive.history()[1]
    assert outside.act is Act.OUTSIDE
    assert {(one.id, one.before is None, one.after is None) for one in outside.edits} == {
        (case.fall, False, False),
        (case.rebels, False, True),
    }
    abandon(archive)
    archive = case.write()
    assert (archive.notices, title_of(archive)) == ((), "two")
    archive.undo()
    archive.undo()
    assert title_of(archive) == "one"
    assert case.rebels in held(archive)
    archive.close()
    assert case.title() == "one"


def test_an_edit_by_hand_before_anything_was_saved(case: KeptCase) -> None:
    case.titles("one")
    text = case.path.read_text()
    case.path.write_text(text.replace("Rebels", "Insurgents"))
    archive = case.write()
    assert archive.notices
    entitle(archive, "two")
    # the earlier records are gone
    assert [(one.act, len(one.edits)) for one in archive.history()] == [
        (Act.CHANGE, 1),
        (Act.OUTSIDE, 0),
        (Act.CHANGE, 1),
    ]
    archive.close()
    archive = case.write()
    assert (archive.notices, title_of(archive)) == ((), "two")
    archive.close()


def test_an_edit_by_hand_that_a_saved_change_does_not_fit(case: KeptCase) -> None:
    case.titles("one")
    case.path.write_text(case.path.read_text().replace('"Fall"', '"by hand"'))
    with pytest.raises(DamagedCase, match=f"entry 1 of its log does not fit: events {case.fall}"):
        case.write()


def test_a_case_that_is_only_laid_out_otherwise_was_not_edited(case: KeptCase) -> None:
    archive = case.write()
    entitle(archive, "حماة")
    archive.close()
    with TinyDB(case.path, indent=4) as database:
        database.table("none").insert({})
        database.drop_table("none")
    archive = case.write()
    assert archive.notices == ()
    entitle(archive, "two")
    assert [one.act for one in archive.history()] == [Act.CHANGE] * 2
    archive.close()


def test_a_reader_follows_past_an_edit_by_hand(case: KeptCase) -> None:
    archive = case.write()
    entitle(archive, "one")
    archive.close()
    case.path.write_text(case.path.read_text().replace('"one"', '"by hand"'))
    reader, writer = case.read(), case.write()
    entitle(writer, "two")
    assert [one.why for one in reader.follow()] == ["it is two"]
    assert title_of(reader) == "two"
    reader.close()
    writer.close()


def test_a_case_that_was_mailed_without_its_log_goes_on(case: KeptCase) -> None:
    archive = case.write()
    entitle(archive, "one")
    entitle(archive, "two")
    archive.close()
    for path in case.path.parent.glob("case.json.*"):
        path.unlink()
    archive = case.write()
    (told,) = archive.notices
    assert "the case holds 2 entries but its log is missing or empty" in told
    assert (archive.history(), archive.undo()) == ([], None)
    entitle(archive, "three")
    assert [(one.sequence, one.act) for one in archive.history()] == [
        (4, Act.CHANGE),
        (3, Act.OUTSIDE),
    ]
    assert "a new one begins after entry 2" in archive.history()[-1].why
    abandon(archive)
    assert case.title() == "three"
    archive = case.write()
    archive.undo()
    archive.close()
    assert case.title() == "two"


def test_a_case_that_was_mailed_without_its_log_and_edited(case: KeptCase) -> None:
    archive = case.write()
    entitle(archive, "one")
    archive.close()
    for path in case.path.parent.glob("case.json.*"):
        path.unlink()
    case.path.write_text(case.path.read_text().replace('"one"', '"by hand"'))
    archive = case.write()
    assert archive.notices
    entitle(archive, "two")
    assert [(one.sequence, one.act) for one in archive.history()] == [
        (4, Act.CHANGE),
        (3, Act.OUTSIDE),
        (2, Act.OUTSIDE),
    ]
    archive.close()
    assert case.title() == "two"


@pytest.mark.parametrize("left", [None, b""])
def test_a_log_that_was_lost_is_missed_until_the_next_change_says_so(
    case: KeptCase, left: bytes | None
) -> None:
    archive = case.write()
    entitle(archive, "one")
    entitle(archive, "two")
    archive.close()
    case.log.unlink()
    if left is not None:
        case.log.write_bytes(left)
    (found,) = verify(case.path)
    assert found.what.startswith("the case holds 2 entries but its log is missing or empty; ")
    reader = case.read()
    assert "2 entries" in reader.notices[0]
    assert title_of(reader) == "two"
    assert list(verify(case.path)) == [found], "a reader changes nothing"
    archive = case.write()
    entitle(archive, "three")
    assert [one.why for one in reader.follow()] == ["it is three"]
    assert title_of(reader) == "three"
    archive.undo()
    archive.close()
    reader.close()
    assert list(verify(case.path)) == []
    assert case.title() == "two"
    with closing(case.read()) as anew:
        assert anew.notices == ()


def test_a_head_that_says_nothing_is_damage(case: KeptCase) -> None:
    archive = case.write()
    entitle(archive, "one")
    archive.close()
    case.path.write_text(case.path.read_text().replace('"sequence":1', '"sequence":"one"'))
    with pytest.raises(DamagedCase, match="its table 'log' is damaged"):
        case.read()
