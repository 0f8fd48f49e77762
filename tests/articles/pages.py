"""One made-up report in every format, as a newsroom or a collector would leave it."""

import base64
import gzip
import hashlib
import json
import textwrap
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from io import BytesIO

ADDRESS = "https://www.example.org/world/qorville-falls"
TITLE = "Qorville falls to Blue Front"
LEAD = (
    "QORVILLE, Zedland — Fighters of the Blue Front entered Qorville on Thursday after three days"
    " of fighting, residents said by phone from the town."
)
QUOTE = "“We counted 23 bodies in the market,” said Dr Ilan Roe, a surgeon at the clinic."
ARMY = (
    "The army said on Friday that it had withdrawn its 12th brigade to the hills above the town,"
    " and that it would return with reinforcements."
)
ITEMS = ("The bridge was destroyed on 4 December.", "About 3,000 people fled to Marn.")
LAST = (
    "Neither claim could be verified by the Courier, whose reporters were turned back at a"
    " checkpoint on the road from the capital."
)
CORRECTION = "Correction: an earlier version of this article said that 32 bodies were counted."
TOLD = (LEAD, QUOTE, ARMY, *ITEMS, LAST, CORRECTION)
"""What every format has to keep."""

JSON_LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebPage", "name": "x"},
        {
            "@type": "NewsArticle",
            "headline": TITLE,
            "datePublished": "2024-12-06T07:52:00+02:00",
            "dateModified": "2024-12-06T09:10:00+02:00",
            "author": [{"@type": "Person", "name": "Mira Stone"}],
            "publisher": {"@type": "Organization", "name": "Zed Courier"},
        },
    ],
}

BODY = f"""<p>{LEAD}</p><blockquote><p>{QUOTE}</p></blockquote><p>{ARMY}</p>
<h2>What is known</h2><ul><li>{ITEMS[0]}</li><li>{ITEMS[1]}</li></ul>
<table><tr><th>Place</th><th>Dead</th></tr><tr><td>Qorville</td><td>23</td></tr></table>
<p>{LAST}</p><p class="correction">{CORRECTION}</p>"""

PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>{TITLE} | Zed Courier</title>
<meta property="og:site_name" content="Zed Courier">
<meta property="article:published_time" content="2024-12-06">
<link rel="canonical" href="{ADDRESS}">
<script type="application/ld+json">{json.dumps(JSON_LD)}</script></head>
<body class="has-sidebar newsletter-on">
<div id="cookie-banner"><p>We use 14 cookies to improve your visit.</p><button>Accept</button></div>
<header class="site-header"><nav><ul><li><a href="/">Home</a></li></ul></nav></header>
<main><article><h1>{TITLE}</h1><p class="byline">By Mira Stone</p>
<time datetime="2024-12-06T07:52+02:00">6 December 2024, 07:52</time>
<figure><img src="a.jpg" alt=""><figcaption>Fighters in Qorville on Thursday.</figcaption></figure>
{BODY}<div class="share-tools">Share this story with 5 friends</div></article>
<aside class="related"><h3>Related</h3><a href="/x">Army denies losing 90 men in Marn</a></aside>
</main><footer><p>© 2024 Zed Courier.</p></footer></body></html>"""

SINGLE_FILE = PAGE.replace(
    "<head>",
    f"""<!--
 Page saved with SingleFile
 url: {ADDRESS}?utm_source=x
 saved date: Fri Dec 06 2024 11:22:33 GMT+0100 (Central European Standard Time)
--><head>""",
    1,
)

PLAIN = "\n".join(
    [
        "World",
        TITLE,
        TITLE,
        "Published 07:52 EET, December 6th 2024",
        *TOLD,
        "Updated 09:10 EET, December 6th 2024",
        "Source: Zed Courier",
    ]
)

MARKDOWN = f"""---
title: "{TITLE}"
date: 2024-12-06T07:52:00+02:00
source: Zed Courier
url: {ADDRESS}
---

# {TITLE}

{LEAD}

> {QUOTE}

{ARMY}

- {ITEMS[0]}
- {ITEMS[1]}

{LAST}

{CORRECTION}
"""


def mhtml() -> bytes:
    """The page as Chrome saves it."""
    page = base64.encodebytes(PAGE.encode()).decode()
    return (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {ADDRESS}\r\n"
        f"Subject: {TITLE}\r\nDate: Fri, 06 Dec 2024 10:22:33 +0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----B----"\r\n\r\n'
        f"------B----\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: {ADDRESS}\r\n\r\n{page}\r\n------B------\r\n"
    ).encode()


def mail() -> bytes:
    """A mail with the report as text, and an attachment."""
    message = EmailMessage()
    message["Subject"] = TITLE
    message["From"] = "Zed Courier <desk@example.org>"
    message["To"] = "me@example.org"
    message["Date"] = "Fri, 06 Dec 2024 07:52:00 +0200"
    message.set_content("\n\n".join(TOLD))
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="map.pdf")
    return message.as_bytes()


def feed() -> bytes:
    """A feed with the report in full, and another as a summary."""
    return f"""<?xml version="1.0"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Zed Courier</title>
<language>en-gb</language><item><title>{TITLE}</title><link>{ADDRESS}</link>
<pubDate>Fri, 06 Dec 2024 05:52:00 GMT</pubDate><content:encoded><![CDATA[
{BODY}]]></content:encoded></item><item><title>Army denies losses</title><link>{ADDRESS}-2</link>
<description>The army denied losing 90 men.</description></item></channel></rss>""".encode()


def word(*, undated: bool = False) -> bytes:
    """A Word file with a page header; an undated one has only the time at which it was made."""
    dated = () if undated else ("6 December 2024",)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in (TITLE, *dated, *TOLD)
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Override PartName="/word/document.xml"'
        f' ContentType="{kind}.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="r1" Type="{office}" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f"<w:document {space}><w:body>{paragraphs}</w:body></w:document>",
        "word/header1.xml": f"<w:hdr {space}><w:p><w:r><w:t>Draft 7, not for print</w:t></w:r>"
        "</w:p></w:hdr>",
        "docProps/core.xml": '<p xmlns:d="http://purl.org/dc/terms/"><d:created>'
        "2024-12-06T09:55:00Z</d:created></p>",
    }
    return zipped(parts)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            about = zipfile.ZipInfo(name)
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, content)
    return made.getvalue()


def pdf(lines: tuple[str, ...] = (TITLE, "6 December 2024", *TOLD)) -> bytes:
    """A PDF of one page with these lines."""
    shown = [piece for line in lines for piece in textwrap.wrap(line, 90)]
    plain = [one.translate({0x201C: '"', 0x201D: '"', 0x2014: "-"}) for one in shown]
    words = "".join(
        f"({one.replace('(', '[').replace(')', ']')}) Tj 0 -14 Td " for one in plain
    ).encode("latin-1")
    stream = b"BT /F1 10 Tf 40 780 Td " + words + b"ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Title(%s)/CreationDate(D:20241206095500+02'00')>>" % TITLE.encode(),
    ]
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(content)
    return (
        content
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, start)
    )


def warc(page: str = PAGE, *, altered: bool = False) -> bytes:
    """A WARC file of the page as a server gave it; `altered` after its digest was taken."""
    body = page.encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    digest = base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
    if altered:
        body = body.replace(b"23 bodies", b"32 bodies")
    block = http + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {ADDRESS}\r\n"
        "WARC-Date: 2024-12-06T10:22:33Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"WARC-Payload-Digest: sha1:{digest}\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


def wacz() -> bytes:
    """A WACZ package of the WARC file."""
    archive = warc()
    resource = {
        "path": "archive/a.warc.gz",
        "hash": f"sha256:{hashlib.sha256(archive).hexdigest()}",
    }
    return zipped(
        {
            "archive/a.warc.gz": archive,
            "datapackage.json": json.dumps({"resources": [resource]}),
            "pages/pages.jsonl": json.dumps({"url": ADDRESS}),
        }
    )


ROW = {
    "title": TITLE,
    "url": ADDRESS,
    "source": "Zed Courier",
    "date": "2024-12-06T07:52:00+02:00",
    "text": "\n".join(TOLD),
}


def csv_table() -> bytes:
    """A table of two articles; the second has no text."""
    cells = ",".join('"' + value.replace('"', '""') + '"' for value in ROW.values())
    return f"{','.join(ROW)}\n{cells}\nArmy denies losses,{ADDRESS}-2,Zed Courier,,\n".encode()


def ris() -> bytes:
    """A reference in RIS."""
    return (
        f"TY  - NEWS\nTI  - {TITLE}\nT2  - Zed Courier\nDA  - 2024/12/06/\n"
        f"UR  - {ADDRESS}\nER  - \n"
    ).encode()


CSL = [
    {
        "id": "1",
        "type": "article-newspaper",
        "title": TITLE,
        "container-title": "Zed Courier",
        "issued": {"date-parts": [[2024, 12, 6]]},
        "URL": ADDRESS,
    }
]

GDELT_DOC = {
    "articles": [
        {
            "url": ADDRESS,
            "title": TITLE,
            "seendate": "20241206T061500Z",
            "domain": "example.org",
            "language": "English",
        }
    ]
}
