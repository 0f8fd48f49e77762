"""Trials with a screen that is killed amid acts, beside a second writer that imports."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

from bench.crash.children import Child, child
from bench.crash.kills import ACKNOWLEDGED, DAMAGED
from bench.crash.stores import REFUSED, Store
from bench.crash.tally import LOST, UNREADABLE, Tally, Trial
from store.archive import Archive
from store.custody.chain import TORN
from store.custody.verify import verify
from store.errors import ConflictError
from store.model.change import Change, Edit
from store.model.judgements import Tag
from store.model.log_line import Imported
from store.model.record import make_id
from store.model.records import Event
from store.model.vocabulary import EventType
from tests.small import SmallCase
from tests.store.importing import imported
from tests.store.kept import NAMES, put_case

BY_SCREEN, BY_IMPORT = "of these, acts on the screen", "of these, imports"
_EVENTS = 12
_PAUSE = 0.02
"""Seconds, at the least, for which the writer lets the screen have the case."""

_LATER = 0.3
"""The latest second at which a process is killed, once both have begun."""
_PATIENCE = 30.0
"""Seconds in which the screen has to acknowledge its first act, or to be refused."""
_OF_ONE_CASE = 10
_WHEN = "2025-01-01T10:00:00Z"

_Entry = tuple[str, int, str]
"""An acknowledged entry: who made it, its number and its hash."""


def screen(store: Store, runs: int, seed: int, folder: Path) -> dict[str, Tally | None]:
    """Kill a screen and a second writer, `runs` processes in all.

    Each pair goes on from what the one before has left.
    """
    if not store.is_archive:
        return dict.fromkeys(NAMES)
    found: dict[str, Tally | None] = {}
    for name in NAMES:
        (folder / name).mkdir()
        found[name] = _killed_pairs(folder / name, name, max(1, runs // 4), Random(seed))
    return found


def _killed_pairs(folder: Path, name: str, pairs: int, draw: Random) -> Tally:
    tally = Tally()
    acknowledged: list[_Entry] = []
    path = folder / name
    said: list[_Entry] = []
    for run in range(pairs):
        if run % _OF_ONE_CASE == 0:
            acknowledged += said
            said = []
            _tell_progress(tally, name, pairs, acknowledged)
            path = folder / str(run) / name
            path.parent.mkdir()
            _make(path)
        said += _killed(path, run, draw)
        tally.tries += 2
        _look(tally, path, said)
    acknowledged += said
    tally.said = {
        ACKNOWLEDGED: f"{len(acknowledged):,}",
        BY_SCREEN: f"{sum(one[0] == 'screen' for one in acknowledged):,}",
        BY_IMPORT: f"{sum(one[0] == 'import' for one in acknowledged):,}",
    }
    return tally


def _tell_progress(tally: Tally, name: str, pairs: int, acknowledged: list[_Entry]) -> None:
    """Say how far a long run has come, and what it has found."""
    wrong = f"{tally.wrong.total():,} failures"
    kills = f"{tally.tries:,} of {2 * pairs:,} kills"
    said = f"… {name}: {kills}, {len(acknowledged):,} acknowledged, {wrong}"
    print(said, file=sys.stderr, flush=True)


def _make(path: Path) -> None:
    case = SmallCase()
    for n in range(_EVENTS):
        case.event(f"Event {n}")
    put_case(path, case.records())


def _killed(path: Path, run: int, draw: Random) -> list[_Entry]:
    """Run a screen and a writer on a case, kill both, and return what they acknowledged."""
    with child(show, str(path), str(path.parent)) as one, child(write, str(path), run) as other:
        said = [one.says.recv()] if one.says.poll(_PATIENCE) else []
        time.sleep(draw.uniform(0, _LATER))
        first, second = (one, other) if draw.random() < 0.5 else (other, one)
        said += _kill(first)
        time.sleep(draw.uniform(0, _LATER))
        return [*said, *_kill(second)]


def _kill(one: Child) -> list[_Entry]:
    one.process.kill()
    return one.rest(-signal.SIGKILL)


def show(says: Connection, path: str, home: str) -> None:
    """Show a case on a screen, and star one event after another with its keys."""
    from tui.app import ConflictApp
    from tui.session.settings import remember_author

    os.environ |= {"XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home, "XDG_DATA_HOME": home}
    remember_author("Screen")
    _tell_entries(says, lambda _: "screen")

    async def press() -> None:
        app = ConflictApp(Path(path), bundled=False, read_only=False)
        async with app.run_test(size=(100, 30)) as pilot:
            while True:
                await pilot.press("asterisk", "j")

    asyncio.run(press())


def write(says: Connection, path: str, run: int) -> None:
    """Open a case again and again, tag a record, import, and undo."""
    _tell_entries(says, lambda name: "import" if name == "import_batches" else "writer")
    number = 0
    while True:
        began = time.monotonic()
        with suppress(*REFUSED):
            archive = Archive.open(Path(path), author="Writer", writing=True)
            try:
                for act in (_tag, _import, _undo)[: 1 + number % 3]:
                    number += 1
                    act(archive, f"{run}-{number}")
            finally:
                archive.close()
        time.sleep(max(_PAUSE, time.monotonic() - began))  # as long as it had the case itself


def _tag(archive: Archive, name: str) -> None:
    tag = Tag(id=make_id("tag", name), about="evt_Event 0", by="Writer", at=_WHEN, name=name)
    archive.change(Change("", "", name, [Edit("tags", tag.id, None, tag)]))


def _import(archive: Archive, name: str) -> None:
    events = [
        Event(id=make_id("evt", name, str(n)), title=f"{name}, {n}", type=EventType.CLASH)
        for n in range(20)
    ]
    what: Imported = imported(len(events), f"{name}.csv")
    archive.import_batches(what, [[Edit("events", one.id, None, one) for one in events]])


def _undo(archive: Archive, _: str) -> None:
    archive.undo()


def _tell_entries(says: Connection, who: Callable[[str], str]) -> None:
    """Send each entry that an archive of this process acknowledges."""

    def telling(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def told(archive: Archive, *args: Any, **kwargs: Any) -> Any:
            result = act(archive, *args, **kwargs)
            number = archive.last_entry
            says.send((who(name), number, archive._engine.entry(number).hash))
            return result

        return told

    for name in ("change", "undo", "import_batches"):
        setattr(Archive, name, telling(name, getattr(Archive, name)))


def _look(tally: Tally, path: Path, said: list[_Entry]) -> None:
    """Count failures of a case that should have these entries."""
    try:
        archive = Archive.open(path)
    except ConflictError:
        tally.wrong[UNREADABLE] += 1
        return
    try:
        for _, number, hash in said:
            tally.wrong[LOST] += not _has(archive, number, hash)
    finally:
        archive.close()
    tally.wrong[DAMAGED] += any(one.what != TORN for one in verify(path))


def _has(archive: Archive, number: int, hash: str) -> bool:
    try:
        return archive._engine.entry(number).hash == hash
    except (ConflictError, IndexError):
        return False


TRIAL = Trial(
    "A screen and a second writer, which imports, are killed",
    screen,
    (UNREADABLE, LOST, DAMAGED),
    (ACKNOWLEDGED, BY_SCREEN, BY_IMPORT),
)
