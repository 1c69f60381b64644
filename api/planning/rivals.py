"""The rivals of a simulation: judged against the city before anybody waits for them."""

from api.planning import limits
from api.planning.choices import AS_THE_CITY_HAS_IT
from api.planning.errors import (
    HospitalNotInCity,
    KindNotInCity,
    NobodyLeft,
    NoHospitalLeft,
    RivalNamedTwice,
    RivalsWanted,
    StationNotInCity,
    TooManyRivals,
    TooMuchSimulated,
    UnitNotInCity,
    UnknownMoveUpRule,
    UnknownPlannedBed,
    UnknownSimulatedPolicy,
)
from api.schema.simulations import NewSimulation, RivalAsked
from domain.city import City
from domain.errors import Refused
from domain.policy_book import POLICIES
from domain.values import BedKind
from simulations.experiment.experiment import Rival
from simulations.rival import MOVE_UPS


def leave_out(
    asked: NewSimulation | RivalAsked,
    fields: tuple[str, ...],
    refusal: type[Refused],
    where: str = "",
) -> None:
    """where : before the name of the field, as whoever sent it knows it"""
    for field in fields:
        said = getattr(asked, field)
        if said is not None and said is not False and said != [] and said != {}:  # 0 is something said
            raise refusal(field=where + field)


def insist_on_size(rivals: int, replications: int, hours: float) -> None:
    if rivals > limits.RIVALS:
        raise TooManyRivals(most=limits.RIVALS)
    whole = rivals * replications * hours
    if whole > limits.SIMULATED_HOURS:
        most = round(limits.SIMULATED_HOURS)
        raise TooMuchSimulated(field="replications", said=round(whole), most=most)


def insist_on_rivals(rivals: list[RivalAsked], city: City) -> None:
    """city : whose units and stations are meant: this one, or that of a model"""
    if not rivals:
        raise RivalsWanted
    for number, rival in enumerate(rivals):
        name, at = rival.name, f"rivals.{number}."
        if name in [before.name for before in rivals[:number]]:
            raise RivalNamedTwice(field=at + "name", rival=name)
        if rival.policy not in (*POLICIES, AS_THE_CITY_HAS_IT):
            known = ", ".join((*POLICIES, AS_THE_CITY_HAS_IT))
            raise UnknownSimulatedPolicy(field=at + "policy", rival=name, policy=rival.policy, known=known)
        if rival.move_up not in MOVE_UPS:
            rules = ", ".join(MOVE_UPS)
            raise UnknownMoveUpRule(field=at + "move_up", rival=name, move_up=rival.move_up, known=rules)
        _insist_on_city(rival, city, at)
        _insist_on_hospitals(rival, [hospital.id for hospital in city.hospitals], at)


def _insist_on_city(rival: RivalAsked, city: City, at: str) -> None:
    """at : before the names of its fields"""
    units, kinds = {unit.callsign for unit in city.units}, {str(unit.kind) for unit in city.units}
    for callsign in rival.without:
        if callsign not in units:
            raise UnitNotInCity(field=at + "without", rival=rival.name, callsign=callsign)
    for station in rival.more:
        if city.station(station) is None:
            raise StationNotInCity(field=at + "more", rival=rival.name, station=station)
    for kind in rival.turnout_s:
        if kind not in kinds:
            known = ", ".join(sorted(kinds))
            raise KindNotInCity(field=at + "turnout_s", rival=rival.name, kind=kind, known=known)
    if not (units - set(rival.without) or rival.more):
        raise NobodyLeft(field=at + "without", rival=rival.name)


def _insist_on_hospitals(rival: RivalAsked, there: list[str], at: str) -> None:
    for field in ("closed", "staffed"):
        for hospital in getattr(rival, field):
            if hospital not in there:
                known = ", ".join(there)
                raise HospitalNotInCity(field=at + field, rival=rival.name, hospital=hospital, known=known)
    if rival.closed and set(there) <= set(rival.closed):
        raise NoHospitalLeft(field=at + "closed", rival=rival.name)
    for kind in (kind for beds in rival.staffed.values() for kind in beds):
        if kind not in set(BedKind):
            kinds = ", ".join(BedKind)
            raise UnknownPlannedBed(field=at + "staffed", rival=rival.name, kind=kind, known=kinds)


def rival(asked: RivalAsked) -> Rival:
    return Rival(
        name=asked.name,
        policy=asked.policy,
        move_up=next(name for name in MOVE_UPS if name == asked.move_up),
        without=tuple(asked.without),
        more=asked.more,
        turnout_s=asked.turnout_s,
        closed=tuple(asked.closed),
        staffed=asked.staffed,
        beds=asked.beds,
        takers=asked.takers,
        lines=asked.lines,
    )
