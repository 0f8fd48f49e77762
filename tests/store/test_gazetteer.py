"""A gazetteer is indexed once, and a typed name finds the places that it may mean."""

import hashlib
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.coding import gazetteer
from store.coding.gazetteer import NearPlace, candidates, choices, gazetteer_about, kilometres
from store.coding.typed_values import new_place
from store.database.gazetteer import index_gazetteer, open_gazetteer
from store.errors import MissingCase, UnfitFile, UnreadableCase, UsageError
from store.importers.gazetteer_file import GazetteerFile
from store.model.gazetteer import GazetteerAbout, GazetteerPlace
from store.model.place_names import name_key, sound_key
from store.model.vocabulary import PlaceKind
from tests.conftest import DATA
from tests.examples import examples
from tests.gazetteers import dump

HERE = [NearPlace("Zamah", 35.1, 36.7)]


def names(typed: str, near: list[NearPlace] | None = None) -> list[str]:
    return [one.place.name for one in candidates(typed, near or [])]


def test_a_dump_is_indexed_with_its_origin_and_bad_lines_are_counted(tmp_path: Path) -> None:
    file = dump(tmp_path)
    about, bad = gazetteer.index_file(file)
    assert (about.name, about.licence, about.places, about.rejected) == (
        *("GeoNames", "CC BY 4.0"),
        *(8, 2),
    )
    assert about.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert bad == "line 8: has no such coordinates"
    assert gazetteer_about() == about
    assert gazetteer.gazetteer_path().stat().st_mode & 0o777 == 0o600
    assert [path.name for path in gazetteer.gazetteer_path().parent.iterdir()] == ["gazetteer.db"]


def test_the_nearest_of_one_name_comes_first_else_the_largest(tmp_path: Path) -> None:
    gazetteer.index_file(dump(tmp_path))
    near, far, longer = candidates("qorville", HERE)
    assert (near.place.id, far.place.id, longer.place.id) == ("1", "2", "3")
    assert candidates("Qorville", [])[0].place.id == "2"
    shown = list(choices((near, far)))
    assert shown[0][0] == "Qorville · Inner Zamah, Zamah Governorate, QQ"
    assert shown[0][1:] == ("48 km from Zamah · 12,000 people", "35.5000 36.5000")
    assert shown[1][0] == "Qorville · QQ.02, QQ · city"
    capital = next(iter(choices(candidates("Zama", [])[:1])))[1]
    assert capital.startswith("242 km from Capital City")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Zamah", "Zamāh"),
        ("ZAMA", "Zamāh"),
        ("زماة", "Zamāh"),
        ("زماه", "Zamāh"),
        ("Zammah", "Zamāh"),
        ("Qor", "Qorville"),
        ("Korvile", "Qorville"),
        ("Bab", "Al Bab"),
        ("el-Bab", "Al Bab"),
        ("الباب", "Al Bab"),
        ("باب", "Al Bab"),
    ],
)
def test_spellings_scripts_and_beginnings_find_a_place(
    typed: str, found: str, tmp_path: Path
) -> None:
    gazetteer.index_file(dump(tmp_path))
    assert found in names(typed)


def test_a_chosen_place_says_where_its_coordinates_are_from(tmp_path: Path) -> None:
    about, _ = gazetteer.index_file(dump(tmp_path))
    town, province, city = (candidates(name, HERE)[0] for name in ("Bab", "Zamah Gov", "Zama"))
    place = gazetteer.place_of(town, "el Bab", about)
    assert (place.name, place.aliases) == ("Al Bab", ("الباب",))
    assert (place.kind, place.precision) == (PlaceKind.TOWN, 1)
    assert place.basis == f"gazetteer GeoNames (CC BY 4.0) of {about.date}, 9"
    assert gazetteer.place_of(town, "الباب", about).id == place.id
    assert (province.kind, province.precision) == (PlaceKind.PROVINCE, 4)
    assert gazetteer.place_of(city, "Zama", about).name == "Zama"


def test_a_table_with_a_header_is_a_gazetteer(tmp_path: Path) -> None:
    table = tmp_path / "villages.csv"
    table.write_text('lat,lon,name,admin1,cc\n35.0,36.0,"Deir, Upper",North,QQ\n\nx,1,Bad,,\n')
    about, bad = gazetteer.index_file(table, licence="CC0")
    assert (about.name, about.licence, about.places, bad) == (
        *("villages", "CC0"),
        *(1, "line 4: has no coordinates"),
    )
    assert [shown for shown, *_ in choices(candidates("deir upper", []))] == [
        "Deir, Upper · North, QQ"
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n1,2\n", "it has no columns name, lat and lon"),
        (b"", "it has no columns"),
        (b"name,lat,lon\nx,y,z\n", "has no place (line 2: has no coordinates)"),
        (b"PK\x03\x04", "is a zip file"),
        (b"name,lat,lon\n" + b"x" * 1_000_001, "has more than 1,000,000 bytes"),
        (b'name,lat,lon\n"x"y,1,2\n', "line 2: is no CSV"),
    ],
)
def test_what_is_no_gazetteer_leaves_the_one_before(
    content: bytes, words: str, tmp_path: Path
) -> None:
    about, _ = gazetteer.index_file(dump(tmp_path))
    other = tmp_path / "other.csv"
    other.write_bytes(content)
    with pytest.raises(UnfitFile) as error:
        gazetteer.index_file(other)
    assert words in error.value.message
    assert error.value.hint
    assert gazetteer_about() == about
    assert [path.name for path in gazetteer.gazetteer_path().parent.iterdir()] == ["gazetteer.db"]


def test_a_missing_file_and_a_damaged_index_are_said(tmp_path: Path) -> None:
    assert candidates("Zama", []) == ()
    with pytest.raises(MissingCase):
        gazetteer.index_file(tmp_path / "none.txt")
    with pytest.raises(UsageError):
        gazetteer.index_file(tmp_path)
    gazetteer.index_file(dump(tmp_path))
    gazetteer.gazetteer_path().write_bytes(b"no database" * 500)
    with pytest.raises(UnreadableCase, match="damaged") as error:
        candidates("Zama", [])
    assert "conflict-tui gazetteer FILE" in error.value.hint


def test_degrees_are_typed_with_a_precision() -> None:
    assert new_place("Zed @ 35.13 36.75").precision == 1
    place = new_place("Zed @ 35.13, 36.75 p4")
    assert (place.latitude, place.longitude, place.precision) == (35.13, 36.75, 4)
    assert new_place("Zed @ 35.13 36.75 precision 2").precision == 2
    with pytest.raises(UsageError, match="9 is no precision"):
        new_place("Zed @ 35.13 36.75 p9")


def test_distances_are_those_of_a_great_circle() -> None:
    assert kilometres(0, 0, 0, 180) == pytest.approx(20_015, abs=1)
    assert kilometres(52.52, 13.405, 48.8566, 2.3522) == pytest.approx(877.5, abs=1)


ABOUT = GazetteerAbout(
    name="x", licence="", file="", date="", sha256="", indexed="", places=0, rejected=0
)


@examples(100)
@given(st.lists(st.text(min_size=1), min_size=1, max_size=5), st.text())
def test_a_place_is_found_by_each_of_its_names_whatever_they_are(
    names: list[str], typed: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index.db"
        place = GazetteerPlace("1", names[0], tuple(names[1:]), 1.0, 2.0)
        index_gazetteer(path, [place], lambda _: (ABOUT, {}))
        with open_gazetteer(path) as index:
            assert index is not None
            for name in names:
                if name_key(name):
                    assert [one.place.id for one in index.named(name.upper(), 9)] == ["1"] or (
                        name_key(name.upper()) != name_key(name)
                    )
                    assert [one.place.id for one in index.named(name, 9)] == ["1"]
            for search in (index.named, index.beginning, index.sounding):
                assert len(search(typed, 9)) <= 1


@examples(300)
@given(st.text())
def test_keys_do_not_depend_on_the_normal_form(name: str) -> None:
    other = unicodedata.normalize("NFD", unicodedata.normalize("NFC", name))
    assert name_key(other) == name_key(unicodedata.normalize("NFC", name))
    assert sound_key(other) == sound_key(unicodedata.normalize("NFC", name))


@pytest.mark.skipif(
    not (DATA / "gazetteer").is_dir(), reason="the gazetteers of the shared data are not here"
)
def test_a_gazetteer_of_the_world_is_read() -> None:
    file = GazetteerFile(DATA / "gazetteer/geonames_cities1000.csv")
    found = {place.name for _, place in zip(range(20_000), file.places(), strict=False)}
    file.close()
    assert len(found) > 10_000
    assert file.rejected == 0
