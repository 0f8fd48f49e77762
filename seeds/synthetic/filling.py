"""Creation of a database with a synthetic case, chapter by chapter."""

import hashlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from seeds.synthetic import generate_chapters
from seeds.synthetic.articles import TEXT_LENGTH
from store.archive import Archive
from store.custody.new_case import create_case
from store.model.change import Edit
from store.model.log_line import Imported
from store.model.records import RECORD_TYPES, AnyRecord, Case
from store.model.text import text_hash

_PLACE = {table: at for at, table in enumerate(RECORD_TYPES)}


def fill_database(path: Path, events: int, seed: int = 1, text: int = TEXT_LENGTH) -> None:
    """Create a database at `path`, which must not exist, and import a synthetic case.

    It is one import like that of a file; only one chapter is held in memory. After
    an interruption nothing is left. Raises what `create_case` and
    `Archive.import_batches` do.
    """
    chapters = generate_chapters(events, seed, text)
    first = next(chapters)
    _, case = first[0]
    assert isinstance(case, Case)
    name = f"seeds.synthetic {events} --seed {seed} --text {text}"
    ids = hashlib.sha256()

    def batches() -> Iterator[list[Edit]]:
        for chapter in chain((first[1:],), chapters):
            ids.update("".join(one.id for table, one in chapter if table == "events").encode())
            yield [_added(table, one) for table, one in sorted(chapter, key=_in_order)]

    def what() -> Imported:
        return Imported(
            file=name,
            sha256=text_hash(name),
            dataset="",
            rows=events,
            rows_sha256=ids.hexdigest(),
        )

    try:
        create_case(path, case)
        archive = Archive.open(path, author="seeds.synthetic", writing=True)
        try:
            archive.import_batches(what, batches())
        finally:
            archive.close()
    except BaseException:
        for ending in ("", "-wal", "-shm", ".lock"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        raise


def _in_order(pair: tuple[str, AnyRecord]) -> int:
    return _PLACE[pair[0]]


def _added(table: str, record: AnyRecord) -> Edit:
    return Edit(table, record.id, None, record)
