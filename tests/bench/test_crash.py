"""Short forms of the harnesses: an archive loses nothing, and stock TinyDB does."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.crash import damage, faults, full, kills, saves, undo
from bench.crash.__main__ import PARTS, main
from bench.crash.stores import BY_NAME, STORES, Found, note, number_of, numbered_events
from bench.crash.tally import HALF, LOST, UNREADABLE, Tally, Trial, rows
from store.document.log_file import LogFile
from tests.examples import WHOLE

RUNS = 10
FEW = RUNS if WHOLE else 2


def tried(trial: Trial, name: str, folder: Path, runs: int = RUNS) -> Mapping[str, Tally | None]:
    """Run a trial with one store, and return its tallies."""
    return trial.run(BY_NAME[name], runs, 1, folder)


def wrong(found: Mapping[str, Tally | None], kind: str, what: str) -> int:
    """The number of failures of one kind of trial."""
    tally = found[kind]
    assert tally is not None
    return tally.wrong[what]


@pytest.mark.parametrize("part", [part for part in PARTS if part != "saves"])
def test_nothing_is_lost_of_an_archive(part: str, tmp_path: Path) -> None:
    runs = {"kills": RUNS, "articles": FEW // 2}.get(part, FEW)
    found = tried(PARTS[part], "archive", tmp_path, runs)
    assert found
    for kind, tally in found.items():
        assert tally is not None, kind
        assert tally.tries > 0, kind
        assert not +tally.wrong, kind
        assert int(tally.said.get(kills.ACKNOWLEDGED, RUNS)) >= RUNS / 2, kind
        assert tally.wrong.keys() <= set(PARTS[part].wrongs), "it would not be printed"


def test_a_disk_that_fails_leaves_stock_tinydb_unreadable(tmp_path: Path) -> None:
    found = tried(faults.TRIAL, "JSONStorage", tmp_path)
    assert found["a snapshot"] is None, "it writes with every change"
    assert wrong(found, "a later change", UNREADABLE) > 0
    assert wrong(found, "a later change", faults.REFUSED_YET_THERE) > 0


def test_a_disk_that_fails_takes_what_stock_tinydb_has_cached(tmp_path: Path) -> None:
    found = tried(faults.TRIAL, "CachingMiddleware", tmp_path)
    assert found["a later change"] is None, "it writes nothing"
    assert wrong(found, "a snapshot", LOST) > 0


def test_a_full_disk_takes_what_stock_tinydb_has(tmp_path: Path) -> None:
    assert wrong(tried(full.TRIAL, "JSONStorage", tmp_path, 30), "", UNREADABLE) > 0
    assert wrong(tried(full.TRIAL, "CachingMiddleware", tmp_path, 30), "", LOST) > 0


def test_a_cut_off_file_of_stock_tinydb_is_lost(tmp_path: Path) -> None:
    found = tried(damage.CUT, "JSONStorage", tmp_path)
    tally = found["the case file"]
    assert tally is not None
    assert tally.wrong[damage.UNSAVED] == tally.tries


@pytest.mark.parametrize(
    ("trial", "kind", "what"),
    [
        (damage.BITS, "the case file", damage.UNNOTICED),
        (damage.BYTES, "", damage.NOT_VERIFIED),
    ],
)
def test_stock_tinydb_notices_little(trial: Trial, kind: str, what: str, tmp_path: Path) -> None:
    assert wrong(tried(trial, "JSONStorage", tmp_path), kind, what) > 0


def test_one_of_two_writers_of_stock_tinydb_is_lost(tmp_path: Path) -> None:
    store = BY_NAME["CachingMiddleware"]
    path = tmp_path / "case.json"
    store.make(path)
    one, other = store.write(path), store.write(path)
    one.give(1, numbered_events()[:1])
    other.give(1, numbered_events()[1:2])
    one.close()
    other.close()
    assert store.read(path).numbers == (0, 1, 0, 0)


def test_stock_tinydb_has_no_undo(tmp_path: Path) -> None:
    assert list(tried(undo.TRIAL, "JSONStorage", tmp_path).values()) == [None]


def test_the_time_of_changes_is_told_of_each(tmp_path: Path) -> None:
    for store in STORES:
        (tmp_path / store.name).mkdir()
        (tally,) = tried(saves.TRIAL, store.name, tmp_path / store.name, 5).values()
        assert tally is not None
        assert set(tally.said) == set(saves.TRIAL.says)


def test_a_harness_sees_a_log_that_is_not_cut_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LogFile, "_cut_back", lambda self: None)
    monkeypatch.setattr(faults, "_SOME", ("fsync",))
    found = tried(faults.TRIAL, "archive", tmp_path)
    assert wrong(found, "a later change", faults.REFUSED_YET_THERE) > 0
    printed = list(rows(faults.TRIAL, [found, found, found]))
    assert any(row.within is False for row in printed)


def test_a_number_that_is_half_there_is_seen() -> None:
    assert [number_of(note(n)) for n in (1, 3, 1000)] == [1, 3, 1000]
    assert number_of("") == 0
    assert number_of(note(5)[:-1]) == number_of("something else") == -1
    tally = Tally()
    for numbers in ((1, 1, 1, 2), (-1, -1, -1, -1)):
        tally.look(Found(numbers, ()), 1)
    assert tally.wrong[HALF] == 2


def test_the_table_has_the_stores_beside_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--runs", "5", "--seed", "2", "bytes"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[1] == "seed 2, 5 runs"
    assert out[2].split() == ["archive", "JSONStorage", "CachingMiddleware", "budget"]
    assert out[4:6] == ["One byte anywhere is altered", out[5]]
    assert out[5].split() == ["tries", "5", "5", "5"]
    assert out[6].startswith("    verify does not find it")
    assert out[6].endswith("0       ok")


def test_a_part_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["floods"])
    assert "there is no part 'floods'" in capsys.readouterr().err
