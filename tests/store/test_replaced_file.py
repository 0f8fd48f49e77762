"""A case file that is replaced, edited or deleted while it is open, and its log."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from store.database import disk
from store.document import known_document
from store.errors import ReplacedCase
from tests.store.kept import KeptCase, abandon, entitle, title_of
from tests.store.replacing import (
    ACTS,
    OpenCase,
    Way,
    deleted,
    full,
    moved,
    replaced,
)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[OpenCase]:
    """A case file that is open to be changed, saved before its last change."""
    case = OpenCase(tmp_path / "folder", "case.json")
    yield case
    abandon(case.archive)


def saved(case: OpenCase) -> None:
    """Save the document, which then has the title."""
    case.archive.save_snapshot()
    assert b"Hama falls" in case.path.read_bytes()


def edited(path: Path) -> bytes:
    """Write the document anew in its place, as an editor may, with a word of the same length."""
    before = path.read_bytes()
    content = before.replace(b'"Rebels"', b'"Rebals"')
    assert content != before
    path.write_bytes(content)
    return content


@pytest.mark.parametrize("act", ACTS)
def test_an_edit_in_place_is_not_overwritten(file: OpenCase, act: str) -> None:
    saved(file)
    content = edited(file.path)
    with pytest.raises(ReplacedCase, match="was edited by another program while") as refused:
        ACTS[act](file.archive)
    file.archive.close()
    file.check_kept(refused.value, content)


def test_a_document_that_was_saved_again_with_the_same_records_is_ours(file: OpenCase) -> None:
    saved(file)
    copy = file.path.with_name("copied")
    copy.write_bytes(file.path.read_bytes())
    copy.replace(file.path)
    entitle(file.archive, "Hama is held")
    os.utime(file.path, (1, 1))
    file.archive.close()
    assert file.title() == "Hama is held"
    assert not file.unsaved.exists()


def test_what_takes_its_place_while_it_is_saved_is_not_overwritten(
    file: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[bytes] = []
    write_new = disk.write_new

    def slow(path: Path, pieces: Iterable[bytes]) -> None:
        write_new(path, pieces)
        if path == file.path.with_name("case.json.new"):
            written.append(replaced(file.path))

    monkeypatch.setattr(disk, "write_new", slow)
    with pytest.raises(ReplacedCase) as refused:
        file.archive.save_snapshot()
    monkeypatch.undo()
    file.archive.close()
    file.check_kept(refused.value, written[0])
    assert not file.path.with_name("case.json.new").exists()


@pytest.mark.parametrize("way", [moved, deleted], ids=lambda way: way.__name__)
@pytest.mark.parametrize("act", ACTS)
def test_a_log_that_is_gone_is_kept_in_the_copy(file: OpenCase, way: Way, act: str) -> None:
    content = file.content()
    way(file.log)
    with pytest.raises(ReplacedCase, match=r"its log case\.json\.log was moved or") as refused:
        ACTS[act](file.archive)
    file.archive.close()
    file.check_kept(refused.value, content)
    assert not file.log.exists()


def test_a_log_that_another_program_goes_on_with(file: OpenCase) -> None:
    content = file.content()
    with file.log.open("ab") as log:
        log.write(b"{}\n")
    theirs = file.log.read_bytes()
    with pytest.raises(ReplacedCase, match="log was changed by another program") as refused:
        entitle(file.archive, "too late")
    file.archive.close()
    file.check_kept(refused.value, content)
    assert file.log.read_bytes() == theirs


def test_a_log_where_there_was_none(tmp_path: Path) -> None:
    case = KeptCase(tmp_path)
    archive = case.write()
    case.log.write_bytes(b"{}\n")
    with pytest.raises(ReplacedCase, match="log was replaced by another file"):
        entitle(archive, "too late")
    archive.close()
    assert case.log.read_bytes() == b"{}\n"


def test_where_no_copy_can_be_saved_the_log_has_it(
    file: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = replaced(file.path)
    monkeypatch.setattr(disk, "write_new", full)
    with pytest.raises(ReplacedCase, match=r"could not be copied beside it \(.*No space"):
        entitle(file.archive, "too late")
    with pytest.raises(ReplacedCase, match="No space"):
        file.archive.close()
    assert file.content() == content
    assert file.log.read_bytes().count(b"\n") == 3
    assert not list(file.path.parent.glob("*.unsaved*"))


def test_saving_by_the_writer_is_nothing_new_to_a_reader(file: OpenCase) -> None:
    reader = file.read()
    for title in ("Hama is held", "Hama stays held"):
        entitle(file.archive, title)
        file.archive.save_snapshot()
        assert len(reader.follow()) == 1
        assert title_of(reader) == title
    file.archive.close()
    assert reader.start_writing() == []
    entitle(reader, "Hama is Hama")
    reader.close()
    assert file.title() == "Hama is Hama"


def test_looking_costs_few_calls_and_reads_nothing(
    file: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(file)
    looked: list[Path] = []
    look = Path.stat

    def counted(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        looked.append(path)
        return look(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", counted)
    monkeypatch.setattr(known_document, "read_snapshot", full)
    entitle(file.archive, "Hama is held")
    assert looked.count(file.path) == 1
    assert looked.count(file.log) <= 2
