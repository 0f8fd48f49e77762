"""Odd files: one clear line each, and nothing of the case is changed by what is no article."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.articles.formats import format_of, read
from store.articles.reader import LimitedReader
from store.custody.verify import verify
from store.database.originals import originals_folder
from store.errors import ConflictError
from store.importing.article_files import sort_paths
from store.importing.import_articles import ArticleImport
from store.importing.open_files import ImportFiles
from store.model.text import HOSTILE, showable
from tests.examples import sample
from tests.hostile.odd_files import ODD_FILES
from tests.imports import new_case, run


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_case(tmp_path_factory.mktemp("odd") / "war.json")


@pytest.fixture(scope="module")
def reader() -> Iterator[LimitedReader]:
    with LimitedReader() as reader:
        yield reader


_SAMPLE = sample(ODD_FILES, of="odd files")


@pytest.mark.parametrize(("what", "content"), _SAMPLE, ids=[what for what, _ in _SAMPLE])
def test_an_odd_file_ends_in_a_line_or_in_articles(
    what: str, content: bytes, case: Path, reader: LimitedReader, tmp_path: Path
) -> None:
    before = case.read_bytes(), len(list(originals_folder(case).glob("*")))
    file = tmp_path / "odd.bin"
    file.write_bytes(content)
    archive = Archive.open(case, author="Ada", writing=True)
    lines = []
    try:
        paths = sort_paths([file], case, reader)
        report = ArticleImport(archive, paths, reader).run()
        lines += [f"{file}: {one.error}" for one in report.files if one.error]
        ImportFiles(paths.data_sets).close()
    except ConflictError as error:
        lines.append(error.message)
    finally:
        archive.close()
    for line in lines:
        assert line.startswith(f"{file}: "), what
        assert "\n" not in showable(line), what
    if lines:
        assert (case.read_bytes(), len(list(originals_folder(case).glob("*")))) == before


@pytest.mark.parametrize("name", ["a PDF without text", "7/8 of warc", "controls"])
def test_a_command_says_it_in_one_safe_line(name: str, case: Path, tmp_path: Path) -> None:
    file = tmp_path / "odd.bin"
    file.write_bytes(dict(ODD_FILES)[name])
    found = run("import", file, "--into", case, "--by", "Ada")
    assert found.exit_code == (0 if name == "controls" else 65)
    assert not any(ord(letter) in HOSTILE for letter in found.stdout + found.stderr)
    assert len(found.stderr.splitlines()) == (0 if name == "controls" else 1)


def test_the_case_is_whole_after_them(case: Path) -> None:
    assert list(verify(case)) == []


TORN = ("a wrong hash in a WACZ", "7/8 of warc", "5/8 of csv")


def test_what_is_torn_or_altered_is_told() -> None:
    files = dict(ODD_FILES)
    for name in TORN:
        format = format_of(files[name])
        assert format is not None
        reading = read(files[name], format)
        assert reading.articles == (), name
        assert any("torn" in one.reason for one in reading.passed_over), name
    for name in ("5/8 of page", "5/8 of mhtml"):
        format = format_of(files[name])
        assert format is not None
        (article,) = read(files[name], format).articles
        assert any("may be torn" in remark for remark in article.remarks), name


def test_no_entity_and_no_address_is_ever_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr("socket.socket.connect", refuse)
    files = dict(ODD_FILES)
    for name in ("another's file", "laughs", "7/8 of page", "7/8 of feed"):
        try:
            format = format_of(files[name])
            found = read(files[name], format) if format else None
        except ConflictError:
            continue
        assert "root:" not in str(found)


def test_a_process_reads_what_this_one_reads(reader: LimitedReader) -> None:
    """Nothing is opened or imported late, as the process could not."""
    files = dict(ODD_FILES)
    names = [f"{n}/8 of {name}" for name in ("page", "feed", "word", "mhtml") for n in (5, 7)]
    for name in (*names, "windows-1256", "utf-16 page", "bogus charset"):
        format = format_of(files[name])
        if format is None:
            continue
        try:
            here: object = read(files[name], format)
        except ConflictError as error:
            here = f"{name}: {error.message}"
        try:
            there: object = reader.read(files[name], name)[1]
        except ConflictError as error:
            there = error.message
        assert there == here, name
