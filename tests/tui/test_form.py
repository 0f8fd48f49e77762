"""A form: what is offered is taken by Enter alone, and nothing by leaving a field."""

from tui.session.form import Choice, Field, Form

ONE, OTHER = Choice("one", 1), Choice("other", 2)


def a_form() -> Form:
    form = Form(
        [Field("a", "a", "", needed=True), Field("b", "b", ""), Field("c", "c", "")],
        lambda form, field: None,
    )
    form["a"].propose([ONE, OTHER])
    form["c"].propose([ONE])
    return form


def test_taking_goes_on_to_the_next_offer_and_then_to_the_row_that_saves() -> None:
    form = a_form()
    assert form.take()
    assert (form["a"].value, form.at) == (1, 2)
    assert form.missing is None, "what is offered may be passed over"
    assert form.take()
    assert (form.at, form.field, form.missing) == (3, None, None)


def test_a_quiet_offer_is_shown_and_not_stopped_at() -> None:
    form = Form(
        [Field("a", "a", "", needed=True), Field("b", "b", "", quiet=True)],
        lambda form, field: None,
    )
    form["a"].propose([ONE])
    form["b"].propose([OTHER])
    assert form.take()
    assert form.field is None
    form.move(-1)
    assert (form["b"].offer, form.take(), form["b"].value) == (OTHER, True, 2)


def test_an_offer_that_is_given_back_by_turning_is_told() -> None:
    told: list[object] = []
    form = Form([Field("a", "a", "")], lambda form, field: told.append(field.value))
    form["a"].propose([ONE, OTHER])
    form.put(form["a"], ONE)
    form.turn(form["a"], 1)
    assert (told, form["a"].place) == ([1, None], "2/2")


def test_moving_over_a_field_takes_nothing() -> None:
    form = a_form()
    form.move(1)
    form.move(1)
    assert form["a"].value is None
    assert form.missing is form["a"]


def test_offers_turn_and_a_value_is_given_back_by_turning() -> None:
    form = a_form()
    form["a"].turn(1)
    assert form["a"].offer is OTHER
    assert form.take()
    form["a"].turn(1)
    assert form["a"].value is None


def test_words_that_are_not_read_yet_are_replaced_by_no_offer() -> None:
    form = a_form()
    form["a"].unread = "typed before"
    form["a"].turn(1)
    assert (form["a"].offer, form["a"].place, form.take()) == (None, "", False)
    assert form.missing is form["a"]


def test_an_error_keeps_the_form_from_being_saved() -> None:
    form = a_form()
    form.put(form["a"], ONE)
    form["b"].error = "no"
    assert form.missing is form["b"]


def test_a_draft_has_what_was_filled_in_and_is_read_again_before_it_counts() -> None:
    form = a_form()
    form.go_on_with("")
    assert form.draft() == ""
    form.put(form["b"], Choice("é 27", 27))
    form["c"].unread = "on"
    again = a_form()
    again.go_on_with(form.draft())
    assert (again["b"].unread, again["c"].unread, again["a"].unread) == ("é 27", "on", "")
    assert again["b"].value is None
    assert again.take()
    missing = again.missing
    assert missing is again["b"]
    again.put(again["b"], Choice("27", 27))
    again.put(again["c"], None)
    assert not again.missing
    form.put(form["a"], OTHER)
    offered = a_form()
    offered.go_on_with(form.draft())
    assert offered["a"].value == 2, "what was taken of the offers is there again"
    for other in ("no draft", "[1]", '{"b": 1}'):
        fresh = a_form()
        fresh.go_on_with(other)
        assert fresh.draft() == ""
