"""A case that names a witness in every place of its own, to be redacted under faults."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

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
        return _is_redacted(archive)
    finally:
        archive.close()


def _is_redacted(archive: Archive) -> bool:
    acts = [entry.act for entry in archive.history()]
    article = archive.ask(record, "articles", NEWS)
    assert isinstance(article, Article)
    assert (article.text == TEXT) != (Act.REDACTION in acts)
    assert (NAME in (article.text or "")) == (article.text == TEXT)
    return Act.REDACTION in acts


class Seen(NamedTuple):
    """A case as a reader and `verify` see it: what they say of a redaction, and all findings."""

    redacted: bool
    messages: list[str]
    findings: list[str]


def seen(path: Path) -> Seen:
    """Open the case to read it, and verify it."""
    archive = Archive.open(path)
    notices = [one for one in archive.notices if "redaction" in one]
    redacted = _is_redacted(archive)
    archive.close()
    findings = [found.what for found in verify(path)]
    return Seen(redacted, notices + [one for one in findings if "redaction" in one], findings)


def check_what_was_said(path: Path, found: Seen, error: ConflictError | None) -> None:
    """Assert that the outcome of a redaction is what its error, or its success, says."""
    if error is None:
        assert found.redacted
        assert places_with_name(path.parent) == []
    elif isinstance(error, UnpurgedRedaction):
        assert found.redacted
        assert "redacted, but not yet purged: " in error.message
        assert error.exit_code == 71
    else:
        assert not found.redacted
        assert error.message.endswith("nothing was redacted")


def finish_and_check(path: Path, found: Seen) -> None:
    """Open the case for writing, redact if that was not made, and assert that no name is left."""
    if found.redacted and places_with_name(path.parent):
        assert len(found.messages) >= 2, "the reader and verify say so"
    archive = Archive.open(path, author="me", writing=True)
    if found.messages:
        assert any("redaction" in one for one in archive.notices)
    if not found.redacted:
        archive.redact(NEWS, "text", "to protect the witness", NAME)
    assert places_with_name(path.parent) == []
    abandon(archive)
    assert seen(path) == Seen(redacted=True, messages=[], findings=[])
