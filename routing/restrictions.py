"""Turn restrictions as the map gives them, and whom they bind and when.

One record a restriction: the way it comes from, the nodes or ways it leads through, the way it goes
to, its kind (`no_left_turn`, `only_straight_on`, ...), when it holds and whom it spares. Where on the graph
it stands is worked out in `routing.bans`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from re import compile as pattern
from typing import Final

from routing.errors import MapError
from routing.opening_hours import hours
from routing.profiles import BLUE_LIGHT, VANS

KINDS: Final = frozenset({
    "no_left_turn", "no_right_turn", "no_straight_on", "no_u_turn", "no_entry", "no_exit",
    "only_left_turn", "only_right_turn", "only_straight_on", "only_u_turn",
})  # fmt: skip
# What a driver on blue light may do against a sign. Not `only_...`, which often stands for kerbs and
# lanes, nor `no_entry` and `no_exit`, which stand for one-way traffic.
SIGNS: Final = frozenset({"no_left_turn", "no_right_turn", "no_straight_on", "no_u_turn"})

_ALL: Final = frozenset({"", "vehicle", "motor_vehicle"})
_VAN: Final = _ALL | {"motorcar"}
_MOTORBIKE: Final = _ALL | {"motorcycle"}
_VEHICLES: Final = ("motorcycle", "motorcar", "motor_vehicle", "vehicle", "emergency", "bicycle", "moped",
                    "mofa", "hgv", "psv", "bus", "taxi", "goods")  # fmt: skip
_CLAUSE: Final = pattern(r"([^@;]+)@\s*(\([^)]*\)|[^;]+)")


@dataclass(frozen=True, slots=True)
class Restriction:
    """All ids are OSM ids. `applies_to` is "" for everyone, else a vehicle ("motorcycle", "hgv", ...)."""

    relation: int
    kind: str
    applies_to: str
    from_ways: tuple[int, ...]
    via_nodes: tuple[int, ...]
    via_ways: tuple[int, ...]
    to_ways: tuple[int, ...]
    conditional: str
    spared: tuple[str, ...]

    @property
    def only(self) -> bool:
        """Whether it names the one way to go on, instead of one that is barred."""
        return self.kind.startswith("only_")


def binds(
    restriction: Restriction, profile: int, *, blue_light: bool, exempt: bool, minute: int | None
) -> bool:
    """Whether a unit must keep to a restriction.

    blue_light : whether it drives under blue light, which a profile without one never does
    exempt     : whether the law lets blue light pass the signs that bar a turn
    minute     : of the week; without one no restriction holds that knows hours
    """
    blue_light = blue_light and profile in BLUE_LIGHT
    mine = _VAN if profile in VANS else _MOTORBIKE
    if restriction.applies_to not in (mine | {"emergency"} if blue_light else mine):
        return False
    spared = {_vehicle(word) for word in restriction.spared}
    if spared & (mine - {""}) or (blue_light and "emergency" in spared):
        return False
    if blue_light and exempt and restriction.kind in SIGNS:
        return False
    if not restriction.conditional:
        return True
    when = hours(restriction.conditional)
    return when.hold(minute) if minute is not None else not when.understood


def binds_anyone(restriction: Restriction) -> bool:
    """Whether it speaks of any of our vehicles: a lorry's restriction does not."""
    return restriction.applies_to in _VAN | _MOTORBIKE | {"emergency"}


def _vehicle(word: str) -> str:
    """`except` is typed by hand: `motorcyle` and `mortorcycle` are in the map of Ho Chi Minh City."""
    close = get_close_matches(word.strip().lower(), _VEHICLES, 1, 0.85)
    return close[0] if close else word


def read_restrictions(
    relation: int, tags: Mapping[str, str], members: Iterable[tuple[str, str, int]]
) -> tuple[list[Restriction], str | None]:
    """The restrictions of one relation, or the reason why it says nothing we can use.

    members : (type "n" | "w" | "r", role, id)
    """
    by_role: dict[tuple[str, str], list[int]] = {}
    for kind, role, reference in members:
        by_role.setdefault((kind, role), []).append(reference)
    from_ways, to_ways = by_role.get(("w", "from"), []), by_role.get(("w", "to"), [])
    via_nodes, via_ways = by_role.get(("n", "via"), []), by_role.get(("w", "via"), [])
    if not from_ways or not to_ways:
        return [], "restriction_without_from_or_to"
    if not via_nodes and not via_ways:
        return [], "restriction_without_via"
    ways_and_nodes = tuple(from_ways), tuple(via_nodes), tuple(via_ways), tuple(to_ways)
    spared = tuple(part.strip() for part in tags.get("except", "").split(";") if part.strip())
    found: list[Restriction] = []
    for key, value in sorted(tags.items()):
        if key != "restriction" and not key.startswith("restriction:"):
            continue
        vehicle = key.removeprefix("restriction").removesuffix(":conditional").strip(":")
        for kind, condition in _clauses(value) or [(value.strip(), _hour_tags(tags))]:
            found.append(Restriction(relation, kind, vehicle, *ways_and_nodes, condition, spared))
    return (found, None) if found else ([], "restriction_of_unknown_kind")


def _clauses(value: str) -> list[tuple[str, str]]:
    """Kinds and conditions of `no_left_turn @ (06:00-09:00); no_u_turn @ (Sa)`."""
    return [
        (kind.strip(), condition.strip().strip("()").strip()) for kind, condition in _CLAUSE.findall(value)
    ]


def _hour_tags(tags: Mapping[str, str]) -> str:
    """The same said in the old manner: `hour_on=06:00`, `hour_off=22:00`, `day_on=Monday`,
    `day_off=Friday`."""
    days = "-".join(tags[key][:2].title() for key in ("day_on", "day_off") if key in tags)
    times = "-".join(tags[key] for key in ("hour_on", "hour_off") if key in tags)
    return f"{days} {times}".strip()


def restriction_to_json(restriction: Restriction) -> dict[str, object]:
    """Plain data for `restrictions.json`."""
    return asdict(restriction)


def restriction_from_json(data: Mapping[str, object]) -> Restriction:
    """The opposite of `restriction_to_json`. Raises MapError where the record is not one of ours."""
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    try:
        return Restriction(**values)  # type: ignore[arg-type]
    except TypeError as error:
        raise MapError(f"The restrictions stored with this map cannot be read: {error}.") from error
