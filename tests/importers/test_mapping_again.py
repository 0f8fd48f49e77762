"""A mapped table is imported again, tried, and taken back, as any data set is."""

import hashlib
from pathlib import Path

import pytest

from store.archive import Archive
from store.model.records import Actor, Claim, DataSet, Event
from store.model.values import Participant
from store.model.vocabulary import Kind, ReadBy, Role
from tests.imports import claims, held, imported, new_case, run, written

HEADER = "Nr,Date,Place,Dead,What happened,Responsible\n"
FIRST = "1,2024-03-01,Qorville,3,Shells fell on the market,Blue Army\n"
SECOND = "2,2024-03-02,Zed City,1,A raid on a farm,Red Front\n"


@pytest.fixture(params=["war.json", "war.db"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return new_case(tmp_path / request.param)


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "list.toml"
    found = run("mapping", written(tmp_path, HEADER + FIRST + SECOND, "list.csv"), "--into", path)
    assert found.exit_code == 0, found.stderr
    return path


def test_again_says_what_is_added_changed_and_gone(
    case: Path, mapping: Path, tmp_path: Path
) -> None:
    imported(case, tmp_path / "list.csv", "--mapping", mapping)
    later = SECOND.replace(",1,", ",4,") + "3,2024-03-05,Zed City,0,A bridge was closed,\n"
    (again,) = imported(case, written(tmp_path, HEADER + later), "--mapping", mapping)
    assert (again["added"], again["changed"], again["unchanged"], again["gone"]) == (1, 1, 0, 1)
    assert again["gone_rows"] == ["1"]
    dead = {one.value.best for one in claims(case, Kind.FATALITIES, ReadBy.DATA_SET)}  # type: ignore[union-attr]
    assert dead == {3, 4, 0}
    assert run("verify", case).exit_code == 0


def test_undo_takes_all_back(case: Path, mapping: Path, tmp_path: Path) -> None:
    imported(case, tmp_path / "list.csv", "--mapping", mapping)
    assert len(held(case, Event)) == 2
    found = run("undo", "--into", case, "--by", "Ada")
    assert found.exit_code == 0, found.stderr
    assert held(case, Event) == held(case, Claim) == held(case, Actor) == []
    assert run("redo", "--into", case, "--by", "Ada").exit_code == 0
    assert len(held(case, Event)) == 2


def test_a_dry_run_gives_the_account_and_changes_nothing(
    case: Path, mapping: Path, tmp_path: Path
) -> None:
    arguments = ("import", tmp_path / "list.csv", "--mapping", mapping, "--into", case)
    found = run(*arguments, "--by", "Ada", "--dry-run")
    assert found.exit_code == 0
    assert "2 added, 0 changed, 0 unchanged" in found.stdout
    assert held(case, Event) == []


def test_another_mapping_reads_every_row_anew(case: Path, mapping: Path, tmp_path: Path) -> None:
    imported(case, tmp_path / "list.csv", "--mapping", mapping)
    text = mapping.read_text("utf-8")
    assert 'role = "attacker"' in text
    mapping.write_text(f"# the same\n{text}", "utf-8")
    (same,) = imported(case, tmp_path / "list.csv", "--mapping", mapping)
    assert same["unchanged"] == 2
    mapping.write_text(text.replace('role = "attacker"', 'role = "defender"'), "utf-8")
    (other,) = imported(case, tmp_path / "list.csv", "--mapping", mapping)
    assert other["changed"] == 2
    roles = {one.value.role for one in held(case, Claim) if isinstance(one.value, Participant)}
    assert roles == {Role.DEFENDER}


def test_the_log_names_the_mapping_by_its_hash(case: Path, mapping: Path, tmp_path: Path) -> None:
    imported(case, tmp_path / "list.csv", "--mapping", mapping)
    archive = Archive.open(case)
    (entry,) = archive.history()
    archive.close()
    assert entry.imported is not None
    sums = run("mapping", tmp_path / "list.csv").stdout.encode()
    assert mapping.read_bytes() == sums
    assert entry.imported.mapping == hashlib.sha256(sums).hexdigest()
    (data_set,) = held(case, DataSet)
    assert (data_set.name, data_set.redistributable) == ("list", False)


def test_a_row_twice_or_without_an_id_is_rejected_with_its_place(
    case: Path, mapping: Path, tmp_path: Path
) -> None:
    rows = HEADER + FIRST + FIRST + FIRST.replace("1,2024", ",2024")
    (found,) = imported(case, written(tmp_path, rows), "--mapping", mapping)
    assert (found["added"], found["rejected"]) == (1, 2)
    assert {one[0] for one in found["rejections"]} == {2, 3}


OTHER = (
    "1,2019-07-09,Tarn,14,A mine on the road to the port,Green Militia\n"
    "2,2019-08-01,Port Tarn,6,Two boats were set on fire,Coast Guard\n"
)


def test_another_list_under_the_same_name_is_refused_and_overwrites_nothing(
    case: Path, mapping: Path, tmp_path: Path
) -> None:
    imported(case, tmp_path / "list.csv", "--mapping", mapping)
    before = held(case, Event)
    other = written(tmp_path, HEADER + OTHER, "other.csv")
    arguments = ("import", other, "--mapping", mapping, "--into", case, "--by", "Ada")
    for more in ((), ("--dry-run",)):
        found = run(*arguments, *more)
        assert found.exit_code == 64
        (line,) = [one for one in found.stderr.splitlines() if "another list" in one]
        assert "is another list than “list” in this case: 2 of 2 rows with the same id" in line
        assert "--name" in line
    assert held(case, Event) == before
    assert run("verify", case).exit_code == 0


def test_with_a_name_of_its_own_it_comes_in_beside_the_first(
    case: Path, mapping: Path, tmp_path: Path
) -> None:
    imported(case, tmp_path / "list.csv", "--mapping", mapping)
    other = written(tmp_path, HEADER + OTHER, "other.csv")
    (came,) = imported(case, other, "--mapping", mapping, "--name", "Tarn")
    assert (came["added"], came["changed"]) == (2, 0)
    assert {one.name for one in held(case, DataSet)} == {"list", "Tarn"}
    assert len(held(case, Event)) == 4
    (again,) = imported(case, other, "--mapping", mapping, "--name", "Tarn")
    assert again["unchanged"] == 2


def test_who_gives_the_name_says_that_it_is_the_same_list(
    case: Path, mapping: Path, tmp_path: Path
) -> None:
    imported(case, tmp_path / "list.csv", "--mapping", mapping)
    other = written(tmp_path, HEADER + OTHER, "other.csv")
    (came,) = imported(case, other, "--mapping", mapping, "--name", "list")
    assert (came["added"], came["changed"]) == (0, 2)


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "UCDP GED"])
def test_a_name_that_is_none_is_refused(
    name: str, case: Path, mapping: Path, tmp_path: Path
) -> None:
    found = run(
        *("import", tmp_path / "list.csv", "--mapping", mapping, "--into", case),
        *("--by", "Ada", "--name", name),
    )
    assert found.exit_code == 64
    assert held(case, Event) == []


def test_a_name_needs_a_mapping(case: Path, tmp_path: Path, mapping: Path) -> None:
    found = run("import", tmp_path / "list.csv", "--into", case, "--name", "x", "--by", "Ada")
    assert found.exit_code == 64
    assert "give --mapping" in found.stderr
