"""The file with the name of the user: a line reports odd content, with file and key."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import ConflictError, UnwritableOutput, UsageError
from tui.session.settings import author, config_file, put_aside, remember_author


def configured(content: bytes) -> None:
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_bytes(content)


def test_without_a_file_there_is_no_name(tmp_path: Path) -> None:
    assert author() == ""
    assert not list(tmp_path.rglob("config.toml")), "reading makes none"


@pytest.mark.parametrize("content", [b"", b"# nothing\n", b'author = ""', b'author = "  \\n "'])
def test_nobody(content: bytes) -> None:
    configured(content)
    assert author() == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"author = 3", "author is not a text"),
        (b'author = ["Ana"]', "author is not a text"),
        (b"[author]\nname = 1", "author is not a text"),
        (b'autor = "Ana"', "unknown setting 'autor'"),
        (b'author = "Ana"\n"\\u001b[2J" = 1', "unknown setting '\\x1b[2J'"),
        (b"author = Ana", "cannot be understood"),
        (b'author = "Ana', "cannot be understood"),
        (b'author = "A"\nauthor = "B"', "cannot be understood"),
        (b"\xff\xfe", "cannot be understood"),
        (b"author = " + b"[" * 100_000, "cannot be understood"),
        (b"\x00", "cannot be understood"),
    ],
)
def test_odd_files_are_one_line_with_file_and_key(content: bytes, words: str) -> None:
    configured(content)
    with pytest.raises(UsageError) as caught:
        author()
    assert caught.value.message.startswith(f"{config_file()}: ")
    assert words in caught.value.message
    assert "\n" not in caught.value.message + caught.value.hint
    assert caught.value.hint


def test_a_folder_in_its_place_is_said() -> None:
    config_file().mkdir(parents=True)
    with pytest.raises(UsageError, match=r"cannot be read \(Is a directory\)"):
        author()
    with pytest.raises(UnwritableOutput):
        remember_author("Ana")


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_every_name_is_read_again(name: str) -> None:
    remember_author(name)
    assert author() == " ".join(name.split())


def test_the_file_is_for_its_owner_only_also_where_it_was_there() -> None:
    remember_author("Ana")
    assert stat.S_IMODE(config_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(config_file().parent.stat().st_mode) == 0o700
    config_file().chmod(0o644)
    remember_author("Omar")
    assert author() == "Omar"
    assert stat.S_IMODE(config_file().stat().st_mode) == 0o600


def test_where_it_cannot_be_written_that_is_said() -> None:
    config_file().parent.parent.mkdir(parents=True)
    config_file().parent.write_text("no folder")
    with pytest.raises(ConflictError) as caught:
        remember_author("Ana")
    assert str(config_file()) in caught.value.message
    assert caught.value.hint == "the name applies to this session only"


def test_what_is_put_aside_is_whole_and_for_its_owner_only(tmp_path: Path) -> None:
    paths = [put_aside(text) for text in ("first\nnote\x1b", "second")]
    assert None not in paths
    assert [path.read_text("utf-8") for path in paths if path] == ["first\nnote\x1b", "second"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path} == {0o600}
    for path in (tmp_path / "xdg" / "state").rglob("note-*"):
        path.unlink()
    (tmp_path / "xdg" / "state" / "conflict-tui").rmdir()
    (tmp_path / "xdg" / "state" / "conflict-tui").write_text("no folder")
    assert put_aside("third") is None
