"""The names of the formats of articles, as a person reads them."""

PLAIN_TEXT = "plain text"
HTML = "a saved page"
MHTML = "a page saved as MHTML"
MAIL = "a mail"
FEED = "a feed"
PDF = "a PDF"
WORD = "a Word file"
WARC = "a web archive (WARC)"
WACZ = "a web archive (WACZ)"
CSV = "a table of articles"
JSON = "a list of articles in JSON"
JSON_LINES = "articles in JSON Lines"
CSL = "references in CSL-JSON"
RIS = "references in RIS"

NAMES = frozenset(
    (PLAIN_TEXT, HTML, MHTML, MAIL, FEED, PDF, WORD, WARC, WACZ, CSV, JSON, JSON_LINES, CSL, RIS)
)
"""Every format of articles."""
