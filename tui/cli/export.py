"""The command that writes a case for other programs."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from store.archive import Archive
from store.exporting.export import export_of, write_export
from store.exporting.export_file import export_file
from store.model.labels import count_text
from tui.cli.lists import Asked, chosen_filter, opened, say_if_none
from tui.cli.progress import ProgressLine
from tui.draw.exported import export_words
from tui.output import output, say


def export_case(
    case: Path | None,
    to: str,
    what: str | None,
    into: Path | None,
    *,
    force: bool,
    restricted: bool,
    **asked: Asked,
) -> None:
    """Write the records of a filter to a file or stdout, and say what that lacks.

    Raises what `export_of`, `export_file` and `chosen_filter` raise.
    """
    with opened(case) as archive:
        export = export_of(to, what, chosen_filter(archive, asked), restricted=restricted)
        line = ProgressLine()
        with _target(archive, into, force=force) as stream:
            shown = into is not None or not stream.isatty()

            def told(done: int, whole: int) -> None:
                if shown:
                    line.show(export, lambda _: f"{done:,} of {whole:,}")

            try:
                done = write_export(archive, stream, export, told)
            finally:
                line.end()
    for words in export_words(export, done):
        say(words)
    if not done.rows and not done.restricted:
        say_if_none(0, export.what, export.asked)
    elif into is not None:
        say(f"{into} has {count_text(done.rows, export.what.removesuffix('s'))}")


@contextmanager
def _target(archive: Archive, into: Path | None, *, force: bool) -> Iterator[TextIO]:
    if into is None:
        with output() as stream:
            if isinstance(stream, TextIOWrapper):  # the formats are UTF-8, whatever a terminal is
                stream.reconfigure(encoding="utf-8")
            yield stream
    else:
        with export_file(into, archive.path, force=force) as stream:
            yield stream
