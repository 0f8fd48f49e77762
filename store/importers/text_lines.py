"""The lines of a text from outside, whatever its encoding and its line ends."""

import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import IO, TYPE_CHECKING

from store.errors import UsageError
from store.importers.encodings import UTF_8, WINDOWS, Encoding, is_utf_8, marked, of_lines
from store.importers.limits import MAX_LINE, readinto
from store.importers.streams import Source
from store.importers.table import OnBytes
from store.model.labels import count_text

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 256 * 1024
SAMPLE = 256 * 1024
"""The most characters of a sample."""
SAMPLE_LINES = 200


_QUOTED = re.compile(rb'"[^"]*"')
_LINE_END = re.compile(rb"\r\n|\r(?!$)|\n")


class Text:
    """A text whose encoding and line ends are known; it can be read more than once.

    Lines end with LF or CR LF; where the first ends with CR, as old Macs write it, with
    any of the three.
    """

    def __init__(self, source: Source) -> None:
        """Raises `UsageError` if it cannot be read."""
        self.source = source
        self.encoding = _encoding_of(source)
        head = source.beginning.replace(b"\0", b"") if self.encoding.wide else source.beginning
        end = _LINE_END.search(_QUOTED.sub(b"", head))
        self.ends_with_cr = end is not None and end[0] == b"\r"

    def sample(self) -> list[str]:
        """The first lines, from which the format is recognised. Raises `UsageError`."""
        found: list[str] = []
        read = 0
        for line in islice(TextLines(self, most=2 * SAMPLE), SAMPLE_LINES):
            found.append(line)
            read += len(line)
            if read > SAMPLE:
                break
        return found

    @property
    def remarks(self) -> tuple[str, ...]:
        """The encoding in a sentence, unless the text is all UTF-8."""
        name, odd = self.encoding
        if name == UTF_8 and odd:
            return (f"{count_text(odd, 'line')} not all UTF-8: their other bytes are {WINDOWS}",)
        if name == WINDOWS:
            return (f"not UTF-8: read as {WINDOWS} ({count_text(odd, 'line')})",)
        if name == UTF_8:
            return ()
        return (f"{count_text(odd, 'line')} not UTF-8, read as {WINDOWS}" if odd else f"is {name}",)


class TextLines:
    """One pass through the lines of a text, each with its line end.

    `read` counts bytes, `line` lines; `seen` gets the bytes in pieces.
    """

    def __init__(self, text: Text, seen: OnBytes | None = None, most: int | None = None) -> None:
        """With `most` the pass may end after so many bytes, in the middle of a line."""
        self._text = text
        self._most = most
        self._seen = seen
        self.read = 0
        self.line = 0

    def __iter__(self) -> Iterator[str]:
        """Yield the lines. Raises `UsageError` if one is too long, or the file cannot be read."""
        name = self._text.source.name
        with self._text.source.open(self._most) as stream:
            try:
                for line in self._lines(stream):
                    self.line += 1
                    if len(line) > MAX_LINE:
                        raise UsageError(
                            f"{name}: line {self.line} has over {MAX_LINE:,} characters",
                            "check that it is a data set",
                        )
                    yield line
            except OSError as error:
                raise UsageError(
                    f"{name}: cannot be read after line {self.line} ({error})", "copy it again"
                ) from error

    def _lines(self, stream: IO[bytes]) -> Iterator[str]:
        encoding = self._text.encoding
        if encoding.wide or self._text.ends_with_cr:
            yield from self._decoded_first(stream)
            return
        while raw := stream.readline(MAX_LINE + 1):
            self._count(raw)
            if not self.line and raw.startswith(b"\xef\xbb\xbf"):
                raw = raw[3:]
            yield encoding.decode(raw)

    def _decoded_first(self, stream: IO[bytes]) -> Iterator[str]:
        """The lines of a text that has to be decoded before its lines can be found."""
        encoding = self._text.encoding
        counted = io.BufferedReader(_Counted(stream, self._count), _CHUNK)
        name = encoding.name if encoding.wide else "latin-1"
        end = "" if self._text.ends_with_cr else "\n"
        with io.TextIOWrapper(counted, name, errors="replace", newline=end) as text:
            while line := text.readline(MAX_LINE + 1):
                if not encoding.wide:
                    raw = line.encode("latin-1")
                    line = encoding.decode(raw[3:] if raw[:3] == b"\xef\xbb\xbf" else raw)
                yield line

    def _count(self, raw: bytes) -> None:
        self.read += len(raw)
        if self._seen is not None:
            self._seen(raw)


class _Counted(io.RawIOBase):
    """A stream whose bytes are counted as they are read."""

    def __init__(self, stream: IO[bytes], seen: OnBytes) -> None:
        self._stream = stream
        self._seen = seen

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        return readinto(buffer, self._read)

    def _read(self, most: int) -> bytes:
        found = self._stream.read(most)
        self._seen(found)
        return found


def _encoding_of(source: Source) -> Encoding:
    name = marked(source.beginning)
    if name is not None and name != UTF_8:
        return Encoding(name)
    with source.open() as stream:
        if is_utf_8(iter(lambda: stream.read(_CHUNK), b"")):
            return Encoding()
    with source.open() as stream:
        return of_lines(
            line
            for some in iter(lambda: stream.readline(MAX_LINE), b"")
            for line in some.splitlines()
        )
