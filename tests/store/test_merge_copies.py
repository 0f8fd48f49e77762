"""Random histories of two copies: merged either way, their records are equal, and whole."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.archive import Archive
from tests.examples import WHOLE
from tests.store.copies import copied, findings, go_on, is_refused, merged, put_base, records_of
from tests.store.dumps import assert_as_made_anew, on_index
from tests.store.kept import held

pytestmark = pytest.mark.slow


@settings(max_examples=300 if WHOLE else 6)
@given(st.integers(0, 2**32))
def test_two_copies_merged_either_way_have_equal_records(seed: int) -> None:
    rng = Random(seed)
    with TemporaryDirectory() as folder:
        base = Path(folder) / rng.choice(("case.json", "case.db"))
        put_base(base, rng)
        names = [rng.choice(("one.json", "one.db")), rng.choice(("two.json", "two.db"))]
        one, two = (copied(base, Path(folder) / name) for name in names)
        go_on(one, rng, "Ana", rng.randint(0, 6))
        go_on(two, rng, "Bo", rng.randint(0, 6))
        into_one = copied(one, Path(folder) / "a" / one.name)
        into_two = copied(two, Path(folder) / "b" / two.name)
        before = records_of(one)
        if is_refused(two, into_one):
            assert is_refused(one, into_two)
            assert records_of(into_one) == before
            return
        merged(one, into_two)
        assert records_of(into_one) == records_of(into_two)
        assert findings(into_one) == findings(into_two) == []
        assert merged(two, into_one) is None
        _check_undo(into_one, before)


@settings(max_examples=100 if WHOLE else 4)
@given(st.integers(0, 2**32))
def test_copies_that_are_merged_again_and_again_stay_whole_and_end_equal(seed: int) -> None:
    rng = Random(seed)
    with TemporaryDirectory() as folder:
        base = Path(folder) / "case.json"
        put_base(base, rng)
        copies = [copied(base, Path(folder) / name) for name in ("one.json", "two.db")]
        for _ in range(3):
            for path, who in zip(copies, ("Ana", "Bo"), strict=True):
                go_on(path, rng, who, rng.randint(0, 3))
            theirs, into = rng.sample(copies, 2)
            if not is_refused(theirs, into):
                assert merged(theirs, into) is None
        one, two = copies
        if is_refused(one, two) or is_refused(two, one):
            return
        assert records_of(one) == records_of(two)
        assert findings(one) == findings(two) == []
        assert merged(one, two) is None
        assert merged(two, one) is None


def _check_undo(path: Path, before: object) -> None:
    """Undo entry by entry until the records are those from before the merge."""
    archive = Archive.open(path, author="me", writing=True)
    on_index(archive, assert_as_made_anew)
    for entry in archive.history():
        if entry.who not in ("Bo", "Me"):
            break
        if held(archive) != before and entry.edits:
            archive.undo()
    assert held(archive) == before
    archive.close()
