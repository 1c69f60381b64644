"""Which kind of call and which priority the words of a history mean: a small table that people write."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from simulations.city_model.faults import Faults
from simulations.city_model.model import NO_INCIDENT, PRIORITIES
from simulations.city_model.tables import read_table

COLUMNS = ("begins", "kind", "priority")


class KindRule(NamedTuple):
    """What begins so is of this kind; the empty text is the begin of everything."""

    begins: str
    kind: str
    priority: str


ALL_ALIKE = (KindRule("", "call", "P2"),)
"""Where nobody says what the words mean."""


def read_kinds(path: Path) -> tuple[KindRule, ...]:
    """Raises BadModel with file and line."""
    faults = Faults()
    rows = read_table(path.parent, path.name, COLUMNS, faults)
    found = [KindRule(row.text("begins", empty=True), row.text("kind"), row.text("priority")) for row in rows]
    priority: dict[str, str] = {}
    for row, rule in zip(rows, found, strict=True):
        if rule.priority not in (*PRIORITIES, NO_INCIDENT):
            row.fault(f"there is no priority '{rule.priority}'; choose from P1 to P4 or {NO_INCIDENT}")
        if priority.setdefault(rule.kind, rule.priority) != rule.priority:
            row.fault(f"'{rule.kind}' has {priority[rule.kind]} above; a kind has one priority")
    if rows and not any(rule.begins == "" for rule in found):
        faults.say(path.name, None, "has no line for all else, one whose 'begins' is empty")
    faults.settle()
    return tuple(found)


def kinds_of(words: Sequence[str], rules: Sequence[KindRule]) -> list[str]:
    """Of each the kind, by the longest begin that fits."""
    longest = sorted(rules, key=lambda rule: -len(rule.begins))
    known = {each: next(rule.kind for rule in longest if each.startswith(rule.begins)) for each in set(words)}
    return [known[each] for each in words]
