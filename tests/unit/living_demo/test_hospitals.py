import asyncio
from datetime import timedelta

from simulations.living_demo.accounts import HOSPITALS
from simulations.living_demo.chance import Chance
from simulations.living_demo.diversions import Diversions
from simulations.living_demo.habits import Habits
from simulations.living_demo.hospitals import Hospital
from simulations.living_demo.picture import Picture
from tests.unit.living_demo.demo_parts import NOON, HandClock, Line


def a_hospital(identity="west", seq=1, **beds):
    count = {
        "staffed": 30, "occupied": 0, "blocked": 0, "held": 0, "reported_at": None, "reported_by": None,
    }  # fmt: skip
    return {
        "id": identity, "code": identity.upper(), "specialities": ["trauma"], "diversion": None,
        "beds": {"EmergencyDepartment": {**count, **beds}}, "seq": seq,
    }  # fmt: skip


class Ward:
    def __init__(self, row):
        self.picture, self.clock, self.line = Picture(), HandClock(), Line()
        self.picture.change({"hospitals": [row]})
        parts = (self.line.client(), self.clock, self.picture, Chance(2), Habits())
        self.hospital = Hospital("west", *parts, print)
        self.diversions = Diversions(*parts, print)

    def works(self, manager, times=1):
        async def work():
            for _ in range(times):
                await manager.work()

        asyncio.run(work())


def test_the_first_report_fills_a_hospital_that_never_spoke():
    ward = Ward(a_hospital())
    ward.works(ward.hospital)
    (path, body), *_ = ward.line.orders("PUT")
    assert path == "/hospitals/west/beds"
    assert 18 <= body["beds"]["EmergencyDepartment"]["occupied"] <= 29


def test_reports_never_contradict_themselves():
    row = a_hospital(occupied=30, blocked=2, held=3, staffed=30)
    ward = Ward(row)
    ward.works(ward.hospital, 30)
    for _, body in ward.line.orders("PUT"):
        count = body["beds"]["EmergencyDepartment"]
        assert count["occupied"] >= 0
        assert count["occupied"] + count["blocked"] <= count["staffed"]


def test_what_people_reported_is_left_to_them():
    row = a_hospital(occupied=4, reported_at=NOON.isoformat(), reported_by="hospital")
    ward = Ward(row)
    ward.works(ward.hospital, 2)
    assert ward.line.orders("PUT") == []


def test_after_a_while_it_counts_on_from_what_people_said():
    then = (NOON - timedelta(minutes=16)).isoformat()
    ward = Ward(a_hospital(occupied=4, reported_at=then, reported_by="hospital"))
    ward.works(ward.hospital, 12)
    counts = [body["beds"]["EmergencyDepartment"]["occupied"] for _, body in ward.line.orders("PUT")]
    assert counts
    assert counts[0] < 12


def test_an_unchanged_count_is_not_repeated_before_it_grows_old():
    ward = Ward(a_hospital(staffed=0, reported_at=NOON.isoformat(), reported_by=HOSPITALS))
    ward.works(ward.hospital, 3)
    assert ward.line.orders("PUT") == []
    ward.works(ward.hospital, 8)
    assert ward.line.orders("PUT")


def test_a_diversion_says_until_when_and_never_all_hospitals_divert():
    ward = Ward(a_hospital())
    ward.works(ward.diversions, 600)
    (path, body), *others = ward.line.orders("PUT")
    assert path == "/hospitals/west/diversion"
    assert body["until"] > NOON.isoformat()
    assert body["reason"]
    ward.picture.change({"hospitals": [{**a_hospital(seq=2), "diversion": body}]})
    before = len(others)
    ward.works(ward.diversions, 600)
    assert len(ward.line.orders("PUT")) == before + 1
