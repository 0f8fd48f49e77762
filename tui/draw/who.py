"""The tree of who says so, from the origins to the articles."""

from rich.cells import cell_len
from textual.content import Content

from store.model.labels import NO_TITLE, NOT_STATED, STANCE_GLYPHS, count_text, source_kind_text
from store.queries.provenance import Provenance, ProvenanceLine
from tui.draw.marks import machine_mark
from tui.draw.stamps import day_of
from tui.draw.styles import Styles, cell, ends, joined, matched, said, styled


def who_head(found: Provenance, width: int, styles: Styles) -> tuple[Content, Content, Content]:
    """The support in sum, and the origin that carries most; then a blank line.

    If the support needs two lines, there is no blank one; the denials come last in it.
    """
    summary, rest = found.summary, ""
    while cell_len(summary) + bool(rest) > width and ", " in summary:
        summary, _, last = summary.rpartition(", ")
        rest = f"{last}, {rest}" if rest else last
    carried = cell(styled(found.carried_words, styles.muted), width)
    first = cell(styled(f"{summary}," if rest else summary, styles.strong), width)
    if rest:
        return first, cell(styled(rest, styles.strong), width), carried
    return first, carried, cell(Content(""), width)


def who_row(node: ProvenanceLine, width: int, styles: Styles, needle: str) -> Content:
    """One line of the tree: an origin with its reports, a source on the path, or an article."""
    rails = "".join("│  " if goes_on else "   " for goes_on in node.rails)
    branch = ("└─ " if node.last else "├─ ") if node.depth else ""
    start = styled(rails + branch, styles.rule)
    if node.article is not None:
        publisher = said(node.name) if node.known else styled(NOT_STATED, styles.muted)
        by_machine = f" {machine_mark(node.confidence)}" if node.machine else ""
        copy = f" version {node.version}" if node.version else " copy" * node.is_copy
        copied = styled(by_machine + copy, styles.muted)
        title = styled(f"  {node.title or NO_TITLE}", styles.muted)
        day = styled(day_of(node.published) or "undated", styles.muted)
        line = matched(joined(publisher, copied, title), needle, styles.match)
        return ends(joined(start, line), day, width)
    kind = "unknown origin" if not node.known else source_kind_text(node.kind)
    stance = f"{STANCE_GLYPHS[node.stance]} {node.stance} {'details ' * node.detail}"
    glyph = styled(stance, styles.stance(node.stance))
    name = styled(node.name, styles.strong)
    about = styled(f"  {kind}", styles.muted)
    carries = styled(count_text(node.articles, "article"), styles.muted)
    line = matched(joined(name, about), needle, styles.match)
    return ends(joined(start, Content("") if node.depth else glyph, line), carries, width)
