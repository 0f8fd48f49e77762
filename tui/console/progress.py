"""The progress of an import on stderr."""

import sys
import time

import click

from store.importing.front import Progress, Step
from store.model.text import one_line
from store.model.wording import counted
from tui.console.output import say

_EVERY = 5.0
"""Seconds between two lines where there is no terminal."""
_REDRAWN = 0.1
_BAR = 24
_COUNTING = 0.05
"""The part of the whole that counting the rows is taken for: it is quick."""


class Shown:
    """A bar in a terminal, else a line every few seconds."""

    def __init__(self) -> None:
        stream = sys.stderr
        self._is_bar = stream is not None and stream.isatty()
        self._begun = self._said = time.monotonic()
        self._of = (0, Step.COUNTING)
        self._drawn = False

    def __call__(self, progress: Progress) -> None:
        """Show it, unless that was done just now."""
        now = time.monotonic()
        of = (progress.number, progress.step)
        if of != self._of:
            self._begun, self._of = now, of
            if self._is_bar:
                self._said = 0.0
        if now - self._said < (_REDRAWN if self._is_bar else _EVERY):
            return
        self._said = now
        words = one_line(progress_words(progress, now - self._begun, bar=self._is_bar))
        if self._is_bar:
            self._drawn = True
            click.echo(f"\r\x1b[K{words}", nl=False, err=True)
        else:
            say(words)

    def end(self) -> None:
        """Take the bar away."""
        if self._drawn:
            click.echo("\r\x1b[K", nl=False, err=True)


def progress_words(progress: Progress, seconds: float, *, bar: bool) -> str:
    """`██░░ 41% reading 7,000 rows, 1,650 rows/s, 0:06 left`.

    `seconds` are those since the step began. How long it takes is told of the
    reading alone: counting the rows before it is quick.
    """
    read = progress.read / progress.size if progress.size else 1.0
    reading = min(1.0, max(0.0, 2 * read - 1))
    part = min(1.0, 2 * read) * _COUNTING + reading * (1 - _COUNTING)
    full = round(part * _BAR)
    start = f"{progress.number}/{progress.of} " if progress.of > 1 else ""
    start += f"{'█' * full}{'░' * (_BAR - full)} " if bar else ""
    rows = counted(progress.rows, "row")
    if progress.step is Step.SAVING:
        return f"{start}saving {rows} …"
    words = [f"{start}{part:.0%} {progress.step} {rows}"]
    if progress.rejected:
        words.append(f"{progress.rejected:,} rejected")
    if progress.step is Step.READING and reading > 0 and seconds > 0:
        words.append(f"{progress.rows / seconds:,.0f} rows/s")
        words.append(f"{_time(seconds / reading - seconds)} left")
    return ", ".join(words)


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
