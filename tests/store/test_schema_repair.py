"""A bit that flipped in the schema of a database costs no record."""

import re
from contextlib import suppress
from pathlib import Path

import pytest

from store.archive import Archive
from store.custody.salvage_database import repair_database
from store.errors import ConflictError, DamagedCase
from store.queries import timeline
from tests.examples import sample
from tests.store.kept import KeptCase, title_of

_STATEMENT = re.compile(rb"CREATE (?:VIRTUAL )?(?:TABLE|INDEX)[ -~\n]{20,}")


@pytest.fixture
def whole(tmp_path: Path) -> KeptCase:
    """A case in a database, all of it in one file."""
    case = KeptCase(tmp_path, "case.db")
    case.titles("one", "two")
    case.write().close()
    return case


def test_every_record_and_the_log_are_saved(whole: KeptCase, tmp_path: Path) -> None:
    content = whole.path.read_bytes()
    statements = [found.span() for found in _STATEMENT.finditer(content)]
    assert len(statements) > 20
    spots = [start + (end - start) * part // 7 for start, end in statements for part in range(7)]
    for number, at in enumerate(sample(spots, of="schema")):
        damaged = bytearray(content)
        damaged[at] ^= 1 << number % 8
        whole.path.write_bytes(damaged)
        to = tmp_path / f"{number}.db"
        saved = repair_database(whole.path, to)
        assert (saved.number["events"], saved.entries) == (1, 2), at
        archive = Archive.open(to)
        assert title_of(archive) == "two"
        archive.close()
        assert whole.path.read_bytes() == damaged
        assert not list(tmp_path.glob(f"{number}.db.copy*"))


def test_a_first_page_without_sense_ends_in_one_line(whole: KeptCase, tmp_path: Path) -> None:
    content = whole.path.read_bytes()
    for at in range(100, 400, 9):
        damaged = bytearray(content)
        damaged[at] ^= 0xFF
        whole.path.write_bytes(damaged)
        to = tmp_path / f"{at}.db"
        with suppress(DamagedCase):
            repair_database(whole.path, to)
        assert {one.name for one in tmp_path.glob(f"{at}.db*")} <= {to.name}
        try:
            archive = Archive.open(whole.path)
        except ConflictError:
            continue
        with suppress(ConflictError):
            archive.ask(timeline.count)
        archive.close()
