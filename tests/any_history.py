"""Any list of whole numbers is a legal history, and a short list is a short history."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar
from uuid import uuid5

from domain.call_errors import NoCallLeft
from domain.traffic import Closure, Slowing, SpeedReport, Stretch
from domain.values import Duty, Milestone, Position
from tests.histories import ED, ICU, SPACE, World

T = TypeVar("T")


def history(choices: Iterable[int]) -> World:
    world = World()
    for callsign in world.callsigns:
        world.sign(callsign)
    for choice in choices:
        step(world, choice)
    return world


def step(world: World, choice: int) -> None:
    """One act. Where the act that was chosen has nobody to do it with, the next one that has is done."""
    choice, place = divmod(choice * 2_654_435_761 % 2**32, len(VERBS))
    world.wait(seconds=1 + choice % 97)
    before = len(world.saves)
    for verb in VERBS[place:] + VERBS[:place]:
        verb(world, choice)
        if len(world.saves) > before:
            return


def pick(things: Iterable[T], choice: int) -> list[T]:
    """One of them, or none where there are none."""
    found = list(things)
    return [found[choice % len(found)]] if found else []


def _call(world: World, choice: int) -> None:
    place = Position(10.75 + choice % 50 / 1000, 106.65) if choice % 2 else None
    world.call(
        f"than phiền {choice % 10}", position=place, address="12 Lý Thường Kiệt" if choice % 3 else None
    )


def _answer(world: World, choice: int) -> None:
    for call in pick(world.calls, choice):
        match choice % 8:
            case 0:
                world.close_call(call, outcome=(None, "advice_only")[choice // 8 % 2])
            case 1:
                world.locate(call, Position(10.76, 106.66 + choice % 50 / 1000))
            case 2 | 3:
                world.triage(call, (None, "P1", "P2", "P3")[choice % 4])
            case 4 if world.incidents:
                world.join(call, *pick(world.incidents, choice // 8))
            case _:
                world.open(call, ("P1", "P2", "P3")[choice % 3])


def _talk(world: World, choice: int) -> None:
    """What is said of calls besides what becomes of them."""
    for call in pick(world.calls, choice):
        match choice % 5:
            case 3:
                world.refer(call)
            case 4:
                world.instruct(call, bool(choice // 5 % 2))
            case 0:
                world.claim(call, ("linh", "lan")[choice // 3 % 2])
            case 1:
                world.suspect(call)
            case _:
                world.raise_call(call)
    number = f"+8490000000{choice % 3}"
    match choice // 7 % 4:
        case 0 | 1:
            world.miss(number)
        case 2:
            world.ring(number)
        case _:
            world.call_back(number, bool(choice // 28 % 2))


def _mend(world: World, choice: int) -> None:
    """What was one is two, or the other way round; and a place is doubted, or sure."""
    open_ids = {incident.id for incident in world.incidents}
    match choice % 4:
        case 0:
            several = {incident.id for incident in world.incidents if len(incident.call_ids) > 1}
            for call in pick([call for call in world.joined if call.incident_id in several], choice // 4):
                world.separate(call)
        case 1 if len(world.incidents) > 1:
            incident, into = (world.incidents * 2)[choice // 4 % len(world.incidents) :][:2]
            world.merge(incident, into)
        case 2:
            for incident, into in pick(
                [pair for pair in world.merged if pair[1].id in open_ids], choice // 4
            ):
                with suppress(NoCallLeft):
                    world.unmerge(incident, into)
        case _:
            for incident in pick(world.incidents, choice // 4):
                if incident.place_doubted or choice % 3:
                    world.confirm_place(incident)
                else:
                    world.say_place(incident, bool(choice // 12 % 2))


def _send(world: World, choice: int) -> None:
    free = [unit for unit in world.units.values() if unit.run_id is None and unit.duty == Duty.ON_DUTY]
    for unit in pick(free, choice):
        sure = [incident for incident in world.incidents if not incident.place_doubted]
        for incident in pick(sure, choice // 3):
            hospital_id = (None, *world.hospital_ids)[choice % (len(world.hospital_ids) + 1)]
            bed_kind = (ED, ICU, None)[choice % 5 % 3] if hospital_id else None
            world.send(unit.callsign, incident, hospital_id, bed_kind)


def _progress(world: World, choice: int) -> None:
    for run in pick(world.runs, choice):
        milestone = run.allowed()[choice // 7 % len(run.allowed())]
        if milestone in (Milestone.DECLINED, Milestone.STOOD_DOWN) and choice % 3:
            milestone = run.allowed()[0]
        late = timedelta(seconds=choice % 40 if choice % 4 == 0 else 0)
        world.progress(run, milestone, at=max(run.times[run.milestone], world.now - late))


def _redirect(world: World, choice: int) -> None:
    before_arrival = [
        run for run in world.runs if run.milestone not in (Milestone.AT_HOSPITAL, Milestone.HANDED_OVER)
    ]
    for run in pick(before_arrival, choice):
        hospital_id = (None, *world.hospital_ids)[choice // 2 % (len(world.hospital_ids) + 1)]
        world.redirect(run, hospital_id, (ED, ICU)[choice % 2] if hospital_id else None)


def _correct(world: World, choice: int) -> None:
    for run in pick(world.all_runs[-20:], choice):
        for milestone in pick(run.times, choice // 3):
            before = list(run.times)[: list(run.times).index(milestone) + 1][-2:][0]
            between = run.times[before] + (run.times[milestone] - run.times[before]) / 2
            world.correct(run, Milestone(milestone), between)


def _beds(world: World, choice: int) -> None:
    for hospital_id, kind in pick(world.ledgers, choice):
        occupied, blocked = choice % 3, choice // 3 % 2
        world.count_beds(hospital_id, kind, occupied + blocked + choice // 5 % 3, occupied, blocked)


def _hospital(world: World, choice: int) -> None:
    for hospital_id in pick(world.hospital_ids, choice):
        match choice // 2 % 4:
            case 0:
                world.divert(hospital_id, hours=1 + choice % 5, services=("stroke",) if choice % 3 else ())
            case 1 if world.hospitals[hospital_id].diverting_until is not None:
                world.end_diversion(hospital_id)
            case _:
                world.wait(minutes=choice % 45)
                world.expire(hospital_id)


def _incident(world: World, choice: int) -> None:
    for incident in pick(world.incidents, choice):
        match choice % 6:
            case 0:
                world.reprioritise(incident, ("P1", "P2")[choice // 6 % 2])
            case 1:
                world.relocate(incident, Position(10.7, 106.7 + choice % 9 / 100))
            case 2:
                world.note(incident)
            case 3 if choice // 6 % 2:
                world.ring_back(incident, ("worse", "no_answer")[choice // 12 % 2])
            case 3:
                world.retriage(incident, ("P1", "P2", "P3")[choice // 12 % 3])
            case _ if not incident.serving and choice % 2:
                world.close(incident, outcome=(None, "referred")[choice // 6 % 2])


def _duty(world: World, choice: int) -> None:
    for unit in pick((unit for unit in world.units.values() if unit.run_id is None), choice):
        duty = (Duty.ON_DUTY, Duty.ON_DUTY, Duty.OFF_DUTY, Duty.OUT_OF_SERVICE)[choice // 2 % 4]
        world.sign(unit.callsign, duty, None if duty == Duty.ON_DUTY else "hết ca")


def _roads(world: World, choice: int) -> None:
    street = Stretch("line", ((10.76, 106.66), (10.76 + choice % 5 / 1000 + 0.001, 106.66)))
    its_id, until = uuid5(SPACE, f"street {choice % 4}"), world.now + timedelta(minutes=1 + choice % 90)
    closure = Closure(its_id, street, "ngập", until=until if choice % 3 else None)
    slowing = Slowing(uuid5(SPACE, f"jam {choice % 3}"), street, 0.5, "kẹt xe", until)
    report = SpeedReport(street, float(choice % 60), world.now - timedelta(seconds=choice % 600))
    traffic = world.roads.traffic
    match choice // 5 % 7:
        case 0:
            world.close_street(closure)
        case 1:
            world.slow_street(slowing)
        case 2:
            world.report_speeds((report,) * (1 + choice % 3))
        case 3:
            for standing in pick(traffic.closures, choice):
                world.reopen_street(standing.closure_id)
        case 4:
            for slow in pick(traffic.slowings, choice):
                world.end_slowing(slow.slowing_id)
        case 5:
            world.replace_traffic((*traffic.closures[1:3], closure)[-1:], (slowing,), (report,))
        case _:
            world.wait(minutes=choice % 60)
            world.expire_traffic()


VERBS: tuple[Callable[[World, int], None], ...] = (
    *(_duty, _beds, _hospital, _roads, _incident, _talk, _mend, _correct, _redirect),
    *(_progress, _progress, _progress, _progress, _progress, _progress),
    *(_send, _send, _answer, _answer, _call),
)
"""In the order of what needs what: nobody to redirect -> a run to progress -> somebody to send -> a call."""
