"""The originals beside a case: a hash is the name of a file only if it is one."""

from pathlib import Path

import pytest

from store.database.originals import (
    keep_original,
    kept_originals,
    read_original,
    redacting_originals,
)

NO_HASHES = ["", "../case.json", "a\0b", "/etc/passwd", "A" * 64, "0" * 63]


@pytest.mark.parametrize("digest", NO_HASHES)
def test_what_is_no_hash_names_no_file_and_removes_none(tmp_path: Path, digest: str) -> None:
    case = tmp_path / "case.json"
    case.write_text("{}")
    kept = keep_original(case, b"words")
    assert read_original(case, kept) == b"words"
    assert read_original(case, digest) is None
    with redacting_originals(case, [digest]):
        pass
    assert case.read_text() == "{}"
    assert [file.name for file in kept_originals(case)] == [kept]
