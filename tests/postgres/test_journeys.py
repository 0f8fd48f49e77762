"""Journeys of other tests, with the case on a server in place of one in files."""

from pathlib import Path

import pytest

from store.custody.server_cases import copy_of, put_on_server, read_address
from tests.examples import WHOLE
from tests.journeys.test_changes import (
    ana,
    test_a_note_and_its_undo_in_one_burst,
    test_all_is_undone_and_done_again_act_by_act_also_after_a_restart,
    test_no_act_of_a_burst_is_lost,
    test_what_was_done_just_before_quitting_is_done,
)
from tests.journeys.test_log import test_a_key_goes_to_what_was_changed
from tests.journeys.test_withdraw import (
    test_an_actor_whom_claims_name_is_refused_in_one_line,
    test_an_event_goes_once_a_reason_is_given_and_undo_brings_it_back,
    test_every_event_may_go,
    test_words_typed_ahead_are_the_reason_and_never_keys,
)
from tests.postgres.conftest import as_member
from tests.postgres.pg_server import PgServer
from tests.reports import reported

if WHOLE:
    from tests.journeys.test_changes import TestEach as TestEach

__all__ = [
    "ana",
    "test_a_key_goes_to_what_was_changed",
    "test_a_note_and_its_undo_in_one_burst",
    "test_all_is_undone_and_done_again_act_by_act_also_after_a_restart",
    "test_an_actor_whom_claims_name_is_refused_in_one_line",
    "test_an_event_goes_once_a_reason_is_given_and_undo_brings_it_back",
    "test_every_event_may_go",
    "test_no_act_of_a_burst_is_lost",
    "test_what_was_done_just_before_quitting_is_done",
    "test_words_typed_ahead_are_the_reason_and_never_keys",
]


@pytest.fixture
def case(server: PgServer, tmp_path: Path) -> Path:
    """Six reports on one event, in a case on the server that Ana owns."""
    address = as_member(read_address(server.address()), "Ana Nowak")
    put_on_server(reported(tmp_path / "case.json", 6), address)
    return copy_of(address)
