"""Tables in which every header and every cell is an attack: drafted, read again, imported."""

import csv
import io
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.importers.draft import Draft, Row
from store.importers.mapped import Mapped
from store.importers.mapped_layout import printed_names
from store.importers.table import Cells, ColumnLayout
from store.importing.mapping_draft import draft_of
from store.importing.mapping_file import parsed
from store.importing.mapping_text import toml_of
from store.importing.table_sample import TableSample
from tests.examples import examples
from tests.hostile.attacks import ATTACKS, BIG, NEVER
from tests.imports import imported, new_case, run, written

HEADERS = ("ID", "Date", "Type", "Killed", "Place", "Lat", "Lon", "Summary", "Source", "Actor")


def table(header: list[str], rows: list[list[str]]) -> str:
    """A table as CSV."""
    stream = io.StringIO()
    csv.writer(stream).writerows([header, *rows])
    return stream.getvalue()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return new_case(tmp_path / "war.db")


def test_cells_that_are_attacks_are_kept_and_control_nothing(case: Path, tmp_path: Path) -> None:
    attacks = [one.replace("\0", "") for one in {**ATTACKS, **BIG}.values()]
    rows = [
        [str(number), f"2024-03-{number % 28 + 1:02}", *[attack] * (len(HEADERS) - 2)]
        for number, attack in enumerate(attacks)
    ]
    file = written(tmp_path, table([*HEADERS], rows))
    mapping = tmp_path / "my.toml"
    found = run("mapping", file, "--into", mapping)
    assert found.exit_code == 0, found.stderr
    assert not NEVER & set(found.stderr + mapping.read_text("utf-8"))
    (one,) = imported(case, file, "--mapping", mapping)
    assert one["rows"] == one["accepted"] + one["rejected"] == len(rows)
    assert one["accepted"] > len(rows) * 0.8
    for command in ("events", "sources", "articles", "places", "actors"):
        found = run(command, "--case", case)
        assert found.exit_code == 0
        assert not NEVER & set(found.stdout)
    assert run("verify", case).exit_code == 0


def test_headers_that_are_attacks_are_names_of_columns(case: Path, tmp_path: Path) -> None:
    header = [one.replace("\0", "")[:500] for one in ATTACKS.values()]
    rows = [[f"{number} {at}" for at in range(len(header))] for number in range(3)]
    rows = [[*row, "2024-03-01", "A raid"] for row in rows]
    file = written(tmp_path, table([*header, "Date", "What"], rows))
    mapping = tmp_path / "my.toml"
    found = run("mapping", file, "--into", mapping)
    assert found.exit_code == 0, found.stderr
    assert not NEVER & set(found.stderr + mapping.read_text("utf-8"))
    (one,) = imported(case, file, "--mapping", mapping)
    assert one["accepted"] == 3
    assert run("verify", case).exit_code == 0


CELLS = st.one_of(
    st.text(max_size=30),
    st.dates().map(str),
    st.integers(-5, 5000).map(str),
    st.sampled_from(["3 – 5", "https://zed.example/a", "12.5, 33.2", "NA", "Red; Blue"]),
)
NAMES = st.one_of(
    st.text(max_size=15), st.sampled_from([*HEADERS, "End Date", "Year", "id", "URL"])
)


@examples(200)
@given(st.data())
def test_a_draft_of_any_table_is_a_mapping_or_says_what_is_missing(data: st.DataObject) -> None:
    header = data.draw(st.lists(NAMES, min_size=2, max_size=8))
    columns = printed_names(header)
    row = st.lists(CELLS, min_size=len(columns), max_size=len(columns))
    rows = data.draw(st.lists(row, min_size=1, max_size=6))
    sample = TableSample("list.csv", columns, rows, whole=True, known="")
    draft = draft_of(sample)
    text = toml_of(draft, sample)
    tomllib.loads(text)
    assert not NEVER & set(text)
    if draft.missing:
        return
    mapping = parsed("my.toml", text.encode())
    named = {column for _, column in mapping.named()}
    assert named | {one.name for one in draft.unplaced} == {*columns}
    importer = Mapped(mapping, ColumnLayout("mapped", columns, ""), {})
    for cells in rows:
        importer.count(cells)
    with suppress(UsageError):  # dates that cannot be read, or in two orders
        importer.counted()
        drafts = [importer.row(Cells(number, number, cells)) for number, cells in enumerate(rows)]
        for one in (one for one in drafts if isinstance(one, Row)):
            made = importer.draft(one)
            assert isinstance(made, Draft)
            ids = [one.id for one in (*made.claims, *made.passages)]
            assert len(ids) == len({*ids})


def test_a_table_of_names_alone_and_one_of_values_alone_are_refused(tmp_path: Path) -> None:
    for content, why in (
        ("Date,What\n", "has a header and no rows"),
        ("2024-03-01,A raid\n2024-03-02,Another\n", "its first row holds values"),
        ("What\nA raid\n", "has no columns"),
        ("", "is empty"),
    ):
        found = run("mapping", written(tmp_path, content))
        assert (found.exit_code, found.stderr.count("\n")) == (65, 1)
        assert why in found.stderr


def test_a_mapping_replaces_no_file(tmp_path: Path) -> None:
    file, there = (
        written(tmp_path, "Date,What\n2024-03-01,A raid\n"),
        written(tmp_path, "x", "a.toml"),
    )
    found = run("mapping", file, "--into", there)
    assert (found.exit_code, there.read_text()) == (73, "x")
    new = tmp_path / "b.toml"
    assert run("mapping", file, "--into", new).exit_code == 0
    assert new.stat().st_mode & 0o777 == 0o600
    assert run("mapping", file).stdout == new.read_text("utf-8")
