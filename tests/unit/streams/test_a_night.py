"""What the streams say of a night, told in sentences."""

from datetime import timedelta

import pytest

from domain.values import Duty, Milestone
from projections.streams.effects import Alert, Effect, Proposal, RegionRow
from projections.streams.messages import FleetPart, Tick
from projections.streams.plan import Heard, Poison, folds, read
from projections.streams.region import Regions
from projections.streams.shelf import Shelf, run_here
from tests.histories import NOON, PLACES, World
from tests.stream_records import FAR, LIMITS, Record, a_ping, events_of


class Night:
    """A centre and its streams, side by side."""

    def __init__(self) -> None:
        self.world, self.shelf = World(), Shelf(folds(LIMITS))
        self.told = 0
        self.said: list[Effect] = []
        self.world.sign("C1")

    def hear(self) -> None:
        events = events_of(self.world.log)
        for record in events[self.told :]:
            self.said += run_here(self.shelf, read(record.source, record.value))
        self.told = len(events)

    def wait(self, seconds: float) -> None:
        self.hear()
        self.world.wait(seconds=seconds)
        self.said += run_here(self.shelf, Heard(tick=Tick(self.world.now)))

    def ping(self, lat: float, lon: float, **facts: object) -> None:
        self.hear()
        record: Record = a_ping("C1", self.world.now, lat, lon, **facts)
        self.said += run_here(self.shelf, read(record.source, record.value))

    def alerts(self, kind: str) -> list[Alert]:
        return [each for each in self.said if isinstance(each, Alert) and each.kind == kind]

    def proposals(self) -> list[str]:
        return [each.kind for each in self.said if isinstance(each, Proposal)]


def test_an_assignment_nobody_answers_turns_amber_and_red_and_ends_with_the_answer():
    night = Night()
    run = night.world.send("C1", night.world.open(night.world.call()))
    night.wait(59)
    assert night.alerts("late_acknowledgement") == []
    night.wait(1)
    night.wait(30)
    night.world.progress(run, Milestone.ACCEPTED)
    night.hear()
    found = night.alerts("late_acknowledgement")
    assert [(each.level, each.ended_at is not None) for each in found] == [
        ("amber", False),
        ("red", False),
        ("red", True),
    ]
    assert len({each.id for each in found}) == 1


def test_a_time_at_the_scene_that_is_corrected_is_counted_from_there():
    """It was on scene four minutes before it said so: it is late four minutes sooner, and says since when."""
    night = Night()
    run = night.world.send("C1", night.world.open(night.world.call()))
    for milestone in (Milestone.EN_ROUTE, Milestone.ON_SCENE):
        night.wait(280)
        night.world.progress(run, milestone)
    came_at = night.world.now - timedelta(seconds=240)
    night.world.correct(run, Milestone.ON_SCENE, came_at)
    night.wait(59)
    assert night.alerts("long_on_scene") == []
    night.wait(1)
    (alert,) = night.alerts("long_on_scene")
    assert (alert.since, alert.level) == (came_at, "amber")
    night.world.correct(run, Milestone.ON_SCENE, came_at + timedelta(seconds=30))
    night.hear()
    assert night.alerts("long_on_scene")[-1].since == came_at + timedelta(seconds=30)
    assert len({alert.id for alert in night.alerts("long_on_scene")}) == 1


def test_an_incident_that_waits_past_its_target_is_an_alert_until_a_unit_goes():
    night = Night()
    incident = night.world.open(night.world.call(), "P1")
    night.wait(61)
    (alert,) = night.alerts("waiting_incident")
    assert (alert.incident_number, alert.level) == (1, "amber")
    night.world.send("C1", incident)
    night.hear()
    assert night.alerts("waiting_incident")[-1].ended_at is not None


@pytest.mark.parametrize(
    ("course", "waits"), [(("en_route", "on_scene", "clear"), False), (("accepted", "stood_down"), True)]
)
def test_an_incident_waits_again_where_its_unit_was_stood_down_and_not_where_it_was_cleared(course, waits):
    night = Night()
    run = night.world.send("C1", night.world.open(night.world.call(), "P1"))
    for milestone in course:
        night.world.progress(run, Milestone(milestone))
    night.wait(61)
    assert bool(night.alerts("waiting_incident")) is waits


def test_a_unit_on_duty_that_falls_silent_is_an_alert_and_one_at_home_is_none():
    night = Night()
    night.ping(10.77, 106.7)
    night.wait(121)
    assert len(night.alerts("stale_position")) == 1
    night.ping(10.77, 106.7)
    assert night.alerts("stale_position")[-1].ended_at == night.world.now
    night.world.sign("C1", Duty.OFF_DUTY)
    night.wait(500)
    assert len({each.id for each in night.alerts("stale_position")}) == 1


def test_arrival_is_proposed_after_a_stay_and_not_for_driving_past():
    night = Night()
    incident = night.world.open(night.world.call(position=PLACES["cho-ray"]))
    night.world.send("C1", incident)
    lat, lon = incident.position.lat, incident.position.lon
    for away in (FAR, 0.0, 0.0, FAR, FAR):  # eight seconds near the scene
        night.world.wait(seconds=5)
        night.ping(lat + away, lon)
    assert night.proposals() == []
    for _ in range(6):
        night.world.wait(seconds=5)
        night.ping(lat, lon)
    assert night.proposals() == ["arrived_scene"]
    for _ in range(6):
        night.world.wait(seconds=5)
        night.ping(lat + FAR, lon)
    assert night.proposals() == ["arrived_scene", "left_scene"]


def test_a_receiver_that_is_not_sure_proposes_nothing():
    night = Night()
    incident = night.world.open(night.world.call())
    night.world.send("C1", incident)
    for _ in range(12):
        night.world.wait(seconds=5)
        night.ping(incident.position.lat + 0.0005, incident.position.lon, accuracy_m=60.0)
    assert night.proposals() == []


def test_a_unit_whose_station_is_the_hospital_did_not_arrive_there_before_it_transports():
    night = Night()
    incident = night.world.open(night.world.call())
    run = night.world.send("C1", incident, "cho-ray")
    place = PLACES["cho-ray"]
    for _ in range(8):
        night.world.wait(seconds=5)
        night.ping(place.lat, place.lon)
    assert "arrived_hospital" not in night.proposals()
    for milestone in (Milestone.EN_ROUTE, Milestone.ON_SCENE, Milestone.TRANSPORTING):
        night.world.wait(seconds=5)
        night.world.progress(run, milestone)
    for _ in range(8):
        night.world.wait(seconds=5)
        night.ping(place.lat, place.lon)
    assert "arrived_hospital" in night.proposals()


def test_a_centre_that_is_cut_off_stays_on_the_page_and_grows_old():
    part = FleetPart("hcmc", 7, NOON, 3, 3, 0, {"AV": 3})
    region, _ = Regions().apply(None, part)
    region, (first,) = Regions().apply(region, Tick(NOON + timedelta(seconds=10)))
    region, (later,) = Regions().apply(region, Tick(NOON + timedelta(hours=5)))
    assert isinstance(first, RegionRow)
    assert isinstance(later, RegionRow)
    assert (first.centres["hcmc"].age_s, later.centres["hcmc"].age_s) == (10.0, 18_000.0)
    assert later.units == {"AV": 3}


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"nonsense",
        b"[]",
        b'{"centre":"a"}',
        b'{"centre":"a","callsign":"b","at":"2026-01-01","lat":1,"lon":2}',
    ],
)
def test_a_ping_that_is_none_is_poison_and_changes_nothing(value: bytes):
    shelf = Shelf(folds(LIMITS))
    with pytest.raises(Poison):
        shelf.hear("pings", value)
    assert shelf.changed() == {}


def test_places_off_the_earth_are_poison():
    with pytest.raises(Poison, match="lat"):
        read("pings", a_ping("C1", NOON, 91.0, 106.0).value)


def test_an_event_too_large_to_travel_is_passed_over():
    assert read("events", an_event(b"null")).steps == ()


def test_an_event_that_lacks_what_its_topic_promises_is_poison():
    with pytest.raises(Poison, match="callsign"):
        read("events", an_event(b"{}"))


def an_event(data: bytes) -> bytes:
    head = b'{"centre":"a","id":"x","version":1,"seq":1,"topic":"Run.Assigned","at":"2026-01-01T00:00:00Z"'
    return head + b',"data":' + data + b"}"
