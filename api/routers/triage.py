"""What a caller is asked and told: the answers, the cards they belong to, the instructions read out."""

from uuid import UUID

from fastapi import APIRouter

from api.cards import question_facts, step_row, urgency_row
from api.dependencies import Clinical, TheCentre
from api.hand import TheHand, now
from api.room import Room
from api.schema.answers import Done
from api.schema.rows import Words
from api.schema.triage import (
    Answers,
    AskedRow,
    CardUsed,
    Instructed,
    NewInstruction,
    NewReferral,
    ToldStep,
    Triaged,
    TriageOfCall,
    as_said,
)
from dispatch.cards import Cards
from dispatch.handlers.instruct_call import InstructCall, instruct_call
from dispatch.handlers.refer_call import ReferCall, refer_call
from dispatch.handlers.triage_call import TriageCall, triage_call
from dispatch.policies.triage import judge
from domain.triage import Instruction, Triage

router: APIRouter = Room(prefix="/calls", tags=["calls"])


@router.put("/{call_id}/triage")
def triage(call_id: UUID, body: Answers, hand: TheHand, _: Clinical, centre: TheCentre) -> Triaged:
    """Answers become a determinant. Partial answers are welcome: a life threat sends first.

    Where the call has its incident already, that changes in the same save, or a change is proposed.
    Answers given before the newest that is stored are refused: they were only late.
    """
    # A clock that is fast makes nobody's answers older than they are.
    at = min(body.at, now()) if body.at else None
    command = TriageCall(hand.act(at=at, about=call_id), call_id, body.protocol, as_said(body.answers))
    return Triaged(**centre.order(command, triage_call))


@router.get("/{call_id}/triage")
def triage_of(call_id: UUID, _: Clinical, centre: TheCentre) -> TriageOfCall:
    """The questions exactly as they were asked then, whatever the cards say since."""
    call, cards = centre.desk.log.call(call_id), centre.desk.cards
    return TriageOfCall(
        call_id=str(call_id),
        cards=[_card_used(asked, cards) for asked in call.triages.values()],
        instructions=[_told(each) for each in call.instructions.values()],
    )


@router.post("/{call_id}/instructions", status_code=201)
def instruct(
    call_id: UUID, body: NewInstruction, hand: TheHand, _: Clinical, centre: TheCentre
) -> Instructed:
    """A step is being read to the caller, or was: which, from when to when."""
    end = body.ended_at.isoformat() if body.ended_at else "begun"
    command = InstructCall(
        act=hand.act("instruct_call", call_id, body.id, end, about=call_id),
        call_id=call_id,
        instruction_id=body.id,
        protocol=body.protocol,
        determinant=body.determinant,
        step=body.step,
        began_at=body.began_at,
        ended_at=body.ended_at,
    )
    return Instructed(**centre.order(command, instruct_call))


@router.post("/{call_id}/refer")
def refer(call_id: UUID, body: NewReferral, hand: TheHand, _: Clinical, centre: TheCentre) -> Done:
    """Ask a clinician to look at it."""
    return Done(**centre.order(ReferCall(hand.act(about=call_id), call_id, body.reason), refer_call))


def _card_used(asked: Triage, cards: Cards) -> CardUsed:
    card = cards.version(asked.protocol, asked.version)
    said = judge(card, asked.answers)
    determinant = said.determinant
    return CardUsed(
        protocol=card.id,
        version=card.version,
        title=Words(**card.title),
        signed_off=card.signed_off,
        at=asked.at,
        questions=[
            AskedRow(**question_facts(question), given=asked.answers.get(question.id))
            for question in card.questions
        ],
        determinant=determinant.code,
        determinant_title=Words(**determinant.title),
        priority=determinant.priority,
        urgency=urgency_row(determinant.priority),
        send_now=said.send_now,
        settled=said.settled,
        next_questions=[question.id for question in said.next_questions],
        instructions=[step_row(step) for step in determinant.instructions],
        leads_to=determinant.leads_to,
    )


def _told(each: Instruction) -> ToldStep:
    said = {**each._asdict(), "instruction_id": str(each.instruction_id), "text": Words(**each.text)}
    return ToldStep(**said)
