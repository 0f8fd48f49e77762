"""The measurement of exports measures each format, and tells which one exceeds the budget."""

from pathlib import Path

import pytest

from bench import exports
from tests.small import SmallCase


def test_a_format_is_measured_and_one_over_the_budget_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small = SmallCase()
    small.event("Fall")
    case = small.write(tmp_path / "case.json")
    # a child counts what its parent had when it was forked, and this process may be large
    monkeypatch.setattr(exports, "BUDGET", 100_000)
    assert exports.main([str(case), "geojson"]) == 0
    heading, row = capsys.readouterr().out.splitlines()
    assert heading.split() == ["format", "of", "MiB", "CPU", "s", "wall", "s"]
    assert row.split()[:2] == ["geojson", "events"]
    assert 10 < float(row.split()[2]) < exports.BUDGET
    monkeypatch.setattr(exports, "BUDGET", 10)
    assert exports.main([str(case), "geojson"]) == 1
    with pytest.raises(SystemExit, match="geojson of events ended with the code 66"):
        exports.main([str(tmp_path / "none.json"), "geojson"])
