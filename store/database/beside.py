"""The files that are kept beside a case and go where it goes: its originals and its seals."""

from pathlib import Path

from store.database.originals import copied_originals, copy_originals, remove_originals
from store.database.seals import copied_seals, copy_seals, remove_seals


def copy_beside(case: Path, to: Path) -> None:
    """Keep what lies beside a case beside another, a new one. Raises `UnwritableCase`."""
    copy_originals(case, to)
    try:
        copy_seals(case, to)
    except BaseException:
        remove_beside(to)
        raise


def copied_beside(case: Path, to: Path) -> str:
    """Keep what lies beside a case beside a copy of it; where that fails, words that say so."""
    return "; ".join(filter(None, (copied_originals(case, to), copied_seals(case, to))))


def remove_beside(case: Path) -> None:
    """Remove what lies beside a new case that could not be completed."""
    remove_originals(case)
    remove_seals(case)
