"""Reading of a case as text: a folder of TOML files and articles, into the records of a case.

A folder holds `case.toml`, a register each of `actors.toml`, `places.toml`,
`sources.toml`, `events.toml` and `datasets.toml`, and for each article
`NAME.txt` (its text) with `NAME.toml` (its passages and claims); `findings.toml`
may hold what persons found. Keys take the place of ids there; a record that
names its `id` keeps it. `docs/data-model.md` shows the form.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store.coding_text.keys import REGISTERS, Keys, record_of, table_place
from store.coding_text.read_article import ArticleText
from store.coding_text.read_findings import findings
from store.coding_text.toml_file import TomlFile
from store.errors import DamagedCase
from store.model.record import make_id
from store.model.records import SCHEMA, AnyRecord

CASE_FILE = "case.toml"
FINDINGS = "findings.toml"
RESERVED = frozenset((CASE_FILE, FINDINGS, *(f"{table}.toml" for table in REGISTERS)))
"""The files that are no article."""


def is_case_text(folder: Path) -> bool:
    """True for a folder that holds a case as text."""
    try:
        return (folder / CASE_FILE).is_file()
    except (OSError, ValueError):
        return False


def coded_case(folder: Path) -> Iterator[tuple[str, AnyRecord]]:
    """Read a case as text into `(table, record)` pairs, each after what it refers to.

    Raises `DamagedCase`, naming the file, the line, what is wrong there and what to do.
    """
    case = _file(folder / CASE_FILE)
    head = dict(case.tables)
    place = table_place(case, "")
    name = head.get("name")
    if not isinstance(name, str):
        raise place("the case has no name", 'give it one: name = "war-in-the-north"')
    keys = Keys(name)
    id = keys.take(_given_id(head, place) or make_id("case", name), place, "case")
    yield "case", record_of("case", {**head, "id": id, "schema": SCHEMA}, place)
    registers = {table: _register(folder, table, keys) for table in REGISTERS}
    articles = [ArticleText(path, keys) for path in _articles(folder)]
    for table in ("datasets", "actors", "places", "sources"):
        yield from _records(table, registers[table], keys)
    for article in articles:
        yield "articles", article.record()
    for article in articles:
        for passage in article.passages():
            yield "passages", passage
    yield from _records("events", registers["events"], keys)
    for article in articles:
        for claim in article.claims():
            yield "claims", claim
    if (folder / FINDINGS).exists():
        yield from findings(_file(folder / FINDINGS), keys)


def _file(path: Path) -> TomlFile:
    if not path.exists():
        raise DamagedCase(f"{path}: is missing", "a case as text needs it")
    return TomlFile(path)


def _articles(folder: Path) -> list[Path]:
    """The files of the articles, by name; raises `DamagedCase` for a text without one."""
    found = sorted(path for path in folder.glob("*.toml") if path.name not in RESERVED)
    known = {path.stem for path in found}
    for text in sorted(folder.glob("*.txt")):
        if text.stem not in known:
            raise DamagedCase(
                f"{text}: has no {text.stem}.toml beside it",
                "write one with [article] and its passages, or move the text away",
            )
    return found


def _register(folder: Path, table: str, keys: Keys) -> TomlFile | None:
    """Read a register, and note the ids of its keys; None where there is none."""
    path = folder / f"{table}.toml"
    if not path.exists():
        return None
    file = TomlFile(path)
    for key, fields in file.tables.items():
        place = table_place(file, key)
        if not isinstance(fields, dict):
            raise place(f"{key} is no table", f"begin each record with [{key}]")
        keys.add(table, key, _given_id(fields, place) or keys.register_id(table, key), place)
    return file


def _records(table: str, file: TomlFile | None, keys: Keys) -> Iterator[tuple[str, AnyRecord]]:
    for key, given in file.tables.items() if file else ():
        place = table_place(file, key) if file else None
        assert place is not None
        fields = {**given, "id": keys.id(table, key, place)}
        if isinstance(fields.get("row"), dict):
            row = dict(fields["row"])
            row["dataset"] = keys.id("datasets", row.get("dataset"), place)
            fields["row"] = row
        yield table, record_of(table, keys.resolve(table, fields, place), place)


def _given_id(fields: dict[str, Any], place: Any) -> str:
    """The id that a record names, empty where it names none."""
    id = fields.get("id", "")
    if not isinstance(id, str):
        raise place(f"id: {id!r} is no text", "put it in quotes, or take it out")
    return id
