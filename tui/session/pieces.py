"""The pieces of a case that can be copied or read in a pager, as text."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from store.exporters.citation import bibtex, face_to_face, is_web, markdown, plain, quoted
from store.exporters.json import text_of
from store.model.labels import chain_text, claim_text, count_text
from store.model.text import one_line, showable
from store.queries.citations import Citation, citation, passage_of_claim
from store.queries.claims import names
from store.queries.evidence import claims_about
from store.queries.records import record_of
from tui.session.session import Session

MOST_CLAIMS = 1_000
"""The most claims that a pager is given at once."""

RESTRICTED = "of a data set that may not be passed on"


class Piece(NamedTuple):
    """A text to copy, its name, and what is to be known before it is passed on."""

    name: str
    text: str
    caution: str = ""


class Place(NamedTuple):
    """The place of the cursor: the ids of the record, passage and article, and the pair compared.

    `row` is that of the list, where it says more than the record.
    """

    record: str
    passage: str = ""
    article: str = ""
    pair: tuple[str, str] = ("", "")
    row: msgspec.Struct | None = None


def pieces(session: Session, place: Place) -> Sequence[Piece]:
    """The pieces at a place, the likeliest first. Asks the case."""
    if place.record.startswith("clm_"):
        cited = _of_claim(session, place.record)
    else:
        cited = _citation(session, place.passage or place.article)
    found: list[Piece] = []
    one, other = (_of_claim(session, claim) for claim in place.pair)
    if one and other:
        both = one.restricted or other.restricted
        found.append(Piece("both passages, face to face", face_to_face(one, other), _caution(both)))
    if cited:
        found += _of_article(cited)
    if place.record:
        found.append(Piece("id", place.record))
        row = place.row or session.archive.ask(record_of, place.record)
        if row is not None:
            found.append(Piece("row as JSON", text_of(row, indent=2)))
    return found


def address(session: Session, place: Place) -> str:
    """The address of the article at a place; empty where none is known. Asks the case."""
    cited = _citation(session, place.article or place.passage)
    return cited.url if cited else ""


def pages(session: Session, place: Place) -> str:
    """An article as a text to read, or all claims about a record with their passages."""
    if place.record.startswith(("evt_", "act_", "plc_")):
        return _claims_text(session, place.record)
    cited = _citation(session, place.article)
    record = session.held("articles", place.article)
    if cited is None or record is None:
        return ""
    text = str(getattr(record, "text", "") or "")
    return showable(f"{plain(cited)}\n\n{text}\n")


def _claims_text(session: Session, subject: str) -> str:
    every = session.archive.ask(claims_about, subject)
    told = every[:MOST_CLAIMS]
    ids = {
        id
        for one in told
        for id in (
            getattr(one.claim.value, "place", ""),
            getattr(one.claim.value, "actor", ""),
            getattr(one.claim.value, "holder", ""),
        )
        if id
    }
    named = session.archive.ask(names, ids)
    lines = [one_line(session.title(subject)), ""]
    for one in told:
        cited = _citation(session, one.claim.passage)
        lines += (
            f"• {one_line(claim_text(one.claim, named))}",
            f"  {one_line(chain_text(one.publisher, one.chain))}",
            *(f"  {line}" for line in (quoted(cited).split("\n") if cited else ())),
            "",
        )
    if len(every) > len(told):
        more = count_text(len(every) - len(told), "more claim")
        lines.append(f"… and {more}; :dossier writes all to a file")
    return showable("\n".join(lines))


def _of_article(cited: Citation) -> list[Piece]:
    caution = _caution(cited.restricted)
    found = []
    if cited.quote:
        found.append(Piece("passage with its citation", quoted(cited), caution))
        found.append(Piece("passage in Markdown", quoted(cited, markdown), caution))
    found += (
        Piece("citation", plain(cited)),
        Piece("citation in Markdown", markdown(cited)),
        Piece("citation in BibTeX", bibtex(cited)),
    )
    if is_web(cited.url):
        found.append(Piece("address", one_line(cited.url)))
    return found


def _caution(restricted: bool) -> str:
    return RESTRICTED if restricted else ""


def _citation(session: Session, id: str) -> Citation | None:
    return session.archive.ask(citation, id) if id else None


def _of_claim(session: Session, claim: str) -> Citation | None:
    passage = session.archive.ask(passage_of_claim, claim) if claim else ""
    return _citation(session, passage)
