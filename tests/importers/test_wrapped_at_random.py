"""A good table, wrapped at random, comes in the same, or is refused; never otherwise."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, note
from hypothesis import strategies as st

from store.errors import ConflictError
from tests.examples import examples
from tests.importers import wrap
from tests.importers.read import Found, read_bytes
from tests.importers.tables import Row, acled

WORDS = st.text(
    st.sampled_from(
        [*"aß é,;|'=#-0.:{}[]<&“”’–€łعא", '"', "\t", "\n", "\r", "\u202e", "\u00a0", "😀"]
    ),
    max_size=12,
)
"""Words with all that parts cells, rows, texts and names."""
NAMES = st.sampled_from([str, str.upper, str.title, lambda name: name.replace("_", " ")])
Wrap = Callable[[wrap.Grid], str | bytes]


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Rows of ACLED with any words in the cells of words."""
    count = draw(st.integers(1, 5))
    return [
        acled(number, **{name: draw(WORDS) for name in ("notes", "location", "actor1", "source")})
        for number in range(1, count + 1)
    ]


@st.composite
def texts(draw: st.DrawFn) -> Wrap:
    """A way to write a table as text, with what people put around it."""
    delimiter = draw(st.sampled_from(",;\t|"))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    # with lines that end in CR, csv does not quote a LF by itself
    quoting: wrap.Quoting = 1 if end == "\r" or draw(st.booleans()) else 0
    above = draw(st.lists(st.sampled_from(["", "ACLED", "Made by Tester, 2024"]), max_size=3))
    below = draw(st.lists(st.sampled_from(["", "Source: ACLED", "Total"]), max_size=2))
    tags = draw(st.booleans())
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"]))

    def write(table: wrap.Grid) -> bytes:
        header, *others = table
        tagged = [[f"#x{number}" for number, _ in enumerate(header)]] if tags else []
        rows = wrap.text([header, *tagged, *others], delimiter, end, quoting)
        lines = "".join(line + end for line in above)
        return (lines + rows + "".join(line + end for line in below)).encode(encoding)

    return write


@st.composite
def others(draw: st.DrawFn) -> Wrap:
    """A way to write a table that is no plain text."""
    days = draw(st.sampled_from(["styled", "plain", "text"]))
    from_1904, above = draw(st.booleans()), draw(st.integers(0, 2))

    def book(table: wrap.Grid) -> bytes:
        sheets: dict[str, wrap.Grid] = {"Read me": [["a", "b"]], "Data": table}
        return wrap.workbook(sheets, days=days, from_1904=from_1904, above=above)

    ways: list[Wrap] = [book, wrap.acled_api, wrap.ucdp_api, wrap.json_lines]
    return draw(st.sampled_from(ways))


def packed(content: str | bytes, how: str) -> bytes:
    """A file in an archive, or as it is."""
    if how == "zip":
        return wrap.zipped({"README.md": "Read me.", "data/rows": content})
    if how == "gzip":
        return wrap.gzipped(content)
    return content.encode() if isinstance(content, str) else content


@examples(250)
@given(rows(), texts() | others(), NAMES, st.randoms(), st.sampled_from(["", "", "zip", "gzip"]))
def test_a_table_wrapped_at_random_comes_in_the_same_or_is_refused(
    table: list[Row], write: Wrap, name: Callable[[str], str], order: object, archive: str
) -> None:
    columns = list(table[0])
    order.shuffle(columns)  # type: ignore[attr-defined]
    grid = [[row[column] for column in columns] for row in table]
    try:
        content = write([[name(column) for column in columns], *grid])
    except UnicodeEncodeError:
        return  # windows-1252 has not these letters
    note(repr(content))
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = read_bytes(Path(folder), packed(content, archive), "x")
        except ConflictError as refusal:
            note(refusal.message)
            return
    check(found, table, xml=isinstance(content, bytes) and content.startswith(b"PK"))


def check(found: Found, table: list[Row], *, xml: bool) -> None:
    """Every row is that of the table, or rejected."""

    def same(row: Row) -> Row:
        cells = {
            name: " ".join(cell.split()) if xml else cell.rstrip("\r") for name, cell in row.items()
        }
        return {name: cell for name, cell in cells.items() if cell}

    there = {row["event_id_cnty"]: same(row) for row in table}
    assert [same(row) for row in found.rows] == [there[row["event_id_cnty"]] for row in found.rows]
    assert len(found.rows) + len(found.rejected) >= len(table)
