"""Folders, days of GDELT, standard input, and files that are no good among others that are."""

import io
from importlib import util
from pathlib import Path

import pytest

from store.errors import UnfitMachine, UsageError
from store.importers.gdelt import EVENTS, EVENTS_1
from store.importers.readers import containers
from store.importing.open_files import ImportFiles
from store.sandbox import process
from tests.importers import wrap
from tests.importers.read import ROWS, read, read_bytes
from tests.imports import imported, new_case, run
from tests.tui.test_cli_import_others import EVENT, raw

GRID = wrap.grid(ROWS)
TEXT = wrap.text(GRID)
WORKBOOK = wrap.workbook({"Data": GRID})


def quarter(number: int) -> str:
    """A quarter of an hour of GDELT, raw."""
    return raw([{**EVENT, "globaleventid": str(900_000_000 + number)}], EVENTS)


def test_a_day_of_gdelt_is_96_files_in_a_zip_or_a_folder(tmp_path: Path) -> None:
    names = [f"202411190000{number:02}.export.CSV" for number in range(96)]
    path = tmp_path / "day.zip"
    path.write_bytes(wrap.zipped({name: quarter(n) for n, name in enumerate(names)}))
    assert sum(len(one.rows) for one in read(path)) == 96
    day = tmp_path / "day"
    day.mkdir()
    for number, name in enumerate(names[:5]):
        (day / f"{name}.zip").write_bytes(wrap.zipped({name: quarter(number)}))
    found = read(day)
    assert [one.name for one in found] == [f"{day}/{name}.zip: {name}" for name in names[:5]]


def test_days_of_gdelt_with_57_58_and_61_cells_are_one_file(tmp_path: Path) -> None:
    sizes = (EVENTS_1, EVENTS_1[:-1], EVENTS)
    content = "".join(
        raw([{**EVENT, "globaleventid": str(number)}], columns)
        for number, columns in enumerate(sizes * 2, 1)
    )
    found = read_bytes(tmp_path, content)
    assert found.rejected == []
    assert [row["actiongeo_lat"] for row in found.rows] == ["35.1"] * 6
    assert [row["dateadded"] for row in found.rows] == [EVENT["dateadded"]] * 6
    assert ["sourceurl" in row for row in found.rows] == [True, False, True] * 2


def test_a_folder_is_read_without_what_is_no_data_and_without_links_out_of_it(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    (folder / "2024/.hidden").mkdir(parents=True)
    outside = tmp_path / "outside.csv"
    for path in (folder / "2024/b.csv", folder / "2024/.hidden/c.csv", folder / ".d", outside):
        path.write_text(TEXT, "utf-8")
    (folder / "a.json").write_text(wrap.acled_api(GRID), "utf-8")
    (folder / "codebook.pdf").write_bytes(b"%PDF-1.4")
    (folder / "empty.csv").touch()
    (folder / "link.csv").symlink_to(outside)
    (folder / "broken.csv.gz").write_bytes(b"\x1f\x8b")
    files = ImportFiles([folder])
    files.close()
    assert [name for name, _ in files.found] == [f"{folder}/2024/b.csv", f"{folder}/a.json"]
    assert dict(files.passed_over) == {
        f"{folder}/codebook.pdf": "is a PDF",
        f"{folder}/empty.csv": "is empty",
    }
    (refused,) = files.refused
    assert refused.message.startswith(f"{folder}/broken.csv.gz: is damaged")


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.importers.source_files.MAX_MEMBERS", 2)
    for number in range(3):
        (tmp_path / f"{number}.csv").write_text(TEXT, "utf-8")
    with pytest.raises(UsageError, match="contains 3 files, more than 2"):
        ImportFiles([tmp_path])
    monkeypatch.setattr(containers, "MAX_MEMBERS", 2)
    files = {f"{number}.csv": "a" for number in range(3)}
    with pytest.raises(UsageError, match="contains 3 files, more than 2"):
        list(containers.members(io.BytesIO(wrap.zipped(files)), ()))


@pytest.mark.parametrize("content", [TEXT.encode(), WORKBOOK, wrap.zipped({"a.csv": TEXT})])
def test_standard_input_may_be_any_of_them(content: bytes, tmp_path: Path) -> None:
    case = new_case(tmp_path / "war.json")
    (one,) = imported(case, "-", stdin=content)
    assert one["added"] == 4


def test_a_file_that_cannot_be_read_costs_no_other(tmp_path: Path) -> None:
    case = new_case(tmp_path / "war.db")
    good, bad, damaged = (tmp_path / name for name in ("good.csv", "bad.xlsx", "damaged.csv.gz"))
    good.write_text(TEXT, "utf-8")
    bad.write_bytes(WORKBOOK[:500] + bytes(500))
    many = wrap.text([GRID[0], *([f"Q{number}", *GRID[1][1:]] for number in range(20_000))])
    content = bytearray(wrap.gzipped(many))
    content[-3000:-2900] = bytes(100)
    damaged.write_bytes(content)
    found = run("import", damaged, bad, good, "--into", case, "--by", "Ada")
    assert found.exit_code == 65
    *_, first, second, last = found.stderr.splitlines()
    told = sorted((first, second))
    assert told[0].startswith(f"{bad}: is an unreadable zip")
    assert told[1].startswith(f"{damaged}: is damaged after")
    assert last == "conflict-tui: 2 files could not be imported; the lines above say why"
    listed = run("events", "--case", case, "--format", "csv").stdout.splitlines()
    assert len(listed) == 1 + 4, "the good one is in, and nothing of the others"


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TEXT, "utf-8")
    files = ImportFiles([path])
    path.write_text(TEXT + "more", "utf-8")
    with pytest.raises(UsageError, match="has changed while it was read"):
        list(files.opened[0].reading())
    files.close()


def test_without_the_extra_one_line_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.importers.sheet_table.find_spec", lambda _: None)
    with pytest.raises(UnfitMachine, match=r"x: a workbook needs the extra \[excel\]"):
        read_bytes(tmp_path, WORKBOOK, "x")
    assert util.find_spec("python_calamine"), "the lock has it"


def test_a_sheet_beyond_all_measure_is_one_line(tmp_path: Path) -> None:
    # 16,384 columns of a million rows: no memory has room for it
    far = wrap.workbook({"Data": GRID}, last="XFD1048576")
    with pytest.raises(UsageError, match=r"x: (needs more than|has a sheet of)"):
        read_bytes(tmp_path, far, "x")


def test_processes_end_with_the_files(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(WORKBOOK)
    files = ImportFiles([path])
    reader = files.opened[0].table.process
    assert isinstance(reader, process.ReaderProcess)
    assert len(list(files.opened[0].reading())) == 4
    files.close()
    assert reader._process is None
