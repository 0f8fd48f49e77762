"""A draft of a mapping as TOML, with a comment on every line."""

from collections.abc import Iterator, Sequence

from store.importing.draft_parts import Section, Value
from store.importing.mapping_draft import MappingDraft
from store.importing.table_sample import TableSample
from store.model.labels import count_text
from store.model.text import without_hostile

OTHERS = (
    ("date.end", "the end of the date"),
    ("date.precision", "how exact the date is"),
    ("place.name", "the place"),
    ("place.admin1", "the province"),
    ("place.country", "the country"),
    ("place.latitude", "degrees"),
    ("place.precision", "how exact the place is"),
    ("actors.column", "actors"),
    ("tolls.kind", "the dead"),
    ("reports.url", "reports"),
)
"""The fields that a mapping can do without, in words."""


def toml_of(draft: MappingDraft, sample: TableSample) -> str:
    """The text of a draft."""
    return "\n".join(_lines(draft, sample)) + "\n"


def _lines(draft: MappingDraft, sample: TableSample) -> Iterator[str]:
    rows = count_text(len(sample.rows), "row")
    yield _comment(
        f"A mapping of {sample.name}, drafted from its {'' if sample.whole else 'first '}{rows}."
    )
    yield _comment("Check it; then: conflict-tui import --mapping THIS_FILE TABLE --into CASE")
    for what in draft.missing:
        yield _comment(f"MISSING: {what}. Without it nothing is imported.")
    for one in draft.sections:
        yield ""
        yield from _section(one)
    if draft.unplaced:
        yield ""
        yield _comment("Columns that have no place; the article of each row keeps their cells:")
        for column in draft.unplaced:
            yield _comment(f"  {_string(column.name)}: {column.filled}: {column.examples}")
    if absent := list(_absent(draft.sections)):
        yield ""
        yield _comment("Not found, and not needed:")
        yield from (_comment(f"  {one}") for one in absent)


def _absent(sections: Sequence[Section]) -> Iterator[str]:
    there = {f"{one.heading.strip('[]')}.{line.key}" for one in sections for line in one.lines}
    if "place.point" in there:
        there.add("place.latitude")
    yield from (f"{words}: {key}" for key, words in OTHERS if key not in there)


def _section(of: Section) -> Iterator[str]:
    if of.why:
        yield _comment(of.why)
    yield of.heading
    for line in of.lines:
        if line.quoted:
            yield f"{_string(line.key)} = {_value(line.value)}  {_comment(line.why)}"
            continue
        if line.why:
            yield _comment(line.why)
        yield f"{line.key} = {_value(line.value)}"


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _string(value)
    return f"[{', '.join(map(_string, value))}]"


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def _string(text: str) -> str:
    """A basic string of TOML 1.0; what cannot be seen is escaped."""
    return '"' + "".join(_ESCAPES.get(one) or _escaped(one) for one in text) + '"'


def _escaped(letter: str) -> str:
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"


def _comment(text: str) -> str:
    return f"# {without_hostile(text)}"
