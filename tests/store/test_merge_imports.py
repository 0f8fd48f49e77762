"""Imports, packed copies and originals in two copies of a case that are merged."""

from pathlib import Path

import msgspec
import pytest

from store.archive import Archive
from store.custody import branch
from store.custody.pack import pack, unpack
from store.custody.pack_for import ForWhom
from store.database.originals import keep_original
from store.errors import RefusedChange
from store.model import changes
from store.model.records import Article, Capture, Event
from store.model.text import text_hash
from store.model.vocabulary import EventType
from tests.store.copies import copied, findings, merged, records_of
from tests.store.importing import additions, imported
from tests.store.two_copies import FIRST, LATER, PAIRS, Two, alter, entries, put, work


@pytest.fixture
def two(tmp_path: Path) -> Two:
    """A copy in files, and one in a database."""
    return Two(tmp_path)


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


def test_a_copy_that_was_packed_for_somebody_comes_back(tmp_path: Path) -> None:
    two = Two(tmp_path)
    private = changes.note("evt_Fall", "for me", "Ana", FIRST, private=True)
    work(two.ana, "Ana", put(private, "notes"))
    tagged = put(changes.tag("evt_Fall", "ambush", "Ana", LATER), "tags", at=LATER)
    pack(two.ana, tmp_path / "for-bo.zip", whom=ForWhom("Bo", "Ana", FIRST))
    unpack(tmp_path / "for-bo.zip", tmp_path / "for-bo.json")
    work(tmp_path / "for-bo.json", "Bo", alter("events", "evt_Fall", title="Hama falls"))
    work(two.ana, "Ana", tagged)
    with pytest.raises(RefusedChange, match="left out of this copy"):
        merged(two.ana, copied(tmp_path / "for-bo.json", tmp_path / "back" / "for-bo.json"))
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


def test_an_original_that_one_has_redacted_does_not_come_with_another_article(two: Two) -> None:
    news = records_of(two.bo)["art_news"]
    capture = Capture(file="x.txt", imported=FIRST, by="Bo", tool="test")
    for path in (two.ana, two.bo):
        digest = keep_original(path, b"Rebels took Hama.")
        read = alter("articles", "art_news", raw_sha256=digest, capture=capture)
        work(path, path.parent.name, read)
    second = msgspec.structs.replace(
        news,
        id="art_second",
        title="Second",
        text="Hama was taken.",
        text_sha256=text_hash("Hama was taken."),
        raw_sha256=digest,
        capture=capture,
    )
    work(two.bo, "Bo", put(second, "articles"))
    work(two.ana, "Ana", lambda a: a.redact("art_news", "text", "a name", "Rebels"))
    merged(two.bo, two.ana)
    archive = Archive.open(two.ana)
    assert archive.original(digest) is None
    archive.close()
