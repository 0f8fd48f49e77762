"""The result of an export in words."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from store.model.labels import count_text

if TYPE_CHECKING:  # with TinyDB: imported after the first frame
    from store.exporting.export import Export, Exported

MAPS = ("geojson", "kml")
"""The formats that place events on a map."""


ON_SCREEN = "conflict-tui export --restricted writes them, too"
"""The way to rows that the screen leaves out, which has no option for that."""


def export_words(
    export: "Export", done: "Exported", hint: str = "--restricted writes them, too"
) -> list[str]:
    """A line for each thing that a reader of the export must know of it.

    `hint` says how rows are written that were left out.
    """
    return [*_restricted(export, done, hint), *_pointless(export, done)]


def restricted_words(found: Iterable[tuple[str, str, int]]) -> str:
    """`3 records are of ACLED 2024 (terms of use)`, for data sets with licence and number."""
    return ", ".join(
        f"{count_text(number, 'record')} {'is' if number == 1 else 'are'} of {dataset}"
        + (f" ({licence})" if licence else "")
        for dataset, licence, number in found
    )


def _restricted(export: "Export", done: "Exported", hint: str) -> list[str]:
    words = restricted_words((*of, number) for of, number in done.restricted.items())
    if not words or export.restricted:
        return [f"not redistributable: {words}"] * bool(words)
    return [f"left out, as not redistributable: {words}; {hint}"]


def _pointless(export: "Export", done: "Exported") -> list[str]:
    number = done.coarse + done.unplaced
    if export.form not in MAPS or not number:
        return []
    parts = [f"{done.unplaced:,} without coordinates"] * bool(done.unplaced)
    parts += [f"{done.coarse:,} known only to the province or less exactly"] * bool(done.coarse)
    return [f"{count_text(number, 'event')} without a point: {', '.join(parts)}"]
