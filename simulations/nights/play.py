"""Play rivals on the nights of a service: named policies of the live desk, and policies of one's own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import msgspec

from routing.arrays import Int32s
from simulations.city_model.draw import Night
from simulations.experiment.experiment import Experiment, Rival
from simulations.experiment.file import BadExperiment, checked
from simulations.experiment.inputs import Inputs, RivalColumns, Words
from simulations.experiment.prepare import rival_columns, words_of
from simulations.experiment.replicate import Replication, replicate
from simulations.lean.columns import Fleet, Ground, Incidents
from simulations.lean.plan import Plan
from simulations.lean.run import Outcome
from simulations.nights.nights import Nights
from simulations.nights.played import Played
from simulations.own.asked import Known, Where, Whom
from simulations.own.play import play_own

Done = Callable[[int, int], None]
AS_IT_IS = Rival("as it is")


@dataclass(frozen=True, slots=True)
class Own:
    """A rival whose decisions are Python functions of your own.

    whom  : is asked whom to send, at every decision; None: as `like` says
    where : is asked where each unit goes that became free; None: as `like` says
    like  : crews, beds, turnout and all else; its name counts for nothing
    """

    name: str
    whom: Whom | None = None
    where: Where | None = None
    like: Rival = field(default=AS_IT_IS)


def simulate(
    nights: Nights,
    rivals: Sequence[Rival | Own | str],
    question: str = "Which rival does better?",
    done: Done = lambda count, of: None,
) -> Played:
    """Every rival on the same calls. The first is what the others are compared with.

    rivals : those of an experiment, those with functions of your own, or the name of a policy ("dmexclp") and
             a move-up ("closest:dmexclp")
    done   : is told how many of how many nights are played
    Raises BadExperiment, ValueError with a sentence, BadAnswer for what a function of yours answered.
    """
    owns = [_own(each) for each in rivals]
    asked = experiment_of(nights, [rival for rival, _ in owns], question)
    ready = Ready.of(nights, asked)
    found: dict[str, list[Replication]] = {rival.name: [] for rival, _ in owns}
    count = 0
    for night in nights:
        for rival, own in owns:
            found[rival.name].append(ready.replicate(night, rival.name, own))
            count += 1
            done(count, len(owns) * len(nights))
    return Played(ready.inputs, ready.columns, found)


def experiment_of(nights: Nights, rivals: Sequence[Rival], question: str) -> Experiment:
    """Raises BadExperiment."""
    said = {
        "question": question,
        "city": nights.service.model.id,
        "rivals": [msgspec.to_builtins(each) for each in rivals],
        "days": "model",
        "begins": nights.begins.strftime("%Y-%m-%dT%H:%M"),
        "hours": nights.hours,
        "warm_up_hours": nights.warm_up_hours,
        "replications": nights.replications,
        "seed": nights.seed,
    }
    try:
        return checked(msgspec.convert(said, Experiment))
    except msgspec.ValidationError as fault:
        raise BadExperiment(f"{fault}.") from None


@dataclass(frozen=True, slots=True)
class Ready:
    """Columns of every rival on one ground. known : by rival, what its functions are told"""

    inputs: Inputs
    columns: Mapping[str, RivalColumns]
    known: Mapping[str, Known]

    @staticmethod
    def of(nights: Nights, asked: Experiment) -> "Ready":
        """Raises BadExperiment, ValueError."""
        by_coverage = any(each.policy != "closest" or each.move_up != "home" for each in asked.rivals)
        world = nights.service.world(nights.begins, by_coverage)
        both = {each.name: rival_columns(each, asked, world) for each in asked.rivals}
        words = words_of(world, {name: units for name, (_, units) in both.items()})
        columns = {name: its for name, (its, _) in both.items()}
        inputs = Inputs(asked, None, nights.service.model, world.ground, words)
        known = {name: _known(nights, inputs, words, name, its) for name, its in columns.items()}
        return Ready(inputs, columns, known)

    def replicate(self, night: Night, name: str, own: Own | None = None) -> Replication:
        if own is None:
            return replicate(self.inputs, self.columns[name], night)
        return replicate(self.inputs, self.columns[name], night, partial(_by, self.known[name], own))


def _by(
    known: Known,
    own: Own,
    incidents: Incidents,
    fleet: Fleet,
    ground: Ground,
    hospital_of: Int32s,
    plan: Plan,
) -> Outcome:
    return play_own(incidents, fleet, ground, hospital_of, plan, known, own.whom, own.where)


def _known(nights: Nights, inputs: Inputs, words: Words, name: str, columns: RivalColumns) -> Known:
    return Known(
        begins=nights.begins,
        callsigns=words.units[name],
        kinds=[inputs.ground.kinds[kind] for kind in columns.fleet.kind.tolist()],
        posts=words.stations,
        positions=inputs.ground.positions,
        demand=nights.service.demand,
        target_s=words.targets_s,
    )


def _own(rival: Rival | Own | str) -> tuple[Rival, Own | None]:
    """As an experiment has it, and the functions that go with it."""
    if isinstance(rival, str):
        return rival_named(rival), None
    if isinstance(rival, Own):
        return msgspec.structs.replace(rival.like, name=rival.name), rival
    return rival, None


def rival_named(name: str) -> Rival:
    """Of a policy and perhaps a move-up: "closest:dmexclp". Raises BadExperiment."""
    policy, _, move_up = name.partition(":")
    told = {"name": name, "policy": policy, "move_up": move_up or "home"}
    try:
        return msgspec.convert(told, Rival)
    except msgspec.ValidationError as fault:
        raise BadExperiment(f"Rival `{name}`: {fault}.") from None
