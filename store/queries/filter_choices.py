"""The values of the kinds of filter that have few, with what each means and its condition."""

from store.model.vocabulary import EVENT_TYPES, FLAGS
from store.queries.filter_row import Choice

TYPES = tuple(
    Choice(event_type.value, title=row.label, label=row.label)
    for event_type, row in EVENT_TYPES.items()
)
"""The filters by type of event."""

SUPPORTS = (
    Choice("disputed", "claims of different origins contradict each other", sql="contradicts > 0"),
    Choice("differs", "claims differ and need a person's ruling", sql="differs > 0"),
    Choice(
        "stale", "a report gives an earlier state after another gave a later one", sql="stale > 0"
    ),
    Choice("apart", "figures grew, or are far apart", sql="apart > 0"),
    Choice("hedged", "a source reports them only as hearsay", sql="hedges > 0"),
    Choice("denied", "a source denies that they happened", sql="denials > 0"),
    Choice("single-origin", "all articles rest on one origin", sql="origins = 1"),
    Choice("2+", "two or more origins report them", sql="origins >= 2"),
)
"""The filters by support."""

FLAGGED = (
    Choice(
        "any",
        "the row has any flag",
        sql="n IN (SELECT event FROM event_flags)",
    ),
    *(Choice(flag.value, meaning, label=flag.replace("-", " ")) for flag, meaning in FLAGS.items()),
)
"""The filters by flag; the first is by any of them."""

MAKERS = (
    Choice("person", "a person coded them", sql="(dataset IS NULL AND NOT machine)"),
    Choice(
        "data-set",
        label="data set",
        meaning="they are rows of a data set",
        sql="(dataset IS NOT NULL AND NOT machine)",
    ),
    Choice("machine", "a machine made them, and nobody has reviewed them", sql="machine"),
)
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
"""The events of which something was done to one of these records, or to what stands behind it."""

_UNREAD = """n IN (SELECT event FROM evidence WHERE article NOT IN (
    SELECT articles.n FROM marks JOIN articles ON articles.id = marks.about
    WHERE json_extract(marks.body, '$.kind') = 'read'))"""


def _behind(done: str) -> str:
    return _BEHIND.format(done=done)


MARKINGS = (
    Choice(
        "starred",
        "they, or records behind them, are starred",
        sql=_behind("SELECT about FROM marks WHERE json_extract(body, '$.kind') = 'star'"),
    ),
    Choice(
        "noted", "they, or records behind them, have a note", sql=_behind("SELECT about FROM notes")
    ),
    Choice(
        "tagged", "they, or records behind them, are tagged", sql=_behind("SELECT about FROM tags")
    ),
    Choice("graded", "a source or a claim is graded", sql=_behind("SELECT about FROM grades")),
    Choice("assessed", "somebody has assessed them", sql=_behind("SELECT about FROM assessments")),
    Choice(
        "ruled",
        "somebody has ruled on two of their claims",
        sql=_behind("SELECT about FROM rulings UNION SELECT other FROM rulings"),
    ),
    Choice(
        "read",
        "every article behind them is marked as read",
        sql=f"(n IN (SELECT event FROM evidence) AND NOT {_UNREAD})",
    ),
    Choice("unread", "an article behind them is not marked as read", sql=_UNREAD),
)
"""The filters by what persons did to an event, or to an article, passage, claim or source of it."""
