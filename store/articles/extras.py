"""The libraries that read articles are an extra: without it one line says so."""

from collections.abc import Iterator
from contextlib import contextmanager

from store.errors import UnfitMachine


@contextmanager
def needs_articles(what: str) -> Iterator[None]:
    """Import libraries of the extra within the context. Raises `UnfitMachine` without it."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise UnfitMachine(
            f"{what} needs the extra [articles] ({error.name} is not installed)",
            "install it with: pipx install '.[articles]'",
        ) from error
