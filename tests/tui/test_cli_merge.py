"""Two copies of a case are merged by someone with a shell, who then rules on the conflicts."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from tests.authority import NO_OPENSSL, Authority
from tests.hostile.small import NEVER_RAW
from tests.small import SmallCase
from tests.store.copies import copied
from tests.store.kept import put_case
from tests.store.two_copies import FIRST, LATER, alter, work
from tests.tui.test_cli_custody import done, refused, run, tag

OTHER, NO_HISTORY, USAGE, MISSING, READ_ONLY = 75, 79, 64, 66, 77


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    """Two copies of a case, in which Ada and Ben gave one event two titles."""
    small = SmallCase()
    small.event("Fall")
    put_case(tmp_path / "war.json", small.records())
    mine = copied(tmp_path / "war.json", tmp_path / "mine" / "war.json")
    theirs = copied(tmp_path / "war.json", tmp_path / "from-ben.db")
    work(mine, "Ada", alter("events", "evt_Fall", "retitle", FIRST, title="Hama falls"))
    work(theirs, "Ben", alter("events", "evt_Fall", "retitle", LATER, title="Hama \x1b[31mtaken"))
    tag(theirs, "evt_Fall", "ambush", "Ben")
    return mine, theirs


def test_a_merge_says_what_came_and_what_is_left(copies: tuple[Path, Path]) -> None:
    mine, theirs = copies
    by = ("--into", mine, "--by", "Ada")
    said = run("merge", theirs, *by).stderr.splitlines()
    assert said == [
        f"Merged {theirs}: 2 acts by Ben; 1 conflict is left to rule on.",
        f"To see them: conflict-tui conflicts {mine}",
    ]
    (conflict,) = json.loads(done("conflicts", mine, "--format", "json"))
    assert conflict["id"] == "evt_Fall"
    assert '"Hama falls" (Ada, ' in conflict["conflict"]
    table = done("conflicts", "--case", mine)
    assert "named twice" in refused(USAGE, "conflicts", mine, "--case", mine)
    assert "evt_Fall" in table
    for form in ("table", "json", "csv"):
        written = done("conflicts", "--case", mine, "--format", form)
        assert "taken" in written
        assert not NEVER_RAW & set(written), form
    assert "Fall" in done("events", "--tag", "merge-conflict", "--case", mine)
    log = json.loads(done("log", "--case", mine, "--format", "json"))
    assert [(one["act"], one["who"]) for one in log] == [
        ("merge", "Ada"),
        ("change", "Ben"),
        ("change", "Ben"),
        ("change", "Ada"),
    ]
    assert "has everything of" in run("merge", theirs, *by).stderr
    assert ": intact; 4 entries, " in done("verify", mine)


def test_the_hash_of_the_other_copy_is_found(copies: tuple[Path, Path]) -> None:
    mine, theirs = copies
    head = json.loads(done("head", theirs, "--json"))["sha256"]
    assert "no entry of its log has this hash" in refused(
        NO_HISTORY, "verify", mine, "--head", head
    )
    run("merge", theirs, "--into", mine, "--by", "Ada")
    found = done("verify", mine, "--head", head)
    assert "entry 2 of the log of a copy that was merged, by Ben" in found
    assert "after it came 1 entry" in found


def test_after_an_older_hash_each_act_is_counted_once(copies: tuple[Path, Path]) -> None:
    mine, theirs = copies
    heads = [json.loads(done("head", one, "--json"))["sha256"] for one in (mine, theirs)]
    tag(theirs, "evt_Fall", "later", "Ben")
    run("merge", theirs, "--into", mine, "--by", "Ada")
    found = done("verify", mine, "--head", heads[0])
    assert "after it came 4 entries, " in found, "three acts, and the merge"
    assert "Ben 3, Ada 1" in found
    assert "after it came 2 entries, " in done("verify", mine, "--head", heads[1])


def test_a_merge_is_undone_entry_by_entry(copies: tuple[Path, Path]) -> None:
    mine, theirs = copies
    by = ("--into", mine, "--by", "Ada")
    run("merge", theirs, *by)
    for _ in range(3):
        assert run("undo", *by).exit_code == 0
    assert "Hama falls" in done("events", "--case", mine)
    assert "no conflicts of merged copies" in run("conflicts", mine).stderr
    assert "2 acts by Ben; 1 conflict" in run("merge", theirs, *by).stderr


def test_what_cannot_be_merged_is_one_line(copies: tuple[Path, Path], tmp_path: Path) -> None:
    mine, theirs = copies
    before = mine.read_bytes(), Path(f"{mine}.log").read_bytes()
    done("new", tmp_path / "other.json")
    small = SmallCase()
    small.event("Another")
    put_case(tmp_path / "another.json", small.records())
    by = ("--into", mine, "--by", "Ada")
    assert "is of the case" in refused(USAGE, "merge", tmp_path / "other.json", *by)
    assert "is both copies" in refused(USAGE, "merge", mine, *by)
    done("pack", theirs, "--into", tmp_path / "war.zip")
    assert "is a packed case" in refused(USAGE, "merge", tmp_path / "war.zip", *by)
    assert "no such file" in refused(MISSING, "merge", tmp_path / "none.json", *by)
    no_common = refused(NO_HISTORY, "merge", tmp_path / "another.json", *by)
    assert "no entry in common" in no_common
    assert refused(READ_ONLY, "--read-only", "merge", theirs, *by)
    assert (mine.read_bytes(), Path(f"{mine}.log").read_bytes()) == before


@NO_OPENSSL
def test_time_stamps_of_either_copy_hold_after_a_merge(
    copies: tuple[Path, Path], tmp_path: Path
) -> None:
    pytest.importorskip("rfc3161_client", reason="the extra [seal] is not installed")
    authority = Authority(tmp_path / "authority")
    for number, case in enumerate(copies):
        request = tmp_path / f"{number}.tsq"
        run("seal", case, "--into", request)
        run("seal", case, "--answer", authority.answer(request, request.with_suffix(".tsr")))
    mine, theirs = copies
    run("merge", theirs, "--into", mine, "--by", "Ada")
    found = done("verify", mine, "--ca", authority.ca)
    assert found.count("its signature and its certificates hold") == 2
    assert "entry 2 of the log of a copy that was merged, by Ben" in found
    acts = json.loads(done("log", "--case", mine, "--format", "json"))
    assert [one["sequence"] for one in acts if one["time_stamps"]] == [1]
    run("pack", mine, "--into", tmp_path / "war.zip")
    with zipfile.ZipFile(tmp_path / "war.zip") as packed:
        texts = [name for name in packed.namelist() if name.startswith("seals/") and "txt" in name]
        for name in texts:
            assert hashlib.sha256(packed.read(name)).hexdigest() in name
    assert len(texts) == 2
