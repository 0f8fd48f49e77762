"""The command that writes a dossier: its file, its refusals, and what is left out of it."""

from pathlib import Path

import pytest

from tests.imports import run
from tests.rows import CLOSED, FIGHT, rows_case

EVENT = "Rebels take Aleppo"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rows_case(tmp_path_factory.mktemp("case") / "case.json")


@pytest.mark.parametrize("ending", ["md", "html"])
def test_a_dossier_is_a_file_for_its_owner_alone(tmp_path: Path, ending: str) -> None:
    to = tmp_path / f"d.{ending}"
    done = run("dossier", EVENT, "--bundled", "--into", to)
    assert done.exit_code == 0, done.stderr
    assert to.stat().st_mode & 0o777 == 0o600
    assert to.stat().st_nlink == 1
    assert list(tmp_path.iterdir()) == [to]
    assert f"{to} has 77 statements" in done.stderr
    assert "Al Jazeera, through Times of Oman, 2 Dec 2024" in to.read_text("utf-8")


def test_a_file_is_replaced_only_with_force(tmp_path: Path) -> None:
    to = tmp_path / "d.md"
    to.write_text("mine")
    refused = run("dossier", EVENT, "--bundled", "--into", to)
    assert refused.exit_code == 73
    assert "exists already" in refused.stderr
    assert to.read_text() == "mine"
    assert run("dossier", EVENT, "--bundled", "--into", to, "--force").exit_code == 0
    assert to.read_text("utf-8").startswith(f"# {EVENT}")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((EVENT, "--into", "d.pdf"), 64, "a dossier ends in .md or .html"),
        (("--into", "d.md"), 64, "either one ID or the events of a filter"),
        ((EVENT, "--place", "Hama", "--into", "d.md"), 64, "either one ID"),
        (("nobody", "--into", "d.md"), 67, "no event, actor or place"),
        (("clm_none", "--into", "d.md"), 67, "no claim has the id"),
        ((EVENT, "--into", "nowhere/d.md"), 73, "cannot be written (No such file or directory)"),
        (("--words", "qqzz", "--into", "d.md"), 64, "no events match"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("dossier", "--bundled", *arguments)
    assert done.exit_code == code
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_rows_that_may_not_be_passed_on_are_left_out_and_counted(
    case: Path, tmp_path: Path
) -> None:
    to = tmp_path / "d.md"
    done = run("dossier", "--date", "..2100", "--into", to, "--case", case)
    assert done.exit_code == 0, done.stderr
    assert f"of {CLOSED}" in done.stderr
    text = to.read_text("utf-8")
    assert "## Left out" in text
    assert "Westtown" not in text.split("## Left out")[0]
    assert "Northtown" in text


def test_a_subject_of_which_nothing_may_be_passed_on_is_refused(case: Path, tmp_path: Path) -> None:
    done = run("dossier", "Shelling of Westtown", "--into", tmp_path / "d.md", "--case", case)
    assert done.exit_code == 76
    assert CLOSED in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_map_without_borders_says_so(tmp_path: Path) -> None:
    texts = []
    for policy in ("de-facto", "none"):
        to = tmp_path / f"{policy}.html"
        done = run("dossier", EVENT, "--bundled", "--into", to, "--borders", policy)
        assert done.exit_code == 0, done.stderr
        texts.append(to.read_text("utf-8"))
    assert 'class="border"' in texts[0]
    assert "de facto" in texts[0]
    assert 'class="border"' not in texts[1]
    assert "Borders are left out." in texts[1]
    assert all('class="coast"' in text for text in texts)


def test_a_row_of_a_data_set_draws_the_life_of_its_figures(case: Path, tmp_path: Path) -> None:
    to = tmp_path / "d.html"
    assert run("dossier", FIGHT, "--into", to, "--case", case).exit_code == 0
    assert "Killed" in to.read_text("utf-8")
