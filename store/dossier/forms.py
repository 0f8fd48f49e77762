"""The forms in which a dossier is written, by the ending of its file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from store.dossier.dossier import Dossier
from store.dossier.html import html
from store.dossier.markdown import markdown
from store.errors import UsageError


class Form(Protocol):
    """A function that writes a dossier as text, piece by piece."""

    def __call__(self, of: Dossier, *, borders: bool) -> Iterator[str]:
        """The pieces; without `borders` the map has no lines of borders."""


def form_of(path: Path) -> Form:
    """The form for a file by its ending. Raises `UsageError` for another ending."""
    found = FORMS.get(path.suffix.lower())
    if found is None:
        raise UsageError(f"{path}: a dossier ends in {' or '.join(FORMS)}", "name such a file")
    return found


def _markdown(of: Dossier, *, borders: bool) -> Iterator[str]:
    """Markdown, which has no map."""
    del borders
    return markdown(of)


FORMS: dict[str, Form] = {".md": _markdown, ".html": html}
"""The form of each ending."""
