"""Several filters in one typed line."""

import pytest

from store.queries.filters import Filter, FilterKind
from tui.session.filter_line import clauses, read_line, replaced, typed


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("hts", ["actor:hts"]),
        (
            "hts place aleppo date 2024-11-29..30",
            ["actor:hts", "place:aleppo", "date:2024-11-29..30"],
        ),
        ("Free Syrian Army  PLACE  Tel Rifaat ", ["actor:Free Syrian Army", "place:Tel Rifaat"]),
        ("place", ["actor:place"]),
        ("hts place", ["actor:hts", "place:"]),
        ('"Date Palm Brigade" type clash', ["actor:Date Palm Brigade", "type:clash"]),
        ("hts words took the place of", ["actor:hts", "words:took the place of"]),
        (
            'hts words "took the place" place aleppo',
            ["actor:hts", 'words:"took the place"', "place:aleppo"],
        ),
        ("hts tagged ambush tag b", ["actor:hts", "tag:ambush", "tag:b"]),
    ],
)
def test_a_word_for_a_kind_begins_the_next_filter(line: str, found: list[str]) -> None:
    assert [f"{one.kind}:{one.argument}" for one in clauses(FilterKind.ACTOR, line)] == found


def test_one_filter_of_a_line_is_replaced_and_quoted_where_it_must_be() -> None:
    line = "hts place aleppo date 2024"
    _, place, _ = clauses(FilterKind.ACTOR, line)
    assert replaced(line, place, "plc_1") == "hts place plc_1 date 2024"
    first = clauses(FilterKind.ACTOR, line)[0]
    assert (
        replaced(line, first, "Army of the place") == '"Army of the place" place aleppo date 2024'
    )


@pytest.mark.parametrize(
    "filter_",
    [
        Filter(FilterKind.ACTOR, "Date palm place", "Date palm place"),
        Filter(FilterKind.WORDS, "in place of", "in place of", negated=True),
        Filter(FilterKind.TAG, "ambush", "ambush"),
        Filter(FilterKind.FLAG, "low-above-best", "low above best", negated=True),
    ],
)
def test_the_line_of_a_filter_means_that_filter(filter_: Filter) -> None:
    word, _, line = typed(filter_).partition(" ")
    assert word in (filter_.kind.row.name, filter_.kind.row.typed)

    def read(kind: FilterKind, argument: str) -> Filter:
        found = argument.removeprefix("!")
        return Filter(
            kind, found.replace(" ", "-") if kind == "flag" else found, found, argument != found
        )

    assert read_line(read, filter_.kind, line) == (filter_,)
