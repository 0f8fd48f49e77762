"""The same rows in other wrappings: texts, workbooks, JSON, archives; all made up here."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal
from xml.sax.saxutils import escape

Quoting = Literal[0, 1, 2, 3]
Grid = Sequence[Sequence[str]]
"""The rows of a table, the first of which is its header."""

NUMBERS = frozenset(
    (
        *("year", "time_precision", "inter1", "inter2", "interaction", "latitude", "longitude"),
        *("geo_precision", "fatalities", "timestamp"),
    )
)
"""The columns of ACLED that a workbook keeps as numbers."""
_DAY_0 = date(1899, 12, 30)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def grid(rows: Sequence[Mapping[str, str]]) -> list[list[str]]:
    """Rows under a header of the columns of the first."""
    columns = list(rows[0])
    return [columns, *([row.get(name, "") for name in columns] for row in rows)]


def text(table: Grid, delimiter: str = ",", end: str = "\n", quoting: Quoting = 0) -> str:
    """A table as text; `quoting` is that of `csv`."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows(table)
    return stream.getvalue()


def objects(table: Grid) -> list[dict[str, str]]:
    """A table as objects."""
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


def acled_api(table: Grid) -> str:
    """A table as an answer of the API of ACLED."""
    rows = objects(table)
    return json.dumps({"status": 200, "success": True, "count": len(rows), "data": rows}, indent=1)


def ucdp_api(table: Grid, total: int | None = None) -> str:
    """A table as an answer of the API of UCDP, a page of `total` rows."""
    rows = objects(table)
    pages = {"TotalCount": total or len(rows), "TotalPages": 1, "NextPageUrl": ""}
    return json.dumps({**pages, "Result": rows})


def json_lines(table: Grid) -> str:
    """A table as JSON Lines, without what is empty."""
    rows = [{name: cell for name, cell in row.items() if cell} for row in objects(table)]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def geojson(table: Grid) -> str:
    """A table as features, whose degrees are in their points alone."""
    features = []
    for row in objects(table):
        at = [float(row.pop("longitude")), float(row.pop("latitude"))]
        geometry = {"type": "Point", "coordinates": at}
        features.append({"type": "Feature", "properties": row, "geometry": geometry})
    return json.dumps({"type": "FeatureCollection", "features": features})


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Files in a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def gzipped(content: str | bytes) -> bytes:
    """A file packed by gzip."""
    plain = content.encode() if isinstance(content, str) else content
    return gzip.compress(plain, mtime=0)


def workbook(
    sheets: Mapping[str, Grid],
    *,
    days: str = "styled",
    from_1904: bool = False,
    above: int = 0,
    last: str = "",
) -> bytes:
    """Sheets as an .xlsx workbook, with numbers as numbers and days as day numbers.

    Days are "styled" as dates, "plain" numbers, or "text". `above` rows are left empty,
    and the cell `last` has a word.
    """
    names = list(sheets)
    shown = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"/>'
        for n, name in enumerate(names, 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(len(names)),
        "_rels/.rels": _relations([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<workbookPr date1904="{int(from_1904)}"/><sheets>{shown}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            [
                ("s", "styles", "styles.xml"),
                *(
                    (f"r{n}", "worksheet", f"worksheets/sheet{n}.xml")
                    for n, _ in enumerate(names, 1)
                ),
            ]
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    shift = 1462 if from_1904 else 0
    for number, name in enumerate(names, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheets[name], days, shift, above, last)
    return zipped(parts)


def _types(sheets: int) -> str:
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SHEET}.worksheet+xml"/>'
        for n in range(1, sheets + 1)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType='
        '"application/xml"/><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>'
        f"{overrides}</Types>"
    )


def _relations(targets: Iterable[tuple[str, str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="{id}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for id, kind, target in targets
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _sheet(table: Grid, days: str, shift: int, above: int, last: str) -> str:
    header = next((row for row in table if "event_date" in row or "date_start" in row), table[0])
    rows = []
    for number, row in enumerate(table, 1 + above):
        cells = "".join(
            _cell(f"{_letters(at)}{number}", name, cell, days, shift)
            for at, (cell, name) in enumerate(zip(row, [*header, *[""] * len(row)], strict=False))
            if cell
        )
        rows.append(f'<row r="{number}">{cells}</row>')
    if last:
        line = last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        rows.append(f'<row r="{line}">{_cell(last, "", "far", days, shift)}</row>')
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


def _cell(place: str, name: str, cell: str, days: str, shift: int) -> str:
    if name in NUMBERS and cell.lstrip("-").replace(".", "", 1).isdigit():
        return f'<c r="{place}"><v>{cell}</v></c>'
    if name in ("event_date", "date_start", "date_end") and days != "text" and cell[:1].isdigit():
        serial = (date.fromisoformat(cell) - _DAY_0).days - shift
        style = ' s="1"' if days == "styled" else ""
        return f'<c r="{place}"{style}><v>{serial}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'


def _letters(at: int) -> str:
    found = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        found = chr(65 + rest) + found
    return found
