"""A case as text: every record goes there and back, whatever its words are."""

import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.archive import Archive
from store.coding_text.import_text import import_text
from store.coding_text.read_folder import coded_case
from store.coding_text.toml_file import TomlFile
from store.coding_text.write_folder import text_files, write_files, write_text
from store.custody.new_case import create_case
from store.errors import DamagedCase, RefusedChange, UnwritableOutput
from store.model import changes
from store.model.change import Change, Edit
from store.model.judgements import KinshipKind, MarkKind, RulingKind, SavedCondition, Verdict
from store.model.record import make_id
from store.model.records import (
    CONTEXT,
    RECORD_TYPES,
    Actor,
    AnyRecord,
    Article,
    Capture,
    Case,
    Claim,
    DataSet,
    Event,
    FieldReading,
    OriginalSpan,
    Passage,
    Place,
    RowRef,
    Source,
    Stamp,
)
from store.model.text import text_hash
from store.model.values import (
    Coded,
    Control,
    Count,
    Distance,
    Participant,
    When,
    Where,
)
from store.model.vocabulary import (
    ActorKind,
    ControlState,
    EventType,
    FieldBasis,
    Kind,
    PlaceKind,
    ReadBy,
    Role,
    SourceKind,
    Stance,
    TextKind,
)
from store.queries.records import all_records
from tests.examples import examples
from tests.seeds.test_hama import FOLDER, SNAPSHOT

AT = "2026-11-30T12:00:00Z"
ODD = "\"\\'#[]{}=\n\r\t\u0000\u0085\u202e\ufeff\u2028e\u0301ﬀحماة😀"
WORDS = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"])))
SOME = WORDS.filter(bool)


def records_of(case: Path) -> list[tuple[str, AnyRecord]]:
    archive = Archive.open(case)
    try:
        return [("case", archive.case), *archive.ask(lambda reader: list(all_records(reader)))]
    finally:
        archive.close()


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled case as text, which no test alters."""
    archive = Archive.open(SNAPSHOT)
    folder = tmp_path_factory.mktemp("bundled") / "text"
    write_text(archive, folder)
    archive.close()
    return folder


@pytest.fixture
def written(bundled: Path, tmp_path: Path) -> Path:
    """A copy of the bundled case as text."""
    return Path(shutil.copytree(bundled, tmp_path / "text"))


def test_the_bundled_case_goes_there_and_back(written: Path) -> None:
    assert list(coded_case(written)) == records_of(SNAPSHOT)
    assert {path.stat().st_mode & 0o777 for path in written.iterdir()} == {0o600}


def test_a_text_in_a_text_is_the_same_text(written: Path, tmp_path: Path) -> None:
    case = tmp_path / "again.db"
    (_, first), *others = coded_case(written)
    assert isinstance(first, Case)
    create_case(case, first, others)
    archive = Archive.open(case)
    write_text(archive, tmp_path / "again")
    archive.close()
    for path in sorted(written.iterdir()):
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


def test_an_edited_text_is_one_act_that_one_undo_takes_back(written: Path, tmp_path: Path) -> None:
    case = Path(shutil.copy(SNAPSHOT, tmp_path / "war.json"))
    before = records_of(case)
    replace(written / "events.toml", 'title = "Rebels enter Hama"', 'title = "They enter Hama"')
    archive = Archive.open(case, author="Ana", writing=True)
    done = import_text(archive, written)
    assert [one.fields for one in done.altered] == [("title",)]
    assert not done.added
    assert sum(done.unchanged.values()) == len(before) - 2
    assert len(archive.history()) == 1
    assert import_text(archive, written).altered == ()
    archive.undo()
    archive.close()
    assert records_of(case) == before


def test_what_a_colleague_withdrew_meanwhile_is_told_as_added(
    written: Path, tmp_path: Path
) -> None:
    case = Path(shutil.copy(SNAPSHOT, tmp_path / "war.json"))
    archive = Archive.open(case, author="Ana", writing=True)
    claim = next(
        one for table, one in archive.ask(lambda r: list(all_records(r))) if table == "claims"
    )
    archive.change(Change("", "", "wrong", (Edit("claims", claim.id, claim, None),)))
    dry = import_text(archive, written, dry_run=True)
    assert dict(dry.added) == {"claims": 1}
    assert len(archive.history()) == 1
    archive.close()


@pytest.mark.parametrize("withdrawn", [False, True])
def test_redacted_words_do_not_come_back(withdrawn: bool, written: Path, tmp_path: Path) -> None:
    case = Path(shutil.copy(SNAPSHOT, tmp_path / "war.json"))
    archive = Archive.open(case, author="Ana", writing=True)
    note = changes.note("evt_kiysbv7c4wse", "Told by Yusuf", "Ana", AT)
    archive.change(changes.add_or_replace(None, note, "note", "Ana", AT))
    write_text(archive, tmp_path / "with the name")
    if withdrawn:
        archive.change(changes.withdraw_judgements([note], "wrong", "Ana", AT))
    archive.redact(note.id, "text", "a witness", "Yusuf")
    with pytest.raises(RefusedChange, match="was redacted, and this text has its words still"):
        import_text(archive, tmp_path / "with the name")
    write_text(archive, tmp_path / "without")
    assert not import_text(archive, tmp_path / "without").altered
    archive.close()


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def line_of(path: Path, words: str) -> int:
    return next(n for n, line in enumerate(path.read_text("utf-8").split("\n"), 1) if words in line)


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("003.toml", 'kind = "occurrence"', 'kind = "occurence"', "'occurence' is not one of"),
        ("events.toml", 'type = "advance"', 'type = "advence"', "'advence'"),
        ("events.toml", "title = ", "titel = ", "`titel`"),
        ("002.toml", "text = ", "texte = ", "the passage has no text"),
        ("findings.toml", '"one house"', '"one roof"', "one roof"),
        ("findings.toml", '["000", "001"]', '["000", "009"]', "no report '009'"),
        ("actors.toml", "[syrian-rebels]", "[syrian-rebels", "line 1"),
    ],
)
def test_an_error_names_the_line_and_what_to_do(
    name: str, old: str, new: str, words: str, written: Path
) -> None:
    path = written / name
    replace(path, old, new)
    with pytest.raises(DamagedCase) as error:
        list(coded_case(written))
    assert words in error.value.message
    assert error.value.message.startswith(f"{path}")
    assert error.value.hint
    if "line 1" not in words:
        at = int(error.value.message.split(", line ")[1].split(":")[0])
        lines = path.read_text("utf-8").split("\n")
        head = next(n for n in range(line_of(path, new), 0, -1) if lines[n - 1][:1] in ("[", " "))
        assert at in (head, line_of(path, new))


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda folder: (folder / "009.txt").write_text("x"), "has no 009.toml beside it"),
        (lambda folder: (folder / "003.txt").unlink(), "there is no 003.txt"),
        (
            lambda folder: (folder / "003.txt").write_bytes(b"a\n\xff"),
            "003.txt, line 2: is not UTF-8",
        ),
        (lambda folder: (folder / "003.txt").write_text("other words"), "the text has no"),
        (lambda folder: (folder / "case.toml").unlink(), "case.toml: is missing"),
        (lambda folder: (folder / "case.toml").write_text("name = 3"), "the case has no name"),
        (
            lambda folder: (folder / "events.toml").write_text(
                (folder / "events.toml").read_text() + '\n[x]\nid = "evt_kn43d32hyfoi"\n'
            ),
            "is there twice",
        ),
        (
            lambda folder: (folder / "events.toml").write_text('[x]\nid = "act_a"\n'),
            "does not begin with evt_",
        ),
    ],
)
def test_a_broken_folder_is_refused(
    break_it: Callable[[Path], object], words: str, written: Path
) -> None:
    break_it(written)
    with pytest.raises(DamagedCase) as error:
        list(coded_case(written))
    assert words in error.value.message


def test_a_folder_with_files_is_never_written_to(written: Path) -> None:
    before = {path: path.read_bytes() for path in written.iterdir()}
    with pytest.raises(UnwritableOutput, match="is no empty folder"):
        write_files(written, [("case.toml", "")])
    link = written.with_name("link")
    link.symlink_to(written.with_name("nowhere"))
    with pytest.raises(UnwritableOutput):
        write_files(link, [("case.toml", "")])
    assert {path: path.read_bytes() for path in written.iterdir()} == before


def test_a_text_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    def files() -> Iterable[tuple[str, str]]:
        yield "case.toml", "x"
        raise OSError(28, "No space left on device")

    with pytest.raises(UnwritableOutput, match="No space left"):
        write_files(tmp_path / "text", files())
    assert list(tmp_path.iterdir()) == []


def test_lines_are_counted_past_strings_and_comments(tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(
        'a = "x[ # y"\nb = [1,\n 2]\n["c \\"]"] # ]\nd = """\n[no]\n"""\n'
        '[[e]]\nf = [\n  { g = { h = 1 } },\n\n  { g = "]" },\n]\n[[e]]\nf = [{ g = 1 }]\n',
        "utf-8",
    )
    file = TomlFile(path)
    assert [file.line('c "]'), file.line("e"), file.line("e", 1)] == [4, 8, 14]
    assert [file.line("e", 0, inner) for inner in (0, 1)] == [10, 12]
    assert file.line("no") == 1


def invented(draw: st.DataObject) -> tuple[Case, dict[str, list[AnyRecord]]]:
    """A case with a record of every type, each text of which is drawn."""

    def words() -> str:
        return draw.draw(WORDS)

    def some() -> str:
        return draw.draw(SOME)

    case = Case(
        id="case_x",
        schema=1,
        name=words(),
        title=words(),
        about=words(),
        conventions=(words(), words()),
    )
    dataset = DataSet(id="dst_a", name=words(), licence=words(), redistributable=False)
    whole = Actor(id="act_a", name=words(), kind=ActorKind.GROUP, aliases=(words(),), note=words())
    part = Actor(
        id="act_b", name=words(), kind=ActorKind.PERSON, part_of=("act_a",), position=words()
    )
    place = Place(
        id="plc_a", name=words(), kind=PlaceKind.TOWN, precision=2, latitude=1e-7, longitude=35.0
    )
    site = Place(
        id="plc_b", name=words(), kind=PlaceKind.SITE, precision=1, within="plc_a", basis=words()
    )
    source = Source(
        id="src_a", name=words(), kind=SourceKind.WIRE, actor="act_a", speaks_for="act_b"
    )
    text, title = some(), words()
    full = Article(
        id="art_a",
        title=title,
        publisher="src_a",
        text_kind=TextKind.FULL,
        text=text,
        text_sha256=text_hash(text),
        raw_sha256=text_hash(words()),
        dataset="dst_a",
        sources=("src_a",),
        published=Stamp(at="2024-12-05", printed=words()),
        capture=Capture(
            file=words(),
            imported=words(),
            by=words(),
            tool=words(),
            fields=(FieldReading(field=words(), basis=FieldBasis.STATED, note=words()),),
        ),
    )
    head = Article(
        id="art_b", title=some(), publisher=None, text_kind=TextKind.HEADLINE, version_of="art_a"
    )
    start = draw.draw(st.integers(0, len(text) - 1))
    end = draw.draw(st.integers(start + 1, len(text)))
    passages = [passage("psg_a", full, text, start, end)]
    if title:
        passages.append(passage("psg_b", full, title, 0, len(title), in_title=True))
    event = Event(
        id="evt_a",
        title=words(),
        type=EventType.CLASH,
        row=RowRef(dataset="dst_a", row=words(), sha256="0" * 64),
        hint=words(),
    )
    sub = Event(id="evt_b", title=words(), type=EventType.OTHER, part_of="evt_a", planned=True)
    claims = [
        *values(words),
        Claim(
            id=make_id("clm", "psg_a", "0"), subject="evt_b", kind=Kind.OCCURRENCE, passage="psg_a"
        ),
    ]
    records: dict[str, list[AnyRecord]] = {table: [] for table in RECORD_TYPES}
    records |= {
        "datasets": [dataset],
        "actors": [whole, part],
        "places": [place, site],
        "sources": [source],
        "articles": [full, head],
        "passages": [*passages],
        "events": [event, sub],
        "claims": [*claims],
        "notes": [
            changes.note(about, words(), words(), AT, private=about == "psg_a")
            for about in ("evt_a", "psg_a", "src_a")
        ],
        "tags": [changes.tag("clm_0", some(), words(), AT)],
        "marks": [changes.mark("art_b", MarkKind.READ, words(), AT)],
        "grades": [changes.grade("src_a", "B", words(), words(), AT)],
        "assessments": [changes.assessment("evt_b", Verdict.FAIR, words(), words(), AT)],
        "rulings": [changes.ruling("clm_0", "clm_1", RulingKind.SAME, words(), words(), AT)],
        "kinships": [
            changes.kinship(one, other, KinshipKind.APART, words(), words(), AT)
            for one, other in (("art_b", "art_a"), ("evt_a", "evt_b"), ("plc_b", "plc_a"))
        ],
        "filters": [
            changes.saved_filter(
                some(), [SavedCondition(words(), words(), words(), True)], words(), AT
            )
        ],
    }
    return case, records


def passage(
    id: str, article: Article, text: str, start: int, end: int, *, in_title: bool = False
) -> Passage:
    return Passage(
        id=id,
        article=article.id,
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        text_sha256=text_hash(text),
        in_title=in_title,
        origin=OriginalSpan(start=1, end=9, raw_sha256=article.raw_sha256 or ""),
    )


def values(words: Callable[[], str]) -> list[Claim]:
    """A claim of each type of value."""
    found = [
        (Kind.DATE, When(edtf="2024-12~", printed=words(), note=words())),
        (Kind.PLACE, Where(place="plc_b", precision=4, printed=words())),
        (Kind.PARTICIPANT, Participant(actor="act_b", role=Role.VICTIM)),
        (Kind.FATALITIES, Count(min=0, max=None, best=3, printed=words())),
        (Kind.DISTANCE, Distance(min=0, max=2.5)),
        (Kind.CONTROL, Control(holder="act_a", state=ControlState.HELD)),
        (Kind.SUPPORT, Coded(scheme="degree-of-support", code=words(), label=words())),
        (Kind.MANNER, Coded(scheme=words(), code=words(), label=words(), printed=words())),
    ]
    return [
        Claim(
            id=f"clm_{number}",
            subject=("evt_a", "act_a", "plc_a")[number % 3],
            kind=kind,
            passage="psg_a",
            value=value,  # type: ignore[arg-type]
            stance=Stance.DOUBTS,
            as_of=When(edtf="", printed=words(), note=words()),
            chain=("src_a",),
            note=words(),
            scope=words() if kind is Kind.FATALITIES else "",
            aggregate=True,
            read_by=ReadBy.RULE,
            confidence=50,
        )
        for number, (kind, value) in enumerate(found)
    ]


@examples(120)
@given(st.data())
def test_any_words_in_any_field_go_there_and_back(data: st.DataObject) -> None:
    case, records = invented(data)
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text"
        write_files(text, text_files(case, records))
        back = dict[str, list[AnyRecord]]()
        for table, one in coded_case(text):
            back.setdefault(table, []).append(one)
    assert back.pop("case") == [case]
    assert back == {table: held for table, held in records.items() if held}


def test_the_folder_of_the_bundled_case_is_the_same_form(written: Path) -> None:
    ours = {path.name for path in FOLDER.iterdir()}
    assert {path.name for path in written.iterdir()} == ours
