"""The lists of words beside the importers: offices, speakers, states, small words."""

from functools import cache
from importlib.resources import files

OFFICES, SPEAKERS, NATIONS = "offices.txt", "speakers.txt", "nations.txt"
AUTHORITIES, SMALL_WORDS = "authorities.txt", "small_words.txt"


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """The lines of a list, without empty ones and comments."""
    text = files("store.importers").joinpath(name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def load_all() -> None:
    """Read every list, for a process that can open no file later."""
    for name in (OFFICES, SPEAKERS, NATIONS, AUTHORITIES, SMALL_WORDS):
        lines_of(name)
