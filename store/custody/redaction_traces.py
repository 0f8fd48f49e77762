"""The places that keep words of a case, and the search for redacted words in them."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from store.articles.reader import LimitedReader
from store.custody.chain import log_lines
from store.custody.word_search import WordSearch, searched_files, unescaped
from store.database import disk
from store.database.import_parts import ALTERED, unpack_edits, unpack_records
from store.database.originals import kept_originals
from store.database.sqlite import is_database
from store.database.sqlite_engine import SqliteEngine
from store.errors import ConflictError
from store.model.change import Edit
from store.model.log_line import Line, LineEdit, as_line_edit


class Place(NamedTuple):
    """A place that keeps words of a case, where that is, and what a redaction does to it."""

    name: str
    where: str
    effect: str


PLACES = (
    Place("records", "`war.json`; the tables of `war.db`", "redacts; lists other records"),
    Place("log", "`war.json.log`; the table `log`", "redacts; lists entries that keep the words"),
    Place(
        "backups",
        "`war.json.1` to `.5`",
        "redacts; lists files that keep the words",
    ),
    Place("imports", "the table `brought`", "redacts; lists imports that keep the words"),
    Place(
        "full text",
        "`event_words`, `article_words`, `name_words` and their vocabulary",
        "purges; lists single words that other texts use",
    ),
    Place("facet index", "the table `answers`", "deletes it; it is built again from what is left"),
    Place("kept index", "`war.json.index`", "deletes it first"),
    Place("free pages", "within `war.db`", "purges: writes the file anew"),
    Place("WAL", "`war.db-wal`", "purges: empties it"),
    Place(
        "temporary files",
        "`war.json.new`, `war.json.log.new` and so on, left by a write that was stopped",
        "removes them; lists others beside the case that end with `.new` or `.copy`",
    ),
    Place("torn lines", "`war.json.log.torn-` with a time", "lists them"),
    Place(
        "copies of replaced cases",
        "`war.json.unsaved` with its log; `war.db.unsaved`",
        "lists those beside the case",
    ),
    Place(
        "originals",
        "`war.json.originals`, `war.db.originals`",
        "removes that of the article; lists others that hold the words",
    ),
    Place(
        "packs",
        "`.zip` files",
        "opens and lists those beside the case; reaches no others, and no encrypted ones",
    ),
    Place("texts put aside", "`note-` with a time, beside the crash reports", "lists them"),
    Place("drafts", "`draft-` with a hash, beside the crash reports, for 30 days", "lists them"),
    Place(
        "text in an editor",
        "`editing-` with a number, beside the crash reports, while $EDITOR runs",
        "lists it",
    ),
    Place("copied text", "`copied.txt`, beside the crash reports", "lists it"),
    Place(
        "taken out",
        "exports, dossiers and cases as text, in the files that were named; clipboards",
        "reaches none of them",
    ),
    Place("time stamps", "`war.json.seals`, `war.db.seals`", "changes nothing: they hold no words"),
    Place("crash reports", "`crash-` with a time", "changes nothing: they hold no words"),
    Place("notes of redactions", "`war.json.redacting`", "removes it; it holds no words"),
)
"""Every place that keeps words of a case, or could be thought to."""


def traces(path: Path, words: Iterable[str], aside: Path | None = None) -> Iterator[str]:
    """Yield a line for each entry, import and file that contains the words.

    Searched are the log, the stored imports, the files beside the case, packed
    cases among them, the originals of articles, and the files in the folder `aside`.
    Unreadable files get a line, too. Raises `UnreadableCase` where the log is unreadable.
    """
    search = WordSearch(words)
    if is_database(path):
        yield from _traces_in_database(path, search)
    else:
        log = path.with_name(path.name + ".log")
        for one in log_lines(log):
            if one.line:
                yield from _traces_in_line(one.line, search)
    for file in searched_files(path):
        yield from _traces_in_file(file, file.name, search)
    with LimitedReader() as reader:
        for file in kept_originals(path):
            yield from _traces_in_original(file, search, reader)
    for file in sorted(aside.iterdir()) if aside and aside.is_dir() else ():
        if file.is_file() and file.suffix in (".md", ".txt"):
            yield from _traces_in_file(file, str(file), search)


def _traces_in_file(file: Path, name: str, search: WordSearch) -> Iterator[str]:
    try:
        if search.in_file(file):
            yield name
    except (OSError, ValueError) as error:
        yield f"{name} cannot be read ({getattr(error, 'strerror', None) or error})"


def _traces_in_original(file: Path, search: WordSearch, reader: LimitedReader) -> Iterator[str]:
    """Yield a line for an original that holds the words, as bytes or as what is read from it."""
    name = f"{file.parent.name}/{file.name}"
    try:
        content = disk.read_file(file)
        if search.in_bytes(content) or any(map(search.nearly_in, _words_of(content, name, reader))):
            yield name
    except (OSError, ConflictError) as error:
        why = error.strerror if isinstance(error, OSError) else error.message
        yield f"{name} cannot be searched ({why})"


def _words_of(content: bytes, name: str, reader: LimitedReader) -> Iterator[str]:
    """The titles, the texts, and what was left out of the articles of an original."""
    _, reading = reader.read(content, name)
    for article in reading.articles:
        yield article.title.value if article.title else ""
        yield article.text
        yield from (left.sentence for left in article.dropped)


def _traces_in_database(path: Path, search: WordSearch) -> Iterator[str]:
    database = SqliteEngine(path, writing=False)
    try:
        for line in database.log():
            yield from _traces_in_line(line, search)
        yield from _traces_in_imports(database.connection, search)
    finally:
        database.close()


def _traces_in_imports(connection: sqlite3.Connection, search: WordSearch) -> Iterator[str]:
    """Yield a line for each import whose stored edits or records contain the words."""
    for act, of, content in connection.execute(
        "SELECT act, of, content FROM brought WHERE content IS NOT NULL ORDER BY act, part"
    ):
        if of == ALTERED:
            edits: Iterable[LineEdit] = unpack_edits(content)
        else:
            edits = (
                as_line_edit(Edit(of, one.id, None, one)) for one in unpack_records(of, content)
            )
        if found := ", ".join(_ids_in(edits, search)):
            yield f"what the import of entry {act} brought: {found}"


def _traces_in_line(line: Line, search: WordSearch) -> Iterator[str]:
    if parts := list(_parts(line, search)):
        yield f"entry {line.sequence} of the log: {', '.join(parts)}"


def _parts(line: Line, search: WordSearch) -> Iterator[str]:
    """The parts of an entry that contain the words: reason, author, file, or ids of records."""
    if isinstance(line.why, str):
        if search.in_text(line.why):
            yield "its reason"
        elif search.nearly_in(line.why):
            yield "its reason, in another form"
    if search.nearly_in(line.who):
        yield "its author"
    if line.imported and search.nearly_in(line.imported.file):
        yield "the name of its file"
    yield from _ids_in(line.edits, search)


def _ids_in(edits: Iterable[LineEdit], search: WordSearch) -> Iterator[str]:
    """The ids of the records whose content before or after contains the words."""
    for edit in edits:
        sides = bytes(edit.before), bytes(edit.after)
        if any(map(search.in_bytes, sides)):
            yield edit.id
        elif any(search.nearly_in(unescaped(side.decode())) for side in sides):
            yield f"{edit.id}, in another form"
