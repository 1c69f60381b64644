"""Turn restrictions as the map gives them. They are kept with the built map, not yet driven by.

One record a restriction: the way it comes from, the nodes or ways it leads through, the way it goes
to, its kind (`no_left_turn`, `only_straight_on`, ...), when it holds and whom it spares.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from routing.errors import MapError


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
    spared = tuple(part.strip() for part in tags.get("except", "").split(";") if part.strip())
    found: list[Restriction] = []
    for key, value in sorted(tags.items()):
        if key != "restriction" and not key.startswith("restriction:"):
            continue
        vehicle = key.removeprefix("restriction").removesuffix(":conditional").strip(":")
        kind, _, condition = value.partition("@")
        ways_and_nodes = tuple(from_ways), tuple(via_nodes), tuple(via_ways), tuple(to_ways)
        found.append(
            Restriction(relation, kind.strip(), vehicle, *ways_and_nodes, condition.strip(" ()"), spared)
        )
    return (found, None) if found else ([], "restriction_of_unknown_kind")


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
