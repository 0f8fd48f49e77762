"""The type of a command, and the panes in which it works."""

from enum import StrEnum
from typing import NamedTuple


class Group(StrEnum):
    """The headings of the help."""

    PIVOT = "From event to article and back"
    COMPARE = "Compare what is claimed"
    FIND = "Find and filter"
    MOVE = "Move"
    CASE = "Change the case"
    VIEW = "Look"
    PROGRAM = "Program"


class Command(NamedTuple):
    """One thing that a user can do.

    `keys` are shown and bound in this order; `typed` is its word in the palette
    if it takes an argument, which `argument` names. `panes` are the panes in
    which it does something; none means all.
    """

    id: str
    group: Group
    keys: tuple[str, ...]
    label: str
    help: str
    panes: tuple[str, ...] = ()
    typed: str = ""
    argument: str = ""
    hint: str = ""


PANES = ("timeline", "actors", "sources", "article")
"""The panes in the order of their numbers and of Tab."""

LISTS = PANES[:3]

VIEWS = ("compare", "who")
"""What can take the place of the panes: the claims side by side, and who says so."""
