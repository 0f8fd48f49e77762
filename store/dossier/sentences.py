"""Sentences of a dossier, each with the passages that it rests on."""

from collections.abc import Iterable

import msgspec

from store.errors import DamagedCase


class Part(msgspec.Struct, frozen=True):
    """A piece of a sentence with the ids of the passages that are cited after it."""

    text: str
    passages: tuple[str, ...] = ()


class Sentence(msgspec.Struct, frozen=True):
    """A sentence in parts; `sentence` makes one, and refuses it without a passage."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """Its words alone."""
        return "".join(part.text for part in self.parts)

    @property
    def passages(self) -> tuple[str, ...]:
        """The ids of all its passages, each once, in the order in which they are cited."""
        return tuple(dict.fromkeys(id_ for part in self.parts for id_ in part.passages))


def sentence(*parts: Part) -> Sentence:
    """A sentence of these parts. Raises `DamagedCase` where none of them has a passage."""
    made = Sentence(parts)
    if not made.passages:
        raise DamagedCase(
            f"{made.text!r} rests on no passage, so the dossier was not written",
            "check the case: conflict-tui verify",
        )
    return made


def said(text: str, passages: Iterable[str]) -> Sentence:
    """A sentence of one part. Raises as `sentence` does."""
    return sentence(Part(text, tuple(dict.fromkeys(passages))))
