"""A merge that is killed, or whose disk fails: it is made or not, and can be made again."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from pathlib import Path

import pytest

from store.archive import Archive
from store.custody.join_histories import merge_copies
from store.errors import ConflictError
from store.model.log_line import Act
from tests.examples import sample
from tests.store.copies import copied, findings, records_of
from tests.store.faults import HOWS, Disk, Killed, failing
from tests.store.kept import NAMES, abandon
from tests.store.sqlite_disk import WriteCounter, counting, exit_code_of
from tests.store.test_merge_redactions import TITLE_NAME, alter, put_named, redact

pytestmark = pytest.mark.slow

AT_REST = nullcontext()
"""A disk on which nothing happens."""


class TwoCopies:
    """A case, and a copy with changes and a redaction that are to be merged into it."""

    def __init__(self, folder: Path, name: str) -> None:
        put_named(folder / name)
        self.theirs = copied(folder / name, folder / f"theirs-{name}")
        self.mine = copied(folder / name, folder / "mine" / name)
        for path, who in ((self.theirs, "Bo"), (self.mine, "Ana")):
            archive = Archive.open(path, author=who, writing=True)
            alter(archive, "events", "evt_Fall", "title", title=who)
            alter(archive, "claims", "clm_2", "aggregate", aggregate=True)
            if who == "Bo":
                redact(archive, "events", "evt_Flight", "title", TITLE_NAME)
            archive.close()
        self._folder = folder

    def copy(self, at: object) -> Path:
        """A copy of the case to merge into."""
        return copied(self.mine, self._folder / str(at) / self.mine.name)

    def merge(self, into: Path, during: AbstractContextManager[object] = AT_REST) -> None:
        """Merge within a context, and end without closing the case."""
        reader = Archive.open(self.theirs)
        archive = Archive.open(into, author="Me", writing=True)
        try:
            with during:
                merge_copies(reader, archive)
        finally:
            abandon(archive)
            reader.close()

    def check(self, path: Path, whole: Path) -> bool:
        """Check that the merge is made or not, and make it; True if it was made."""
        archive = Archive.open(path, author="Me", writing=True)
        entries = archive.history()
        archive.close()
        made = any(entry.act is Act.MERGE for entry in entries)
        if not made:
            assert {entry.who for entry in entries if entry.act is Act.CHANGE} == {"Base", "Ana"}
        assert findings(path) == []
        self.merge(path)
        Archive.open(path, author="Me", writing=True).close()
        assert records_of(path) == records_of(whole)
        assert findings(path) == []
        assert not any(TITLE_NAME.encode() in file.read_bytes() for file in path.parent.iterdir())
        return made


@pytest.fixture(scope="module", params=NAMES)
def copies(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> TwoCopies:
    """Two copies in files, and two in databases."""
    return TwoCopies(tmp_path_factory.mktemp("copies"), request.param)


def test_whenever_a_merge_is_killed_it_is_made_or_not(copies: TwoCopies) -> None:
    whole = copies.copy("whole")
    calls, writes = Disk(), WriteCounter()
    in_files = whole.suffix == ".json"
    copies.merge(whole, failing(calls) if in_files else counting(writes))
    every = range(1, len(calls.calls) + 1) if in_files else range(1, writes.calls, 8)
    made = set()
    for at in sample(every, "killed"):
        path = copies.copy(f"killed-{at}")
        killing = failing(Killed(at)) if in_files else counting(WriteCounter(at, kills=True))
        assert exit_code_of(partial(copies.merge, path, killing)) == 9
        made.add(copies.check(path, whole))
    assert False in made


def test_whatever_call_fails_a_merge_is_made_or_not(tmp_path: Path) -> None:
    copies = TwoCopies(tmp_path, NAMES[0])
    whole = copies.copy("whole")
    calls = Disk()
    copies.merge(whole, failing(calls))
    cells: list[tuple[int, Callable[[int], Disk]]] = [
        (at, how) for at in range(1, len(calls.calls) + 1) for how in HOWS
    ]
    for number, (at, how) in enumerate(sample(cells, "fails")):
        path = copies.copy(number)
        with suppress(ConflictError):
            copies.merge(path, failing(how(at)))
        copies.check(path, whole)
