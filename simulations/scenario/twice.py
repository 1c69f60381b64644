"""Two changes of a scenario must not give the same name to two things."""

from collections.abc import Iterator
from itertools import combinations

from simulations.city_model.fields import Fields
from simulations.scenario.scenario import Change, HospitalOpened, Scenario, UnitsAdded


def complain_of_twice(scenario: Scenario, head: Fields) -> None:
    """Each with its own line and that of the other."""
    for (first, one), (second, other) in combinations(enumerate(scenario.changes), 2):
        for field, complaint in _twice(one, other):
            before = scenario.lines.get(f"change.{first}.{field}", scenario.lines.get(f"change.{first}"))
            where = scenario.lines.get(f"change.{second}.{field}", scenario.lines.get(f"change.{second}"))
            said = f"'change.{second}.{field}' {complaint.format(line=f'line {before}')}"
            head.faults.say(head.file, where, said)


def _twice(one: Change, other: Change) -> Iterator[tuple[str, str]]:
    match one, other:
        case UnitsAdded(), UnitsAdded() if _meet(one, other):
            both = [name for name in callsigns(one) if name in callsigns(other)]
            if both:
                yield "called", f"would call a unit {both[0]}, as {{line}} does; begin these otherwise"
        case HospitalOpened(id=name), HospitalOpened(id=same) if name == same:
            yield "id", f"cannot be '{name}': {{line}} has it already; give this one an id of its own"


def callsigns(added: UnitsAdded) -> list[str]:
    return [f"{added.called}{number + 1}" for number in range(added.count)]


def _meet(one: Change, other: Change) -> bool:
    """Whether some course has both."""
    return not one.courses or not other.courses or bool(set(one.courses) & set(other.courses))
