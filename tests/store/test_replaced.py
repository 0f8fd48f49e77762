"""A case that is replaced, moved or deleted while it is open: nothing is lost or overwritten."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database.sqlite import is_database, wal_files
from store.errors import ReadOnlyCase, ReplacedCase
from store.model.change import Edit
from tests.store.harvest import Harvest
from tests.store.importing import imported
from tests.store.kept import KeptCase, abandon, entitle, title_of
from tests.store.replacing import (
    ACTS,
    OpenCase,
    Way,
    check_copy,
    deleted,
    either,
    findings,
    folder_replaced,
    in_each_way,
    replaced,
)


@pytest.fixture
def open_case(tmp_path: Path, name: str) -> Iterator[OpenCase]:
    """A case that is open to be changed."""
    case = OpenCase(tmp_path / "folder", name)
    yield case
    abandon(case.archive)


@either
@in_each_way
@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_refused_and_what_was_saved_is_beside(
    open_case: OpenCase, way: Way, act: str
) -> None:
    case = open_case
    content = way(case.path)
    with pytest.raises(ReplacedCase) as refused:
        ACTS[act](case.archive)
    assert ("replaced by another file" if content else "moved or deleted") in refused.value.message
    if act != "close":
        said = refused.value.message.removesuffix("; nothing was redacted")
        assert case.archive.why_read_only == said
        assert title_of(case.archive) == "Hama falls", "it can be read on"
        assert len(case.archive.history()) == 3
        with pytest.raises(ReadOnlyCase, match="every saved change is in"):
            entitle(case.archive, "later still")
        case.archive.close()
    case.check_kept(refused.value, content)


@either
@in_each_way
def test_while_an_import_is_under_way(open_case: OpenCase, way: Way) -> None:
    case = open_case
    content: list[bytes | None] = []

    def batches() -> Iterator[list[Edit]]:
        for n, batch in enumerate(Harvest(50).batches(10)):
            if n == 1:
                content.append(way(case.path))
            yield list(batch)

    with pytest.raises(ReplacedCase) as refused:
        case.archive.import_batches(imported(50), batches())
    assert title_of(case.archive) == "Hama falls"
    case.archive.close()
    case.check_kept(refused.value, content[0])


@either
def test_a_newcomer_opens_as_it_was_left(open_case: OpenCase, name: str) -> None:
    case = open_case
    replaced(case.path)
    with pytest.raises(ReplacedCase):
        entitle(case.archive, "too late")
    case.archive.close()
    if is_database(case.path):
        assert list(findings(case.path)) == []
        assert case.title() == "Newcomer"


@either
def test_a_second_copy_does_not_replace_the_first(open_case: OpenCase, name: str) -> None:
    case = open_case
    case.unsaved.write_bytes(b"of another day")
    deleted(case.path)
    with pytest.raises(ReplacedCase, match=rf"{name}\.unsaved-2$"):
        entitle(case.archive, "too late")
    assert case.unsaved.read_bytes() == b"of another day"
    check_copy(case.unsaved.with_name(f"{name}.unsaved-2"))


@either
@in_each_way
def test_nothing_is_kept_or_said_where_nothing_was_done(
    tmp_path: Path, name: str, way: Way
) -> None:
    case = KeptCase(tmp_path, name)
    archive = case.write()
    assert title_of(archive) == "Fall"
    content = way(case.path)
    archive.save_snapshot()
    archive.close()
    assert (case.path.read_bytes() if case.path.exists() else None) == content
    assert not list(tmp_path.glob("*.unsaved*"))
    assert not any(one.exists() for one in wal_files(case.path))


@either
def test_where_the_folder_is_gone_the_copy_is_above(open_case: OpenCase, name: str) -> None:
    case = open_case
    folder_replaced(case.path)
    with pytest.raises(ReplacedCase) as refused:
        entitle(case.archive, "too late")
    case.archive.close()
    copy = case.path.parent.parent / f"{name}.unsaved"
    assert refused.value.message.endswith(f"every saved change is in {copy}")
    check_copy(copy)


@either
@in_each_way
def test_a_reader_says_so(tmp_path: Path, name: str, way: Way) -> None:
    case = KeptCase(tmp_path, name)
    reader = case.read()
    assert title_of(reader) == "Fall"
    way(case.path)
    with pytest.raises(ReplacedCase, match="while it was open") as refused:
        reader.follow()
    assert refused.value.hint == "open it again"
    assert reader.why_read_only == refused.value.message
    assert title_of(reader) == "Fall", "what it has read stays"
    with pytest.raises(ReplacedCase):
        reader.start_writing()
    reader.close()
