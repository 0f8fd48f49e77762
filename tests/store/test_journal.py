"""Acknowledged changes survive, and damage is detected."""

import os
from pathlib import Path
from random import Random

import msgspec
import pytest
from tinydb import TinyDB

from store.archive import Archive
from store.errors import (
    ConflictError,
    DamagedCase,
    ReadOnlyCase,
    RefusedChange,
    UnreadableCase,
    UsageError,
)
from store.model.change import Change, Edit
from store.model.log_line import Act
from store.model.records import Event
from store.model.vocabulary import EventType
from tests.examples import sample
from tests.store.kept import NAMES, WHEN, KeptCase, abandon, entitle, title_of


@pytest.fixture
def case(tmp_path: Path) -> KeptCase:
    """A small case on the disk."""
    return KeptCase(tmp_path)


@pytest.fixture(params=NAMES)
def either(tmp_path: Path, request: pytest.FixtureRequest) -> KeptCase:
    """A small case in files, or in a database."""
    return KeptCase(tmp_path, request.param)


def test_a_change_is_there_after_the_program_was_killed(either: KeptCase) -> None:
    either.titles("Hama falls", "Hama is taken")
    assert either.title() == "Hama is taken"


def test_a_line_says_who_did_what_when_and_why(case: KeptCase) -> None:
    case.titles("Hama falls")
    (line,) = [msgspec.json.decode(one) for one in case.log.read_bytes().splitlines()]
    assert (line["sequence"], line["who"], line["when"]) == (1, "me", WHEN)
    assert line["why"] == "it is Hama falls"
    (edit,) = line["edits"]
    assert (edit["before"]["title"], edit["after"]["title"]) == ("Fall", "Hama falls")


def test_log_and_snapshots_are_the_owners_alone(case: KeptCase) -> None:
    case.path.chmod(0o644)
    archive = case.write()
    entitle(archive, "Hama falls")
    archive.close()
    assert {one.name: one.stat().st_mode & 0o777 for one in case.path.parent.glob("case*")} == {
        "case.json": 0o600,
        "case.json.1": 0o600,  # whatever it was when it was given to us
        "case.json.lock": 0o600,
        "case.json.log": 0o600,
    }


def test_stock_tinydb_reads_what_was_written(case: KeptCase) -> None:
    archive = case.write()
    entitle(archive, "Hama falls")
    archive.close()
    with TinyDB(case.path) as database:
        assert [one["title"] for one in database.table("events")] == ["Hama falls"]


def test_a_reader_leaves_nothing_behind_and_changes_nothing(case: KeptCase) -> None:
    case.path.parent.chmod(0o500)
    try:
        archive = case.read()
        assert not archive.writable
        with pytest.raises(ReadOnlyCase, match="is open read-only"):
            entitle(archive, "Hama falls")
        with pytest.raises(ReadOnlyCase):
            archive.change(Change("", "", "", []))
        archive.save_snapshot()
        archive.close()
    finally:
        case.path.parent.chmod(0o700)
    assert [one.name for one in case.path.parent.glob("case*")] == ["case.json"]


def test_a_last_line_that_was_cut_off_anywhere_is_set_aside(case: KeptCase) -> None:
    case.titles("Hama falls", "Hama is taken")
    whole = case.log.read_bytes()
    first = whole.index(b"\n") + 1
    ends = sample(range(first, len(whole)), of="torn")
    for end in {first, *ends}:
        case.log.write_bytes(whole[:end])
        assert case.title() == "Hama falls"
        assert case.log.read_bytes() == whole[:end], "a reader lets it be"
        archive = case.write()
        assert title_of(archive) == "Hama falls"
        assert len(archive.notices) == (end > first)
        entitle(archive, "Hama is lost")
        abandon(archive)
        assert case.title() == "Hama is lost"
    aside = list(case.path.parent.glob("case.json.log.torn-*"))
    assert {one.read_bytes() for one in aside} == {whole[first:end] for end in ends if end > first}


def test_a_reader_is_told_of_a_torn_line(case: KeptCase) -> None:
    case.titles("Hama falls")
    with case.log.open("ab") as file:
        file.write(b'{"sequence":2,"pr')
    archive = case.read()
    assert archive.notices == (f"{case.log}: ignored its incomplete last line",)
    archive.close()


def test_no_bit_of_the_log_can_turn_without_being_noticed(case: KeptCase) -> None:
    case.titles("Hama falls", "Hama – حماة\x1e – is taken", "Hama is lost")
    whole = case.log.read_bytes()
    bits = {(at, bit) for at in range(len(whole)) for bit in range(8)}
    ends = [at for at in range(len(whole)) if whole[at] == ord("\n")]
    sample = {(at, bit) for at in ends for bit in range(8)}
    sample |= set(Random(1).sample(sorted(bits), 300))
    for at, bit in sorted(sample):
        turned = bytearray(whole)
        turned[at] ^= 1 << bit
        case.log.write_bytes(turned)
        with pytest.raises(DamagedCase) as refused:
            case.read()
        line = whole.count(b"\n", 0, at) + 1
        assert refused.value.message.startswith(f"{case.log}: line {line}: ")
        assert "doctor" in refused.value.hint
        assert case.log.read_bytes() == turned


@pytest.mark.parametrize("gone", [0, 1])
def test_a_missing_line_is_noticed(case: KeptCase, gone: int) -> None:
    case.titles("one", "two", "three")
    lines = case.log.read_bytes().splitlines(keepends=True)
    del lines[gone]
    case.log.write_bytes(b"".join(lines))
    with pytest.raises(DamagedCase, match=f"entry {gone + 1} is missing"):
        case.read()


def test_entries_that_only_the_case_has_are_missed(case: KeptCase) -> None:
    archive = case.write()
    entitle(archive, "one")
    entitle(archive, "two")
    archive.close()
    lines = case.log.read_bytes().splitlines(keepends=True)
    case.log.write_bytes(lines[0])
    with pytest.raises(DamagedCase, match="the case holds 2 entries, and the last here is 1"):
        case.read()


def test_the_log_of_another_case_is_refused(case: KeptCase, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = KeptCase(tmp_path / "other")
    for one, title in ((case, "one"), (other, "two")):
        archive = one.write()
        entitle(archive, title)
        archive.close()
    case.log.write_bytes(other.log.read_bytes())
    with pytest.raises(DamagedCase, match="continues from a different entry"):
        case.read()


def test_what_does_not_fit_is_not_written_down(case: KeptCase) -> None:
    archive = case.write()
    event = Event(id="evt_New", title="New", type=EventType.OTHER)
    wrong: list[tuple[Edit, type[ConflictError]]] = [
        (Edit("events", "evt_New", event, None), RefusedChange),
        (Edit("actors", "evt_New", None, event), RefusedChange),
        (Edit("evnets", "evt_New", None, event), RefusedChange),
        (Edit("events", "evt_New", None, replaced(event, title=5)), RefusedChange),
        (Edit("events", "evt_New", None, replaced(event, type="no type")), RefusedChange),
        (Edit("events", "evt_New", None, replaced(event, title="\udcff")), UsageError),
        (Edit("events", "evt_New", None, replaced(event, part_of="evt_None")), DamagedCase),
        (Edit("case", archive.case.id, None, archive.case), RefusedChange),
        (Edit("case", archive.case.id, archive.case, None), RefusedChange),
    ]
    for edit, error in wrong:
        with pytest.raises(error):
            archive.change(Change("me", WHEN, "", [edit]))
    archive.change(Change("me", WHEN, "nothing at all", []))
    assert not case.log.exists()
    assert archive.writable
    archive.close()
    assert not (case.path.parent / "case.json.1").exists(), "there was nothing to save"


def replaced(event: Event, **fields: object) -> Event:
    """The event with other fields, right or wrong."""
    return msgspec.structs.replace(event, **fields)


def test_the_case_itself_can_be_changed(either: KeptCase) -> None:
    archive = either.write()
    was = archive.case
    now = msgspec.structs.replace(was, title="Hama, 2024")
    archive.change(Change("", "", "", [Edit("case", was.id, was, now)]))
    abandon(archive)
    archive = either.write()
    assert archive.case == now
    archive.undo()
    archive.close()
    archive = either.read()
    assert archive.case == was
    archive.close()


def test_history_is_told_newest_first_of_a_record_and_of_a_person(either: KeptCase) -> None:
    archive = either.write(author="Amal")
    entitle(archive, "Hama falls")
    entitle(archive, "Hama is taken", who="Basil")
    archive.undo()
    told = archive.history()
    assert [(one.sequence, one.who, one.act, one.undoes) for one in told] == [
        (3, "Amal", Act.UNDO, 2),
        (2, "Basil", Act.CHANGE, None),
        (1, "Amal", Act.CHANGE, None),
    ]
    (edit,) = told[1].edits
    assert isinstance(edit.before, Event)
    assert isinstance(edit.after, Event)
    assert (edit.before.title, edit.after.title) == ("Hama falls", "Hama is taken")
    assert [one.sequence for one in archive.history(who="Amal")] == [3, 1]
    assert [one.sequence for one in archive.history(either.fall, most=2)] == [3, 2]
    assert archive.history(either.rebels) == []
    archive.close()


def test_a_case_opened_through_a_link_stays_where_it_is(either: KeptCase, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(either.path)
    archive = Archive.open(link, writing=True)
    entitle(archive, "Hama falls")
    archive.close()
    assert link.is_symlink()
    assert either.title() == "Hama falls"


def test_a_log_that_cannot_be_read_is_said(case: KeptCase) -> None:
    case.log.mkdir()
    with pytest.raises(UnreadableCase, match="cannot be read"):
        case.read()


def test_a_reader_follows_what_is_written(either: KeptCase) -> None:
    reader = either.read()
    assert reader.follow() == []
    writer = either.write(author="Amal")
    assert writer.follow() == []
    entitle(writer, "Hama falls")
    entitle(writer, "Hama is taken")
    assert [(one.who, one.why) for one in reader.follow()] == [
        ("Amal", "it is Hama falls"),
        ("Amal", "it is Hama is taken"),
    ]
    assert title_of(reader) == "Hama is taken"
    was = writer.case
    writer.change(
        Change("", "", "", [Edit("case", was.id, was, msgspec.structs.replace(was, title="Hama"))])
    )
    writer.save_snapshot()
    writer.undo()
    assert len(reader.follow()) == 2
    assert reader.case == was
    assert [one.act for one in reader.history(most=1)] == [Act.UNDO]
    writer.close()
    reader.close()


def test_half_a_line_is_not_there_yet(case: KeptCase) -> None:
    case.titles("Hama falls")
    writer, reader = case.write(), case.read()
    whole = case.log.read_bytes()
    entitle(writer, "Hama is lost")
    after = case.log.read_bytes()
    for end in (len(whole) + 1, len(after) - 1):
        os.truncate(case.log, len(whole))
        with case.log.open("ab") as file:
            file.write(after[len(whole) : end])
        assert reader.follow() == []
    case.log.write_bytes(after)
    assert len(reader.follow()) == 1
    assert title_of(reader) == title_of(writer)
    os.truncate(case.log, 10)
    with pytest.raises(DamagedCase, match="the log was replaced or shortened") as refused:
        reader.follow()
    assert refused.value.hint == "open the case again"
    abandon(writer)
    reader.close()
