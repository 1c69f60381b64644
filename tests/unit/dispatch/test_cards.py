"""The cards on the desk: what ships is published once, what a city edited is the city's."""

from dataclasses import replace
from uuid import UUID

import pytest

from dispatch.handlers.publish_protocol import PublishProtocol, publish_protocol
from dispatch.handlers.set_up_city import SetUpCity, set_up_city
from dispatch.handlers.triage_call import TriageCall, triage_call
from dispatch.protocol_file import shipped_cards, shipped_protocols
from domain.errors import UnknownProtocol
from domain.protocol import SHIPPED
from domain.triage_errors import BadCard, OtherCard, UnknownVersion, VersionTaken
from tests.builders import Room, an_act
from tests.unit.dispatch.test_protocol_file import GOOD

FALL = GOOD.replace("version = 2", "version = 1")


class _City:
    id, units, hospitals = "test", (), ()


def set_up(room: Room) -> None:
    room.carry_out(SetUpCity(an_act(), _City()), set_up_city)  # type: ignore[arg-type]


def publish(room: Room, protocol: str, text: str) -> None:
    room.carry_out(PublishProtocol(an_act(), protocol, text), publish_protocol)


def triage(room: Room, call_id: UUID, protocol: str, **answers: str) -> dict:
    return room.carry_out(TriageCall(an_act(), call_id, protocol, answers), triage_call).body


def test_a_new_city_gets_every_version_that_ever_shipped_and_only_once():
    room = Room()
    set_up(room)
    stood = room.log.position()
    editions = room.log.protocols().editions
    assert {(card, each.version) for card, kept in editions.items() for each in kept} == {
        (shipped.card.id, shipped.card.version) for shipped in shipped_cards()
    }
    assert {each.origin for kept in editions.values() for each in kept} == {SHIPPED}
    set_up(room)
    assert room.log.protocols().editions == editions
    assert room.log.position() == stood + 1, "a receipt and nothing else"


def test_a_card_that_the_city_edited_stays_the_citys(monkeypatch):
    room = Room()
    set_up(room)
    text = next(each.text for each in shipped_cards() if each.card.id == "burns")
    publish(room, "burns", text.replace("version = 1", "version = 2", 1))
    (shipped,) = [each for each in shipped_cards() if each.card.id == "burns"]
    newer = replace(shipped, card=replace(shipped.card, version=3), text=shipped.text + "# newer")
    monkeypatch.setattr("dispatch.handlers.set_up_city.shipped_cards", lambda: (*shipped_cards(), newer))
    set_up(room)
    assert room.log.protocols().newest("burns").version == 2


def test_a_card_that_ships_anew_is_published_where_nobody_edited_it(monkeypatch):
    room = Room()
    set_up(room)
    (shipped,) = [each for each in shipped_cards() if each.card.id == "burns"]
    newer = replace(shipped, card=replace(shipped.card, version=2), text=shipped.text + "# newer")
    monkeypatch.setattr("dispatch.handlers.set_up_city.shipped_cards", lambda: (*shipped_cards(), newer))
    set_up(room)
    assert room.log.protocols().newest("burns").version == 2


def test_without_any_published_card_those_that_ship_are_used():
    cards = Room().desk.cards
    assert {card.id for card in cards.all()} == set(shipped_protocols())
    assert cards.newest("general").version == 2
    assert cards.version("general", 1).version == 1
    with pytest.raises(UnknownVersion):
        cards.version("general", 9)
    with pytest.raises(UnknownProtocol):
        cards.newest("phrenology")


def test_a_call_keeps_the_version_it_began_with():
    room = Room()
    publish(room, "fall", FALL)
    old = room.call()
    assert triage(room, old, "fall", awake="yes")["protocol_version"] == 1
    calmer = FALL.replace("version = 1", "version = 2").replace('priority = "P1"', 'priority = "P2"')
    publish(room, "fall", calmer)
    assert triage(room, old, "fall", awake="no")["priority"] == "P1"
    assert triage(room, room.call(), "fall", awake="no")["priority"] == "P2"


@pytest.mark.parametrize(
    ("protocol", "text", "refusal"),
    [
        ("fall", FALL.replace('"head"', '"foot"', 1), BadCard),
        ("fall", "version = ", BadCard),
        ("stumble", FALL, OtherCard),
        ("fall", FALL.replace("version = 1", "version = 3"), VersionTaken),
        ("fall", FALL.replace('id = "awake"', 'id = "awake"\ndanger = "falling"'), BadCard),
    ],
)
def test_a_card_that_is_refused_changes_nothing(protocol, text, refusal):
    room = Room()
    publish(room, "fall", FALL)
    stood = room.log.position()
    with pytest.raises(refusal):
        publish(room, protocol, text)
    assert room.log.position() == stood


def test_answers_told_twice_stand_in_the_log_once():
    room = Room()
    call_id = room.call()
    triage(room, call_id, "general", problem="stroke")
    version = room.log.call(call_id).version
    triage(room, call_id, "general", problem="stroke")
    assert room.log.call(call_id).version == version
    triage(room, call_id, "general", problem="stroke", conscious="no")
    assert room.log.call(call_id).version == version + 1
