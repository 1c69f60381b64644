"""The streams of a centre are fed by a thread of their own: nothing of the log is missed, nobody waits."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from api.alarms import Alarms
from api.observe.of_streams import of_streams
from api.observe.vitals import State
from api.streams import stream_keeper
from api.streams.home import HomeStreams
from api.streams.stream_keeper import FOLDED, MOST_WAITING, StreamKeeper, first_since
from dispatch.city_file import load_city
from dispatch.faults import OperationalError
from projections.positions import Ping
from projections.streams.effects import Alert, Proposal
from projections.streams.fold import Limits
from projections.streams.telling import TOPICS
from tests.builders import HERE, NOON, Room, a_unit, minutes, seconds

CITIES = Path(__file__).resolve().parents[3] / "cities"


class Fed:
    """A room and the streams beside it, turn by turn, without their thread."""

    def __init__(self, room=None, now=NOON):
        self.room, self.now, self.told = room or Room(), now, []
        self.keeper = StreamKeeper(self.room.log, "letters", Limits(), self.told.extend, lambda: self.now)

    def begin(self):
        self.keeper._fold_the_past()
        return self

    def turn(self, seconds_later=0.0):
        self.now += timedelta(seconds=seconds_later)
        self.keeper._ticked_at = 0.0
        while self.keeper._fold_news():
            pass

    def alerts(self, kind):
        return [each for each in self.told if isinstance(each, Alert) and each.kind == kind]


def ping(callsign="C1", at=NOON, accuracy_m=5.0):
    return Ping(callsign, at, HERE.lat, HERE.lon, None, None, accuracy_m)


def wait_for(look):
    until = time.monotonic() + 10
    while not look():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.01)


def test_it_folds_every_kind_of_fact_that_streams_ask_about_but_beds():
    kinds = {str(getattr(kind, "TOPIC", kind.__qualname__)) for kind in FOLDED}
    beds = {topic for topic in TOPICS if topic.startswith(("BedLedger.", "Hospital.Diversion"))}
    assert kinds == TOPICS.keys() - beds


def test_a_crew_that_does_not_answer_is_found_and_its_answer_ends_it():
    fed = Fed().begin()
    run = fed.room.send(fed.room.incident())
    fed.turn()
    assert not fed.alerts("late_acknowledgement")
    fed.turn(61)
    fed.turn(30)
    assert [alert.level for alert in fed.alerts("late_acknowledgement")] == ["amber", "red"]
    fed.room.report(run, "accepted", at=seconds(92))
    fed.turn(2)
    assert fed.alerts("late_acknowledgement")[-1].ended_at == seconds(92)


def test_what_was_before_the_start_is_known_but_only_what_still_stands_is_told():
    room = Room()
    answered, open_one = room.send(room.incident()), room.send(room.incident(), "T1")
    room.report(answered, "accepted", at=minutes(3))
    fed = Fed(room, now=minutes(10)).begin()
    assert not fed.told
    fed.turn()
    (alert,) = fed.alerts("late_acknowledgement")
    assert (alert.run_id, alert.level) == (str(open_one), "red")


def test_a_stay_at_the_scene_is_found_whichever_comes_first_facts_or_pings():
    fed = Fed().begin()
    room = fed.room
    fed.keeper.offer([ping(at=seconds(second)) for second in range(10, 40)])
    fed.turn(40)
    run = room.send(room.incident())
    fed.turn()
    (found,) = [each for each in fed.told if isinstance(each, Proposal)]
    assert (found.kind, found.run_id, found.at) == ("arrived_scene", str(run), seconds(10))


def test_of_a_long_log_only_the_last_day_is_folded_and_what_lasts():
    room = Room()
    old = room.send(room.incident())
    fed = Fed(room, now=NOON + timedelta(days=3)).begin()
    states = fed.keeper.streams.states()
    assert not [name for name in states if str(old) in name]
    assert "places|letters/hospital/cho-ray" in states
    assert states["fleet|letters/C1"].duty == "on_duty"
    fed.turn()
    assert not fed.told


@pytest.mark.parametrize("days", range(5))
def test_the_first_fact_of_a_day_is_found(days):
    room = Room()
    for day in range(4):
        for minute in range(day + 2):
            moment = NOON + timedelta(days=day, minutes=minute)
            room.call(at=moment)
    moment = NOON + timedelta(days=days)
    end = room.log.position()
    place = first_since(room.log, moment, end)
    heard = [seq for seq, fact in room.log.select(1, 1000) if fact.act.heard_at >= moment]
    assert place == (heard[0] if heard else end + 1)


def test_pings_between_those_that_say_something_new_are_passed_over():
    fed = Fed()
    fed.keeper.offer([ping(at=seconds(second)) for second in range(60)])
    assert fed.keeper.waiting == 15
    fed.keeper.offer([ping(at=seconds(10)), ping("T1", seconds(10))])
    assert fed.keeper.waiting == 16, "one that came late, and one of another unit"


def test_a_fix_that_says_nothing_stands_in_the_way_of_none_that_does():
    fed = Fed()
    fed.keeper.offer([ping(at=seconds(0), accuracy_m=500.0), ping(at=seconds(1))])
    assert fed.keeper.waiting == 2


def test_pings_wait_in_a_bounded_room_and_what_is_lost_is_counted_and_said(caplog):
    fed = Fed()
    fed.keeper.offer([ping(f"U{number}") for number in range(MOST_WAITING + 7)])
    assert (fed.keeper.waiting, fed.keeper.dropped) == (MOST_WAITING, 7)
    assert fed.keeper.dropping
    assert "the oldest are dropped" in caplog.text


def test_many_facts_at_once_are_read_in_bites_and_none_is_missed(monkeypatch):
    monkeypatch.setattr(stream_keeper, "BATCH", 3)
    fed = Fed().begin()
    runs = []
    for number in range(5):
        fed.room.log.record(a_unit(f"X{number}"))
        runs.append(str(fed.room.send(fed.room.incident(), f"X{number}", None, None)))
    fed.turn(100)
    assert sorted(alert.run_id for alert in fed.alerts("late_acknowledgement")) == sorted(runs)
    assert fed.keeper.position == fed.room.log.position()


def test_nobody_is_said_to_be_late_whose_answer_stands_further_on_in_the_log(monkeypatch):
    monkeypatch.setattr(stream_keeper, "BATCH", 3)
    fed = Fed().begin()
    run = fed.room.send(fed.room.incident())
    for _ in range(3):
        fed.room.call()
    fed.room.report(run, "accepted", at=seconds(20))
    fed.turn(300)
    assert not fed.alerts("late_acknowledgement")


def test_it_lives_in_a_thread_and_goes_on_when_the_log_is_back(monkeypatch):
    monkeypatch.setattr(stream_keeper, "TICK_S", 0.02)
    fed = Fed()
    fed.keeper.start()
    wait_for(lambda: fed.keeper.position == fed.room.log.position())
    with monkeypatch.context() as away:
        away.setattr(fed.room.log, "position", _away)
        wait_for(lambda: fed.keeper.fault == "OperationalError")
        fed.keeper.offer([ping()])
    fed.room.send(fed.room.incident())
    fed.now = minutes(5)
    fed.keeper.hear()
    wait_for(lambda: fed.alerts("late_acknowledgement"))
    assert fed.keeper.fault is None
    fed.keeper.stop()
    assert not fed.keeper._thread.is_alive()


def test_however_often_there_is_news_the_log_is_read_a_few_times_a_second(monkeypatch):
    fed, looks = Fed(), []
    look = fed.room.log.position
    monkeypatch.setattr(fed.room.log, "position", lambda: looks.append(1) or look())
    began = time.monotonic()
    fed.keeper.start()
    for _ in range(300):
        fed.keeper.hear()
        time.sleep(0.002)
    fed.keeper.stop()
    rounds = (time.monotonic() - began) / stream_keeper.GATHER_S
    assert 1 < len(looks) <= 2 * (rounds + 2) < 300


def test_whoever_is_told_and_stumbles_stops_nothing():
    fed = Fed()

    def stumble(effects):
        fed.told.extend(effects)
        raise RuntimeError("no matter")

    fed.keeper._tell = stumble
    fed.begin()
    fed.room.send(fed.room.incident())
    fed.turn(100)
    fed.turn(100)
    assert fed.alerts("late_acknowledgement")
    assert fed.keeper.position == fed.room.log.position()


def _away():
    raise OperationalError("the server is gone")


def at_home(fed):
    """The keeper among the parts it has in a centre."""
    home = HomeStreams(
        fed.room.log, "letters", load_city(CITIES / "hcmc"), Alarms(lambda *_: None), lambda: fed.now
    )
    home.keeper = fed.keeper
    return home


def test_the_status_page_says_how_they_are():
    fed = Fed().begin()
    home = at_home(fed)
    fed.turn()
    assert of_streams(home, fed.keeper.position).state is State.WELL
    fed.room.call(at=NOON)
    fed.turn(75)
    vital = of_streams(home, fed.keeper.position + 5)
    assert "1 call " in vital.sentence["en"]
    assert {figure.name: figure.value for figure in vital.figures}["hour_calls"] == 1
    assert vital.lag_events == 5
    fed.keeper.fault = "OperationalError"
    assert of_streams(home, 1).state is State.LATE
    fed.keeper.fault = None
    fed.keeper.offer([ping(f"U{number}") for number in range(MOST_WAITING + 7)])
    assert "do not keep up" in of_streams(home, 1).sentence["en"]
