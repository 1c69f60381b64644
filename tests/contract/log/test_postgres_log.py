"""The log in PostgreSQL keeps the contract, also when processes, connections and the server are lost."""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest

from api.postgres.address import Address
from api.postgres.cluster import Cluster
from api.postgres.migrate import migrate
from dispatch.application import DispatchLog, PostgresLog, postgres_log
from dispatch.commands import Answer, carry_out
from dispatch.faults import OperationalError, Unanswered
from dispatch.handlers.assign_unit import assign_unit
from dispatch.handlers.receive_call import ReceiveCall, receive_call
from domain.call import Call
from domain.errors import NotStored, PerhapsStored, Refused
from domain.unit import Unit
from tests.builders import HERE, Room, a_call, a_unit, an_act, an_id, no_pause
from tests.contract.log.cut_line import CutLine
from tests.contract.log.log_contract import LogContract, at_once
from tests.contract.log.rivals import a_rival, hear, race
from tests.postgres import cluster as session_cluster
from tests.postgres import fresh_database


@pytest.fixture
def address() -> Iterator[Address]:
    with fresh_database() as address:
        migrate(address)
        yield address


@pytest.fixture
def own_cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A server of the test's own, to be stopped and killed."""
    session_cluster()  # skips where there can be none
    cluster = Cluster(tmp_path / "server", fsync="off")
    migrate(cluster.start())
    yield cluster
    cluster.stop()


def ask(address: Address, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address.libpq, autocommit=True) as connection:
        return connection.execute(question).fetchall()


def until(holds: object, seconds: float = 10.0) -> float:
    """Seconds until it holds."""
    began = time.monotonic()
    while not holds():  # type: ignore[operator]
        assert time.monotonic() - began < seconds, "it never came true"
        time.sleep(0.01)
    return time.monotonic() - began


def a_call_order(name: object = None) -> ReceiveCall:
    return ReceiveCall(an_act(), an_id(name), "115", None, HERE, None, "Đau ngực")


def a_little(attempt: int) -> None:
    time.sleep(0.001 * 2 ** min(attempt, 7))


class TestPostgresLog(LogContract):
    @pytest.fixture
    def log(self, address: Address) -> Iterator[DispatchLog]:
        with postgres_log(address.libpq) as log:
            yield log


# --- what is kept ---------------------------------------------------------------------------------


def test_what_was_saved_is_there_after_a_restart_of_the_server(own_cluster):
    with postgres_log(own_cluster.address.libpq) as log:
        room = Room(log)
        run_id = room.send(room.incident())
        stood, unit, ledger = log.position(), log.unit("C1"), room.ledger()
    own_cluster.stop()
    own_cluster.start()
    with postgres_log(own_cluster.address.libpq) as log:
        assert (log.position(), log.unit("C1"), Room(log).ledger()) == (stood, unit, ledger)
        assert log.run(run_id).callsign == "C1"


def test_the_functions_that_lose_events_are_never_used(address, monkeypatch):
    for name in ("POSTGRES_ENABLE_DB_FUNCTIONS", "DISPATCH_POSTGRES_ENABLE_DB_FUNCTIONS"):
        monkeypatch.setenv(name, "y")
    with postgres_log(address.libpq) as log:
        log.record(a_unit("C1"))
        assert not log.recorder.datastore.enable_db_functions  # type: ignore[attr-defined]
    made = ask(address, "SELECT proname FROM pg_proc WHERE pronamespace = 'vigil_log'::regnamespace")
    assert made == []


def test_who_follows_while_four_write_misses_nothing(address):
    with postgres_log(address.libpq) as log:
        seen: list[int] = []
        done = threading.Event()

        def follow() -> None:
            reached = 0
            while not (done.is_set() and log.position() == reached):
                seen.extend(place for place, _ in log.select(reached + 1, 500))
                reached = seen[-1] if seen else 0

        def write(name: str) -> None:
            for number in range(40):
                log.record(a_unit(f"{name}{number}", on_duty=False))

        follower = threading.Thread(target=follow)
        follower.start()
        at_once([partial(write, name) for name in "ABCD"])
        done.set()
        follower.join()
        assert seen == [place for place, _ in log.select(1, 1000)]
        assert len(seen) == 160


def test_eight_processes_may_open_an_empty_log_at_once(address):
    opened = at_once([partial(postgres_log, address.libpq)] * 8)
    for log in opened:
        assert isinstance(log, PostgresLog), log
        log.close()


# --- other processes ------------------------------------------------------------------------------


def test_two_processes_never_send_one_unit_twice(address):
    callsigns = [f"C{number}" for number in range(1, 21)]
    orders = {}
    with postgres_log(address.libpq) as log:
        room = Room(log, units=callsigns)
        for name in ("left", "right"):
            orders[name] = [
                (callsign, str(room.incident()), str(an_id(f"{name} {callsign}"))) for callsign in callsigns
            ]
    left, right = race("postgresql", address.libpq, orders)
    with postgres_log(address.libpq) as log:
        for callsign in callsigns:
            run_id = str(log.unit(callsign).run_id)
            assert {left[callsign], right[callsign]} == {run_id, f"UnitBusy {run_id}"}


def test_what_a_writer_acknowledged_before_kill_9_is_there_once_and_whole(address):
    writer = a_rival("write", "postgresql", address.libpq)
    for _ in range(50):
        last = int(hear(writer))
    writer.send_signal(signal.SIGKILL)
    writer.wait(20)
    rest = writer.stdout.read()  # `communicate` leaves out what was read ahead with the last line
    last = int(rest.split()[-1]) if rest.split() else last
    with postgres_log(address.libpq) as log:
        facts = [fact for _, fact in log.select(1, 10_000)]
        units = Counter(fact.callsign for fact in facts if isinstance(fact, Unit.Commissioned))
        calls = sum(isinstance(fact, Call.Received) for fact in facts)
        assert set(units.values()) == {1}
        assert {f"W{number}" for number in range(1, last + 1)} <= set(units)
        assert len(units) == calls <= last + 1
        assert log.record(a_unit("C1", on_duty=False)) > len(facts) - 1


def test_what_another_process_writes_is_heard_at_once(address):
    with postgres_log(address.libpq) as here, postgres_log(address.libpq) as there:
        until(here.ears.hearing.is_set)
        assert heard_after(here, lambda: there.record(a_unit("C1"))) < 0.25


def test_a_listener_whose_connection_is_ended_hears_again(address):
    with postgres_log(address.libpq) as here, postgres_log(address.libpq) as there:
        until(here.ears.hearing.is_set)
        until(there.ears.hearing.is_set)
        ended = ask(
            address,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'vigil-ears' AND datname = current_database()",
        )
        assert len(ended) == 2
        until(lambda: here.ears.losses == 1 and here.ears.hearing.is_set())
        assert heard_after(here, lambda: there.record(a_unit("C1"))) < 0.25


def heard_after(log: PostgresLog, deed: object) -> float:
    """Seconds from the deed to who waits on `saved`; at most 5."""
    with log.saved:
        threading.Timer(0.05, deed).start()  # type: ignore[arg-type]
        began = time.monotonic()
        log.saved.wait(5)
    return time.monotonic() - began - 0.05


def test_who_may_not_write_is_told_that_nothing_was_stored(address):
    with postgres_log(address.libpq) as log:
        room = Room(log)
        stood = log.position()
        log.may_write = lambda: False
        with pytest.raises(NotStored):
            room.carry_out(a_call_order(), receive_call)
        assert log.position() == stood


# --- connections that are lost --------------------------------------------------------------------


@pytest.fixture
def cut_line(address: Address, tmp_path: Path) -> Iterator[CutLine]:
    folder = tmp_path / "s"
    folder.mkdir()
    line = CutLine(address, folder)
    yield line
    line.close()


def test_a_connection_lost_after_commit_is_answered_by_the_receipt(cut_line):
    with postgres_log(cut_line.address.libpq) as log:
        room = Room(log)
        order = room.order_to_send(room.incident())
        stood = log.position()
        cut_line.arm()
        answer = carry_out(order, assign_unit, room.desk, no_pause)
        assert cut_line.cuts == 1
        assert answer.repeated
        assert answer.body["run_id"] == str(order.run_id)
        stored = Counter(type(fact).TOPIC for _, fact in log.select(stood + 1, 100))
        assert set(stored.values()) == {1}
        assert stored["Run.Assigned"] == stored["Receipt.Given"] == 1
        assert log.unit("C1").run_id == order.run_id


def test_a_save_that_was_cut_off_after_commit_is_in_doubt_and_is_there(cut_line):
    with postgres_log(cut_line.address.libpq) as log:
        log.record(a_call(an_id("first")))
        cut_line.arm()
        with pytest.raises(Unanswered):
            log.record(a_unit("C1"))
        assert cut_line.cuts == 1
        assert log.unit("C1").callsign == "C1"


def test_connections_that_the_server_ended_are_replaced_unseen(address):
    with postgres_log(address.libpq) as log:
        room = Room(log)
        for _ in range(3):
            ask(
                address,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'vigil-log' AND datname = current_database()",
            )
            assert not room.carry_out(a_call_order(), receive_call).repeated


def test_a_table_that_somebody_else_locks_makes_an_order_fail_and_not_wait(address):
    with postgres_log(address.libpq) as log, psycopg.connect(address.libpq) as other:
        room = Room(log)
        stood = log.position()
        other.execute("LOCK TABLE vigil_log.dispatch_events IN SHARE MODE")
        began = time.monotonic()
        with pytest.raises(NotStored, match="nothing was stored"):
            room.carry_out(a_call_order(), receive_call)
        assert time.monotonic() - began < 12
        other.rollback()
        assert log.position() == stood


# --- a server that is lost ------------------------------------------------------------------------


def test_while_the_server_is_away_everybody_is_told_within_seconds(own_cluster):
    with postgres_log(own_cluster.address.libpq) as log:
        room = Room(log)
        own_cluster.stop()

        def order() -> tuple[float, BaseException | None]:
            began = time.monotonic()
            try:
                carry_out(a_call_order(), receive_call, room.desk, a_little)
            except Refused as refusal:
                return time.monotonic() - began, refusal
            return time.monotonic() - began, None

        for most_s in (6.0, 2.0):  # at first it may be a restart; later it is known to be away
            told = at_once([order] * 16)
            assert {type(refusal) for _, refusal in told} == {NotStored}
            assert max(seconds for seconds, _ in told) < most_s
        with pytest.raises(OperationalError):
            log.position()
        own_cluster.start()
        until(lambda: order()[1] is None)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["in order", "killed"])
def test_a_restart_in_the_middle_of_orders_loses_and_doubles_nothing(own_cluster, how):
    with postgres_log(own_cluster.address.libpq) as log:
        room = Room(log)
        stop, promised, unsure, longest = threading.Event(), [], [], [0.0]

        def dispatch() -> None:
            while not stop.is_set():
                order = a_call_order()
                began = time.monotonic()
                try:
                    promised.append((order, carry_out(order, receive_call, room.desk, a_little)))
                except (NotStored, PerhapsStored) as refusal:
                    unsure.append((order, type(refusal)))
                longest.append(time.monotonic() - began)

        desks = [threading.Thread(target=dispatch) for _ in range(4)]
        for desk in desks:
            desk.start()
        for _ in range(3):
            until(partial(longer, promised, len(promised) + 40))
            own_cluster.stop(how)
            own_cluster.start()
        until(partial(longer, promised, len(promised) + 40))
        stop.set()
        for desk in desks:
            desk.join()
        facts = [fact for _, fact in log.select(1, 50_000)]
        said = Counter(str(fact.originator_id) for fact in facts if isinstance(fact, Call.Received))
        assert set(said.values()) == {1}
        assert {answer.body["id"] for _, answer in promised} <= set(said)
        denied = {str(order.call_id) for order, kind in unsure if kind is NotStored}
        assert denied.isdisjoint(said), "told that nothing was stored, and it was"
        for order, _ in unsure:
            carry_out(order, receive_call, room.desk, a_little)
        assert max(longest) < 8
        until(lambda: log.ears.hearing.is_set())


def longer(found: list[object], than: int) -> bool:
    return len(found) > than


@pytest.mark.slow
def test_a_server_that_hangs_is_left_after_some_seconds(address):
    with postgres_log(address.libpq) as log:
        room = Room(log)
        room.carry_out(a_call_order(), receive_call)
        hung = list(log.line.pids)
        for pid in hung:
            os.kill(pid, signal.SIGSTOP)
        try:
            began = time.monotonic()
            answer = carry_out(a_call_order(), receive_call, room.desk, no_pause)
            assert isinstance(answer, Answer)
            assert time.monotonic() - began < 12
        finally:
            for pid in hung:
                os.kill(pid, signal.SIGCONT)


def test_a_stopped_log_leaves_no_connection_behind(address):
    log = postgres_log(address.libpq)
    log.record(a_unit("C1"))
    log.close()
    left = "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'vigil-%' AND datname = "
    until(lambda: ask(address, left + "current_database()") == [])
