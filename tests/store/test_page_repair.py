"""Repair by pages: what rests on lost records stays, and what was withdrawn does not come back."""

import errno
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path
from random import Random

import msgspec
import pytest

from store.archive import Archive
from store.custody import page_file, salvage_database
from store.custody.salvage_database import repair_database
from store.custody.verify import verify
from store.database.lock import Lock
from store.errors import ReadOnlyCase
from store.model.change import Change
from store.model.records import Actor, AnyRecord, Article, Claim, DataSet, Event, Passage
from store.queries.records import record_of
from tests.small import SmallCase
from tests.store.checksums import mend_checksums
from tests.store.damaged_pages import Whole, records_by_id, whole
from tests.store.importing import altering
from tests.store.kept import KeptCase, put_case, title_of
from tests.store.row_spans import Span

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """A sound database of which free pages keep what was deleted."""
    return whole(tmp_path_factory.mktemp("sound"), wiped=False, closed=True)


@pytest.fixture
def saved(tmp_path: Path) -> "Saved":
    """The results of saving damaged databases in a folder."""
    return Saved(tmp_path)


class Saved:
    """The records saved of a damaged database, and what was told of it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "case.db"
        self._targets = (folder / f"saved{n}.db" for n in count())
        self.told: list[str] = []

    def after(self, content: bytes) -> dict[str, AnyRecord]:
        """Repair a database with these bytes, and return the records of the new one by id."""
        self.path.write_bytes(content)
        to = next(self._targets)
        self.told = list(repair_database(self.path, to).messages)
        assert list(verify(to)) == []
        with closing(Archive.open(to)) as archive:
            return archive.ask(records_by_id)


def without(sound: Whole, *spans: Span) -> bytes:
    """The bytes of a database with these replaced by random ones."""
    content = bytearray(sound.pages.database)
    for span in spans:
        content[span.start : span.end] = Random(1).randbytes(span.end - span.start)
    return bytes(content)


def page_of(sound: Whole, one: Span) -> Span:
    """The page that some bytes are on."""
    size = sound.pages.page_size
    start = one.start // size * size
    return Span(False, start, start + size)


def one_of(sound: Whole, kind: type[AnyRecord]) -> str:
    """The id of a record of a kind that no entry of the log has."""
    return next(id for id, one in sound.records.items() if isinstance(one, kind) and not one.note)


@pytest.mark.parametrize("kind", [DataSet, Actor, Event])
def test_what_refers_to_a_lost_record_is_kept_with_a_stand_in(
    kind: type[AnyRecord], sound: Whole, saved: Saved
) -> None:
    id = one_of(sound, kind)
    found = saved.after(without(sound, *sound.spans[id]))
    assert found.keys() == sound.records.keys()
    name = getattr(found[id], "name", "") or getattr(found[id], "title", "")
    assert name == f"[lost] {id}"
    assert found[id].note.startswith("lost when the case was damaged")
    assert any(f"{id} is lost: a stand-in is kept" in line for line in saved.told)
    others = {other: one for other, one in found.items() if other != id}
    assert others == {other: one for other, one in sound.records.items() if other != id}


def test_one_that_can_still_be_read_is_kept_as_it_was_found(sound: Whole, saved: Saved) -> None:
    id = one_of(sound, Actor)
    (span,) = sound.spans[id]
    content = bytearray(sound.pages.database)
    at = content.index(b'"name":"Brigade', span.start) + 8
    content[at] ^= 1
    actor = saved.after(bytes(content))[id]
    assert isinstance(actor, Actor)
    assert actor.name.startswith("[damaged] Crigade ")
    assert any(f"actors {id} is damaged" in line for line in saved.told)


def test_of_a_lost_article_the_words_that_are_quoted_are_kept(sound: Whole, saved: Saved) -> None:
    quoting = next(
        one for one in sound.records.values() if isinstance(one, Passage) and one.start > 40
    )
    found = saved.after(without(sound, *sound.spans[quoting.article]))
    article, passage = found[quoting.article], found[quoting.id]
    assert isinstance(article, Article)
    assert isinstance(passage, Passage)
    assert article.text is not None
    assert article.text[passage.start : passage.end] == passage.exact == quoting.exact
    assert found.keys() == sound.records.keys()


def test_what_the_log_has_comes_from_the_log(sound: Whole, saved: Saved) -> None:
    noted = [id for id, one in sound.records.items() if one.note == "altered"]
    assert len(noted) > 20
    found = saved.after(without(sound, *(span for id in noted for span in sound.spans[id])))
    assert {id: found[id] for id in noted} == {id: sound.records[id] for id in noted}


def test_nothing_comes_back_where_the_log_is_damaged_too(sound: Whole, saved: Saved) -> None:
    with closing(sqlite3.connect(sound.path)) as connection:
        roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_master").fetchall())
    log = [span for spans in sound.pages.rows({"log": roots["log"]}).values() for span in spans]
    first, second = log[0], log[-1]
    for spans in ([first], [second], [page_of(sound, first)], log):
        found = saved.after(without(sound, Span(False, 0, sound.pages.page_size), *spans))
        assert any("the log is damaged" in line for line in saved.told)
        for id, one in found.items():
            assert id in sound.records
            if "when the case was damaged" not in one.note:
                assert one == sound.records[id]


def test_a_page_that_lists_its_rows_no_more_loses_none(sound: Whole, saved: Saved) -> None:
    (claim, *_) = (id for id, one in sound.records.items() if isinstance(one, Claim))
    page = page_of(sound, sound.spans[claim][0])
    for at, value in ((0, 5), (0, 77), (3, 0), (4, 1), (8, 0xFF)):
        content = bytearray(sound.pages.database)
        content[page.start + at] = value
        assert saved.after(bytes(content)) == sound.records, (at, value)


def test_a_sector_that_cannot_be_read_costs_only_what_is_on_it(
    sound: Whole, saved: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = one_of(sound, Claim)
    page = page_of(sound, sound.spans[claim][0])
    read = page_file._content

    def failing(file: object, at: int, size: int) -> bytes:
        if at == page.start:
            raise OSError(errno.EIO, "Input/output error")
        return read(file, at, size)  # type: ignore[arg-type]

    monkeypatch.setattr(page_file, "_content", failing)
    found = saved.after(sound.pages.database)
    lost = {
        id
        for id, spans in sound.spans.items()
        if any(page.start <= one.start < page.end for one in spans)
    }
    assert claim in lost
    assert found.keys() == sound.records.keys() - lost


def test_what_was_altered_by_another_program_is_not_taken_for_ours(tmp_path: Path) -> None:
    case = KeptCase(tmp_path, "case.db")
    case.titles("one", "two")
    case.write().close()
    with closing(sqlite3.connect(case.path, isolation_level=None)) as connection:
        connection.execute(
            "UPDATE events SET title = 'three', body = replace(body, 'two', 'three')"
        )
        mend_checksums(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    repair_database(case.path, tmp_path / "saved.db")
    with closing(Archive.open(tmp_path / "saved.db")) as archive:
        assert title_of(archive) == "two"


def test_one_that_somebody_is_changing_is_not_read(tmp_path: Path) -> None:
    case = KeptCase(tmp_path, "case.db")
    with closing(case.write()), pytest.raises(ReadOnlyCase, match="is open in this program"):
        repair_database(case.path, tmp_path / "saved.db")
    lock = Lock(case.path)
    with pytest.raises(ReadOnlyCase, match="is changing it"):
        repair_database(case.path, tmp_path / "saved.db")
    lock.release()
    assert not (tmp_path / "saved.db").exists()


def test_a_version_is_saved_that_comes_before_what_it_is_a_version_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = SmallCase()
    news, later = small.article("news", "Hama fell."), small.article("later", "Hama has fallen.")
    path = tmp_path / "case.db"
    put_case(path, small.records())
    with closing(Archive.open(path, author="me", writing=True)) as archive:
        before = archive.ask(record_of, news)
        assert isinstance(before, Article)
        after = msgspec.structs.replace(before, version_of=later)
        archive.change(Change("", "", "a version", [altering(archive, "articles", after)]))
    monkeypatch.setattr(salvage_database, "_BATCH", 1)
    result = repair_database(path, tmp_path / "saved.db")
    assert (result.number["articles"], result.entries, list(result.messages)) == (2, 1, [])
