"""One writer at a time, and any number of readers."""

import fcntl
import os
from pathlib import Path

import pytest

from store.errors import ReadOnlyCase
from tests.store.kept import NAMES, KeptCase, entitle, title_of


@pytest.fixture(params=NAMES)
def case(tmp_path: Path, request: pytest.FixtureRequest) -> KeptCase:
    """A small case on the disk, in files or a database."""
    return KeptCase(tmp_path, request.param)


def test_a_second_writer_is_refused_and_may_read(case: KeptCase) -> None:
    first = case.write()
    with pytest.raises(ReadOnlyCase) as refused:
        case.write()
    assert refused.value.message == (
        f"{case.path}: process {os.getpid()} on {os.uname().nodename} is changing it"
    )
    assert "read-only" in refused.value.hint
    assert refused.value.exit_code == 77
    entitle(first, "Hama falls")
    reader = case.read()
    assert title_of(reader) == "Hama falls"
    reader.close()
    first.close()
    case.write().close()


def test_a_lock_that_says_nothing_of_who_has_it(case: KeptCase) -> None:
    lock = case.path.with_name(f"{case.path.name}.lock")
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(ReadOnlyCase, match="another program is changing it"):
            case.write()
    case.write().close()


def test_no_writer_where_nothing_can_be_written(case: KeptCase) -> None:
    case.path.with_name(f"{case.path.name}.lock").mkdir()
    with pytest.raises(ReadOnlyCase, match="cannot be locked for writing"):
        case.write()
    assert case.title() == "Fall"


def test_no_writer_where_the_log_cannot_be_written(tmp_path: Path) -> None:
    case = KeptCase(tmp_path)
    case.titles("Hama falls")
    case.log.chmod(0o400)
    if os.access(case.log, os.W_OK):
        pytest.skip("root may write everything")
    with pytest.raises(ReadOnlyCase, match="cannot be written"):
        case.write()
    assert case.title() == "Hama falls"
    case.log.chmod(0o600)
    case.write().close()
