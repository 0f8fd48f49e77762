"""A case is written as text, edited and read back by someone with a shell."""

import json
import shutil
from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from tests.imports import run
from tests.store.test_coding_text import records_of, replace


def done(*arguments: str | Path) -> tuple[str, str]:
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout, result.stderr


def test_the_bundled_case_is_written_and_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _, told = done("coding")
    assert "hama-2024 has 54 actors" in told
    assert "conflict-tui new NEW.json --from hama-2024" in told
    for name in ("again.json", "again.db"):
        done("new", name, "--from", "hama-2024")
        assert records_of(tmp_path / name) == records_of(BUNDLED)
        done("verify", name)
    refused = run("coding")
    assert refused.exit_code == 73
    assert "hama-2024: exists already, and is no empty folder; name a new folder" in refused.stderr


def test_what_was_edited_is_told_and_undone(tmp_path: Path) -> None:
    case = Path(shutil.copy(BUNDLED, tmp_path / "war.json"))
    text = tmp_path / "text"
    done("coding", case, "--into", text)
    replace(text / "events.toml", 'title = "Rebels enter Hama"', 'title = "They enter Hama"')
    replace(text / "case.toml", 'title = "', 'title = "The new ')
    into = ("import", text, "--into", case, "--by", "Ana", "--format", "json")
    dry = json.loads(done(*into, "--dry-run")[0])
    wanted = [("altered", "title taken from the text"), ("kept", "title stay as the case has them")]
    assert [
        (one["what"], one["words"]) for one in dry if one["what"] in ("altered", "kept")
    ] == wanted
    assert "They enter Hama" not in done("events", "--case", case)[0]
    done(*into)
    assert "They enter Hama" in done("events", "--case", case)[0]
    assert "It has not the log (1 entry)" in done("coding", case, "--into", tmp_path / "t2")[1]
    done("undo", "--into", case, "--by", "Ana")
    assert records_of(case) == records_of(BUNDLED)


@pytest.mark.parametrize("more", [("--dates", "dmy"), ("other.csv",)])
def test_a_case_as_text_is_imported_by_itself(more: tuple[str, ...], tmp_path: Path) -> None:
    case = Path(shutil.copy(BUNDLED, tmp_path / "war.json"))
    done("coding", case, "--into", tmp_path / "text")
    refused = run("import", tmp_path / "text", *more, "--into", case, "--by", "Ana")
    assert refused.exit_code == 64
    assert "is a case as text; import it by itself" in refused.stderr


def test_an_error_in_a_text_changes_nothing(tmp_path: Path) -> None:
    case = Path(shutil.copy(BUNDLED, tmp_path / "war.json"))
    text = tmp_path / "text"
    done("coding", case, "--into", text)
    replace(text / "003.toml", 'kind = "occurrence"', 'kind = "occurence"')
    for command in (
        ("import", text, "--into", case, "--by", "Ana"),
        ("new", tmp_path / "n.db", "--from", text),
    ):
        refused = run(*command)
        assert refused.exit_code == 65
        assert "003.toml, line" in refused.stderr
        assert "correct the kind" in refused.stderr
    assert not (tmp_path / "n.db").exists()
    assert records_of(case) == records_of(BUNDLED)
