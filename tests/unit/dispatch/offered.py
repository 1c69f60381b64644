"""A room in which whoever is sent is asked, and has so long to answer."""

from dataclasses import replace

import pytest

from dispatch.handlers.lapse_offer import LapseOffer, lapse_offer
from dispatch.handlers.pass_on_offer import PassOnOffer, pass_on_offer
from dispatch.offering import standing_offer
from dispatch.policies.assignment_rules import OfferRules
from tests.builders import Room, an_act, seconds

LATE = seconds(46)


@pytest.fixture
def room():
    """Who is sent has 45 seconds to answer."""
    room = Room(units=("C1", "C2", "C3"))
    offers = OfferRules(within_s={"P1": 45.0}, escalate="offer_next")
    room.desk = replace(room.desk, rules=replace(room.desk.rules, offers=offers))
    return room


def offer(room, run):
    return standing_offer(room.log.run(run), room.desk)


def lapse(room, run, at=LATE):
    return room.carry_out(LapseOffer(an_act(at), run), lapse_offer).body["lapsed"]


def pass_on(room, run, *orders, serving=()):
    command = PassOnOffer(an_act(LATE), run, "lapsed", orders, serving)
    return room.carry_out(command, pass_on_offer).body
