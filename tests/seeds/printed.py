"""A table of the places of the coded reports' printed words in the originals.

The originals are not part of the project, so the table is: `printed.json` holds,
for each report, the words that a claim prints and every place of the original
where they stand (code points, end exclusive). `python -m tests.seeds.printed`
writes it again where the originals are at hand.
"""

import json
import re
import sys
from pathlib import Path

from tests.seeds.test_hama import ORIGINALS, REPORTS, coding, words

TABLE = Path(__file__).with_name("printed.json")

Places = dict[str, list[list[int]]]
"""The places of the printed words of a report."""


def printed_words(report: str) -> list[tuple[list[int], str]]:
    """The printed words of each claim of a report, with its passage's span in the original."""
    return [
        (passage["origin"], text)
        for passage in coding(report)["passage"]
        for said in passage["says"]
        for text in (said.get("printed", ""), said.get("as_of", {}).get("printed", ""))
        if text
    ]


_FIRST = r"(?-i:(?<!\w)|(?<=[a-z])(?=[A-Z]))"
"""Where a word begins: the header of a report is glued to its first word ("viewsSyrian")."""


def places(original: str, printed: str) -> list[list[int]]:
    """Every place of these words in an original, regardless of case and punctuation."""
    pattern = _FIRST + r"\W+".join(map(re.escape, words(printed))) + r"(?!\w)"
    return [list(found.span()) for found in re.finditer(pattern, original, re.IGNORECASE)]


def table_of(report: str, original: str) -> Places:
    """The part of the table for a report."""
    return {text: places(original, text) for text in sorted({t for _, t in printed_words(report)})}


def main() -> int:
    """Write the table, and return the exit code."""
    lines = []
    for report in REPORTS:
        found = sorted(ORIGINALS.glob(f"{report}_*.txt"))
        if not found:
            sys.stderr.write(f"the original of {report} is not at hand (see CONFLICT_DATA)\n")
            return 1
        rows = table_of(report, found[0].read_bytes().decode("utf-8"))
        entries = ",\n".join(
            f"  {json.dumps(text, ensure_ascii=False)}: {spans}" for text, spans in rows.items()
        )
        lines.append(f'"{report}": {{\n{entries}\n}}')
    TABLE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
