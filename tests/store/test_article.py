"""Reading an article: windows of a long text, passages that stay in place, and finding."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.archive import Archive
from store.model.text import showable
from store.queries import article, evidence, timeline
from store.queries.article import WINDOW, window
from tests.small import SmallCase

LONG = "".join(f"Line {number} of a long report.\n" for number in range(8_000))
WRAPPED = "\x1bHama\u202e and İstanbul, HAMA; ẞ hama."

texts = st.text(alphabet="ab\n", min_size=0, max_size=50).map(lambda piece: piece * 3_000)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    case = SmallCase()
    long, odd = case.article("long", LONG), case.article("odd", WRAPPED, title="A \x9btitle")
    a, b = case.event("A"), case.event("B")
    case.claim(b, long, "Line 7000 of a long report")
    case.claim(a, long, "Line 7000 of a long report")
    case.claim(a, long, "Line 12 of a long report")
    case.claim(a, long, "Line 12")
    case.claim(a, odd, "A \x9btitle")
    opened = Archive.open(case.write(tmp_path_factory.mktemp("case") / "case.json"))
    yield opened
    opened.close()


def number(archive: Archive, id_: str) -> int:
    found = archive.ask(article.article_number, id_)
    assert found is not None
    return found


@given(texts, st.integers(min_value=0, max_value=150_000))
def test_a_window_holds_the_place_and_is_no_longer_than_it_may_be(text: str, around: int) -> None:
    start, end = window(text, around)
    assert 0 <= start <= end <= len(text)
    assert end - start <= max(WINDOW, 0)
    if around <= len(text):
        assert start <= around <= end
    if len(text) <= WINDOW:
        assert (start, end) == (0, len(text))


@given(texts, st.integers(min_value=0, max_value=150_000))
def test_reading_on_from_the_end_of_a_window_comes_to_new_text(text: str, around: int) -> None:
    start, end = window(text, min(around, len(text)))
    if end < len(text):
        following = window(text, end)
        assert following[1] > end
    if start > 0:
        before = window(text, start - 1)
        assert before[0] < start


def test_a_long_text_comes_in_windows_that_begin_and_end_with_lines(archive: Archive) -> None:
    view = archive.ask(article.article, number(archive, "art_long"), 100_000)
    assert view is not None
    assert view.length == len(LONG)
    assert len(view.text) <= WINDOW
    assert view.text == LONG[view.start : view.end]
    assert view.text.startswith("Line ")
    assert view.text.endswith("\n")


def test_passages_keep_their_offsets_in_the_whole_text(archive: Archive) -> None:
    view = archive.ask(article.article, number(archive, "art_long"), 0)
    assert view is not None
    assert [LONG[mark.start : mark.end] for mark in view.marks] == [
        "Line 12",
        "Line 12 of a long report",
        "Line 7000 of a long report",
    ]


def test_a_passage_names_all_events_that_it_supports(archive: Archive) -> None:
    view = archive.ask(article.article, number(archive, "art_long"), 0)
    assert view is not None
    a, b = (archive.ask(timeline.number_of, id_) for id_ in ("evt_A", "evt_B"))
    assert [set(mark.events) for mark in view.marks] == [{a}, {a}, {a, b}]


def test_the_passages_of_an_event_come_in_the_order_in_which_they_are_read(
    archive: Archive,
) -> None:
    a = archive.ask(timeline.number_of, "evt_A")
    assert a is not None
    view = archive.ask(article.article, number(archive, "art_long"), 0)
    (row,) = (row for row in archive.ask(evidence.evidence, a) if row.id == "art_long")
    assert view is not None
    assert [passage.n for passage in row.passages] == [mark.n for mark in view.marks]


def test_what_is_read_may_be_shown_and_the_offsets_still_hold(archive: Archive) -> None:
    view = archive.ask(article.article, number(archive, "art_odd"), 0)
    assert view is not None
    assert view.text == showable(WRAPPED)
    assert len(view.text) == view.length == len(WRAPPED)
    assert view.marks[0].in_title


@pytest.mark.parametrize(
    ("needle", "found"),
    [("hama", ["Hama", "HAMA", "hama"]), ("Hama", ["Hama"]), ("", []), ("xyz", []), (";", [";"])],
)
def test_finding_in_smart_case_gives_places_in_the_text(
    archive: Archive, needle: str, found: list[str]
) -> None:
    places = archive.ask(article.find, number(archive, "art_odd"), needle)
    assert [WRAPPED[place : place + len(needle)] for place in places] == found


def test_an_article_that_is_not_there(archive: Archive) -> None:
    assert archive.ask(article.article, 999) is None
    assert archive.ask(article.find, 999, "a") == []
    assert archive.ask(article.article_number, "art_none") is None


def test_a_passage_of_another_text_is_refused_when_the_case_is_opened(tmp_path: Path) -> None:
    from store.errors import DamagedCase

    case = SmallCase()
    first, second = case.article("one", "Hama fell."), case.article("two", "Homs held.")
    case.claim(case.event("A"), first, "Hama fell")
    (passage,) = case.tables["passages"].values()
    case.tables["passages"][passage.id] = type(passage)(
        **{name: getattr(passage, name) for name in passage.__struct_fields__} | {"article": second}
    )
    path = case.write(tmp_path / "case.json")
    with pytest.raises(DamagedCase, match="does not have these words"):
        Archive.open(path)
