"""A case is made, changed, verified, damaged, saved and sent, by someone with a shell."""

import csv
import getpass
import io
import json
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.custody.own_copy import own_copy, own_copy_path
from store.custody.verify_database import CheckProgress, CheckStep
from store.model import changes
from store.model.judgements import Note, Tag
from store.model.log_line import encode_line, read_line, without_reason
from store.model.text import text_hash
from tests.conftest import DATA
from tests.hostile.pty import Terminal
from tests.hostile.small import EVENT as HOSTILE_EVENT
from tests.hostile.small import HARM, NEVER_RAW, hostile_case
from tests.small import SmallCase
from tests.store.checksums import mend_checksums
from tests.terminal import SeenTerminal
from tui.cli.main import cli
from tui.draw.progress import check_words
from tui.session.settings import config_file, remember_author

WHEN = "2026-11-22T13:05:00Z"
TEXT = "Abu Nasr saw it. In Hama the rebels took the prison."


def run(*arguments: str | Path, typed: str | None = None) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=typed)


def done(*arguments: str | Path, typed: str | None = None) -> str:
    """The stdout of a command, which must succeed."""
    found = run(*arguments, typed=typed)
    assert found.exit_code == 0, found.stderr
    return found.stdout


def refused(code: int, *arguments: str | Path) -> str:
    """The one line that says why a command failed with this exit code."""
    found = run(*arguments)
    assert (found.exit_code, found.stderr.count("\n")) == (code, 1), found.stderr
    assert found.stderr.startswith("conflict-tui: ")
    return found.stderr


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case of one article, in which a witness is named, and one event."""
    small = SmallCase()
    small.claim(small.event("Prison taken"), small.article("a", TEXT), "the rebels took the prison")
    return small.write(tmp_path / "war.json")


def say(case: Path, *said: Note | Tag, who: str = "Ada") -> None:
    archive = Archive.open(case, author=who, writing=True)
    for one in said:
        archive.change(changes.add_or_replace(None, one, changes.judgement_text(one), who, WHEN))
    archive.close()


def tag(case: Path, about: str, name: str, who: str = "Ada") -> None:
    say(case, changes.tag(about, name, who, WHEN), who=who)


# the story of a case


def test_a_case_is_made_changed_verified_damaged_saved_and_sent(case: Path, tmp_path: Path) -> None:
    tag(case, "evt_Prison taken", "ambush")
    tag(case, "art_a", "witness", "Ben")
    assert done("verify", case) == (
        f"{case}: intact; 2 entries, 7 records, 1 passage, 5 hashes checked\n"
    )
    assert "Prison taken" in done("events", "--tag", "AMBUSH", "--case", case)

    content = case.read_bytes()
    at = content.index(b"Prison taken", content.index(b'"title"'))
    case.write_bytes(content[:at] + b"p" + content[at + 1 :])
    found = run("verify", case)
    assert found.exit_code == 65
    assert f"{case}: its records were altered since it was written" in found.stdout
    assert f"doctor {case} --repair NEW" in found.stderr
    case.write_bytes(content[:at] + content[at + 30 :])
    assert run("verify", case).exit_code == 65

    examined = run("doctor", case)
    assert examined.exit_code == 65
    assert "can be saved" in examined.stdout
    saved = tmp_path / "saved.json"
    assert not saved.exists()
    damaged = case.read_bytes()
    told = done("doctor", case, "--repair", saved)
    assert f"{saved}: has 1 case" in told
    assert case.read_bytes() == damaged
    assert "exists already" in refused(73, "doctor", case, "--repair", saved)
    assert done("doctor", saved) == f"{saved}: no damage found\n"

    packed, received = tmp_path / "war.zip", tmp_path / "received.json"
    done("pack", saved, "--into", packed)
    assert "exists already" in refused(73, "pack", saved, "--into", packed)
    done("unpack", packed, "--into", received)
    assert "exists already" in refused(73, "unpack", packed, "--into", received)
    assert ": intact; 2 entries, " in done("verify", received)
    assert done("log", "--case", received) == done("log", "--case", saved)
    assert stat.S_IMODE(received.stat().st_mode) == stat.S_IMODE(packed.stat().st_mode) == 0o600


def test_a_database_is_made_of_it_verified_damaged_saved_and_sent(
    case: Path, tmp_path: Path
) -> None:
    tag(case, "evt_Prison taken", "ambush")
    war = tmp_path / "war.db"
    done("convert", case, war)
    tag(war, "art_a", "witness", "Ben")
    assert ": intact; 2 entries, 7 records, 1 passage, " in done("verify", war)
    assert "Prison taken" in done("events", "--tag", "AMBUSH", "--case", war)
    assert "witness" in done("log", "--case", war)
    packed, received = tmp_path / "war.zip", tmp_path / "received.db"
    done("pack", war, "--into", packed)
    done("unpack", packed, "--into", received)
    assert done("log", "--case", received) == done("log", "--case", war)
    with closing(sqlite3.connect(war, isolation_level=None)) as connection:
        connection.execute("UPDATE events SET body = replace(body, 'Prison', 'Palace')")
    found = run("verify", war)
    assert found.exit_code == 65
    assert "events evt_Prison taken: its columns do not match its content" in found.stdout
    assert run("doctor", war).exit_code == 65
    saved = tmp_path / "saved.db"
    told = done("doctor", war, "--repair", saved)
    assert f"{saved}: has 1 case" in told
    assert "the log stays with the old case" in told
    assert done("doctor", saved) == f"{saved}: no damage found\n"
    assert "is a database already" in refused(64, "convert", war, tmp_path / "other.db")
    done("convert", received, tmp_path / "back.json")
    assert ": intact; 2 entries, 7 records, " in done("verify", tmp_path / "back.json")


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (CheckProgress(CheckStep.PAGES), "verify pages"),
        (CheckProgress(CheckStep.FULL_TEXT, 0, 0), "verify full text"),
        (CheckProgress(CheckStep.RECORDS, 0, 400), "verify ░░░░ 0% records, 0 of 400"),
        (
            CheckProgress(CheckStep.RECORDS, 1_000, 4_000),
            "verify █░░░ 25% records, 1,000 of 4,000, 0:30 left",
        ),
        (CheckProgress(CheckStep.DERIVED, 9, 9), "verify ████ 100% events, 9 of 9, 0:00 left"),
    ],
)
def test_the_words_of_the_progress_of_a_check(progress: CheckProgress, words: str) -> None:
    assert check_words(progress, 10.0, bar=4) == words


def test_the_progress_of_a_check_is_gone_before_a_finding_is_written(
    case: Path, tmp_path: Path
) -> None:
    war = tmp_path / "war.db"
    done("convert", case, war)
    with closing(sqlite3.connect(war, isolation_level=None)) as connection:
        connection.execute("UPDATE events SET origins = origins + 7 WHERE n = 1")
        mend_checksums(connection)
    with Terminal("verify", war, size=(400, 40)) as terminal:
        terminal.read_until_seen("its summary does not match its claims")
    shown = terminal.written.decode()
    assert "\r\x1b[Kverify pages\r\x1b[Kverify log\r\x1b[Kverify █" in shown
    assert f"\r\x1b[K{war}: events " in shown


def test_a_figure_that_is_not_what_the_claims_give_is_found(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.cli.case_files.recomputed", lambda _: iter(["evt_Prison taken"]))
    found = run("verify", case)
    assert found.exit_code == 65
    assert "evt_Prison taken: its figures do not match" in found.stdout


def test_a_new_case_is_empty_opens_and_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "The North.json"
    found = run("new", path, "--title", "War in the north")
    assert (found.exit_code, found.stdout) == (0, "")
    assert f"open it: conflict-tui '{path}'" in found.stderr
    archive = Archive.open(path, writing=True)
    assert (archive.case.name, archive.case.title) == ("The North", "War in the north")
    archive.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    assert "exists already" in refused(73, "new", path)
    assert path.read_bytes() == before
    assert "is not a file name" in refused(64, "new", "/")
    assert "cannot be written" in refused(71, "new", tmp_path / "no" / "case.json")
    assert "cannot be written" in refused(71, "new", tmp_path / ("x" * 300))
    assert "is not UTF-8" in refused(64, "new", tmp_path / "a.json", "--title", "\udc80")
    assert ": intact; 0 entries, 1 record, " in done("verify", path)


def test_a_pack_is_unpacked_before_it_is_verified(case: Path, tmp_path: Path) -> None:
    packed = tmp_path / "war.zip"
    done("pack", case, "--into", packed)
    said = refused(64, "verify", packed)
    assert f"unpack {packed} --into NEW" in said


def test_a_fifo_is_no_original_and_no_gazetteer(case: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for asked in (("attach", tmp_path / "fifo", "--into", case), ("gazetteer", tmp_path / "fifo")):
        assert "is not a file" in refused(64, *asked)


def test_what_is_not_there_cannot_be_verified_packed_or_unpacked(tmp_path: Path) -> None:
    none = tmp_path / "none.json"
    refused(66, "verify", none)
    refused(66, "doctor", none)
    refused(66, "pack", none, "--into", tmp_path / "a.zip")
    refused(66, "unpack", none, "--into", tmp_path / "a.json")
    refused(66, "log", "--case", none)


# the log


def test_the_log_tells_who_did_what_before_and_after(case: Path) -> None:
    say(case, changes.note("evt_Prison taken", "check the date", "Ada", WHEN))
    tag(case, "art_a", "witness", "Ben")
    archive = Archive.open(case, author="Ben", writing=True)
    archive.undo()
    archive.close()
    lines = done("log", "--case", case).splitlines()
    assert lines[0].startswith("3  ")
    assert lines[0].endswith("  Ben  [undo of 2] #witness")
    assert lines[2].strip() == "#witness → nothing"
    assert "2  22 Nov 2026 13:05 UTC  Ben  [undone by 3] #witness" in lines
    assert "1  22 Nov 2026 13:05 UTC  Ada  check the date" in lines
    assert any(line.endswith(" of evt_Prison taken Prison taken") for line in lines)

    (first,) = json.loads(done("log", "--case", case, "--by", "ada", "--format", "json"))
    assert (first["who"], first["when"]) == ("Ada", WHEN)
    (record,) = first["records"]
    assert (record["before"], record["after"]["text"]) == (None, "check the date")
    encode_line = done("log", "--case", case, "--record", "art_", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(encode_line)))
    assert [(row["sequence"], row["act"], row["undoes"]) for row in rows] == [
        ("3", "undo", "2"),
        ("2", "change", ""),
    ]
    assert (rows[1]["before"], rows[1]["after"]) == ("nothing", "#witness")

    found = run("log", "--case", case, "--by", "Zoe")
    assert (found.exit_code, found.stdout) == (0, "")
    assert found.stderr == "no changes by Zoe; conflict-tui log lists all changes\n"
    assert "no id begins with 'xyz'" in refused(67, "log", "--case", case, "--record", "xyz")
    assert "several ids begin" in refused(67, "log", "--case", case, "--record", "c")


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_the_log_of_a_hostile_case_is_harmless(form: str, tmp_path: Path) -> None:
    path = hostile_case(tmp_path / "hostile.json")
    say(path, changes.note(HOSTILE_EVENT, HARM, HARM, WHEN), who=f"={HARM}")
    encode_line = done("log", "--case", path, "--format", form)
    assert not NEVER_RAW & set(encode_line)
    assert "[@click=app.bell]fired[/]" in encode_line
    if form == "csv":
        (row,) = csv.DictReader(io.StringIO(encode_line))
        assert row["who"].startswith("'=")


# whose copy


def test_commands_read_the_users_own_copy_unless_the_bundled_case_is_meant() -> None:
    assert run("log").stderr == "no changes\n"
    tag(own_copy(BUNDLED), json.loads(done("events", "--format", "json"))[0]["id"], "mine")
    assert "#mine" in done("log")
    assert len(json.loads(done("events", "--tag", "mine", "--format", "json"))) == 1
    assert done("log", "--bundled") == ""
    assert done("--bundled", "log") == ""
    assert done("verify").startswith(f"{own_copy_path(BUNDLED)}: intact; 1 entry, ")
    assert done("verify", "--bundled").startswith(f"{BUNDLED}: intact; 0 entries, ")
    assert "no tag is called 'mine'" in refused(67, "events", "--tag", "mine", "--bundled")


# originals


def originals() -> list[Path]:
    found = sorted((DATA / "articles").glob("*.txt"))
    if not found:
        pytest.skip("the originals are not part of the project (see CONFLICT_DATA)")
    return found


def test_originals_are_attached_to_the_users_own_copy_of_the_bundled_case() -> None:
    one, *others = originals()
    remember_author("Ada")
    found = run("attach", one)
    assert (found.exit_code, found.stdout) == (0, "")
    assert f"Your own copy of the bundled case is {own_copy_path(BUNDLED)}." in found.stderr
    assert "1 original attached." in found.stderr
    again = run("attach", one, *others, *others, "--by", "Ben")
    assert again.exit_code == 0
    assert f"{one} is attached already" in again.stderr
    assert f"{len(others)} originals attached." in again.stderr
    kinds = {row["text_kind"] for row in json.loads(done("articles", "--format", "json"))}
    assert kinds == {"full"}
    whos = [entry["who"] for entry in json.loads(done("log", "--format", "json"))]
    assert whos == ["Ben"] * len(others) + ["Ada"]
    assert "text_kind digest" in done("log")
    assert ": intact; " in done("verify")


def test_a_file_that_is_no_original_changes_nothing(case: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("something else")
    before = case.read_bytes()
    assert "matches no article" in refused(64, "attach", other, "--into", case, "--by", "A")
    assert "is not a file" in refused(64, "attach", tmp_path, "--into", case, "--by", "A")
    assert case.read_bytes() == before
    assert "matches no article" in run("attach", other, "--by", "A").stderr


def test_nobody_changes_a_case_without_a_name(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", unknown_user)
    said = refused(64, "attach", case, "--into", case)
    assert "--by NAME" in said
    assert "config.toml" in said
    refused(64, "redact", "art_a", "text", "--reason", "why", "--yes", "--by", " ")


def unknown_user() -> str:
    raise OSError("No username set in the environment")


def signers(case: Path) -> list[str]:
    return [entry["who"] for entry in json.loads(done("log", "--case", case, "--format", "json"))]


def test_away_from_a_terminal_the_systems_user_name_signs_and_that_is_said(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "ada")
    found = run("withdraw", "art_a", "--reason", "a copy", "--into", case)
    assert "Logged as ada, the system's user name; --by NAME sets another." in found.stderr
    assert signers(case) == ["ada"]
    assert not config_file().exists(), "it was not given, so it is not kept"


def test_on_a_terminal_the_name_for_the_log_is_asked_once(case: Path) -> None:
    with SeenTerminal("withdraw", "art_a", "--reason", "a copy", "--into", case) as terminal:
        terminal.read_until_seen("Your name for the log")
        terminal.type("Ada Lovelace\r")
        assert terminal.ended() == 0
    with SeenTerminal("undo", "--into", case) as terminal:
        assert terminal.ended() == 0
        assert b"Your name" not in terminal.written
    assert signers(case) == ["Ada Lovelace"] * 2


def test_a_case_that_somebody_else_is_changing_is_left_to_them(case: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("something else")
    archive = Archive.open(case, writing=True)
    said = refused(77, "attach", other, "--into", case, "--by", "Ada")
    assert "is changing it" in said
    archive.close()
    said = refused(77, "--read-only", "attach", other, "--into", case, "--by", "Ada")
    assert "--read-only" in said
    assert "bundled case itself" in refused(77, "--bundled", "attach", other, "--by", "Ada")


# withdrawing


def test_a_record_is_withdrawn_with_what_rests_on_it(case: Path) -> None:
    tag(case, "art_a", "odd")
    found = run("withdraw", "art_", "--reason", " a  forgery ", "--by", "Ada", "--into", case)
    assert found.exit_code == 0
    assert found.stderr == (
        "Withdrawn: this article with 1 passage, 1 claim and 1 tag: art_a."
        " 1 event will have no article left.\n"
    )
    assert json.loads(done("articles", "--case", case, "--format", "json")) == []
    (entry, _) = json.loads(done("log", "--case", case, "--format", "json"))
    assert entry["why"] == "withdraw article art_a: a forgery"
    assert len(entry["records"]) == 4
    assert done("verify", case).startswith(f"{case}: intact; ")
    archive = Archive.open(case, author="Ben", writing=True)
    archive.undo()
    archive.close()
    assert len(json.loads(done("articles", "--case", case, "--format", "json"))) == 1


@pytest.mark.parametrize(
    ("code", "arguments", "why"),
    [
        (64, ("art_a", "--reason", " "), "a withdrawal needs a reason"),
        (67, ("evt_nothing", "--reason", "r"), "no event has an id that begins with 'evt_nothing'"),
        (67, ("", "--reason", "r"), "no record has an id that begins with ''"),
        (67, ("case_small", "--reason", "r"), "no record has an id that begins with"),
    ],
)
def test_a_withdrawal_that_cannot_be_changes_nothing(
    case: Path, code: int, arguments: tuple[str, ...], why: str
) -> None:
    assert why in refused(code, "withdraw", *arguments, "--by", "Ada", "--into", case)
    assert not case.with_name("war.json.log").exists()


# the log, by person


def test_a_person_is_found_by_a_part_of_the_name(case: Path) -> None:
    tag(case, "art_a", "one", "Ada Lovelace")
    tag(case, "art_a", "two", "Ada Byron")
    tag(case, "art_a", "three", "ada")
    for asked, who in (("LOVE", "Ada Lovelace"), ("ada  byron", "Ada Byron"), ("ada", "ada")):
        (one,) = json.loads(done("log", "--by", asked, "--case", case, "--format", "json"))
        assert one["who"] == who
    said = refused(67, "log", "--by", "AD", "--case", case)
    assert "'AD' is ambiguous: Ada Byron, Ada Lovelace, ada" in said


# redaction

REDACT = ("redact", "art_a", "text", "--reason", "names a witness", "--by", "Ada")


def test_words_are_redacted_everywhere_and_who_still_holds_them_is_told(case: Path) -> None:
    say(case, changes.note("evt_Prison taken", "ask Abu Nasr", "Ada", WHEN))
    (note,) = json.loads(done("log", "--case", case, "--format", "json"))[0]["records"]
    encode_line = done(*REDACT, "--words", "-", "--yes", "--into", case, typed="Abu Nasr\n")
    assert encode_line == f"{note['id']} text\n"
    assert "Abu Nasr" not in str(json.loads(case.read_text())["articles"])
    assert ": intact; 2 entries, " in done("verify", case)
    (entry, _) = json.loads(done("log", "--case", case, "--format", "json"))
    assert (entry["act"], entry["why"]) == ("redaction", "names a witness")
    assert "[redaction] names a witness" in done("log", "--case", case)


def test_reasons_that_hold_the_words_go_too_and_where_they_still_stand_is_told(case: Path) -> None:
    tag(case, "art_a", "Abu-Nasr-spoke")
    archive = Archive.open(case, author="Ada", writing=True)
    note = changes.note("evt_Prison taken", "Abu Nasr again", "Ada", WHEN)
    archive.change(changes.add_or_replace(None, note, "note on Abu Nasr", "Ada", WHEN))
    archive.undo()
    archive.close()
    found = run(*REDACT, "--words", "Abu Nasr", "--yes", "--into", case)
    assert (found.exit_code, found.stdout) == (0, "")
    said = found.stderr.splitlines()
    assert said[1] == "2 reasons in the log contained the words: redacted."
    assert said[2:4] == [f"The words remain in entry {n} of the log: {note.id}." for n in (2, 3)]
    assert done("verify", case).startswith(f"{case}: intact; ")
    hashed = f"[redacted sha256:{text_hash('note on Abu Nasr')}]"
    entries = json.loads(done("log", "--case", case, "--format", "json"))
    assert [entry["why"] for entry in entries] == [
        "names a witness",
        hashed,
        hashed,
        "#Abu-Nasr-spoke",
    ]
    # the note was taken back; it is redacted by its id all the same
    again = run(
        "redact", note.id, "text", "--reason", "a witness", "--yes", "--by", "Ada", "--into", case
    )
    assert (again.exit_code, again.stdout) == (0, ""), again.stderr
    for file in case.parent.glob("war.json*"):
        assert b"Abu Nasr" not in file.read_bytes(), file
    assert done("verify", case).startswith(f"{case}: intact; ")
    archive = Archive.open(case, author="Ada", writing=True)
    assert archive.undo() is not None, "the tag"
    assert archive.undo() is None
    archive.close()
    assert done("verify", case).startswith(f"{case}: intact; ")


def test_a_reason_that_was_taken_out_without_an_act_is_found(case: Path) -> None:
    tag(case, "art_a", "one")
    log = case.with_name("war.json.log")
    (line,) = map(read_line, log.read_bytes().splitlines(keepends=True))
    log.write_bytes(encode_line(without_reason(line)))
    assert "its reason is redacted, but no entry says so" in run("verify", case).stdout


def test_a_redaction_is_meant_or_nothing_happens(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = case.read_bytes()
    assert "--yes" in refused(64, *REDACT, "--into", case)
    monkeypatch.setattr("tui.cli.edit.can_be_asked", lambda: True)
    found = run(*REDACT, "--into", case, typed="n\n")
    assert found.exit_code == 130
    assert "This cannot be undone. Redact?" in found.stderr
    assert "nothing was redacted" in found.stderr
    assert case.read_bytes() == before
    found = run(*REDACT, "--into", case, "--words", "-", typed="Abu Nasr\ny\n")
    assert found.exit_code == 0
    assert b"Abu Nasr" not in case.read_bytes()
    found = run("redact", "evt_P", "title", *REDACT[3:], "--yes", "--into", case)
    assert "evt_Prison taken: title is redacted." in found.stderr, "the beginning of an id will do"


@pytest.mark.parametrize(
    ("code", "arguments", "words"),
    [
        (67, ["art_z", "text", "--reason", "why"], "no article has an id that begins with 'art_z'"),
        (64, ["art_a", "colour", "--reason", "why"], "it has text in: text"),
        (75, ["art_a", "text", "--reason", "why", "--words", "nobody"], "does not contain these"),
        (64, ["art_a", "text", "--reason", " "], "needs a reason"),
        (64, ["art_a", "text", "--reason", "Abu Nasr", "--words", "Abu"], "the reason contains"),
        (64, ["art_a", "text", "--reason", "why", "--words", "-"], "standard input is empty"),
    ],
)
def test_a_redaction_that_cannot_be_changes_nothing(
    code: int, arguments: list[str], words: str, case: Path
) -> None:
    before = case.read_bytes()
    said = refused(code, "redact", *arguments, "--yes", "--by", "Ada", "--into", case)
    assert words in said
    assert case.read_bytes() == before
