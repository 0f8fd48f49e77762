"""Editing in an open case: the change of a record, and what follows from it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from store.coding.article_changes import dates_again
from store.coding.editing import edit_change, edited
from store.errors import UsageError
from store.model.change import Change, Edit
from store.model.records import AnyRecord, Article
from store.model.references import TABLE_OF
from store.queries.article import article_number
from store.queries.articles import claims
from store.queries.membership import belongs_to, wholes_of
from tui.session.session import Session


def editing(
    session: Session,
    before: AnyRecord,
    values: Mapping[str, Any],
    what: str,
    made: Sequence[AnyRecord] = (),
) -> Callable[[str, str], Change]:
    """The act that edits a record, with the dates that hang on an article's time.

    `made` are the new records that it refers to then.

    It raises `UsageError` where the values do not fit, or something would be a part of itself.
    """

    def act(by: str, at: str) -> Change:
        after = edited(before, values)
        _refuse_circle(session, after)
        change = edit_change(TABLE_OF[before.id[:3]], before, after, what, by, at)
        new = {one.id: Edit(TABLE_OF[one.id[:3]], one.id, None, one) for one in made}
        dates = _dates_again(session, before, after)
        return change._replace(edits=(*new.values(), *change.edits, *dates))

    return act


def _refuse_circle(session: Session, after: AnyRecord) -> None:
    for whole in wholes_of(after):
        if session.archive.ask(belongs_to, whole, after.id):
            raise UsageError(
                f"{session.title(whole)} is this itself, or a part of it",
                "nothing is a part of itself: take another, or edit that first",
            )


def _dates_again(session: Session, before: AnyRecord, after: AnyRecord) -> Sequence[Edit]:
    """The dates that hang on an article's time, if that was corrected. Asks the case."""
    if not isinstance(before, Article) or not isinstance(after, Article):
        return ()
    ask = session.archive.ask
    number = ask(article_number, before.id)
    claimed = ask(claims, number) if number is not None else ()
    return dates_again(before, after, claimed)
