"""The recommendation is answered unchecked, so its letters are held to the model here."""

import json

from api.caller_words import with_words
from api.schema.answers import Recommendation
from dispatch.advise import Need, advise
from dispatch.policies.destination import BedsNow
from domain.values import Needs, Position
from tests.builders import HERE, NOON, a_desk, a_hospital_now, a_unit_now, an_id, minutes
from tests.fakes import FakeRoads, StillPicture

ROW = {
    "caller_words": [{"call_id": "c", "address": "hẻm 47/3", "complaint": "ngất"}],
    "place_confirmed": False,
}
ISLAND = Position(10.79, 106.71)
FLEET = (
    a_unit_now("C1"),
    a_unit_now("C2", position=ISLAND),
    a_unit_now("C3", duty="off_duty"),
    a_unit_now("C4", position=None, position_at=None),
    a_unit_now("C5", position_at=minutes(-9)),
    a_unit_now("M1", kind="motorbike"),
)
HOSPITALS = (
    a_hospital_now("counted"),
    a_hospital_now("uncounted", beds={"EmergencyDepartment": BedsNow(1, None)}),
    a_hospital_now("full", beds={"EmergencyDepartment": BedsNow(0, NOON)}),
    a_hospital_now("off", position=ISLAND),
)


def test_the_letters_are_what_the_model_says_and_nothing_else():
    desk = a_desk(roads=FakeRoads(islands={ISLAND}))
    for needs in (Needs(), Needs(("BLS",), None, None), Needs(("neonatal",), "Burn", "burns")):
        need = Need(str(an_id("incident")), HERE, needs)
        written = advise(need, StillPicture(FLEET, HOSPITALS), desk, NOON, an_id("d")).written(desk)
        said = json.loads(with_words(written.answer, ROW))
        assert Recommendation.model_validate(said).model_dump(mode="json") == said


def test_vietnamese_is_written_as_it_is():
    desk = a_desk()
    need = Need(str(an_id("incident")), HERE, Needs())
    written = advise(need, StillPicture(FLEET, HOSPITALS), desk, NOON, an_id("d")).written(desk)
    assert "km đường bộ".encode() in written.answer
