"""How a call or an incident came out is a word from a short list, and stands beside the reason."""

from uuid import UUID

import pytest

from dispatch.handlers.close_call import CloseCall, close_call
from dispatch.handlers.close_incident import CloseIncident, close_incident
from domain.errors import BadText
from domain.outcome import TITLES, Outcome
from domain.triage_errors import BadOutcome, ReasonOrOutcome
from tests.builders import Room, an_act


def close(room: Room, call_id: UUID, reason: str | None, outcome: str | None = None) -> None:
    room.carry_out(CloseCall(an_act(), call_id, reason, outcome), close_call)


def test_a_call_ends_with_advice_alone_and_says_so():
    room = Room()
    call_id = room.call()
    close(room, call_id, "Uống nước, theo dõi tại nhà", "advice_only")
    call = room.log.call(call_id)
    assert (call.outcome, call.closed_reason) == ("advice_only", "Uống nước, theo dõi tại nhà")


def test_an_outcome_alone_is_reason_enough():
    room = Room()
    call_id = room.call()
    close(room, call_id, None, "nuisance")
    assert room.log.call(call_id).closed_reason == TITLES[Outcome.NUISANCE]["vi"]


def test_a_reason_alone_leaves_the_outcome_open_as_before():
    room = Room()
    call_id = room.call()
    close(room, call_id, "gọi nhầm")
    assert room.log.call(call_id).outcome is None


def test_an_incident_has_an_outcome_too():
    room = Room()
    incident_id = room.incident()
    order = CloseIncident(an_act(), incident_id, None, "self_transport")
    room.carry_out(order, close_incident)
    assert room.log.incident(incident_id).outcome == "self_transport"


@pytest.mark.parametrize(
    ("reason", "outcome", "refusal"),
    [("x", "gone fishing", BadOutcome), (None, None, ReasonOrOutcome), (" ", None, BadText)],
)
def test_neither_reason_nor_outcome_or_a_made_up_one_is_refused(reason, outcome, refusal):
    room = Room()
    call_id = room.call()
    with pytest.raises(refusal):
        close(room, call_id, reason, outcome)
    assert room.log.call(call_id).closed_reason is None


def test_every_outcome_has_words_in_both_languages():
    assert set(TITLES) == set(Outcome)
    assert all(title["vi"] and title["en"] for title in TITLES.values())
