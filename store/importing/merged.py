"""The records that were merged into others: an import must not bring them back."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from store.coding.merge import repeated_claims
from store.importers.draft import Draft
from store.model.records import Claim
from store.model.references import with_references


class MergedRecords(NamedTuple):
    """The ids of merged records, each with that of the record which stayed.

    `rows` are the rows of a data set whose events were merged, by their ids: the event that
    stayed, and the hash of the row.
    """

    ids: Mapping[str, str]
    rows: Mapping[str, tuple[str, str]]

    def has_event(self, draft: Draft) -> bool:
        """Tell if the event of a draft was merged into another."""
        return draft.event is not None and draft.event.id in self.ids

    def moved(self, draft: Draft) -> Draft:
        """The draft with the records that stayed in place of those that were merged."""
        if not self.ids:
            return draft
        event, article = draft.event, draft.article
        if event is not None:
            id = self.ids.get(event.id, event.id)
            event = msgspec.structs.replace(with_references(event, self.ids), id=id)
        claims = [with_references(claim, self.ids) for claim in draft.claims]
        return draft._replace(
            event=event,
            article=None if article is None else with_references(article, self.ids),
            claims=without_repeated(claims, ()),
            shared=tuple(
                (table, with_references(one, self.ids))
                for table, one in draft.shared
                if one.id not in self.ids
            ),
        )


def without_repeated(claims: Sequence[Claim], held: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims but for those that say what another of them says, or another that is held."""
    ids = {claim.id for claim in held}
    repeated = repeated_claims(claims, (), {})
    said = {msgspec.structs.replace(claim, id="") for claim in held}
    return tuple(
        claim
        for claim in claims
        if claim.id in ids
        or not (claim.id in repeated or msgspec.structs.replace(claim, id="") in said)
    )
