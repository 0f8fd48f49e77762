"""The same rows as a table for a reader, as JSON for a script, and as CSV for a spreadsheet."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.exporters import FORMATS
from store.exporters.listing import Column, Listing, Terminal
from store.exporters.table import LOOKAHEAD, WIDEST, cells, cut
from store.model.text import showable
from store.model.vocabulary import EventType
from tests.hostile.small import HARM, NEVER_RAW


class Sighting(msgspec.Struct, frozen=True):
    """A row as queries return them."""

    n: int
    id: str
    title: str
    type: EventType = EventType.CLASH
    count: int | float | None = None
    sure: bool = True
    names: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


LISTING = Listing(
    Sighting,
    (
        Column("ID", lambda row: row.id),
        Column("COUNT", lambda row: row.count, number=True),
        Column("TITLE", lambda row: row.title),
    ),
)

anything = st.text(st.characters(codec="utf-8")) | st.text(st.sampled_from(sorted(NEVER_RAW)))


PIPE = Terminal()


def written(form: str, rows: Iterable[Sighting], terminal: Terminal = PIPE) -> str:
    stream = io.StringIO()
    rows = list(rows)
    assert FORMATS[form](stream, LISTING, rows, terminal) == len(rows)
    return stream.getvalue()


def test_a_reader_finds_the_columns_aligned_and_numbers_to_the_right() -> None:
    rows = [Sighting(1, "a", "Hama", count=7), Sighting(2, "哈馬", "Homs", count=1200)]
    assert written("table", rows) == ("ID    COUNT  TITLE\na         7  Hama\n哈馬   1200  Homs\n")


def test_a_pipe_gets_whole_lines_and_a_terminal_what_fits() -> None:
    rows = [Sighting(1, "a" * 60, "Hama " * 40, count=7)]
    assert ("a" * 60) in written("table", rows)
    assert ("Hama " * 40).rstrip() in written("table", rows)
    narrow = written("table", rows, Terminal(width=70)).splitlines()
    assert [cells(line) <= 70 for line in narrow] == [True, True]
    assert narrow[1].startswith("a" * (WIDEST - 1) + "…")
    assert narrow[1].endswith("…")


def test_a_narrow_terminal_keeps_the_first_column_whole_and_leaves_room_for_the_last() -> None:
    listing = Listing(
        Sighting,
        (
            Column("ID", lambda row: row.id),
            Column("TYPE", lambda row: row.type, spare=True),
            Column("NAMES", lambda row: ", ".join(row.names)),
            Column("TITLE", lambda row: row.title),
        ),
    )
    rows = [Sighting(1, "evt_aaaaaaaaaaaa", "Rebels take the city", names=("Rebels of the north",))]

    def shown(width: int) -> list[str]:
        stream = io.StringIO()
        FORMATS["table"](stream, listing, rows, Terminal(width=width))
        return stream.getvalue().splitlines()

    assert shown(80)[1] == "evt_aaaaaaaaaaaa  clash  Rebels of the north  Rebels take the city"
    assert shown(60)[1] == "evt_aaaaaaaaaaaa  clash  Rebels of th…  Rebels take the city"
    assert shown(50)[1] == "evt_aaaaaaaaaaaa  Rebels of…  Rebels take the city"
    assert shown(50)[0] == "ID                NAMES       TITLE"
    assert shown(30)[1] == "evt_aaaaaaaaaaaa  Rebels of… …"
    assert shown(50)[2] == "No room for TYPE; a wider terminal or --format cs…"
    assert len(shown(80)) == 2, "nothing is left out"


def test_a_whole_column_is_not_narrowed_and_spare_ones_go_one_by_one() -> None:
    listing = Listing(
        Sighting,
        (
            Column("ID", lambda row: row.id),
            Column("DATE", lambda row: "27 Nov to 5 Dec 2024", whole=True),
            Column("TYPE", lambda row: row.type, spare=True),
            Column("ODDS", lambda row: "disputed, stale", spare=True),
            Column("TITLE", lambda row: row.title),
        ),
    )
    rows = [Sighting(1, "evt_aaaaaaaaaaaa", "Rebels take the city")]

    def shown(width: int) -> list[str]:
        stream = io.StringIO()
        FORMATS["table"](stream, listing, rows, Terminal(width=width))
        return stream.getvalue().splitlines()

    for width in range(40, 100):
        assert "27 Nov to 5 Dec 2024" in shown(width)[1]
    assert len(shown(90)) == 2
    assert shown(78)[0].split() == ["ID", "DATE", "ODDS", "TITLE"]
    assert shown(78)[2].startswith("No room for TYPE;")
    assert shown(60)[2].startswith("No room for TYPE and ODDS;")


def test_only_a_styled_terminal_gets_a_bold_heading_and_nothing_else() -> None:
    rows = [Sighting(1, "a", "Hama")]
    assert "\x1b" not in written("table", rows, Terminal(width=80))
    styled = written("table", rows, Terminal(width=80, styled=True))
    assert styled.splitlines()[0] == "\x1b[1mID  COUNT  TITLE\x1b[0m"
    assert "\x1b" not in styled.splitlines()[1]


def test_rows_are_written_before_all_of_them_are_there() -> None:
    taken = 0

    def endless() -> Iterator[Sighting]:
        nonlocal taken
        while True:
            taken += 1
            yield Sighting(taken, "a", "b")

    class Full(io.StringIO):
        def write(self, text: str) -> int:
            if self.tell() > 1_000_000:
                raise BrokenPipeError
            return super().write(text)

    for form in FORMATS:
        with pytest.raises(BrokenPipeError):
            FORMATS[form](Full(), LISTING, endless(), Terminal())
    assert taken > LOOKAHEAD


@pytest.mark.parametrize(("form", "empty"), [("json", "[]\n"), ("table", "ID  COUNT  TITLE\n")])
def test_no_rows_are_an_empty_list(form: str, empty: str) -> None:
    assert written(form, []) == empty


def test_no_rows_in_csv_are_the_names_of_the_fields_without_the_number_of_the_index() -> None:
    assert written("csv", []) == "id,title,type,count,sure,names,spans\n"


@given(st.lists(anything, max_size=4))
def test_no_text_reaches_the_terminal_raw_in_any_format(texts: list[str]) -> None:
    rows = [Sighting(1, text, HARM + text, names=(text,)) for text in texts]
    for form in FORMATS:
        assert not NEVER_RAW & set(written(form, rows)), form


@given(st.lists(anything, max_size=4))
def test_json_gives_every_text_back_as_it_was(texts: list[str]) -> None:
    rows = [Sighting(1, text, text, names=(text,)) for text in texts]
    read = json.loads(written("json", rows))
    assert [(row["title"], row["names"]) for row in read] == [(text, [text]) for text in texts]


@given(anything)
def test_a_table_has_one_line_a_row_whatever_the_text(text: str) -> None:
    lines = written("table", [Sighting(1, text, text)], Terminal(width=60)).split("\n")
    assert len(lines) == 3


def test_json_keeps_letters_that_grep_can_find() -> None:
    assert "حماة" in written("json", [Sighting(1, "a", "حماة")])


def test_json_is_ascii_where_the_output_cannot_take_more() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", errors="backslashreplace")
    FORMATS["json"](stream, LISTING, [Sighting(1, "a", "حماة é 🕊")], Terminal())
    stream.flush()
    assert json.loads(raw.getvalue())[0]["title"] == "حماة é 🕊"


def test_json_holds_the_fields_that_have_their_default_too() -> None:
    (row,) = json.loads(written("json", [Sighting(1, "a", "b")]))
    assert row == {
        "id": "a",
        "title": "b",
        "type": "clash",
        "count": None,
        "sure": True,
        "names": [],
        "spans": [],
    }


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_spreadsheet_does_not_calculate_a_text(start: str) -> None:
    row = Sighting(1, start + "1+1", "Hama", names=(start + "2",))
    (_, line) = csv.reader(io.StringIO(written("csv", [row])))
    assert line[0] == "'" + showable(start) + "1+1"
    assert line[5] == "'" + showable(start) + "2"


def test_a_spreadsheet_gets_numbers_as_numbers() -> None:
    row = Sighting(1, "a", "b", count=-12.5, names=("x", "y"), spans=((0, 4), (7, 9)))
    (_, line) = csv.reader(io.StringIO(written("csv", [row])))
    assert line == ["a", "b", "clash", "-12.5", "true", "x; y", "0-4; 7-9"]


def test_csv_keeps_quotes_commas_and_line_breaks_in_their_cell() -> None:
    row = Sighting(1, 'say "no", then\nleave', "b")
    (_, line) = csv.reader(io.StringIO(written("csv", [row])))
    assert line[0] == 'say "no", then\nleave'


@pytest.mark.parametrize(
    "text", ["Hama", "حَمَاة", "哈馬", "e\u0301", "ｆｕｌｌ", "한국", "a\u200bb", "−1 → ● ◐ ○", "🕊"]
)
def test_a_width_is_what_rich_measures(text: str) -> None:
    assert cells(text) == cell_len(text)


@given(anything.map(showable), st.integers(0, 30))
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, width: int) -> None:
    shorter = cut(text, width)
    assert cells(shorter) <= width
    assert shorter == text or shorter.endswith("…") or width == 0
