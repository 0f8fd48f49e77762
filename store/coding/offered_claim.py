"""Offers to a person of a claim and its source; the rules that find them load when asked."""

from typing import NamedTuple

from store.model.values import AnyValue
from store.model.vocabulary import Kind, Stance

SUM_OF = "the sum of "
"""The beginning of the note of a number that no words print, before those that it sums."""


class OfferedClaim(NamedTuple):
    """A claim that a sentence may make; `aggregate` where it seems to cover several events.

    `note` says how its number was made of the printed ones: a sum, or a part of another. The
    `stance` is that of the clause that says it.
    """

    kind: Kind
    value: AnyValue
    scope: str = ""
    aggregate: bool = False
    note: str = ""
    stance: Stance = Stance.ASSERTS


class CitedSource(NamedTuple):
    """A source that words cite; the `id` is empty where the case has none of the name.

    The place is that of the name in the words in their folded form.
    """

    name: str
    id: str
    start: int
    end: int
