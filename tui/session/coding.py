"""Coding in an open case: what may be claimed by selected words, and the change that claims it."""

from collections.abc import Callable, Iterable, Sequence

from store.coding.draft import (
    ClaimDraft,
    SelectedSpan,
    claim_change,
    correction_change,
    passage_of,
)
from store.coding.gazetteer import candidates, choices, gazetteer_about, place_of, places_near
from store.coding.offers import SentenceOffers, sentence_offers
from store.coding.printed_words import as_printed
from store.coding.typed_chain import Chain, chains
from store.coding.typed_values import TypedValue, typed_value, typed_when
from store.errors import UsageError
from store.model.change import Change
from store.model.labels import PRECISIONS, value_text
from store.model.records import Actor, AnyRecord, Article, Claim, Passage, Place, Source
from store.model.values import AnyValue, Control, Participant, When, Where
from store.model.vocabulary import Kind
from store.queries.article import article_number
from store.queries.articles import claims
from store.queries.filters import Filters
from store.queries.selection import is_selected
from store.queries.subjects import SelectedWords, SubjectRow, proposed_subjects, typed_subjects
from store.queries.timeline import number_of
from tui.session.form import Among, Choice
from tui.session.session import Session


def _gazetteer_choice(place: Place, shown: str, facts: str) -> Choice:
    """A place of the gazetteer as the value of a claim."""
    precision = f"precision {place.precision}: {PRECISIONS[place.precision - 1]}"
    value = TypedValue(Where(place=place.id), (("places", place),))
    return Choice(f"{place.name} (new)", value, f"{shown}\n{facts}\n{precision}; {place.basis}")


class Coder:
    """The questions and changes of coding, for one session. The questions may run in any thread."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def words(self, span: SelectedSpan) -> str:
        """The selected words, as the article has them. Raises `UsageError` if it has them not."""
        return passage_of(self._article(span), span).exact

    def offers(self, words: str, span: SelectedSpan) -> SentenceOffers:
        """The claims that the words of an article may make."""
        article = self._article(span)
        before = "" if span.in_title else (article.text or "")[: span.start]
        return self._session.archive.ask(sentence_offers, words, article.published, before)

    def title(self, id: str) -> str:
        """The title or name of a record."""
        return self._session.title(id)

    def subjects(self, selected: SelectedWords, typed: str) -> tuple[SubjectRow, ...]:
        """The subjects for selected words, or those that typed words find."""
        ask = self._session.archive.ask
        if typed.strip():
            return ask(typed_subjects, typed)
        return ask(proposed_subjects, selected)

    def value(self, kind: Kind, text: str, span: SelectedSpan) -> TypedValue:
        """A typed value, with the records that it makes; printed is what the words of it have.

        Raises an error of `store.errors` that says how it is typed.
        """
        published = self._article(span).published
        typed = self._session.archive.ask(typed_value, kind, text, published)
        return typed._replace(value=as_printed(typed.value, self.words(span)))

    def places(self, typed: TypedValue, subject: str) -> Among | None:
        """The places of the gazetteer that a new place may be; None if there are none.

        `subject` is the id of what is claimed about: its places are those that distances are
        from. Raises `UnreadableCase` where the gazetteer cannot be read.
        """
        made = next((one for _, one in typed.made if isinstance(one, Place)), None)
        if made is None or made.latitude is not None or (about := gazetteer_about()) is None:
            return None
        near = self._session.archive.ask(places_near, subject)
        found = candidates(made.name, near)
        rows = [
            (_gazetteer_choice(place_of(one, made.name, about), shown, f"{aside} · {at}"), aside)
            for one, (shown, aside, at) in zip(found, choices(found), strict=True)
        ]
        alone = Choice(f"{made.name} (new)", typed, "a new place without coordinates")
        return Among("Which place?", (*rows, (alone, "no coordinates"))) if rows else None

    def when(self, text: str, span: SelectedSpan) -> When:
        """A typed date, counted from the publication where it is in words. Raises as `value`."""
        when = as_printed(typed_when(text, self._article(span).published), self.words(span))
        assert isinstance(when, When)
        return when

    def value_words(self, value: AnyValue, made: Iterable[tuple[str, AnyRecord]] = ()) -> str:
        """A value in words, with the names of what it refers to, some of them just `made`."""
        names = {one.id: str(getattr(one, "name", "")) for _, one in made}
        ids = [
            id
            for id in (
                value.place if isinstance(value, Where) else "",
                value.actor if isinstance(value, Participant) else "",
                value.holder if isinstance(value, Control) else "",
            )
            if id
        ]
        return value_text(value, {id: names.get(id) or self._session.title(id) for id in ids})

    def chains(self, typed: str) -> Sequence[Chain]:
        """The chains of sources that typed words may mean. Raises as `value`."""
        return self._session.archive.ask(chains, typed)

    def claim(
        self, draft: ClaimDraft, span: SelectedSpan, passage: str, words: str, why: str
    ) -> Callable[[str, str], Change]:
        """The act that adds a claim by `words`; `passage` is the id of one of them, or empty.

        It raises `UsageError` where the article, or a new name, is not as it was any more.
        """

        def act(by: str, at: str) -> Change:
            article = self._article(span)
            held = self._session.held("passages", passage) if passage else None
            made = held if isinstance(held, Passage) else passage_of(article, span)
            if made.exact != words:
                raise UsageError("the text was changed meanwhile", "select the words again")
            self._refuse_renamed(draft.made)
            change = claim_change(draft, article, made, self._session.held, by, at)
            return change._replace(why=why) if change.edits else change

        return act

    def correction(
        self, draft: ClaimDraft, span: SelectedSpan, before: Claim, why: str
    ) -> Callable[[str, str], Change]:
        """The act that corrects a claim. It raises as that of `claim`, or if it was changed."""

        def act(by: str, at: str) -> Change:
            if self._session.held("claims", before.id) != before:
                raise UsageError("the claim was changed meanwhile", "edit it again")
            self._refuse_renamed(draft.made)
            article = self._article(span)
            change = correction_change(draft, article, before, self._session.held, by, at)
            return change._replace(why=why) if change.edits else change

        return act

    def claim_at(self, id: str) -> tuple[Claim, SelectedSpan, SelectedWords] | None:
        """A claim with the span of its passage, and its words; None where it is gone."""
        claim = self._session.held("claims", id)
        passage = (
            self._session.held("passages", claim.passage) if isinstance(claim, Claim) else None
        )
        if not isinstance(claim, Claim) or not isinstance(passage, Passage):
            return None
        number = self._session.archive.ask(article_number, passage.article)
        if number is None:
            return None
        span = SelectedSpan(passage.article, passage.start, passage.end, passage.in_title)
        return claim, span, SelectedWords(number, passage.start, passage.exact, None)

    def listed(self, id: str, filters: Filters) -> tuple[int, bool] | None:
        """The number of an event, and True if the filters hide it; None where it is gone."""
        ask = self._session.archive.ask
        number = ask(number_of, id)
        if number is None:
            return None
        return number, not ask(is_selected, filters, number)

    def claims_of(self, passage: str) -> tuple[Claim, ...]:
        """The claims by the words of a passage."""
        held = self._session.held("passages", passage)
        if not isinstance(held, Passage):
            return ()
        ask = self._session.archive.ask
        number = ask(article_number, held.article)
        found = ask(claims, number) if number is not None else ()
        return tuple(one for one in found if one.passage == passage)

    def _refuse_renamed(self, made: Iterable[tuple[str, AnyRecord]]) -> None:
        """Raise `UsageError` where a new actor or place is one that goes by another name now."""
        for table, one in made:
            held, name = self._session.held(table, one.id), getattr(one, "name", "")
            if isinstance(held, (Actor, Place, Source)) and name not in (held.name, *held.aliases):
                raise UsageError(
                    f"{name} was made before, and is called {held.name} now",
                    "take that, give it the name with E, or type another name",
                )

    def _article(self, span: SelectedSpan) -> Article:
        article = self._session.held("articles", span.article)
        if not isinstance(article, Article):
            raise UsageError("the article is gone", "it was withdrawn meanwhile")
        return article
