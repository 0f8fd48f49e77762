"""The account of an import of articles, as a person reads it."""

from pathlib import Path

from tests.imports import new_case, run


def test_what_is_too_much_to_tell_is_counted_and_the_first_follow(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case.json")
    file = tmp_path / "articles.jsonl"
    file.write_text('{"title":"A","text":"One."}\n' + '{"title":""}\n' * 6, "utf-8")
    told = run("import", file, "--into", case, "--by", "Ada").stdout
    assert "6  the first 5 are below; --report FILE tells all" in told
    assert [f"line {number}:" in told for number in range(2, 8)] == [True] * 5 + [False]
