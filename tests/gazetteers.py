"""Made-up gazetteers for tests, in the forms that people have."""

from pathlib import Path


def dump_line(
    id: str,
    name: str,
    at: tuple[float, float],
    *,
    others: str = "",
    feature: str = "PPL",
    country: str = "QQ",
    units: tuple[str, str] = ("01", "11"),
    people: int = 0,
) -> str:
    """A line of a dump of GeoNames."""
    cells = (
        *(id, name, name, others, str(at[0]), str(at[1]), "P", feature, country, ""),
        *(*units, "", "", str(people), "", "", "Etc/UTC", "2024-01-01"),
    )
    return "\t".join(cells) + "\n"


def dump(folder: Path) -> Path:
    """A dump with two towns of one name, units, a capital, Arabic names, and two bad lines."""
    lines = (
        dump_line("1", "Qorville", (35.5, 36.5), people=12_000),
        dump_line("2", "Qorville", (10.0, 10.0), people=900_000, units=("02", "")),
        dump_line("3", "Qorville al Jadidah", (35.6, 36.6)),
        dump_line("4", "Zamāh", (35.1, 36.7), others="Zama,Hamat az Zamah,زماة", people=300_000),
        dump_line("5", "Zamah Governorate", (35.2, 37.0), feature="ADM1", units=("01", "")),
        dump_line("6", "Inner Zamah", (35.2, 36.8), feature="ADM2"),
        dump_line("7", "Capital City", (33.0, 36.0), feature="PPLC", people=2_000_000),
        dump_line("8", "Nowhere", (99.0, 36.0)),
        "a line of something else\n",
        dump_line("9", "Al Bab", (36.4, 37.5), others="الباب"),
    )
    path = folder / "QQ.txt"
    path.write_text("".join(lines), "utf-8")
    return path
