"""A database that is overwritten in place while it is read: it is noticed, and read no more."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from store.archive import Archive
from store.database.sqlite import wal_files
from store.errors import ReplacedCase
from store.model.change import Edit
from tests.store.harvest import Harvest
from tests.store.importing import imported
from tests.store.kept import KeptCase, abandon, entitle, title_of


def overwritten(path: Path, content: bytes) -> None:
    """Write another file into the place of a case, as `cp` does: its inode stays."""
    with path.open("r+b") as file:
        file.truncate(0)
        file.write(content)


@pytest.fixture
def case(tmp_path: Path) -> KeptCase:
    """A database of three entries that nobody has open."""
    case = KeptCase(tmp_path, "case.db")
    with closing(case.write()) as archive:
        for title in ("Hama falls", "Hama is taken", "Hama is held"):
            entitle(archive, title)
    return case


@pytest.fixture
def reader(case: KeptCase) -> Iterator[Archive]:
    """Somebody who reads it."""
    archive = case.read()
    assert title_of(archive) == "Hama is held"
    yield archive
    archive.close()


def newcomer(folder: Path, _: bytes) -> bytes:
    """Another case that the same program made."""
    other = KeptCase(folder, "case.db")
    with closing(other.write("Omar")) as archive:
        entitle(archive, "Newcomer")
    return other.path.read_bytes()


def _continued(folder: Path, content: bytes, titles: tuple[str, ...], undone: int = 0) -> bytes:
    """The same case, after somebody has undone and changed something in a copy."""
    copy = folder / "copy.db"
    copy.write_bytes(content)
    with closing(Archive.open(copy, author="Omar", writing=True)) as archive:
        for _ in range(undone):
            archive.undo()
        for title in titles:
            entitle(archive, title)
    return copy.read_bytes()


def longer(folder: Path, content: bytes) -> bytes:
    """The same case, in which somebody has done more elsewhere."""
    return _continued(folder, content, ("Homs falls", "Homs is taken"))


def without_bytes(_: Path, __: bytes) -> bytes:
    """An empty file."""
    return b""


def no_database(_: Path, content: bytes) -> bytes:
    """A file of the same size that is no database."""
    return bytes(len(content))


CONTENTS: tuple[Callable[[Path, bytes], bytes], ...] = (
    newcomer,
    longer,
    without_bytes,
    no_database,
)


@pytest.mark.parametrize("content", CONTENTS, ids=lambda made: made.__name__)
@pytest.mark.parametrize("first", ["asks", "follows", "writes", "looks at the log"])
def test_whoever_reads_it_is_told_and_reads_no_more(
    case: KeptCase,
    reader: Archive,
    tmp_path: Path,
    content: Callable[[Path, bytes], bytes],
    first: str,
) -> None:
    (tmp_path / "other").mkdir()
    now = content(tmp_path / "other", case.path.read_bytes())
    overwritten(case.path, now)
    acts: dict[str, Callable[[], object]] = {
        "asks": lambda: title_of(reader),
        "follows": reader.follow,
        "writes": reader.start_writing,
        "looks at the log": reader.history,
    }
    for act in (acts[first], *acts.values()):
        with pytest.raises(ReplacedCase, match="was overwritten by another program") as refused:
            act()
        assert refused.value.hint == "open it again"
    assert reader.why_read_only == refused.value.message
    reader.close()
    assert case.path.read_bytes() == now
    assert not any(one.exists() and one.stat().st_size for one in wal_files(case.path)[:1])


def test_an_older_copy_and_one_that_went_another_way_are_others(
    tmp_path: Path, case: KeptCase
) -> None:
    (tmp_path / "other").mkdir()
    older = case.path.read_bytes()
    other_way = _continued(tmp_path / "other", older, ("Homs falls",))
    with closing(case.write()) as archive:
        entitle(archive, "Idlib falls")
    for content in (older, other_way):
        now = case.path.read_bytes()
        with closing(case.read()) as reader:
            assert title_of(reader) == "Idlib falls"
            overwritten(case.path, content)
            with pytest.raises(ReplacedCase, match="was overwritten"):
                title_of(reader)
        overwritten(case.path, now)


def test_the_same_bytes_are_the_same_case(case: KeptCase, reader: Archive) -> None:
    overwritten(case.path, case.path.read_bytes())
    os.utime(case.path)
    assert reader.follow() == []
    assert title_of(reader) == "Hama is held"


def test_in_a_folder_that_nobody_may_write_it_is_noticed_too(
    case: KeptCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.database.sqlite._readable", lambda _: False)
    with closing(case.read()) as reader:
        assert title_of(reader) == "Hama is held"
        (tmp_path / "other").mkdir()
        overwritten(case.path, newcomer(tmp_path / "other", b""))
        with pytest.raises(ReplacedCase, match="was overwritten"):
            title_of(reader)


def _work(archive: Archive, batch: Sequence[Edit], look: Callable[[], None]) -> None:
    """Do something of each kind, and look after each."""
    acts: tuple[Callable[[], object], ...] = (
        lambda: entitle(archive, "Hama is contested"),
        lambda: archive.undo(),
        lambda: archive.redo(),
        lambda: archive.import_batches(imported(300), [batch]),
        lambda: archive.redact("evt_Fall", "title", "a name", "Hama"),
        lambda: entitle(archive, "Homs falls"),
        lambda: archive.save_snapshot(),
        lambda: entitle(archive, "Homs is taken"),
    )
    for act in acts:
        act()
        look()


@pytest.mark.parametrize("resting", [False, True])
def test_what_the_writer_does_is_never_taken_for_that_of_another(
    case: KeptCase, resting: bool
) -> None:
    with closing(case.read()) as following, closing(case.read()) as asking:

        def look() -> None:
            if resting:
                writer.save_snapshot()
            following.follow()
            for one in (following, asking):
                assert title_of(one) == title_of(writer)
                assert one.last_entry == writer.last_entry

        for batch in Harvest(600).batches(300):
            writer = case.write()
            _work(writer, batch, look)
            writer.close() if resting else abandon(writer)
            following.follow()
            assert title_of(following) == title_of(asking) == "Homs is taken"


def test_who_reads_becomes_the_writer_and_notices_it_as_one(
    case: KeptCase, reader: Archive, tmp_path: Path
) -> None:
    reader.author = "me"
    reader.start_writing()
    entitle(reader, "Idlib falls")
    (tmp_path / "other").mkdir()
    overwritten(case.path, newcomer(tmp_path / "other", b""))
    with pytest.raises(ReplacedCase, match="was overwritten"):
        entitle(reader, "too late")
