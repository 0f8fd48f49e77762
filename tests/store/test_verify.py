"""Checks that a case is as it was written, and repairs of one that is not."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from store.archive import Archive
from store.custody.doctor import doctor, repair
from store.custody.verify import recomputed, verify
from store.errors import DamagedCase, ExistingFile, MissingCase
from store.model.log_line import LineEdit, encode_line, read_line, redacted
from tests.small import SmallCase
from tests.store.checksums import mend_checksums
from tests.store.dumps import on_index
from tests.store.kept import KeptCase, entitle, held, title_of


@pytest.fixture
def case(tmp_path: Path) -> KeptCase:
    """A case with two entries in its log, both in the case file, and one snapshot before it."""
    case = KeptCase(tmp_path)
    archive = case.write()
    entitle(archive, "one")
    entitle(archive, "two")
    archive.close()
    return case


def altered(path: Path, old: str, new: str) -> None:
    """Put other words into a file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_nothing_is_found_where_nothing_is_wrong(case: KeptCase) -> None:
    assert list(verify(case.path)) == []
    assert doctor(case.path) == []
    case.titles("three")
    assert list(verify(case.path)) == []


FOUND: dict[str, tuple[Callable[[KeptCase], object], list[str]]] = {
    "a line of the log was altered": (
        lambda case: altered(case.log, "it is one", "it is won"),
        ["case.json.log: line 1: it was altered: its hash does not match"],
    ),
    "a line of the log was torn": (
        lambda case: case.log.write_bytes(case.log.read_bytes()[:-1]),
        [
            "case.json.log: line 2: it is incomplete",
            "case.json: it includes 2 entries, but the log has fewer",
        ],
    ),
    "a line of the log is no line": (
        lambda case: altered(case.log, '{"sequence":2', '["sequence":2'),
        ["case.json.log: line 2: it is not an entry", "case.json: it includes 2 entries"],
    ),
    "the case was edited": (
        lambda case: altered(case.path, '"two"', '"by hand"'),
        ["case.json: its records were altered since it was written"],
    ),
    "a record is damaged": (
        lambda case: altered(case.path, '"two","type":"', '"two","type":"un'),
        ["case.json: events 1 (evt_Fall): Invalid enum value", "case.json: events 1: Invalid enum"],
    ),
    "a record of the case has another number": (
        lambda case: altered(case.path, '"events": {\n "1"', '"events": {\n "7"'),
        ["case.json: its layout was altered since it was written, but not its records"],
    ),
    "a blank of a snapshot became a tab": (
        lambda case: altered(case.path, '\n "1"', '\n\t"1"'),
        ["case.json: its layout was altered since it was written, but not its records"],
    ),
    "what the case says of its place in the log was altered": (
        lambda case: altered(case.path, '"sequence":2', '"sequence":1'),
        ["case.json: its table 'log' is damaged (its seal does not belong to it)"],
    ),
    "the case on which the log began was altered": (
        lambda case: altered(case.path.with_name("case.json.1"), '"Fall"', '"Fell"'),
        ["case.json.1: its records do not match the beginning of the log"],
    ),
    "a snapshot was edited": (
        lambda case: altered(case.path.with_name("case.json.1"), "{", "["),
        ["case.json.1: this JSON is not a case"],
    ),
}


def test_an_edit_by_hand_of_which_the_log_tells_is_no_damage(tmp_path: Path) -> None:
    case = KeptCase(tmp_path)
    case.titles("one")
    altered(case.path, '"Rebels"', '"Insurgents"')
    assert doctor(case.path) == [f"{case.path}: its records do not match the beginning of the log"]
    case.titles("two")
    assert doctor(case.path) == []


@pytest.mark.parametrize("what", FOUND)
def test_what_is_wrong_is_told(case: KeptCase, what: str) -> None:
    damage, expected = FOUND[what]
    damage(case)
    said = doctor(case.path)
    assert len(said) == len(expected), said
    for line, beginning in zip(said, expected, strict=True):
        assert line.startswith(f"{case.path.parent}/{beginning}")


def quoting(folder: Path) -> Path:
    """A case of one claim."""
    small = SmallCase()
    fall = small.event("Fall")
    paper = small.source("Paper")
    news = small.article("news", "Rebels took Hama. It fell.", publisher=paper)
    small.claim(fall, news, "took Hama")
    return small.write(folder / "quoting.json")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('"exact":"took Hama"', '"exact":"took Homs"', "has other words at"),
        ('"publisher":"src_Paper"', '"publisher":"src_None"', "publisher: there is no"),
        ('"text":"Rebels', '"text":"REBELS', "text_sha256: does not match the text"),
    ],
)
def test_every_record_is_looked_at(tmp_path: Path, old: str, new: str, found: str) -> None:
    path = quoting(tmp_path)
    altered(path, old, new)
    assert any(found in line for line in doctor(path))


def test_a_passage_of_another_text_is_found(tmp_path: Path) -> None:
    path = quoting(tmp_path)
    assert doctor(path) == []
    text = path.read_text()
    (sha,) = {line.split('"')[0] for line in text.split('"text_sha256":"')[1:]}
    at = text.rindex(sha)
    path.write_text(f"{text[:at]}{'0' * 64}{text[at + 64 :]}")
    assert any("text_sha256: does not match the text" in line for line in doctor(path))


def test_figures_are_worked_out_again(case: KeptCase) -> None:
    archive = case.write()
    entitle(archive, "three")
    assert list(recomputed(archive)) == []
    on_index(archive, lambda index: index.execute("UPDATE events SET articles = 9"))
    on_index(archive, mend_checksums)
    assert list(recomputed(archive)) == [case.fall]
    archive.close()


def test_no_case_at_all(tmp_path: Path) -> None:
    with pytest.raises(MissingCase):
        doctor(tmp_path / "none.json")
    with pytest.raises(DamagedCase, match="nothing could be saved"):
        repair(tmp_path / "none.json", tmp_path / "new.json")


def saved(case: KeptCase) -> tuple[Archive, list[str]]:
    """The case as doctor saves it, open for writing, and the messages."""
    was = {one: one.read_bytes() for one in case.path.parent.iterdir() if one.is_file()}
    to = case.path.with_name("saved.json")
    told = list(repair(case.path, to).messages)
    assert {one: one.read_bytes() for one in was} == was, "the old files are as they were"
    assert doctor(to) == []
    return Archive.open(to, writing=True), told


def test_a_cut_off_case_is_saved_from_the_snapshot_before_it_and_the_log(case: KeptCase) -> None:
    case.path.write_bytes(case.path.read_bytes()[:200])
    archive, told = saved(case)
    assert title_of(archive) == "two"
    assert any("case.json.1, with the changes of the log" in line for line in told)
    archive.undo()
    archive.undo()
    assert title_of(archive) == "Fall"
    archive.close()


def test_a_case_is_gone_and_a_snapshot_is_left(case: KeptCase) -> None:
    case.path.unlink()
    assert doctor(case.path) == [f"{case.path}: is missing, but case.json.1 exists"]
    archive, _ = saved(case)
    assert title_of(archive) == "two"
    archive.close()


def test_a_damaged_log_leaves_the_case_as_it_is(case: KeptCase) -> None:
    altered(case.log, "it is one", "it is won")
    archive, told = saved(case)
    assert title_of(archive) == "two"
    assert archive.history() == []
    assert told[-1] == "the log stays with the old case; the new one begins a new log"
    archive.close()


def test_changes_after_the_damage_are_saved_where_they_fit(case: KeptCase) -> None:
    case.titles("three", "four")
    altered(case.log, "it is three", "it is thrice")
    archive = case.path.with_name("saved.json")
    told = repair(case.path, archive).messages
    assert "entry 4: evt_Fall differs, and is left unchanged" in told


def test_a_damaged_record_is_restored_from_the_log(case: KeptCase) -> None:
    for n in range(1, 6):
        case.path.with_name(f"case.json.{n}").unlink(missing_ok=True)
    altered(case.path, '"two","type":"', '"two","type":"un')
    archive, told = saved(case)
    assert title_of(archive) == "two"
    assert case.rebels in held(archive)
    assert any("of events is left out" in line for line in told)
    archive.close()


# what was altered outside of the program


def test_an_edit_that_the_log_records_is_no_fault_of_the_backup_that_has_it(
    case: KeptCase,
) -> None:
    altered(case.path, '"two"', '"by hand"')
    for n in range(3):
        archive = case.write()
        entitle(archive, f"after {n}")
        archive.close()
        assert list(verify(case.path)) == []
    assert b'"by hand"' in case.path.with_name("case.json.3").read_bytes()


def test_what_was_altered_outside_is_not_taken_over_and_is_named(case: KeptCase) -> None:
    altered(case.path, '"title":"two"', '"title":"forged"')
    altered(case.path, '"name":"Rebels"', '"name":"Rebels!"')
    archive, told = saved(case)
    assert title_of(archive) == "two"
    assert told[0] == "the records come from case.json.1, with the changes of the log"
    assert sorted(told[1:-1]) == [
        "actors act_Rebels: name altered there, but kept as written by the program",
        "events evt_Fall: title altered there, but kept as written by the program",
    ]
    assert told[-1].startswith("to keep the edits in case.json, open that case")
    assert len(archive.history()) == 2, "its log is whole and goes on"
    archive.undo()
    assert title_of(archive) == "one"
    archive.close()


def test_what_was_added_and_taken_out_outside_is_named(case: KeptCase) -> None:
    text = case.path.read_text()
    line = next(one for one in text.splitlines() if "act_Rebels" in one)
    case.path.write_text(text.replace(line, line.replace("act_Rebels", "act_Others")))
    archive, told = saved(case)
    assert case.rebels in held(archive)
    assert "actors act_Others: was added there, but is left out" in told
    assert "actors act_Rebels: was removed there, but is kept" in told
    archive.close()


def test_a_file_that_says_no_more_what_it_is_does_not_pass_for_the_case(case: KeptCase) -> None:
    """The log reveals an altered record even after the table `log` was removed."""
    text = case.path.read_text().replace('"title":"two"', '"title":"forged"')
    head = text.index('"log": {')
    case.path.write_text(text[:head].rstrip().removesuffix(",") + "\n}\n")
    archive, told = saved(case)
    assert title_of(archive) == "two"
    assert any(line.startswith("events evt_Fall: title altered there") for line in told)
    archive.close()


def test_without_a_snapshot_before_only_what_the_log_knows_is_as_it_was(case: KeptCase) -> None:
    case.path.with_name("case.json.1").unlink()
    altered(case.path, '"title":"two"', '"title":"forged"')
    altered(case.path, '"name":"Rebels"', '"name":"Rebels!"')
    archive, told = saved(case)
    assert title_of(archive) == "two"
    assert "was altered outside the program, and no backup matches the log" in told[0]
    assert "events evt_Fall: title altered there, but kept as written by the program" in told
    archive.close()


def test_what_refers_to_what_is_lost_is_left_out(tmp_path: Path) -> None:
    path = quoting(tmp_path)
    altered(path, '"exact":"took Hama"', '"exact":"took Homs"')
    told = repair(path, tmp_path / "saved.json").messages
    assert [line.split(" is left out")[0].split(" ")[0] for line in told] == ["passages", "claims"]
    assert doctor(tmp_path / "saved.json") == []


def test_nothing_is_written_over(case: KeptCase) -> None:
    with pytest.raises(ExistingFile, match="exists already"):
        repair(case.path, case.path)


def test_a_redaction_that_nobody_announced_is_found(case: KeptCase) -> None:
    whole = case.log.read_bytes().splitlines(keepends=True)
    first = read_line(whole[0])
    (edit,) = first.edits
    hidden = LineEdit(edit.table, edit.id, edit.before, redacted(edit.after))
    whole[0] = encode_line(msgspec.structs.replace(first, edits=(hidden,)))
    case.log.write_bytes(b"".join(whole))
    assert doctor(case.path) == [f"{case.log}: line 1: evt_Fall is redacted, but no entry says so"]
