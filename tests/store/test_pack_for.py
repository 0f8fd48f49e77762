"""A pack for somebody: nothing of what is left out is in its bytes, and its log is whole."""

import hashlib
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import pytest

from store.archive import Archive
from store.custody.anchor import find, grouped, head, typed_hash
from store.custody.chain import chain
from store.custody.left_out import LeftOut
from store.custody.pack import pack, unpack
from store.custody.pack_for import ForWhom
from store.custody.verify import verify
from store.database.originals import keep_original, kept_originals
from store.database.read_records import records
from store.model import changes
from store.model.change import Change, Edit
from store.model.judgements import Note, SavedCondition, Tag
from store.model.log_line import Act, Redacted, as_entry
from store.model.records import AnyRecord, Article, Capture, RowRef
from store.model.vocabulary import TextKind
from tests.small import SmallCase
from tests.store.kept import NAMES, WHEN, put_case

SECRET = "Zqxsecret"
"""Begins every text that must not go along."""

ANA = ForWhom("Ana", "me", "2026-01-01T00:00:00Z")
ORIGINAL = f"{SECRET} file".encode()
DIGEST = hashlib.sha256(ORIGINAL).hexdigest()
OPEN = b"an open file"


def _secretly(small: SmallCase, table: str, id: str, field: str) -> None:
    """Give a field of a record a text that must not go along."""
    one = small.tables[table][id]
    small.tables[table][id] = msgspec.structs.replace(one, **{field: f"{SECRET} {id}"})


def _case(path: Path) -> Path:
    """An open event with a report, and a restricted row with an actor and a place of its own."""
    small = SmallCase()
    free = small.dataset("free")
    shut = small.dataset("shut", version="1.2", free=False, licence="terms")
    press, rebels = small.source("Press"), small.actor("Rebels")
    own = small.actor("own", part_of=small.actor("army"))
    town = small.place("town", within=small.place("Country"))
    small.place("Hills", within="plc_Country")
    for table, id in (("actors", own), ("actors", "act_army"), ("places", town)):
        _secretly(small, table, id, "name")
    fall, news = small.event("Fall"), small.article("news", "Rebels took it on Friday.")
    small.acted(fall, news, "Rebels", rebels)
    row = small.row("1", f"what: {SECRET} battle", publisher=press, dataset=shut)
    _secretly(small, "articles", row, "title")
    small.row("2", "what: open battle", publisher=press, dataset=free)
    hidden = small.event("hidden", row=RowRef(dataset=shut, row="1", sha256="0" * 64))
    _secretly(small, "events", hidden, "title")
    small.event("Open", row=RowRef(dataset=free, row="2", sha256="1" * 64))
    small.acted(hidden, row, f"{SECRET} battle", own)
    small.placed(hidden, row, f"{SECRET} battle", town)
    small.dated(fall, row, f"{SECRET} battle", "2024-11-29")
    put_case(path, small.records())
    return path


def _put(archive: Archive, one: AnyRecord, why: str, before: AnyRecord | None = None) -> None:
    archive.change(changes.add_or_replace(before, one, why, "me", WHEN))


def _note(text: str, about: str = "evt_Fall", *, private: bool = False) -> Note:
    return changes.note(
        about, f"{SECRET if private else 'open'} {text}", "me", WHEN, private=private
    )


def _withdraw(archive: Archive, *ones: AnyRecord) -> None:
    archive.change(changes.withdraw_judgements(ones, f"{SECRET} in a reason", "me", WHEN))


@pytest.fixture(params=NAMES)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A case to whose records and log much was added that is not for others."""
    path = _case(tmp_path / request.param)
    keep_original(path, ORIGINAL)
    keep_original(path, OPEN)
    archive = Archive.open(path, author="me", writing=True)
    _put(archive, _note("stands"), "note on Fall")
    _put(archive, _note("stands", private=True), f"note on {SECRET}")
    _put(archive, _note("of the row", "evt_hidden"), f"note on {SECRET}")
    gone = _note("withdrawn", private=True)
    _put(archive, gone, "note on Fall")
    _withdraw(archive, gone)
    opened = _note("was private", private=True)
    _put(archive, opened, "note on Fall")
    now_open = msgspec.structs.replace(opened, text="open now", private=False)
    _put(archive, now_open, "made open", opened)
    closed = _note("is private now")
    _put(archive, closed, "note on Fall")
    _put(archive, msgspec.structs.replace(closed, text=SECRET, private=True), "closed", closed)
    _put(archive, changes.tag("evt_hidden", SECRET, "me", WHEN), f"tag {SECRET}")
    _put(archive, changes.tag("evt_Fall", "seen", "me", WHEN), "tag Fall")
    condition = SavedCondition(kind="actor", value="act_own", label=f"{SECRET} militia")
    _put(archive, changes.saved_filter(f"{SECRET} filter", [condition], "me", WHEN), "filter")
    captured = Capture(file="a.txt", imported=WHEN, by="me", tool="t")
    for id, dataset, content in (
        ("art_file", "dst_shut", ORIGINAL),
        ("art_same", None, ORIGINAL),
        ("art_open", None, OPEN),
    ):
        made = Article(
            id=id,
            title=f"{SECRET} headline" if dataset else "open headline",
            publisher=None,
            text_kind=TextKind.HEADLINE,
            raw_sha256=hashlib.sha256(content).hexdigest(),
            dataset=dataset,
            capture=captured,
        )
        archive.change(Change("", "", "article", [Edit("articles", id, None, made)]))
    part = msgspec.structs.replace(_record(archive, "evt_Open"), part_of="evt_hidden")
    archive.change(
        Change("", "", "part", [Edit("events", "evt_Open", _record(archive, "evt_Open"), part)])
    )
    archive.close()
    assert list(verify(path)) == []
    return path


def _record(archive: Archive, id: str) -> AnyRecord:
    return next(one for _, one in archive.ask(lambda c: list(records(c))) if one.id == id)


def _packed(case: Path, whom: ForWhom = ANA) -> tuple[Path, LeftOut]:
    """A pack for somebody, what it lacks, and the case unpacked from it."""
    packed, to = case.with_name("for.zip"), case.with_name(f"got{case.suffix}")
    found = pack(case, packed, whom)
    assert found
    unpack(packed, to)
    return to, found


def _bytes_of(packed: Path) -> Iterable[tuple[str, bytes]]:
    with zipfile.ZipFile(packed) as file:
        return [(name, file.read(name)) for name in file.namelist()]


def test_no_byte_of_it_has_a_word_of_what_is_left_out(case: Path) -> None:
    _, found = _packed(case)
    parts = dict(_bytes_of(case.with_name("for.zip")))
    for name, content in parts.items():
        assert SECRET.encode() not in content, name
        assert SECRET.lower().encode() not in content, name
    assert b"open headline" in b"".join(parts.values())
    assert [name for name in parts if name.startswith("originals/")] == [
        f"originals/{hashlib.sha256(OPEN).hexdigest()}"
    ]
    assert "2 private notes" in found.words
    assert "(not redistributable: shut 1.2)" in found.words
    assert not list(case.parent.glob("for.zip.*"))


def test_what_is_left_is_whole_and_the_chain_goes_on_from_that_of_the_case(case: Path) -> None:
    before = list(chain(case))
    to, found = _packed(case)
    assert list(verify(to)) == []
    lines = list(chain(to))
    assert [line.hash for line in lines[:-1]] == [line.hash for line in before]
    at = find(to, typed_hash(f"{len(before)}: {grouped(head(case).hash)}"))
    assert at.later.total() == 1
    assert (lines[-1].act, lines[-1].who, lines[-1].why) == (
        Act.LEFT_OUT,
        "me",
        f"for Ana: {found.words}",
    )
    entry = as_entry(lines[-1])
    gone = {edit.id for edit in entry.edits if edit.after is None}
    assert gone == set(found.gone)
    assert all(isinstance(edit.before, Redacted) for edit in entry.edits)


def test_it_has_all_else(case: Path) -> None:
    to, _ = _packed(case)
    archive = Archive.open(to, author="Ana", writing=True)
    held = {one.id: one for _, one in archive.ask(lambda c: list(records(c)))}
    names = {
        "act_Rebels", "plc_Country", "plc_Hills", "src_Press", "evt_Fall", "evt_Open", "art_news",
        "art_2", "art_same", "art_open", "dst_free", "dst_shut",
    }  # fmt: skip
    assert names == {id for id in held if id[:3] in {one[:3] for one in names}}
    assert sorted(one.text for one in held.values() if isinstance(one, Note)) == [
        "open now",
        "open stands",
    ]
    assert getattr(held["evt_Open"], "part_of", "") is None
    assert [one.name for one in held.values() if isinstance(one, Tag)] == ["seen"]
    assert not any(id.startswith("flt_") for id in held)
    assert archive.undo() is None, "what is left out cannot be brought back"
    _put(archive, _note("by Ana"), "note on Fall")
    assert archive.undo() is not None
    archive.close()
    assert list(verify(to)) == []
    assert [file.read_bytes() for file in kept_originals(to)] == [OPEN]


def test_it_is_packed_and_converted_again_and_for_somebody_else(case: Path) -> None:
    to, _ = _packed(case)
    archive = Archive.open(to, author="Ana", writing=True)
    _put(archive, _note("of Ana", private=True), "note on Fall")
    archive.close()
    again, last = case.with_name("again.zip"), case.with_name(f"last{case.suffix}")
    found = pack(to, again, ForWhom("Ben", "Ana", WHEN))
    assert found
    assert found.words == "1 private note"
    unpack(again, last)
    assert list(verify(last)) == []
    acts = [line.why for line in chain(last) if line.act is Act.LEFT_OUT]
    assert [str(why).partition(":")[0] for why in acts] == ["for Ana", "for Ben"]


def test_where_nothing_is_to_be_left_out_the_pack_is_that_of_the_case(tmp_path: Path) -> None:
    for name in NAMES:
        small = SmallCase()
        small.event("Fall")
        put_case(tmp_path / name, small.records())
        assert pack(tmp_path / name, tmp_path / f"{name}.zip", ANA) is None
        pack(tmp_path / name, tmp_path / f"{name}.whole.zip")
        whole = (tmp_path / f"{name}.whole.zip").read_bytes()
        assert (tmp_path / f"{name}.zip").read_bytes() == whole


def _altered(lines: list[bytes], change: Callable[[bytes], bytes]) -> bytes:
    return b"".join([*lines[:-1], change(lines[-1])])


def test_an_entry_that_is_changed_or_cut_off_is_found(tmp_path: Path) -> None:
    path = _case(tmp_path / "case.json")
    archive = Archive.open(path, author="me", writing=True)
    _put(archive, _note("one", private=True), "note on Fall")
    archive.close()
    to, _ = _packed(path)
    log = to.with_name("got.json.log")
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(_altered(lines, lambda one: one.replace(b"for Ana", b"for Bob")))
    assert [one.what for one in verify(to)]
    log.write_bytes(lines[0])
    assert [one.what for one in verify(to)]
