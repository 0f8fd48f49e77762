"""Files as lines and rows, even broken ones; their kinds; cells as values."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from store.errors import UsageError
from store.importers import text_lines
from store.importers.acled import recognise as acled
from store.importers.cells import BadCell, day, degrees, people
from store.importers.detect import recognised
from store.importers.draft import Row
from store.importers.fit import Fit
from store.importers.ged_layout import recognise as ged
from store.importers.limits import MAX_FIELD
from store.importers.row_ids import RowIds
from store.importers.rows import rows
from store.importers.streams import Spooled
from store.importers.table import Cells, ColumnLayout
from store.importers.text_lines import Text, TextLines
from store.importers.text_table import TextTable


@contextmanager
def spooled(content: bytes) -> Iterator[Spooled]:
    """The rows that came through standard input."""
    source = Spooled(io.BytesIO(content))
    yield source
    source.close()


def fit(width: int) -> Fit:
    """The fit of rows that need all of so many cells."""
    return Fit(ColumnLayout("", tuple(map(str, range(width))), ""))


def test_a_broken_row_costs_itself_alone() -> None:
    lines = ["a,b\n", 'c,"d\n', "e,f\n", "g,h\n"]
    found = list(rows(lines, fit(2), ","))
    assert found[0].cells == ["a", "b"]
    assert found[1].why or found[1].cells[0] == "c"
    assert len(found) >= 2


def test_lines_that_an_open_quote_swallowed_are_read_again() -> None:
    lines = ["a,b,c\n", 'd,"e,f\n', "g,h,i\n", "j,k,l\n"]
    found = list(rows(lines, fit(3), ","))
    assert [one.line for one in found] == [1, 2, 3, 4]
    assert [bool(one.why) for one in found] == [False, True, False, False]


def test_a_line_break_in_quotes_is_no_end_of_a_row() -> None:
    (found, last) = rows(['a,"b\n', 'c"\n', "d,e\n"], fit(2), ",")
    assert found.cells == ["a", "b\nc"]
    assert last.line == 3


def test_a_field_that_is_too_long_is_rejected_and_the_next_row_read() -> None:
    found = list(rows(["x" * (MAX_FIELD + 1) + ",b\n", "c,d\n"], fit(2), ","))
    assert [bool(one.why) for one in found] == [True, False]


def test_a_file_of_open_quotes_ends_in_bounded_time() -> None:
    lines = [f'{number},"open\n' for number in range(3000)]
    found = list(rows(lines, fit(3), ","))
    assert 1 <= len(found) <= len(lines)
    assert all(one.why for one in found)


def test_an_endless_line_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_lines, "MAX_LINE", 100)
    endless = pytest.raises(UsageError, match="line 2 has over 100 characters")
    with spooled(b"a\n" + b"x" * 200) as source, endless:
        list(TextLines(Text(source)))


@pytest.mark.parametrize("sample", ["a,b,c\n", "\n", "x\ty\n", '"' * 50 + "\n"])
def test_what_nobody_knows_is_refused(sample: str) -> None:
    refusal = pytest.raises(UsageError, match="standard input: is not a supported file")
    with spooled(sample.encode()) as source, refusal:
        recognised(TextTable(source), (ged, acled))


@pytest.mark.parametrize("cell", ["2016-02-30", "30-02-2016", "7 Foo 2016", "2016", "", "٣-٣-٢٠١٦"])
def test_what_is_no_date(cell: str) -> None:
    with pytest.raises(BadCell):
        day("date", cell)


@pytest.mark.parametrize("cell", ["-1", "many", "1e3", "٣", "99999999999", "", "1.5"])
def test_what_is_no_number_of_people(cell: str) -> None:
    with pytest.raises(BadCell):
        people("best", cell)


def test_numbers_and_degrees() -> None:
    assert people("best", " 4.0 ") == 4
    assert degrees("34.8", "-36.70") == (34.8, -36.7)
    assert degrees("", " ") is None
    for latitude, longitude in (("nan", "1"), ("1", ""), ("91", "1"), ("1", "181"), ("inf", "1")):
        with pytest.raises(BadCell):
            degrees(latitude, longitude)


def test_an_id_of_a_table_of_floats_is_that_of_the_row() -> None:
    ids = RowIds(("", "id", "best"), ("id", "best"), "id")
    found = [
        ids.row(Cells(1, 1, ["0", printed, "7"])) for printed in ("193290", "193290.0", "A1.0")
    ]
    assert [one.id for one in found if isinstance(one, Row)] == ["193290", "193290", "A1.0"]


@pytest.mark.parametrize("cell", ["0000-01-01", "2014-02-29", "9999-12-31", "0001-01-01"])
def test_a_day_that_nothing_can_be_counted_from_is_no_date(cell: str) -> None:
    with pytest.raises(BadCell):
        day("date_start", cell)
