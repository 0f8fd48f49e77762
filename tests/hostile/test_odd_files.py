"""Odd files: one clear line each, and nothing of the case is changed by what is no article."""

from pathlib import Path

import pytest

from store.archive import Archive
from store.articles.formats import format_of, read
from store.custody.verify import verify
from store.database.originals import originals_folder
from store.errors import ConflictError
from store.model.text import HOSTILE
from tests.examples import sample
from tests.hostile.odd_files import ODD_FILES
from tests.imports import new_case, run


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_case(tmp_path_factory.mktemp("odd") / "war.json")


_SAMPLE = sample(ODD_FILES, of="odd files")


@pytest.mark.parametrize(("what", "content"), _SAMPLE, ids=[what for what, _ in _SAMPLE])
def test_an_odd_file_ends_in_a_line_or_in_articles(
    what: str, content: bytes, case: Path, tmp_path: Path
) -> None:
    before = case.read_bytes(), len(list(originals_folder(case).glob("*")))
    file = tmp_path / "odd.bin"
    file.write_bytes(content)
    found = run("import", file, "--into", case, "--by", "Ada")
    assert found.exit_code in (0, 64, 65), (what, found.stdout, found.stderr)
    assert not any(ord(letter) in HOSTILE for letter in found.stdout + found.stderr)
    if found.exit_code:
        line = found.stderr.splitlines()[-1]
        assert line.startswith("conflict-tui: "), what
        assert "odd.bin: " in line, what
        assert "Traceback" not in found.stderr
        assert (case.read_bytes(), len(list(originals_folder(case).glob("*")))) == before
    Archive.open(case).close()


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
