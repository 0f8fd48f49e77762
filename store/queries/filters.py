"""Filters of events, as a value that the screen, the trail and the commands share."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

import msgspec

from store.errors import UsageError
from store.model.dates import bounds, long
from store.model.vocabulary import EVENT_TYPES, EventType, Flag


class FilterKind(StrEnum):
    """The property of an event that a filter tests."""

    ACTOR = "actor"
    SOURCE = "source"
    PLACE = "place"
    TYPE = "type"
    DATE = "date"
    SUPPORT = "support"
    DATASET = "dataset"
    FLAG = "flag"
    MADE = "made"
    TAG = "tag"
    MARKED = "marked"
    WORDS = "words"


class SupportCondition(NamedTuple):
    """A condition on events, such as on their support, in SQL, and its meaning in words."""

    sql: str
    meaning: str


SUPPORTS: dict[str, SupportCondition] = {
    "disputed": SupportCondition(
        "contradicts > 0", "claims of different origins contradict each other"
    ),
    "differs": SupportCondition("differs > 0", "claims differ and wait for a person's ruling"),
    "stale": SupportCondition(
        "stale > 0", "a report tells a state later than another told a further one"
    ),
    "apart": SupportCondition("apart > 0", "figures grew, or are far apart"),
    "hedged": SupportCondition("hedges > 0", "somebody only reports them as hearsay"),
    "denied": SupportCondition("denials > 0", "somebody denies that they happened"),
    "single-root": SupportCondition("roots = 1", "all articles rest on one origin"),
    "2+": SupportCondition("roots >= 2", "two origins or more say so"),
}
"""The filters by support."""

ANY = "any"
"""The value of a filter that stands for any flag."""

MADE: dict[str, SupportCondition] = {
    "person": SupportCondition("(dataset IS NULL AND NOT machine)", "a person coded them"),
    "data-set": SupportCondition(
        "(dataset IS NOT NULL AND NOT machine)", "they are rows of a data set"
    ),
    "machine": SupportCondition("machine", "a machine made them, and nobody has looked at them"),
}
"""The filters by who made an event."""


_BEHIND = """n IN (
    WITH done (id) AS ({done})
    SELECT n FROM events WHERE id IN (SELECT id FROM done)
    UNION SELECT evidence.event FROM evidence JOIN articles ON articles.n = evidence.article
        WHERE articles.id IN (SELECT id FROM done)
    UNION SELECT event FROM claims WHERE id IN (SELECT id FROM done) AND event IS NOT NULL
    UNION SELECT claims.event FROM claims JOIN passages ON passages.n = claims.passage
        WHERE passages.id IN (SELECT id FROM done) AND claims.event IS NOT NULL
    UNION SELECT event_sources.event FROM event_sources JOIN sources
        ON sources.n = event_sources.source WHERE sources.id IN (SELECT id FROM done))"""
"""The events among the records `done`, or with one of those records behind them."""

_UNREAD = """n IN (SELECT event FROM evidence WHERE article NOT IN (
    SELECT articles.n FROM marks JOIN articles ON articles.id = marks.about
    WHERE json_extract(marks.body, '$.kind') = 'read'))"""


def _behind(done: str) -> str:
    return _BEHIND.format(done=done)


MARKED: dict[str, SupportCondition] = {
    "starred": SupportCondition(
        _behind("SELECT about FROM marks WHERE json_extract(body, '$.kind') = 'star'"),
        "they or what stands behind them is starred",
    ),
    "noted": SupportCondition(
        _behind("SELECT about FROM notes"), "there is a note on them or behind them"
    ),
    "tagged": SupportCondition(
        _behind("SELECT about FROM tags"), "they or what stands behind them is tagged"
    ),
    "graded": SupportCondition(
        _behind("SELECT about FROM grades"), "a source or a claim is graded"
    ),
    "assessed": SupportCondition(
        _behind("SELECT about FROM assessments"), "somebody has assessed them"
    ),
    "ruled": SupportCondition(
        _behind("SELECT about FROM rulings UNION SELECT other FROM rulings"),
        "somebody has ruled on two of their claims",
    ),
    "read": SupportCondition(
        f"(n IN (SELECT event FROM evidence) AND NOT {_UNREAD})",
        "every article behind them is marked as read",
    ),
    "unread": SupportCondition(_UNREAD, "an article behind them is not marked as read"),
}
"""The filters by what persons did to an event, or to an article, passage, claim or source of it."""


class Filter(msgspec.Struct, frozen=True):
    """One condition; `label` is what is shown.

    The `value` is an id, a type, an EDTF date, a kind of support, a flag, the
    maker of an event, a tag, an act of persons, or words.
    """

    kind: FilterKind
    value: str
    label: str
    negated: bool = False

    def text(self) -> str:
        """The filter as it is shown, `actor=HTS` or `actor≠HTS`."""
        return f"{self.kind}{'≠' if self.negated else '='}{self.label}"


class Filters(msgspec.Struct, frozen=True):
    """Filters, the newest last: of one kind they widen (or), of different kinds they narrow (and).

    Filters by words always narrow, and a negated filter excludes.
    """

    chips: tuple[Filter, ...] = ()

    def with_chip(self, chip: Filter) -> "Filters":
        """These filters with one more; a date takes the place of an earlier date."""
        kept = [
            old
            for old in self.chips
            if (old.kind, old.value) != (chip.kind, chip.value)
            and not (old.kind is FilterKind.DATE and chip.kind is FilterKind.DATE)
        ]
        return Filters((*kept, chip))

    def without_newest(self) -> "Filters":
        """These filters without the one that was added last."""
        return Filters(self.chips[:-1])


class SqlCondition(NamedTuple):
    """A condition on `events` in SQL, with its parameters."""

    sql: str
    parameters: tuple[object, ...]


def date_chip(text: str) -> Filter:
    """The filter by a date or a range `A..B`, either end of which may be left out.

    Raises `UsageError` for a text that is neither.
    """
    edtf = text.strip()
    if ".." in edtf and "/" not in edtf:
        start, _, end = edtf.partition("..")
        edtf = f"{start.strip() or '..'}/{end.strip() or '..'}"
    try:
        found = bounds(edtf)
    except ValueError as error:
        raise UsageError(
            f"{text!r} is no date",
            "for example 2024-11-29, 2024-11 or 2024-11-27..2024-12-01",
        ) from error
    if found.earliest is None:
        raise UsageError("a date is missing", "for example 2024-11-29.. or ..1999")
    return Filter(FilterKind.DATE, edtf, long(edtf))


def words_chip(text: str) -> Filter:
    """The filter by words to look for; a text that begins with `!` excludes them."""
    negated = text.startswith("!")
    words = text[1:].strip() if negated else text.strip()
    if not match_text(words):
        raise UsageError(f"{text!r} has no word to look for", "give letters or digits")
    return Filter(FilterKind.WORDS, words, words, negated)


def type_chip(text: str) -> Filter:
    """The filter by a type of event, given its name or label; raises `UsageError` for another."""
    wanted = text.strip().lower().replace(" ", "-")
    for event_type, row in EVENT_TYPES.items():
        if wanted in (event_type.value, row.label.replace(" ", "-")):
            return Filter(FilterKind.TYPE, event_type.value, row.label)
    raise UsageError(f"there is no type of event {text!r}", f"one of {', '.join(EventType)}")


def support_chip(text: str) -> Filter:
    """The filter by a kind of support; raises `UsageError` for another."""
    wanted = text.strip().lower().replace(" ", "-")
    if wanted not in SUPPORTS:
        raise UsageError(f"there is no support {text!r}", f"one of {', '.join(SUPPORTS)}")
    return Filter(FilterKind.SUPPORT, wanted, wanted)


def marked_chip(text: str) -> Filter:
    """The filter by an act of persons; raises `UsageError` for another word."""
    wanted = text.strip().lower()
    if wanted not in MARKED:
        raise UsageError(f"no event is marked {text!r}", f"one of {', '.join(MARKED)}")
    return Filter(FilterKind.MARKED, wanted, wanted)


def flag_chip(text: str) -> Filter:
    """The filter by a flag of a row, or by `any`; a `!` before it excludes.

    Raises `UsageError` for another.
    """
    return _chosen(FilterKind.FLAG, text, (ANY, *Flag), "flag")


def made_chip(text: str) -> Filter:
    """The filter by the maker of an event; `!` excludes; raises `UsageError` for another."""
    return _chosen(FilterKind.MADE, text, tuple(MADE), "maker of events")


def _chosen(kind: FilterKind, text: str, known: tuple[str, ...], what: str) -> Filter:
    negated = text.strip().startswith("!")
    wanted = text.strip().lstrip("!").strip().lower().replace(" ", "-")
    if wanted not in known:
        raise UsageError(f"there is no {what} {text!r}", f"one of {', '.join(known)}")
    return Filter(kind, wanted, wanted.replace("-", " "), negated)


TYPED: dict[FilterKind, Callable[[str], Filter]] = {
    FilterKind.DATE: date_chip,
    FilterKind.TYPE: type_chip,
    FilterKind.SUPPORT: support_chip,
    FilterKind.FLAG: flag_chip,
    FilterKind.MADE: made_chip,
    FilterKind.MARKED: marked_chip,
    FilterKind.WORDS: words_chip,
}
"""The functions that read a typed argument, for kinds whose value is no record of the case."""


def match_text(text: str) -> str:
    """A typed text as a query of FTS5: every word must occur, and the last may be cut off.

    Each word is quoted, so that nothing in it is an operator; `"two words"`
    stay together. Empty where there is no letter or digit.
    """
    spaced = text.replace("\0", " ")  # SQLite takes it for the end of the query
    words = [quoted or bare for quoted, bare in re.findall(r'"([^"]+)"|([^\s"]+)', spaced)]
    terms = ['"' + word + '"' for word in words if any(letter.isalnum() for letter in word)]
    return " ".join(terms) + "*" if terms else ""


_LINKED = {
    FilterKind.ACTOR: (
        "n IN (SELECT event FROM event_actors WHERE actor IN (SELECT member FROM actor_within"
        " WHERE whole = (SELECT n FROM actors WHERE id = ?)))"
    ),
    FilterKind.PLACE: (
        "n IN (SELECT event FROM event_places WHERE place IN (SELECT member FROM place_within"
        " WHERE whole = (SELECT n FROM places WHERE id = ?)))"
    ),
    FilterKind.SOURCE: (
        "n IN (SELECT event FROM event_sources WHERE source = (SELECT n FROM sources WHERE id = ?))"
    ),
    FilterKind.TYPE: "type = ?",
    FilterKind.DATASET: (
        "n IN (SELECT n FROM events WHERE dataset = (SELECT n FROM datasets WHERE id = ?))"
    ),
    FilterKind.FLAG: "n IN (SELECT event FROM event_flags WHERE flag = ?)",
    FilterKind.TAG: """n IN (
        WITH tagged (id) AS (SELECT about FROM tags WHERE json_extract(body, '$.name') = ?)
        SELECT n FROM events WHERE id IN (SELECT id FROM tagged)
        UNION SELECT evidence.event FROM evidence JOIN articles ON articles.n = evidence.article
            WHERE articles.id IN (SELECT id FROM tagged)
        UNION SELECT event FROM claims
            WHERE id IN (SELECT id FROM tagged) AND event IS NOT NULL)""",
    FilterKind.WORDS: "n IN (SELECT rowid FROM event_words WHERE event_words MATCH ?)",
}


def where(asked: Filters) -> SqlCondition:
    """The filters as a condition on the columns of `events`."""
    conditions: list[str] = []
    parameters: list[object] = []
    for kind in FilterKind:
        wanted = [chip for chip in asked.chips if chip.kind is kind and not chip.negated]
        unwanted = [chip for chip in asked.chips if chip.kind is kind and chip.negated]
        clauses = []
        for chip in (*wanted, *unwanted):
            clause, values = _clause(chip)
            parameters.extend(values)
            if chip.negated:
                conditions.append(f"NOT {clause}")
            else:
                clauses.append(clause)
        # parameters are in the order of their clauses: wanted before unwanted
        if clauses:
            join = " AND " if kind is FilterKind.WORDS else " OR "
            conditions.insert(len(conditions) - len(unwanted), f"({join.join(clauses)})")
    return SqlCondition(" AND ".join(conditions) or "1", tuple(parameters))


def _clause(chip: Filter) -> SqlCondition:
    if chip.kind is FilterKind.DATE:
        found = bounds(chip.value)
        return SqlCondition("(earliest <= ? AND latest >= ?)", (found.latest, found.earliest))
    if chip.kind is FilterKind.SUPPORT:
        return SqlCondition(SUPPORTS[chip.value].sql, ())
    if chip.kind is FilterKind.MARKED:
        return SqlCondition(MARKED[chip.value].sql, ())
    if chip.kind is FilterKind.MADE:
        return SqlCondition(MADE[chip.value].sql, ())
    if chip.kind is FilterKind.FLAG and chip.value == ANY:
        return SqlCondition("n IN (SELECT event FROM event_flags)", ())
    if chip.kind is FilterKind.WORDS:
        return SqlCondition(_LINKED[chip.kind], (match_text(chip.value),))
    return SqlCondition(_LINKED[chip.kind], (chip.value,))
