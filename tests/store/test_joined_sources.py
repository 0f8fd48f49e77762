"""A claim counts as the source whose words it repeats, and changes with that source."""

from collections.abc import Iterator, Mapping
from sqlite3 import Connection
from typing import Any

import msgspec
import pytest

from store.database.apply import apply
from store.errors import RefusedChange
from store.model.change import Edit
from store.model.judgements import Kinship, KinshipKind
from store.model.records import AnyRecord, Article, Source
from store.model.values import Count
from store.model.vocabulary import Kind, SourceKind, Stance
from tests.small import SmallCase
from tests.store.dumps import assert_as_made_anew, changed, indexed, undone

JOINS = ("version of", *(kind for kind in KinshipKind if kind is not KinshipKind.APART))
CHANGES: Mapping[str, Mapping[str, Any]] = {
    "speaks_for": {"speaks_for": "act_Army"},
    "actor": {"actor": "act_Army"},
    "kind": {"kind": SourceKind.BELLIGERENT},
    "no name": {"kind": SourceKind.UNNAMED},
}


def joined_case(join: str) -> Iterator[tuple[str, AnyRecord]]:
    """A case with claims of the article of another publisher, which is joined to one of Agency.

    No event has a claim from the article of Agency itself.
    """
    small = SmallCase()
    army = small.actor("Army")
    agency, paper, radio = (small.source(name) for name in ("Agency", "Paper", "Radio"))
    spoken = small.tables["sources"][radio]
    assert isinstance(spoken, Source)
    small.tables["sources"][radio] = msgspec.structs.replace(spoken, speaks_for=army)
    text = "The town fell. 9 are dead."
    first = small.article("first", text, publisher=agency, published="2024-12-05")
    second = small.article("second", f"{text} So it is.", publisher=paper, published="2024-12-07")
    third = small.article(
        "third", "The town fell? 5 are dead.", publisher=radio, published="2024-12-05"
    )
    fall = small.event("Fall")
    small.claim(fall, second, "The town fell")
    small.claim(fall, third, "The town fell", stance=Stance.DENIES)
    small.dated(fall, third, "The town fell", "2024-12-04")
    for article, dead in ((second, 9), (third, 5)):
        toll = Count(min=dead, max=dead, printed=str(dead))
        small.claim(fall, article, f"{dead} are dead", kind=Kind.FATALITIES, value=toll)
    if join == "version of":
        later = small.tables["articles"][second]
        assert isinstance(later, Article)
        small.tables["articles"][second] = msgspec.structs.replace(later, version_of=first)
    else:
        kinship = Kinship(
            id="kin_one",
            about=first,
            other=second,
            verdict=KinshipKind(join),
            reason="why",
            by="Ana",
            at="2024-12-08T10:00:00Z",
        )
        small.tables["kinships"] = {kinship.id: kinship}
    return ((table, one) for table, one in small.records() if table != "case")


@pytest.fixture(params=JOINS)
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """The index of a case with one of the joins."""
    found = indexed(joined_case(str(request.param)))
    yield found
    found.close()


@pytest.mark.parametrize("altered", CHANGES)
def test_a_claim_changes_with_the_source_that_it_counts_as(
    connection: Connection, altered: str, request: pytest.FixtureRequest
) -> None:
    join = request.node.callspec.params["connection"]
    (agency,) = (one for _, one in joined_case(join) if one.id == "src_Agency")
    after = msgspec.structs.replace(agency, **CHANGES[altered])
    change = changed(Edit("sources", agency.id, agency, after))
    apply(connection, change)
    assert_as_made_anew(connection)
    apply(connection, undone(change))
    assert_as_made_anew(connection)


def test_an_article_with_a_later_version_cannot_be_withdrawn_alone() -> None:
    connection = indexed(joined_case("version of"))
    (first,) = (one for _, one in joined_case("version of") if one.id == "art_first")
    with pytest.raises(RefusedChange, match=r"art_second refers to it \(version_of\)"):
        apply(connection, changed(Edit("articles", first.id, first, None)))
    connection.close()
