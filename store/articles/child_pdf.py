"""Reading PDF files in a process with limits, which may call the library of pdfium."""

from contextlib import suppress

from store.articles import pdf
from store.articles.child import articles as articles
from store.articles.child import load_libraries
from store.errors import ConflictError

load_libraries("pypdfium2")
with suppress(ConflictError):
    pdf.read_pdf(b"%PDF-1.4\n%%EOF\n")
