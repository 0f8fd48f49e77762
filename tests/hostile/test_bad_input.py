"""Files that are no case, opened on the screen; and files made to break the parser."""

import hashlib
import os
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.errors import ConflictError, UnreadableCase
from store.model.records import SCHEMA
from tests.examples import sample
from tests.hostile.pty import Terminal
from tests.hostile.small import hostile_case
from tests.hostile.stream import is_harmless
from tests.hostile.test_ends import LEFT, SOON, is_restored, outside
from tui.session.session import Session
from tui.session.trail import Location
from tui.session.views import AlreadyShown

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return hostile_case(tmp_path / "good.json")


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return tmp_path / "bad\x1b]0;PWNED\x07[bold]\u202e.json"


# on the screen


def a_folder(path: Path) -> None:
    path.mkdir()


def a_fifo(path: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_circle(path: Path) -> None:
    path.symlink_to(path)


def a_link_to_nothing(path: Path) -> None:
    path.symlink_to("/nothing\x1b[31m")


def nothing_at_all(path: Path) -> None:
    pass


def a_huge_hole(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)


def holding(content: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(content)

    return make


def good(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        hostile_case(path)
        path.write_bytes(change(path.read_bytes()))

    return make


OWN = f'"schema":{SCHEMA}'
NEWER = b'"schema":%d' % (SCHEMA + 1)

ON_SCREEN: dict[str, tuple[Callable[[Path], None], int, str]] = {
    "missing": (nothing_at_all, 66, "there is no such file, and no such command"),
    "link to nothing": (a_link_to_nothing, 66, "there is no such file"),
    "folder": (a_folder, 66, "is a folder; name the case file inside it"),
    "FIFO": (a_fifo, 66, "is not a regular file"),
    "device": (a_device, 66, "is not a regular file"),
    "circle": (a_circle, 74, "cannot be read (Too many levels of symbolic links)"),
    "empty": (holding(b""), 65, "the file is empty"),
    "no JSON": (holding(b"%PDF-1.7\x1b[31m"), 65, "not JSON, or cut off"),
    "cut off": (good(lambda case: case[: len(case) // 2]), 65, "not JSON, or cut off"),
    "other JSON": (holding(b"[1]"), 65, "this JSON is not a case"),
    "newer": (good(lambda case: case.replace(OWN.encode(), NEWER)), 78, "open it with a newer"),
    "wrong record": (
        good(lambda case: case.replace(b'"latitude":35', b'"latitude":95')),
        65,
        "places 1 (plc_hama): Expected `float` <= 90.0 - at `$.latitude`",
    ),
    "hole": (a_huge_hole, 65, "209,715,200 bytes exceed the limit of a case file"),
    "nested": (holding(b'{"a":' * 100_000), 65, "not JSON, or cut off"),
}


@pytest.mark.parametrize("name", sample(list(ON_SCREEN), of="screen"))
def test_a_bad_case_ends_the_screen_with_one_line(name: str, bad: Path) -> None:
    make, status, words = ON_SCREEN[name]
    make(bad)
    before = bad.read_bytes() if bad.is_file() and bad.stat().st_size < 1_000_000 else b""
    with Terminal(bad) as terminal:
        assert terminal.ended(SOON) == status
        is_restored(terminal)
        is_harmless(terminal.written)
        said = outside(terminal)
        assert (LEFT in terminal.written) == (name != "missing" and "link" not in name)
    assert said.startswith("conflict-tui: ")
    assert said.count("\n") == 1
    assert said.endswith("\r\n")
    assert words in said
    assert "; " in said, "no hint"
    if before:
        assert bad.read_bytes() == before
    left = {path.name for path in bad.parent.iterdir()} - {bad.name, "xdg"}
    assert left <= {f"{bad.name}.lock"}, "no log is begun"


def test_a_case_that_may_not_be_read(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied\x1b[31m")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableCase, match="cannot be read") as refused:
        Archive.open(case)
    assert refused.value.exit_code == 74


# what means to break the parser


def refused(path: Path) -> str:
    """The words with which a case is refused."""
    before = hashlib.sha256(path.read_bytes()).digest()
    with pytest.raises(ConflictError) as found:
        Archive.open(path)
    assert found.value.exit_code == 65
    assert found.value.hint
    assert hashlib.sha256(path.read_bytes()).digest() == before
    return found.value.message


def replaced(old: str, new: str | bytes) -> Callable[[bytes], bytes]:
    def change(case: bytes) -> bytes:
        wanted = old.encode()
        assert wanted in case
        return case.replace(wanted, new.encode() if isinstance(new, str) else new, 1)

    return change


DEEP = "[" * 100_000 + "]" * 100_000

BOMBS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "nested arrays": (lambda _: DEEP.encode(), "this JSON is not a case"),
    "nested objects": (lambda _: b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
    "nested in a table": (replaced("{", '{"x":{"1":' + DEEP + "},"), "nested too deeply"),
    "nested in a field": (replaced('"name":', f'"x":{DEEP},"name":'), "nested too deeply"),
    "a number of 5,000 digits": (replaced('"min":24', f'"min":{"9" * 5_000}'), "out of range"),
    "a schema of 5,000 digits": (replaced(OWN, f'"schema":{"9" * 5_000}'), "out of range"),
    "an exponent": (replaced('"latitude":35.13', '"latitude":1e400'), "out of range"),
    "NaN": (replaced('"latitude":35.13', '"latitude":NaN'), "not JSON"),
    "infinity": (replaced('"latitude":35.13', '"latitude":-Infinity'), "not JSON"),
    "lone surrogate": (replaced('"name":"hostile"', '"name":"\\ud800"'), "not JSON"),
    "raw surrogate": (replaced('"name":"hostile"', b'"name":"\xed\xa0\x80"'), "not JSON"),
    "overlong NUL": (replaced('"name":"hostile"', b'"name":"\xc0\x80"'), "not JSON"),
    "no UTF-8": (replaced('"name":"hostile"', b'"name":"\xff"'), "not JSON"),
    "UTF-16": (lambda case: case.decode().encode("utf-16"), "not JSON"),
    "two cases": (lambda case: case + case, "not JSON"),
    "a comment": (lambda case: b"// a case\n" + case, "not JSON"),
    "one number twice": (
        replaced('\n "2": {"id":"evt', '\n "1": {"id":"evt'),
        "a number occurs twice",
    ),
    "one table twice": (replaced("{", '{\n"claims": {},'), "a table occurs twice"),
    "a month 99": (replaced('"at":"2024-12-05', '"at":"2024-99-05'), "there is no month 99"),
    "an hour 99": (replaced("T10:00Z", "T99:00Z"), "has no such time of day"),
    "other digits": (replaced('"at":"2024-12-05', '"at":"٢٠٢٤-١٢-٠٥'), "is not a date"),
    "zeros": (lambda _: bytes(1_000_000), "not JSON"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused(name: str, case: Path) -> None:
    change, words = BOMBS[name]
    case.write_bytes(change(case.read_bytes()))
    assert words in refused(case)


def test_a_case_with_a_byte_order_mark_opens(case: Path) -> None:
    """Some editors write one; RFC 8259 lets a reader ignore it."""
    case.write_bytes(b"\xef\xbb\xbf" + case.read_bytes())
    Archive.open(case).close()


def test_a_case_that_was_cut_off_anywhere(case: Path) -> None:
    whole = case.read_bytes()
    for end in [*range(1, 200), *range(200, len(whole) - 2, 97), len(whole) - 2]:
        case.write_bytes(whole[:end])
        refused(case)


# anything


@pytest.mark.parametrize("seed", sample(range(10), of="bytes"))
def test_a_case_with_other_bytes_opens_or_is_refused(seed: int, tmp_path: Path) -> None:
    """Nothing but an error of `store.errors` comes out of it, whatever the bytes are."""
    dice = random.Random(seed)
    whole = BUNDLED.read_bytes()
    path = tmp_path / "other.json"
    outcomes = set()
    for _ in range(50):
        path.write_bytes(mutated(whole, dice))
        try:
            archive = Archive.open(path)
            Session(archive, Path(), bundled=False).look(EVERYTHING, AlreadyShown())
            archive.close()
            outcomes.add((0, ""))
        except ConflictError as error:
            outcomes.add((error.exit_code, error.message.partition(":")[0]))
    assert {(0, ""), (65, str(path))} <= outcomes <= {(0, ""), (65, str(path)), (78, str(path))}


EVERYTHING = Location(wide=frozenset({"actors", "sources"}))

LETTERS = b'"{}[]:,\\\n \x00\x1b\x7f\xff\x9b-+.eE0123456789truefalsn_/u'


def mutated(case: bytes, dice: random.Random) -> bytes:
    """The case with some bytes changed, left out, doubled or moved."""
    changed = bytearray(case)
    for _ in range(dice.choice([1, 1, 2, 5])):
        at = dice.randrange(len(changed))
        length = dice.choice([1, 1, 2, 4, 40])
        match dice.randrange(5):
            case 0:
                changed[at] = dice.randrange(256)
            case 1:
                changed[at : at + length] = bytes(dice.choices(LETTERS, k=length))
            case 2:
                del changed[at : at + length]
            case 3:
                changed[at:at] = changed[at : at + length]
            case _:
                digits = [found.start() for found in re.finditer(rb"[0-9]", changed[at : at + 500])]
                for digit in digits[:length]:
                    changed[at + digit] = dice.choice(b"0123456789")
    return bytes(changed)
