"""A case is anchored outside of it, by a hash or a time stamp, and later held against that."""

import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from store.archive import Archive
from store.custody.anchor import grouped, typed_hash
from store.custody.verify import verify
from store.database.seals import kept_seals, seals_folder
from store.document.snapshot import encode_rows, write_snapshot
from store.document.tinydb_file import read_snapshot
from store.errors import UsageError
from tests.authority import NO_OPENSSL, Authority, openssl
from tests.store.kept import NAMES, KeptCase, entitle
from tui.cli.main import cli

LOST, UNTRUSTED, DAMAGED, USAGE = 79, 80, 65, 64


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def done(*arguments: str | Path) -> str:
    """The stdout of a command, which must succeed."""
    found = run(*arguments)
    assert found.exit_code == 0, found.stderr
    return found.stdout


def refused(code: int, *arguments: str | Path) -> str:
    """The one line that says why a command failed with this exit code."""
    found = run(*arguments)
    assert (found.exit_code, found.stderr.count("\n")) == (code, 1), found.output
    return found.stderr


def change(case: KeptCase, *titles: str, by: str = "Ana") -> None:
    """Make changes, and write the case file."""
    archive = case.write(by)
    for title in titles:
        entitle(archive, title)
    archive.close()


@pytest.fixture(params=NAMES)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> KeptCase:
    """A case with two entries, in files or a database."""
    case = KeptCase(tmp_path, request.param)
    change(case, "one", "two")
    return case


def files_of(case: KeptCase) -> dict[Path, bytes]:
    """The files of a case, without its backups and seals."""
    names = (case.path, case.log)
    return {file: file.read_bytes() for file in names if file.exists()}


def put_back(case: KeptCase, files: dict[Path, bytes]) -> None:
    """Put earlier files in the place of those of a case."""
    for file in case.path.parent.iterdir():
        if file.is_file() and file.name.startswith(case.path.name):
            file.unlink()
    for file, content in files.items():
        file.write_bytes(content)


def cut(case: KeptCase) -> None:
    """Cut the last entry off, as with a copy from before it; the case is whole by itself."""
    put_back(case, CUT[case.path])


def replace(case: KeptCase) -> None:
    """Put another whole history of as many entries and more in its place."""
    put_back(case, {})
    KeptCase(case.path.parent, case.path.name)
    change(case, "one", "forged", "three", by="Eve")


CUT: dict[Path, dict[Path, bytes]] = {}
LOSSES = {"cut": cut, "replaced": replace}


@pytest.fixture
def anchored(case: KeptCase) -> KeptCase:
    """A case of three entries, of which an earlier copy has two."""
    CUT[case.path] = files_of(case)
    change(case, "three", by="Bo")
    return case


# the head of the log


def test_the_head_is_shown_whole_and_found_again(case: KeptCase) -> None:
    shown = done("head", case.path)
    first, *groups = shown.splitlines()
    assert first == f"{case.path}: entry 2 of the log, by Ana on 2025-01-01 00:00:00 UTC"
    assert [len(group) for line in groups for group in line.split(" ")] == [4] * 16
    told = json.loads(done("head", case.path, "--json"))
    assert told["sha256"] == "".join(groups).replace(" ", "")
    assert (told["sequence"], told["who"]) == (2, "Ana")
    typed = "\n".join(groups).upper()
    assert "has this hash; it is the last entry\n" in done("verify", case.path, "--head", typed)
    change(case, "three", "four", by="Bo")
    change(case, "five")
    assert done("verify", case.path, "--head", f"2: {typed}").endswith(
        "entry 2 of the log, by Ana on 2025-01-01 00:00:00 UTC has this hash; after it came"
        " 3 entries, the last on 2025-01-01 00:00:00 UTC: Bo 2, Ana 1\n"
    )


def test_a_redaction_leaves_the_hash(case: KeptCase) -> None:
    before = json.loads(done("head", case.path, "--json"))["sha256"]
    archive = case.write("Bo")
    archive.redact("evt_Fall", "title", "names a witness")
    archive.close()
    found = done("verify", case.path, "--head", before)
    assert "after it came 1 entry" in found


@pytest.mark.parametrize("typed", ["", "9f86", "0" * 63, "0" * 65, "x" * 64, "-1:" + "0" * 64])
def test_nothing_shorter_and_nothing_else_is_taken(typed: str) -> None:
    with pytest.raises(UsageError, match="the hash has"):
        typed_hash(typed)
    assert typed_hash(grouped("0a" * 32)).hash == "0a" * 32


def test_an_empty_log_has_no_head(tmp_path: Path) -> None:
    for name in NAMES:
        assert "has no entry yet" in refused(75, "head", KeptCase(tmp_path, name).path)


@pytest.mark.parametrize("loss", LOSSES)
def test_a_lost_history_is_told_by_the_hash(anchored: KeptCase, loss: str) -> None:
    hash = json.loads(done("head", anchored.path, "--json"))["sha256"]
    LOSSES[loss](anchored)
    assert list(verify(anchored.path)) == [], "it is whole by itself"
    assert "no entry of its log has this hash" in refused(
        LOST, "verify", anchored.path, "--head", hash
    )
    wanted = {"cut": "cut off: its log ends with entry 2", "replaced": "history was replaced"}
    assert wanted[loss] in refused(LOST, "verify", anchored.path, "--head", f"3:{hash}")


def test_records_that_no_entry_explains_are_found(tmp_path: Path) -> None:
    case = KeptCase(tmp_path)
    change(case, "one", "two")
    snapshot = read_snapshot(case.path)
    assert snapshot.head
    text = case.path.read_text()
    rows = encode_rows((table, one) for table, held in snapshot.tables.items() for one in held)
    rows["events"] = [row.replace(b'"two"', b'"2.0"') for row in rows["events"]]
    write_snapshot(
        case.path, rows, sequence=snapshot.head.sequence, hash=snapshot.head.hash, keep=False
    )
    assert case.path.read_text() != text
    found = run("verify", case.path)
    assert found.exit_code == DAMAGED
    assert "events evt_Fall: differs from what the last entry about it left" in found.stdout
    rows["events"] = []
    write_snapshot(
        case.path, rows, sequence=snapshot.head.sequence, hash=snapshot.head.hash, keep=False
    )
    assert (
        "evt_Fall: is missing, but no entry of the log withdrew it"
        in run("verify", case.path).stdout
    )


# time stamps

pytest.importorskip("rfc3161_client", reason="the extra [seal] is not installed")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "local")


def stamped(case: KeptCase, authority: Authority, name: str = "r") -> Path:
    """A time stamp of the head of a case."""
    request = case.path.parent / f"{name}.tsq"
    assert "asks for a time stamp" in run("seal", case.path, "--into", request).stderr
    return authority.answer(request, request.with_suffix(".tsr"))


@NO_OPENSSL
def test_a_time_stamp_is_kept_checked_and_carried(
    anchored: KeptCase, authority: Authority, tmp_path: Path
) -> None:
    case = anchored.path
    answer = stamped(anchored, authority)
    assert f"entry {3} of the log" in run("seal", case, "--answer", answer).stderr
    change(anchored, "four", by="Bo")
    found = done("verify", case, "--seal", answer, "--ca", authority.ca)
    assert re.search(
        r"entry 3 of the log, by Bo .* existed on 20\d\d-.* UTC, by the clock of CN=Local Time; its"
        r" signature and its certificates hold; after it came 1 entry,.*: Bo 1\n",
        found,
    )
    assert "[time stamp kept] it is three" in done("log", "--case", case)
    acts = json.loads(done("log", "--case", case, "--format", "json"))
    assert [one["sequence"] for one in acts if one["time_stamps"]] == [3]
    packed, new = tmp_path / "p.zip", tmp_path / f"new{case.suffix}"
    other = tmp_path / ("other.json" if case.suffix == ".db" else "other.db")
    saved = tmp_path / f"saved{case.suffix}"
    run("pack", case, "--into", packed)
    run("unpack", packed, "--into", new)
    run("convert", case, other)
    run("doctor", case, "--repair", saved)
    for one in (case, new, other, saved):
        assert "its signature and its certificates hold" in done(
            "verify", one, "--ca", authority.ca
        )


@NO_OPENSSL
@pytest.mark.parametrize("loss", LOSSES)
def test_a_lost_history_is_told_by_the_time_stamp(
    anchored: KeptCase, authority: Authority, loss: str
) -> None:
    answer = stamped(anchored, authority)
    run("seal", anchored.path, "--answer", answer)
    LOSSES[loss](anchored)
    told = run("verify", anchored.path, "--seal", answer, "--ca", authority.ca)
    assert (told.exit_code, told.stderr.count("\n")) == (LOST, 1)
    assert "no entry of its log has this hash" in told.stderr
    assert "entry 3: " in told.stdout, "the kept one tells it without certificates"
    shutil.rmtree(seals_folder(anchored.path))
    refused(LOST, "verify", anchored.path, "--seal", answer, "--ca", authority.ca)


@NO_OPENSSL
def test_a_time_stamp_that_proves_nothing_is_told(
    anchored: KeptCase, authority: Authority, tmp_path: Path
) -> None:
    case = anchored.path
    answer = stamped(anchored, authority)
    content = answer.read_bytes()
    at = re.search(rb"\x18\x0f(20\d{12})Z", content)
    assert at
    forged = tmp_path / "forged.tsr"
    forged.write_bytes(content.replace(at[1], at[1][:-1] + (b"0" if at[1][-1:] == b"9" else b"9")))
    impostor = Authority(tmp_path / "impostor")
    other = Authority(tmp_path / "other", "Other")
    expired = stamped(anchored, Authority(tmp_path / "old", "Old", (-900, -100)), "expired")
    empty = tmp_path / "empty.tsr"
    empty.write_bytes(b"")
    cut = tmp_path / "cut.tsr"
    cut.write_bytes(content[:-9])
    told = {
        "its signature does not hold: it was forged or altered": (forged, authority.ca),
        "its signature does not hold": (stamped(anchored, impostor, "i"), authority.ca),
        "vouches, and that is not in": (answer, other.ca),
        "and not at the time of the stamp": (expired, tmp_path / "old" / "ca.pem"),
        "cannot be read as an answer of RFC 3161": (empty, authority.ca),
        "cannot be read as": (cut, authority.ca),
        "has no certificate in PEM form": (answer, empty),
    }
    for words, (file, ca) in told.items():
        assert words in refused(UNTRUSTED, "verify", case, "--seal", file, "--ca", ca)
    assert "--seal needs --ca" in refused(USAGE, "verify", case, "--seal", answer)
    assert "there is no such file" in refused(
        66, "verify", case, "--seal", tmp_path / "none.tsr", "--ca", authority.ca
    )


@NO_OPENSSL
def test_a_time_stamp_of_another_hash_is_not_kept(
    case: KeptCase, authority: Authority, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.write_bytes(b"something else")
    openssl("ts", "-query", "-data", data, "-sha256", "-cert", "-out", tmp_path / "q.tsq")
    answer = authority.answer(tmp_path / "q.tsq", tmp_path / "a.tsr")
    assert "no entry of its log has this hash" in refused(
        LOST, "seal", case.path, "--answer", answer
    )
    openssl("ts", "-query", "-data", data, "-sha512", "-cert", "-out", tmp_path / "q.tsq")
    answer = authority.answer(tmp_path / "q.tsq", tmp_path / "b.tsr")
    assert "not a SHA-256" in refused(UNTRUSTED, "seal", case.path, "--answer", answer)
    assert not seals_folder(case.path).exists()


@NO_OPENSSL
def test_an_altered_seal_is_found(case: KeptCase, authority: Authority) -> None:
    answer, linked = stamped(case, authority), case.path.parent / "linked.pem"
    linked.symlink_to(authority.ca)
    done("verify", case.path, "--seal", answer, "--ca", linked)
    run("seal", case.path, "--answer", answer)
    (kept,) = kept_seals(case.path)
    kept.file.write_bytes(kept.file.read_bytes() + b" ")
    found = run("verify", case.path)
    assert found.exit_code == DAMAGED
    assert "its bytes were altered" in found.stdout


def test_seal_says_what_it_needs(case: KeptCase) -> None:
    assert "--into or --answer" in refused(USAGE, "seal", case.path)


# what a court needs


@NO_OPENSSL
@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_a_pack_is_checked_with_two_tools_alone(
    case: KeptCase, authority: Authority, tmp_path: Path
) -> None:
    run("seal", case.path, "--answer", stamped(case, authority))
    change(case, "three", by="Bo")
    run("pack", case.path, "--into", tmp_path / "p.zip")
    folder = tmp_path / "court"
    with zipfile.ZipFile(tmp_path / "p.zip") as file:
        file.extractall(folder)

    def sha256sum(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sha256sum", *arguments],
            cwd=folder,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )

    every = sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())
    checked = sha256sum("-c", "--strict", "SHA256SUMS")
    assert checked.returncode == 0
    named = [line.removesuffix(": OK") for line in checked.stdout.splitlines()]
    assert sorted([*named, "SHA256SUMS"]) == every

    (answer,) = folder.glob("seals/*.tsr")
    (text,) = folder.glob("seals/*.txt")
    assert sha256sum(str(text)).stdout[:64] in answer.name
    proven = openssl("ts", "-verify", "-data", text, "-in", answer, "-CAfile", authority.ca)
    assert "Verification: OK" in proven.stdout

    lines = (folder / "chain.txt").read_text().splitlines()
    assert text.read_text() == lines[1]
    hashes = [sha256sum(typed=line).stdout[:64] for line in lines]
    assert all(f'"prev":"{hash}"' in line for hash, line in zip(hashes, lines[1:], strict=False))
    head = json.loads(done("head", case.path, "--json"))
    assert hashes[-1] == head["sha256"]

    (folder / "chain.txt").write_text("\n".join([*lines, " "]))
    assert sha256sum("-c", "--strict", "SHA256SUMS").returncode == 1


@NO_OPENSSL
def test_a_pack_whose_parts_do_not_fit_its_sums_is_refused(
    case: KeptCase, authority: Authority, tmp_path: Path
) -> None:
    run("seal", case.path, "--answer", stamped(case, authority))
    run("pack", case.path, "--into", tmp_path / "p.zip")
    with zipfile.ZipFile(tmp_path / "p.zip") as file:
        parts = {name: file.read(name) for name in file.namelist()}
    (seal,) = (name for name in parts if name.endswith(".tsr"))
    without = dict(parts)
    del without["SHA256SUMS"]
    wrong = {
        "another chain": {**parts, "chain.txt": b"[]\n"},
        "another seal": {**parts, seal: parts[seal] + b" "},
        "a seal less": {name: held for name, held in parts.items() if name != seal},
        "no sums": without,
        "other sums": {**parts, "SHA256SUMS": b"x"},
        "a part more": {**parts, "../evil": b""},
    }
    for number, (what, held) in enumerate(wrong.items()):
        packed, to = tmp_path / f"{number}.zip", tmp_path / "new" / case.path.name
        to.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in held.items():
                file.writestr(name, content)
        assert "is not a packed case" in refused(DAMAGED, "unpack", packed, "--into", to), what
        assert list(to.parent.iterdir()) == [], what


@NO_OPENSSL
def test_the_head_is_what_is_stamped(case: KeptCase, authority: Authority) -> None:
    answer = stamped(case, authority)
    head = json.loads(done("head", case.path, "--json"))["sha256"]
    assert len(bytes.fromhex(head)) == hashlib.sha256().digest_size
    told = openssl("ts", "-verify", "-digest", head, "-in", answer, "-CAfile", authority.ca)
    assert "Verification: OK" in told.stdout
    archive = Archive.open(case.path)
    assert archive.last_entry == 2
    archive.close()
