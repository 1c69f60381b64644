"""Words of orders that send units: one, a whole plan, the next of an offer, or by itself."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from dispatch.advice_behind import Advised
from dispatch.advise import Need, advise
from dispatch.handlers.assign_unit import AssignUnit
from dispatch.policies.swaps import TAKEABLE
from domain.decision import Decision
from domain.incident import Incident
from domain.offer import Offer
from domain.run import Run
from domain.unit import Unit
from domain.values import Duty
from tests.builders import HERE, a_hospital_now, a_unit_now, an_id
from tests.drawn.chooser import Chooser
from tests.drawn.incidents import auto_of, goes_on
from tests.drawn.words import Fit, Said, Word, fresh, mostly, one
from tests.drawn.world import ED, World
from tests.fakes import StillPicture


def free(unit: Unit) -> bool:
    return unit.run_id is None and unit.duty == Duty.ON_DUTY


def named(fits: Any) -> Fit[Unit]:
    """A unit, by its callsign."""
    return Fit(World.units, fits, lambda unit: unit.callsign, lambda world: "X9")


# --- the advice behind it -------------------------------------------------------------------------


def _decision(world: World, chooser: Chooser, said: Said) -> UUID | None:
    """A new one, one that was taken before, or none."""
    known = world.newest(Decision, 1)
    old = known[0].id if known and chooser.seldom() else None
    return old or chooser.one_of([None, world.fresh("decision"), None])


def _advice(world: World, chooser: Chooser, said: Said) -> Any:
    """As the desk would give it on the fleet as it stands, where the order names a decision."""
    incident = world.find(Incident, said.get("incident_id"))
    decision_id = said.get("decision_id")
    if decision_id is None or incident is None:
        return None
    fleet = [
        a_unit_now(
            unit.callsign,
            unit_id=str(unit.id),
            kind=unit.kind,
            capabilities=unit.capabilities,
            duty=unit.duty,
            incident_number=unit.incident_number,
            position=HERE,
            position_at=world.now,
        )
        for unit in world.units()
    ]
    hospitals = [a_hospital_now(hospital.hospital_id) for hospital in world.hospitals()]
    need = Need(str(incident.id), incident.position, incident.needs, incident.priority, incident.patients)
    advice = advise(need, StillPicture(fleet, hospitals), world.desk, world.now, decision_id)
    return advice.written(world.desk).letters()


def _advised(world: World, chooser: Chooser, said: Said) -> Advised | None:
    callsigns = [unit.callsign for unit in world.units() if free(unit)]
    arrivals = {callsign: 60.0 * place for place, callsign in enumerate(callsigns)}
    return chooser.one_of([None, Advised([callsigns], arrivals, insist=bool(chooser.number() % 2))])


# --- orders within orders -------------------------------------------------------------------------


def sending(
    world: World, chooser: Chooser, said: Said, incident_id: UUID, callsign: str, number: int = 0
) -> AssignUnit:
    """As a part of another order: by its act, with no advice of its own."""
    kind = chooser.one_of([ED, None, ED])
    return AssignUnit(
        act=said["act"],
        run_id=an_id(f"run {world.count} {number}"),
        incident_id=incident_id,
        unit=callsign,
        hospital_id=chooser.one_of(world.hospital_names),
        bed_kind=kind,
        decision_id=None,
        override_reason=None,
        advice=None,
        eta_s=chooser.one_of([240.0, None]),
        confirm_place=not chooser.seldom(),
        turn=1 + number,
    )


def _each(world: World, chooser: Chooser, said: Said, callsigns: Sequence[str]) -> tuple[AssignUnit, ...]:
    return tuple(
        sending(world, chooser, said, said["incident_id"], callsign, number)
        for number, callsign in enumerate(callsigns)
    )


def _response(world: World, chooser: Chooser, said: Said) -> tuple[AssignUnit, ...]:
    """One or two who are free, seldom nobody or whoever."""
    free_now = [unit.callsign for unit in world.units() if free(unit)]
    callsigns = world.unit_names if chooser.seldom() else free_now
    return _each(world, chooser, said, callsigns[: chooser.one_of([2, 1])])


def _proposed(world: World, chooser: Chooser, said: Said) -> tuple[AssignUnit, ...]:
    incident = world.find(Incident, said["incident_id"])
    auto = auto_of(incident, world) if incident is not None else None
    return _each(world, chooser, said, auto.callsigns if auto is not None else ())


def _next_in_turn(world: World, chooser: Chooser, said: Said) -> tuple[AssignUnit, ...]:
    run = world.find(Run, said["run_id"])
    if run is None:
        return ()
    callsigns = [unit.callsign for unit in world.units() if free(unit)][: chooser.one_of([2, 1, 0])]
    return tuple(
        sending(world, chooser, said, run.incident_id, callsign, number)
        for number, callsign in enumerate(callsigns)
    )


def _serving(world: World, chooser: Chooser, said: Said) -> tuple[UUID, ...]:
    run = world.find(Run, said["run_id"])
    incident = world.find(Incident, run.incident_id) if run is not None else None
    return tuple(incident.serving) if incident is not None else ()


def _unanswered(run: Run, world: World, said: Said) -> bool:
    offer = world.find(Offer, Offer.create_id(run.id))
    return offer is not None and offer.is_open and run.milestone == "assigned"


def _unsettled(run: Run, world: World, said: Said) -> bool:
    offer = world.find(Offer, Offer.create_id(run.id))
    return offer is not None and not offer.settled and run.is_over


def _due(run: Run, world: World, said: Said) -> bool:
    offer = world.find(Offer, Offer.create_id(run.id))
    return offer is not None and run.milestone == "assigned" and offer.is_due(world.now)


# --- whom to take from what -----------------------------------------------------------------------


def _wanted_more(run: Run, world: World) -> list[Incident]:
    """Incidents more urgent than the one a run is bound for."""
    bound = world.find(Incident, run.incident_id)
    if bound is None or run.milestone not in TAKEABLE:
        return []
    return [each for each in world.newest(Incident) if goes_on(each) and each.priority < bound.priority]


def _taking(run: Any, world: World, chooser: Chooser, said: Said) -> AssignUnit:
    """The unit of that run goes to something more urgent, if there is anything."""
    wanted = _wanted_more(run, world) if isinstance(run, Run) else world.newest(Incident)
    to = chooser.one_of(wanted).id if wanted else an_id("no incident")
    callsign = run.callsign if isinstance(run, Run) else chooser.one_of(world.unit_names)
    return sending(world, chooser, said, to, callsign)


may_be_taken: Fit[Run] = Fit(
    lambda world: world.newest(Run),
    lambda run, world, said: _wanted_more(run, world),
    lambda run: run,
    then=_taking,
)

WORDS: dict[str, Word] = {
    "AssignUnit.run_id": fresh("run"),
    "unit": named(lambda unit, world, said: free(unit)),
    "decision_id": _decision,
    "advice": _advice,
    "advised": _advised,
    "turn": mostly(1, 2),
    "AssignUnit.hospital_id": lambda world, chooser, said: chooser.one_of(
        [*world.hospital_names * 2, None, "nowhere" if chooser.seldom() else None]
    ),
    "SendResponse.response_id": fresh("response"),
    "SendResponse.orders": _response,
    "runs": mostly(()),
    "said": mostly(()),
    "PreemptUnit.order": may_be_taken,
    "TakeByMoving.run_id": one(Run, _unanswered),
    "LapseOffer.run_id": one(Run, _due),
    "PassOnOffer.run_id": one(Run, _unsettled),
    "PassOnOffer.orders": _next_in_turn,
    "serving": _serving,
    "callsigns": lambda world, chooser, said: tuple(
        unit.callsign for unit in world.units() if chooser.seldom() or free(unit)
    )[: chooser.one_of([1, 2])],
    "SendByItself.orders": _proposed,
    "bedless": _proposed,
}
