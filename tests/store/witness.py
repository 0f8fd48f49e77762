"""A case that names a witness in every place of its own, to be redacted under faults."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from store.archive import Archive
from store.custody.verify import verify
from store.database.read_records import record
from store.errors import ConflictError, UnpurgedRedaction
from store.model.change import Change, Edit
from store.model.log_line import Act
from store.model.records import Article
from tests.small import SmallCase
from tests.store.kept import abandon, entitle, put_case

NAME = "Zqxabu Zqxyusuf"
"""A name whose words stand nowhere else, so that no other word of the full text hides them."""

TEXT = f"{NAME} saw tanks. The army, said {NAME}, has left. Hama fell."
NEWS = "art_news"


def put_witness_case(folder: Path, name: str) -> Path:
    """Write a case that names the witness in texts, passages, reasons, and each file of its own."""
    small = SmallCase()
    fall = small.event("Fall")
    news = small.article("news", TEXT, publisher=small.source("Paper"), title="News")
    for quote in (f"{NAME} saw tanks", f"said {NAME}, has", "Hama fell", "Zqxyusuf saw"):
        small.claim(fall, news, quote)
    path = folder / name
    put_case(path, small.records())
    archive = Archive.open(path, author="me", writing=True)
    for n in range(3):
        entitle(archive, f"title {n}")
        archive.save_snapshot()
    article = archive.ask(record, "articles", NEWS)
    assert isinstance(article, Article)
    archive.change(Change("", "", f"read by {NAME}", [Edit("articles", NEWS, article, article)]))
    entitle(archive, "Hama falls")
    abandon(archive)
    assert places_with_name(folder)
    return path


def places_with_name(folder: Path) -> list[str]:
    """The files of a folder whose bytes hold any word of the name."""
    return sorted(
        one.name for one in folder.iterdir() if one.is_file() and b"zqx" in one.read_bytes().lower()
    )


def redact_witness(path: Path, during: AbstractContextManager[object]) -> None:
    """Open the case, redact the name within a context, and end without closing the case."""
    archive = Archive.open(path, author="me", writing=True)
    try:
        with during:
            archive.redact(NEWS, "text", "to protect the witness", NAME)
    finally:
        abandon(archive)


def is_redacted(path: Path) -> bool:
    """Tell if the case, as a reader sees it, has the redaction in its log and no name in its text.

    Asserts that it is made completely or not at all.
    """
    archive = Archive.open(path)
    try:
        acts = [entry.act for entry in archive.history()]
        article = archive.ask(record, "articles", NEWS)
        assert isinstance(article, Article)
        assert (article.text == TEXT) != (Act.REDACTION in acts)
        assert (NAME in (article.text or "")) == (article.text == TEXT)
        return Act.REDACTION in acts
    finally:
        archive.close()


def unfinished_messages(path: Path) -> Iterator[str]:
    """What a reader and `verify` say of a redaction that is not finished."""
    archive = Archive.open(path)
    yield from (one for one in archive.notices if "redaction" in one)
    archive.close()
    yield from (found.what for found in verify(path) if "redaction" in found.what)


def check_what_was_said(path: Path, error: ConflictError | None) -> None:
    """Assert that the outcome of a redaction is what its error, or its success, says."""
    made = is_redacted(path)
    if error is None:
        assert made
        assert places_with_name(path.parent) == []
    elif isinstance(error, UnpurgedRedaction):
        assert made
        assert "redacted, but not yet purged: " in error.message
        assert error.exit_code == 71
    else:
        assert not made
        assert error.message.endswith("nothing was redacted")


def finish_and_check(path: Path) -> None:
    """Open the case for writing, redact if that was not made, and assert that no name is left."""
    unfinished = list(unfinished_messages(path))
    made = is_redacted(path)
    if made and places_with_name(path.parent):
        assert len(unfinished) >= 2, "the reader and verify say so"
    archive = Archive.open(path, author="me", writing=True)
    if unfinished:
        assert any("redaction" in one for one in archive.notices)
    if not made:
        archive.redact(NEWS, "text", "to protect the witness", NAME)
    assert places_with_name(path.parent) == []
    abandon(archive)
    assert list(verify(path)) == []
    assert list(unfinished_messages(path)) == []
    assert is_redacted(path)
