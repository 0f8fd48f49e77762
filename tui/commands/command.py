"""The type of a command, and how its argument is completed."""

from enum import StrEnum, auto
from typing import NamedTuple

from store.queries.filters import FilterKind


class Group(StrEnum):
    """The headings of the help."""

    PIVOT = "From event to article and back"
    COMPARE = "Compare what is claimed"
    FIND = "Find and filter"
    FIGURES = "Sort, count and plot"
    MOVE = "Move"
    CODE = "Code an article"
    CASE = "Change the case"
    LEAVE = "Copy and open"
    VIEW = "Look"
    PROGRAM = "Program"


class Completion(StrEnum):
    """The ways in which `tui.dialogs.completions` completes the argument of a command."""

    FILE = auto()
    CASE = auto()
    EXPORT = auto()
    DOSSIER = auto()
    SUBJECT = auto()
    NAME = auto()
    SORT = auto()
    FIELD = auto()
    COLUMN = auto()
    DATE_RULE = auto()
    EVENT_TYPE = auto()
    SAVED_FILTER = auto()
    THEME = auto()


class Command(NamedTuple):
    """One thing that a user can do, with all that is said of it.

    `keys` are shown and bound in this order; `typed` is the word that it has in
    the palette when it takes an argument, which `argument` names; `aliases` are other
    words for it that hands may know. `panes` are
    the panes in which it does something; none means all.

    `completion` says how its argument is completed, None where it is taken as
    it is typed; a command with a `filter` is completed as that is. One `of_selection`
    is for selected words, and leads the help while there are some. Before the
    case is read, a command waits unless `needs_case` is False. With
    `waits_for_panes` it acts on what the panes show of an event, and waits until
    they show it. With `changes_case` the case must be ours to write.
    """

    id: str
    group: Group
    keys: tuple[str, ...]
    label: str
    help: str
    panes: tuple[str, ...] = ()
    typed: str = ""
    aliases: tuple[str, ...] = ()
    argument: str = ""
    completion: Completion | None = None
    filter: FilterKind | None = None
    needs_case: bool = True
    waits_for_panes: bool = False
    changes_case: bool = False
    of_selection: bool = False
