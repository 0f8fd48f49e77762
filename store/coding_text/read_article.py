"""Reading of one article of a case as text: its text, passages and claims."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store.coding_text.keys import SUBJECTS, VALUE_KEYS, Keys, Place, record_of, table_place
from store.coding_text.toml_file import TomlFile, read_text
from store.model.record import make_id
from store.model.records import CONTEXT, AnyRecord
from store.model.text import normalised, text_hash
from store.model.values import TAG_OF_KIND
from store.model.vocabulary import DEGREES, Kind, TextKind

SELECTORS = ("start", "end", "prefix", "suffix", "text_sha256")
"""The fields of a passage that follow from its words, and may be given all the same."""

SAID_OF_CLAIM = ("stance", "scope", "note", "aggregate", "read_by", "confidence")
"""The fields of a claim that stand under their own names."""

_TABLES = frozenset(("article", "passage", "context"))
_CLAIM_SUBJECTS = ("event", "actor", "place")


def plain_text(written: str) -> str:
    """The text of an article as it is read from its file, unless that is `exact`."""
    return normalised(written).rstrip("\n")


class ArticleText:
    """An article of a case as text. All of its methods raise `DamagedCase`."""

    def __init__(self, path: Path, keys: Keys) -> None:
        """Note the keys of the article, its passages and claims."""
        self.file = TomlFile(path)
        self.keys = keys
        unknown = [name for name in self.file.tables if name not in _TABLES]
        if unknown:
            raise self.file.error(
                f"{unknown[0]!r} is no table of an article", "use [article] and [[passage]]"
            )
        place = table_place(self.file, "article")
        head = self.file.tables.get("article")
        if not isinstance(head, dict):
            raise place("there is no [article]", "begin the file with it")
        self.head: dict[str, Any] = dict(head)
        exact = self.head.pop("exact", False)
        self.text = self._text(place, exact=exact is True)
        title = self.head.get("title")
        self.title = title if isinstance(title, str) else ""
        self.id = str(self.head.get("id") or keys.article_id(path.stem))
        keys.add("articles", path.stem, self.id, place)
        self.coded = self.file.array("passage")
        self._passages = [self._note_passage(number) for number in range(len(self.coded))]
        self._claims = [list(self._note_claims(number)) for number in range(len(self.coded))]

    def _text(self, place: Place, *, exact: bool) -> str | None:
        """The article's text, None for one of which only the headline is known."""
        path = self.file.path.with_suffix(".txt")
        if self.head.get("text_kind") == TextKind.HEADLINE:
            if path.exists():
                raise place(
                    f"an article of which only the headline is known, but there is {path.name}",
                    'move that away, or correct text_kind = "headline"',
                )
            return None
        if not path.exists():
            raise place(
                f"there is no {path.name}", 'put the text there, or say text_kind = "headline"'
            )
        if exact:
            return read_text(path, exact=True).removesuffix("\n")
        return plain_text(read_text(path))

    def record(self) -> AnyRecord:
        """Make the article record."""
        place = table_place(self.file, "article")
        fields = {"title": None, "publisher": None, **self.head, "id": self.id}
        if self.text is not None:
            fields |= {"text": self.text, "text_sha256": text_hash(self.text)}
        return record_of("articles", self.keys.resolve("articles", fields, place), place)

    def _note_passage(self, number: int) -> str:
        place = table_place(self.file, "passage", number)
        coded = self.coded[number]
        if not isinstance(coded.get("text"), str) or not coded["text"]:
            raise place("the passage has no text", 'quote its words: text = "…"')
        id = str(coded.get("id") or passage_id(self.id, coded))
        return self.keys.add("passages", str(coded.get("key") or ""), id, place)

    def _note_claims(self, number: int) -> Iterator[str]:
        said = self.coded[number].get("says", [])
        if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
            place = table_place(self.file, "passage", number)
            raise place("says: is not a list of tables", 'write says = [{ event = "…", … }]')
        for inner, one in enumerate(said):
            place = table_place(self.file, "passage", number, inner)
            id = str(one.get("id") or make_id("clm", self._passages[number], str(inner)))
            yield self.keys.add("claims", str(one.get("key") or ""), id, place)

    def passages(self) -> Iterator[AnyRecord]:
        """Make its passages, found by their words."""
        for number, coded in enumerate(self.coded):
            place = table_place(self.file, "passage", number)
            in_title = coded.get("in_title", False)
            text = (self.title if in_title else self.text) or ""
            start = coded["start"] if "start" in coded else _find(text, coded, place)
            if not isinstance(start, int):
                raise place("start: is no number", "take it out")
            end = start + len(coded["text"])
            record = {
                "id": self._passages[number],
                "article": self.id,
                "start": start,
                "end": end,
                "exact": coded["text"],
                "prefix": text[max(0, start - CONTEXT) : start],
                "suffix": text[end : end + CONTEXT],
                "text_sha256": text_hash(text),
                "in_title": in_title,
                "note": coded.get("note", ""),
                **{field: coded[field] for field in SELECTORS if field in coded},
            }
            if "origin" in coded:
                record["origin"] = self._origin(coded, place)
            yield record_of("passages", record, place)

    def _origin(self, coded: dict[str, Any], place: Place) -> dict[str, Any]:
        try:
            first, last = coded["origin"]
        except (TypeError, ValueError):
            raise place("origin: is not two numbers", "write origin = [first, last]") from None
        digest = coded.get("origin_sha256", self.head.get("raw_sha256"))
        return {"start": first, "end": last, "raw_sha256": digest}

    def claims(self) -> Iterator[AnyRecord]:
        """Make the claims of its passages, in order."""
        for number, coded in enumerate(self.coded):
            for inner, said in enumerate(coded.get("says", [])):
                place = table_place(self.file, "passage", number, inner)
                id = self._claims[number][inner]
                yield self._claim(id, self._passages[number], said, place)

    def _claim(self, id: str, passage: str, said: dict[str, Any], place: Place) -> AnyRecord:
        left = {name: value for name, value in said.items() if name not in ("id", "key")}
        subjects = [name for name in _CLAIM_SUBJECTS if name in left]
        if len(subjects) != 1:
            raise place(
                f"the claim has {len(subjects)} subjects, not one", 'such as event = "its-key"'
            )
        kind = _kind(left.pop("kind", ""), place)
        about = subjects[0]
        record: dict[str, Any] = {
            "id": id,
            "subject": self.keys.id(SUBJECTS[about], left.pop(about), place),
            "kind": kind,
            "passage": passage,
            "chain": [self.keys.id("sources", key, place) for key in _list(left, "via", place)],
        }
        for name in SAID_OF_CLAIM:
            if name in left:
                record[name] = left.pop(name)
        if isinstance(left.get("as_of"), dict):
            record["as_of"] = {**left.pop("as_of"), "is": "when"}
        if "why" in left:
            (left if kind is Kind.DATE else record)["note"] = left.pop("why")
        for name, (field, table) in VALUE_KEYS.items():
            if name in left:
                left[field] = self.keys.id(table, left.pop(name), place)
        if "id" not in said:  # a case has taken those with one
            _check_degree(left, place)
        if left:
            record["value"] = {**left, "is": TAG_OF_KIND.get(kind, f"no value: {kind} takes none")}
        return record_of("claims", record, place)


def passage_id(article: str, coded: dict[str, Any]) -> str:
    """The id of a passage that names none: of its words, and which of them."""
    nth, in_title = str(coded.get("nth", 1)), str(coded.get("in_title", False))
    return make_id("psg", article, coded["text"], nth, in_title)


def occurrences(text: str, words: str, most: int) -> Iterator[int]:
    """The places of the first `most` occurrences of words, which may overlap."""
    start = -1
    for _ in range(most):
        start = text.find(words, start + 1)
        if start < 0:
            return
        yield start


def _find(text: str, coded: dict[str, Any], place: Place) -> int:
    words, nth = coded["text"], coded.get("nth", 1)
    if not isinstance(nth, int) or nth < 1:
        raise place(f"nth: {nth!r} is no number from 1", "count from the beginning of the text")
    found = list(occurrences(text, words, max(nth, 2)))
    if len(found) < nth:
        raise place(
            f"the text has no {words!r} (number {nth})", "copy the words from the text exactly"
        )
    if "nth" not in coded and len(found) > 1:
        raise place(f"the text has {words!r} more than once", "say which: nth = 1")
    return found[nth - 1]


def _list(fields: dict[str, Any], name: str, place: Place) -> list[Any]:
    """Take a list out of the fields."""
    value = fields.pop(name, [])
    if not isinstance(value, list):
        raise place(f"{name}: is not a list", f'write {name} = ["…"]')
    return value


def _kind(name: Any, place: Place) -> Kind:
    try:
        return Kind(name)
    except ValueError:
        raise place(f"kind: {name!r} is not one of {', '.join(Kind)}", "correct the kind") from None


def _check_degree(value: dict[str, Any], place: Place) -> None:
    """Raise `DamagedCase` where a code of a scheme of degrees is in none of its scales."""
    scheme = value.get("scheme")
    scales = DEGREES.get(scheme, ()) if isinstance(scheme, str) else ()
    degrees = [degree for scale in scales for degree in scale]
    if degrees and value.get("code") not in degrees:
        raise place(
            f"code: {value.get('code')!r} is not one of the degrees {', '.join(degrees)}",
            "use one of these, or another scheme",
        )
