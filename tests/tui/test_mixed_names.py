"""Names that mix scripts within a word are marked wherever they are listed."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from textual.style import Style

from store.model.vocabulary import ActorKind, SourceKind, Stance
from store.queries.actors import ActorRow
from store.queries.sources import SourceRow
from tests.small import SmallCase
from tests.store.kept import NAMES, put_case
from tui.cli.main import cli
from tui.draw.actors import actor_row, actors_peek
from tui.draw.marks import named
from tui.draw.sources import source_row
from tui.draw.styles import Styles

INK = Styles(*(Style() for _ in Styles._fields))

SEEMS = "H\u0430ma front"
IS = "Hama front"
ARABIC = "لواء حماة 5 (Hama)"


@pytest.mark.parametrize("name", NAMES)
def test_verify_tells_of_such_names_and_calls_the_case_whole(name: str, tmp_path: Path) -> None:
    small = SmallCase()
    for one in (SEEMS, IS, ARABIC):
        small.actor(one)
    case = tmp_path / name
    put_case(case, small.records())
    found = CliRunner().invoke(cli, ["verify", str(case)])
    assert found.exit_code == 0, found.stderr
    whole, *told = found.stdout.splitlines()
    assert ": intact; " in whole
    (line,) = told
    assert line.startswith("actors act_")
    assert line.endswith(f": mixed scripts in its name: {SEEMS}")


def test_the_list_of_actors_has_a_column_for_it_where_one_does(tmp_path: Path) -> None:
    for names, marked in (((SEEMS, IS), True), ((IS, ARABIC), False)):
        small = SmallCase()
        event = small.event("Fall")
        article = small.article("a", "They came.")
        for one in names:
            small.acted(event, article, "They came.", small.actor(one))
        case = small.write(tmp_path / "case.json")
        found = CliRunner().invoke(cli, ["actors", "--case", str(case)])
        assert found.exit_code == 0, found.stderr
        assert ("mixed scripts" in found.stdout) is marked
        assert ("LETTERS" in found.stdout) is marked
        case.unlink()


@pytest.mark.parametrize(("name", "mark"), [(SEEMS, "⚠ "), (IS, ""), (ARABIC, "")])
def test_the_panes_mark_such_a_name(name: str, mark: str) -> None:
    assert named(name) == mark + name
    actor = ActorRow(1, "act_a", name, ActorKind.ARMED_GROUP, ("attacker",), 3, (Stance.ASSERTS,))
    assert f" {mark}{name}" in actor_row(actor, 1, 80, INK, "", wide=False).plain
    assert (
        f" {mark}{name} (attacker)" in actors_peek([actor], wide=False, width=80, styles=INK).plain
    )
    source = SourceRow(1, "src_a", name, SourceKind.OUTLET, 1, 1, "F")
    assert source_row(source, 80, INK, "")[0].plain.startswith(mark + name)
