"""Every place that keeps words of a case: after a redaction it is clean, or it is named."""

import json
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from store.archive import Archive
from store.custody.anchor import head
from store.custody.pack import pack
from store.custody.redaction_traces import PLACES, traces
from store.database.originals import keep_original, originals_folder
from store.database.read_records import record
from store.database.seals import keep_seal, seal_name
from store.document import kept_index
from store.exporting.export import export_of, write_export
from store.exporting.export_file import export_file
from store.model.change import Change, Edit
from store.model.records import Article, Capture
from store.model.text import text_hash
from store.queries.build_facet_index import build_facet_index
from store.queries.filters import Filters
from store.queries.near_matches import NearMatch, Nearness, near_matches, words_in_full_text
from tests.small import SmallCase
from tests.store.faults import Killed, failing
from tests.store.importing import altering, imported
from tests.store.kept import NAMES, entitle, put_case
from tests.store.sqlite_disk import exit_code_of
from tests.store.witness import NAME, NEWS, TEXT, places_with_name, put_witness_case, redact_witness
from tui.crash import report
from tui.session.clipboard import copy
from tui.session.drafts import Drafts
from tui.session.outside_editor import edited


def _redact(path: Path) -> None:
    archive = Archive.open(path, author="me", writing=True)
    archive.redact(NEWS, "text", "to protect the witness", NAME)
    archive.close()


def _article(archive: Archive) -> Article:
    found = archive.ask(record, "articles", NEWS)
    assert isinstance(found, Article)
    return found


def _vocabulary(path: Path) -> set[str]:
    """Every term of the full-text indexes of a database."""
    connection = sqlite3.connect(path)
    found: set[str] = set()
    for words in ("event_words", "article_words", "name_words"):
        connection.execute(
            f"CREATE VIRTUAL TABLE temp.of_{words} USING fts5vocab('main', {words}, 'row')"
        )
        found |= {term for (term,) in connection.execute(f"SELECT term FROM of_{words}")}
    connection.close()
    return found


def _records_log_free_pages_full_text_and_wal(folder: Path) -> None:
    path = put_witness_case(folder, "case.db")
    assert {"zqxabu", "zqxyusuf"} < _vocabulary(path)
    archive = Archive.open(path, author="me", writing=True)
    for n in range(20):  # many versions, so that pages become free
        text = f"{NAME} " * 500 * n
        long = msgspec.structs.replace(_article(archive), note=text)
        archive.change(
            Change("", "", f"{NAME} {n}", [Edit("articles", NEWS, _article(archive), long)])
        )
    short = msgspec.structs.replace(_article(archive), note="")
    archive.change(Change("", "", "", [Edit("articles", NEWS, _article(archive), short)]))
    assert b"Zqx" in path.with_name("case.db-wal").read_bytes()
    archive.redact(NEWS, "text", "to protect the witness", NAME)
    assert places_with_name(folder) == [], "also while it is open"
    archive.close()
    assert places_with_name(folder) == []
    assert not any("zqx" in term for term in _vocabulary(path))
    assert list(traces(path, [NAME])) == []


def _log_and_backups(folder: Path) -> None:
    path = put_witness_case(folder, "case.json")
    assert {"case.json", "case.json.log", "case.json.1"} <= set(places_with_name(folder))
    _redact(path)
    assert places_with_name(folder) == []


def _imports(folder: Path) -> None:
    path = put_witness_case(folder, "case.db")
    archive = Archive.open(path, author="me", writing=True)
    seen = msgspec.structs.replace(_article(archive), note="seen")
    archive.import_batches(imported(), [[altering(archive, "articles", seen)]])
    other = SmallCase()
    other.article("other", "Nobody.", title=f"Of {NAME}")
    added = [Edit(table, one.id, None, one) for table, one in other.records() if table != "case"]
    archive.import_batches(imported(), [added])
    archive.undo()  # its records are kept beside the log now, compressed
    archive.redact(NEWS, "text", "to protect the witness", NAME)
    archive.close()
    found = list(traces(path, [NAME]))
    (entry,) = {line for line in found if line.startswith("what the import")}
    assert entry.endswith(": art_other")
    assert not any(NEWS in line for line in found)


def _facet_index(folder: Path) -> None:
    path = put_witness_case(folder, "case.db")
    archive = Archive.open(path, author="me", writing=True)
    entitle(archive, f"{NAME} falls")
    archive._engine.store_facet_index(build_facet_index)
    assert b"zqx" in _held(path)
    entitle(archive, "Hama falls")
    archive.redact(NEWS, "text", "to protect the witness", NAME)
    assert _held(path) == b"[]"
    archive._engine.store_facet_index(build_facet_index)
    archive.close()
    assert b"hama" in _held(path)
    assert b"zqx" not in _held(path)


def _held(path: Path) -> bytes:
    """What the facet index of a database holds."""
    connection = sqlite3.connect(path)
    held = connection.execute("SELECT kind, key, body FROM answers").fetchall()
    connection.close()
    return repr(held).encode().lower()


def _kept_index(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_index, "FROM_BYTES", 0)
        path = put_witness_case(folder, "case.json")
        Archive.open(path, author="me", writing=True).close()
        assert "case.json.index" in places_with_name(folder)
        _redact(path)
        assert places_with_name(folder) == []
        Archive.open(path, author="me", writing=True).close()
    assert (folder / "case.json.index").exists(), "made anew from what is left"
    assert places_with_name(folder) == []


def _copies_of_replaced_cases(folder: Path) -> None:
    path = put_witness_case(folder, "case.json")
    for name in ("case.json.unsaved", "case.json.unsaved.log"):
        (folder / name).write_text(TEXT)
    _redact(path)
    assert places_with_name(folder) == ["case.json.unsaved", "case.json.unsaved.log"]
    assert list(traces(path, [NAME])) == ["case.json.unsaved", "case.json.unsaved.log"]


def _temporary_files(folder: Path) -> None:
    path = put_witness_case(folder, "case.json")
    for name in ("case.json.new", "case.json.log.new", "case.json.2.new"):
        (folder / name).write_text(TEXT)
    (folder / "war.zip.copy").write_text(TEXT)
    _redact(path)
    assert places_with_name(folder) == ["war.zip.copy"]
    assert list(traces(path, [NAME])) == ["war.zip.copy"]


def _torn_lines(folder: Path) -> None:
    path = put_witness_case(folder, "case.json")
    with path.with_name("case.json.log").open("a") as log:
        log.write(f'{{"why": "{NAME}')
    _redact(path)
    (torn,) = places_with_name(folder)
    assert torn.startswith("case.json.log.torn-")
    assert list(traces(path, [NAME])) == [torn]


def _originals(folder: Path) -> None:
    for name in NAMES:
        (folder / name[5:]).mkdir()
        path = put_witness_case(folder / name[5:], name)
        mine, other = (f"Title\n{TEXT} {n}".encode() for n in range(2))
        archive = Archive.open(path, author="me", writing=True)
        digest, kept = (keep_original(path, content) for content in (mine, other))
        capture = Capture(file="a.txt", imported="2025-01-01T00:00:00Z", by="me", tool="t")
        known = msgspec.structs.replace(_article(archive), raw_sha256=digest, capture=capture)
        archive.change(Change("", "", "", [Edit("articles", NEWS, _article(archive), known)]))
        archive.close()
        _redact(path)
        left = originals_folder(path)
        assert [one.name for one in left.iterdir()] == [kept]
        assert list(traces(path, [NAME])) == [f"{left.name}/{kept}"]


def _packs(folder: Path) -> None:
    for name in NAMES:
        (folder / name[5:]).mkdir()
        path = put_witness_case(folder / name[5:], name)
        pack(path, path.with_name("sent.zip"))
        path.with_name("broken.zip").write_bytes(path.with_name("sent.zip").read_bytes()[:-30])
        _redact(path)
        pack(path, path.with_name("clean.zip"))
        broken, sent = traces(path, [NAME])
        assert broken.startswith("broken.zip cannot be read")
        assert sent == "sent.zip"


def _texts_put_aside_and_crash_reports(folder: Path) -> None:
    path = put_witness_case(folder, "case.json")
    aside = folder / "state"
    aside.mkdir()
    (aside / "note-1.md").write_text(f"ask {NAME}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tui.crash.state_folder", lambda: aside)
        assert report(ValueError(NAME)) is not None
    _redact(path)
    assert places_with_name(aside) == ["note-1.md"]
    assert list(traces(path, [NAME], aside)) == [str(aside / "note-1.md")]


def _drafts(folder: Path) -> None:
    path = put_witness_case(folder, "case.json")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tui.session.drafts.state_folder", lambda: folder / "state")
        Drafts(path).write("note evt_1", f"ask {NAME}")
    _redact(path)
    (draft,) = (folder / "state").iterdir()
    assert list(traces(path, [NAME], folder / "state")) == [str(draft)]


def _text_in_an_editor(folder: Path) -> None:
    path = put_witness_case(folder, "case.json")
    state = folder / "state"

    @contextmanager
    def meanwhile() -> Iterator[None]:
        yield
        _redact(path)
        (left,) = state.iterdir()
        assert list(traces(path, [NAME], state)) == [str(left)]

    edited(meanwhile, f"ask {NAME}", {"EDITOR": "true"}, state)
    assert list(state.iterdir()) == []


def _copied_text(folder: Path) -> None:
    path = put_witness_case(folder, "case.json")
    file = folder / "state" / "copied.txt"
    assert copy(f"ask {NAME}", file, {"TERM": "linux"}).said.endswith(str(file))
    _redact(path)
    assert list(traces(path, [NAME], file.parent)) == [str(file)]


def _taken_out(folder: Path) -> None:
    path = put_witness_case(folder, "case.json")
    archive = Archive.open(path)
    export = export_of("json", "claims", Filters(), restricted=False)
    with export_file(folder / "out.json", path) as stream:
        write_export(archive, stream, export, lambda done, whole: None)
    archive.close()
    _redact(path)
    assert places_with_name(folder) == ["out.json"]
    assert list(traces(path, [NAME])) == [], "it is a file of its user"


def _time_stamps(folder: Path) -> None:
    path = put_witness_case(folder, "case.json")
    last = head(path)
    kept = keep_seal(path, seal_name(last.sequence, last.hash, b"answer"), b"answer")
    _redact(path)
    assert kept.read_bytes() == b"answer"
    assert places_with_name(folder) == []
    assert list(traces(path, [NAME])) == []


def _notes_of_redactions(folder: Path) -> None:
    path = put_witness_case(folder, "case.json")
    killed = failing(Killed(12))
    assert exit_code_of(lambda: redact_witness(path, killed)) == 9
    note = json.loads((folder / "case.json.redacting").read_bytes())
    assert note == {"id": NEWS, "field": "text", "after": note["after"]}


CHECKS: tuple[tuple[tuple[str, ...], Callable[[Path], None]], ...] = (
    (
        ("records", "log", "free pages", "full text", "WAL"),
        _records_log_free_pages_full_text_and_wal,
    ),
    (("log", "backups"), _log_and_backups),
    (("imports",), _imports),
    (("facet index",), _facet_index),
    (("kept index",), _kept_index),
    (("copies of replaced cases",), _copies_of_replaced_cases),
    (("temporary files",), _temporary_files),
    (("torn lines",), _torn_lines),
    (("originals",), _originals),
    (("packs",), _packs),
    (("texts put aside", "crash reports"), _texts_put_aside_and_crash_reports),
    (("drafts",), _drafts),
    (("text in an editor",), _text_in_an_editor),
    (("copied text",), _copied_text),
    (("taken out",), _taken_out),
    (("time stamps",), _time_stamps),
    (("notes of redactions",), _notes_of_redactions),
)


@pytest.mark.parametrize("check", [check for _, check in CHECKS])
def test_a_place_is_clean_or_named(tmp_path: Path, check: Callable[[Path], None]) -> None:
    check(tmp_path)


def test_the_list_of_places_is_the_list_of_those_that_are_tested() -> None:
    assert {place.name for place in PLACES} == {name for names, _ in CHECKS for name in names}


# other spellings

HARD = 'Zoë "Abu" A\u011fa\U0001f600'
FORMS = {
    "NFC": HARD,
    "NFD": unicodedata.normalize("NFD", HARD),
    "JSON": json.dumps(HARD, ensure_ascii=False),
    "ASCII": json.dumps(HARD),
    "upper": json.dumps(HARD).replace("\\u011f", "\\u011F"),
    "all": "".join(f"\\u{ord(letter):04x}" for letter in HARD[:-1]) + "\\uD83D\\uDE00",
    "NFD in ASCII": json.dumps(unicodedata.normalize("NFD", HARD)),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("before", [0, (1 << 20) - 5])
def test_words_are_found_in_any_form(tmp_path: Path, form: str, before: int) -> None:
    small = SmallCase()
    path = tmp_path / "case.json"
    put_case(path, small.records())
    (tmp_path / "case.json.torn").write_text("." * before + FORMS[form], encoding="utf-8")
    assert list(traces(path, [unicodedata.normalize("NFC", HARD)])) == ["case.json.torn"]
    assert list(traces(path, [unicodedata.normalize("NFD", HARD)])) == ["case.json.torn"]
    assert list(traces(path, ["Zoey"])) == []


@pytest.mark.parametrize("name", NAMES)
def test_hard_words_are_absent_in_every_form_and_go_from_reasons_in_another(
    tmp_path: Path, name: str
) -> None:
    small = SmallCase()
    news = small.article("news", f"So {HARD} said.", title="News")
    path = tmp_path / name
    put_case(path, small.records())
    archive = Archive.open(path, author="me", writing=True)
    article = archive.ask(record, "articles", news)
    assert isinstance(article, Article)
    read = msgspec.structs.replace(article, note="read")
    reason = f"{FORMS['NFD']} said so"
    archive.change(Change("", "", reason, [Edit("articles", news, article, read)]))
    archive.redact(news, "text", "to protect the witness", HARD)
    archive.close()
    for file in tmp_path.iterdir():
        for form in FORMS.values():
            assert form.strip('"').encode() not in file.read_bytes(), (file, form)
    assert list(traces(path, [HARD])) == []


@pytest.mark.parametrize("name", NAMES)
def test_near_matches_are_listed_and_words_that_others_use_are_told(
    tmp_path: Path, name: str
) -> None:
    words = "Amr Yūsuf"
    variants = {
        "capitals": "seen by AMR YŪSUF",
        "nfd": unicodedata.normalize("NFD", f"seen by {words}"),
        "line": "seen by Amr\nYūsuf",
        "blank": "seen by Amr\u00a0Yūsuf",
        "last": "Mr Yūsuf saw it",
        "both": f"{words} and amr yūsuf",
        "same": f"{words} saw it",
        "longer": "Yūsufoglu saw it",
        "none": "nobody saw it",
    }
    small = SmallCase()
    for key, text in variants.items():
        small.article(key, "Text.", title=text)
    small.article("news", f"{words} came.", title="News")
    path = tmp_path / name
    put_case(path, small.records())
    archive = Archive.open(path, author="me", writing=True)
    left = archive.redact(NEWS, "text", "to protect the witness", words)
    assert {one.id for one in left} == {"art_both", "art_same"}
    near = archive.ask(near_matches, archive.case, words)
    form = ("art_capitals", "art_nfd", "art_line", "art_blank", "art_both")
    assert set(near) == {
        *(NearMatch(id, "title", Nearness.FORM) for id in form),
        NearMatch("art_last", "title", Nearness.LAST),
    }
    assert NearMatch("art_last", "title", Nearness.LAST) not in archive.ask(
        near_matches, archive.case, words, last_alone=False
    )
    used = dict(archive.ask(words_in_full_text, [words]))
    assert used == {"amr": 6, "yūsuf": 7}
    assert text_hash(words) in (_article(archive).text or "")
    archive.close()
