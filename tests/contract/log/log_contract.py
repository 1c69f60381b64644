"""What every log must keep, whatever it is stored in. Each kind of log runs all of it."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from time import sleep
from typing import Any
from uuid import UUID

import pytest

from dispatch.application import DispatchLog
from dispatch.commands import Answer, carry_out
from dispatch.faults import IntegrityError
from dispatch.handlers.assign_unit import assign_unit
from domain.base import Aggregate
from domain.bed_ledger import BedLedger
from domain.call import Call
from domain.decision import Decision
from domain.errors import NoBedFree, Refused, UnitBusy
from domain.incident import Incident
from domain.letters import Letters
from domain.unit import Unit
from domain.values import Act, Needs, Position
from tests.builders import (
    HERE,
    NOON,
    Room,
    a_call,
    a_hospital,
    a_ledger,
    a_run,
    a_unit,
    an_act,
    an_id,
    an_incident,
    minutes,
    no_pause,
)

RIVALS = 16
ODD_TEXT = "Ngõ 3/12, “Hẻm Ma” – bà Tư ở lầu 2\n\tcổng sắt 🚑 'đơn' \\ \"kép\" {ngoặc} ệ e\u0323\u0302"


class LogContract:
    """Subclasses give a `log`, fresh for each test."""

    @pytest.fixture
    def log(self) -> Iterator[DispatchLog]:
        raise NotImplementedError

    # --- saving -------------------------------------------------------------------------------

    def test_an_empty_log_stands_at_nought(self, log: DispatchLog) -> None:
        assert log.position() == 0
        assert log.select(1, 10) == []

    def test_facts_get_consecutive_places_in_the_order_of_the_save(self, log: DispatchLog) -> None:
        seq = log.record(a_unit("C1"), a_call(), a_ledger())
        topics = [type(fact).TOPIC for _, fact in log.select(1, 10)]
        assert topics == ["Unit.Commissioned", "Unit.WentOnDuty", "Call.Received", "BedLedger.Opened"]
        assert [place for place, _ in log.select(1, 10)] == [1, 2, 3, 4]
        assert seq == log.position() == 4

    def test_many_facts_put_away_at_once_stand_in_their_order(self, log: DispatchLog) -> None:
        """As a simulated night does, a thousand calls in one breath."""
        log.record(a_unit("C0"))
        begin = log.position()
        units = [a_unit(f"C{number}") for number in range(1, 200)]
        letters = [log.mapper.to_stored_event(fact) for unit in units for fact in unit.collect_events()]
        places = log.recorder.insert_events(letters)
        assert list(places or ()) == list(range(begin + 1, begin + 1 + len(letters)))
        told = log.recorder.select_notifications(begin + 1, len(letters) + 1)
        assert [(each.originator_id, each.state) for each in told] == [
            (each.originator_id, each.state) for each in letters
        ]
        assert log.unit("C199").callsign == "C199"
        twice = [log.mapper.to_stored_event(fact) for fact in a_unit("D1").collect_events()][:1] * 200
        for again in (letters, letters[-1:], twice):
            with pytest.raises(IntegrityError):
                log.recorder.insert_events(again)
        assert log.position() == begin + len(letters)

    def test_a_save_that_loses_one_race_stores_nothing_of_it(self, log: DispatchLog) -> None:
        log.record(a_unit("C1"))
        mine, theirs = log.unit("C1"), log.unit("C1")
        theirs.assign(an_id("theirs"), an_id(), 1, an_act())
        log.record(theirs)
        stood = log.position()
        incident, run, ledger = an_incident(an_id("incident")), a_run(an_id("run")), a_ledger()
        mine.assign(an_id("run"), incident.id, 2, an_act())
        with pytest.raises(IntegrityError):
            log.record(incident, run, mine, ledger)
        assert log.position() == stood
        assert log.find(Incident, incident.id) is None
        assert log.find(BedLedger, ledger.id) is None
        assert log.unit("C1").run_id == an_id("theirs")

    def test_two_things_cannot_begin_under_one_id(self, log: DispatchLog) -> None:
        log.record(a_call(an_id("shared")))
        with pytest.raises(IntegrityError):
            log.record(an_incident(an_id("shared")))
        assert log.taken(an_id("shared"))
        assert not log.taken(an_id("another"))

    def test_what_goes_by_another_kind_of_thing_is_not_found(self, log: DispatchLog) -> None:
        log.record(a_call(an_id("a call")))
        assert log.find(Incident, an_id("a call")) is None
        assert log.find(Call, an_id("a call")) is not None

    def test_who_follows_the_log_is_told_of_each_save(self, log: DispatchLog) -> None:
        told = threading.Event()
        ready = threading.Event()

        def follow() -> None:
            with log.saved:
                ready.set()
                if log.saved.wait(timeout=5):
                    told.set()

        follower = threading.Thread(target=follow)
        follower.start()
        ready.wait(5)
        log.record(a_unit("C1"))
        follower.join()
        assert told.is_set()

    # --- reading ------------------------------------------------------------------------------

    @pytest.mark.parametrize(
        ("start", "limit", "stop", "places"),
        [
            (1, 100, None, [1, 2, 3, 4, 5, 6]),
            (0, 100, None, [1, 2, 3, 4, 5, 6]),
            (3, 2, None, [3, 4]),
            (2, 100, 4, [2, 3, 4]),
            (2, 2, 4, [2, 3]),
            (6, 100, None, [6]),
            (7, 100, None, []),
            (4, 100, 3, []),
            (1, 0, None, []),
            (1, -1, None, []),
        ],
    )
    def test_a_range_holds_its_first_and_its_last_place(
        self, log: DispatchLog, start: int, limit: int, stop: int | None, places: list[int]
    ) -> None:
        log.record(*(a_unit(f"C{number}", on_duty=False) for number in range(1, 7)))
        chosen = log.select(start, limit, stop)
        assert [place for place, _ in chosen] == places
        assert [fact.callsign for _, fact in chosen] == [f"C{place}" for place in places]  # type: ignore[attr-defined]

    def test_every_value_comes_back_as_it_went_in(self, log: DispatchLog) -> None:
        nepal = timezone(timedelta(hours=5, minutes=45))
        act = Act(
            datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=nepal),
            datetime(2026, 3, 2, 6, 16, tzinfo=UTC),
            "điều_phối",
            an_id("order"),
            an_id("emergency"),
        )
        needs = Needs(("ALS", "transport", "neonatal"), None, "stroke")
        where = Position(10.776912345678901, 106.70091234567891)
        call = Call(
            phone="115", caller_name=None, position=None, address=ODD_TEXT, complaint=ODD_TEXT,
            act=act, call_id=an_id("call"),
        )  # fmt: skip
        incident = Incident(
            number=1, call_id=call.id, position=where, address=None, complaint=ODD_TEXT, determinant=None,
            priority="P2", patients=3, needs=needs, act=act, incident_id=an_id("incident"),
        )  # fmt: skip
        log.record(call, incident)
        (_, received), (_, opened) = log.select(1, 10)
        assert isinstance(received, Call.Received)
        assert isinstance(opened, Incident.Opened)
        assert received.act == opened.act == act
        assert received.act.at.utcoffset() == timedelta(hours=5, minutes=45)
        assert (received.complaint, received.address, received.position) == (ODD_TEXT, ODD_TEXT, None)
        assert (opened.position, opened.needs, opened.patients) == (where, needs, 3)
        assert isinstance(opened.needs.capabilities, tuple)
        assert opened.call_id == call.id
        assert opened.timestamp == act.heard_at

    def test_advice_in_letters_comes_back_to_the_letter(self, log: DispatchLog) -> None:
        letters = Letters.of('{"units":[{"callsign":"C1","eta_s":241.70000000000002,"vi":"đường \\"bộ\\""}]}')
        decision = Decision(
            decision_id=an_id("d"), incident_id=an_id(), run_id=an_id(), advice=letters, act=an_act()
        )
        log.record(decision)
        stored = log.decision(decision.id)
        assert stored is not None
        assert stored.advice == letters
        assert stored.told()["units"][0]["eta_s"] == 241.70000000000002

    def test_advice_comes_back_to_the_last_digit(self, log: DispatchLog) -> None:
        advice = {
            "units": [{"callsign": "C1", "eta_s": 0.1 + 0.2, "parts": {"travel": 1e-9}, "reasons": []}],
            "rejected": [],
            "inputs": {"positions": {"C1": [10.7769, 106.7009, NOON.isoformat()]}, "none": None},
            ODD_TEXT: [[], {}, True, 10**15],
        }
        decision = Decision(
            decision_id=an_id("d"), incident_id=an_id(), run_id=an_id(), advice=advice, act=an_act()
        )
        log.record(decision)
        stored = log.decision(an_id("d"))
        assert stored is not None
        assert stored.advice == advice

    def test_what_is_loaded_again_equals_what_was_decided(self, log: DispatchLog) -> None:
        incident, unit, ledger, hospital = an_incident(), a_unit("C1"), a_ledger(), a_hospital()
        run, call = a_run(), a_call()
        unit.assign(run.id, incident.id, incident.number, an_act())
        incident.open_run(run.id, "C1", an_act())
        incident.note(an_id(), ODD_TEXT, an_act())
        incident.relocate(Position(10.7, 106.6), None, an_act())
        incident.reprioritise("P3", Needs(), "tỉnh", an_act())
        ledger.hold(run.id, "C1", minutes(60), "Chợ Rẫy", an_act())
        hospital.divert("quá tải", ("trauma",), minutes(60), an_act())
        call.triage("general", 1, {"breathing": "none"}, "cardiac_arrest", "P1", an_act())
        call.join(incident.id, an_act())
        things: list[Aggregate] = [incident, unit, ledger, hospital, run, call]
        log.record(*things)
        for thing in things:
            for reloaded in (log.find(type(thing), thing.id), from_the_log_alone(log, thing.id)):
                assert reloaded == thing
                assert reloaded is not thing

    def test_a_fetched_thing_is_ones_own_until_it_is_saved(self, log: DispatchLog) -> None:
        log.record(a_ledger())
        hospital = a_hospital()
        mine = log.ledger(hospital, "EmergencyDepartment")
        mine.hold(an_id(), "C1", minutes(60), "Chợ Rẫy", an_act())
        assert log.ledger(hospital, "EmergencyDepartment").holds == {}

    # --- races --------------------------------------------------------------------------------

    def test_of_sixteen_dispatchers_one_gets_the_unit_and_the_others_hear_who_has_it(
        self, log: DispatchLog
    ) -> None:
        room = Room(log, units=["C1"])
        orders = [room.order_to_send(room.incident(), "C1", None, None) for _ in range(RIVALS)]
        outcomes = at_once([partial(carry_out, order, assign_unit, room.desk, no_pause) for order in orders])
        won = [outcome for outcome in outcomes if isinstance(outcome, Answer)]
        lost = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
        assert len(won) == 1
        assert [type(refusal) for refusal in lost] == [UnitBusy] * (RIVALS - 1)
        run_id = UUID(won[0].body["run_id"])
        assert log.unit("C1").run_id == run_id
        assert {str(refusal.facts["run_id"]) for refusal in lost} == {str(run_id)}
        serving = [order.incident_id for order in orders if log.incident(order.incident_id).serving]
        assert serving == [UUID(won[0].body["incident_id"])]
        assert [log.receipt(order.act.command_id) is not None for order in orders].count(True) == 1

    def test_of_sixteen_ambulances_as_many_get_a_bed_as_there_are(self, log: DispatchLog) -> None:
        callsigns = [f"C{number}" for number in range(1, RIVALS + 1)]
        room = Room(log, units=callsigns, beds={"cho-ray": 3})
        orders = [room.order_to_send(room.incident(), callsign) for callsign in callsigns]

        def a_little(attempt: int) -> None:  # with no pause at all one of sixteen may lose eight times
            sleep(0.002 * attempt)

        outcomes = at_once([partial(carry_out, order, assign_unit, room.desk, a_little) for order in orders])
        won = [outcome for outcome in outcomes if isinstance(outcome, Answer)]
        refused = [outcome for outcome in outcomes if isinstance(outcome, NoBedFree)]
        assert len(won) == 3
        assert len(refused) + len(won) == RIVALS
        assert room.ledger().free == 0
        assert set(room.ledger().holds) == {UUID(answer.body["run_id"]) for answer in won}

    def test_one_order_sent_sixteen_times_at_once_is_stored_once(self, log: DispatchLog) -> None:
        room = Room(log)
        order = room.order_to_send(room.incident())
        stood = log.position()
        outcomes = at_once([partial(carry_out, order, assign_unit, room.desk, no_pause)] * RIVALS)
        answers = [outcome for outcome in outcomes if isinstance(outcome, Answer)]
        assert len(answers) == RIVALS
        assert all(answer.body == answers[0].body for answer in answers)
        assert [answer.repeated for answer in answers].count(False) == 1
        stored = [type(fact).TOPIC for _, fact in log.select(stood + 1, 100)]
        assert sorted(stored) == [
            "BedLedger.Held", "Incident.RunOpened", "Receipt.Given", "Referral.Asked", "Referral.Opened",
            "Run.Assigned", "Run.Briefed", "Unit.Assigned",
        ]  # fmt: skip

    def test_whoever_reads_while_others_write_sees_one_moment(self, log: DispatchLog) -> None:
        ledger = a_ledger(staffed=100_000)
        for _ in range(50):
            ledger.hold(an_id(), "C1", minutes(60), "Chợ Rẫy", an_act())
        log.record(ledger)
        done = threading.Event()

        def write() -> None:
            for _ in range(60):
                own = log.find(BedLedger, ledger.id)
                assert own is not None
                own.hold(an_id(), "C1", minutes(60), "Chợ Rẫy", an_act())
                log.record(own)
            done.set()

        def read() -> list[tuple[int, int]]:
            torn = []
            while not done.is_set():
                seen = log.find(BedLedger, ledger.id)
                assert seen is not None
                if len(seen.holds) != seen.version - 1:
                    torn.append((seen.version, len(seen.holds)))
            return torn

        with hasty_threads():
            outcomes = at_once([write, read, read, read])
        assert outcomes == [None, [], [], []]

    def test_the_place_answered_is_the_place_in_the_log_also_among_many(self, log: DispatchLog) -> None:
        places: dict[str, int] = {}

        def commission(callsign: str) -> None:
            places[callsign] = log.record(a_unit(callsign, on_duty=False))

        at_once([partial(commission, f"C{number}") for number in range(1, 17)])
        for callsign, place in places.items():
            ((_, fact),) = log.select(place, 1)
            assert isinstance(fact, Unit.Commissioned)
            assert fact.callsign == callsign
        assert sorted(places.values()) == list(range(1, 17))

    def test_positions_zero_zero_never_enter(self, log: DispatchLog) -> None:
        with pytest.raises(Refused):
            Position(0, 0)
        log.record(a_call(position=HERE))
        assert log.position() == 1


def from_the_log_alone(log: DispatchLog, its_id: UUID) -> Any:
    """Built from the stored facts, past every cache."""
    newest = log.repository.get(its_id)
    return log.repository.get(its_id, version=newest.version)


def at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """Each deed in its own thread, all let go at one moment; results or exceptions, in their order."""
    results: list[Any] = [None] * len(deeds)
    gate = threading.Barrier(len(deeds))

    def run(place: int) -> None:
        gate.wait()
        try:
            results[place] = deeds[place]()
        except Exception as fault:
            results[place] = fault

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@contextmanager
def hasty_threads() -> Iterator[None]:
    """Threads take turns so often that what is not guarded breaks at once."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
