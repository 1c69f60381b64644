"""Histories over many days: nights pass, and late facts come to what was over long ago."""

from collections.abc import Iterable
from uuid import UUID

from domain.call import Call
from domain.incident import Incident
from domain.values import Position
from tests.any_history import pick, step
from tests.histories import World


class LongWorld(World):
    """A world that remembers what is over."""

    def __post_init__(self) -> None:
        self.past_calls: list[Call] = []
        self.past_incidents: list[Incident] = []
        super().__post_init__()

    def open(self, call: Call, *facts: object) -> Incident:
        self.past_calls.append(call)
        return super().open(call, *facts)  # type: ignore[arg-type]

    def close(self, incident: Incident, *facts: object, **said: object) -> None:
        super().close(incident, *facts, **said)  # type: ignore[arg-type]
        self.past_incidents.append(incident)

    def remember(self, choice: int) -> None:
        """A crew remembers something on the way home, or a caller rings once more to say where it was."""
        for incident in pick(self.past_incidents, choice):
            self.note(incident, f"nhớ thêm {choice % 7}")
        talking = [call for call in self.past_calls if call.closed_reason is None]
        for call in pick(talking, choice // 3):
            call.locate(Position(10.76, 106.66 + choice % 50 / 1000), None, self.act())
            self.save(call)

    def everything(self) -> list[tuple[str, str]]:
        """The views and ids of all that may come to rest."""
        things: list[tuple[str, Iterable[UUID]]] = [
            ("calls", (call.id for call in (*self.calls, *self.past_calls))),
            ("incidents", (incident.id for incident in (*self.incidents, *self.past_incidents))),
            ("runs", (run.id for run in self.all_runs)),
        ]
        named = [(view, str(its_id)) for view, ids in things for its_id in ids]
        return named + [("timeline", its_id) for _, its_id in named]


def long_history(choices: Iterable[int]) -> LongWorld:
    """Any number is a legal act, or a night, or a memory; nothing is left open for long."""
    world = LongWorld()
    for callsign in world.callsigns:
        world.sign(callsign)
    for choice in choices:
        match choice % 9:
            case 0:
                world.wait(hours=choice // 9 % 40)
            case 1:
                world.remember(choice // 9)
            case 2:
                for incident in pick([each for each in world.incidents if not each.serving], choice // 9):
                    world.close(incident)
            case _:
                step(world, choice // 9)
    return world
