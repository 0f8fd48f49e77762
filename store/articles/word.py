"""Articles in Word files (DOCX), by mammoth; what it leaves out is told with its reason."""

import zipfile
from io import BytesIO

from store.articles.extras import needs_articles
from store.articles.html_page import fragment_blocks
from store.articles.limits import MAX_BYTES, ZIP_ERRORS, read_member, refuse_entities
from store.articles.plain_text import article_of_blocks
from store.articles.read_article import Block, Findings, Reading
from store.articles.stamps import stamp_of
from store.errors import UnfitFile
from store.model.text import folded
from store.model.vocabulary import FieldBasis, StampBasis

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "made": "{http://purl.org/dc/terms/}created",
}
_PARTS = (
    ("word/header", "a page header"),
    ("word/footer", "a page footer"),
    ("word/comments", "a comment"),
    ("word/document.xml", "not read by the converter"),
)


def read_word(content: bytes) -> Reading:
    """The article of a Word file. Raises `UsageError` if it has no text, or cannot be read."""
    parts = _xml_parts(content)
    with needs_articles("a Word file"):
        import mammoth
        from lxml import etree

        try:
            converted = mammoth.convert_to_html(BytesIO(content), convert_image=_no_image)
        except Exception as error:
            raise UnfitFile("is a damaged Word file", "save it again") from error
        found = Findings()
        try:
            _read_properties(parts, found)
            blocks = fragment_blocks(converted.value)
            blocks += list(_left_out(parts, blocks))
        except etree.XMLSyntaxError as error:
            raise UnfitFile("is a damaged Word file", "save it again") from error
    if not any(block.text and not block.reason for block in blocks):
        raise UnfitFile("is a Word file without text", "")
    return Reading((article_of_blocks(blocks, found),))


def _no_image(_: object) -> list[object]:
    return []


def _xml_parts(content: bytes) -> dict[str, bytes]:
    """The parts of a Word file that hold words; none of them declares an entity."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = [one.filename for one in archive.infolist()]
            left = MAX_BYTES
            parts: dict[str, bytes] = {}
            for name in names:
                if name.endswith((".xml", ".rels")):
                    parts[name] = read_member(archive, name, left)
                    left -= len(parts[name])
                    refuse_entities(parts[name])
            if sum(one.file_size for one in archive.infolist()) > MAX_BYTES:
                raise UnfitFile("expands to too much", "check its source")
            return parts
    except ZIP_ERRORS as error:
        raise UnfitFile(f"is a damaged zip ({error})", "download it again") from error


def _read_properties(parts: dict[str, bytes], found: Findings) -> None:
    tree = _tree(parts.get("docProps/core.xml", b""))
    if tree is None:
        return
    words = {
        field: "".join(element.itertext()).strip()
        for field, tag in _CORE.items()
        if (element := tree.find(tag)) is not None
    }
    found.field("title", words.get("title"), FieldBasis.META)
    found.field("author", words.get("author"), FieldBasis.META, "the author of the file")
    stamp = stamp_of(
        words.get("made", ""), basis=StampBasis.GUESSED, note="the time at which the file was made"
    )
    found.time("published", stamp, FieldBasis.ASSUMED)


def _left_out(parts: dict[str, bytes], blocks: list[Block]) -> list[Block]:
    """The paragraphs of the file that the converter did not give."""
    given = folded(" ".join(block.text for block in blocks))
    left: list[Block] = []
    for start, reason in _PARTS:
        for name in sorted(parts):
            if not name.startswith(start) or not name.endswith(".xml"):
                continue
            tree = _tree(parts[name])
            for paragraph in tree.iter(f"{_W}p") if tree is not None else ():
                words = "".join(one.text or "" for one in paragraph.iter(f"{_W}t")).strip()
                if words and folded(words) not in given:
                    left.append(Block(words, reason))
    return left


def _tree(content: bytes):  # type: ignore[no-untyped-def]
    from lxml import etree

    if not content:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(content, parser)
