"""The article that holds the cells of a row, with its passages and claims about its event."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from store.importers.cells import one_line_of
from store.importers.record_factory import passage, words_of
from store.model.record import make_id
from store.model.records import Article, Claim, DataSet, Passage
from store.model.values import AnyValue
from store.model.vocabulary import Kind, ReadBy, Stance, TextKind

Groups = Sequence[tuple[str, Sequence[str]]]
"""Columns in groups, in the order of the article: each group is a passage."""


class RowText:
    """The layout of the cells of a row in its article: one column per line, empty ones left out."""

    def __init__(self, groups: Groups, at: Mapping[str, int]) -> None:
        """`at` is the place of each column in a row; columns that are not in it are left out."""
        self._groups = [
            (name, [(f"{column}: ", at[column]) for column in columns if column in at])
            for name, columns in groups
        ]

    def of(self, cells: Sequence[str]) -> tuple[str, dict[str, tuple[int, int]]]:
        """The text, and the span in it of each group that has any cells."""
        parts: list[str] = []
        spans: dict[str, tuple[int, int]] = {}
        end = 0
        for name, columns in self._groups:
            lines = [label + cell.strip() for label, at in columns if (cell := cells[at])]
            if not lines:
                continue
            part = "\n".join(lines)
            if not part.isascii() or part.count("\n") >= len(lines) or "\r" in part:
                part = "\n".join(words_of(one_line_of(line)) for line in lines)
            start = end + 1 if parts else 0
            end = start + len(part)
            spans[name] = start, end
            parts.append(part)
        return "\n".join(parts), spans


class RowArticle:
    """The article of one row while it is made, with its passages and claims."""

    def __init__(
        self,
        dataset: DataSet,
        publisher: str,
        row: str,
        event: str,
        text: str,
        spans: Mapping[str, tuple[int, int]],
        *,
        aggregate: bool = False,
    ) -> None:
        self._event = event
        self._text = text
        self._spans = spans
        self._aggregate = aggregate
        self._sha256 = sha256(text.encode()).hexdigest()
        self._passages: dict[str, str] = {}
        self.article = Article(
            id=make_id("art", dataset.id, row),
            title=f"{dataset.name} {row}",
            publisher=publisher,
            text_kind=TextKind.ROW,
            text=text,
            text_sha256=self._sha256,
            dataset=dataset.id,
        )
        self.passages: list[Passage] = []
        self.claims: list[Claim] = []

    def says(
        self,
        group: str,
        kind: Kind,
        value: AnyValue,
        *,
        scope: str = "",
        stance: Stance = Stance.ASSERTS,
        chain: tuple[str, ...] = (),
        read_by: ReadBy = ReadBy.DATA_SET,
        as_slot: str = "",
        confidence: int | None = None,
    ) -> None:
        """Add a claim from a group of cells; `as_slot` separates it from others of its kind."""
        where = self._passages.get(group) or self._marked(group)
        aggregate = self._aggregate and kind in (Kind.FATALITIES, Kind.OCCURRENCE)
        self.claims.append(
            Claim(
                id=make_id("clm", self._event, where, kind, as_slot or scope, *chain),
                subject=self._event,
                kind=kind,
                passage=where,
                value=value,
                stance=stance,
                scope=scope,
                chain=chain,
                aggregate=aggregate,
                read_by=read_by,
                confidence=confidence,
            )
        )

    def _marked(self, group: str) -> str:
        """The id of the passage of a group, which is the whole text if the group has no cells."""
        start, end = self._spans.get(group, (0, len(self._text)))
        made = passage(self.article.id, group, self._text, self._sha256, start, end)
        self.passages.append(made)
        self._passages[group] = made.id
        return made.id
