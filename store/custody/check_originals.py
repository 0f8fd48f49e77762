"""The check of the originals of articles: their bytes, and that none is missing."""

import hashlib
from collections.abc import Iterator, Set
from contextlib import closing
from pathlib import Path

from store.archive import Archive
from store.custody.chain import chain
from store.custody.findings import Finding
from store.database import disk
from store.database.originals import kept_originals, originals_folder, set_aside
from store.errors import ConflictError, UnreadableCase
from store.model.log_line import Act, hides
from store.queries.originals import originals_of_articles


def original_findings(path: Path) -> Iterator[Finding]:
    """Find originals whose bytes are others than their name says, and those that are missing.

    An original that was redacted is none of these. Raises `UnreadableCase`.
    """
    kept = set()
    for file in kept_originals(path):
        kept.add(file.name)
        try:
            content = disk.read_file(file)
        except OSError as error:
            raise UnreadableCase(
                f"{file}: cannot be read ({error.strerror})", "check its permissions, and the disk"
            ) from error
        if hashlib.sha256(content).hexdigest() != file.name:
            yield Finding(file, "", "its bytes were altered: their SHA-256 is not its name")
    for digest in set_aside(path):
        yield Finding(path, f"original {digest[:12]}", "a redaction was not finished")
    try:
        missing = _missing(path, kept)
    except ConflictError:
        return  # what is wrong with the case has been found already
    for article, digest in missing:
        yield Finding(path, f"articles {article}", f"its original {digest} is missing")


def kept_names(case: Path) -> list[str]:
    """The names of all files beside a case that are kept with its originals."""
    folder = originals_folder(case)
    return [one.name for one in folder.iterdir()] if folder.exists() else []


def _missing(path: Path, kept: Set[str]) -> list[tuple[str, str]]:
    """The articles whose originals are not kept and were not redacted, with their hashes."""
    with closing(Archive.open(path)) as archive:
        missing = [
            (article, digest)
            for article, digest in archive.ask(originals_of_articles)
            if digest not in kept and not _is_redacted(archive, article)
        ]
    if not missing:
        return []
    for_others = {id for line in chain(path) if line.act is Act.LEFT_OUT for id in hides(line)}
    return [pair for pair in missing if pair[0] not in for_others]


def _is_redacted(archive: Archive, article: str) -> bool:
    return any(entry.act is Act.REDACTION for entry in archive.history(record=article))
