"""A case that cannot be opened: one line has the fault, its place and a remedy; nothing changes."""

import copy
import errno
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seeds.bundled import BUNDLED
from store.model.records import SCHEMA
from tests.examples import examples
from tests.hostile.small import EVENT, NEVER_RAW, hostile_case
from tui.cli.main import cli

ROOT = Path(__file__).parents[2]
Tables = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return hostile_case(tmp_path_factory.mktemp("good") / "case.json").read_bytes()


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return tmp_path / "bad\x1b[2J.json"


def refused(path: Path) -> tuple[int, str]:
    """The exit code and the line of a command over a bad case; the case stays as it is."""
    before = hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b""
    beside = sorted(path.parent.iterdir()) if path.parent.is_dir() else []
    found = CliRunner().invoke(cli, ["events", "--case", str(path)])
    assert found.stdout == ""
    assert found.stderr.startswith("conflict-tui: ")
    assert found.stderr.endswith("\n")
    assert found.stderr.count("\n") == 1
    assert "Traceback" not in found.stderr
    assert not NEVER_RAW & set(found.stderr)
    assert "; " in found.stderr, "no hint"
    if before:
        assert hashlib.sha256(path.read_bytes()).digest() == before
    if beside:
        assert sorted(path.parent.iterdir()) == beside
    return found.exit_code, found.stderr


def test_a_case_that_is_not_there(bad: Path) -> None:
    code, line = refused(bad)
    assert code == 66
    assert "bad␛[2J.json: there is no such file; check the name" in line


def test_a_case_below_a_file(bad: Path) -> None:
    bad.write_text("{}")
    assert refused(bad / "case.json")[0] == 66


def test_a_folder(tmp_path: Path) -> None:
    code, line = refused(tmp_path)
    assert code == 66
    assert "is a folder; name the case file inside it" in line


def test_a_name_that_is_too_long_for_any_file(tmp_path: Path) -> None:
    found = CliRunner().invoke(cli, ["events", "--case", str(tmp_path / ("x" * 5_000))])
    assert found.exit_code == 74
    assert "cannot be read (File name too long); check" in found.stderr


def test_a_name_that_is_too_long_to_look_for_is_not_said_to_be_missing() -> None:
    found = CliRunner().invoke(cli, ["x" * 5_000])
    assert found.exit_code == 64
    assert "needs a terminal" in found.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no FIFOs")
def test_a_fifo_is_refused_and_not_waited_for(bad: Path) -> None:
    os.mkfifo(bad)
    found = subprocess.run(
        [sys.executable, "-m", "tui", "events", "--case", str(bad)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert found.returncode == 66
    assert found.stderr.endswith("is not a regular file; name a case file\n")


def test_a_file_that_the_user_may_not_read(bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad.write_text("{}")
    bad.chmod(0)
    if os.geteuid() == 0:  # root reads every file

        def denied(*_: object, **__: object) -> bytes:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

        monkeypatch.setattr(Path, "open", denied)
    found = CliRunner().invoke(cli, ["events", "--case", str(bad)])
    assert found.exit_code == 74
    assert "cannot be read (Permission denied); check its permissions" in found.stderr


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="the system has no /proc")
def test_a_disk_that_fails() -> None:
    found = CliRunner().invoke(cli, ["events", "--case", "/proc/self/mem"])
    assert found.exit_code == 74
    assert "cannot be read (Input/output error)" in found.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty; an interrupted copy?"),
        (b" \n\t", "the file is empty"),
        (b"\x00" * 100, "not JSON, or cut off (line 1"),
        (b"%PDF-1.7", "not JSON, or cut off (line 1"),
        (b'{"events": {}}\xff\xfe', "not JSON, or cut off (line 1"),
        (b'{"case": {"1": {"id": "\xff"}}}', "not JSON, or cut off ("),
        (b"{\n\n  nope", "not JSON, or cut off (line 3"),
        (b"[" * 100_000, "this JSON is not a case"),
        (b'{"a":' * 100_000, "not JSON, or cut off ("),
        (b"[1, 2]", "this JSON is not a case"),
        (b'"text"', "this JSON is not a case"),
        (b"{}", "holds 0 records in its table 'case', not one; check that it is the right file"),
        (b'{"_default": {"1": {}}}', "holds 0 records in its table 'case'"),
        (b'{"case": {"1": 7}}', "check that it is the right file"),
        (b'{"case": {"1": {"id": "c"}}}', "case 1 (c): Object missing required field `schema`"),
    ],
)
def test_a_file_that_is_no_case(bad: Path, content: bytes, words: str) -> None:
    bad.write_bytes(content)
    code, line = refused(bad)
    assert code == 65
    assert words in line


def test_a_case_that_was_cut_off_anywhere(bad: Path, good: bytes) -> None:
    for end in range(len(good) // 20, len(good) - 3, len(good) // 20):
        bad.write_bytes(good[:end])
        code, line = refused(bad)
        assert code == 65
        assert "copy it again" in line


def test_a_case_of_a_later_version(bad: Path, good: bytes) -> None:
    case = json.loads(good)
    case["case"]["1"] |= {"schema": SCHEMA + 1, "new": 1}
    case["relations"] = {}
    bad.write_text(json.dumps(case))
    code, line = refused(bad)
    assert code == 78
    assert (
        f"has schema {SCHEMA + 1}, but this program reads only up to {SCHEMA}; open it with" in line
    )


def changed(table: str, number: str, **fields: object) -> Callable[[Tables], None]:
    def change(case: Tables) -> None:
        for field, value in fields.items():
            if value is ...:
                del case[table][number][field]
            else:
                case[table][number][field] = value

    return change


def doubled(case: Tables) -> None:
    case["claims"]["99"] = case["claims"]["1"]


def unknown_table(case: Tables) -> None:
    case["secrets\x1b[31m"] = {}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (changed("events", "2", title=7), f"events 2 ({EVENT}): Expected `str`, got `int` - at"),
        (changed("events", "2", title=7), "`$.title`"),
        (changed("events", "2", title=...), "Object missing required field `title`"),
        (changed("events", "2", type="battle"), f"events 2 ({EVENT}): Invalid enum value 'battle'"),
        (changed("events", "2", colour="red"), "Object contains unknown field `colour`"),
        (changed("events", "2", id=["x"]), "events 2 (['x']): Expected `str`, got `array`"),
        (changed("events", "2", id="x\x1b[2J\u202e" * 900, title=7), "x␛[2J"),
        (changed("events", "2", part_of="evt_none"), "part_of: there is no 'evt_none' in events"),
        (
            changed("claims", "1", passage="psg_none"),
            "claims clm_1: passage: there is no 'psg_none",
        ),
        (changed("claims", "1", subject="evt_none"), "claims clm_1: subject: there is no"),
        (changed("claims", "1", chain=["src_none"]), "claims clm_1: chain: there is no 'src_none'"),
        (changed("claims", "1", passage=EVENT), f"claims clm_1: passage: there is no '{EVENT}' in"),
        (changed("claims", "1", subject="person"), "clm_1): Expected `str` matching regex"),
        (changed("claims", "1", kind="date"), "a claim of kind date takes When, not NoneType"),
        (changed("claims", "1", scope="all"), "scope: a claim of kind occurrence has none"),
        (changed("claims", "4", value=7), "claims 4 (clm_4): Expected `object | null`, got `int`"),
        (changed("claims", "5", value={"is": "count", "min": -1}), "a count cannot be negative"),
        (changed("claims", "2", value={"is": "when", "edtf": "5.12."}), "'5.12.' is not a date of"),
        (changed("places", "1", latitude=91), "places 1 (plc_hama): Expected `float` <= 90"),
        (changed("places", "1", latitude=None), "latitude and longitude go together"),
        (changed("articles", "1", text="other"), "text_sha256: does not match the text"),
        (changed("articles", "1", publisher="act_rebels"), "there is no 'act_rebels' in sources"),
        (changed("passages", "1", start=-1), "passages 1 (psg_text): start -1 and end"),
        (changed("passages", "1", end=10**30), "exact: has"),
        (changed("passages", "1", article="art_bbbbbbbbbbbb"), "exact: art_bbbbbbbbbbbb does not"),
        (changed("passages", "2", in_title=False), "the text was changed after the passage was"),
        (
            changed("sources", "1", id="act_rebels"),
            "sources act_rebels: id: another record has the same id",
        ),
        (doubled, "claims clm_1: id: another record has the same id"),
        (unknown_table, "unknown table 'secrets\\x1b[31m'; the tables are case, datasets, actors"),
    ],
)
def test_a_record_that_is_wrong_is_named_with_its_field(
    bad: Path, good: bytes, change: Callable[[Tables], None], words: str
) -> None:
    case = json.loads(good)
    change(case)
    bad.write_text(json.dumps(case), "utf-8")
    code, line = refused(bad)
    assert code == 65
    assert words in line


# anything at all in the place of anything: a case opens, or is refused in one line

JUNK: st.SearchStrategy[object] = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        2**63,
        10**30,
        1e308,
        "",
        "x",
        "\x00",
        "evt_",
        EVENT,
        "clm_1",
        "\u202e\x1b]0;x\x07",
        [],
        {},
        [None],
        ["x", "x"],
        [[]],
        {"is": "when"},
        "..",
        "../..",
        "[,]",
        "0000-00",
        "20XX",
        "2024-22/2024-24",
    ]
)


def places_in(value: object, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path to every value in a JSON value."""
    found = [way] if way else []
    held = dict(enumerate(value)) if isinstance(value, list) else value
    if isinstance(held, dict):
        for key, inner in held.items():
            found += places_in(inner, (*way, key))
    return found


@settings(examples(150), suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_case_with_junk_in_it_opens_or_is_refused(
    good: bytes, tmp_path: Path, data: st.DataObject
) -> None:
    case = json.loads(good)
    *way, last = data.draw(st.sampled_from(places_in(case)))
    holder: Any = case
    for step in way:
        holder = holder[step]
    holder[last] = copy.deepcopy(data.draw(JUNK))
    path = tmp_path / "junk.json"
    path.write_text(json.dumps(case), "utf-8")
    form = data.draw(st.sampled_from(["table", "json", "csv"]))
    command = data.draw(st.sampled_from([["events"], ["articles"], ["places"], ["event", "evt_a"]]))
    found = CliRunner().invoke(cli, [*command, "--case", str(path), "--format", form])
    assert found.exit_code in (0, 65, 67, 78), found.stderr
    assert found.stderr.count("\n") == (found.exit_code != 0)
    assert not NEVER_RAW & set(found.output)


def test_the_bundled_case_opens() -> None:
    found = CliRunner().invoke(cli, ["events", "--case", str(BUNDLED)])
    assert (found.exit_code, found.stderr) == (0, "")
