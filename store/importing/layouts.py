"""The columns of each data set: which are read, which only kept, and which neither."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from store.importers import acled, gdelt_events, gdelt_mentions, ged, gtd
from store.importers.acled_columns import COLUMNS as ACLED
from store.importers.acled_columns import OLDER
from store.importers.cell_reader import YEAR
from store.importers.gdelt import EVENTS, MENTIONS
from store.importers.ged_columns import COLUMNS_49
from store.importers.gtd_columns import GROUPS as GTD_GROUPS
from store.importers.gtd_columns import OTHERS, READ
from store.importers.row_article import Groups


class Layout(NamedTuple):
    """The columns of a data set, in their order, by what is done with them.

    Those that are `read` give the values of claims, or decide how others are read. Those that
    are only `kept` are in the article of the row. A change of any column changes the row.
    """

    words: str
    read: tuple[str, ...]
    kept: tuple[str, ...]
    unread: tuple[str, ...]


def _layout(words: str, columns: Sequence[str], read: Iterable[str], groups: Groups = ()) -> Layout:
    known, text = {*read}, {column for _, of_group in groups for column in of_group}
    return Layout(
        words,
        tuple(name for name in columns if name in known),
        tuple(name for name in columns if name in text - known),
        tuple(name for name in columns if name not in known | text),
    )


LAYOUTS = (
    _layout("UCDP GED", COLUMNS_49, {*ged.KINDS, YEAR}, ged.GROUPS),
    _layout(
        "ACLED",
        (*OLDER, *ACLED),
        {*acled.KINDS, YEAR, "event_id_cnty", "timestamp"},
        acled.GROUPS,
    ),
    _layout("GTD", (*READ, *OTHERS), {*gtd.KINDS, "eventid"}, GTD_GROUPS),
    _layout(
        "GDELT events", EVENTS, {*gdelt_events.KINDS, YEAR, "globaleventid"}, gdelt_events.GROUPS
    ),
    _layout("GDELT mentions", MENTIONS, gdelt_mentions.USED),
)
"""The columns of each data set that is known by its columns."""
