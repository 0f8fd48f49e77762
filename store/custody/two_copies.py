"""Two copies of a case that are joined, and what could not be taken of both."""

from typing import NamedTuple

from store.custody.branch import Branch, Touch
from store.custody.shared_redactions import Versions
from store.custody.three_way import Fields
from store.model.records import AnyRecord


class Conflict(NamedTuple):
    """A record of which only one of two values could be taken.

    `fields` are those that both copies changed, with the record as `taken` and as `left`; none
    where one copy withdrew the record, and it stays. `holds` is the act whose word holds, and
    `yields` the other.
    """

    record: AnyRecord
    fields: Fields
    taken: AnyRecord | None
    left: AnyRecord | None
    holds: Touch
    yields: Touch


class Copy(NamedTuple):
    """One of two copies: its acts, and its records that either has edited since."""

    branch: Branch
    now: Versions
