"""The same rows come in the same, however a file wraps them; what is no row is told apart."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from store.errors import ConflictError
from tests.importers import wrap
from tests.importers.read import ROWS, WESTERN, plain, read, read_bytes

GRID = wrap.grid(ROWS)
WESTERN_GRID = wrap.grid(WESTERN)
HEADER = ",".join(GRID[0])
TEXT = wrap.text(GRID)
LINES = TEXT.splitlines(keepends=True)
TAGS = "#event+id," + "," * (len(GRID[0]) - 3) + "#affected+killed,"


def renamed(name: Callable[[str], str]) -> str:
    """The rows under other spellings of their columns."""
    return wrap.text([[*map(name, GRID[0])], *GRID[1:]])


def camel(name: str) -> str:
    """`eventIdCnty`"""
    first, *rest = name.split("_")
    return first + "".join(map(str.title, rest))


SAME: Mapping[str, str | bytes] = {
    "commas": TEXT,
    "semicolons": wrap.text(GRID, ";"),
    "tabs": wrap.text(GRID, "\t"),
    "bars": wrap.text(GRID, "|"),
    "CR LF": wrap.text(GRID, end="\r\n"),
    "CR": wrap.text(GRID, end="\r"),
    "all quoted": wrap.text(GRID, quoting=1),
    "a byte order mark": "\ufeff" + TEXT,
    "UTF-16": TEXT.encode("utf-16"),
    "UTF-16 without a mark": TEXT.encode("utf-16-be"),
    "UTF-16, tabs, CR LF": wrap.text(GRID, "\t", "\r\n").encode("utf-16"),
    "UTF-32": TEXT.encode("utf-32"),
    "sep=;": "sep=;\n" + wrap.text(GRID, ";"),
    "sep= of a tab, in quotes": '"sep=\t"\r\n' + wrap.text(GRID, "\t", "\r\n"),
    "blank lines first": "\n\n" + TEXT,
    "a title above": f"ACLED export\nMade on 1 March 2024, by Tester\n\n{TEXT}",
    "a title with many commas": f"{'Export,' * 3}\n{TEXT}",
    "tags of HXL": f"{LINES[0]}{TAGS}\n{''.join(LINES[1:])}",
    "a footer": f"{TEXT}\nSource: ACLED (acleddata.com)\nTotal,,,,{len(ROWS)}\n",
    "a footer without a line end": f"{TEXT}© ACLED 2024",
    "the header again": TEXT + LINES[0],
    "blank rows at the end": TEXT + "," * (len(GRID[0]) - 1) + "\n" + "\n",
    "in capitals": renamed(str.upper),
    "with spaces": renamed(lambda name: name.replace("_", " ").title()),
    "with hyphens": renamed(lambda name: name.replace("_", "-")),
    "in camel case": renamed(camel),
    "with blanks around": renamed(lambda name: f" {name} "),
    "in another order": wrap.text([row[::-1] for row in GRID]),
    "a delimiter at the end": wrap.text([[*row, ""] for row in GRID]),
    "a delimiter at the end of rows": wrap.text([GRID[0], *([*row, ""] for row in GRID[1:])]),
    "an index": wrap.text([["", *GRID[0]], *([str(n), *row] for n, row in enumerate(GRID[1:]))]),
    "row names of R": wrap.text(
        [GRID[0], *([str(n), *row] for n, row in enumerate(GRID[1:], 1))], quoting=2
    ),
    "an answer of the API": wrap.acled_api(GRID),
    "an array": wrap.text([]) + "[" + wrap.json_lines(GRID).replace("}\n{", "}, {") + "]",
    "JSON Lines": wrap.json_lines(GRID),
    "GeoJSON": wrap.geojson(GRID),
    "JSON in UTF-16": wrap.acled_api(GRID).encode("utf-16"),
    "a zip": wrap.zipped({"data/acled.csv": TEXT}),
    "gzip": wrap.gzipped(TEXT),
    "gzip of JSON Lines": wrap.gzipped(wrap.json_lines(GRID)),
    "gzip in a zip": wrap.zipped({"acled.csv.gz": wrap.gzipped(TEXT)}),
    "a zip in a zip": wrap.zipped({"inner.zip": wrap.zipped({"acled.csv": TEXT})}),
    "a workbook": wrap.workbook({"Data": GRID}),
    "a workbook with day numbers": wrap.workbook({"Data": GRID}, days="plain"),
    "a workbook that counts from 1904": wrap.workbook({"Data": GRID}, days="plain", from_1904=True),
    "a workbook with days as text": wrap.workbook({"Data": GRID}, days="text"),
    "a workbook with a readme": wrap.workbook({"Read me": [["ACLED"], ["a", "b"]], "Data": GRID}),
    "a workbook with titles": wrap.workbook({"Data": [["ACLED"], [], *GRID]}, above=2),
    "a workbook with an index": wrap.workbook(
        {"Data": [["", *GRID[0]], *([str(n), *row] for n, row in enumerate(GRID[1:]))]}
    ),
    "a workbook in a zip": wrap.zipped({"acled.xlsx": wrap.workbook({"Data": GRID})}),
}
"""Every kind of wrapping, with the rows in it."""


@pytest.mark.parametrize("wrapping", SAME)
def test_the_same_rows_come_in_the_same(wrapping: str, tmp_path: Path) -> None:
    found = read_bytes(tmp_path, SAME[wrapping])
    assert found.rejected == []
    assert [dict(row) for row in found.rows] == plain()
    assert found.words.startswith("ACLED, ")


@pytest.mark.parametrize(
    ("wrapping", "passed_over"),
    [
        ("sep=;", {"lines above the header": 1}),
        ("blank lines first", {"blank rows": 2}),
        ("a title above", {"lines above the header": 2, "blank rows": 1}),
        ("a title with many commas", {"lines above the header": 1}),
        ("tags of HXL", {"HXL tags": 1}),
        ("a footer", {"footer lines": 2, "blank rows": 1}),
        ("a footer without a line end", {"footer lines": 1}),
        ("the header again", {"repeated headers": 1}),
        ("blank rows at the end", {"blank rows": 2}),
        ("a workbook with titles", {"lines above the header": 1, "blank rows": 3}),
        ("commas", {}),
    ],
)
def test_what_is_no_row_is_counted_apart(
    wrapping: str, passed_over: Mapping[str, int], tmp_path: Path
) -> None:
    assert read_bytes(tmp_path, SAME[wrapping]).passed_over == passed_over


def test_tags_stand_anywhere_and_data_with_hashes_are_data(tmp_path: Path) -> None:
    rows = [*LINES, TAGS + "\n"]
    assert read_bytes(tmp_path, "".join(rows)).passed_over == {"HXL tags": 1}
    hashes = wrap.text(wrap.grid([{**ROWS[0], "notes": "#Hama, #Qor", "tags": "#one"}]))
    assert len(read_bytes(tmp_path, hashes).rows) == 1


WINDOWS = wrap.text(WESTERN_GRID).encode("cp1252")
UTF_8 = wrap.text(WESTERN_GRID).encode()


def encoded(content: bytes, folder: Path) -> tuple[list[dict[str, str]], tuple[str, ...]]:
    """The rows of a text, and the remarks on it."""
    found = read_bytes(folder, content)
    return [dict(row) for row in found.rows], found.remarks


def test_windows_and_utf_8_copies_are_the_same_rows(tmp_path: Path) -> None:
    rows, remarks = encoded(WINDOWS, tmp_path)
    assert rows == plain(WESTERN)
    assert remarks == ("not UTF-8: read as windows-1252 (2 lines)",)
    assert encoded(UTF_8, tmp_path) == (rows, ())
    cr = wrap.text(WESTERN_GRID, end="\r").encode("cp1252")
    assert encoded(cr, tmp_path)[0] == rows


def test_letters_that_happen_to_be_utf_8_are_those_of_the_file(tmp_path: Path) -> None:
    # É and ” of windows-1252 are one letter in UTF-8
    shouted = {**ROWS[0], "event_id_cnty": "ZZZ109", "notes": "“CAFÉ”"}
    many = [{**WESTERN[2], "event_id_cnty": f"ZZZ{n}"} for n in range(200, 230)]
    own = [{**ROWS[0], "event_id_cnty": "ZZZ110", "notes": "CAFÉ”"}, shouted, *many]
    rows, _ = encoded(wrap.text(wrap.grid(own)).encode("cp1252"), tmp_path)
    assert [row["notes"] for row in rows[:2]] == ["CAFÉ”", "“CAFÉ”"]


def test_a_slip_in_a_file_of_utf_8_costs_its_letter_alone(tmp_path: Path) -> None:
    slip = UTF_8.replace("fünf".encode(), b"f\xfcnf", 1)
    assert encoded(slip, tmp_path) == (
        plain(WESTERN),
        ("1 line not all UTF-8: their other bytes are windows-1252",),
    )


def test_a_file_put_together_of_both_is_read_line_by_line(tmp_path: Path) -> None:
    both = UTF_8 + b"".join(WINDOWS.splitlines(keepends=True)[1:])
    rows, remarks = encoded(both, tmp_path)
    assert rows == plain(WESTERN) * 2
    assert remarks == ("2 lines not UTF-8, read as windows-1252",)


def short(row: int, cells: int) -> str:
    """The rows, one of which has only its first cells."""
    return wrap.text([*GRID[:row], GRID[row][:cells], *GRID[row + 1 :]])


def test_trimmed_cells_at_the_end_are_empty_and_none_is_shifted(tmp_path: Path) -> None:
    width = len(GRID[0])
    trimmed = wrap.text([GRID[0], *(row[:-1] for row in GRID[1:])])
    found = read_bytes(tmp_path, trimmed)
    assert [row["notes"] for row in found.rows] == [row["notes"] for row in ROWS]
    assert not any("timestamp" in row for row in found.rows)
    found = read_bytes(tmp_path, short(2, width - 3))
    assert found.rejected == [f"has {width - 3} cells, not {width}"]
    assert [row["event_id_cnty"] for row in found.rows] == ["ZZZ101", "ZZZ103", "ZZZ104"]


@pytest.mark.parametrize("at", ["notes", "timestamp", "event_date"])
def test_a_row_that_a_line_end_breaks_is_rejected_whole(at: str, tmp_path: Path) -> None:
    place = GRID[0].index(at)
    row = wrap.text([GRID[2]]).rstrip("\n").split(",")
    row[place] = f"{row[place][:3]}\n{row[place][3:]}"
    content = LINES[0] + wrap.text(GRID[1:2]) + ",".join(row) + "\n" + wrap.text(GRID[3:])
    found = read_bytes(tmp_path, content)
    assert [one["event_id_cnty"] for one in found.rows] == ["ZZZ101", "ZZZ103", "ZZZ104"]
    assert len(found.rejected) == 2


def test_rows_of_old_macs_in_a_file_of_others(tmp_path: Path) -> None:
    simple = wrap.grid([{**row, "notes": "none"} for row in ROWS])
    mixed = wrap.text(simple[:2]) + wrap.text(simple[2:4], end="\r") + wrap.text(simple[4:])
    assert [row["event_id_cnty"] for row in read_bytes(tmp_path, mixed).rows] == [
        "ZZZ101",
        "ZZZ102",
        "ZZZ103",
        "ZZZ104",
    ]


def test_a_cell_too_many_is_no_row_name(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, wrap.text([GRID[0], *([*row, "x"] for row in GRID[1:])]))
    assert found.rows == []
    assert f"has {len(GRID[0]) + 1} cells, not {len(GRID[0])}" in found.rejected


def test_data_above_the_header_are_not_lost(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, wrap.text([GRID[1], GRID[0], *GRID[2:]]))
    assert found.rejected == ["stands above the header"]
    assert len(found.rows) == 3


def test_a_footer_is_no_cut_row(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, TEXT + "ZZZ105,2024-").rejected == [
        f"the file ends in the middle of this row: 2 of {len(GRID[0])} cells"
    ]


def test_every_sheet_of_a_data_set_comes_in(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    halves = {"North": GRID[:3], "Notes": [["a", "b"]], "South": [GRID[0], *GRID[3:]]}
    path.write_bytes(wrap.workbook(halves))
    found = read(path)
    assert [one.name for one in found] == [f"{path}: North", f"{path}: South"]
    assert [dict(row) for one in found for row in one.rows] == plain()


def test_numbers_of_a_workbook_are_printed_as_a_person_would(tmp_path: Path) -> None:
    odd = {**ROWS[0], "latitude": "0.00001", "longitude": "-1.30", "timestamp": "1710000000"}
    found = read_bytes(tmp_path, wrap.workbook({"Data": wrap.grid([odd])}), "book.xlsx")
    assert [found.rows[0][name] for name in ("latitude", "longitude", "timestamp", "year")] == [
        "0.00001",
        "-1.3",
        "1710000000",
        "2024",
    ]


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        (wrap.ucdp_api(GRID, 4603), "one page of an answer: 4 of 4,603 rows"),
        (
            '{"data": [], "other": [{"a": 1}], "count": 1, "more": [{"b": 2}]}',
            "its array 'more' was left out",
        ),
    ],
)
def test_what_an_answer_leaves_out_is_said(content: str, remark: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, "utf-8")
    table = wrapped_json(path)
    assert remark in table


def wrapped_json(path: Path) -> tuple[str, ...]:
    """The remarks on a file of JSON, whatever its columns."""
    from store.importers.source_files import SourceFiles
    from store.importers.table import ColumnLayout

    source = SourceFiles(path, None, lambda _: False)
    try:
        (table,) = source.tables
        (head,) = table.heads()
        return table.reading(head, ColumnLayout("", head.first, "")).remarks
    finally:
        source.close()


def test_a_line_of_json_that_is_broken_costs_itself_alone(tmp_path: Path) -> None:
    lines = wrap.json_lines(GRID).splitlines(keepends=True)
    found = read_bytes(tmp_path, lines[0] + lines[1][:-9] + "\n" + "".join(lines[2:]))
    assert [row["event_id_cnty"] for row in found.rows] == ["ZZZ101", "ZZZ103", "ZZZ104"]
    assert found.rejected[0].startswith("is not JSON (")
    twice = read_bytes(tmp_path, lines[0] + lines[1].replace("{", '{"year": "2023", ', 1))
    assert twice.rejected == ["has the key 'year' twice"]


def test_json_that_is_cut_gives_the_rows_before(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, wrap.acled_api(GRID)[:-300])
    assert len(found.rows) == 3
    assert found.rejected == ["the file ends in the middle of this row"]


def refusal(folder: Path, content: str | bytes) -> str:
    """The error for a file with this content, after its name."""
    with pytest.raises(ConflictError) as error:
        read_bytes(folder, content, "x")
    return f"{error.value.message}; {error.value.hint}".replace(f"{folder}/", "")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"status": 403, "error": "no such key"}', "x: is JSON without rows (status 403, error"),
        ('[{"a": 1}, {"a": ]', "x: is not JSON (Expecting value at character 18); save it again"),
        ("[" * 200_000 + "]" * 200_000, "x: is not JSON (objects are nested too deep)"),
        ('[{"a": ' + "[" * 300 + "]" * 300 + "}]", "x: is not JSON (objects are nested too deep)"),
        (
            wrap.geojson(GRID)[:-1] + ', "crs": {"properties": {"name": "urn:EPSG::3857"}}}',
            "x: its coordinates are in urn:EPSG::3857, and not in degrees; save it in WGS 84",
        ),
        (b"PK\x03\x04 broken", "x: is an unreadable zip (File is not a zip file); download"),
        (b"\x1f\x8b broken", "x: is damaged after 0 bytes"),
        (wrap.gzipped(TEXT)[:-20], "x: is damaged after"),
        (wrap.gzipped("," * 10_000_000), "x: expands to more than"),
        (wrap.workbook({"A": GRID})[:400] + bytes(3000), "x: is an unreadable zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "x: is an unreadable workbook"),
        (wrap.zipped({"a.pdf": b"%PDF-1.4", "b.txt": "Read me."}), "x: contains no supported file"),
        (wrap.zipped({}), "x: contains no file"),
        (wrap.zipped({"word/document.xml": "", "[Content_Types].xml": "x"}), "x: is a document"),
        (wrap.zipped({"a.csv": "," * 3_000_000}), "x: a.csv: expands to more than 200 times"),
        (b"%PDF-1.4", "x: is a PDF, not a table; save its table as CSV"),
        ("<table><tr><td>a</td></tr></table>", "x: is HTML or XML, not a table"),
        (
            HEADER.replace("event_date,", "") + "\n",
            "x: looks like ACLED, but lacks the column event_date",
        ),
        (
            "event_id,country,location,latitude,dead\n1,Zed,Qor,12,3\n",
            "x: is not a supported file: the nearest is ACLED, of which it lacks event_id_cnty,",
        ),
        (
            "a,b,c\n1,2,3\n",
            "x: is not a supported file: its 3 columns are of no known format (a, b, c)",
        ),
    ],
)
def test_a_refusal_is_one_line_that_says_what_to_do(
    content: str | bytes, words: str, tmp_path: Path
) -> None:
    assert refusal(tmp_path, content).startswith(words)


def test_what_else_is_in_a_zip_is_passed_over(tmp_path: Path) -> None:
    from store.importing.open_files import ImportFiles

    path = tmp_path / "all.zip"
    files: dict[str, str | bytes] = {
        "README.txt": "Read me.",
        "docs/codebook.pdf": b"%PDF-1.4",
        "data/acled.csv": TEXT,
        "__MACOSX/data/._acled.csv": "x",
        "empty.csv": "",
        "acled no date.csv": HEADER.replace("event_date,", "") + "\n",
    }
    path.write_bytes(wrap.zipped(files))
    opened = ImportFiles([path])
    opened.close()
    assert [name for name, _ in opened.found] == [f"{path}: data/acled.csv"]
    assert dict(opened.passed_over) == {
        f"{path}: docs/codebook.pdf": "is a PDF",
        f"{path}: empty.csv": "is empty",
        f"{path}: README.txt": "holds no data set that is known",
    }
    (miss,) = opened.refused
    assert "lacks the column event_date" in miss.message
