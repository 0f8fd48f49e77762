"""A claim that is offered to a person; the rules that find it are loaded when they are asked."""

from typing import NamedTuple

from store.model.values import AnyValue
from store.model.vocabulary import Kind


class OfferedClaim(NamedTuple):
    """A claim that a sentence may make; `aggregate` where it seems to cover several events."""

    kind: Kind
    value: AnyValue
    scope: str = ""
    aggregate: bool = False
