"""Every version of every card is kept; versions follow each other, and nobody overwrites a colleague's."""

import pytest

from domain.protocol import SHIPPED, Protocols
from domain.triage_errors import UnknownVersion, VersionTaken
from tests.builders import an_act


def publish(cards: Protocols, version: int, text: str, origin: str = "bs-lan") -> None:
    cards.publish("stroke", version, text, f"digest of {text}", origin, an_act())


def test_versions_follow_each_other_and_all_are_kept():
    cards = Protocols(act=an_act())
    publish(cards, 1, "one", SHIPPED)
    publish(cards, 2, "two")
    assert cards.newest("stroke").text == "two"
    assert cards.edition("stroke", 1).origin == SHIPPED
    assert cards.newest("burns") is None


def test_the_newest_said_again_is_one_and_an_older_one_is_refused():
    cards = Protocols(act=an_act())
    publish(cards, 1, "one")
    publish(cards, 2, "two")
    publish(cards, 2, "two")
    assert len(cards.editions["stroke"]) == 2
    with pytest.raises(VersionTaken, match="the next is 3"):
        publish(cards, 2, "two of a colleague")
    with pytest.raises(VersionTaken):
        publish(cards, 4, "four")
    with pytest.raises(UnknownVersion):
        cards.edition("stroke", 3)
    assert cards.newest("stroke").text == "two"
