"""Headlines of the GED files that were read by hand, as figures only, and what the rule reads.

`gold_headlines.tsv` holds no words of anybody: a headline is there as the first
12 digits of the SHA-256 of its office and words. Those of the first sample
were read before the rule was written; of the others the figures of their first
reading are in decision 020, and the rule was mended after each.
"""

import csv
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from store.importers.attributions import attributed_to
from store.importers.bylines import credited
from store.importers.ged_articles import items
from store.importers.headline_places import provinces_of
from store.importers.outlets import office
from store.importers.speakers import SpeakerContext
from store.importers.tolls import Toll, tolls_of
from tests.conftest import DATA

GOLD = Path(__file__).with_name("gold_headlines.tsv")
FILES = ("ucdp/ged_syria_2016_2019.csv", "ucdp/ged_nigeria_1990_2019.csv")


class Read(NamedTuple):
    """A headline: how a person read it, the rule's tolls, and how many speakers the rule finds."""

    gold: dict[str, str]
    tolls: tuple[Toll, ...]
    speakers: int

    @property
    def compared(self) -> list[Toll]:
        return [toll for toll in self.tolls if not toll.aggregate]

    @property
    def has_total(self) -> bool:
        gold = self.gold
        return bool(gold["min"]) and not gold["aggregate"] and not gold["other"]

    def right(self, toll: Toll) -> bool:
        printed = f"{toll.dead.min}-{'' if toll.dead.max is None else toll.dead.max}"
        allowed = [f"{self.gold['min']}-{self.gold['max']}"]
        if toll.scope:
            allowed += self.gold["of_groups"].split(";")
        return printed in allowed and not self.gold["aggregate"] and not self.gold["other"]


def _key(item_office: str, headline: str) -> str:
    words = " ".join(headline.split())
    return sha256(f"{item_office.strip()}\x1f{words}".encode()).hexdigest()[:12]


def _read(path: Path, gold: dict[str, dict[str, str]]) -> Iterator[tuple[str, Read]]:
    csv.field_size_limit(2**24)
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    provinces = provinces_of(row["adm_1"] for row in rows)
    for row in rows:
        for item in items(row["source_article"]):
            key = _key(item.office, item.headline)
            if key not in gold:
                continue
            title = credited(item.headline.strip()).title
            setting = SpeakerContext(row["country"], (row["side_a"], row["side_b"]))
            sohr = office(item.office.strip()).publisher == "SOHR"
            tolls = tolls_of(title, casualties_are_dead=sohr, provinces=provinces)
            named = {one for way in attributed_to(title, setting) for one in way}
            yield key, Read(gold[key], tolls, len(named))


@pytest.fixture(scope="module")
def read() -> list[Read]:
    paths = [DATA / name for name in FILES]
    if not all(path.exists() for path in paths):
        pytest.skip("the GED rows are not part of the project (see CONFLICT_DATA)")
    with GOLD.open(encoding="utf-8", newline="") as lines:
        gold = {row["headline"]: row for row in csv.DictReader(lines, delimiter="\t")}
    return list(dict(pair for path in paths for pair in _read(path, gold)).values())


def test_what_would_be_compared_is_what_a_person_reads(read: list[Read]) -> None:
    compared = [(one, toll) for one in read for toll in one.compared]
    right = sum(one.right(toll) for one, toll in compared)
    assert len(compared) > 300
    assert right / len(compared) >= 0.98


def test_most_of_what_a_person_reads_is_read(read: list[Read]) -> None:
    told = [one for one in read if one.has_total]
    found = sum(any(one.right(toll) for toll in one.compared) for one in told)
    assert len(told) > 300
    assert found / len(told) >= 0.80


def test_who_speaks_is_found_where_a_person_finds_somebody(read: list[Read]) -> None:
    named = [one for one in read if one.gold["speakers"] != "0"]
    silent = [one for one in read if one.gold["speakers"] == "0"]
    assert sum(one.speakers > 0 for one in named) / len(named) >= 0.95
    assert sum(one.speakers > 0 for one in silent) / len(silent) <= 0.02


def test_a_number_that_is_denied_or_hedged_is_read_as_such(read: list[Read]) -> None:
    as_gold = {"hedged": "hedges"}
    told = [(one.gold["stance"], toll.stance) for one in read for toll in one.tolls]
    wrong = [pair for pair in told if as_gold.get(pair[0], pair[0]) != pair[1].value]
    assert wrong == []
