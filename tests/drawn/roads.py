"""Words of orders about the roads, and of the city's settings that are changed by an order."""

from datetime import datetime, timedelta
from typing import Any

from domain.traffic import Closure, Slowing, SpeedReport, Stretch
from tests.builders import HERE, an_id
from tests.drawn.chooser import Chooser
from tests.drawn.words import Fit, Said, Word, mostly
from tests.drawn.world import CITY, World

CARD = """
id = "{name}"
version = {version}
signed_off = false
title = {{ vi = "Thẻ", en = "Card" }}
otherwise = "{name}_unwell"
question = []
rule = []
[determinant.{name}_unwell]
title = {{ vi = "Mệt", en = "Unwell" }}
priority = "P3"
"""


def _stretch(world: World, chooser: Chooser, said: Said) -> Stretch:
    lat = HERE.lat + chooser.number() % 10 / 1e4
    if chooser.seldom():
        return Stretch("line", ((lat, HERE.lon),))  # one end is missing
    return Stretch("point", ((lat, HERE.lon),))


def _until(world: World, chooser: Chooser) -> datetime | None:
    return chooser.one_of([None, world.now + timedelta(minutes=30), world.now + timedelta(hours=8)])


def _closure(world: World, chooser: Chooser, said: Said) -> Closure:
    its_id = an_id(f"closure {chooser.number() % 4}")
    return Closure(its_id, _stretch(world, chooser, said), "ngập", (), _until(world, chooser))


def _slowing(world: World, chooser: Chooser, said: Said) -> Slowing:
    its_id, share = an_id(f"slowing {chooser.number() % 4}"), 2.0 if chooser.seldom() else 0.5
    return Slowing(its_id, _stretch(world, chooser, said), share, "kẹt", _until(world, chooser))


def _report(world: World, chooser: Chooser, said: Said) -> SpeedReport:
    return SpeedReport(_stretch(world, chooser, said), 20.0, world.now, 90.0)


def _some(word: Word) -> Word:
    return lambda world, chooser, said: tuple(
        word(world, chooser, said) for _ in range(chooser.one_of([1, 0, 2]))
    )


def _closures(world: World) -> list[Closure]:
    roads = world.roads()
    return list(roads.traffic.closures) if roads is not None else []


def _slowings(world: World) -> list[Slowing]:
    roads = world.roads()
    return list(roads.traffic.slowings) if roads is not None else []


def _something_is_over(city_id: str, world: World, said: Said) -> bool:
    ends = [each.until for each in (*_closures(world), *_slowings(world))]
    return any(end is not None and end <= world.now for end in ends)


def _text(world: World, chooser: Chooser, said: Said) -> Any:
    """Of a card: its next edition, seldom one that is there already, or one that nobody can read."""
    published = world.log.protocols()
    newest = published.newest("card") if published is not None else None
    version = newest.version + 1 if newest is not None else 1
    text = CARD.format(name="card", version=chooser.one_of([version, 1]))
    return chooser.one_of(["x", " "]) if chooser.seldom() else text


WORDS: dict[str, Word] = {
    "city_id": mostly(CITY),
    "closure": _closure,
    "slowing": _slowing,
    "closures": _some(_closure),
    "slowings": _some(_slowing),
    "reports": _some(_report),
    "streets": mostly(None, 3, odd=(0,)),
    "closure_id": Fit(_closures, lambda closure, world, said: True, lambda closure: closure.closure_id),
    "slowing_id": Fit(_slowings, lambda slowing, world, said: True, lambda slowing: slowing.slowing_id),
    "ExpireTraffic.city_id": Fit(
        lambda world: [CITY], _something_is_over, lambda city_id: city_id, lambda world: CITY
    ),
    "policies": mostly(
        {"P1": "closest"},
        {"P2": "dmexclp"},
        {"P1": "dmexclp"},
        odd=({"P1": "unheard-of"}, {}, {"P9": "closest"}),
    ),
    "PublishProtocol.protocol": mostly("card", odd=("general",)),
    "PublishProtocol.text": _text,
}
