"""The form in which a claim is edited: its fields as they are."""

from store.coding.typed_chain import ARROW, Chain
from store.coding.typed_values import TypedValue
from store.model.records import Claim
from tui.session.claim_form import (
    blank_claim_form,
    chain_choice,
    kind_choice,
    stance_choice,
)
from tui.session.coding import Coder
from tui.session.form import Choice, Form


def claim_edit_form(coder: Coder, claim: Claim) -> Form:
    """A form with the fields of a claim as they are. Asks the case for names."""
    form = blank_claim_form()
    form.put(form["subject"], Choice(coder.title(claim.subject), claim.subject))
    form.put(form["kind"], kind_choice(claim.kind))
    if claim.value is not None:
        form["value"].put(Choice(coder.value_words(claim.value), TypedValue(claim.value)))
    if claim.as_of is not None:
        form["as_of"].put(Choice(coder.value_words(claim.as_of), claim.as_of))
    form["stance"].put(stance_choice(claim.stance))
    if claim.chain:
        names = tuple(map(coder.title, claim.chain))
        form["chain"].put(chain_choice(Chain(claim.chain, names), ARROW.join(names)))
    for key, words in (("scope", claim.scope), ("note", claim.note)):
        form[key].put(Choice(words, words) if words else None)
    return form
