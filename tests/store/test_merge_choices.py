"""The records that one may be merged into, the likeliest first."""

from pathlib import Path

from store.archive import Archive
from store.queries.entities import others
from tests.small import SmallCase


def test_names_that_share_words_come_before_the_others(tmp_path: Path) -> None:
    small = SmallCase()
    for name in ("AFP", "Agency of Trin", "Beshir Volan", "Volan Radio"):
        small.source(name)
    one = small.source("Spokesman Beshir Volan of the civil defence")
    archive = Archive.open(small.write(tmp_path / "case.json"))
    found = [(row.name, row.why) for row in archive.ask(others, one, "")]
    assert found[:2] == [("Beshir Volan", "shares Beshir, Volan"), ("Volan Radio", "shares Volan")]
    assert {name for name, _ in found[2:]} == {"AFP", "Agency of Trin"}
