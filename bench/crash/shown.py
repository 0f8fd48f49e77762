"""Trials with a flipped bit in a case: whatever is shown of it is as it was written, or told."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from bench.crash.stores import Store
from bench.crash.tally import Tally, Trial
from store.archive import Archive
from store.errors import ConflictError
from store.queries import article, claims, disputes, event, evidence, passage, search, timeline
from store.queries.event_sort import Sort
from store.queries.filters import Filters
from store.queries.records import all_records
from store.reader import Reader
from tests.store.damaged_pages import kept_file, whole

ALTERED = "an altered record is shown without a word"
TOLD = "told, or refused"
UNCHANGED = "shown as it was written"
_WORDS = ("village", "fighting", "brigade", "siege")
_STEP = 7
"""Of the events and articles, every so many are asked about."""


def shown(store: Store, runs: int, seed: int, folder: Path) -> dict[str, Tally | None]:
    """Flip `runs` single bits in a database, in a case file and in its kept index."""
    kinds = ("a database", "a case file", "its kept index")
    if not store.is_archive:
        return dict.fromkeys(kinds)
    draw = Random(seed)
    database = whole(folder / "0", wiped=True, closed=True).path
    case = kept_file(folder / "1")
    files = (database, case, case.with_name(f"{case.name}.index"))
    found: dict[str, Tally | None] = {}
    for kind, file in zip(kinds, files, strict=True):
        shutil.copytree(file.parent, folder / kind)
        damaged = folder / kind / file.name
        path = damaged.with_name(database.name if file == database else case.name)
        found[kind] = _flipped(path, damaged, runs, draw)
    return found


def _flipped(path: Path, damaged: Path, runs: int, draw: Random) -> Tally:
    """Flip bits in one of the files of a case, and read the case each time."""
    content = damaged.read_bytes()
    right, notices = _read(path)
    tally = Tally()
    told = unchanged = 0
    for _ in range(runs):
        at = draw.randrange(len(content))
        other = bytes([content[at] ^ 1 << draw.randrange(8)])
        damaged.write_bytes(content[:at] + other + content[at + 1 :])
        tally.tries += 1
        found, words = _read(path)
        altered = found - right
        tally.wrong[ALTERED] += bool(altered and words == notices)
        told += words != notices
        unchanged += not altered and words == notices
    damaged.write_bytes(content)
    tally.said = {TOLD: f"{told:,}", UNCHANGED: f"{unchanged:,}"}
    return tally


def _read(path: Path) -> tuple[set[str], list[str]]:
    """The shown texts of the records of a case, every word on its files, and every error."""
    try:
        archive = Archive.open(path)
    except ConflictError as error:
        return set(), [error.message]
    found: set[str] = set()
    words = list(archive.notices)
    for question in _QUESTIONS:
        try:
            found.update(archive.ask(lambda asked, q=question: list(q(asked))))  # type: ignore[misc]
        except ConflictError as error:
            words.append(error.message)
    archive.close()
    return found, words


def _records(asked: Reader) -> Iterator[str]:
    return (repr(one) for _, one in all_records(asked))


def _rows(asked: Reader) -> Iterator[str]:
    for row in timeline.rows(asked, timeline.order(asked, Filters(), Sort.DATE)):
        yield f"{row.id} {row.title} {row.edtf} {row.flags} {row.support} {row.disputed}"


def _events(asked: Reader) -> Iterator[str]:
    for n in timeline.order(asked, Filters(), Sort.DATE)[::_STEP]:
        if seen := event.event(asked, n):
            yield repr(seen.record)
            yield from (
                f"{row.id} {row.title} {row.stance} {one.id} {one.start} {one.end}"
                for row in evidence.evidence(asked, n)
                for one in row.passages
            )
            yield from (
                f"{one.claim} {one.exact} {one.title}"
                for one in evidence.claims_about(asked, seen.record.id)
            )
            yield from map(repr, claims.told_about(asked, [seen.record.id]).told)


def _articles(asked: Reader) -> Iterator[str]:
    for n in range(1, 200, _STEP):
        if seen := article.article(asked, n):
            yield f"{seen.id} {seen.title} {seen.text} {seen.url} {seen.note}"
        if (words := passage.excerpt(asked, n)).exact:
            yield f"{n} {words.before} {words.exact} {words.after}"


def _found(asked: Reader) -> Iterator[str]:
    for words in _WORDS:
        yield from (f"{hit.id} {hit.title} {hit.snippet}" for hit in search.search(asked, words))
        yield from (f"{one.id} {one.names}" for one in search.named(asked, words))
    yield from (f"{one.id} {one.title}" for one in disputes.disputed(asked, Filters()))


_QUESTIONS: tuple[Callable[[Reader], Iterator[str]], ...] = (
    *(_records, _rows, _events, _articles, _found),
)

TRIAL = Trial(
    "One bit turns, and the case is read",
    shown,
    (ALTERED,),
    (TOLD, UNCHANGED),
)
