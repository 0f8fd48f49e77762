"""The lines above the text of an article, and its border."""

from textual.content import Content

from store.model.labels import NO_TITLE, NOT_STATED, TEXT_KINDS
from store.model.stamps import SURENESS, full_day_of
from store.model.vocabulary import TextKind
from store.queries.article import ArticleView
from tui.draw.marks import MACHINE
from tui.draw.styles import Styles, said, styled


def article_facts(view: ArticleView, styles: Styles) -> Content:
    """The publisher, times, kind of text and address, in one line."""
    publisher = said(view.publisher) if view.publisher else styled(NOT_STATED, styles.muted)
    published = full_day_of(view.published) or "time not stated"
    sure = f" ({SURENESS[view.sureness]})" if SURENESS[view.sureness] else ""
    facts = [publisher, styled(f"{published}{sure}", styles.muted)]
    if view.known.machine:
        facts.append(styled(f"{MACHINE} read by a machine", styles.accent))
    if TEXT_KINDS[view.text_kind]:
        facts.append(styled(TEXT_KINDS[view.text_kind], styles.accent))
    if view.version:
        one = f"version {view.version.number} of {view.version.of}"
        facts.append(styled(one, styles.accent))
    if not view.title:
        facts.append(styled(NO_TITLE, styles.muted))
    if view.updated:
        facts.append(styled(f"updated {full_day_of(view.updated)}", styles.muted))
    if view.url:
        facts.append(styled(view.url, styles.muted))
    return styled(" · ", styles.muted).join(facts)


def article_note(view: ArticleView) -> str:
    """The note on an article without a text: a headline alone, or a row of a data set.

    It has the licence, and for a row the citation. Empty for a text as it was
    published, unless the article is known from a data set.
    """
    of = view.known
    warned = "not redistributable" * of.restricted
    known = ", ".join(filter(None, (of.dataset, of.licence, warned)))
    cited = f" Cite: {of.citation}" if of.citation else ""
    match view.text_kind:
        case TextKind.HEADLINE if known:
            what = "address" if view.title == view.url else "headline"
            return f"The data set has only this {what}, no text: {known}."
        case TextKind.HEADLINE:
            return "The case has only this headline, no text."
        case TextKind.ROW:
            return f"{known or 'Data set not stated'}.{cited}"
        case _:
            return f"Known from {known}.{cited}" if known else ""


def article_label(view: ArticleView) -> str:
    """The article in the border: publisher, day, and kind of text."""
    parts = [view.publisher or NOT_STATED]
    if view.published:
        parts.append(full_day_of(view.published)[:11].strip())
    if TEXT_KINDS[view.text_kind]:
        parts.append(TEXT_KINDS[view.text_kind])
    if view.known.machine:
        parts.append(f"{MACHINE} machine")
    return ", ".join(parts)
