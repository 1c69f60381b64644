"""The coverage of a fleet as it stands, and the policy that goes by it: where policies and grid are joined.

The live desk, a replay and a simulated day all come through here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec

from dispatch.need import Choosing
from dispatch.policies.as_before import AsBefore
from dispatch.policies.choice import DispatchPolicy
from dispatch.policies.coverage import CoverageNow, Standing, cover_now
from dispatch.policies.fleet import UnitNow, free_and_seen
from dispatch.policies.named import PolicyRules, policy_named
from dispatch.rules import Rules
from domain.ports import CoverageGrid


def standing(fleet: Sequence[UnitNow], grid: CoverageGrid, rules: Rules, now: datetime) -> list[Standing]:
    """The free units of the kinds that count, each in its cell. Free is who could be sent: on duty, on no
    run, not lost from sight."""
    free = [
        unit
        for unit in fleet
        if unit.kind in rules.coverage.kinds and free_and_seen(unit, rules.send.stale_after_s, now)
    ]
    places = [unit.position for unit in free if unit.position is not None]
    return [
        Standing(unit.callsign, unit.kind, cell, "ALS" in unit.capabilities)
        for unit, cell in zip(free, grid.cells_of(places), strict=True)
    ]


def coverage_of(
    fleet: Sequence[UnitNow],
    grid: CoverageGrid | None,
    rules: Rules,
    now: datetime,
    limit_s: float | None = None,
    policy: str = "",
) -> CoverageNow | None:
    """None where nothing is known of the cells yet.

    policy : the name of the one that will go by it; some want more figures than others
    """
    times = None if grid is None else grid.times
    if grid is None or times is None:
        return None
    ready = rules.policy.preparedness if policy == "preparedness" else None
    units = standing(fleet, grid, rules, now)
    return cover_now(times, units, rules.coverage, limit_s, ready, grid.stale)


def choosing(
    name: str, fleet: Sequence[UnitNow], grid: CoverageGrid | None, rules: Rules, now: datetime
) -> Choosing:
    """The policy of this name on the coverage of this moment, with all that makes both again."""
    coverage = coverage_of(fleet, grid, rules, now, policy=name)
    policy, told = _named(name, rules.policy)
    inputs = {
        "policy": name,
        "rules": told,
        "coverage": None if coverage is None else coverage.inputs(),
    }
    return Choosing(policy, coverage, inputs)


_named_before = AsBefore()


def _named(name: str, rules: PolicyRules) -> tuple[DispatchPolicy, dict[str, Any]]:
    """The policy, and its rules as they are stored. They stand for months; nobody changes what is kept."""
    kept: dict[str, tuple[DispatchPolicy, dict[str, Any]]] = _named_before.of((rules,))
    if name not in kept:
        kept[name] = policy_named(name, rules), msgspec.to_builtins(rules)
    return kept[name]


def choosing_again(inputs: Mapping[str, Any]) -> Choosing:
    """What `choosing` answered, from the inputs that a decision kept. Raises KeyError for a policy that is no
    more."""
    rules = msgspec.convert(inputs["rules"], PolicyRules)
    told = inputs["coverage"]
    coverage = None if told is None else CoverageNow.from_inputs(told)
    return replace(Choosing(), policy=policy_named(inputs["policy"], rules), coverage=coverage, inputs=inputs)


def policy_for(priority: str, said: Mapping[str, str], rules: Rules) -> str:
    """What a supervisor said of a priority, else what the city's rules say."""
    return said.get(priority) or rules.policy.by_priority()[priority]
