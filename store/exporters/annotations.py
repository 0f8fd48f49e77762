"""Claims as W3C Web Annotations: a passage is the target, what is claimed there the body."""

from collections.abc import Iterable
from typing import TextIO

from store.exporters import json
from store.model.labels import chain_text
from store.model.vocabulary import Kind
from store.queries.export_claims import ClaimExport

_URN = "urn:conflict-tui:"
_TERM = "conflict:"
_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"conflict": f"{_URN}term:"}]
_FACTS = ("subject", "kind", "stance", "scope", "low", "best", "high", "qualifier", "date",
          "scheme", "code", "record", "role", "state", "as_of", "aggregate", "chain",
          "read_by", "confidence", "dataset", "licence")  # fmt: skip
"""The fields of a claim that its body has under terms of this program's own."""

_SOURCE = ("article", "title", "publisher", "published", "text_sha256", "original_sha256",
           "in_title")  # fmt: skip
"""The same of the text that is annotated."""


def write(stream: TextIO, claims: Iterable[ClaimExport], case: str) -> None:
    """Write one collection with one page, and in it an annotation a line for each claim."""
    head = json.text_of(
        {"@context": _CONTEXT, "id": f"{_URN}{case}", "type": "AnnotationCollection"}
    )
    page = json.text_of({"id": f"{_URN}{case}:page", "type": "AnnotationPage", "startIndex": 0})
    stream.write(f'{head[:-1]}, "first": {page[:-1]}, "items": [')
    count = 0
    for count, claim in enumerate(claims, 1):
        stream.write((",\n" if count > 1 else "\n") + json.text_of(_annotation(claim)))
    stream.write(f'\n]}}, "total": {count}}}\n')


def _annotation(of: ClaimExport) -> dict[str, object]:
    source: dict[str, object] = {
        "id": of.url if _is_web(of.url) else _URN + of.article,
        "type": "Text",
        **_own(of, _SOURCE),
    }
    return {
        "id": _URN + of.id,
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {
                "type": "TextualBody",
                "value": _words(of),
                "format": "text/plain",
                "purpose": "describing",
                **_own(of, _FACTS),
            },
            {"type": "SpecificResource", "source": _URN + of.subject, "purpose": "identifying"},
        ],
        "target": {
            "type": "SpecificResource",
            "source": source,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": of.words,
                    "prefix": of.before,
                    "suffix": of.after,
                },
                {"type": "TextPositionSelector", "start": of.start, "end": of.end},
            ],
        },
    }


def _words(of: ClaimExport) -> str:
    """A claim as a sentence: `Shelling of Hama: fatalities: 12; Enab → SOHR asserts`."""
    what = "it happened" if of.kind is Kind.OCCURRENCE else f"{of.kind}: {of.value}"
    scope = f" ({of.scope})" if of.scope else ""
    return f"{of.subject_title}: {what}{scope}; {chain_text(of.publisher, of.chain)} {of.stance}"


def _own(of: ClaimExport, fields: Iterable[str]) -> dict[str, object]:
    """Fields under terms of this program's own; empty ones are left out."""
    return {
        _TERM + field: value
        for field in fields
        if (value := getattr(of, field)) not in ("", None, ())
    }


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))
