"""A file is read by a process that cannot do much, and whose death is one line."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from store.errors import UnfitMachine, UsageError
from store.sandbox.process import Limits, ReaderProcess

BAD = "tests.sandbox.bad_readers"


@contextmanager
def process(folder: Path, limits: Limits | None = None) -> Iterator[ReaderProcess]:
    """A process for a file of nine bytes."""
    path = folder / "a.bin"
    path.write_bytes(b"nine byte")
    found = ReaderProcess("a.bin", lambda: path.open("rb"), limits, hint="mend it")
    yield found
    found.end()


def test_it_answers_again_and_again(tmp_path: Path) -> None:
    with process(tmp_path) as reader:
        assert list(reader.ask(BAD, "content", bytes, times=3)) == [b"nine byte"] * 3
        assert list(reader.ask(BAD, "words")) == ["a text", 5]
        assert next(reader.ask(BAD, "content", bytes, times=9)) == b"nine byte", "left in between"
        assert list(reader.ask(BAD, "content", bytes)) == [b"nine byte"]


def test_what_it_refuses_is_said_in_its_words(tmp_path: Path) -> None:
    with process(tmp_path) as reader:
        answer = reader.ask(BAD, "refuses", str, about="a.bin: inside")
        assert next(answer) == "first"
        with pytest.raises(UsageError, match=r"^a\.bin: inside: is odd$") as refusal:
            next(answer)
        assert refusal.value.hint == "mend it"


@pytest.mark.parametrize(
    ("reader", "arguments", "words"),
    [
        pytest.param(
            "eats",
            {},
            "a.bin: needs more than 2,048 MB of memory",
            marks=pytest.mark.skipif(sys.platform == "darwin", reason="macOS bounds no memory"),
        ),
        ("kills", {"number": signal.SIGSEGV}, "a.bin: cannot be read, its reader ended (SIGSEGV)"),
        ("kills", {"number": signal.SIGKILL}, "a.bin: cannot be read, its reader ended (SIGKILL)"),
        ("floods", {}, "a.bin: cannot be read, its reader failed (an answer that is too large)"),
        ("babbles", {}, "a.bin: cannot be read, its reader failed (an answer that is none)"),
        ("words", {"a": 1}, "a.bin: cannot be read, its reader failed (TypeError)"),
        ("absent", {}, "a.bin: cannot be read, its reader ended (exit code 1)"),
    ],
)
def test_its_death_is_one_line(
    reader: str, arguments: dict[str, Any], words: str, tmp_path: Path
) -> None:
    with process(tmp_path) as own:
        with pytest.raises(UsageError) as error:
            list(own.ask(BAD, reader, **arguments))
        assert (error.value.message, error.value.hint) == (words, "mend it")
        assert list(own.ask(BAD, "content", bytes)) == [b"nine byte"], "and it can go on"


def test_an_answer_of_another_type_is_none(tmp_path: Path) -> None:
    with process(tmp_path) as reader, pytest.raises(UsageError, match="an answer that is none"):
        list(reader.ask(BAD, "words", str))


@pytest.mark.parametrize(
    ("reader", "limits", "words"),
    [
        ("sleeps", Limits(silence=0.5), "takes too long to read (over 0.5 s)"),
        ("works", Limits(seconds=1), "takes too long to read (over 1 s of the processor)"),
    ],
)
def test_it_has_not_all_the_time(reader: str, limits: Limits, words: str, tmp_path: Path) -> None:
    with process(tmp_path, limits) as own, pytest.raises(UsageError) as error:
        list(own.ask(BAD, reader))
    assert words in error.value.message


@pytest.mark.parametrize(
    "what",
    [
        "a socket",
        "a process",
        "a shell",
        "to write",
        "to write lower down",
        "to delete",
        "to read",
        "to read lower down",
        "a lower socket",
    ],
)
def test_it_can_do_nothing_but_read_its_file(what: str, tmp_path: Path) -> None:
    with process(tmp_path) as reader:
        (error,) = reader.ask(BAD, "tries", str, what=what)
    assert error in ("PermissionError", "OSError"), what


def test_where_no_process_can_start_one_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    with process(tmp_path) as reader, pytest.raises(UnfitMachine, match="no process can be"):
        list(reader.ask(BAD, "words"))


def test_it_ends_with_its_owner(tmp_path: Path) -> None:
    with process(tmp_path) as reader:
        answer = reader.ask(BAD, "content", bytes, times=1000)
        assert next(answer) == b"nine byte"
        own = reader._process
        assert own is not None
        answer.close()
        assert own.returncode == -signal.SIGKILL
