"""Files as lines and rows, even broken ones; their kinds; cells as values."""

import io
import zipfile
from pathlib import Path

import pytest

from store.errors import UsageError
from store.importers import streams
from store.importers.acled import recognise as acled
from store.importers.cells import BadCell, day, degrees, people
from store.importers.detect import recognised
from store.importers.draft import Rejected, Row
from store.importers.ged import recognise as ged
from store.importers.row_ids import RowIds
from store.importers.rows import rows
from store.importers.streams import MAX_FIELD, InputFile, TextLines, supplies
from store.importers.table import Cells
from store.importers.text_table import TextTable


def supply(content: bytes) -> InputFile:
    return InputFile("rows.csv", io.BytesIO(content), len(content))


def test_a_broken_row_costs_itself_alone() -> None:
    lines = ["a,b\n", 'c,"d\n', "e,f\n", "g,h\n"]
    found = list(rows(lines, 2, ","))
    cells = [one.cells for one in found if not isinstance(one, Rejected)]
    assert cells[0] == ["a", "b"]
    assert isinstance(found[1], Rejected) or cells[1][0] == "c"
    assert len(found) >= 2


def test_lines_that_an_open_quote_swallowed_are_read_again() -> None:
    lines = ["a,b,c\n", 'd,"e,f\n', "g,h,i\n", "j,k,l\n"]
    found = list(rows(lines, 3, ","))
    assert [one.line for one in found] == [1, 2, 3, 4]
    assert [isinstance(one, Rejected) for one in found] == [False, True, False, False]


def test_a_line_break_in_quotes_is_no_end_of_a_row() -> None:
    (found, last) = rows(['a,"b\n', 'c"\n', "d,e\n"], 2, ",")
    assert not isinstance(found, Rejected)
    assert found.cells == ["a", "b\nc"]
    assert (last.number, last.line) == (2, 3)


def test_a_field_that_is_too_long_is_rejected_and_the_next_row_read() -> None:
    found = list(rows(["x" * (MAX_FIELD + 1) + ",b\n", "c,d\n"], 2, ","))
    assert [isinstance(one, Rejected) for one in found] == [True, False]


def test_a_file_of_open_quotes_ends_in_bounded_time() -> None:
    lines = [f'{number},"open\n' for number in range(3000)]
    found = list(rows(lines, 3, ","))
    assert 1 <= len(found) <= len(lines)
    assert all(isinstance(one, Rejected) for one in found)


def test_an_endless_line_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_LINE", 100)
    with pytest.raises(UsageError, match="line 2 has over 100 bytes"):
        list(TextLines(supply(b"a\n" + b"x" * 200)))


def test_a_byte_order_mark_is_no_letter_and_latin_1_is_counted() -> None:
    lines = TextLines(supply(b"\xef\xbb\xbfa\n\xd6\n\xc3\x96\n"))
    assert list(lines) == ["a\n", "Ö\n", "Ö\n"]
    assert lines.fallbacks == 1


def test_the_paths_in_a_zip_are_only_names(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("/etc/passwd.csv", "a,b\n")
        packed.writestr("__MACOSX/b.csv", "a,b\n")
    (found,) = supplies(path, None)
    assert list(TextLines(found)) == ["a,b\n"]
    found.stream.close()


def test_a_zip_of_too_many_files_or_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(9):
            packed.writestr(f"{number}.csv", "a,b\n")
    with pytest.raises(UsageError, match="contains 9 data files"):
        supplies(path, None)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.pdf", "")
    with pytest.raises(UsageError, match="contains no data file"):
        supplies(path, None)


def test_a_zip_that_is_cut_is_refused_where_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.csv", "".join(f"{number},b\n" for number in range(50_000)))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 200] = bytes(200)
    path.write_bytes(content)
    (found,) = supplies(path, None)
    with pytest.raises(UsageError, match="cannot be read after line"):
        list(TextLines(found))
    found.stream.close()


@pytest.mark.parametrize("sample", ["a,b,c\n", "\n", "", "x\ty\n", '"' * 50 + "\n"])
def test_what_nobody_knows_is_refused(sample: str) -> None:
    with pytest.raises(UsageError, match=r"rows\.csv: is not a supported file"):
        recognised(TextTable(supply(sample.encode())), (ged, acled))


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


def test_the_tags_below_a_header_are_no_broken_row() -> None:
    ids = RowIds(("", "id", "best"), ("id", "best"), "id")
    tags = ids.row(Cells(1, 2, ["0", "", "#affected+killed"]))
    assert isinstance(tags, Rejected)
    assert "HXL" in tags.reason
    broken = ids.row(Cells(2, 3, ["1", "", "7"]))
    assert isinstance(broken, Rejected)
    assert broken.reason.endswith("not a row id")


@pytest.mark.parametrize("cell", ["0000-01-01", "2014-02-29", "9999-12-31", "0001-01-01"])
def test_a_day_that_nothing_can_be_counted_from_is_no_date(cell: str) -> None:
    with pytest.raises(BadCell):
        day("date_start", cell)
