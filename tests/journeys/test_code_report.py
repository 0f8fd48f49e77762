"""A report is coded from an empty case, by keyboard alone, as it was coded by hand beforehand."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import pytest

from store.archive import Archive
from store.custody.verify import verify
from store.model.records import Claim, Event, Passage
from store.model.values import Count, Distance, When
from store.queries.records import all_records
from tests.conftest import DATA
from tests.examples import WHOLE
from tests.imports import new_case
from tests.journeys.coding_hand import CodingHand
from tests.journeys.report_on_hama import FILE, FURTHER, FURTHER_FILE, REPORT, Sentence, Wanted
from tests.journeys.test_changes import ANA, WIDE
from tests.person import Person, seated
from tui.session.settings import remember_author

GOLD = DATA / "articles" / "gold_three.json"
MOST, MOST_KNOWN = 12, 6
"""The keys of a claim in the median: of any, and of a further report of a known event."""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """An empty case beside the report."""
    if not GOLD.exists():
        pytest.skip(f"the real articles are not in {DATA.name}")
    remember_author(ANA)
    for file, name in ((FILE, "report.txt"), (FURTHER_FILE, "further.txt")):
        shutil.copyfile(DATA / "articles" / file, tmp_path / name)
    return new_case(tmp_path / "case.json")


async def test_a_report_is_coded_by_keyboard_in_few_keys(case: Path) -> None:
    report = REPORT if WHOLE else REPORT[:2]
    further = FURTHER if WHOLE else FURTHER[:1]
    keys: list[tuple[int, Wanted]] = []
    known: list[tuple[int, Wanted]] = []
    async with seated(WIDE, case) as me:
        await me.press("enter")
        await me.type(str(case.parent / "report.txt"))
        await me.press("enter", "escape")
        await code(me, report, keys)
        await me.press(":")
        await me.type(f"import {case.parent / 'further.txt'}")
        await me.press("enter", "escape")
        await code(me, further, known)
    assert list(verify(case)) == []
    _compare(case, [wanted for _, wanted in keys + known])
    for pressed, wanted in keys + known:
        print(pressed, wanted.mention, wanted.kind, wanted.event)  # noqa: T201 - the distribution
    assert median(pressed for pressed, _ in keys) <= MOST
    assert median(pressed for pressed, _ in known) <= MOST_KNOWN


async def code(me: Person, report: Sequence[Sentence], keys: list[tuple[int, Wanted]]) -> None:
    """Code the first unread article, and note the keys of each claim."""
    await me.press("I", "enter")
    hand = CodingHand(me)
    for sentence in report:
        found = await hand.find(sentence)
        for wanted in sentence.claims:
            keys.append((found + await hand.claim(wanted), wanted))
            found = 0


def _compare(case: Path, expected: list[Wanted]) -> None:
    """Compare the claims of a case with those that were expected, and the words with the gold."""
    gold = {one["id"]: one for one in json.loads(GOLD.read_text("utf-8"))["mentions"]}
    archive = Archive.open(case)
    records = [one for _, one in archive.ask(lambda reader: list(all_records(reader)))]
    archive.close()
    titles = {one.id: one.title for one in records if isinstance(one, Event)}
    passages = {one.id: one.exact for one in records if isinstance(one, Passage)}
    made = [one for one in records if isinstance(one, Claim)]
    assert len(made) == len(expected)
    for claim, wanted in zip(made, expected, strict=True):
        assert (titles[claim.subject], claim.kind) == (wanted.event, wanted.kind)
        assert gold[wanted.mention]["quote"] in passages[claim.passage]
        assert bool(claim.chain) == bool(wanted.chain)
        match claim.value:
            case Count(min=least):
                assert f"{least:,}" in wanted.offered
            case Distance(max=most):
                assert most == 10
            case When(edtf=day):
                assert day == (wanted.typed or "2024-11-27")
