"""A dossier is written from the screen, of the event at hand, and of what the cursor is on."""

from pathlib import Path

from seeds.bundled import BUNDLED
from tests.journeys.test_changes import WIDE
from tests.person import seated


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
