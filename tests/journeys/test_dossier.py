"""A dossier is written from the screen, of the event at hand, and of what the cursor is on."""

from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from tests.journeys.test_changes import WIDE
from tests.person import Person, seated
from tui.commands.registry import BY_ID
from tui.dialogs.completions import complete


async def test_the_event_at_hand_goes_to_a_file(tmp_path: Path) -> None:
    to = tmp_path / "event.html"
    async with seated(WIDE, BUNDLED) as me:
        await me.press("j", "j")
        title = me.session.location.event
        await me.command(f"dossier {to}")
        assert me.said.startswith(f"{to} has ")
        assert to.read_text("utf-8").endswith("</html>\n")
        assert me.session.location.event == title
        await me.command(f"dossier {to}")
        assert "exists already" in me.screen
        await me.press("escape", "escape")
        to.write_text("old")
        await me.command(f"dossier {to} --force")
        assert me.said.startswith(f"{to} has ")
        assert to.read_text("utf-8") != "old"


async def test_an_actor_under_the_cursor_is_what_the_dossier_is_about(tmp_path: Path) -> None:
    to = tmp_path / "actor.md"
    async with seated(WIDE, BUNDLED) as me:
        await me.press("2")
        assert me.session.location.pane == "actors"
        await me.command(f"dossier {to}")
        assert me.said.startswith(f"{to} has ")
        assert "- About: actor act" in to.read_text("utf-8")


async def test_a_file_of_another_ending_is_refused(tmp_path: Path) -> None:
    async with seated(WIDE, BUNDLED) as me:
        await me.command(f"dossier {tmp_path / 'd.pdf'}")
        assert "a dossier ends in .md or .html" in me.screen
        await me.press("escape", "escape")
        await me.command("dossier")
        assert "Name a file" in me.said
        assert not list(tmp_path.glob("d.*"))


async def test_of_the_filter_shown_and_of_the_dispute_compared(tmp_path: Path) -> None:
    of_filter, of_dispute = tmp_path / "filter.md", tmp_path / "dispute.html"
    async with seated(WIDE, BUNDLED) as me:
        await me.command(f"dossier filter {of_filter}")
        assert me.said.startswith("There is no filter")
        await me.command(f"dossier dispute {of_dispute}")
        assert me.said == "No two statements are compared here."
        await me.command("type capture")
        await me.command(f"dossier filter {of_filter}")
        assert me.said.startswith(f"{of_filter} has ")
        assert "type" in of_filter.read_text("utf-8").splitlines()[0]
        await me.press("c", "n")
        assert me.session.location.pane == "compare"
        await me.command(f"dossier dispute {of_dispute}")
        assert me.said.startswith(f"{of_dispute} has ")
    assert "clm_" in of_dispute.read_text("utf-8")


async def test_new_files_are_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "hama-2024.html").touch()
    async with seated(WIDE, BUNDLED) as me:
        rows = _rows(me, "dossier", "")
        assert rows[:4] == [
            "",
            "hama-2024-2.html",
            "reports/hama-2024.html",
            "filter hama-2024-2.html",
        ]
        assert _rows(me, "dossier", "filter re") == [
            "filter re",
            "filter reports/hama-2024.html",
        ]
        formats = _rows(me, "export", "")
        assert formats[:3] == ["", "csv hama-2024.csv", "json hama-2024.json"]
        assert _rows(me, "export", "ge") == ["geojson hama-2024.geojson"]
        assert _rows(me, "export", "ftm ") == ["ftm hama-2024.jsonl", "ftm reports/hama-2024.jsonl"]
        assert _rows(me, "export", "xls x") == ["xls x"]


def _rows(me: Person, command: str, typed: str) -> list[str]:
    """The arguments that are offered for what is typed."""
    found = complete(me.session, BY_ID[command], typed)
    return [str(row.value[1]) for row in found if isinstance(row.value, tuple)]
