"""Writing of a case as text: a folder of TOML files and articles, as `read_folder` reads it."""

import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from store.archive import Archive
from store.coding_text.keys import REGISTERS, SUBJECTS
from store.coding_text.read_findings import FINDINGS_TABLES, PAIRS, natural_id
from store.coding_text.read_folder import CASE_FILE, FINDINGS
from store.coding_text.record_keys import RecordKeys
from store.coding_text.toml_text import key_text, table_text
from store.coding_text.write_article import article_text, fields_of
from store.database import disk
from store.database.originals import kept_originals
from store.errors import UnwritableOutput, UsageError
from store.model.labels import count_text
from store.model.record import make_id
from store.model.records import RECORD_TYPES, AnyRecord, Article, Case, Claim, Passage
from store.model.references import TABLE_OF
from store.queries.records import all_records

MAX_ARTICLES = 20_000
"""The most articles of a case as text: each is two files."""

_WORD_OF = {table: word for word, table in SUBJECTS.items()}
_LISTS = ("conventions", "chips")
"""The fields of a table that have a line for each value."""


class WrittenText(NamedTuple):
    """The account of a case that was written as text: records by table, and what it lacks."""

    counts: Counter[str]
    lacks: tuple[str, ...]


def write_text(archive: Archive, folder: Path) -> WrittenText:
    """Write a case as text into a folder, which is new or empty; only its owner can read it.

    The folder appears complete or not at all. Raises `UnwritableOutput`, and `UsageError`
    where the case has more than `MAX_ARTICLES` articles.
    """
    records: dict[str, list[AnyRecord]] = {table: [] for table in RECORD_TYPES}
    for table, one in archive.ask(lambda reader: list(all_records(reader))):
        records[table].append(one)
    articles = len(records["articles"])
    if articles > MAX_ARTICLES:
        raise UsageError(
            f"{archive.path}: has {count_text(articles, 'article')}, but a case as text has at"
            f" most {MAX_ARTICLES:,}",
            "send it with pack, or list parts of it with events and articles --format json",
        )
    write_files(folder, text_files(archive.case, records))
    counts = Counter({table: len(held) for table, held in records.items() if held})
    return WrittenText(counts, tuple(_lacks(archive)))


def _lacks(archive: Archive) -> Iterator[str]:
    """Say what the case has and its text has not."""
    if entries := len(archive.history()):
        log = f"{entries:,} {'entry' if entries == 1 else 'entries'}"
        yield f"the log ({log}): who changed what, when and why"
    if originals := len(kept_originals(archive.path)):
        yield f"the original files of the articles ({count_text(originals, 'file')})"


def text_files(case: Case, records: Mapping[str, list[AnyRecord]]) -> Iterator[tuple[str, str]]:
    """The files of a case as text: name and content."""
    keys = RecordKeys(records)
    head = fields_of(case, keys)
    del head["schema"]
    if head.pop("id") == make_id("case", case.name):
        yield CASE_FILE, table_text("", head, _LISTS)
    else:
        yield CASE_FILE, table_text("", {"id": case.id, **head}, _LISTS)
    for table, prefix in REGISTERS.items():
        if records[table] or table != "datasets":
            registered = (_registered(table, prefix, one, keys, case) for one in records[table])
            yield f"{table}.toml", "\n".join(registered)
    passages: dict[str, list[Passage]] = defaultdict(list)
    for one in records["passages"]:
        assert isinstance(one, Passage)
        passages[one.article].append(one)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for one in records["claims"]:
        assert isinstance(one, Claim)
        claims[one.passage].append(one)
    for one in records["articles"]:
        assert isinstance(one, Article)
        coding, text = article_text(one, passages[one.id], claims, keys, case.name)
        yield f"{keys[one.id]}.toml", coding
        if text is not None:
            yield f"{keys[one.id]}.txt", text
    found = [
        _finding(word, table, one, keys)
        for word, table in FINDINGS_TABLES.items()
        for one in records[table]
    ]
    if found:
        yield FINDINGS, "\n".join(found)


def _registered(table: str, prefix: str, one: AnyRecord, keys: RecordKeys, case: Case) -> str:
    fields = fields_of(one, keys, table)
    key = keys[one.id]
    if fields.pop("id") != make_id(prefix, case.name, key):
        fields = {"id": one.id, **fields}
    if "row" in fields:
        fields["row"] = {**fields["row"], "dataset": keys[fields["row"]["dataset"]]}
    return table_text(f"[{key_text(key)}]", fields)


def _finding(word: str, table: str, one: AnyRecord, keys: RecordKeys) -> str:
    fields = fields_of(one, keys)
    about: dict[str, Any] = {}
    if fields["id"] == natural_id(table, fields):
        del fields["id"]
    if word in PAIRS:
        pair = (fields.pop("about"), fields.pop("other"))
        about = {TABLE_OF[pair[0][:3]]: keys.of(pair)}
    elif word != "filter":
        id = fields.pop("about")
        about = {_WORD_OF[TABLE_OF[id[:3]]]: keys[id]}
    return table_text(f"[[{word}]]", {**about, **fields}, _LISTS)


def write_files(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    """Write the files into a new folder beside the one that is wanted, and give it its name."""
    try:
        if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any_in(folder))):
            raise UnwritableOutput(
                f"{folder}: exists already, and is no empty folder", "name a new folder"
            )
        temporary = folder.with_name(f"{folder.name}.new")
        temporary.mkdir(mode=0o700)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UnwritableOutput(
            f"{folder}: cannot be written ({why})", "name a new folder where you may write"
        ) from error
    try:
        for name, content in files:
            disk.write_new(temporary / name, [content.encode()])
        disk.flush_folder(temporary)
        temporary.rename(folder)
        disk.flush_folder(folder.parent)
    except BaseException as error:
        shutil.rmtree(temporary, ignore_errors=True)
        if isinstance(error, OSError):
            raise UnwritableOutput(
                f"{folder}: cannot be written ({error.strerror})", "check the folder and the disk"
            ) from error
        raise


def any_in(folder: Path) -> bool:
    """True for a folder that has anything in it."""
    with os.scandir(folder) as held:
        return next(held, None) is not None
