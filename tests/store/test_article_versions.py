"""Two versions of one article are one report: what the first says is read in the second."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.articles.reader import LimitedReader
from store.coding.draft import ClaimDraft, NewEvent, SelectedSpan, claim_change, passage_of
from store.custody.new_case import create_case
from store.custody.verify import verify
from store.database.read_records import numbered, record
from store.importing.article_files import sort_paths
from store.importing.import_articles import ArticleImport
from store.model import changes
from store.model.judgements import KinshipKind
from store.model.records import SCHEMA, Article, Case, Event
from store.model.values import AnyValue, Count
from store.model.vocabulary import EventType, Kind
from store.model.withdraw import withdrawal
from store.queries.article import ArticleView, article
from store.queries.dependents import resting
from store.queries.evidence import evidence
from store.queries.judgements import held
from store.queries.versions import LostPassage, lost_passages, versions
from tests.store.kept import NAMES

AT = "2026-01-01T00:00:00Z"

READER = LimitedReader()
"""One reader for all tests, as its processes take a second to start."""

FELL = "Rebels took the town of Zed on the morning of Friday."
DEAD = "Residents say that 23 people were killed in the shelling."
FEWER = "Residents say that 12 people were killed in the shelling."
PAGE = f"Zed falls\nDecember 6, 2024\n{FELL}\n{{}}\nSource: Zed Courier\n"


@pytest.fixture(scope="module", autouse=True)
def _reader_ends() -> Iterator[None]:
    yield
    READER.close()


class War:
    """A case with an article, an event, and two claims from the article: it fell, and the dead."""

    def __init__(self, path: Path) -> None:
        self.path = path
        create_case(path, Case(id="case_war", schema=SCHEMA, name="war", title="War"))
        self.archive = Archive.open(path, author="Ana", writing=True)
        self.first = self.bring(DEAD)
        new = NewEvent("Fall of Zed", EventType.CAPTURE)
        self.fall = self.claim(self.first, FELL, Kind.OCCURRENCE, None, new=new)
        self.claim(self.first, DEAD, Kind.FATALITIES, Count(min=23, max=23, printed="23"))

    def bring(self, dead: str, name: str = "report.txt") -> Article:
        """Import the report with this sentence on the dead."""
        file = self.path.parent / name
        file.write_text(PAGE.format(dead))
        paths = sort_paths([file], self.path, READER)
        (found,) = ArticleImport(self.archive, paths, READER).run().files
        assert not found.error
        one = self.archive.ask(record, "articles", found.articles[0].id)
        assert isinstance(one, Article)
        return one

    def claim(
        self, of: Article, words: str, kind: Kind, value: AnyValue, new: NewEvent | None = None
    ) -> str:
        """Code a claim about the fall from words of an article; return the id of the event."""
        start = (of.text or "").index(words)
        passage = passage_of(of, SelectedSpan(of.id, start, start + len(words)))
        draft = ClaimDraft("" if new else self.fall, kind, value, event=new)
        change = claim_change(
            draft, of, passage, lambda table, id: self.archive.ask(held, table, id), "Ana", AT
        )
        self.archive.change(change)
        return next((edit.id for edit in change.edits if edit.table == "events"), "")

    def event(self) -> tuple[int, Event]:
        """The fall, with its number."""
        ((n, found),) = self.archive.ask(
            lambda index: list(numbered(index, "events", "id = ?", self.fall))
        )
        assert isinstance(found, Event)
        return n, found

    def view(self, of: Article) -> ArticleView:
        """An article as it is read."""
        n = self.archive.ask(
            lambda index: index.execute("SELECT n FROM articles WHERE id = ?", (of.id,)).fetchone()
        )
        found = self.archive.ask(article, n[0])
        assert found is not None
        return found

    def support(self) -> tuple[int, int]:
        """The articles and origins of the fall."""
        articles, origins = self.archive.ask(
            lambda index: index.execute("SELECT articles, origins FROM events").fetchone()
        )
        return articles, origins

    def tolls(self) -> list[tuple[int, int, int]]:
        """The low, best and high of the dead."""
        return self.archive.ask(
            lambda index: index.execute("SELECT low, best, high FROM event_tolls").fetchall()
        )


@pytest.fixture(params=NAMES)
def war(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[War]:
    folder = tmp_path / "war"
    folder.mkdir()
    found = War(folder / str(request.param))
    yield found
    found.archive.close()
    assert list(verify(found.path)) == []


def test_the_events_of_a_passage_are_read_in_the_version_that_still_has_its_words(war: War) -> None:
    second = war.bring(FEWER, "later.txt")
    assert second.version_of == war.first.id
    n, _ = war.event()
    view = war.view(second)
    assert [(view.text[one.start : one.end], one.events) for one in view.marks] == [(FELL, (n,))]
    assert view.version is not None
    assert (view.version.number, view.version.of) == (2, 2)
    assert war.archive.ask(lost_passages, second.id) == (LostPassage(DEAD, 1),)
    assert war.archive.ask(lost_passages, war.first.id) == ()
    (row,) = war.archive.ask(evidence, n)
    assert row.lost, "the newest version no longer says how many died"


def test_a_third_version_has_what_the_second_lost(war: War) -> None:
    second = war.bring(FEWER, "later.txt")
    third = war.bring(DEAD + " Others say so, too.", "last.txt")
    found = war.archive.ask(versions, (war.first.id, second.id, third.id))
    assert [one.number for one in found.values()] == [1, 2, 3]
    n, _ = war.event()
    marked = {war.view(third).text[one.start : one.end] for one in war.view(third).marks}
    assert marked >= {FELL}
    assert all(one.events == (n,) for one in war.view(third).marks)


def test_two_versions_that_say_so_are_one_report_of_one_origin(war: War) -> None:
    assert war.support() == (1, 1)
    second = war.bring(FEWER, "later.txt")
    war.claim(second, FELL, Kind.OCCURRENCE, None)
    assert war.support() == (1, 1)
    n, _ = war.event()
    rows = war.archive.ask(evidence, n)
    assert [(one.version.number, one.is_copy) for one in rows if one.version] == [
        (1, False),
        (2, True),
    ]


def test_what_a_later_version_says_takes_the_place_of_what_it_said_before(war: War) -> None:
    second = war.bring(FEWER, "later.txt")
    assert war.tolls() == [(23, 23, 23)], "nothing else is coded yet"
    war.claim(second, FEWER, Kind.FATALITIES, Count(min=12, max=12, printed="12"))
    assert war.tolls() == [(12, 12, 12)], "a publisher that corrects itself has one number"


def test_a_person_who_finds_the_two_apart_makes_them_two_reports(war: War) -> None:
    second = war.bring(FEWER, "later.txt")
    war.claim(second, FELL, Kind.OCCURRENCE, None)
    for kind, articles in ((KinshipKind.APART, 2), (KinshipKind.SAME_TEXT, 1)):
        at = f"2026-01-0{3 - articles}T00:00:00Z"
        found = changes.kinship(war.first.id, second.id, kind, "why", "Ana", at)
        before = war.archive.ask(record, "kinships", found.id)
        war.archive.change(changes.add_or_replace(before, found, "why", "Ana", at))
        assert war.support()[0] == articles


def test_a_version_that_is_undone_takes_its_passages_along_and_can_come_again(war: War) -> None:
    second = war.bring(FEWER, "later.txt")
    war.archive.undo()
    assert war.archive.ask(versions, (war.first.id,)) == {}
    assert war.support() == (1, 1)
    assert war.bring(FEWER, "later.txt").id == second.id
    assert len(war.view(second).marks) == 1


def test_what_is_withdrawn_with_an_event_is_withdrawn_in_the_later_version_too(war: War) -> None:
    second = war.bring(FEWER, "later.txt")
    gone = war.archive.ask(resting, war.fall)
    assert [table for table, _ in gone.gone].count("passages") == 3
    war.archive.change(withdrawal(gone, "a hoax", "Ana", AT))
    assert war.view(second).marks == ()
    war.archive.undo()
    assert len(war.view(second).marks) == 1
