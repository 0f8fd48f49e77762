"""Claims as they leave the program: each with its passage, its article and its origin."""

from array import array
from collections.abc import Sequence

import msgspec

from store.database.checksums import checked
from store.database.facet_index import numbers_in
from store.model.labels import value_text
from store.model.records import Claim, Passage
from store.model.values import Coded, Control, Count, Distance, Participant, When, Where
from store.model.vocabulary import Kind, ReadBy, Stance, TextKind
from store.queries.claims import names
from store.queries.datasets import OF_ROW
from store.reader import Reader

_claim = msgspec.json.Decoder(Claim)
_passage = msgspec.json.Decoder(Passage)


class ClaimExport(msgspec.Struct, frozen=True, kw_only=True):
    """A claim; a field that its kind of value has not is empty or None.

    `value` is in words, `printed` as the passage has them. `low`, `best` and `high` are of a
    number of people, or of kilometres. `date` and `as_of` are EDTF. `record` is the id of the
    place or actor that the value names. `chain` names the sources behind the publisher, the
    origin last; it is empty where the publisher is the origin. `start` and `end` are code
    points, the end exclusive, in the text with `text_sha256`, or in the title.
    """

    id: str
    subject: str
    subject_title: str
    kind: Kind
    stance: Stance
    value: str
    printed: str
    scope: str
    low: float | None
    best: float | None
    high: float | None
    qualifier: str
    date: str
    scheme: str
    code: str
    record: str
    role: str
    state: str
    as_of: str
    aggregate: bool
    chain: tuple[str, ...]
    chain_ids: tuple[str, ...]
    read_by: ReadBy
    confidence: int | None
    passage: str
    words: str
    before: str
    after: str
    start: int
    end: int
    in_title: bool
    text_sha256: str
    article: str
    title: str
    publisher: str
    published: str
    url: str
    text_kind: TextKind
    original_sha256: str
    dataset_id: str
    dataset: str
    licence: str
    subject_dataset_id: str
    note: str

    @property
    def known_from(self) -> tuple[str, ...]:
        """The ids of the data sets that its article and its subject are known from."""
        return self.dataset_id, self.subject_dataset_id


_CLAIMS = f"""
    SELECT claims.n, {checked("claims", "body")}, {checked("passages", "body")},
        coalesce({checked("events", "title")}, {checked("actors", "name")},
            {checked("places", "name")}, ''),
        articles.id, {checked("articles", "title")}, coalesce({checked("sources", "name")}, ''),
        articles.published, coalesce(json_extract({checked("articles", "body")}, '$.url'), ''),
        json_extract(articles.body, '$.text_kind'),
        coalesce(json_extract(articles.body, '$.raw_sha256'), ''), coalesce(datasets.id, ''),
        {OF_ROW}, coalesce(subject_set.id, '')
    FROM claims JOIN passages ON passages.n = claims.passage
    JOIN articles ON articles.n = claims.article
    LEFT JOIN sources ON sources.n = articles.publisher
    LEFT JOIN datasets ON datasets.n = articles.dataset
    LEFT JOIN events ON events.n = claims.event
    LEFT JOIN datasets AS subject_set ON subject_set.n = events.dataset
    LEFT JOIN actors ON claims.event IS NULL AND actors.id = claims.subject
    LEFT JOIN places ON claims.event IS NULL AND places.id = claims.subject
    WHERE claims.n IN """


def claim_numbers(connection: Reader, events: Sequence[int]) -> "array[int]":
    """The numbers of all claims about these events, in the order of the events."""
    found: array[int] = array("q")
    for event in events:
        (text,) = connection.execute(
            """SELECT group_concat(n) FROM (SELECT claims.n FROM claims
            JOIN articles ON articles.n = claims.article WHERE event = ?
            ORDER BY articles.published = '', articles.published, articles.n, claims.n)""",
            (event,),
        ).fetchone()
        found.extend(numbers_in(text))
    return found


def other_claim_numbers(connection: Reader) -> "array[int]":
    """The numbers of the claims about actors and places."""
    (text,) = connection.execute(
        """SELECT group_concat(n) FROM
        (SELECT n FROM claims WHERE event IS NULL ORDER BY subject, n)"""
    ).fetchone()
    return array("q", numbers_in(text))


def export_claims(connection: Reader, numbers: Sequence[int]) -> list[ClaimExport]:
    """The claims with these numbers, in their order; those that are gone are left out."""
    marks = ", ".join("?" * len(numbers))
    decoded = {
        n: (_claim.decode(claim), _passage.decode(passage), rest)
        for n, claim, passage, *rest in connection.execute(f"{_CLAIMS} ({marks})", tuple(numbers))
    }
    mentioned = {one for claim, _, _ in decoded.values() for one in _mentioned(claim)}
    named = names(connection, mentioned)
    return [_export(*decoded[n], named) for n in numbers if n in decoded]


def _mentioned(claim: Claim) -> tuple[str, ...]:
    record = _record_of(claim)
    return (*claim.chain, record) if record else claim.chain


def _record_of(claim: Claim) -> str:
    match claim.value:
        case Where(place=id) | Participant(actor=id) | Control(holder=id):
            return id
        case _:
            return ""


def _export(
    claim: Claim, passage: Passage, rest: Sequence[str], named: dict[str, str]
) -> ClaimExport:
    subject, article, title, publisher, published, url, kind, original, *of = rest
    dataset_id, dataset, licence, subject_dataset_id = of
    value = claim.value
    low = value.min if isinstance(value, Count | Distance) else None
    return ClaimExport(
        id=claim.id,
        subject=claim.subject,
        subject_title=subject,
        kind=claim.kind,
        stance=claim.stance,
        value=value_text(value, named),
        printed=value.printed if value else "",
        scope=claim.scope,
        low=low,
        best=value.best if isinstance(value, Count) else None,
        high=value.max if isinstance(value, Count | Distance) else None,
        qualifier=value.qualifier.value if isinstance(value, Count) else "",
        date=value.edtf if isinstance(value, When) else "",
        scheme=value.scheme if isinstance(value, Coded) else "",
        code=value.code if isinstance(value, Coded) else "",
        record=_record_of(claim),
        role=value.role.value if isinstance(value, Participant) else "",
        state=value.state.value if isinstance(value, Control) else "",
        as_of=claim.as_of.edtf if claim.as_of else "",
        aggregate=claim.aggregate,
        chain=tuple(named.get(one, one) for one in claim.chain),
        chain_ids=claim.chain,
        read_by=claim.read_by,
        confidence=claim.confidence,
        passage=passage.id,
        words=passage.exact,
        before=passage.prefix,
        after=passage.suffix,
        start=passage.start,
        end=passage.end,
        in_title=passage.in_title,
        text_sha256=passage.text_sha256,
        article=article,
        title=title,
        publisher=publisher,
        published=published,
        url=url,
        text_kind=TextKind(kind),
        original_sha256=original,
        dataset_id=dataset_id,
        dataset=dataset,
        licence=licence,
        subject_dataset_id=subject_dataset_id,
        note=claim.note,
    )
