"""Reading of a case as text: hand-coded reports, as TOML and text, into records.

A folder holds `case.toml`, `actors.toml`, `places.toml`, `sources.toml`,
`events.toml`, and for each article `NAME.txt` (its text) with `NAME.toml` (its
passages and claims); `findings.toml` may hold findings of persons on two articles.
Keys take the place of ids there; `docs/data-model.md` shows the form.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from store.errors import DamagedCase
from store.model.changes import kinship
from store.model.judgements import KinshipKind
from store.model.record import make_id
from store.model.records import (
    CONTEXT,
    RECORD_TYPES,
    SCHEMA,
    AnyRecord,
)
from store.model.text import normalised, text_hash
from store.model.values import TAG_OF_KIND
from store.model.vocabulary import DEGREES, Kind

_PREFIXES = {"actors": "act", "places": "plc", "sources": "src", "events": "evt"}
_SUBJECTS = {"event": "events", "actor": "actors", "place": "places"}
_REFERENCES = {
    "actors": {"part_of": "actors", "formerly": "actors"},
    "places": {"within": "places"},
    "sources": {"actor": "actors", "speaks_for": "actors"},
    "events": {"part_of": "events"},
}
_VALUE_KEYS = {
    "at": ("place", "places"),
    "who": ("actor", "actors"),
    "holder": ("holder", "actors"),
}


def coded_case(folder: Path) -> Iterator[tuple[str, AnyRecord]]:
    """Compile a folder of coded reports into `(table, record)` pairs.

    Raises `DamagedCase`, naming the file, the passage and the field.
    """
    case = _toml(folder / "case.toml")
    name = case["name"]
    yield _record(
        folder / "case.toml", "case", {**case, "id": make_id("case", name), "schema": SCHEMA}
    )
    keys: dict[str, dict[str, str]] = {}
    registers = {table: _toml(folder / f"{table}.toml") for table in _PREFIXES}
    for table, register in registers.items():
        keys[table] = {key: make_id(_PREFIXES[table], name, key) for key in register}
    for table in ("actors", "places", "sources"):
        yield from _register(folder, table, registers[table], keys)
    coded = [
        _ArticleCoding(path, name, keys)
        for path in sorted(folder.glob("*.toml"))
        if path.with_suffix(".txt").exists()
    ]
    for article in coded:
        yield article.article()
    for article in coded:
        yield from article.passages()
    yield from _register(folder, "events", registers["events"], keys)
    for article in coded:
        yield from article.claims()
    if (folder / "findings.toml").exists():
        articles = {article.path.stem: article.id for article in coded}
        yield from _findings(folder / "findings.toml", articles)


class _ArticleCoding:
    """A coded article: its text, passages and claims."""

    def __init__(self, path: Path, case: str, keys: dict[str, dict[str, str]]) -> None:
        self.path = path
        self.keys = keys
        self.coding = _toml(path)
        self.text = normalised(path.with_suffix(".txt").read_text("utf-8")).rstrip("\n")
        self.id = make_id("art", case, path.stem)
        head = self.coding["article"]
        self.title: str | None = head.get("title")
        self.raw_sha256: str | None = head.get("raw_sha256")

    def article(self) -> tuple[str, AnyRecord]:
        """Make the article record."""
        head = dict(self.coding["article"])
        publisher = head.pop("publisher", None)
        sources = [self._id("sources", key) for key in head.pop("sources", [])]
        return _record(
            self.path,
            "articles",
            {
                "title": None,
                **head,
                "id": self.id,
                "publisher": self._id("sources", publisher) if publisher else None,
                "sources": sources,
                "text": self.text,
                "text_sha256": text_hash(self.text),
            },
        )

    def passages(self) -> Iterator[tuple[str, AnyRecord]]:
        """Make its passages, found by their words."""
        for coded in self.coding["passage"]:
            in_title = coded.get("in_title", False)
            text = (self.title or "") if in_title else self.text
            start = self._find(text, coded)
            end = start + len(coded["text"])
            record = {
                "id": self._passage_id(coded),
                "article": self.id,
                "start": start,
                "end": end,
                "exact": coded["text"],
                "prefix": text[max(0, start - CONTEXT) : start],
                "suffix": text[end : end + CONTEXT],
                "text_sha256": text_hash(text),
                "in_title": in_title,
                "note": coded.get("note", ""),
            }
            if "origin" in coded:
                first, last = coded["origin"]
                record["origin"] = {"start": first, "end": last, "raw_sha256": self.raw_sha256}
            yield _record(self.path, "passages", record)

    def claims(self) -> Iterator[tuple[str, AnyRecord]]:
        """Make the claims of its passages, in order."""
        for coded in self.coding["passage"]:
            passage = self._passage_id(coded)
            for number, said in enumerate(coded["says"]):
                yield self._claim(passage, number, said)

    def _claim(self, passage: str, number: int, said: dict[str, Any]) -> tuple[str, AnyRecord]:
        left = dict(said)
        where = f"{said}"
        subjects = [name for name in _SUBJECTS if name in left]
        if len(subjects) != 1:
            raise DamagedCase(f"{self.path}: {where}: has {len(subjects)} subjects, not one")
        kind = self._kind(left.pop("kind", ""), where)
        record: dict[str, Any] = {
            "id": make_id("clm", passage, str(number)),
            "subject": self._id(_SUBJECTS[subjects[0]], left.pop(subjects[0])),
            "kind": kind,
            "passage": passage,
            "chain": [self._id("sources", key) for key in left.pop("via", [])],
        }
        for name in ("stance", "scope", "note"):
            if name in left:
                record[name] = left.pop(name)
        if "as_of" in left:
            record["as_of"] = {**left.pop("as_of"), "is": "when"}
        if "why" in left:
            (left if kind is Kind.DATE else record)["note"] = left.pop("why")
        for name, (field, table) in _VALUE_KEYS.items():
            if name in left:
                left[field] = self._id(table, left.pop(name))
        self._check_degree(left, where)
        if left:
            record["value"] = {**left, "is": TAG_OF_KIND.get(kind, f"no value: {kind} takes none")}
        return _record(self.path, "claims", record, where)

    def _kind(self, name: str, where: str) -> Kind:
        try:
            return Kind(name)
        except ValueError:
            raise DamagedCase(
                f"{self.path}: {where}: kind: {name!r} is not one of {', '.join(Kind)}"
            ) from None

    def _check_degree(self, value: dict[str, Any], where: str) -> None:
        """Raise `DamagedCase` where a code of a scheme of degrees is in none of its scales."""
        scales = DEGREES.get(value.get("scheme", ""), ())
        degrees = [degree for scale in scales for degree in scale]
        if degrees and value.get("code") not in degrees:
            raise DamagedCase(
                f"{self.path}: {where}: code: {value.get('code')!r} is not one of the degrees"
                f" {', '.join(degrees)}"
            )

    def _passage_id(self, coded: dict[str, Any]) -> str:
        return make_id(
            "psg",
            self.id,
            coded["text"],
            str(coded.get("nth", 1)),
            str(coded.get("in_title", False)),
        )

    def _find(self, text: str, coded: dict[str, Any]) -> int:
        words, nth = coded["text"], coded.get("nth", 1)
        start = -1
        for _ in range(nth):
            start = text.find(words, start + 1)
            if start < 0:
                raise DamagedCase(f"{self.path}: the text has no {words!r} (number {nth})")
        if "nth" not in coded and text.count(words) > 1:
            raise DamagedCase(
                f"{self.path}: the text has {words!r} more than once: say which (nth)"
            )
        return start

    def _id(self, table: str, key: str) -> str:
        return _id_of(self.path, self.keys, table, key)


def _register(
    folder: Path, table: str, register: dict[str, Any], keys: dict[str, dict[str, str]]
) -> Iterator[tuple[str, AnyRecord]]:
    path = folder / f"{table}.toml"
    for key, fields in register.items():
        record = {**fields, "id": keys[table][key]}
        for field, other in _REFERENCES[table].items():
            if isinstance(record.get(field), list):
                record[field] = [_id_of(path, keys, other, name) for name in record[field]]
            elif field in record:
                record[field] = _id_of(path, keys, other, record[field])
        yield _record(path, table, record, key)


def _findings(path: Path, articles: dict[str, str]) -> Iterator[tuple[str, AnyRecord]]:
    for found in _toml(path)["kinship"]:
        for key in found["articles"]:
            if key not in articles:
                raise DamagedCase(f"{path}: there is no report {key!r}")
        one, other = (articles[key] for key in found["articles"])
        verdict = KinshipKind(found["verdict"])
        yield "kinships", kinship(one, other, verdict, found["reason"], found["by"], found["at"])


def _id_of(path: Path, keys: dict[str, dict[str, str]], table: str, key: str) -> str:
    if key not in keys[table]:
        raise DamagedCase(f"{path}: {table}.toml has no {key!r}")
    return keys[table][key]


def _record(
    path: Path, table: str, record: dict[str, Any], where: str = ""
) -> tuple[str, AnyRecord]:
    try:
        return table, msgspec.convert(record, RECORD_TYPES[table])
    except msgspec.ValidationError as error:
        raise DamagedCase(f"{path}: {where or record['id']}: {error}") from error


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DamagedCase(f"{path}: {error}") from error
