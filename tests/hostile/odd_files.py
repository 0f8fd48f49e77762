"""Some 200 odd files: torn, hostile, oversized, or of nothing at all."""

import gzip
import json
import random
from collections.abc import Iterator

from tests.articles import pages

_WHOLE: dict[str, bytes] = {
    "page": pages.PAGE.encode(),
    "saved": pages.SINGLE_FILE.encode(),
    "mhtml": pages.mhtml(),
    "mail": pages.mail(),
    "feed": pages.feed(),
    "word": pages.word(),
    "pdf": pages.pdf(),
    "warc": pages.warc(),
    "wacz": pages.wacz(),
    "csv": pages.csv_table(),
    "json": json.dumps([pages.ROW]).encode(),
    "lines": (json.dumps(pages.ROW) + "\n").encode() * 2,
    "ris": pages.ris(),
    "csl": json.dumps(pages.CSL).encode(),
    "text": pages.PLAIN.encode(),
}
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><rss><channel><title>&j;</title><item><title>&j;</title></item></channel></rss>"
)
_FILE = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


_html = "<html><body>{}</body></html>".format
_WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: text/html\r\nWARC-Record-ID: <urn:a>\r\n"
    b"WARC-Target-URI: http://a\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
    b"Content-Length: 80000000\r\n\r\n"
)


def _nested(levels: int) -> str:
    return "<div>" * levels + f"<p>{pages.LEAD}</p>" + "</div>" * levels


def _multipart(levels: int) -> bytes:
    head = b"MIME-Version: 1.0\r\nFrom: a@example.org\r\n"
    for level in range(levels):
        head += b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (level, level)
    return head + b"Content-Type: text/plain\r\n\r\nhello\r\n"


def _encodings() -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "blanks", b" \n\t\n" * 100
    yield "nulls", b"\0" * 5000
    yield "utf-16", pages.PLAIN.encode("utf-16")
    yield "utf-16 without a mark", pages.PLAIN.encode("utf-16-le")
    yield "utf-16 page", pages.PAGE.encode("utf-16")
    yield "odd utf-16", pages.PLAIN.encode("utf-16")[:-1]
    yield "utf-32", pages.PLAIN.encode("utf-32")
    yield "windows-1252", pages.PLAIN.replace("—", "–").encode("windows-1252")
    yield "windows-1256", ("دخلت القوات المدينة يوم الخميس. " * 20).encode("windows-1256")
    yield "windows-1251", ("Войска вошли в город в четверг. " * 20).encode("windows-1251")
    yield "surrogates", b"\xed\xa0\x80 words of a text that is long enough \xed\xb0\x80\n" * 9


def _pages() -> Iterator[tuple[str, bytes]]:
    yield "one line of 10 MB", b"words and words " * 655_360
    yield "one word of 10 MB", b"a" * 10_485_760
    yield "a page of one line of 10 MB", _html("<p>" + "words and words " * 655_360).encode()
    yield "a page without text", _html("<script>var a = 1</script>").encode()
    yield "a page of a picture", _html('<img src="a.png">').encode()
    yield "a page that is hidden", _html("<div hidden>Words that nobody sees.</div>").encode()
    for levels in (300, 3000, 100_000):
        yield f"{levels} levels of a page", _html(_nested(levels)).encode()
        yield f"{levels} levels of JSON", b"[" * levels + b"]" * levels
        yield f"{levels} levels of objects", b'{"a":' * levels + b"1" + b"}" * levels


def _packed() -> Iterator[tuple[str, bytes]]:
    for levels in (50, 1500):
        yield f"{levels} levels of a mail", _multipart(levels)
    yield "torn gzip", gzip.compress(b"WARC/1.0\r\n" + random.Random(1).randbytes(5000))[:2000]
    yield (
        "gzip bomb",
        gzip.compress(_WARC + b"a" * 80_000_000),
    )
    yield "zip bomb", pages.zipped({"word/document.xml": b"<a>" + b" " * 80_000_000})
    yield (
        "zip bomb within the limits",
        pages.zipped({"word/document.xml": b"<a>" + b" " * 9_000_000}),
    )
    yield "laughs", _LAUGHS.encode()
    yield "laughs in Word", pages.zipped({"word/document.xml": _LAUGHS})
    yield "another's file", (_FILE + "<rss><channel><item><title>&x;</title></item></channel></rss>"
                             ).encode()  # fmt: skip
    yield "Word without a text", pages.zipped({"word/document.xml": "<w/>"})
    yield "Word of broken XML", pages.zipped({"word/document.xml": "<w:p><w:t>"})
    yield "no WARC in a WACZ", pages.zipped({"archive/a.warc.gz": b"x", "datapackage.json": "["})
    yield (
        "a wrong hash in a WACZ",
        pages.zipped(
            {
                "archive/a.warc.gz": pages.warc(),
                "datapackage.json": json.dumps(
                    {"resources": [{"path": "archive/a.warc.gz", "hash": "sha256:00"}]}
                ),
            }
        ),
    )


def _others() -> Iterator[tuple[str, bytes]]:
    yield "no PDF", b"%PDF-1.7\n" + random.Random(2).randbytes(3000)
    yield "a PDF without text", pages.pdf(("",))
    yield "a mail without a text", b"MIME-Version: 1.0\r\nFrom: a@example.org\r\nTo: b\r\n\r\n"
    yield (
        "a mail of strange headers",
        (
            b"MIME-Version: 1.0\r\nFrom: =?utf-8?q?=ff?= <\x00@>\r\nDate: yesterday\r\n"
            b"Content-Type: text/plain; charset=nonsense\r\n\r\nThe army said that it had left.\r\n"
        ),
    )
    yield "broken base64", pages.mhtml().replace(b"base64\r\n", b"base64\r\n\r\n!!!!", 1)


def _tables() -> Iterator[tuple[str, bytes]]:
    yield "10,000 columns", (",".join(f"c{n}" for n in range(10_000)) + "\n").encode()
    yield (
        "title and 10,000 columns",
        ("title,url," + ",".join(f"c{n}" for n in range(10_000)) + "\n").encode(),
    )
    yield "an open quote", b'title,url,text\n"never closed,http://a.example,\n' + b"x\n" * 999
    yield "a null in a table", b"title,url,text\nA\0B,http://a.example/1,Some words of a text.\n"
    yield "a header of a table alone", b"title,url,text\n"
    yield "an empty feed", b"<rss><channel><title>Nothing</title></channel></rss>"
    yield "a feed of strange times", pages.feed().replace(b"Fri, 06 Dec 2024", b"Xyz, 99 Abc 0000")


def _strange() -> Iterator[tuple[str, bytes]]:
    yield (
        "bogus charset",
        pages.PAGE.replace("utf-8", "no-such-set").encode("windows-1252", "replace"),
    )
    yield "utf-7", pages.PAGE.replace("utf-8", "utf-7").encode()
    yield "metadata in pieces", pages.PAGE.replace('"@graph"', '"@graph" [').encode()
    yield (
        "deep metadata",
        pages.PAGE.replace(json.dumps(pages.JSON_LD), "[" * 50_000 + "]" * 50_000).encode(),
    )
    yield "a title of 1 MB", pages.PAGE.replace(pages.TITLE, "long " * 200_000).encode()
    yield "controls", pages.PAGE.replace("QORVILLE", "&#27;[2J&#155;31m\u202e\u0000&#0;").encode()
    yield "many dates", ("27 and " * 20_000 + "words of a text that goes on.").encode()
    yield "many clauses", ("On Nov. 27-30, 2024 at 11:22 " * 9_000).encode()
    yield "many pipes", ("| " * 100_000 + "words").encode()
    yield "XML of no kind", b'<?xml version="1.0"?><a><b>words</b></a>'
    yield "a number", b"42"
    yield "a line", b"Nothing."
    yield "front matter alone", b"---\ntitle: A\n---\n"
    yield "an endless list", b"- item\n" * 50_000
    yield "a program", b"\x7fELF" + bytes(range(256)) * 9
    yield "RTF", b"{\\rtf1 words}"
    yield "an old Word file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    yield "a zip of pictures", pages.zipped({"a.png": b"\x89PNG\r\n\x1a\n" + bytes(99)})
    yield "a zip in a zip", pages.zipped({"a.zip": pages.zipped({"word/document.xml": "<a/>"})})
    yield "a tar in gzip", gzip.compress(b"report.txt" + bytes(2000))
    yield "gzip of a page", gzip.compress(pages.PAGE.encode())
    yield "a locked PDF", pages.pdf().replace(b"trailer<<", b"trailer<</Encrypt 9 0 R", 1)
    yield "a database", b"SQLite format 3\0" + bytes(4080)
    yield "frames", b'<html><frameset><frame src="a.html"></frameset></html>'
    yield (
        "numbers beyond any",
        b'[{"title": "A", "url": "http://a", "date": 1e999, "text": 1' + (b"0" * 5000) + b"}]",
    )
    yield "no number", b'[{"title": NaN, "url": "http://a", "text": "Some words."}]'
    yield "a key twice", b'[{"title": "A", "title": ["B"], "url": {"a": 1}, "text": null}]'
    yield "a table with a mark", b"\xef\xbb\xbf" + pages.csv_table()
    yield "line separators", "Zed\u2028falls\u2029at\x85noon\x0con\x1cFriday. ".encode() * 50


def _torn() -> Iterator[tuple[str, bytes]]:
    for name, content in _WHOLE.items():
        for eighths in (1, 3, 5, 7):
            yield f"{eighths}/8 of {name}", content[: len(content) * eighths // 8]


def _broken() -> Iterator[tuple[str, bytes]]:
    for name, content in _WHOLE.items():
        for seed in range(5):
            at = random.Random(f"{name} {seed}")
            broken = bytearray(content)
            for _ in range(1 + len(broken) // 200):
                broken[at.randrange(len(broken))] = at.randrange(256)
            yield f"{name}, broken {seed}", bytes(broken)


ODD_FILES: tuple[tuple[str, bytes], ...] = (
    *_encodings(),
    *_pages(),
    *_packed(),
    *_others(),
    *_tables(),
    *_strange(),
    *_torn(),
    *_broken(),
)
"""Each odd file by what it is."""
