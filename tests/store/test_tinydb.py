"""A case file as TinyDB sees it: queried, altered by stock TinyDB, and written by our storage."""

import json
import re
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.operations import delete
from tinydb.storages import JSONStorage, Storage

from docs.made import ROOT
from seeds.bundled import BUNDLED
from store.archive import Archive
from store.custody.doctor import repair
from store.custody.verify import verify
from store.document.case_storage import CaseStorage
from store.errors import DamagedCase
from store.model.change import Change, Edit
from store.model.judgements import Mark, MarkKind
from store.model.log_line import Act
from store.model.records import AnyRecord
from tests.store.kept import WHEN, KeptCase, entitle, held

TAG = {"id": "tag_Key", "about": "evt_Fall", "by": "Ada", "at": WHEN, "name": "key"}
NOTE = {"id": "not_One", "about": "evt_Fall", "by": "Ada", "at": WHEN, "text": "seen in حماة"}


@pytest.fixture
def case(tmp_path: Path) -> KeptCase:
    """A small case that was changed and saved once."""
    case = KeptCase(tmp_path)
    archive = case.write()
    entitle(archive, "one")
    archive.close()
    return case


def records_of(case: KeptCase) -> dict[str, AnyRecord]:
    """Every record by id, read after opening the case."""
    with closing(case.read()) as archive:
        return held(archive)


def on_one_line(case: KeptCase) -> None:
    """Let stock TinyDB write the same records, all on one line."""
    with TinyDB(case.path) as database:
        database.table("none").insert({})
        database.drop_table("none")


def is_ours(path: Path) -> bool:
    """True where the file is laid out as this program writes it, one record a line."""
    tables = json.loads(path.read_bytes())
    records = sum(map(len, tables.values()))
    return len(path.read_bytes().splitlines()) == 2 + 2 * len(tables) + records


def test_the_lines_of_the_page_query_a_case_with_stock_tinydb(tmp_path: Path) -> None:
    page = (ROOT / "docs/data-model.md").read_text("utf-8")
    found = re.search(r"```python\n(.*?)```\n\n```text\n(.*?)```", page, re.DOTALL)
    assert found
    code, shown = found.groups()
    shutil.copy(BUNDLED, tmp_path / "case.json")
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert (ran.stdout, ran.stderr) == (shown, "")
    assert (tmp_path / "case.json").read_bytes() == BUNDLED.read_bytes(), "a query writes nothing"


def retitled(database: TinyDB) -> None:
    database.table("events").update({"title": "حماة, by TinyDB"}, where("id") == "evt_Fall")


def tagged(database: TinyDB) -> None:
    database.table("tags").insert(TAG)


def noted(database: TinyDB) -> None:
    database.table("notes").insert(NOTE)


def removed(database: TinyDB) -> None:
    database.table("actors").remove(where("name") == "Rebels")


@pytest.mark.parametrize("storage", [JSONStorage, CaseStorage])
@pytest.mark.parametrize("alter", [retitled, tagged, noted, removed])
def test_what_tinydb_writes_is_noticed_and_kept_and_can_be_undone(
    case: KeptCase, alter: Callable[[TinyDB], None], storage: type[Storage]
) -> None:
    before = records_of(case)
    with TinyDB(case.path, storage=storage) as database:
        alter(database)
    assert is_ours(case.path) == (storage is CaseStorage)
    altered = records_of(case)
    assert altered != before
    archive = case.write()
    assert archive.notices == (f"{case.path}: was edited outside this program",)
    star = Mark(id="mrk_One", about=case.fall, by="Ada", at=WHEN, kind=MarkKind.STAR)
    archive.change(Change("Ada", WHEN, "starred", [Edit("marks", star.id, None, star)]))
    assert [one.act for one in archive.history()] == [Act.CHANGE, Act.OUTSIDE, Act.CHANGE]
    archive.close()
    assert is_ours(case.path)
    assert [one for one in verify(case.path) if one.file == case.path] == []
    archive = case.write()
    assert archive.notices == ()
    assert held(archive) == {**altered, star.id: star}
    archive.undo()
    assert held(archive) == altered
    archive.undo()
    assert held(archive) == before
    archive.close()


def test_what_stock_tinydb_only_lays_out_on_one_line_was_not_edited(case: KeptCase) -> None:
    before = records_of(case)
    on_one_line(case)
    assert case.path.read_bytes().count(b"\n") == 0
    (found,) = verify(case.path)
    assert found.what == "its layout was altered since it was written, but not its records"
    archive = case.write()
    assert archive.notices == ()
    assert held(archive) == before
    entitle(archive, "two")
    archive.close()
    assert is_ours(case.path)


def mistyped(database: TinyDB) -> None:
    database.table("events").update({"type": "party"}, where("id") == "evt_Fall")


def misspelt(database: TinyDB) -> None:
    database.table("events").update({"titel": "two"}, where("id") == "evt_Fall")


def untitled(database: TinyDB) -> None:
    database.table("events").update(delete("title"), where("id") == "evt_Fall")


def mistagged(database: TinyDB) -> None:
    database.table("tags").insert({**TAG, "name": ""})


def about_nothing(database: TinyDB) -> None:
    database.table("tags").insert({**TAG, "about": "evt_None"})


def with_one_id_twice(database: TinyDB) -> None:
    database.table("tags").insert_multiple([TAG, TAG])


def in_no_table(database: TinyDB) -> None:
    database.insert(TAG)


def emptied(database: TinyDB) -> None:
    database.drop_tables()


@pytest.mark.parametrize(
    ("alter", "said"),
    [
        (mistyped, "events 1 (evt_Fall): Invalid enum value 'party' - at `$.type`"),
        (misspelt, "events 1 (evt_Fall): Object contains unknown field `titel`"),
        (untitled, "events 1 (evt_Fall): Object missing required field `title`"),
        (about_nothing, "tags tag_Key: about: there is no 'evt_None' in events"),
        (with_one_id_twice, "tag_Key"),
        (in_no_table, "unknown table '_default'"),
        (emptied, "holds 0 records in its table 'case', not one"),
    ],
)
def test_what_stock_tinydb_makes_invalid_is_refused_in_one_line(
    case: KeptCase, alter: Callable[[TinyDB], None], said: str
) -> None:
    with TinyDB(case.path) as database:
        alter(database)
    for opening in (case.read, case.write):
        with pytest.raises(DamagedCase) as refused:
            opening()
        assert refused.value.message.startswith(f"{case.path}: ")
        assert said in refused.value.message
        assert "\n" not in refused.value.message + refused.value.hint
        assert refused.value.hint


@pytest.mark.parametrize(
    ("alter", "left_out"),
    [
        (in_no_table, "the unknown table '_default' is left out"),
        (mistagged, "tags 1 is left out: Expected `str` of length >= 1 - at `$.name`"),
    ],
)
def test_doctor_saves_the_rest_of_what_stock_tinydb_wrote(
    case: KeptCase, alter: Callable[[TinyDB], None], left_out: str, tmp_path: Path
) -> None:
    before = records_of(case)
    for path in case.path.parent.glob("case.json.*"):
        path.unlink()
    with TinyDB(case.path) as database:
        alter(database)
    new = tmp_path / "saved.json"
    assert f"{case.path}: {left_out}" in repair(case.path, new).messages
    with closing(Archive.open(new)) as archive:
        assert held(archive) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"events": {', '"events": {"1": {"id": "evt_Lost"}, '),
        ('"events": {', '"events": {"\\u0031": {"id": "evt_Lost"}, '),
        ("{", '{"events": {}, '),
    ],
)
def test_a_number_or_table_twice_is_found_on_one_line_too(
    case: KeptCase, old: str, new: str
) -> None:
    on_one_line(case)
    text = case.path.read_text("utf-8")
    assert old in text
    case.path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DamagedCase, match="a table occurs twice, or a number occurs twice"):
        case.read()


def test_our_storage_answers_and_writes_as_tinydb_does(case: KeptCase) -> None:
    with TinyDB(case.path) as stock, TinyDB(case.path, storage=CaseStorage) as our:
        assert our.tables() == stock.tables()
        assert {one: our.table(one).all() for one in our.tables()} == {
            one: stock.table(one).all() for one in stock.tables()
        }
    tables = CaseStorage(case.path).read()
    CaseStorage(case.path).write({**tables, "tags": {"7": TAG}, "notes": {}})
    assert is_ours(case.path)
    assert json.loads(case.path.read_bytes()) == {**tables, "tags": {"7": TAG}}


def test_our_storage_replaces_the_file_and_backs_it_up_where_asked(
    case: KeptCase, tmp_path: Path
) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(case.path)
    case.path.chmod(0o644)
    with case.path.open("rb") as file:
        before = file.read()
        with TinyDB(str(link), storage=CaseStorage, keep=True) as database:
            retitled(database)
        file.seek(0)
        assert file.read() == before, "the file of before is not written in"
    assert link.is_symlink()
    assert case.path.stat().st_mode & 0o777 == 0o600
    assert case.path.with_name("case.json.1").read_bytes() == before
    with TinyDB(case.path, storage=CaseStorage) as database:
        tagged(database)
    assert case.path.with_name("case.json.1").read_bytes() == before


def test_what_cannot_be_json_leaves_the_file_as_it_was(case: KeptCase) -> None:
    before = sorted(case.path.parent.iterdir()), case.path.read_bytes()
    with (
        TinyDB(case.path, storage=CaseStorage) as database,
        pytest.raises(TypeError, match="object is unsupported"),
    ):
        database.table("tags").insert({**TAG, "name": object()})
    assert (sorted(case.path.parent.iterdir()), case.path.read_bytes()) == before


def test_a_record_out_of_range_is_refused_by_our_storage(case: KeptCase) -> None:
    case.path.write_text(case.path.read_text("utf-8").replace('"one"', "1e400"), "utf-8")
    with (
        TinyDB(case.path, storage=CaseStorage) as database,
        pytest.raises(DamagedCase, match="not JSON"),
    ):
        database.table("events").all()


def test_a_stream_of_records_is_not_held_in_memory(tmp_path: Path) -> None:
    row = b'{"text":"%s"}' % (b"x" * 10_000)
    size = 2_000 * len(row)

    def rows() -> Iterator[tuple[int, bytes]]:
        for number in range(1, 2_001):
            yield number, bytes(bytearray(row))  # another object each time

    tracemalloc.start()
    try:
        CaseStorage(tmp_path / "case.json").write_rows([("notes", rows())])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (tmp_path / "case.json").stat().st_size > size
    assert peak < size / 4
