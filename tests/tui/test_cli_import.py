"""Data sets are imported by someone with a shell: rows found, taken, flagged and refused."""

import csv
import json
import random
import re
import zipfile
from pathlib import Path

import pytest

from store.archive import Archive
from store.importing import import_files
from store.model import changes
from store.model.judgements import Ruling, RulingKind
from store.model.labels import value_text
from store.model.records import Article, Claim, DataSet, Event, Passage, Place, Source
from store.model.values import Count, Participant, When
from store.model.vocabulary import EventType, Flag, Kind, ReadBy, TextKind
from tests.conftest import DATA
from tests.examples import WHOLE
from tests.ged import COLUMNS_49, listing, row, text
from tests.imports import claims, held, imported, new_case, refused, run, written

SYRIA = DATA / "ucdp/ged_syria_2016_2019.csv"
CUT = DATA / "ucdp/ged191_global_17_columns.csv"
SAMPLE = DATA / "ucdp/ged231_sample_150.csv"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return new_case(tmp_path / "war.json")


def test_a_row_becomes_an_event_with_the_article_that_it_lists(case: Path, tmp_path: Path) -> None:
    (came_to,) = imported(case, written(tmp_path, text([row()])))
    assert came_to["found"] == "UCDP GED, 41 columns"
    assert (came_to["rows"], came_to["added"], came_to["rejected"]) == (1, 1, 0)
    (event,) = held(case, Event)
    assert event.title == "Norland gov. – Southern Front, Anton"
    assert (event.type, event.hint, event.flags) == (EventType.CLASH, "police", ())
    assert event.row.row == "1"
    (data_set,) = held(case, DataSet)
    assert (data_set.name, data_set.licence) == ("UCDP GED", "CC BY 4.0")
    headline = next(one for one in held(case, Article) if one.text_kind is TextKind.HEADLINE)
    assert (headline.title, headline.published.at) == ("Blast kills 4 in Anton", "2016-03-02")
    (told,) = claims(case, Kind.FATALITIES, ReadBy.RULE)
    assert isinstance(told.value, Count)
    assert (told.value.min, told.value.max, told.value.printed) == (4, 4, "4")
    assert "1/1" in run("events", "--case", case).stdout


def test_what_the_data_set_says_rests_on_the_cells_that_say_it(case: Path, tmp_path: Path) -> None:
    imported(case, written(tmp_path, text([row()])))
    passages = {one.id: one.exact for one in held(case, Passage)}
    said = {one.kind: passages[one.passage] for one in claims_by_ucdp(case)}
    assert said[Kind.DATE] == "date_start: 2016-03-01\ndate_end: 2016-03-01\ndate_prec: 1"
    assert said[Kind.PLACE].startswith("where_coordinates: Anton town\nwhere_prec: 1\n")
    assert said[Kind.PARTICIPANT].endswith("side_a: Government of Norland\nside_b: Southern Front")
    dead = [
        (one.scope, one.value.min, one.value.best, one.value.max)
        for one in claims_by_ucdp(case)
        if isinstance(one.value, Count)
    ]
    assert sorted(dead) == [
        ("", 4, 4, 5),
        ("Government of Norland", 1, 1, 1),
        ("Southern Front", 3, 3, 3),
    ]


def claims_by_ucdp(case: Path) -> list[Claim]:
    rows = {one.id for one in held(case, Article) if one.text_kind is TextKind.ROW}
    of_rows = {one.id for one in held(case, Passage) if one.article in rows}
    return [one for one in held(case, Claim) if one.passage in of_rows]


@pytest.mark.parametrize("order", [1, -1])
def test_a_town_is_one_place_however_exactly_its_events_are_placed(
    order: int, case: Path, tmp_path: Path
) -> None:
    plain = "Eastern Anton"
    rows = [
        row(id="1"),
        row(id="2", where_prec="2"),
        row(id="3", where_prec="6", where_coordinates="Norland", latitude="35.0"),
        row(id="4", where_prec="2", where_coordinates="Norland", latitude="35.0"),
        row(id="5", where_prec="5", where_coordinates=plain, latitude="36.0"),
        row(id="6", where_prec="2", where_coordinates=plain, latitude="36.0"),
    ]
    imported(case, written(tmp_path, text(rows[::order])))
    places = {one.name: (one.kind.value, one.precision) for one in held(case, Place)}
    assert len(held(case, Place)) == len(places) == 4
    assert places["Anton"] == ("town", 1)
    assert places["Norland"] == ("country", 6)
    assert places["Eastern Anton"] == ("region", 5), "never shown as a point"
    names = {one.id: one.name for one in held(case, Place)}
    assert sorted(
        value_text(one.value, names) for one in claims(case, Kind.PLACE, ReadBy.DATA_SET)
    ) == [
        "Anton",
        "Anton (within 25 km)",
        "Eastern Anton (line or area)",
        "Eastern Anton (within 25 km)",
        "Norland",
        "Norland (within 25 km)",
    ]
    before = {one.id for one in held(case, Place)}
    imported(case, written(tmp_path, text([row(id="9", where_prec="2")], COLUMNS_49)))
    assert {one.id for one in held(case, Place)} == before, "another file adds no second Anton"


def test_two_villages_of_one_name_are_told_apart(case: Path, tmp_path: Path) -> None:
    there = {"where_coordinates": "Berton village"}
    rows = [
        row(id="1", **there),
        row(id="2", where_prec="2", date_start="2016-03-05", date_end="2016-03-05", **there),
        row(id="3", latitude="33.0", adm_1="Lower province", **there),
    ]
    imported(case, written(tmp_path, text(rows)))
    found = run("events", "--case", case, "--place", "Berton")
    assert found.exit_code == 67
    upper, lower = (one.id for one in held(case, Place) if one.name == "Berton")
    assert f"Berton (village in Upper province, 2 events, at 34.80 36.70: {upper})" in found.stderr
    assert f"Berton (village in Lower province, 1 event, at 33.00 36.70: {lower})" in found.stderr
    compared = run("compare", "Berton", "--case", case).stderr
    one, two = (event.id for event in held(case, Event) if event.row.row in ("1", "2"))
    titled = run("compare", held(case, Event)[0].title, "--case", case).stderr
    assert f"(event {one}: 1 Mar 2016), " in titled
    assert f"(event {two}: 5 Mar 2016), " in titled
    assert f"Berton (place {lower}: village in Lower province, 1 event, at 33.00" in compared


@pytest.mark.parametrize(
    ("start", "end", "precision", "edtf"),
    [
        ("2016-03-01", "2016-03-01", "1", "2016-03-01"),
        ("2016-03-01 00:00:00.000", "2016-03-01 00:00:00.000", "1", "2016-03-01"),
        ("2016-03-01", "2016-03-04", "2", "2016-03-01/2016-03-04"),
        ("2016-02-01", "2016-02-29", "4", "2016-02"),
        ("2016-01-01", "2016-12-31", "5", "2016"),
    ],
)
def test_a_date_is_no_more_exact_than_its_row(
    start: str, end: str, precision: str, edtf: str, case: Path, tmp_path: Path
) -> None:
    cells = row(date_start=start, date_end=end, date_prec=precision)
    imported(case, written(tmp_path, text([cells])))
    (told,) = claims(case, Kind.DATE, ReadBy.DATA_SET)
    assert isinstance(told.value, When)
    assert told.value.edtf == edtf


def test_one_sided_violence_has_an_attacker_and_victims(case: Path, tmp_path: Path) -> None:
    cells = row(type_of_violence="3", side_b="Civilians", side_b_new_id="1")
    imported(case, written(tmp_path, text([cells])))
    roles = [
        one.value.role.value
        for one in claims(case, Kind.PARTICIPANT, ReadBy.DATA_SET)
        if isinstance(one.value, Participant)
    ]
    assert sorted(roles) == ["attacker", "victim"]
    assert held(case, Event)[0].type is EventType.ATTACK


def test_columns_are_found_by_their_names_in_any_order(case: Path, tmp_path: Path) -> None:
    columns = list(COLUMNS_49)
    random.Random(6).shuffle(columns)
    (came_to,) = imported(case, written(tmp_path, text([row()], columns)))
    assert came_to["found"] == "UCDP GED, 49 columns"
    (again,) = imported(case, written(tmp_path, text([row()])))
    assert (came_to["added"], again["rejected"]) == (1, 0)
    assert len(held(case, Event)) == 1


@pytest.mark.parametrize("columns", [COLUMNS_49, None])
def test_a_file_without_a_header_is_known_by_its_cells(
    columns: tuple[str, ...] | None, case: Path, tmp_path: Path
) -> None:
    content = text([row()], columns, header=False) if columns else text([row()], header=False)
    (came_to,) = imported(case, written(tmp_path, content))
    assert came_to["found"].endswith("columns without a header")
    assert came_to["added"] == 1


def test_a_file_may_be_zipped_or_come_from_a_pipe(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "ged.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("../../etc/ged.csv", text([row()]))
        packed.writestr("readme.pdf", "not a row")
    (zipped,) = imported(case, path)
    assert (zipped["file"], zipped["added"]) == (f"{path}: ../../etc/ged.csv", 1)
    (piped,) = imported(case, "-", stdin=text([row(), row(id="2")]).encode())
    assert (piped["file"], piped["added"], piped["unchanged"]) == ("standard input", 1, 1)


def test_a_zip_that_grows_too_much_is_refused(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("ged.csv", text([row()]) + "," * 3_000_000)
    assert "expands to more than 200 times its size" in refused(case, path)


def test_odd_rows_are_kept_as_they_are_and_flagged(case: Path, tmp_path: Path) -> None:
    one = ("SOHR", "2016-03-02", "Clashes near Anton")
    rows = [
        row(id="1", low="6"),
        row(id="2", high="3"),
        row(id="3", deaths_a="9"),
        listing(("SOHR", "2016-02-01", "Clashes"), id="4"),
        listing(one, one, id="5"),
        row(id="6", number_of_sources="3"),
        row(id="7", date_end="2016-02-01"),
        row(id="8", where_prec="9"),
        row(id="9", latitude="", longitude=""),
        row(id="10", number_of_sources="-1"),
    ]
    (came_to,) = imported(case, written(tmp_path, text(rows)))
    assert (came_to["accepted"], came_to["flagged"], came_to["rejected"]) == (10, 9, 0)
    flags = {one.row.row: one.flags for one in held(case, Event)}
    assert flags == {
        "1": (Flag.LOW_ABOVE_BEST,),
        "2": (Flag.BEST_ABOVE_HIGH,),
        "3": (Flag.SUM_DIFFERS,),
        "4": (Flag.ARTICLE_BEFORE_EVENT,),
        "5": (Flag.ARTICLE_LISTED_TWICE,),
        "6": (Flag.ARTICLES_MISCOUNTED,),
        "7": (Flag.DATES_REVERSED,),
        "8": (Flag.UNKNOWN_CODE,),
        "9": (Flag.NO_COORDINATES,),
        "10": (),
    }
    (low,) = [
        one.value
        for one in claims_by_ucdp(case)
        if isinstance(one.value, Count) and one.value.min == 6
    ]
    assert (low.min, low.best, low.max) == (6, 4, 5)


def test_a_row_that_cannot_be_read_is_rejected_and_told(case: Path, tmp_path: Path) -> None:
    rows = [
        row(),
        row(id="2", best="many"),
        row(id="3", date_start="2016-02-30"),
        row(id="4", latitude="95"),
        row(id=""),
        row(id="1"),
        row(id="7", where_coordinates="An\0ton"),
    ]
    path = written(tmp_path, text(rows) + "a,row,of,five,cells\n")
    report = tmp_path / "report.csv"
    found = run("import", path, "--into", case, "--by", "Ada", "--report", report)
    assert found.exit_code == 0
    assert re.search(r"rows\.csv +rejected +7\n", found.stdout)
    told = [
        (line["row"], line["field"], line["words"])
        for line in lines_of(report)
        if line["what"] == "rejected row"
    ]
    assert sorted(told) == [
        ("2 (line 3)", "best", "'many' is not a number of people"),
        ("3 (line 4)", "date_start", "'2016-02-30' is not a date"),
        ("4 (line 5)", "latitude", "'95' is not in degrees"),
        ("5 (line 6)", "id", "'' is not a row id"),
        ("6 (line 7)", "id", "'1' occurs twice"),
        ("7 (line 8)", "", "contains a NUL byte"),
        ("8 (line 9)", "", "has 5 cells, not 41"),
    ]


def test_a_file_that_is_cut_in_the_middle_gives_all_rows_before(case: Path, tmp_path: Path) -> None:
    content = text([row(), row(id="2"), row(id="3")])
    (came_to,) = imported(case, written(tmp_path, content[:-60]), code=65)
    assert (came_to["added"], came_to["rejected"]) == (2, 1)
    ((number, line, _, why, *_),) = came_to["rejections"]
    assert (number, line) == (3, 4)
    assert why.startswith("the file ends in the middle of this row")


def test_a_file_that_gives_nothing_ends_with_another_code_after_the_others(
    case: Path, tmp_path: Path
) -> None:
    bad = written(tmp_path, text([row(id=str(n), best=f"some {n}") for n in range(12)]), "bad.csv")
    good = written(tmp_path, text([row()]), "good.csv")
    found = run("import", bad, good, "--into", case, "--by", "Ada")
    assert found.exit_code == 65
    assert found.stderr.splitlines()[-1] == (
        f"conflict-tui: {bad}: no row was accepted; the report says why"
    )
    told = r" 12 +best: not a number of people \(row 1, line 2: 'some 0'\)\n"
    assert re.search(told, found.stdout)
    assert len(held(case, Event)) == 1, "the other file is in"


def test_a_quote_that_is_never_closed_costs_its_own_row_alone(case: Path, tmp_path: Path) -> None:
    broken = text([row(id="2")], header=False).replace("Anton town", '"Anton town')
    content = text([row()]) + broken + text([row(id="3"), row(id="4")], header=False)
    (came_to,) = imported(case, written(tmp_path, content.replace(',"Anton', ',"Anton')))
    assert came_to["rejected"] == 1
    assert {one.row.row for one in held(case, Event)} == {"1", "3", "4"}


def test_letters_that_are_not_utf_8_are_read_and_said(case: Path, tmp_path: Path) -> None:
    content = text([row(where_coordinates="Ömerli town")]).encode("iso-8859-1")
    (came_to,) = imported(case, written(tmp_path, content))
    assert came_to["remarks"] == ["not UTF-8: read as windows-1252 (1 line)"]
    assert "Ömerli" in {one.name for one in held(case, Place)}
    with_mark = b"\xef\xbb\xbf" + text([row(id="2")]).encode()
    assert imported(case, written(tmp_path, with_mark))[0]["remarks"] == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"lat,lon,name\n42.5,1.6,El Tarter\n", "is not a supported file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is a picture; recognise its text first"),
        ("id,best\n1,2\n".encode("utf-16"), "is not a supported file: the nearest is UCDP GED"),
        (b"PK\x03\x04 broken", "is an unreadable zip"),
        (
            b"id,date_start,date_end,type_of_violence,side_a,side_b,best,low,high\n",
            "looks like UCDP GED, but lacks the columns source_article, where_prec",
        ),
    ],
)
def test_other_files_are_refused_in_one_line(
    content: bytes, why: str, case: Path, tmp_path: Path
) -> None:
    assert why in refused(case, written(tmp_path, content))
    assert "no such file" in refused(case, tmp_path / "absent.csv")


def killed(case: Path, event: str) -> object:
    """The best number of the dead of an event, as `events` lists it."""
    listed = json.loads(run("events", "--case", case, "--format", "json").stdout)
    return next(one["killed_best"] for one in listed if one["id"] == event)


def test_importing_again_adds_and_changes_what_is_new(case: Path, tmp_path: Path) -> None:
    imported(case, written(tmp_path, text([row(), row(id="2"), row(id="3")])))
    before = case.read_bytes()
    (again,) = imported(case, written(tmp_path, text([row(), row(id="2"), row(id="3")])))
    assert (again["unchanged"], again["added"], again["changed"]) == (3, 0, 0)
    assert case.read_bytes() == before, "what changes nothing is no act"
    newer = [row(), row(id="2", best="5", high="6", deaths_b="4"), row(id="4")]
    (came_to,) = imported(case, written(tmp_path, text(newer)))
    assert (came_to["unchanged"], came_to["added"], came_to["changed"]) == (1, 1, 1)
    assert (came_to["gone"], came_to["gone_rows"]) == (1, ["3"])
    ids = {one.row.row: one.id for one in held(case, Event)}
    assert killed(case, ids["2"]) == 5
    assert sorted(ids) == ["1", "2", "3", "4"]
    assert run("verify", case).exit_code == 0


def test_a_change_that_would_break_a_ruling_is_rejected(case: Path, tmp_path: Path) -> None:
    imported(case, written(tmp_path, text([row()])))
    (by_rule,) = claims(case, Kind.FATALITIES, ReadBy.RULE)
    (by_ucdp,) = [one for one in claims(case, Kind.FATALITIES, ReadBy.DATA_SET) if not one.scope]
    archive = Archive.open(case, author="Ada", writing=True)
    at = "2026-11-22T13:05:00Z"
    ruling = Ruling(
        id="rul_1",
        about=by_rule.id,
        other=by_ucdp.id,
        by="Ada",
        at=at,
        verdict=RulingKind.COMPATIBLE,
        reason="four of them at once",
    )
    archive.change(changes.add_or_replace(None, ruling, "rule", "Ada", at))
    archive.close()
    newer = written(tmp_path, text([row(best="9", high="9", deaths_b="8")]))
    (came_to,) = imported(case, newer, code=65)
    assert (came_to["changed"], came_to["rejected"]) == (0, 1)
    assert "a person ruled on or graded its claim clm_" in came_to["rejections"][0][3]
    assert list(came_to["reasons"]) == ["a person ruled on or graded its claim, which would change"]
    assert killed(case, held(case, Event)[0].id) == 4


def test_an_article_of_many_events_tells_of_them_together(case: Path, tmp_path: Path) -> None:
    day = ("SOHR", "2016-03-02", "Shelling kills 4 in Anton")
    of_many = [listing(day, id=str(number)) for number in range(6)]
    several = listing(("SOHR", "2016-03-02", "Raid kills 3 in Berton"), id="7", event_clarity="2")
    single = listing(("SOHR", "2016-03-02", "Mine kills 2 in Carton"), id="8")
    weeks = listing(
        ("SOHR", "2016-03-22", "Raid kills 5 in Derton"),
        id="9",
        event_clarity="2",
        date_start="2016-03-02",
        date_end="2016-03-22",
    )
    imported(case, written(tmp_path, text([*of_many, several, single, weeks])))
    told = claims(case, Kind.FATALITIES, ReadBy.RULE)
    assert sorted(
        (one.value.min, one.aggregate) for one in told if isinstance(one.value, Count)
    ) == [(2, False), (3, False), *[(4, True)] * 6, (5, True)]


def test_a_headline_has_letters_in_place_of_the_references_of_html(
    case: Path, tmp_path: Path
) -> None:
    said = "The &#8220;Southern Front&#8221; &amp; AT&T; kill&#27;[2J 4 in e&#769;t&eacute;&#x202e;"
    cells = listing(("Anton Herald", "2016-03-02", said))
    imported(case, written(tmp_path, text([cells])))
    (article,) = [one for one in held(case, Article) if one.text_kind is TextKind.HEADLINE]
    title = "The \u201cSouthern Front\u201d & AT&T; kill[2J 4 in \xe9t\xe9\u202e"
    assert article.title == title, "NFC, and what is no letter is left out"
    (passage,) = [one for one in held(case, Passage) if one.article == article.id]
    assert (passage.exact, passage.end) == (title, len(title))
    row_of = next(one for one in held(case, Event)).row
    shown = run("article", article.id, "--case", case).stdout
    assert "\u202e" not in shown, "hostile letters are shown as what they are"
    (again,) = imported(case, written(tmp_path, text([cells])))
    assert again["unchanged"] == 1
    plain = listing(("Anton Herald", "2016-03-02", title))
    (newer,) = imported(case, written(tmp_path, text([plain])))
    assert (newer["changed"], newer["articles"]) == (1, 0), "another row, and the same article"
    assert next(one for one in held(case, Event)).row.sha256 != row_of.sha256


def test_whose_an_office_is_stands_in_the_report(case: Path, tmp_path: Path) -> None:
    items = [
        ("Syria LiveuMap", "2016-03-02", "Clashes"),
        ("BBC Monitoring Newsfile", "2016-03-02", "Clashes"),
        ("Al Jazeera (in SOHR)", "2016-03-02", "Clashes, and more; much more"),
        ("Anton Herald, weekly", "2016-03-02", "Clashes"),
    ]
    (came_to,) = imported(case, written(tmp_path, text([listing(*items)])))
    assert came_to["offices"] == {
        "Syria LiveuMap": "Liveuamap",
        "BBC Monitoring Newsfile": "BBC Monitoring",
        "Al Jazeera (in SOHR)": "SOHR ← Al Jazeera",
        "Anton Herald, weekly": "Anton Herald, weekly",
    }
    names = {one.id: one.name for one in held(case, Source)}
    chains = [
        [names[source] for source in one.chain]
        for one in claims(case, Kind.OCCURRENCE, ReadBy.DATA_SET)
    ]
    assert sorted(chains) == [[], [], [], ["Al Jazeera"]]


def test_a_row_without_articles_that_can_be_read_is_known_from_the_data_set(
    case: Path, tmp_path: Path
) -> None:
    cells = row(source_article="AFP, 2001-10-07", number_of_sources="-1")
    imported(case, written(tmp_path, text([cells])))
    (told,) = claims(case, Kind.OCCURRENCE, ReadBy.DATA_SET)
    passages = {one.id: one.exact for one in held(case, Passage)}
    assert "source_article: AFP, 2001-10-07" in passages[told.passage]
    assert held(case, Event)[0].flags == ()


def test_a_dry_run_changes_nothing(case: Path, tmp_path: Path) -> None:
    path = written(tmp_path, text([row()]))
    before = case.read_bytes()
    found = run("import", path, "--into", case, "--by", "Ada", "--dry-run")
    assert "1 added, 0 changed, 0 unchanged" in found.stdout
    assert "nothing of this file is in the case" in found.stdout.splitlines()[1]
    assert case.read_bytes() == before


def test_where_there_is_no_case_it_is_said_how_to_make_one(tmp_path: Path) -> None:
    path = written(tmp_path, text([row()]))
    into = tmp_path / "my war.db"
    found = run("import", path, "--into", into, "--by", "Ada")
    assert (found.exit_code, into.exists()) == (66, False)
    assert found.stderr.splitlines()[-1] == (
        f"conflict-tui: {into}: there is no such case; create it first: conflict-tui new '{into}'"
    )


def test_a_file_of_a_header_alone_says_so(case: Path, tmp_path: Path) -> None:
    found = run("import", written(tmp_path, text([])), "--into", case, "--by", "Ada")
    assert found.exit_code == 0
    assert "a header but no rows" in found.stdout


def test_the_log_says_who_imported_what(case: Path, tmp_path: Path) -> None:
    path = written(tmp_path, text([row()]))
    imported(case, path)
    (act,) = json.loads(run("log", "--case", case, "--format", "json").stdout)
    assert (act["who"], act["why"]) == ("Ada", f"import of {path.name}: 1 row"), (
        "not in which folder"
    )


def test_the_sample_of_all_regions_is_taken_whole(case: Path) -> None:
    if not SAMPLE.exists():
        pytest.skip("the GED rows are not part of the project (see CONFLICT_DATA)")
    (came_to,) = imported(case, SAMPLE)
    assert (came_to["rows"], came_to["added"], came_to["rejected"]) == (150, 150, 0)
    assert came_to["flags"] == {"low-above-best": 2, "article-before-event": 3}
    # 31 of them are cited in free words, in 27 of 48 old rows
    assert (came_to["articles"], came_to["links"]) == (173, 176)
    assert run("verify", case).exit_code == 0
    (again,) = imported(case, SAMPLE)
    assert again["unchanged"] == 150


@pytest.mark.skipif(not WHOLE, reason="16,566 rows, which `make whole` reads")
def test_every_row_of_the_syria_file_is_accounted_for(tmp_path: Path) -> None:
    if not SYRIA.exists():
        pytest.skip("the GED rows are not part of the project (see CONFLICT_DATA)")
    case = new_case(tmp_path / "war.db")
    report = tmp_path / "report.csv"
    asked = ("import", SYRIA, "--into", case, "--by", "Ada", "--dry-run", "--report", report)
    found = run(*asked, "--format", "json")
    (one,) = json.loads(found.stdout)["files"]
    assert (one["rows"], one["added"], one["rejected"]) == (16_566, 16_566, 0)
    # 13,767 as printed: two rows write one headline with and without references of HTML
    assert (one["articles"], one["links"], one["distinct_links"]) == (13_766, 21_137, 21_090)
    assert one["flags"] == {
        "low-above-best": 30,
        "best-above-high": 71,
        "article-before-event": 285,
        "article-listed-twice": 46,
    }
    offices = {
        line["field"]: line["words"] for line in lines_of(report) if line["what"] == "office"
    }
    assert (len(offices), len(set(offices.values()))) == (127, 81)
    assert sum(whose == "Liveuamap" for whose in offices.values()) == 18
    assert offices["Al Jazeera (in SOHR)"] == "SOHR ← Al Jazeera"


def test_a_data_set_that_somebody_has_cut_is_refused(case: Path) -> None:
    if not CUT.exists():
        pytest.skip("the GED rows are not part of the project (see CONFLICT_DATA)")
    assert "lacks the columns source_article, where_prec" in refused(case, CUT)
    gazetteer = DATA / "gazetteer/geonames_cities1000.csv"
    assert "is not a supported file" in refused(case, gazetteer)


def lines_of(report: Path) -> list[dict[str, str]]:
    with report.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_report_has_every_row_that_is_odd_or_gone(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_files, "SHOWN", 2)
    imported(case, written(tmp_path, text([row(id=str(number)) for number in range(5)])))
    rows = [row(id="7", low="6", high="3"), *(row(id="8", best="many") for _ in range(4))]
    report = tmp_path / "report.csv"
    asked = ("import", written(tmp_path, text(rows), "newer.csv"), "--into", case, "--by", "Ada")
    tried = run(*asked, "--dry-run", "--report", tmp_path / "tried.csv")
    assert "in the case but not in this file" in tried.stdout
    assert run(*asked, "--report", report).exit_code == 0
    assert report.stat().st_mode & 0o777 == 0o600
    found = lines_of(report)
    assert found[2:] == lines_of(tmp_path / "tried.csv")[2:], "it comes to what was told of it"
    event = next(one for one in held(case, Event) if one.row.row == "7")
    assert [
        (line["row"], line["field"], line["event"], line["words"])
        for line in found
        if line["what"] == "flagged row"
    ] == [
        ("1 (line 2)", "low-above-best", event.id, event.title),
        ("1 (line 2)", "best-above-high", event.id, event.title),
    ]
    gone = {line["row"]: line["event"] for line in found if line["what"] == "gone row"}
    assert gone == {
        one.row.row: one.id for one in held(case, Event) if one.row.row in ("0", "1", "2", "3", "4")
    }
    assert sum(line["what"] == "rejected row" for line in found) == 4


def test_a_report_that_cannot_be_written_is_refused_before_the_import(
    case: Path, tmp_path: Path
) -> None:
    path = written(tmp_path, text([row()]))
    before = case.read_bytes()
    report = tmp_path / "absent" / "report.csv"
    found = run("import", path, "--into", case, "--by", "Ada", "--report", report)
    assert (found.exit_code, found.stderr.count("\n")) == (73, 1)
    assert "cannot be written" in found.stderr
    assert case.read_bytes() == before
    left = tmp_path / "left.csv"
    assert "is not a supported file" in refused(
        case, written(tmp_path, "a,b\n", "x"), "--report", left
    )
    assert not left.exists(), "nothing half-written stays"


def test_a_report_writes_over_nothing(case: Path, tmp_path: Path) -> None:
    path = written(tmp_path, text([row()]))
    for report in (case, written(tmp_path, "mine", "mine.csv")):
        before = report.read_bytes()
        found = run("import", path, "--into", case, "--by", "Ada", "--report", report)
        assert (found.exit_code, found.stderr.count("\n")) == (73, 1)
        assert report.read_bytes() == before
    found = run("import", path, "--into", case, "--by", "Ada", "--report", tmp_path / "a.txt")
    assert found.exit_code == 64
    assert "must end in .csv or .json" in found.stderr


def test_what_a_zip_holds_besides_is_told_apart(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "ged.zip"
    rows = f"UCDP GED\n\n{text([row()])}Source: UCDP\n"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("data/ged.csv", rows)
        packed.writestr("codebook.pdf", b"%PDF-1.4")
        packed.writestr("bad.csv.gz", b"\x1f\x8b")
    report = tmp_path / "report.csv"
    found = run("import", path, "--into", case, "--by", "Ada", "--report", report)
    assert found.exit_code == 65
    assert re.search(r"ged\.csv +passed over +3 +no rows of data\n", found.stdout)
    assert re.search(r" footer lines +1 +line 5: Source: UCDP\n", found.stdout)
    assert re.search(r"ged\.zip: codebook\.pdf +passed over +is a PDF\n", found.stdout)
    assert f"{path}: bad.csv.gz: is damaged after 0 bytes" in found.stderr
    told = {line["what"]: (line["field"], line["words"]) for line in lines_of(report)}
    assert told["passed over row"] == ("footer lines", "Source: UCDP")
    assert told["passed over file"] == ("", "is a PDF")
    assert told["not imported"][1].startswith(f"{path}: bad.csv.gz: is damaged")
