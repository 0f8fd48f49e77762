"""The kinds of filter, and filters as values that the screen, the trail and the commands share.

A kind is one row of `FilterKind`; the commands, their completion, the options
of the command line, the help and the SQL are made from it.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

import msgspec

from store.errors import UsageError
from store.model.date_words import edtf_of
from store.model.dates import bounds, long
from store.model.labels import count_text
from store.model.vocabulary import Kind
from store.queries import datasets, judgements, search
from store.queries.filter_choices import FLAGGED, MAKERS, MARKINGS, SUPPORTS, TYPES
from store.queries.filter_row import FilterRow, FilterValue, Suggestion
from store.queries.full_text import match_text
from store.queries.search import NamedKind
from store.queries.toll_filter import parse_toll, toll_condition
from store.reader import Reader


def _find_named(kind: NamedKind) -> Callable[[Reader, str], FilterValue]:
    def find(connection: Reader, text: str) -> FilterValue:
        found = search.the_named(connection, text, kind)
        return FilterValue(found.id, found.name)

    return find


def _suggest_named(kind: NamedKind) -> Callable[[Reader, str], Iterator[Suggestion]]:
    def suggest(connection: Reader, begun: str) -> Iterator[Suggestion]:
        for one in search.named(connection, begun, kind):
            about = f"All names: {one.names}{one.distinction}"
            yield Suggestion(one.name, one.apart or one.kind, about, one.id)

    return suggest


def _find_dataset(connection: Reader, text: str) -> FilterValue:
    found = datasets.the_dataset(connection, text)
    return FilterValue(found.id, found.label)


def _suggest_dataset(connection: Reader, begun: str) -> Iterator[Suggestion]:
    for one in datasets.datasets(connection):
        if begun.lower() in one.label.lower():
            yield Suggestion(one.label, count_text(one.rows, "row"), "", one.id)


def _find_tag(connection: Reader, text: str) -> FilterValue:
    name = judgements.the_tag(connection, text)
    return FilterValue(name, name)


def _suggest_tag(connection: Reader, begun: str) -> Iterator[Suggestion]:
    known = judgements.tags(connection)
    for name, number in known.items():
        if begun.lower() in name.lower():
            yield Suggestion(f"#{name}", count_text(number, "record"), "", name)
    if not known:
        yield Suggestion("The case has no tags.", "", "", None)


def _parse_date(text: str) -> FilterValue:
    """A date, or a range with an end that may be left out, in EDTF or in words."""
    try:
        edtf = edtf_of(text)
    except ValueError as error:
        raise UsageError(
            f"{text!r} is not a date: {error}",
            "for example 29 Nov 2024, Nov 2024, 2024-11-29 or 2024-11-27..2024-12-01",
        ) from error
    return FilterValue(edtf, long(edtf))


def _days(edtf: str) -> tuple[object, ...]:
    found = bounds(edtf)
    return found.latest, found.earliest


def _parse_words(text: str) -> FilterValue:
    words = text.strip()
    if not match_text(words):
        raise UsageError(f"{text!r} has no word to search for", "use letters or digits")
    return FilterValue(words, words)


def _toll_row(name: str, kind: Kind) -> FilterRow:
    return FilterRow(
        name=name,
        argument="NUMBER",
        label=f"Filter by number {name}",
        help=f"Only events with so many {name}: >20, 5..10, 0, unknown; civilians >5.",
        option_help=f"Only events with so many {name}, by the best figure: '>20', 5..10, 0, known"
        " or unknown; of a group: 'civilians >5'; by another figure: 'high >100'.",
        parse=parse_toll,
        condition_of=toll_condition(kind),
        narrows=True,
    )


class FilterKind(StrEnum):
    """The kinds of filter; each is a row that says all about it."""

    row: FilterRow

    def __new__(cls, row: FilterRow) -> "FilterKind":
        """A kind by its name."""
        kind = str.__new__(cls, row.name)
        kind._value_ = row.name
        kind.row = row
        return kind

    ACTOR = FilterRow(
        name="actor",
        argument="NAME",
        label="Filter by actor",
        help="Only events of this actor or a part of it, also where its part is denied.",
        option_help="Only events in which this actor, or a part of it, acts or is denied to act.",
        find=_find_named(NamedKind.ACTOR),
        suggest=_suggest_named(NamedKind.ACTOR),
        sql="""n IN (SELECT event FROM event_actors WHERE actor IN (
            SELECT member FROM actor_within WHERE whole = (SELECT n FROM actors WHERE id = ?)))""",
    )
    PLACE = FilterRow(
        name="place",
        argument="NAME",
        label="Filter by place",
        help="Only events at this place or within it.",
        option_help="Only events at this place or within it.",
        find=_find_named(NamedKind.PLACE),
        suggest=_suggest_named(NamedKind.PLACE),
        sql="""n IN (SELECT event FROM event_places WHERE place IN (
            SELECT member FROM place_within WHERE whole = (SELECT n FROM places WHERE id = ?)))""",
    )
    SOURCE = FilterRow(
        name="source",
        argument="NAME",
        label="Filter by source",
        help="Only events that this source reports or is cited for.",
        find=_find_named(NamedKind.SOURCE),
        suggest=_suggest_named(NamedKind.SOURCE),
        sql="""n IN (
            SELECT event FROM event_sources WHERE source = (SELECT n FROM sources WHERE id = ?))""",
    )
    TYPE = FilterRow(
        name="type",
        argument="TYPE",
        label="Filter by type of event",
        help="Only events of this type.",
        option_help="Only events of this type, such as capture or air-strike.",
        choices=TYPES,
        refusal="there is no type of event",
        sql="type = ?",
    )
    DATE = FilterRow(
        name="date",
        argument="DATE",
        label="Filter by date",
        help="Only events that may have happened then: 2024-11-29, 29 Nov 2024, Nov 2024,"
        " 2024-11-27..2024-12-01.",
        option_help="Only events that may have happened then: 2024-11-29, '29 Nov 2024', 2024-11 or"
        " 2024-11-27..2024-12-01; either end may be left out.",
        parse=_parse_date,
        single=True,
        sql="(earliest <= ? AND latest >= ?)",
        parameters=_days,
    )
    KILLED = _toll_row("killed", Kind.FATALITIES)
    INJURED = _toll_row("injured", Kind.INJURIES)
    MISSING = _toll_row("missing", Kind.MISSING)
    DISPLACED = _toll_row("displaced", Kind.DISPLACED)
    SUPPORT = FilterRow(
        name="support",
        argument="KIND",
        label="Filter by support",
        help="Only events that are disputed, differs, stale, denied, single-origin or 2+"
        " (origins).",
        option_help="Only events with these claims or support: disputed, differs, stale, denied,"
        " single-origin or 2+ (two origins or more).",
        choices=SUPPORTS,
        refusal="there is no support",
    )
    DATASET = FilterRow(
        name="dataset",
        argument="NAME",
        label="Filter by data set",
        help="Only events that are rows of this data set.",
        find=_find_dataset,
        suggest=_suggest_dataset,
        sql="""n IN (
            SELECT n FROM events WHERE dataset = (SELECT n FROM datasets WHERE id = ?))""",
    )
    FLAG = FilterRow(
        name="flag",
        argument="FLAG",
        label="Filter by flag",
        help="Only data set rows with this flag, or with any; ! before it excludes.",
        option_help="Only data set rows with this flag, such as low-above-best, or with"
        " any; !FLAG excludes.",
        choices=FLAGGED,
        refusal="there is no flag",
        sql="n IN (SELECT event FROM event_flags WHERE flag = ?)",
        excludes=True,
    )
    MADE = FilterRow(
        name="made",
        argument="BY",
        label="Filter by maker",
        help="Only events that a person, a data set or a machine made; ! before it excludes.",
        option_help="Only events made by a person, a data-set or a machine; !BY excludes.",
        choices=MAKERS,
        refusal="there is no maker of events",
        aside="made by",
        excludes=True,
    )
    TAG = FilterRow(
        name="tag",
        typed="tagged",
        argument="NAME",
        label="Filter by tag",
        help="Only events with this tag, or with an article or a claim that has it.",
        find=_find_tag,
        suggest=_suggest_tag,
        sql="""n IN (
            WITH tagged (id) AS (SELECT about FROM tags WHERE json_extract(body, '$.name') = ?)
            SELECT n FROM events WHERE id IN (SELECT id FROM tagged)
            UNION SELECT evidence.event FROM evidence
                JOIN articles ON articles.n = evidence.article
                WHERE articles.id IN (SELECT id FROM tagged)
            UNION SELECT event FROM claims
                WHERE id IN (SELECT id FROM tagged) AND event IS NOT NULL)""",
    )
    MARKED = FilterRow(
        name="marked",
        argument="HOW",
        label="Filter by mark",
        help="Only events that are starred, noted, tagged, graded, assessed, ruled, read or unread,"
        " or that rest on such records.",
        option_help="Only events that people have starred, noted, tagged, graded, assessed or"
        " ruled on, or whose records they have; also read or unread.",
        choices=MARKINGS,
        refusal="there is no mark",
    )
    WORDS = FilterRow(
        name="words",
        argument="WORDS",
        label="Filter by words",
        help="Only events with these words in title, names or passages; ! before them excludes.",
        option_help="Only events with these words in title, names or passages; !WORDS excludes.",
        parse=_parse_words,
        sql="n IN (SELECT rowid FROM event_words WHERE event_words MATCH ?)",
        parameters=lambda words: (match_text(words),),
        excludes=True,
        narrows=True,
    )


KINDS = {kind.value: kind for kind in FilterKind}
"""The kinds by their names."""


COMPARES = tuple("<>≤≥")
"""The beginnings of a label that take the place of the sign between kind and label."""


class Filter(msgspec.Struct, frozen=True):
    """One condition; `label` is what is shown, `value` an id, a choice, an EDTF date or words."""

    kind: FilterKind
    value: str
    label: str
    negated: bool = False

    def text(self) -> str:
        """The filter as it is shown, `actor=HTS`, `actor≠HTS` or `killed>20`."""
        if self.label.startswith(COMPARES):
            return f"{self.kind}{self.label}"
        return f"{self.kind}{'≠' if self.negated else '='}{self.label}"


class Filters(msgspec.Struct, frozen=True):
    """Filters, the newest last. Those of one kind widen (or), of different kinds narrow (and).

    Words narrow always, and a negated filter excludes.
    """

    filters: tuple[Filter, ...] = ()

    def with_filter(self, filter_: Filter) -> "Filters":
        """These with one more; a date takes the place of the date before it."""
        kept = [
            old
            for old in self.filters
            if (old.kind, old.value) != (filter_.kind, filter_.value)
            and not (old.kind is filter_.kind and filter_.kind.row.single)
        ]
        return Filters((*kept, filter_))

    def without(self, number: int) -> "Filters":
        """These without the one at a place; -1 is the one that was added last."""
        gone = self.filters[number]
        return Filters(tuple(one for one in self.filters if one is not gone))

    def edited(self, number: int, others: Iterable[Filter]) -> "Filters":
        """These with others in the place of one."""
        asked = Filters(self.filters[:number])
        for filter_ in (*others, *self.filters[number + 1 :]):
            asked = asked.with_filter(filter_)
        return asked


class SqlCondition(NamedTuple):
    """A condition on `events` in SQL, with its parameters."""

    sql: str
    parameters: tuple[object, ...]


def read_filter(kind: FilterKind, text: str, connection: Reader | None = None) -> Filter:
    """The filter that a typed text means, negated where the kind takes `!` before it.

    Kinds that `find` a record need the connection. Raises `UsageError` for a text
    that means nothing, and `UnknownRecord` for a name that is no record's, or several records'.
    """
    row = kind.row
    negated, rest = _parted(row, text)
    if row.choices:
        found = row.chosen(rest)
    elif row.parse is not None:
        found = row.parse(rest)
    else:
        assert row.find is not None
        assert connection is not None
        found = row.find(connection, rest)
    return Filter(kind, found.value, found.label, negated)


def find_filter(connection: Reader, kind: FilterKind, text: str) -> Filter:
    """As `read_filter`, of a case."""
    return read_filter(kind, text, connection)


def matching_choices(kind: FilterKind, begun: str) -> tuple[Suggestion, ...]:
    """The choices of a kind that a text that was begun can become."""
    row = kind.row
    negated, rest = _parted(row, begun)
    wanted = rest.strip().lower().replace("-", " ")
    without = "!" if negated else ""
    return tuple(
        Suggestion(
            without + (choice.title or choice.value),
            row.aside or row.name,
            f"Only events where {'it is not so that ' * negated}{choice.meaning}."
            if choice.meaning
            else "",
            without + choice.value,
        )
        for choice in row.choices
        if wanted in choice.value.replace("-", " ") or wanted in choice.label
    )


def _parted(row: FilterRow, text: str) -> tuple[bool, str]:
    """True if a text is negated, and the text without its `!`."""
    bare = text.strip()
    if row.excludes and bare.startswith("!"):
        return True, bare.lstrip("!").strip()
    return False, text


def where(asked: Filters) -> SqlCondition:
    """The filters as a condition on the columns of `events`."""
    conditions: list[str] = []
    parameters: list[object] = []
    for kind in FilterKind:
        of_kind = [one for one in asked.filters if one.kind is kind]
        wanted = [kind.row.condition(one.value) for one in of_kind if not one.negated]
        unwanted = [kind.row.condition(one.value) for one in of_kind if one.negated]
        if wanted:
            join = " AND " if kind.row.narrows else " OR "
            conditions.append(f"({join.join(sql for sql, _ in wanted)})")
        conditions += [f"NOT {sql}" for sql, _ in unwanted]
        for _, values in (*wanted, *unwanted):
            parameters += values
    return SqlCondition(" AND ".join(conditions) or "1", tuple(parameters))
