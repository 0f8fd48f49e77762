"""Results that a connection keeps: what thousands of versions say is read once, and never stale."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from store.archive import Archive
from store.database.kept_while_unchanged import MOST, kept
from store.database.read_records import IS_LATER_VERSION
from store.database.sqlite import in_memory
from store.model import changes
from store.model.change import Change, Edit
from store.model.judgements import KinshipKind
from store.model.records import Article, Stamp
from store.model.text import text_hash
from store.model.vocabulary import TextKind
from store.queries.compare import compare
from store.queries.evidence import evidence
from store.queries.versions import lost_passages
from store.reader import Reader
from tests.small import SmallCase
from tests.store.kept import NAMES, put_case

AT = "2026-01-01T00:00:00Z"
VERSIONS = 20


def _later(number: int) -> Article:
    text = f"Zed fell. Version {number}."
    return Article(
        id=f"art_daily_{number}",
        title=None,
        text_kind=TextKind.FULL,
        publisher="src_Courier",
        published=Stamp(at=f"2024-12-{number + 1:02}"),
        text=text,
        text_sha256=text_hash(text),
        version_of=f"art_daily_{number - 1}" if number > 1 else "art_daily",
    )


@pytest.fixture(params=NAMES)
def path(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A case with an event of which an article tells that has many versions."""
    small = SmallCase()
    fall = small.event("Fall")
    courier = small.source("Courier")
    small.article("daily", "Zed fell.", publisher=courier, published="2024-12-01")
    small.claim(fall, "art_daily", "Zed fell.")
    for number in range(1, VERSIONS):
        small.add("articles", _later(number))
    small.claim(fall, "art_daily_1", "Zed fell.")
    found: Path = tmp_path / str(request.param)
    put_case(found, small.records())
    return found


QUESTIONS: tuple[Callable[[Reader], object], ...] = (
    lambda index: evidence(index, 1),
    lambda index: compare(index, "evt_Fall").voices,
    lambda index: lost_passages(index, "art_daily_2"),
)


def _answers(index: Reader) -> list[object]:
    return [question(index) for question in QUESTIONS]


def _reads_of_versions(index: Reader) -> int:
    """Ask all again; the number of statements that read every later version."""
    assert isinstance(index, sqlite3.Connection)
    asked: list[str] = []
    index.set_trace_callback(asked.append)
    _answers(index)
    index.set_trace_callback(None)
    assert asked
    return sum(IS_LATER_VERSION in one for one in asked)


def test_the_versions_of_all_articles_are_read_once_and_not_for_every_question(path: Path) -> None:
    archive = Archive.open(path)
    archive.ask(_answers)
    assert archive.ask(_reads_of_versions) == 0
    archive.close()


def test_answers_are_those_of_a_case_opened_anew_after_each_change_and_undo(path: Path) -> None:
    archive = Archive.open(path, author="Ana", writing=True)
    apart = changes.kinship("art_daily", "art_daily_1", KinshipKind.APART, "why", "Ana", AT)
    seen = [archive.ask(_answers)]
    for change in (
        lambda: archive.change(changes.add_or_replace(None, apart, "why", "Ana", AT)),
        lambda: archive.change(
            Change("Ana", AT, "", [Edit("articles", "art_daily_20", None, _later(VERSIONS))])
        ),
        archive.undo,
        archive.undo,
        archive.redo,
    ):
        change()
        seen.append(archive.ask(_answers))
        other = Archive.open(path)
        assert seen[-1] == other.ask(_answers)
        other.close()
    assert seen[0] != seen[1] != seen[2]
    assert seen[4] == seen[0]
    archive.close()


def test_a_comparison_is_kept_until_something_changes(path: Path) -> None:
    archive = Archive.open(path, author="Ana", writing=True)
    apart = changes.kinship("art_daily", "art_daily_1", KinshipKind.APART, "why", "Ana", AT)
    before = archive.ask(compare, "evt_Fall")
    assert archive.ask(compare, "evt_Fall") is before
    archive.change(changes.add_or_replace(None, apart, "why", "Ana", AT))
    assert archive.ask(compare, "evt_Fall") is not before
    archive.close()


def test_the_results_asked_for_last_are_kept() -> None:
    connection = in_memory()
    connection.execute("PRAGMA query_only = ON")
    made: list[int] = []

    def make(_: Reader, number: int) -> int:
        made.append(number)
        return -number

    for number in range(MOST):
        assert kept(connection, make, number) == -number
    assert kept(connection, make, 0) == 0
    assert kept(connection, make, MOST) == -MOST
    assert kept(connection, make, 0) == 0
    assert made == list(range(MOST + 1))
    kept(connection, make, 1)
    assert made[-1] == 1, "it made room for the newest"
    connection.close()


def test_what_another_program_changes_is_seen(path: Path) -> None:
    if path.suffix != ".db":
        return
    reader = Archive.open(path)
    before = reader.ask(_answers)
    writer = Archive.open(path, author="Ana", writing=True)
    apart = changes.kinship("art_daily", "art_daily_1", KinshipKind.APART, "why", "Ana", AT)
    writer.change(changes.add_or_replace(None, apart, "why", "Ana", AT))
    assert reader.ask(_answers) == writer.ask(_answers) != before
    writer.close()
    reader.close()


def test_nothing_is_kept_of_what_is_rolled_back() -> None:
    connection = in_memory()

    def number(index: Reader) -> int:
        (found,) = index.execute("SELECT count(*) FROM t").fetchone()
        return int(found)

    connection.execute("CREATE TABLE t (n)")
    connection.execute("BEGIN")
    connection.execute("INSERT INTO t VALUES (1)")
    assert kept(connection, number) == 1
    connection.execute("ROLLBACK")
    connection.execute("PRAGMA query_only = ON")
    assert kept(connection, number) == 0
    connection.close()
