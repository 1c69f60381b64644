"""What the streams find, carried out in the centre itself: once, tried again, and never against people."""

import time
from datetime import timedelta
from uuid import UUID

import pytest

from api.follower import PictureBehind
from api.streams.orders import order_of
from api.streams.own_centre import MOST_WAITING, OwnCentre
from dispatch.faults import OperationalError
from domain.city import Limit
from domain.errors import NotStored
from domain.incident import Incident
from domain.prompt import Prompt
from projections.streams.effects import Alert, Proposal, effect_id
from projections.streams.fold import Limits
from tests.builders import NOON, SAIGON, Room, minutes, seconds


@pytest.fixture
def room():
    return Room()


class Home:
    """A room a minute after noon, a run under way in it, and the one who gives its orders."""

    def __init__(self, room, arrivals="note"):
        self.room, self.now = room, minutes(1)
        self.incident = room.incident()
        self.run = room.send(self.incident)
        self.row = {"id": str(self.run), "status": "en_route", "milestones": {"assigned": "..."}}
        self.serving = {"run_id": str(self.run), "status": "assigned", "assigned_at": NOON.isoformat()}
        self.away = 0
        self.own = OwnCentre(self.carry, self.row_of, SAIGON, lambda: self.now, arrivals)

    def carry(self, command, handler):
        if self.away:
            self.away -= 1
            raise NotStored
        return self.room.carry_out(command, handler)

    def row_of(self, view, key):
        if view == "runs":
            return self.row if key == str(self.run) else None
        return {"id": key, "status": "assigned", "runs": [self.serving]} if UUID(key) else None

    def proposal(self, kind="arrived_scene", at=None):
        return Proposal(
            id=effect_id("letters", self.run, kind),
            kind=kind,
            centre="letters",
            subject=str(self.run),
            run_id=str(self.run),
            incident_id=str(self.incident),
            callsign="C1",
            place_id=str(self.incident),
            at=at or seconds(30),
            lat=10.75,
            lon=106.65,
            accuracy_m=8.0,
        )

    def alert(self, **facts):
        said = {"kind": "late_acknowledgement", "level": "red", "centre": "letters", "subject": "r"}
        said |= {"id": "one", "since": NOON, "callsign": "C1", "incident_id": str(self.incident)}
        said["run_id"] = str(self.run)
        return Alert(**{**said, **facts})

    @property
    def notes(self):
        return self.facts(Incident.Noted)

    @property
    def prompts(self):
        return self.facts(Prompt.Raised)

    def facts(self, kind):
        return [fact for _, fact in self.room.log.select(1, 1000) if isinstance(fact, kind)]


def test_people_are_asked_about_a_proposal_once_however_often_it_is_found(room):
    home = Home(room)
    assert [home.own.deliver(home.proposal()) for _ in range(3)] == ["sent"] * 3
    (prompt,) = home.prompts
    assert (prompt.move, prompt.milestone, prompt.run_id) == ("arrived_scene", "on_scene", home.run)
    assert prompt.act.at == home.proposal().at, "by the time of the arrival"
    assert prompt.act.actor == "streams"
    assert prompt.act.correlation_id == home.run


def test_it_is_the_same_order_as_through_the_api(room):
    home = Home(room)
    home.own.deliver(home.proposal())
    order = order_of(home.proposal(), "note", SAIGON, home.row)
    (prompt,) = home.prompts
    assert order.key == order.body["prompt_id"] == str(prompt.prompt_id)
    assert order.path == f"/runs/{home.run}/prompts"
    assert order.body["at"] == prompt.act.at.isoformat()
    assert room.log.receipt(UUID(order.key)) is not None


def test_where_it_is_wanted_an_arrival_is_reported(room):
    home = Home(room, "report")
    room.drive(home.run, "accepted", "en_route", start=0.1)
    home.now = minutes(5)
    assert home.own.deliver(home.proposal(at=minutes(4))) == "sent"
    assert room.log.run(home.run).milestone == "on_scene"
    assert home.own.deliver(home.proposal("left_scene", at=minutes(4.5))) == "sent"
    assert [prompt.move for prompt in home.prompts] == ["left_scene"], "that it left is asked about"


@pytest.mark.parametrize(
    ("kind", "reported"),
    [("arrived_scene", "on_scene"), ("arrived_hospital", "at_hospital"), ("left_scene", "transporting")],
)
def test_what_people_reported_is_not_told_them(room, kind, reported):
    home = Home(room)
    assert home.own.deliver(home.proposal(kind)) == "sent"
    home.row["milestones"][reported] = "..."
    assert home.own.deliver(home.proposal(kind)) == "passed"


def test_of_a_run_that_is_over_or_unknown_nothing_is_said(room):
    home = Home(room)
    home.row["status"] = "clear"
    assert home.own.deliver(home.proposal()) == "passed"
    assert (
        OwnCentre(home.carry, lambda view, key: None, SAIGON, lambda: home.now).deliver(home.proposal())
        == "passed"
    )
    assert not home.notes


def test_what_is_of_long_ago_is_let_go(room):
    home = Home(room)
    home.now = NOON + timedelta(hours=1)
    assert home.own.deliver(home.proposal()) == "too_old"
    assert home.own.deliver(home.alert()) == "too_old"
    assert home.own.deliver(home.alert(level="amber")) == "passed"
    assert not home.notes


def test_a_long_wait_that_only_now_turned_red_is_not_of_long_ago(room):
    home = Home(room)
    home.now = NOON + timedelta(seconds=Limits().handover.red_s + 1)
    home.serving["status"] = "at_hospital"
    assert home.own.deliver(home.alert(kind="long_handover")) == "sent"


def test_how_long_a_wait_takes_to_turn_red_is_what_the_city_says(room):
    home = Home(room)
    home.now = NOON + timedelta(minutes=20)
    patient = Limits(acknowledge=Limit(300, 600))
    own = OwnCentre(home.carry, home.row_of, SAIGON, lambda: home.now, limits=patient)
    assert (home.own.deliver(home.alert()), own.deliver(home.alert())) == ("too_old", "sent")


def test_what_the_centre_refuses_is_settled_by_that(room):
    home = Home(room)
    assert home.own.deliver(home.alert(incident_id=str(UUID(int=7)))) == "refused"


def test_an_order_that_was_answered_while_the_note_waited_for_the_log_is_not_called_late(room, monkeypatch):
    monkeypatch.setattr("api.streams.own_centre.PAUSE_S", 0.01)
    home = Home(room)

    def answered_meanwhile(command, handler):
        home.serving["status"] = "accepted"
        raise NotStored

    home.own = OwnCentre(answered_meanwhile, home.row_of, SAIGON, lambda: home.now)
    home.own.hear([home.alert()])
    home.own.start()
    _wait_for(lambda: home.own.counts["passed"] == 1)
    home.own.stop()
    assert home.own.counts == {"passed": 1}


@pytest.mark.parametrize("fault", [PictureBehind, OperationalError])
def test_while_nobody_can_say_how_it_stands_nothing_is_written_and_it_is_asked_again(
    room, monkeypatch, fault
):
    monkeypatch.setattr("api.streams.own_centre.PAUSE_S", 0.01)
    home = Home(room)
    faults = [fault(), fault()]

    def ask(view, key):
        if faults:
            raise faults.pop()
        assert not home.notes
        return home.row_of(view, key)

    home.own = OwnCentre(home.carry, ask, SAIGON, lambda: home.now)
    home.own.hear([home.alert()])
    home.own.start()
    _wait_for(lambda: home.own.counts["sent"] == 1)
    home.own.stop()
    assert (home.own.counts, len(home.notes)) == ({"sent": 1}, 1)


def test_an_order_that_finds_the_log_away_is_tried_until_it_is_back(room, monkeypatch):
    monkeypatch.setattr("api.streams.own_centre.PAUSE_S", 0.01)
    home = Home(room)
    home.away = 3
    home.own.hear([home.proposal(), home.alert()])
    home.own.start()
    _wait_for(lambda: home.own.counts["sent"] == 2)
    home.own.stop()
    assert (len(home.notes), len(home.prompts)) == (1, 1)
    assert home.own.waiting == 0


def test_one_that_fails_for_a_fault_of_ours_keeps_no_other_waiting(room):
    home = Home(room)
    home.own.hear([home.alert(incident_id="no id"), home.proposal()])
    home.own.start()
    _wait_for(lambda: home.own.counts["sent"] == 1)
    home.own.stop()
    assert home.own.counts["failed"] == 1


def test_what_waits_is_bounded_and_the_oldest_goes_first(room):
    home = Home(room)
    alerts = [home.alert(id=str(number)) for number in range(MOST_WAITING + 5)]
    home.own.hear(alerts)
    assert home.own.waiting == MOST_WAITING
    assert home.own.counts["dropped"] == 5


def _wait_for(look):
    until = time.monotonic() + 10
    while not look():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.01)
