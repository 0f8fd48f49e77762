"""An analyst takes what was found to a text editor, a browser, a pager."""

import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from tests.journeys.test_changes import ANA, WIDE
from tests.person import Person, seated
from tui.handlers import leave
from tui.session import pieces
from tui.session.clipboard import Copied
from tui.session.settings import remember_author


@pytest.fixture
def case(tmp_path: Path) -> Path:
    remember_author(ANA)
    return Path(shutil.copyfile(BUNDLED, tmp_path / "hama.json"))


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were copied."""
    texts: list[str] = []

    def keep(text: str, file: Path) -> Copied:
        texts.append(text)
        return Copied(f"{len(text)} characters kept by the test")

    monkeypatch.setattr(leave, "copy", keep)
    return texts


async def test_from_a_contradiction_to_both_passages_in_four_keys(
    case: Path, copied: list[str]
) -> None:
    async with seated(WIDE, case) as me:
        await me.press("X", "y")
        assert "both passages, face to face" in me.screen
        await me.press("enter")
        assert me.said.startswith("Copied both passages, face to face: ")
        (text,) = copied
        pair = me.explore.comparing.pair()
        assert pair is not None
        for claim in pair:
            passage = me.session.held("claims", claim).passage  # type: ignore[union-attr]
            words = me.session.held("passages", passage).exact  # type: ignore[union-attr]
            assert f"“{words}”" in text
        assert text.count("SHA-256") == 2


async def test_a_passage_a_citation_and_an_id_are_copied(case: Path, copied: list[str]) -> None:
    async with seated(WIDE, case) as me:
        await me.press("enter", "y", "enter")
        mark = me.explore.article.mark_here()
        assert mark is not None
        view = me.explore.article.view
        assert view is not None
        words = view.text[mark.start - view.start : mark.end - view.start]
        assert copied[-1].startswith(f"“{words}”")
        await me.command("copy citation in bibtex")
        assert copied[-1].startswith("@online{art_")
        await me.press("1")
        await me.command("copy id")
        assert copied[-1] == me.event_id
        await me.command("copy row as json")
        assert f'"id": "{me.event_id}"' in copied[-1]


PIECES_ADDRESS = "tui.session.pieces.address"


async def _open(me: Person) -> str:
    await me.press("o")
    return me.said


async def test_an_address_is_opened_by_its_argument_or_shown_whole(
    case: Path, copied: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[str, ...]] = []
    url = "https://zed.example/" + "a" * 150
    monkeypatch.setattr(PIECES_ADDRESS, lambda session, place: url)
    monkeypatch.setattr(leave, "browser", lambda environ: "opener")

    def start(command: tuple[str, ...]) -> bool:
        started.append(command)
        return True

    monkeypatch.setattr(leave, "_started", start)
    async with seated(WIDE, case) as me:
        assert await _open(me) == "Gave the address to opener."
        assert started == [("opener", url)]
        monkeypatch.setattr(leave, "browser", lambda environ: "")
        await me.press("o")
        assert "No browser can be started here." in me.screen
        await me.press("enter")
        assert copied == [url]
        monkeypatch.setattr(
            "tui.session.pieces.address", lambda session, place: "javascript:alert(1)"
        )
        assert await _open(me) == "This article has no address of the web."
        assert len(started) == 1


async def test_the_pager_gets_shown_text_by_its_arguments(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    pager = tmp_path / "pager"
    pager.write_text(f'#!/bin/sh\n[ "$LESSSECURE" = 1 ] && cat > {seen}\n')
    pager.chmod(0o700)
    monkeypatch.setenv("PAGER", f"'{pager}' --plain")
    async with seated(WIDE, case) as me:
        monkeypatch.setattr(type(me.app), "suspend", lambda self: nullcontext())
        await me.press("V")
        assert "Rebel offensive of November 2024" in seen.read_text()
        assert "SHA-256" in seen.read_text()
        monkeypatch.setattr(pieces, "MOST_CLAIMS", 3)
        await me.press("V")
        assert seen.read_text().count("•") == 3
        assert "more claims; :dossier writes all" in seen.read_text()
        await me.press("enter", "V")
        title = me.explore.article.view.title  # type: ignore[union-attr]
        assert title in seen.read_text()
        monkeypatch.setenv("PAGER", "'unclosed")
        await me.press("V")
        assert "quotation marks" in me.said
        monkeypatch.setenv("PAGER", "no-such-pager")
        await me.press("V")
        assert "not installed" in me.said
