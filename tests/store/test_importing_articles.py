"""Articles come into a case: once, with their originals, and a changed text as a new version."""

import hashlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from store.archive import Archive
from store.articles.read_article import PassedOver
from store.articles.reader import LimitedReader
from store.custody.convert import convert
from store.custody.doctor import repair
from store.custody.new_case import create_case
from store.custody.pack import pack, unpack
from store.custody.salvage_database import repair_database
from store.custody.verify import verify
from store.database import originals
from store.database.originals import kept_originals, originals_folder
from store.database.read_records import record, records
from store.errors import RefusedChange, ReplacedCase, UnwritableCase, UsageError
from store.importing import import_articles
from store.importing.article_files import sort_paths
from store.importing.article_report import ArticleFileReport, Outcome, article_lines
from store.importing.import_articles import ArticleImport
from store.model.change import Change, Edit
from store.model.record import make_id
from store.model.records import SCHEMA, Article, Case, Passage, Source
from store.model.text import text_hash
from store.model.vocabulary import SourceKind, TextKind
from store.model.withdraw import withdrawal
from store.queries.article_list import list_articles
from store.queries.dependents import resting
from store.queries.originals import attachment
from tests.articles import pages
from tests.ged import row, text
from tests.store.kept import NAMES

READER = LimitedReader()
"""One reader for all tests, as its processes take a second to start."""


@pytest.fixture(scope="module", autouse=True)
def _reader_ends() -> Iterator[None]:
    yield
    READER.close()


@pytest.fixture(params=NAMES)
def case(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path: Path = tmp_path / "cases" / str(request.param)
    path.parent.mkdir()
    create_case(path, Case(id="case_war", schema=SCHEMA, name="war", title="War"))
    return path


@pytest.fixture
def file_case(tmp_path: Path) -> Path:
    path = tmp_path / "war.json"
    create_case(path, Case(id="case_war", schema=SCHEMA, name="war", title="War"))
    return path


def put(folder: Path, content: str | bytes, name: str = "report.html") -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def bring(case: Path, *paths: Path, dry_run: bool = False) -> list[ArticleFileReport]:
    """Import files of articles."""
    archive = Archive.open(case, author="Ada", writing=True)
    try:
        sorted_paths = sort_paths(paths, case, READER)
        found = ArticleImport(archive, sorted_paths, READER, dry_run=dry_run).run()
        assert list(article_lines(found))
        return list(found.files)
    finally:
        archive.close()


def held(case: Path) -> list[Article]:
    """The articles of a case, in the order in which they came."""
    archive = Archive.open(case)
    found = archive.ask(lambda index: [one for _, one in records(index)])
    archive.close()
    return [one for one in found if isinstance(one, Article)]


def entries(case: Path) -> int:
    """The number of entries of the log."""
    archive = Archive.open(case)
    try:
        return archive.last_entry
    finally:
        archive.close()


def quote(case: Path, article: Article, *quotes: str) -> None:
    """Mark passages in an article."""
    words = article.text or ""
    edits = []
    for exact in quotes:
        start = words.index(exact)
        one = Passage(
            id=make_id("psg", article.id, exact),
            article=article.id,
            start=start,
            end=start + len(exact),
            exact=exact,
            text_sha256=text_hash(words),
            prefix=words[max(0, start - 32) : start],
            suffix=words[start + len(exact) : start + len(exact) + 32],
        )
        edits.append(Edit("passages", one.id, None, one))
    archive = Archive.open(case, author="Ada", writing=True)
    archive.change(Change("", "", "mark", edits))
    archive.close()


def test_a_page_becomes_an_article_and_its_bytes_are_kept(case: Path, tmp_path: Path) -> None:
    page = put(tmp_path, pages.SINGLE_FILE)
    (found,) = bring(case, page)
    assert (found.found, found.taken_in, found.count(Outcome.ADDED)) == ("a saved page", True, 1)
    (article,) = held(case)
    assert (article.title, article.author) == (pages.TITLE, "Mira Stone")
    assert article.published is not None
    assert article.published.at == "2024-12-06T07:52+02:00"
    assert article.dateline == "QORVILLE, Zedland"
    archive = Archive.open(case)
    publisher = archive.ask(record, "sources", article.publisher or "")
    assert isinstance(publisher, Source)
    assert publisher.name == "Zed Courier"
    assert archive.original(article.raw_sha256 or "") == page.read_bytes()
    (entry,) = archive.history()
    assert (entry.who, entry.why) == ("Ada", "import of report.html: 1 article")
    archive.close()
    assert article.capture is not None
    capture = article.capture
    assert (capture.file, capture.by, capture.at) == (
        "report.html",
        "Ada",
        "2024-12-06T11:22+01:00",
    )
    assert capture.tool.startswith("conflict-tui ")
    assert {one.field: str(one.basis) for one in capture.fields}["url"] == "file"
    assert originals_folder(case).stat().st_mode & 0o777 == 0o700
    assert all(one.stat().st_mode & 0o777 == 0o600 for one in kept_originals(case))
    assert list(verify(case)) == []


def test_importing_again_changes_nothing(case: Path, tmp_path: Path) -> None:
    page = put(tmp_path, pages.PAGE)
    bring(case, page)
    before = case.read_bytes(), entries(case)
    for name in ("report.html", "copy.htm"):
        (found,) = bring(case, put(tmp_path, pages.PAGE, name))
        assert found.count(Outcome.UNCHANGED) == 1
    assert entries(case) == before[1]
    if case.suffix == ".json":
        assert case.read_bytes() == before[0]


def test_the_same_text_in_another_wrapping_is_the_same_article(
    file_case: Path, tmp_path: Path
) -> None:
    bring(file_case, put(tmp_path, pages.PAGE))
    (found,) = bring(file_case, put(tmp_path, pages.mhtml(), "page.mhtml"))
    assert found.count(Outcome.UNCHANGED) == 1
    assert len(held(file_case)) == 1


def test_a_changed_text_is_a_new_version_with_the_passages_that_are_still_there(
    case: Path, tmp_path: Path
) -> None:
    bring(case, put(tmp_path, pages.PAGE))
    (before,) = held(case)
    quote(case, before, pages.ARMY, pages.QUOTE, "Neither claim could be verified by the Courier")
    changed = (
        pages.PAGE.replace("23 bodies", "32 bodies")
        .replace("Neither claim could", "NEITHER claim\ncould")
        .replace(pages.ADDRESS, "http://example.org/world/qorville-falls/?utm_source=x#top")
    )
    (found,) = bring(case, put(tmp_path, changed, "later.html"))
    (one,) = found.articles
    assert (one.outcome, one.version_of, one.staying) == (Outcome.VERSION, before.id, 1)
    assert one.moved == ("Neither claim could be verified by the Courier",)
    assert one.lost == (pages.QUOTE,), "a changed number is another statement"
    _, after = held(case)
    assert after.version_of == before.id
    archive = Archive.open(case)
    passages = [
        p
        for _, p in archive.ask(lambda index: list(records(index)))
        if isinstance(p, Passage) and p.article == after.id
    ]
    archive.close()
    assert {p.exact for p in passages} == {
        pages.ARMY,
        "NEITHER claim could be verified by the Courier",
    }
    assert list(verify(case)) == []


def test_title_and_publisher_tell_a_version_within_a_few_days(
    file_case: Path, tmp_path: Path
) -> None:
    def dated(day: str, words: str) -> str:
        return f"{pages.TITLE}\n{day}\n{words}\nSource: Zed Courier\n"

    bring(file_case, put(tmp_path, dated("December 6, 2024", pages.LEAD), "one.txt"))
    (found,) = bring(file_case, put(tmp_path, dated("December 7, 2024", pages.ARMY), "two.txt"))
    assert found.count(Outcome.VERSION) == 1
    (found,) = bring(file_case, put(tmp_path, dated("January 9, 2025", pages.LAST), "three.txt"))
    assert found.count(Outcome.ADDED) == 1, "a title that comes back is another article"


def test_undo_takes_a_file_back_and_it_can_come_again(case: Path, tmp_path: Path) -> None:
    page = put(tmp_path, pages.PAGE)
    bring(case, page)
    archive = Archive.open(case, author="Ada", writing=True)
    archive.undo()
    archive.close()
    assert held(case) == []
    (found,) = bring(case, page)
    assert found.count(Outcome.ADDED) == 1
    assert list(verify(case)) == []


def test_what_a_person_withdrew_does_not_come_back(file_case: Path, tmp_path: Path) -> None:
    page = put(tmp_path, pages.PAGE)
    bring(file_case, page)
    (article,) = held(file_case)
    archive = Archive.open(file_case, author="Ada", writing=True)
    archive.change(withdrawal(archive.ask(resting, article.id), "a hoax", "Ada", ""))
    archive.close()
    (found,) = bring(file_case, page)
    assert found.count(Outcome.WITHDRAWN) == 1
    assert held(file_case) == []


def test_a_version_before_is_not_withdrawn_alone(file_case: Path, tmp_path: Path) -> None:
    bring(file_case, put(tmp_path, pages.PAGE))
    bring(file_case, put(tmp_path, pages.PAGE.replace("23 bodies", "32 bodies"), "later.html"))
    before, _ = held(file_case)
    archive = Archive.open(file_case)
    with pytest.raises(RefusedChange, match="is a later version of it"):
        archive.ask(resting, before.id)
    archive.close()


def test_a_trial_keeps_nothing(file_case: Path, tmp_path: Path) -> None:
    (found,) = bring(file_case, put(tmp_path, pages.PAGE), dry_run=True)
    assert (found.taken_in, found.count(Outcome.ADDED)) == (False, 1)
    assert held(file_case) == []
    assert not originals_folder(file_case).exists()


def test_a_folder_gives_what_is_in_it_and_says_what_it_passed_over(
    file_case: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    (folder / "more").mkdir(parents=True)
    put(folder, pages.PAGE)
    put(folder / "more", pages.PLAIN.replace(pages.TITLE, "Another title"), "b.txt")
    put(folder, text([row()]), "ged.csv")
    put(folder, b"\x89PNG\r\n\x1a\n", "c.png")
    put(folder, pages.PAGE, ".hidden.html")
    (folder / "link.html").symlink_to(put(tmp_path, pages.PAGE, "outside.html"))
    found = sort_paths([folder], file_case, READER)
    assert [Path(one.name).name for one in found.articles] == ["report.html", "b.txt"]
    assert found.data_sets == (folder / "ged.csv",)
    assert found.passed_over == (PassedOver(str(folder / "c.png"), "is a picture"),)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="holds no article"):
        sort_paths([tmp_path / "empty"], file_case, READER)


def test_a_file_that_cannot_be_read_stops_no_other(file_case: Path, tmp_path: Path) -> None:
    bad = put(tmp_path, "<html><body><script>1</script></body></html>", "a.html")
    found = bring(file_case, bad, put(tmp_path, pages.PAGE))
    assert found[0].error.startswith("is an HTML page without any text")
    assert found[1].count(Outcome.ADDED) == 1


def test_an_import_stops_between_two_files(file_case: Path, tmp_path: Path) -> None:
    paths = [put(tmp_path, pages.PAGE), put(tmp_path, pages.PLAIN, "b.txt")]
    archive = Archive.open(file_case, author="Ada", writing=True)
    importing = ArticleImport(archive, sort_paths(paths, file_case, READER), READER)
    found = importing.run(lambda _: importing.stop())
    archive.close()
    assert (found.stopped, len(found.files)) == (True, 1)
    assert len(held(file_case)) == 1


# originals: their bytes, and where they go with the case


def test_verify_finds_an_original_that_was_altered_or_is_gone(case: Path, tmp_path: Path) -> None:
    bring(case, put(tmp_path, pages.PAGE))
    (original,) = kept_originals(case)
    original.write_bytes(b"other")
    assert [one.what for one in verify(case)] == [
        "its bytes were altered: their SHA-256 is not its name"
    ]
    original.unlink()
    (finding,) = verify(case)
    assert finding.what == f"its original {original.name} is missing"


def _packed(case: Path, to: Path) -> None:
    pack(case, to.with_suffix(".zip"))
    unpack(to.with_suffix(".zip"), to)


def _converted(case: Path, to: Path) -> None:
    convert(case, to)


def _repaired(case: Path, to: Path) -> None:
    if case.suffix == ".db":
        repair_database(case, to)
    else:
        repair(case, to)


@pytest.mark.parametrize("carry", [_packed, _converted, _repaired])
def test_originals_go_with_the_case(
    carry: Callable[[Path, Path], None], case: Path, tmp_path: Path
) -> None:
    page = put(tmp_path, pages.PAGE)
    bring(case, page)
    other = {".json": ".db", ".db": ".json"}[case.suffix]
    to = tmp_path / f"carried{other if carry is _converted else case.suffix}"
    carry(case, to)
    archive = Archive.open(to)
    assert archive.original(hashlib.sha256(page.read_bytes()).hexdigest()) == page.read_bytes()
    archive.close()
    assert list(verify(to)) == []


@pytest.mark.parametrize("made", [False, True])
def test_an_import_that_was_killed_leaves_its_article_or_no_original(
    made: bool, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = put(tmp_path, pages.PAGE)
    archive = Archive.open(case, author="Ada", writing=True)
    real = archive.import_batches

    def killed(*args: Any) -> None:
        if made:
            real(*args)
        raise SystemExit

    monkeypatch.setattr(archive, "import_batches", killed)
    with pytest.raises(SystemExit):
        ArticleImport(archive, sort_paths([page], case, READER), READER).run()
    archive.close()
    assert list(verify(case)) == []
    again = Archive.open(case, writing=True)
    told = [one for one in again.notices if "an import was interrupted: 1 file did not" in one]
    again.close()
    assert len(told) == (not made)
    left = [one.name for one in originals_folder(case).iterdir()]
    assert left == ([hashlib.sha256(page.read_bytes()).hexdigest()] if made else [])
    assert len(held(case)) == made
    bring(case, page)
    assert len(held(case)) == len(kept_originals(case)) == 1
    assert list(verify(case)) == []


def test_an_import_that_is_refused_leaves_no_original(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive.open(case, author="Ada", writing=True)

    def refuse(*_: object) -> None:
        raise UnwritableCase("the disk is full")

    monkeypatch.setattr(archive, "import_batches", refuse)
    paths = sort_paths([put(tmp_path, pages.PAGE)], case, READER)
    with pytest.raises(UnwritableCase):
        ArticleImport(archive, paths, READER).run()
    archive.close()
    assert list(originals_folder(case).iterdir()) == []


def _replaced(case: Path, tmp_path: Path) -> ReplacedCase:
    """Replace a case that is open, and return what the next change is refused with."""
    bring(case, put(tmp_path, pages.PAGE))
    archive = Archive.open(case, author="Ada", writing=True)
    try:
        other = case.with_name(f"other{case.suffix}")
        create_case(other, Case(id="case_other", schema=SCHEMA, name="other", title="Other"))
        other.rename(case)
        one = Source(id="src_x", name="X", kind=SourceKind.OUTLET)
        with pytest.raises(ReplacedCase) as refused:
            archive.change(Change("", "", "why", [Edit("sources", one.id, None, one)]))
    finally:
        archive.close()
    return refused.value


def test_originals_go_with_a_case_that_is_saved_beside_a_newcomer(
    case: Path, tmp_path: Path
) -> None:
    refused = _replaced(case, tmp_path)
    copy = case.with_name(f"{case.name}.unsaved")
    assert str(copy) in refused.message
    assert [one.name for one in kept_originals(copy)] == [one.name for one in kept_originals(case)]
    assert list(verify(copy)) == []


def test_originals_that_cannot_be_copied_are_told_with_their_folder(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = originals.keep_original

    def full(to: Path, content: bytes) -> str:
        if to == case:
            return real(to, content)
        raise UnwritableCase("the disk is full")

    monkeypatch.setattr(originals, "keep_original", full)
    refused = _replaced(case, tmp_path)
    left = f"its originals could not be copied (the disk is full), and stay in {case}.originals"
    assert refused.message.endswith(left)


def test_a_redacted_original_is_removed_and_its_hash_stays(case: Path, tmp_path: Path) -> None:
    page = put(tmp_path, pages.PAGE)
    bring(case, page)
    (article,) = held(case)
    archive = Archive.open(case, author="Ada", writing=True)
    archive.redact(article.id, "text", "to protect the surgeon", "Ilan Roe")
    archive.close()
    assert kept_originals(case) == []
    (after,) = held(case)
    assert after.raw_sha256 == hashlib.sha256(page.read_bytes()).hexdigest()
    assert "Ilan Roe" not in (after.text or "")
    assert list(verify(case)) == []


def test_a_redaction_that_fails_leaves_the_original(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(case, put(tmp_path, pages.PAGE))
    (article,) = held(case)
    archive = Archive.open(case, author="Ada", writing=True)

    def fail(*_: object) -> None:
        raise UnwritableCase("the disk is full")

    monkeypatch.setattr(archive._engine, "redact", fail)
    with pytest.raises(UnwritableCase) as refused:
        archive.redact(article.id, "text", "why", "Ilan Roe")
    assert refused.value.message == "the disk is full; nothing was redacted"
    monkeypatch.undo()
    archive.close()
    assert len(kept_originals(case)) == 1
    assert list(verify(case)) == []


@pytest.mark.parametrize("made", [False, True])
def test_a_redaction_that_was_killed_is_finished_when_the_case_is_opened(
    made: bool, case: Path, tmp_path: Path
) -> None:
    bring(case, put(tmp_path, pages.PAGE))
    (article,) = held(case)
    (original,) = kept_originals(case)
    if made:
        archive = Archive.open(case, author="Ada", writing=True)
        content = original.read_bytes()
        archive.redact(article.id, "text", "to protect the surgeon", "Ilan Roe")
        archive.close()
        original.write_bytes(content)
    original.rename(original.with_name(original.name + ".redacting"))
    assert "a redaction was not finished" in {one.what for one in verify(case)}
    Archive.open(case, writing=True).close()
    assert kept_originals(case) == ([] if made else [original])
    assert list(verify(case)) == []


def json_lines(count: int, first: int = 0) -> str:
    return "".join(
        f'{{"title": "Report {n}", "url": "https://example.org/{n}", "source": "The Daily",'
        f' "date": "2024-05-01", "text": "The army left town {n} on Friday."}}\n'
        for n in range(first, first + count)
    )


def test_a_table_comes_in_some_articles_at_a_time_and_is_one_act(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_articles, "BATCH", 4)
    (report,) = bring(case, put(tmp_path, json_lines(10), "many.jsonl"))
    assert [one.outcome for one in report.articles] == [Outcome.ADDED] * 10
    archive = Archive.open(case, author="Ada", writing=True)
    assert len(archive.history()) == 1
    archive.undo()
    archive.close()
    assert held(case) == []


def test_of_a_table_that_ends_its_reader_nothing_comes_in_and_the_next_is_whole(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_articles, "BATCH", 4)
    read = LimitedReader.pieces

    def torn(self: LimitedReader, content: bytes, name: str, found: str = "") -> Any:
        words, pieces = read(self, content, name, found)
        if not name.endswith("torn.jsonl"):
            return words, pieces

        def until_it_ends() -> Iterator[Any]:
            yield from islice(pieces, 9)
            raise UsageError(f"{name}: cannot be read, its reader ended (SIGKILL)", "check it")

        return words, until_it_ends()

    monkeypatch.setattr(LimitedReader, "pieces", torn)
    files = [put(tmp_path, json_lines(10), "torn.jsonl"), put(tmp_path, json_lines(10), "w.jsonl")]
    first, second = bring(case, *files)
    assert (first.taken_in, first.articles) == (False, ())
    assert first.error == "cannot be read, its reader ended (SIGKILL); check it"
    assert [one.outcome for one in second.articles] == [Outcome.ADDED] * 10
    assert list(verify(case)) == []


def test_the_summary_of_a_feed_is_marked_and_is_no_digest_of_ours(
    file_case: Path, tmp_path: Path
) -> None:
    feed = put(tmp_path, pages.feed(), "feed.xml")
    (report,) = bring(file_case, feed)
    assert [one.remarks for one in report.articles] == [
        (),
        ("a summary, and perhaps not the whole text",),
    ]
    archive = Archive.open(file_case, author="Ada", writing=True)
    kinds = {one.title: one.text_kind for one in archive.ask(list_articles)}
    assert kinds == {pages.TITLE: TextKind.FULL, "Army denies losses": TextKind.SUMMARY}
    with pytest.raises(UsageError, match="already has its original"):
        archive.ask(attachment, feed.read_bytes(), "Ada", "2026-11-30T12:00:00Z")
    archive.close()
