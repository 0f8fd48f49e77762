"""Reading PDF files in a process with limits, which may call the library of pdfium."""

from contextlib import suppress

from store.articles import pdf
from store.articles.child import articles as articles
from store.errors import ConflictError

with suppress(ConflictError):
    pdf.read_pdf(b"%PDF-1.4\n%%EOF\n")
