"""Events that left as CSV or GeoJSON come in again by the mapping that is drafted of them."""

from pathlib import Path

import pytest

from tests.exports.case import exported, exports_case, lines
from tests.imports import imported, new_case, run

_KEPT = ("type", "start", "end", "date_precision", "place", "latitude", "longitude",
         "killed_low", "killed_best", "injured_low", "injured_best")  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_events_are_read_back(form: str, tmp_path: Path) -> None:
    case = exports_case(tmp_path / "war.json")
    file, mapping = tmp_path / f"list.{form}", tmp_path / "list.toml"
    file.write_text(exported(case, form), "utf-8")
    assert run("mapping", file, "--into", mapping).exit_code == 0
    again = new_case(tmp_path / "again.json")
    (came_to,) = imported(again, file, "--mapping", mapping)
    assert (came_to["rows"], came_to["added"], came_to["rejected"]) == (3, 3, 0)
    # a cell that a spreadsheet would calculate has an apostrophe before it
    before = {row["title"]: row for row in lines(case, "events")}
    after = {row["title"].lstrip("'"): row for row in lines(again, "events", "--restricted")}
    assert after.keys() == before.keys()
    for title, row in before.items():
        assert {name: after[title][name] for name in _KEPT} == {name: row[name] for name in _KEPT}
        assert after[title]["row"] == row["id"]
