"""Coverage in cells, and by which policy units are chosen."""

from typing import Annotated, Any

from fastapi import Query

from api import lens
from api.centre import Centre
from api.dependencies import Planner, Supervisor, TheCentre
from api.hand import TheHand, now
from api.room import Room
from api.routers.roads import Profile
from api.schema.covering import CellCoverage, CoverCell, NewPolicy, PolicyAnswer, PolicyChosen, PolicyOf
from dispatch.covering import standing
from dispatch.handlers.choose_policies import ChoosePolicies, choose_policies
from dispatch.policies.coverage import cover_now, each_cell
from domain.coverage_errors import CoverageNotReady
from domain.policy_book import POLICIES

router = Room(tags=["coverage"])

Minutes = Annotated[float | None, Query(gt=0, le=120, description="Of driving; as the city's rules have it")]


@router.get("/coverage/cells")
def coverage_by_cells(
    account: Planner,
    centre: TheCentre,
    minutes: Minutes = None,
    profile: Profile | None = None,
    cells: bool = True,
) -> CellCoverage:
    """The number that recommendations and move-ups go by: the share of the expected demand that the free
    units reach, with and without each of them, and every cell for a map, unless only the number is wanted."""
    grid, rules, moment = centre.desk.coverage, centre.desk.rules, now()
    times = None if grid is None else grid.times
    if grid is None or times is None:
        raise CoverageNotReady
    units = standing(centre.picture.units_now(), grid, rules, moment)
    if profile is not None:
        units = [unit for unit in units if unit.kind == profile.removesuffix("_normal")]
    limit_s = rules.coverage.limit_s if minutes is None else 60 * minutes
    found = cover_now(times, units, rules.coverage, limit_s, stale=grid.stale)
    ground = times["van"].cells
    visible = lens.through(account, "units", [{"callsign": callsign} for callsign in sorted(found.units)])
    reached, soonest = each_cell(times, units, limit_s) if cells else ([], [])
    return CellCoverage(
        minutes=round(limit_s / 60, 3),
        share=found.before,
        expected=found.expected,
        units_counted=len(found.units),
        without={row["callsign"]: found.units[row["callsign"]].after for row in visible},
        cells=[
            CoverCell(
                id=i,
                lat=round(place.lat, 6),
                lon=round(place.lon, 6),
                weight=round(ground.weights[i], 9),
                units=reached[i],
                soonest_s=soonest[i],
            )
            for i, place in enumerate(ground.places if cells else ())
        ],
        demand=ground.demand,
        calls=ground.calls,
        at=moment.isoformat(),
        map_version=ground.map_version,
        traffic_version=found.traffic_version,
        stale=found.stale,
    )


@router.get("/policy")
def policy_now(_: Planner, centre: TheCentre) -> PolicyAnswer:
    """Which policy chooses for which priority, who said so, and why."""
    rules = centre.desk.rules
    row: dict[str, Any] = centre.views.row("policies", centre.city.id) or {}
    said = row.get("policies", {})
    return PolicyAnswer(
        policies={
            priority: PolicyOf(
                policy=said.get(priority, by_rule), said_by="supervisor" if priority in said else "rules"
            )
            for priority, by_rule in rules.policy.by_priority().items()
        },
        known=list(POLICIES),
        owner=rules.owners.get("policy"),
        by=row.get("by"),
        reason=row.get("reason"),
        since=row.get("since"),
        busy_fraction=rules.coverage.busy_fraction,
        minutes=round(rules.coverage.limit_s / 60, 3),
    )


@router.put("/policy")
def choose(body: NewPolicy, hand: TheHand, _: Supervisor, centre: TheCentre) -> PolicyChosen:
    """From the next recommendation on; decisions taken before keep theirs."""
    said = {priority: name for priority in ("P1", "P2", "P3", "P4") if (name := getattr(body, priority))}
    command = ChoosePolicies(hand.act(at=body.at), centre.city.id, said, body.reason)
    return PolicyChosen(**centre.order(command, choose_policies))


def said_policies(centre: Centre) -> dict[str, str]:
    """What a supervisor said last, by priority."""
    row = centre.views.row("policies", centre.city.id)
    return dict(row["policies"]) if row is not None else {}
