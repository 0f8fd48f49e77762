"""Citations as text to paste: plain, Markdown, and BibTeX.

No text of the case can end a line, open a tag or a command of the form it is put in.
"""

import re
from collections.abc import Callable, Mapping

from store.model.dates import long
from store.model.stamps import SURENESS
from store.model.text import one_line
from store.model.vocabulary import StampBasis
from store.queries.citations import Citation

NO_TITLE = "without a title"
UNKNOWN_PUBLISHER = "publisher not stated"
UNDATED = "undated"
DIGEST = "words of a digest, not of the article"


def plain(of: Citation) -> str:
    """One line: publisher, title, time, address."""
    return _joined(of, str, lambda title: f"“{title}”", lambda url: url)


def markdown(of: Citation) -> str:
    """One line of Markdown; the title is the link, if the article has an address."""

    def title(words: str) -> str:
        return f"[{words}](<{_in_angles(of.url)}>)" if is_web(of.url) else f"“{words}”"

    return _joined(of, markdown_text, title, None)


def bibtex(of: Citation) -> str:
    """An entry of BibTeX; its key is the id of the article."""
    fields = {
        "title": of.title,
        "author": of.author or of.publisher,
        "organization": of.publisher,
        "date": of.published[:10],
        "year": of.published[:4],
        "url": of.url,
        "langid": of.language,
        "note": f"SHA-256 of the text: {of.sha256}" if of.sha256 else "",
        "howpublished": of.dataset,
    }
    lines = [f"  {name} = {{{_for_bibtex(words)}}}," for name, words in fields.items() if words]
    return "\n".join((f"@online{{{of.id},", *lines, "}"))


def quoted(of: Citation, form: Callable[[Citation], str] = plain) -> str:
    """The words of a passage, and the citation below; the place and hash, to check it by."""
    if form is markdown:
        words = f"> {markdown_text(of.quote)}\n>\n> — "
    else:
        words = f"“{one_line(of.quote)}”\n— "
    where = "title" if of.in_title else f"characters {of.start}-{of.end}"
    checks = [DIGEST] * of.is_digest
    checks += [f"{where} of the text with SHA-256 {of.sha256}"] * bool(of.sha256)
    return words + form(of) + (f" ({'; '.join(checks)})" if checks else "")


def face_to_face(one: Citation, other: Citation) -> str:
    """Two passages, one below the other, each with its citation."""
    return f"{quoted(one)}\n\n{quoted(other)}"


FORMS: Mapping[str, Callable[[Citation], str]] = {
    "plain": plain,
    "markdown": markdown,
    "bibtex": bibtex,
}
"""The forms of a citation, by name."""


def is_web(url: str) -> bool:
    """True for an address of the web, which may be opened: http or https."""
    return _WEB.match(url) is not None


_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def _joined(
    of: Citation,
    words: Callable[[str], str],
    title: Callable[[str], str],
    address: Callable[[str], str] | None,
) -> str:
    parts = [
        words(one_line(of.author)),
        words(one_line(of.publisher)) or UNKNOWN_PUBLISHER,
        title(words(one_line(of.title))) if of.title.strip() else NO_TITLE,
        time_text(of.published) + sureness_after(of.basis),
        address(one_line(of.url)) if address and of.url else "",
        words(one_line(of.dataset)),
    ]
    return ", ".join(filter(None, parts))


def sureness_after(basis: StampBasis) -> str:
    """The words after a time that the article does not state, in brackets; else none."""
    return f" ({SURENESS[basis]})" if SURENESS[basis] else ""


def time_text(at: str) -> str:
    """A time of publication in words: `29 Nov 2024, 14:30 +02:00`."""
    if not at:
        return UNDATED
    hour, zone = at[11:16], at[16:].lstrip("0123456789:") if len(at) > 16 else ""
    clock = f", {hour}{f' {zone}' if zone not in ('', 'Z') else ''}{' UTC' if zone == 'Z' else ''}"
    return long(at[:10]) + (clock if hour else "")


_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#!|~$&@]|(?<=\])\(|/(?=/)|(?<=www)\.)", re.IGNORECASE)
"""Signs that open something, or make an address."""
_LIST = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
"""The beginning of a list or a rule at the start of a line."""
_NO_CODE = re.compile(r"[`|]")
"""Signs that end code, or a cell of a table."""
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}


def markdown_text(words: str) -> str:
    """Text from outside on one line of Markdown, in which it opens nothing and is no address."""
    return _LIST.sub(_disarmed, _MARKDOWN.sub(r"\\\1", one_line(words)))


def markdown_address(url: str) -> str:
    """An address from outside as code of Markdown: whole, to be copied, and no link."""
    return f"`{_NO_CODE.sub(_escaped, one_line(url))}`"


def _disarmed(found: re.Match[str]) -> str:
    blank, sign = found.groups()
    return f"{blank}{sign}\\" if sign.isdigit() else f"{blank}\\{sign}"


def _in_angles(url: str) -> str:
    """An address within `<>`, as CommonMark has it."""
    return re.sub(r"[<>\\\s()\[\]]", _escaped, one_line(url))


def _escaped(found: re.Match[str]) -> str:
    """A sign as addresses escape it."""
    return f"%{ord(found[0]):02X}"


def _for_bibtex(words: str) -> str:
    return "".join(_BIBTEX.get(letter, letter) for letter in one_line(words))
