"""The progress of an import on stderr."""

import sys
import time

import click

from store.importing.import_files import ImportStep, Progress
from store.model.text import one_line
from tui.draw.progress import progress_words
from tui.output import say

_EVERY = 5.0
"""Seconds between two lines where there is no terminal."""
_REDRAWN = 0.1
_BAR = 24


class ProgressBar:
    """A bar in a terminal, else a line every few seconds."""

    def __init__(self) -> None:
        stream = sys.stderr
        self._is_bar = stream is not None and stream.isatty()
        self._begun = self._said = time.monotonic()
        self._of = (0, ImportStep.COUNTING)
        self._drawn = False

    def __call__(self, progress: Progress) -> None:
        """Show the progress, unless it was shown a moment ago."""
        now = time.monotonic()
        of = (progress.number, progress.step)
        if of != self._of:
            self._begun, self._of = now, of
            if self._is_bar:
                self._said = 0.0
        if now - self._said < (_REDRAWN if self._is_bar else _EVERY):
            return
        self._said = now
        bar = _BAR if self._is_bar else 0
        words = one_line(progress_words(progress, now - self._begun, bar=bar))
        if self._is_bar:
            self._drawn = True
            click.echo(f"\r\x1b[K{words}", nl=False, err=True)
        else:
            say(words)

    def end(self) -> None:
        """Remove the bar."""
        if self._drawn:
            click.echo("\r\x1b[K", nl=False, err=True)
