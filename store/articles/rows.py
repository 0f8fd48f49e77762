"""Articles in rows: each row with its fields under their usual names becomes an article."""

from collections.abc import Iterable, Mapping

from store.articles.field_names import FIELD_OF_NAME
from store.articles.language import language_tag
from store.articles.read_article import Block, Findings, PassedOver, ReadArticle, Reading, keep
from store.articles.stamps import date_order, stamp_of
from store.errors import UnfitFile
from store.extraction.datelines import dateline
from store.model.vocabulary import FieldBasis, StampBasis

_META = FieldBasis.META
_OTHERS = 6
"""The most other columns of a table of headlines that has no texts and no addresses."""
_TEXT_FIELDS = ("title", "author")


class Columns:
    """The fields that the columns of a table hold, and the columns that hold none."""

    def __init__(self, names: Iterable[str]) -> None:
        self.fields: dict[str, str] = {}
        self.others: list[str] = []
        for name in names:
            field = FIELD_OF_NAME.get(name.strip().lower().replace(" ", "_"), "")
            if field and field not in self.fields:
                self.fields[field] = name
            elif name.strip():
                self.others.append(name)

    @property
    def of_articles(self) -> bool:
        """True if the columns are those of articles: a title or text, and from where or when."""
        has = self.fields.keys()
        if "title" in has:
            listed = {"publisher", "published"} <= has and len(self.others) <= _OTHERS
            return bool(has & {"text", "url"}) or listed
        return "text" in has and bool(has & {"url", "published", "publisher"})


def reading_of_rows(
    rows: Iterable[tuple[str, Mapping[str, str]]],
    columns: Columns,
    *,
    day_first: bool | None = None,
) -> Reading:
    """The articles of rows, each with the name of its place and its cells by column.

    `day_first` says in which order a date in digits stands, None where it is not known.
    Raises `UsageError` if no row is an article.
    """
    articles: list[ReadArticle] = []
    passed_over: list[PassedOver] = []
    for part, cells in rows:
        article = _article(part, cells, columns, day_first)
        if article.title or article.text:
            articles.append(article)
        else:
            passed_over.append(PassedOver(part, "has no title and no text"))
    if not articles:
        raise UnfitFile("has no row with a title or a text", "check its columns")
    return Reading(tuple(articles), tuple(passed_over))


def _article(
    part: str, cells: Mapping[str, str], columns: Columns, day_first: bool | None
) -> ReadArticle:
    found = Findings()

    def cell(field: str) -> str:
        name = columns.fields.get(field)
        value = cells.get(name, "") if name else ""
        return "" if value.strip().lower() in ("nan", "none", "null", "n/a") else value

    for field in _TEXT_FIELDS:
        found.field(field, cell(field), _META)
    found.field("publisher", cell("publisher"), _META)
    if cell("url").strip().lower().startswith(("http://", "https://")):
        found.field("url", cell("url").strip(), _META)
    found.field("language", language_tag(cell("language")), _META)
    with date_order(day_first=day_first):
        for field in ("published", "updated"):
            found.stated_time(field, cell(field).strip(), _META)
    if seen := stamp_of(
        cell("seen"), basis=StampBasis.GUESSED, note="the time at which it was seen"
    ):
        found.time("published", seen, FieldBasis.ASSUMED)
    text, summary = cell("text"), cell("summary")
    blocks = [Block(line) for line in text.splitlines()]
    if summary.strip() and summary.strip() not in text:
        blocks.insert(0, Block(summary, "the summary") if text.strip() else Block(summary))
        if not text.strip():
            found.is_summary = True
    kept = keep(blocks)
    found.field("dateline", dateline(kept.text.split("\n\n")), FieldBasis.STATED)
    return found.article(kept, part)


def order_of_dates(values: Iterable[str]) -> bool | None:
    """The order that the dates of a column have: day first or not, None where none tells."""
    for value in values:
        parts = value.partition(" ")[0].replace(".", "/").replace("-", "/").split("/")
        if len(parts) == 3 and len(parts[2]) == 4 and parts[0].isdigit() and parts[1].isdigit():
            first, second = int(parts[0]), int(parts[1])
            if first > 12 >= second:
                return True
            if second > 12 >= first:
                return False
    return None
