"""The lines of an original as `O` shows them: in its own encoding, or a line that says why not."""

import gzip

import pytest

from tests.articles import pages
from tui.session.reading import LINES, SHOWN, original_lines

TEXT = "Rebels took Zed.\nThe army left.\n"
ARABIC = "سيطرت الفصائل على المدينة\n"


@pytest.mark.parametrize(
    ("content", "first"),
    [
        (TEXT.encode(), "Rebels took Zed."),
        (TEXT.encode("utf-16"), "Rebels took Zed."),
        (ARABIC.encode("windows-1256"), ARABIC.strip()),
        (b"\x1b[2Jaway\n" + TEXT.encode(), "␛[2Jaway"),
    ],
    ids=["utf-8", "utf-16", "windows-1256", "controls"],
)
def test_a_text_is_shown_in_its_encoding(content: bytes, first: str) -> None:
    assert original_lines(content)[0] == first


@pytest.mark.parametrize(
    "content",
    [gzip.compress(TEXT.encode()), pages.word(), pages.wacz()],
    ids=["gz", "docx", "wacz"],
)
def test_what_is_no_text_says_so_in_one_line(content: bytes) -> None:
    (line,) = original_lines(content)
    assert line.startswith("Its bytes are no text that can be shown")


def test_a_long_one_says_that_it_goes_on() -> None:
    lines = original_lines(("é" * 100 + "\n").encode() * (SHOWN // 100))
    assert len(lines) == LINES + 1
    assert "\ufffd" not in lines[-2]
    assert lines[-1].startswith("… It goes on: its first 2,000 lines")
