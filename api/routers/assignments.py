"""How assignments go on: offers answered, prompts confirmed, steps undone, and the states there are."""

from uuid import UUID

from api import lens
from api.accounts.guard import SignedIn, insist_on_hospital, insist_on_unit
from api.accounts.roles import Account, Role
from api.centre import Centre
from api.dependencies import Anybody, Desk, FieldWorker, TheCentre
from api.hand import TheHand
from api.room import Room
from api.schema import answers
from api.schema.assignments import (
    NewPrompt,
    OfferAnswer,
    OutcomeRow,
    PromptAnswer,
    PromptOfRun,
    RunCourse,
    StateRow,
    Undoing,
)
from api.schema.rows import Words
from dispatch.handlers.answer_prompt import AnswerPrompt, answer_prompt
from dispatch.handlers.raise_prompt import RaisePrompt, raise_prompt
from dispatch.handlers.report_milestone import ReportMilestone, report_milestone
from dispatch.handlers.undo_step import UndoStep, undo_step
from domain.assignment_errors import NoOffer, NothingToPrompt
from domain.errors import UnknownRun
from domain.run_course import ENDS, NEXT
from projections.assignment_words import ALARM_OUTCOMES, RUN_OUTCOMES
from projections.words import MILESTONES

router = Room(tags=["assignments"])


@router.get("/run-course")
def run_course(_: SignedIn) -> RunCourse:
    """The states of an assignment, what may follow each, and how it may end: no screen keeps its own."""
    return RunCourse(
        states=[
            StateRow(
                milestone=state.value,
                label=Words(**MILESTONES[state]),
                next=[each.value for each in following],
                over=state in ENDS,
            )
            for state, following in NEXT.items()
        ],
        outcomes=[OutcomeRow(outcome=code, label=Words(**label)) for code, label in RUN_OUTCOMES.items()],
        alarm_outcomes=[
            OutcomeRow(outcome=code, label=Words(**label)) for code, label in ALARM_OUTCOMES.items()
        ],
    )


@router.post("/runs/{run_id}/answer")
def answer_offer(
    run_id: UUID, body: OfferAnswer, hand: TheHand, account: Anybody, centre: TheCentre
) -> answers.MilestoneReported:
    """A crew takes or declines what it is offered, or the hospital does so for its station."""
    run = centre.desk.log.run(run_id)
    row = centre.row("runs", str(run_id)) or {}
    insist_on_station_or_unit(account, run.callsign, centre)
    if row.get("offer") is None:
        raise NoOffer(callsign=run.callsign, status=run.milestone)
    command = ReportMilestone(
        act=hand.act("answer", run_id, body.answer, at=body.at, about=run_id),
        run_id=run_id,
        milestone=body.answer,
        position=None,
        reason=body.reason,
    )
    return answers.MilestoneReported(**centre.order(command, report_milestone))


@router.get("/prompts")
def prompts(account: SignedIn, centre: TheCentre) -> list[PromptOfRun]:
    """What the positions say of runs under way, and nobody confirmed or dismissed yet; the oldest first."""
    rows = lens.through(account, "runs", [row for row in centre.views.rows("runs") if row.get("prompt")])
    asked = [
        PromptOfRun(
            **row["prompt"], run_id=row["id"], incident_id=row["incident_id"], callsign=row["callsign"]
        )
        for row in rows
    ]
    return sorted(asked, key=lambda prompt: (prompt.seen_at, prompt.id))


@router.post("/runs/{run_id}/prompts", status_code=201)
def ask(run_id: UUID, body: NewPrompt, hand: TheHand, _: Desk, centre: TheCentre) -> answers.Done:
    """A unit came or went by its positions: people are asked. Found again it is not asked again."""
    act = hand.act("raise_prompt", body.prompt_id, at=body.at, about=run_id)
    command = RaisePrompt(act, body.prompt_id, run_id, body.move, body.position.position())
    return answers.Done(**centre.order(command, raise_prompt))


@router.post("/runs/{run_id}/prompt/confirm")
def confirm(
    run_id: UUID, body: PromptAnswer, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> answers.Done:
    """Yes: the milestone is reported with the time of the arrival, not of the click."""
    return _answered(run_id, body, True, hand, account, centre)


@router.post("/runs/{run_id}/prompt/dismiss")
def dismiss(
    run_id: UUID, body: PromptAnswer, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> answers.Done:
    """No: it was a red light, or another car."""
    return _answered(run_id, body, False, hand, account, centre)


@router.post("/runs/{run_id}/undo")
def undo(run_id: UUID, body: Undoing, hand: TheHand, account: FieldWorker, centre: TheCentre) -> answers.Done:
    """Take the last step back, with all that followed from it. Nothing is deleted.

    Name the step (`of`) that the run's row offers in `undo`, and sending the order twice is safe.
    """
    insist_on_unit(account, centre.desk.log.run(run_id).callsign)
    of = None if body.of == "last" else body.of
    act = hand.act(*(("undo", run_id, of) if of is not None else ()), about=run_id)
    return answers.Done(**centre.order(UndoStep(act, run_id, of, body.reason), undo_step))


def _answered(
    run_id: UUID, body: PromptAnswer, confirmed: bool, hand: TheHand, account: Account, centre: Centre
) -> answers.Done:
    row = centre.row("runs", str(run_id))
    if row is None:
        raise UnknownRun(run_id=run_id)
    insist_on_unit(account, row["callsign"])
    prompt_id = body.prompt_id or (UUID(row["prompt"]["id"]) if row.get("prompt") else None)
    if prompt_id is None:
        raise NothingToPrompt(callsign=row["callsign"])
    act = hand.act("answer_prompt", prompt_id, about=run_id)
    command = AnswerPrompt(act, run_id, prompt_id, confirmed, body.reason)
    return answers.Done(**centre.order(command, answer_prompt))


def insist_on_station_or_unit(account: Account, callsign: str, centre: Centre) -> None:
    """The crew itself, the desk, or the hospital its station belongs to.

    Raises NotYourUnit, NotYourHospital.
    """
    if account.role is not Role.HOSPITAL:
        insist_on_unit(account, callsign)
        return
    unit = centre.desk.log.unit(callsign)
    station = centre.desk.stations.get(unit.station_id)
    insist_on_hospital(account, (station.hospital if station else None) or unit.station_id)
