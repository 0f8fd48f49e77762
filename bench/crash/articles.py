"""Trials with an import of articles that is killed at a random moment.

Afterwards the case is whole, each file of articles is in it whole or not at all, and
no original is kept to which no article refers.
"""

import signal
import time
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from bench.crash.children import child
from bench.crash.stores import REFUSED, Store
from bench.crash.tally import LOST, UNREADABLE, Tally, Trial
from store.archive import Archive
from store.articles.reader import LimitedReader
from store.custody.check_originals import kept_names
from store.custody.new_case import create_case
from store.custody.verify import verify
from store.importing.article_files import sort_paths
from store.importing.import_articles import ArticleImport
from store.model.records import SCHEMA, Case
from store.queries.originals import originals_of_articles

NOT_WHOLE = "verify finds something"
HALF_FILE = "a file of articles is half there"
ORPHAN = "an original that no article has"
ARTICLES = "articles that came in"

_ROWS = 3
"""The articles of each file."""
_FILES = 200
_LATER = 0.3
"""The latest second at which an import is killed, after its first file."""
_OF_ONE_CASE = 10


def killed_imports(store: Store, runs: int, seed: int, folder: Path) -> dict[str, Tally | None]:
    """Kill an import `runs` times, in a case file and in a database in turn."""
    if not store.is_archive:
        return {kind: None for kind, _ in _KINDS}
    draw = Random(seed)
    files = _files(folder / "files")
    found: dict[str, Tally | None] = {}
    for kind, name in _KINDS:
        tally = found[kind] = Tally()
        came = 0
        path = folder / name
        for run in range(max(1, runs // len(_KINDS))):
            if run % _OF_ONE_CASE == 0:
                path = folder / f"{kind} {run}" / name
                path.parent.mkdir()
                create_case(path, Case(id="case_war", schema=SCHEMA, name="war", title="War"))
            said = _killed(path, files, draw.uniform(0, _LATER))
            tally.tries += 1
            came += _look(tally, path, said)
        tally.said = {ARTICLES: f"{came:,}"}
    return found


_KINDS = (("a case file", "war.json"), ("a database", "war.db"))


def _files(folder: Path) -> Path:
    """A folder of files with several articles each."""
    folder.mkdir()
    for number in range(_FILES):
        rows = "".join(
            f"Report {number} {row},http://a.example/{number}/{row},"
            f"Shells fell on Zed in the hour {row} of day {number}; {number} were hurt.\n"
            for row in range(_ROWS)
        )
        (folder / f"{number:03}.csv").write_text(f"title,url,text\n{rows}")
    return folder


def _killed(path: Path, files: Path, after: float) -> int:
    """Kill an import, and return the number of files that it said are in the case."""
    with child(bring_in, str(path), str(files)) as importing:
        said: int = importing.says.recv()
        time.sleep(after)
        importing.process.kill()
        last: int = max([said, *importing.rest(-signal.SIGKILL)])
        return last


def bring_in(says: Connection, path: str, files: str) -> None:
    """Import files one by one, and send the number of those that are in the case, for ever."""
    with (
        closing(Archive.open(Path(path), author="Ada", writing=True)) as archive,
        LimitedReader() as reader,
    ):
        paths = sort_paths([Path(files)], archive.path, reader)
        ArticleImport(archive, paths, reader).run(lambda progress: says.send(progress.number - 1))
        says.send(len(paths.articles))
        time.sleep(60)


def _look(tally: Tally, path: Path, said: int) -> int:
    """Count what is wrong with a case after a kill; return the number of its articles."""
    try:
        tally.wrong[NOT_WHOLE] += any(True for _ in verify(path))
        with closing(Archive.open(path, author="Ada", writing=True)) as archive:
            held = archive.ask(originals_of_articles)
    except REFUSED:
        tally.wrong[UNREADABLE] += 1
        return 0
    of_file: dict[str, int] = {}
    for _, digest in held:
        of_file[digest] = of_file.get(digest, 0) + 1
    tally.wrong[HALF_FILE] += any(number != _ROWS for number in of_file.values())
    tally.wrong[LOST] += len(of_file) < said
    tally.wrong[ORPHAN] += set(kept_names(path)) != set(of_file)
    return len(held)


TRIAL = Trial(
    "An import of articles is killed at a random moment (SIGKILL)",
    killed_imports,
    (UNREADABLE, NOT_WHOLE, HALF_FILE, LOST, ORPHAN),
    (ARTICLES,),
)
