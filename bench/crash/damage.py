"""Trials with truncated and altered files: detection of the damage, and salvage."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.crash.kills import read
from bench.crash.stores import Store, numbered_events
from bench.crash.tally import LOST, Tally, Trial
from store.custody.doctor import repair
from store.custody.verify import verify
from store.errors import ConflictError

UNTOLD = "it opens with something lost, and does not say so"
UNSAVED = "what was acknowledged can neither be read nor salvaged"
UNNOTICED = "neither opening nor verify notices it"
NOT_VERIFIED = "verify does not find it"
NOT_ASIDE = "what is torn is not set aside"
AT_OPENING = "noticed at opening"
BY_VERIFY = "noticed by verify"
_PER_LINE = 200
_FEW = 100
_SAVES = 6
_LINES = 12
"""The number of changes of the damaged case: six are in its snapshots, the rest in the log."""


def written(store: Store, folder: Path, *, with_snapshot: bool) -> Path:
    """Make a case with some changes and all backups, as a killed writer leaves it.

    With `rests`, the case file holds every change.
    """
    with TemporaryDirectory() as other:
        path = Path(other) / "case.json"
        store.make(path)
        writing = store.write(path)
        for number in range(1, _LINES + 1):
            writing.give(number, numbered_events())
            if number <= _SAVES or with_snapshot:
                writing.save_snapshot()
        if store.is_archive:
            shutil.copytree(other, folder, dirs_exist_ok=True)
            writing.close()
        else:
            writing.close()  # TinyDB has no log, so its one file must be written
            shutil.copytree(other, folder, dirs_exist_ok=True)
    return folder / "case.json"


def truncation(store: Store, runs: int, seed: int, folder: Path) -> dict[str, Tally | None]:
    """Truncate a file at every byte of its last record, or at some for few runs.

    The trials are not random.
    """
    (folder / "rested").mkdir()
    (folder / "left").mkdir()
    rested = written(store, folder / "rested", with_snapshot=True)
    found: dict[str, Tally | None] = {
        "the case file": _cut_off(store, rested, rested, _LINES, runs)
    }
    found["the log"] = None
    if store.is_archive:
        left = written(store, folder / "left", with_snapshot=False)
        log = left.with_name("case.json.log")
        # a truncated line looks like a change that was never acknowledged
        found["the log"] = cut = _cut_off(store, left, log, _LINES - 1, runs)
        _continue_log(cut, store, left, log, runs)
    return found


def _continue_log(tally: Tally, store: Store, path: Path, log: Path, runs: int) -> None:
    """Open a truncated log for writing: its torn line is set aside, and changes continue."""
    whole = log.read_bytes()
    last = _last_record(whole)
    for end in _ends(whole, runs):
        with TemporaryDirectory() as other:
            shutil.copytree(path.parent, other, dirs_exist_ok=True)
            copy = Path(other) / path.name
            copy.with_name(log.name).write_bytes(whole[:end])
            writing = store.write(copy)
            aside = [one.read_bytes() for one in Path(other).glob("*.torn-*")]
            tally.wrong[NOT_ASIDE] += aside != [whole[last:end]]
            writing.give(_LINES, numbered_events())
            writing.close()
            found = read(store, copy)
            tally.wrong[LOST] += found is None or min(found.numbers) < _LINES


def _cut_off(store: Store, path: Path, file: Path, acknowledged: int, runs: int) -> Tally:
    """Truncate the file at every byte of its last record, and check the case's number."""
    whole = file.read_bytes()
    tally = Tally()
    for end in _ends(whole, runs):
        file.write_bytes(whole[:end])
        tally.tries += 1
        found = read(store, path)
        if found is None:
            tally.wrong[UNSAVED] += not _salvaged(store, path, acknowledged)
        elif min(found.numbers) < acknowledged:
            tally.wrong[LOST] += 1
        else:
            # the last bytes of a case file, after its last record, carry no information
            tally.wrong[UNTOLD] += not found.messages and min(found.numbers) < _LINES
    file.write_bytes(whole)
    return tally


def _ends(content: bytes, runs: int) -> range:
    """The positions for truncation: every byte of the last record, or `runs` of them."""
    first, last = _last_record(content) + 1, len(content)
    return range(first, last, 1 if runs >= _FEW else (last - first) // runs)


def _last_record(content: bytes) -> int:
    """The start of the last record: its line, or, for TinyDB, its number."""
    line = content.rstrip(b"\n}").rfind(b"\n") + 1
    return line or content.rfind(b'"', 0, content.rfind(b'": {"id"')) + 1


def _salvaged(store: Store, path: Path, acknowledged: int) -> bool:
    """Tell if doctor repairs the case with this number; TinyDB has no doctor."""
    if not store.is_archive:
        return False
    with TemporaryDirectory() as folder:
        to = Path(folder) / "saved.json"
        try:
            repair(path, to)
        except ConflictError:
            return False
        found = read(store, to)
        return found is not None and min(found.numbers) >= acknowledged


def bits(store: Store, runs: int, seed: int, folder: Path) -> dict[str, Tally | None]:
    """Flip single bits in every line of both files, and as many in TinyDB's one line."""
    draw = Random(seed)
    path = written(store, folder, with_snapshot=False)
    _check_undamaged(store, path)
    found: dict[str, Tally | None] = {}
    for what, file in (("the case file", path), ("the log", path.with_name("case.json.log"))):
        if not file.exists():
            found[what] = None
            continue
        content = file.read_bytes()
        places = (
            [draw.randrange(*line) for line in [*_lines(content)] * max(1, runs // _PER_LINE)]
            if store.is_archive
            else [draw.randrange(len(content)) for _ in range(runs)]
        )
        altered = ((at, content[at] ^ 1 << draw.randrange(8)) for at in places)
        found[what] = _noticed(store, path, file, altered)
    return found


def _lines(content: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(content):
        end = content.find(b"\n", start) + 1 or len(content)
        yield start, end
        start = end


def _noticed(store: Store, path: Path, file: Path, altered: Iterator[tuple[int, int]]) -> Tally:
    """Alter single bytes, and count detections by opening and by verify."""
    tally = Tally()
    opening = verified = 0
    for _ in _altered(file, altered):
        tally.tries += 1
        at_opening = (found := read(store, path)) is None or bool(found.messages)
        by_verify = store.is_archive and _verify_finds(path)
        opening += at_opening
        verified += by_verify
        tally.wrong[UNNOTICED] += not (at_opening or by_verify)
    tally.said = {AT_OPENING: f"{opening:,}", BY_VERIFY: f"{verified:,}" if verified else "–"}
    return tally


def _check_undamaged(store: Store, path: Path) -> None:
    """Raise `RuntimeError` where an undamaged case is reported as damaged."""
    found = read(store, path)
    if found is None or found.messages or (store.is_archive and _verify_finds(path)):
        raise RuntimeError(f"{store.name}: is not whole to begin with")


def _altered(file: Path, altered: Iterator[tuple[int, int]]) -> Iterator[None]:
    """Alter one byte of the file after another, and restore the file at the end."""
    whole = file.read_bytes()
    for at, byte in altered:
        file.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
        yield
    file.write_bytes(whole)


def _verify_finds(path: Path) -> bool:
    """Tell if verify finds anything."""
    try:
        return any(True for _ in verify(path))
    except ConflictError:
        return True


def bytes_altered(store: Store, runs: int, seed: int, folder: Path) -> dict[str, Tally | None]:
    """Alter `runs` single bytes anywhere in the files of a case; TinyDB can only open it."""
    draw = Random(seed)
    path = written(store, folder, with_snapshot=False)
    _check_undamaged(store, path)
    files = [one for one in sorted(folder.iterdir()) if one.suffix != ".lock"]
    sizes = [one.stat().st_size for one in files]
    tally = Tally()
    for _ in range(runs):
        (file,) = draw.choices(files, sizes)
        at = draw.randrange(file.stat().st_size)
        was = file.read_bytes()[at]
        other = draw.choice([byte for byte in range(256) if byte != was])
        for _ in _altered(file, iter([(at, other)])):
            tally.tries += 1
            found = _verify_finds(path) if store.is_archive else read(store, path) is None
            tally.wrong[NOT_VERIFIED] += not found
    return {"": tally}


CUT = Trial(
    "Cut off at every byte of the last record",
    truncation,
    (UNSAVED, LOST, UNTOLD, NOT_ASIDE),
)
BITS = Trial(
    "One bit turns, in every line",
    bits,
    (UNNOTICED,),
    (AT_OPENING, BY_VERIFY),
)
BYTES = Trial(
    "One byte anywhere is altered",
    bytes_altered,
    (NOT_VERIFIED,),
)
