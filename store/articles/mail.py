"""Articles in MIME files: pages saved as MHTML, and mails saved as EML."""

import email
import email.policy
from email.errors import CloseBoundaryNotFoundDefect
from email.message import EmailMessage

from store.articles.html_page import article_of_page, decoded_page
from store.articles.plain_text import article_of_text
from store.articles.read_article import Findings, ReadArticle, ReadField, Reading
from store.articles.text_encoding import decoded_text
from store.errors import UnfitFile
from store.model.vocabulary import FieldBasis

_MOST_PARTS = 2000


def read_mail(content: bytes) -> Reading:
    """The article of a saved page or mail. Raises `UsageError` if it has no text."""
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        parts = [part for part in message.walk() if not part.is_multipart()]
    except (RecursionError, ValueError, LookupError, AttributeError) as error:
        raise UnfitFile("is a damaged MIME file", "save it again") from error
    if len(parts) > _MOST_PARTS:
        raise UnfitFile(f"has more than {_MOST_PARTS:,} parts", "check its source")
    found = Findings()
    if any(isinstance(one, CloseBoundaryNotFoundDefect) for one in message.defects):
        found.remarks.append("the file has no end, and may be torn")
    location = _header(message, "Snapshot-Content-Location")
    is_page = bool(location) or "multipart/related" in _header(message, "Content-Type")[:40]
    if is_page and not _header(message, "From").startswith("<Saved") and not location:
        is_page = not _header(message, "To")
    if is_page:
        found.field("url", location or _location(parts), FieldBasis.FILE)
        found.stated_time("captured", _header(message, "Date"), FieldBasis.FILE)
    else:
        _read_headers(message, found)
    return Reading((_article(parts, found),))


def _article(parts: list[EmailMessage], found: Findings) -> ReadArticle:
    page = next((one for one in parts if one.get_content_type() == "text/html"), None)
    plain = next((one for one in parts if one.get_content_type() == "text/plain"), None)
    attached = [
        one.get_filename() or one.get_content_type()
        for one in parts
        if one.get_content_disposition() == "attachment"
    ]
    if attached:
        found.remarks.append(f"not read: the attachments {', '.join(attached[:5])}")
    if page is not None:
        return article_of_page(decoded_page(_bytes(page), found, _charset(page)), found)
    if plain is None:
        raise UnfitFile("is a MIME file without a text", "save the page or mail again")
    decoded = decoded_text(_bytes(plain), _charset(plain))
    article = article_of_text(decoded.text, found=found)
    if not article.text:
        raise UnfitFile("is a mail without a text", "")
    return article


def _read_headers(message: EmailMessage, found: Findings) -> None:
    """Keep what the headers of a mail say: its subject, its time, and who sent it."""
    meta = FieldBasis.META
    found.field("title", _header(message, "Subject"), meta)
    found.stated_time("published", _header(message, "Date"), meta, "the mail was sent")
    sender = _header(message, "From").partition("<")[0].strip(' "')
    if sender:
        found.fields["author"] = ReadField(sender, meta, "the sender of the mail")


def _header(message: EmailMessage, name: str) -> str:
    """A header in one line, empty if it is missing or damaged."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except Exception:
        return ""


def _location(parts: list[EmailMessage]) -> str:
    for one in parts:
        if one.get_content_type() == "text/html":
            location = _header(one, "Content-Location")
            return location if location.startswith("http") else ""
    return ""


def _bytes(part: EmailMessage) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except Exception as error:
        raise UnfitFile("is a damaged MIME file", "save it again") from error
    return content if isinstance(content, bytes) else b""


def _charset(part: EmailMessage) -> str:
    return part.get_content_charset() or ""
