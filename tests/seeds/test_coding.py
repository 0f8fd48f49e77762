"""The compiler of coded reports: the input that it accepts, and its error messages."""

import shutil
from pathlib import Path

import pytest

from store.coding_text.read_folder import coded_case
from store.errors import DamagedCase
from store.model.records import Claim, Source
from store.model.values import Distance
from store.model.vocabulary import Kind
from tests.seeds.test_hama import FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "hama"))


def replace(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_distances_and_those_who_speak_for_a_party_are_coded() -> None:
    records = [record for _, record in coded_case(FOLDER)]
    claims = [one for one in records if isinstance(one, Claim)]
    far = [one.value for one in claims if one.kind is Kind.DISTANCE]
    assert {(one.min, one.max) for one in far if isinstance(one, Distance)} == {(0, 10)}
    speak = {one.name for one in records if isinstance(one, Source) and one.speaks_for}
    assert speak == {
        *("Syrian army", "SANA", "Bashar al-Assad"),
        *("Dmitry Peskov", "Abu Mohammed al-Julani"),
    }


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("002.toml", 'kind = "distance"', 'kind = "far"', "kind: 'far' is not one of"),
        ("002.toml", 'kind = "distance", ', "", "kind: '' is not one of"),
        ("002.toml", "min = 0, max = 10", "min = 20, max = 10", "max 10.0 is below min 20.0"),
        ("002.toml", "min = 0, max = 10", "km = 10", "`km`"),
        (
            "003.toml",
            'code = "conditional"',
            'code = "perhaps"',
            "code: 'perhaps' is not one of the degrees thinned",
        ),
        (
            "sources.toml",
            'speaks_for = "russia"',
            'speaks_for = "moscow"',
            "actors.toml has no 'moscow'",
        ),
        ("000.toml", 'kind = "words", scheme = "vow", ', 'kind = "words", ', "`scheme`"),
        ("002.toml", 'stance = "hedges"', 'stance = "mumbles"', "mumbles"),
    ],
)
def test_what_is_wrong_is_named(name: str, old: str, new: str, words: str, folder: Path) -> None:
    replace(folder, name, old, new)
    with pytest.raises(DamagedCase) as error:
        list(coded_case(folder))
    assert words in error.value.message
    assert name in error.value.message
