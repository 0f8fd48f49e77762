"""The progress of an import or of a check on stderr."""

import sys
import time
from collections.abc import Callable

import click

from store.custody.verify_database import CheckProgress
from store.importing.import_files import Progress
from store.model.text import one_line
from tui.draw.progress import check_words, progress_words
from tui.output import say

_EVERY = 5.0
"""Seconds between two lines where there is no terminal."""
_REDRAWN = 0.1
_BAR = 24


class ProgressLine:
    """A line of a terminal that is drawn again and again, else a line every few seconds."""

    def __init__(self) -> None:
        stream = sys.stderr
        self.in_place = stream is not None and stream.isatty()
        self._begun = self._said = time.monotonic()
        self._step: object = None
        self._drawn = False

    def show(self, step: object, words: Callable[[float], str]) -> None:
        """Show the words, unless some were shown a moment ago.

        `words` makes them from the seconds since this step began.
        """
        now = time.monotonic()
        if step != self._step:
            self._begun, self._step = now, step
            if self.in_place:
                self._said = 0.0
        if now - self._said < (_REDRAWN if self.in_place else _EVERY):
            return
        self._said = now
        line = one_line(words(now - self._begun))
        if self.in_place:
            self._drawn = True
            click.echo(f"\r\x1b[K{line}", nl=False, err=True)
        else:
            say(line)

    def end(self) -> None:
        """Remove the line."""
        if self._drawn:
            self._drawn = False
            click.echo("\r\x1b[K", nl=False, err=True)


class ProgressBar(ProgressLine):
    """The progress of an import."""

    def __call__(self, progress: Progress) -> None:
        """Show the progress."""
        bar = _BAR if self.in_place else 0
        self.show(
            (progress.number, progress.step),
            lambda seconds: progress_words(progress, seconds, bar=bar),
        )


class CheckBar(ProgressLine):
    """The progress of the check of a database."""

    def __call__(self, progress: CheckProgress) -> None:
        """Show the progress."""
        bar = _BAR if self.in_place else 0
        self.show(progress.step, lambda seconds: check_words(progress, seconds, bar=bar))
